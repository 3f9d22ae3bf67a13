"""Forest plots of a study: a row per style in every situation, and how differences change with the factors."""

from typing import Any

import altair as alt
import pandas as pd

from sim.study.results import ExperimentResults
from sim.view import theme
from sim.view.differences import ROW, difference_panels
from sim.view.panels import Axis, colour, shape, title
from sim.view.study.figure_labels import (
    MOST_ROWS,
    column_and_unit,
    column_name,
    finished,
    first_rows,
    groups,
    in_two_lines,
    names_axis,
    short,
    situations,
    styles_in,
    value_in_words,
)

WIDTH, HEIGHT = 420, 220

MOST_IN_GROUPS = 36
"""Points that are drawn in groups side by side."""


def all_differences(results: ExperimentResults, table: pd.DataFrame) -> alt.TopLevelMixin | None:
    """Paired differences of a single situation, all metrics side by side; None where there are more situations."""
    whole_runs = set(results.study.looked_at) <= set(results.study.record.series)
    if len(set(situations(results, table))) > 1 or not whole_runs:
        return None
    sampled = [] if results.study.lists_points else [f"Over all {len(results.points):,} points of the design together."]
    return finished(difference_panels(table, str(table["baseline"].iloc[0])), results.study.title, *sampled)


def difference_forest(results: ExperimentResults, rows: pd.DataFrame, metric: str) -> alt.TopLevelMixin:
    """Paired differences by one metric: a row a style, situation by situation."""
    rows = rows.assign(situation=situations(results, rows))
    together = len(rows) * len(results.study.looked_at)
    return finished(
        _forest(rows, metric), f"{column_name(metric)}: difference to {rows['baseline'].iloc[0]}",
        "Same luck, run by run; bars: 95% intervals.",
        f"Filled: p < 0.05 adjusted for all {together:,} comparisons (Holm), and at least 0.2 standard deviations.",
        *first_rows(rows["situation"].nunique(), MOST_ROWS, "situations"),
    )  # fmt: skip


def interaction_lines(
    _: ExperimentResults, rows: pd.DataFrame, varied: str, metric: str, scenario: str
) -> alt.TopLevelMixin:
    """How the difference to the baseline changes from level to level of what is varied, per style."""
    reference, baseline, name = rows["reference"].iloc[0], rows["baseline"].iloc[0], short(varied)
    shown = rows.assign(level=rows["level"].map(value_in_words))[["level", "style", "mean", "low", "high"]]
    where = "" if scenario == "all" else f" in {scenario}"
    return finished(
        _levels(shown, name, metric),
        f"{column_name(metric)}: how {name} changes the difference to {baseline}{where}",
        f"(Style less {baseline}) less the same at {name} {value_in_words(reference)}, run by run;"
        " bars: 95% intervals.",
    )


def _levels(shown: pd.DataFrame, varied: str, metric: str) -> alt.LayerChart | alt.FacetChart:
    """A group of points for each level; where there would be too many, a panel for each style."""
    levels, styles = list(dict.fromkeys(shown["level"])), styles_in(shown)
    if len(levels) * len(styles) > MOST_IN_GROUPS:
        base = alt.Chart(shown).encode(alt.Y("level:N", sort=levels, title=None), colour(styles))
        bar = base.mark_rule(strokeWidth=2).encode(
            alt.X("low:Q", title=in_two_lines(metric), axis=alt.Axis(tickCount=3)), alt.X2("high:Q")
        )
        point = base.mark_point(filled=True, size=45, opacity=1).encode(alt.X("mean:Q", title=""), shape(styles))
        zero = alt.Chart(shown).mark_rule(color=theme.MARK).encode(x=alt.datum(0))
        panels = alt.layer(zero, bar, point, width=104, height=ROW * len(levels))
        facets: alt.FacetChart = panels.facet(column=alt.Column("style:N", sort=styles, title=None), spacing=14)
        return facets
    named = colour(styles, alt.Legend(title=None, orient="right", symbolType="circle"))
    grouped = alt.Chart(shown).encode(
        alt.X("level:N", sort=levels, title=varied, axis=alt.Axis(labelAngle=0)),
        named, xOffset=alt.XOffset("style:N", sort=styles, scale=alt.Scale(paddingOuter=1)),
    )  # fmt: skip
    return alt.layer(
        alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(y=alt.Y("zero:Q", title="")),
        grouped.mark_rule(strokeWidth=2).encode(alt.Y("low:Q", title=column_and_unit(metric)), alt.Y2("high:Q")),
        grouped.mark_point(filled=True, size=55, opacity=1).encode(alt.Y("mean:Q", title=""), shape(styles)),
        width=max(WIDTH, 24 * len(levels) * len(styles)),
        height=HEIGHT,
    )


def _forest(rows: pd.DataFrame, metric: str) -> alt.VConcatChart:
    axis = Axis.around(rows, WIDTH, 0.05)
    scale = Axis(min(axis.low, 0.0), max(axis.high, 0.0), WIDTH).scale
    styles = styles_in(rows)
    panels = []
    shown = groups(rows, ["situation"])[:MOST_ROWS]
    for number, ((situation,), here) in enumerate(shown):
        last = number == len(shown) - 1
        labels = names_axis(minExtent=110, maxExtent=110)
        x: dict[str, Any] = {"scale": scale, "axis": alt.Axis(title=column_and_unit(metric), tickCount=6) if last else
             alt.Axis(title=None, labels=False, ticks=False, tickCount=6)}  # fmt: skip
        base = alt.Chart(here[["style", "mean", "low", "high", "clear"]]).encode(
            alt.Y("style:N", sort=styles, axis=labels), colour(styles)
        )
        zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(alt.X("zero:Q", **x))
        panels.append(
            alt.layer(
                zero,
                base.mark_rule(strokeWidth=2).encode(alt.X("low:Q", **x), alt.X2("high:Q")),
                base.mark_point(size=42, strokeWidth=1.6, opacity=1).encode(
                    alt.X("mean:Q", **x), shape(styles),
                    fill=alt.condition("datum.clear", colour(styles), alt.value("white")),
                ),
                width=WIDTH, height=ROW * here["style"].nunique(),
                title=title(str(situation), fontSize=theme.SMALL, offset=4),
            )
        )  # fmt: skip
    return alt.vconcat(*panels, spacing=8)
