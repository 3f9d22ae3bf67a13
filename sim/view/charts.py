"""The comparison as one picture, and the saving of pictures."""

import html
import json
import math
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import altair as alt
import xarray as xr

from sim.analysis.paired import paired_differences
from sim.analysis.summary import HEADLINE, styles_of, summarise, weekly_means
from sim.results import check_writable, written_whole
from sim.view import theme
from sim.view.courses import course_panel, events_of
from sim.view.differences import difference_panels
from sim.view.sentences import counted, standing_out
from sim.view.trade_off import trade_off_panel

ENDINGS = (".svg", ".png", ".pdf", ".html")
"""Kinds of file that a chart is saved in."""

OVER_TIME = ("morale", "output")
"""The metrics whose course is drawn, and which the trade-off sets against each other."""

MOST_POINTS = 208
"""Points of a line; longer runs are drawn as means of several weeks."""

RESOLUTION = 144
"""Pixels per inch of a PNG."""

SUBTITLE_WIDTH = 170
"""Characters of a line under the title."""

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval';
 style-src 'unsafe-inline'; img-src data: blob:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<script>$libraries</script>
</head>
<body>
<main id="chart"></main>
<script>
const actions = { export: true, source: false, compiled: false, editor: false };
vegaEmbed("#chart", $spec, { actions, renderer: "svg" });
</script>
</body>
</html>
""")
"""A page that draws a chart; the policy lets the browser run what is in it, and fetch nothing."""


def comparison_chart(ds: xr.Dataset, baseline: str, metrics: Sequence[str] = HEADLINE) -> alt.VConcatChart:
    """Morale and output over time, one against the other, and every headline metric's difference to the baseline.

    Args:
        ds: results as of `sim.compare`; events of the scenario are marked if its attributes hold the scenario.
        baseline: the style compared with.
        metrics: whose differences are drawn.

    Raises:
        InputError: the baseline is not in the results.
    """
    differences = paired_differences(ds, baseline, metrics)
    styles, events = styles_of(ds), events_of(ds)
    block = math.ceil(ds.sizes["week"] / MOST_POINTS)
    course = weekly_means(ds, OVER_TIME, block)
    courses = [
        course_panel(course, metric, styles, events, events_named=metric == OVER_TIME[0], block=block)
        for metric in OVER_TIME
    ]
    means = summarise(ds, OVER_TIME)
    rows: list[alt.HConcatChart] = [
        alt.hconcat(alt.vconcat(*courses, spacing=24), trade_off_panel(means, *OVER_TIME, baseline), spacing=44)
    ]
    if len(styles) > 1:
        rows.append(difference_panels(differences, baseline))
    title = str(ds.attrs.get("title", "Leadership styles compared"))
    outstanding = standing_out(differences, baseline)
    subtitle = [_what_was_run(ds), *textwrap.wrap(outstanding, SUBTITLE_WIDTH)]
    chart: alt.VConcatChart = alt.vconcat(
        *rows,
        spacing=30,
        title=alt.TitleParams(title, subtitle=subtitle, fontSize=theme.LARGE, offset=20),
        description=f"{title}. {outstanding}",
        padding=16,
        config=alt.Config(**theme.config()),
    )
    return chart


def save_chart(chart: alt.TopLevelMixin, path: str | Path) -> None:
    """Save a chart as .svg, .png, .pdf or .html, by the ending; an existing file is replaced.

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
            options: dict[str, Any] = {"format": kind, **({"ppi": RESOLUTION} if kind == "png" else {})}
            chart.save(str(unfinished), **options)


def _what_was_run(ds: xr.Dataset) -> str:
    replications = ds.sizes["replication"]
    certainty = "Bands and bars: 95% intervals of the mean." if replications > 1 else "One run has no interval."
    run = [counted(ds.sizes["week"], "week"), counted(replications, "replication"), f"seed {ds.attrs.get('seed')}"]
    return f"{', '.join(run)}. {certainty}"


def _page(chart: alt.TopLevelMixin) -> str:
    """A page with everything in it, which forbids the browser to fetch anything."""
    spec = chart.to_dict()
    # Within a script, "</" would end it wherever it stands, also in a title.
    as_json = json.dumps(spec, allow_nan=False).replace("<", "\\u003c")
    return PAGE.substitute(title=html.escape(str(spec["title"]["text"])), libraries=_libraries(), spec=as_json)


@cache
def _libraries() -> str:
    """What a page needs to draw a chart, which takes a second or two to gather."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle
