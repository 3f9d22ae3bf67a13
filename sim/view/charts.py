"""The comparison as one picture: courses over time, the trade-off, and paired differences; saved in any usual format."""

import json
import math
import textwrap
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import xarray as xr

from sim.analysis.paired import paired_differences
from sim.analysis.summary import HEADLINE, styles_of, summarise, weekly_means
from sim.model.metrics import BY_NAME
from sim.results import check_writable, written_whole
from sim.view import theme
from sim.view.placing import LINE, around, spread
from sim.view.sentences import standing_out, unit_of

ENDINGS = (".svg", ".png", ".pdf", ".html")
"""Kinds of file that a chart is saved in."""

OVER_TIME = ("morale", "output")
"""The metrics whose course is drawn, and which the trade-off sets against each other."""

COURSE_WIDTH, COURSE_HEIGHT, TRADE_OFF, DIFFERENCE_WIDTH, ROW = 440, 180, 400, 112, 19
"""Sizes of the panels in pixels; a panel grows in height where it has to hold more names."""

MOST_POINTS = 208
"""Points of a line; longer runs are drawn as means of several weeks."""

PRINT_RESOLUTION = 144
"""Pixels per inch of a PNG."""



def comparison_chart(ds: xr.Dataset, baseline: str) -> alt.VConcatChart:
    """Morale and output over time, one against the other, and every headline metric's difference to the baseline.

    Args:
        ds: results as of `sim.compare`; events of the scenario are marked if its attributes hold the scenario.
        baseline: the style compared with.

    Raises:
        InputError: the baseline is not in the results.
    """
    differences = paired_differences(ds, baseline)
    block = max(1, math.ceil(ds.sizes["week"] / MOST_POINTS))
    course = weekly_means(ds, OVER_TIME, block)
    panels = [_course(ds, course[course["metric"] == metric], block) for metric in OVER_TIME]
    upper = alt.hconcat(alt.vconcat(*panels, spacing=22), _trade_off(ds, baseline), spacing=50)
    parts = [upper, _differences(ds, differences, baseline)] if len(styles_of(ds)) > 1 else [upper]
    title = str(ds.attrs.get("title", "Leadership styles compared"))
    replications = ds.sizes["replication"]
    facts = f"{ds.sizes['week']} weeks, {replications} replications, seed {ds.attrs.get('seed', 'unknown')}"
    certainty = "; bands and bars are 95% intervals of the mean" if replications > 1 else "; one run has no intervals"
    said = textwrap.wrap(standing_out(differences, baseline), 165)
    return (
        alt.vconcat(*parts, spacing=26)
        .properties(
            title=alt.TitleParams(title, subtitle=[facts + certainty + ".", *said], fontSize=theme.LARGE, offset=18),
            description=f"{title}: {' '.join(said)}",
            padding=16,
        )
        .configure(**theme.config())
    )


def save_chart(chart: alt.TopLevelMixin, path: str | Path) -> None:
    """Save a chart as .svg, .png, .pdf, or .html, by the ending; an existing file is replaced.

    The page holds everything that it needs, and works without a network.

    Raises:
        InputError: another ending; a place that cannot be written to.
    """
    target = check_writable(path, ENDINGS)
    kind = target.suffix.lower()[1:]
    with written_whole(target) as unfinished:
        if kind == "html":
            unfinished.write_text(_page(chart), encoding="utf-8")
        else:
            chart.save(str(unfinished), format=kind, **({"ppi": PRINT_RESOLUTION} if kind == "png" else {}))


def _page(chart: alt.TopLevelMixin) -> str:
    """A page with everything in it, which forbids the browser to fetch anything."""
    actions = {"export": True, "source": False, "compiled": False, "editor": False}
    page: str = chart.to_html(inline=True, fullhtml=True, embed_options={"actions": actions, "renderer": "svg"})
    policy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"
    title = html.escape(str(chart.to_dict()["title"]["text"]))
    head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>{title}</title>'
    return page.replace("<html>", '<html lang="en">', 1).replace("<head>", head, 1)


def _course(ds: xr.Dataset, table: pd.DataFrame, block: int) -> alt.LayerChart:
    """Mean of one metric over time with its band, per style, with the styles' names at the right edge."""
    metric = str(table["metric"].iloc[0])
    styles = styles_of(ds)
    height = max(COURSE_HEIGHT, LINE * len(styles))
    first, last = int(ds["week"].min()), int(ds["week"].max())
    across = alt.Scale(domain=[first, max(last, first + 1)], nice=False)
    low, high = _domain(table)
    upright = alt.Scale(domain=[low, high], nice=False, zero=False)
    weeks = "week" if block == 1 else f"week (means of {block} weeks)"
    x = alt.X("week:Q", scale=across, title=weeks if metric == OVER_TIME[-1] else None, axis=alt.Axis(grid=False, tickMinStep=1))
    y = alt.Y("mean:Q", scale=upright, title=unit_of(metric), axis=alt.Axis(tickCount=5))
    tooltip = [
        alt.Tooltip("style:N"), alt.Tooltip("week:Q"), alt.Tooltip("mean:Q", format=".4~g", title=_title(metric)),
        alt.Tooltip("low:Q", format=".4~g", title="95% from"), alt.Tooltip("high:Q", format=".4~g", title="95% to"),
    ]  # fmt: skip
    base = alt.Chart(table[["style", "week", "mean", "low", "high"]])
    band = base.mark_area(opacity=0.16).encode(x=x, y=alt.Y("low:Q", scale=upright, title=None), y2="high:Q", color=_colour(styles))
    line = base.mark_line(strokeWidth=1.8, clip=True).encode(
        x=x, y=y, color=_colour(styles), strokeDash=_dash(styles), tooltip=tooltip
    )
    ends = table.groupby("style", sort=False)["mean"].last()
    names = _names_at_the_edge(ends, (low, high), height, styles)
    events = _events(ds, across, first, last, with_names=metric == OVER_TIME[0])
    title = alt.TitleParams(f"{_title(metric)} over time", dy=-13 * events.levels)
    return alt.layer(*events.marks, band, line, *names).properties(width=COURSE_WIDTH, height=height, title=title)


def _names_at_the_edge(ends: "pd.Series[float]", domain: tuple[float, float], height: float, styles: list[str]) -> list[alt.Chart]:
    """Names at the right of a course, spread so that none covers another, with a stroke from each line's end to it."""
    known = ends.dropna()
    pixels = (domain[1] - known.to_numpy()) / (domain[1] - domain[0]) * height
    places = spread(list(pixels), LINE, 4, height - 4)
    labels = pd.DataFrame({"style": known.index, "end": pixels, "label": places})
    base = alt.Chart(labels)
    edge, gutter = COURSE_WIDTH, COURSE_WIDTH + 16
    y = alt.Y("label:Q", scale=None, axis=None)
    strokes = base.mark_rule(strokeWidth=0.8).encode(
        x=alt.value(edge + 1), x2=alt.value(gutter - 2), y=alt.Y("end:Q", scale=None, axis=None), y2="label:Q", color=_colour(styles)
    )
    texts = base.mark_text(align="left", baseline="middle").encode(x=alt.value(gutter), y=y, text="style:N", color=_colour(styles))
    return [strokes, texts]
