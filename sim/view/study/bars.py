"""Bar charts of influence: Sobol indices, Morris's screening, a tornado of single factors, and regret.

Each function draws one figure, from the rows of an analysis's table that have the same metric, scenario and style.
"""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from sim.analysis.why import DIRECT
from sim.study.results import ExperimentResults
from sim.view import theme
from sim.view.panels import colour
from sim.view.study.figure_labels import (
    column_and_unit,
    column_name,
    finished,
    first_rows,
    names_axis,
    short,
    situations,
    styles_in,
    value_in_words,
)

WIDTH, ROW, LABEL = 420, 22, 40
"""Pixels: of a chart, of a row in it, and of a value written beside a bar."""

MOST_BARS = 25
"""Things varied that are drawn, the most important ones."""

STRONG, PALE, LOW, HIGH = "#1B5C96", "#A9C6E0", "#BB5105", "#1B5C96"


def sobol_bars(
    _: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str, *more: str
) -> alt.TopLevelMixin | None:
    """First-order and total index of each thing varied, with intervals."""
    if rows["total"].isna().all():
        return None
    top = rows.nlargest(MOST_BARS, "total").assign(varied=lambda t: t["varied"].map(short))
    kinds = {"first": "alone", "total": "with others"}
    long = pd.concat(
        top[["varied"]].assign(kind=words, value=top[name], low=top[f"{name}_low"], high=top[f"{name}_high"])
        for name, words in kinds.items()
    )
    base = alt.Chart(long).encode(
        alt.Y("varied:N", sort=list(top["varied"]), axis=names_axis()),
        yOffset=alt.YOffset("kind:N", sort=list(kinds.values())),
    )
    marks = _bars(base, "value", "share of the variance", _key("kind", list(kinds.values()), [STRONG, PALE]))
    return finished(
        alt.layer(*marks, width=WIDTH, height=ROW * 1.3 * len(top)),
        f"{column_name(metric)}: what its variance goes back to",
        f"Sobol indices, {style} in {scenario}, {int(rows['points'].iloc[0]):,} points; bars: 95% intervals.",
        *more, *first_rows(len(rows), MOST_BARS, "things varied by their total index"),
    )  # fmt: skip


def morris_bars(_: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str) -> alt.TopLevelMixin:
    """Mean size of the effect of each thing varied with its interval, and how much it hangs on all else."""
    top = rows.nlargest(MOST_BARS, "effect").assign(varied=lambda t: t["varied"].map(short))
    top = top.assign(sign=top["direction"].map(lambda mu: "raises it" if mu > 0 else "lowers it"))
    base = alt.Chart(top[["varied", "effect", "effect_low", "effect_high", "sign", "spread"]]).encode(
        alt.Y("varied:N", sort=list(top["varied"]), axis=names_axis())
    )
    across = f"change over its whole range: {column_and_unit(metric)}"
    marks = _bars(base, "effect", across, _key("sign", ["raises it", "lowers it"], [STRONG, LOW]), ends="effect")
    tick = base.mark_tick(color=theme.INK, thickness=2, size=ROW * 0.6).encode(alt.X("spread:Q", title=""))
    return finished(
        alt.layer(*marks, tick, width=WIDTH, height=ROW * len(top)),
        f"{column_name(metric)}: what moves it",
        f"Morris's screening, {style} in {scenario}. Bars: mean size of the effect with its 95% interval;",
        "ticks: how much the effect itself varies with all else (interaction and curvature).",
        *first_rows(len(rows), MOST_BARS, "things varied by the size of their effect"),
    )


def contribution_bars(
    _: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str
) -> alt.TopLevelMixin:
    """What each mechanism contributes to a difference, with intervals, the largest on top and what is direct below."""
    order = rows["mean"].abs().where(rows["part"] != DIRECT, -1.0).sort_values(ascending=False, kind="stable").index
    top = rows.loc[order].assign(sign=rows["mean"].map(lambda mean: "raises it" if mean >= 0 else "lowers it"))
    base = alt.Chart(top[["label", "mean", "low", "high", "sign"]]).encode(
        alt.Y("label:N", sort=list(top["label"]), axis=names_axis())
    )
    across = f"contribution to the difference: {column_and_unit(metric)}"
    marks = _bars(base, "mean", across, _key("sign", ["raises it", "lowers it"], [STRONG, LOW]))
    return finished(
        alt.layer(*marks, width=WIDTH, height=ROW * len(top)),
        f"{column_name(metric)}: what carries the difference",
        f"{style} instead of {rows['baseline'].iloc[0]} in {scenario} as it is, {int(rows['n'].iloc[0])} replications.",
        "Shapley values; with what is direct, they add up to the difference. Bars: 95% intervals.",
    )


def tornado(_: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str) -> alt.TopLevelMixin:
    """What the first and the last value of each thing varied change, the most important on top."""
    ends = pd.concat(
        part.iloc[[0, -1] if len(part) > 1 else [0]].assign(end=["first value", "last value"][: min(len(part), 2)])
        for _, part in rows.groupby("varied", sort=False)
    )
    ends = ends.assign(varied=ends["varied"].map(short), level=ends["level"].map(value_in_words))
    sizes = ends.assign(size=ends["mean"].abs()).groupby("varied")["size"].max()
    order = list(sizes.sort_values(ascending=False, kind="stable").index[:MOST_BARS])
    shown = ends[ends["varied"].isin(order)][["varied", "end", "level", "mean", "low", "high"]]
    shown = shown.assign(at=shown["high"].where(shown["mean"] > 0, shown["low"]))
    base = alt.Chart(shown).encode(alt.Y("varied:N", sort=order, axis=names_axis()), yOffset="end:N")
    text = base.encode(alt.X("at:Q", title=""), text="level:N")
    values = np.append(shown[["mean", "low", "high"]].to_numpy(float), 0.0)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = LABEL / WIDTH * ((high - low) or 1.0)
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    across = f"change against as it is: {column_and_unit(metric)}"
    plot = alt.layer(
        alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(alt.X("zero:Q", title="")),
        *_bars(base, "mean", across, _key("end", ["first value", "last value"], [LOW, HIGH]), scale=scale),
        text.transform_filter("datum.at > 0").mark_text(align="left", dx=4, color=theme.FAINT),
        text.transform_filter("datum.at <= 0").mark_text(align="right", dx=-4, color=theme.FAINT),
        width=WIDTH,
        height=ROW * 1.6 * len(order),
    )
    return finished(
        plot, f"{column_name(metric)}: what one thing at a time changes",
        f"{style} in {scenario}; each against the scenario as it is, on the same luck; bars: 95% intervals.",
        *first_rows(len(sizes), MOST_BARS, "things varied by what they change"),
    )  # fmt: skip


def regret_bars(results: ExperimentResults, rows: pd.DataFrame, metric: str) -> alt.TopLevelMixin:
    """Largest regret of each style, and where it is."""
    styles = styles_in(rows)
    where = situations(results, rows)
    if not results.study.lists_points:
        several = len(results.resolved.situations) > 1
        where = "point " + rows["point"].astype(str) + (" of " + rows["scenario"] if several else "")
    where = where.where(rows["regret"] > 0, "best everywhere")
    shown = rows[["style", "regret", "regret_low", "regret_high"]].assign(where=where)
    base = alt.Chart(shown).encode(alt.Y("style:N", sort=styles, axis=names_axis()))
    marks = _bars(base, "regret", f"behind the best: {column_and_unit(metric)}", colour(styles), ends="regret")
    places = base.mark_text(align="left", dx=6, color=theme.FAINT).encode(
        alt.X("regret_high:Q", title=""), text="where:N"
    )
    return finished(
        alt.layer(*marks, places, width=WIDTH, height=ROW * len(styles)),
        f"{column_name(metric)}: the most that a style gives away",
        "How far each style is behind the best, where it is furthest behind; bars: 95% intervals; where that is.",
    )


def _bars(
    base: alt.Chart, value: str, across: str, key: alt.Color, ends: str = "", scale: alt.Scale | None = None
) -> tuple[alt.Chart, alt.Chart]:
    """A bar for each row, and its interval from `low` to `high`, or from ENDS_low to ENDS_high."""
    low, high = (f"{ends}_{end}".strip("_") for end in ("low", "high"))
    x = alt.X(
        f"{value}:Q",
        title=across,
        axis=alt.Axis(tickCount=5, format="~g", labelOverlap=True),
        scale=scale or alt.Scale(),
    )
    bar = base.mark_bar(opacity=0.85).encode(x, key)
    return bar, base.mark_rule(color=theme.INK).encode(alt.X(f"{low}:Q", title=""), alt.X2(f"{high}:Q"))


def _key(field: str, names: list[str], inks: list[str]) -> Any:
    scale = alt.Scale(domain=names, range=inks)
    return alt.Color(f"{field}:N", scale=scale, legend=alt.Legend(title=None, orient="top"))
