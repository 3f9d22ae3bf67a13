"""Figures of time to an event, robust choice, emulators and adaptive designs, each from the rows of a table."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from sim.analysis.study.discovery_emulated import victories_in
from sim.analysis.study.summed import ALL
from sim.study.results import ExperimentResults
from sim.view import theme
from sim.view.panels import colour
from sim.view.study.bars import sobol_bars
from sim.view.study.figure_labels import (
    column_and_unit,
    column_name,
    finished,
    names_axis,
    short,
    situations,
    styles_in,
)
from sim.view.study.heatmaps import box_figure

WIDTH, HEIGHT, ROW = 420, 240, 22

LEFT = {
    "error": "standard error of the stand-ins, as a share of the spread between points",
    "boundary": "share of places at which it is not known which style is better",
}
"""What is left to learn, by the aim of an adaptive design."""

TOGETHER = "What is varied goes together: an index counts what goes with a thing, too, and they do not add up."


def survival_lines(results: ExperimentResults, rows: pd.DataFrame, until: str, *_: object) -> alt.TopLevelMixin:
    """Share of runs in which something is not so yet, week by week, with its interval."""
    styles = styles_in(rows)
    shown = rows[["style", "week", "without", "low", "high"]]
    last = float(max(shown["week"].max(), results.resolved.situations[0].table["run"]["weeks"]))
    ends = shown.groupby("style", sort=False).tail(1).assign(week=last)  # the curve goes on until runs end
    shown = pd.concat([shown, ends], ignore_index=True)
    base = alt.Chart(shown).encode(alt.X("week:Q", title="week", scale=alt.Scale(domain=[0, last], nice=False)))
    share, ink = alt.Scale(domain=[0, 1]), colour(styles, alt.Legend(title=None, orient="top"))
    y = alt.Y("without:Q", title="share of runs", scale=share, axis=alt.Axis(format="%"))
    parts = [base.mark_line(interpolate="step-after", strokeWidth=2).encode(y, ink)]
    if rows["low"].notna().any():
        band = base.mark_area(interpolate="step-after", opacity=0.15)
        parts.insert(0, band.encode(alt.Y("low:Q", title="", scale=share), alt.Y2("high:Q"), ink))
    said = results.study.record.until[until]
    return finished(
        alt.layer(*parts, width=WIDTH, height=HEIGHT),
        f"How long until {said}", f"{situations(results, rows.iloc[:1]).iloc[0]}: share of runs in which it is not so"
        " yet (Kaplan and Meier); bands: 95% intervals.",
    )  # fmt: skip


def robust_bars(results: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str) -> alt.TopLevelMixin:
    """Mean, worst situation and what nine of ten reach by one metric; or in which share of situations bars are met."""
    where = "all scenarios" if scenario == ALL else scenario
    many, styles = int(rows["situations"].iloc[0]), styles_in(rows)
    if metric == "satisfied":
        spans, kinds, across = ("surely", "possibly"), {"domain": "by the means of runs"}, "share of situations"
        bars = ", ".join(f"{name} {bar:g}" for name, bar in results.study.analysis.satisfied.items())
        said = f"Bars: {bars}. Lines: surely met to possibly met, by the 95% intervals of the means."
        name = "Starr's domain: where every bar is met"
    else:
        spans = ("worst", "mean")
        kinds = {"mean": "mean", "usual": "nine of ten are no worse", "worst": "worst"}
        across, name = column_and_unit(metric), f"{column_name(metric)}: how each style does whatever comes"
        said = "Over all situations, each by the mean of its runs."
    long = pd.concat(rows[["style"]].assign(kind=words, value=rows[key]) for key, words in kinds.items())
    y = alt.Y("style:N", sort=styles, axis=names_axis())
    scale = alt.Scale(domain=[0, 1]) if metric == "satisfied" else alt.Scale(zero=False, padding=12)
    axis = alt.Axis(format="%") if metric == "satisfied" else alt.Axis(tickCount=6)
    shapes = alt.Scale(domain=list(kinds.values()), range=["circle", "diamond", "triangle-left"][: len(kinds)])
    line = alt.Chart(rows[["style", *spans]]).mark_rule(color=theme.MARK, strokeWidth=2)
    plot = alt.layer(
        line.encode(y, alt.X(f"{spans[0]}:Q", title=""), alt.X2(f"{spans[1]}:Q")),
        alt.Chart(long).mark_point(filled=True, size=70, opacity=1).encode(
            y, alt.X("value:Q", title=across, scale=scale, axis=axis), colour(styles),
            alt.Shape("kind:N", scale=shapes, legend=alt.Legend(title=None, orient="top")),
        ),
        width=WIDTH, height=ROW * len(styles),
    )  # fmt: skip
    return finished(plot, name, f"{where}, {many:,} situation{'' if many == 1 else 's'}. {said}")


def emulated_sobol(
    results: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str
) -> alt.TopLevelMixin | None:
    """Sobol indices by a stand-in, with what they mean where what is varied goes together."""
    more = () if rows["independent"].all() else (TOGETHER,)
    return sobol_bars(results, rows.assign(points=len(results.points)), metric, scenario, style, *more)


def adaptive_lines(results: ExperimentResults, rows: pd.DataFrame) -> alt.TopLevelMixin:
    """How much was left to learn after each round, and where the points of the rounds lie."""
    design = results.study.design
    line = alt.Chart(rows).encode(
        alt.X("points:Q", title="points", scale=alt.Scale(zero=False)),
        alt.Y("left:Q", title="left to learn", scale=alt.Scale(domainMin=0), axis=alt.Axis(format="%")),
    )
    panels: list[Any] = [
        alt.layer(
            line.mark_line(color=theme.INK),
            line.mark_point(filled=True, size=50, opacity=1, color=theme.INK),
            width=240,
            height=HEIGHT,
        )
    ]
    if len(names := list(results.points.select_dtypes("number").columns)[:2]) == 2:
        number = np.maximum(np.arange(len(results.points)) - design.points, -1) // design.each + 1
        points = pd.DataFrame({"x": results.points[names[0]], "y": results.points[names[1]], "round": number})
        rounds = sorted(set(number.tolist()))
        panels.append(
            alt.Chart(points).mark_point(filled=True, size=36, opacity=0.9).encode(
                alt.X("x:Q", title=short(names[0]), scale=alt.Scale(zero=False, nice=False, padding=8)),
                alt.Y("y:Q", title=short(names[1]), scale=alt.Scale(zero=False, nice=False, padding=8)),
                alt.Color("round:Q", scale=alt.Scale(range=["#C9D3DD", "#1B5C96"]),
                          legend=alt.Legend(title="round", values=rounds[:: -(-len(rounds) // 8)], format="d")),
            ).properties(width=300, height=HEIGHT)
        )  # fmt: skip
    return finished(
        alt.hconcat(*panels, spacing=30), "What further points told",
        f"Left to learn: {LEFT[design.aim]}. Round 0: the Latin hypercube to begin with.",
    )  # fmt: skip


def emulated_box(
    results: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str
) -> alt.TopLevelMixin | None:
    """The places on the two most telling ranges: where the style wins by the stand-ins, and the box that was found."""
    (situation,) = (one for one in results.resolved.situations if one.scenario.name == scenario)
    places, victories = victories_in(results)
    won = victories[scenario, metric].best[situation.styles.index(style)]
    first = rows.iloc[0]
    trusted = "" if first["trusted"] else " The stand-ins cannot be trusted: sample more points, or more replications."
    more = f"By stand-ins at {len(places.table):,} places"
    if not np.isnan(first["coverage_low"]):  # as with a single replication
        more += f"; 95%: {first['coverage_low']:.0%} to {first['coverage_high']:.0%} of its victories,"
        more += f" {first['density_low']:.0%} to {first['density_high']:.0%} in the box"
    more += f".{trusted}"
    return box_figure(places.table, won, rows, metric, scenario, style, more)
