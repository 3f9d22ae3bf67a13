"""The claims as one picture: how large each effect is, and in how many plausible worlds it has this direction."""

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from sim.analysis.claims.verdict import ClaimResult, Verdict
from sim.view import theme
from sim.view.claims import counts, percent
from sim.view.panels import Panel

WIDTH, BARS, ROW = 420, 110, 21
"""Width of the two panels and height of a row, in pixels."""

LABEL = 96
"""Characters of a claim beside its row."""

COLOURS = {Verdict.SUPPORTED: "#1B5C96", Verdict.NOT_SUPPORTED: "#978889", Verdict.OPPOSITE: "#BB5105"}
SHAPES = {Verdict.SUPPORTED: "circle", Verdict.NOT_SUPPORTED: "diamond", Verdict.OPPOSITE: "square"}
TICKS = (-30, -10, -3, -1, -0.2, 0.2, 1, 3, 10, 30)


def forest(results: Sequence[ClaimResult], replications: int, titled: bool = True) -> alt.TopLevelMixin:
    """The weakest comparison of every claim with its 95% interval; above 0 it speaks for the claim.

    Args:
        results: at least one.
        replications: how many runs of each arm there were.
        titled: with a title above it.
    """
    table = _table(results)
    verdicts = [str(verdict) for verdict in Verdict]
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=verdicts, range=list(COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", symbolOpacity=1, labelFontSize=theme.SMALL),
    )
    shape = alt.Shape("verdict:N", scale=alt.Scale(domain=verdicts, range=list(SHAPES.values())))
    numbers = "abs(datum.value) < 0.01 ? '0' : format(datum.value, '+~g')"
    low, high = min(float(table["low"].min()), -0.5) * 1.1, max(float(table["high"].max()), 0.5) * 1.1
    ticks = [0.0, *(tick for tick in TICKS if low <= tick <= high)]
    x: dict[str, Any] = {
        "scale": alt.Scale(type="symlog", constant=0.5, domain=[low, high], nice=False),
        "axis": alt.Axis(
            values=ticks, labelExpr=numbers, title="effect in standard deviations; above 0: for the claim ▸"
        ),
    }
    names = alt.Axis(title=None, labelColor=theme.INK, labelLimit=640, domain=False, ticks=False)
    y = alt.Y("label:N", sort=list(table["label"]), axis=names)
    base = alt.Chart(table).encode(y)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(alt.X("zero:Q", **x))
    bar = base.mark_tick(color=theme.MARK, thickness=1.5, size=ROW * 0.7).encode(alt.X("smallest:Q", **x))
    span = base.mark_rule(strokeWidth=2).encode(alt.X("low:Q", **x), alt.X2("high:Q"), colour)
    point = base.mark_point(filled=True, size=58, opacity=1).encode(alt.X("effect:Q", **x), colour, shape)
    plot = alt.layer(zero, bar, span, point, width=WIDTH, height=ROW * len(table))
    panels: list[Panel] = [plot]
    if any(result.draws for result in results):
        share = alt.X(
            "robustness:Q",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", title="verdict stands in", tickCount=3),
        )
        empty = alt.Y("label:N", sort=list(table["label"]), axis=None)
        bars = alt.Chart(table).mark_bar(height=ROW * 0.55).encode(share, empty, colour)
        text = (
            alt.Chart(table).mark_text(align="left", dx=4, color=theme.FAINT).encode(share, empty, alt.Text("share:N"))
        )
        panels.append(alt.layer(bars, text, width=BARS, height=ROW * len(table)))
    chart = alt.hconcat(
        *panels, spacing=18, description=counts(results), padding=16, config=alt.Config(**theme.config())
    )
    if titled:
        explained = textwrap.wrap(f"{counts(results)} {how_to_see(replications)}", 150)
        title = "What the model shows of what is claimed"
        chart.title = alt.TitleParams(title, subtitle=explained, fontSize=theme.LARGE, offset=14)
    return chart


def how_to_see(replications: int) -> str:
    """What the marks of the picture are."""
    return (
        f"Points: the weakest comparison of each claim, bars: its 95% interval over {replications} paired replications,"
        " both in standard deviations between replications; tick: the smallest effect worth naming, or, left of 0, how"
        " much worse still counts as no worse."
    )


def _table(results: Sequence[ClaimResult]) -> pd.DataFrame:
    rows = []
    for result in results:
        weakest = result.weakest.weakest
        text = f"{result.claim.id}  {result.claim.text.rstrip('.')}"
        rows.append(
            {
                "label": text if len(text) <= LABEL else textwrap.shorten(text, LABEL, placeholder=" ..."),
                "verdict": str(result.verdict),
                "effect": weakest.standardised,
                "low": weakest.standardised_low,
                "high": weakest.standardised_high,
                "smallest": weakest.standardised_smallest,
                "robustness": result.robustness,
                "share": percent(result.robustness),
            }
        )
    return pd.DataFrame(rows)
