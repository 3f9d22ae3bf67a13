"""What all figures of a study share: titles, names of situations and columns, and the finished chart."""

import re
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from sim.analysis.study.blocks import metric_of
from sim.study.results import ExperimentResults
from sim.view import theme

MOST_ROWS = 40
"""Situations, or things varied, that one figure shows."""


def finished(chart: Any, title: str, *subtitle: str) -> alt.TopLevelMixin:
    """The chart as a picture of its own, with a title and the looks of all pictures."""
    text = alt.TitleParams(title, subtitle=list(subtitle), fontSize=theme.LARGE, offset=16, anchor="start")
    words, looks = " ".join([f"{title}.", *subtitle]), alt.Config(**theme.config())
    whole: alt.TopLevelMixin = alt.vconcat(chart, title=text, description=words, padding=16, config=looks)
    return whole


def column_name(column: str) -> str:
    """A column of the results as people call it: 'Morale', 'Output, crisis'."""
    metric = metric_of(column)
    stretch = column.removeprefix(metric.name).strip("_").replace("_", " ")
    return f"{metric.long_name}, {stretch}" if stretch else metric.long_name


def column_and_unit(column: str) -> str:
    """The same with its unit."""
    unit = metric_of(column).unit
    return f"{column_name(column)} ({unit})" if unit else column_name(column)


def in_two_lines(column: str) -> list[str]:
    """The same, with the unit below, where there is little room."""
    unit = metric_of(column).unit
    return [column_name(column), f"({unit})"] if unit else [column_name(column)]


def short(varied: str) -> str:
    """The name of something varied: what a path ends in, where it is a path."""
    return varied.removeprefix("parameters.").replace("_", " ")


def value_in_words(value: Any) -> str:
    """A varied value in words."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def situations(results: ExperimentResults, table: pd.DataFrame) -> "pd.Series[Any]":
    """The name of each row's situation: its scenario where there are several, and the varied values."""
    several = len(results.resolved.situations) > 1
    varied = [name for name in results.varied if name in table.columns]
    parts = table[["scenario", *varied]].to_dict("records")
    names = []
    for part in parts:
        values = ", ".join(f"{short(name)} {value_in_words(part[name])}" for name in varied)
        names.append(": ".join(filter(None, [str(part["scenario"]) if several or not values else "", values])))
    return pd.Series(names, index=table.index)


def file_name(*parts: object) -> str:
    """A name for a file made of these, without signs that a file system could mind."""
    return "-".join(re.sub(r"[^A-Za-z0-9.-]+", "_", str(part)) for part in parts if part not in (None, ""))


def groups(table: pd.DataFrame, keys: Sequence[str]) -> list[tuple[tuple[Any, ...], pd.DataFrame]]:
    """The rows that belong together, with what they have in common: a value for each of the keys."""
    return list(table.groupby(list(keys), sort=False))


def first_rows(many: int, most: int, what: str) -> list[str]:
    """What is said below a figure that shows only the first `most` of so many things."""
    return [f"The first {most} of {many:,} {what}; the table has all."] if many > most else []


def names_axis(**more: Any) -> alt.Axis:
    """The axis of a chart that has a name for each row."""
    return alt.Axis(title=None, labelColor=theme.INK, domain=False, ticks=False, **more)


def styles_in(table: pd.DataFrame) -> list[str]:
    """Names of the styles, in their order."""
    return list(dict.fromkeys(table["style"]))
