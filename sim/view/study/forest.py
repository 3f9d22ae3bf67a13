"""Differences of a study as forests: a row a style in every situation; and how they change with what is varied."""

from typing import Any

import altair as alt
import pandas as pd

from sim.analysis.study.blocks import metric_of
from sim.experiment.opening import ExperimentResults
from sim.view import theme
from sim.view.differences import ROW, difference_panels
from sim.view.parts import Axis, colour, shape, title
from sim.view.study.parts import (
    MOST_ROWS,
    column_and_unit,
    column_name,
    each,
    file_name,
    finished,
    said,
    short,
    situations,
    styles_in,
)

WIDTH, HEIGHT = 420, 220

MOST_IN_GROUPS = 36
"""Points that are drawn in groups side by side."""

type Charts = dict[str, alt.TopLevelMixin]


def difference_forests(results: ExperimentResults, table: pd.DataFrame) -> Charts:
    """Paired differences: all metrics side by side of a single situation, else a picture for each metric."""
    if table.empty:
        return {}
    baseline, named = str(table["baseline"].iloc[0]), table.assign(situation=situations(results, table))
    whole_runs = set(results.study.looked_at) <= set(results.study.record.metrics)
    if len(set(named["situation"])) == 1 and whole_runs:
        return {"differences": finished(difference_panels(table, baseline), results.study.title)}
    charts = {}
    for (metric,), rows in each(named, ["metric"]):
        charts[file_name("differences", metric)] = finished(
            _forest(rows, str(metric)), f"{column_name(str(metric))}: difference to {baseline}", _explained(table),
            *_left_out(rows),
        )  # fmt: skip
    return charts


def interaction_lines(results: ExperimentResults, table: pd.DataFrame) -> Charts:
    """How the difference to the baseline changes from level to level of what is varied, per style."""
    charts = {}
    if table.empty:
        return {}
    for (scenario, varied, metric), rows in each(table, ["scenario", "varied", "metric"]):
        reference, baseline = rows["reference"].iloc[0], rows["baseline"].iloc[0]
        shown = rows.assign(level=rows["level"].map(said))[["level", "style", "mean", "low", "high"]]
        plot = _levels(shown, short(str(varied)), metric_of(str(metric)).unit)
        where = "" if scenario == "all" else f" in {scenario}"
        charts[file_name("interactions", varied, metric, scenario)] = finished(
            plot, f"{column_name(str(metric))}: how {short(str(varied))} changes the difference to {baseline}{where}",
            f"(Style less {baseline}) less the same at {short(str(varied))} {said(reference)}, run by run;"
            " bars: 95% intervals.",
        )  # fmt: skip
    return charts


def _levels(shown: pd.DataFrame, varied: str, unit: str) -> alt.LayerChart | alt.FacetChart:
    """A group of points for each level; where there would be too many, a panel for each style."""
    levels, styles = list(dict.fromkeys(shown["level"])), styles_in(shown)
    if len(levels) * len(styles) > MOST_IN_GROUPS:
        base = alt.Chart(shown).encode(alt.Y("level:N", sort=levels, title=None), colour(styles))
        bar = base.mark_rule(strokeWidth=2).encode(
            alt.X("low:Q", title=unit, axis=alt.Axis(tickCount=3)), alt.X2("high:Q")
        )
        point = base.mark_point(filled=True, size=45, opacity=1).encode(alt.X("mean:Q", title=""), shape(styles))
        zero = alt.Chart(shown).mark_rule(color=theme.MARK).encode(x=alt.datum(0))
        panels = alt.layer(zero, bar, point).properties(width=104, height=ROW * len(levels))
        facets: alt.FacetChart = panels.facet(column=alt.Column("style:N", sort=styles, title=None), spacing=14)
        return facets
    named = colour(styles, alt.Legend(title=None, orient="right", symbolType="circle"))
    grouped = alt.Chart(shown).encode(
        alt.X("level:N", sort=levels, title=varied, axis=alt.Axis(labelAngle=0)),
        named, xOffset=alt.XOffset("style:N", sort=styles, scale=alt.Scale(paddingOuter=1)),
    )  # fmt: skip
    return alt.layer(
        alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(y=alt.Y("zero:Q", title="")),
        grouped.mark_rule(strokeWidth=2).encode(alt.Y("low:Q", title=unit), alt.Y2("high:Q")),
        grouped.mark_point(filled=True, size=55, opacity=1).encode(alt.Y("mean:Q", title=""), shape(styles)),
    ).properties(width=max(WIDTH, 24 * len(levels) * len(styles)), height=HEIGHT)


def _forest(rows: pd.DataFrame, metric: str) -> alt.VConcatChart:
    axis = Axis.around(rows, WIDTH, 0.05)
    scale = Axis(min(axis.low, 0.0), max(axis.high, 0.0), WIDTH).scale
    styles = styles_in(rows)
    panels = []
    shown = list(each(rows, ["situation"], MOST_ROWS))
    for number, ((situation,), here) in enumerate(shown):
        last = number == len(shown) - 1
        labels = alt.Axis(title=None, labelColor=theme.INK, domain=False, ticks=False, minExtent=110, maxExtent=110)
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
            ).properties(
                width=WIDTH, height=ROW * here["style"].nunique(),
                title=title(str(situation), fontSize=theme.SMALL, offset=4),
            )
        )  # fmt: skip
    return alt.vconcat(*panels, spacing=8)


def _explained(table: pd.DataFrame) -> str:
    return (
        f"Same luck, run by run; bars: 95% intervals; filled: p < 0.05 adjusted for all {len(table):,} comparisons"
        " (Holm), and at least 0.2 standard deviations."
    )


def _left_out(rows: pd.DataFrame) -> list[str]:
    many = rows["situation"].nunique()
    return [f"The first {MOST_ROWS} of {many:,} situations; the table has all."] if many > MOST_ROWS else []
