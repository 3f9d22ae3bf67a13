"""The charts of the slides: native charts of the presentation program, with their numbers in a sheet."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Pt

from sim.analysis.why import WAYS
from sim.view import theme
from sim.view.causal import LESS, MORE
from sim.view.label_placement import Box
from sim.view.report.content import Content
from sim.view.report.pictures import LEVEL_COLOURS, carried_steps, colours_of
from sim.view.report.runs import COMPARED_ON
from sim.view.report.slide_axes import (
    MOST_STEPS,
    SMALL,
    label_every,
    rgb,
    room_for,
    set_axis,
    set_even_steps,
    set_limits,
    set_week_axis,
)
from sim.view.report.wording import Wording
from sim.view.sentences import capitalised
from sim.view.why_charts import WHOLE

WEEKS_APART, MOST_AREAS = 13, 26
"""Weeks between two labels of an axis of weeks, and of weeks that areas are drawn through."""

LONGEST_NAME = 22
"""Characters of a name beside a point, which programs break into lines if it is longer."""

ROOM_FOR_TEXT = 0.2
"""Room behind the bars of a waterfall, as a share of what they span."""

type Maker = Callable[[Any, tuple[Any, ...], Content, Wording, ET.Element], Any]


def add_chart(slide: Any, figure: ET.Element, place: tuple[Any, ...], content: Content, wording: Wording) -> Any:
    """Add the chart that a figure names, and give back its frame on the slide."""
    makers: Mapping[str, Maker] = {
        "trade-off": _trade_off,
        **{f"course-{metric}": partial(_course, metric=metric) for metric in COMPARED_ON},
        "development": _development,
        "leavers": _leavers,
        "sums": _sums,
        **{f"{by}-{metric}": partial(_carried, by=by, metric=metric) for by in WAYS for metric in COMPARED_ON},
    }
    return makers[figure.get("data-picture", "")](slide, place, content, wording, figure)


class _Spot(NamedTuple):
    """A point with its ranges, which are the point itself where none are drawn."""

    x: float
    y: float
    across: tuple[float, float]
    upright: tuple[float, float]

    @property
    def has_ranges(self) -> bool:
        """Whether any are drawn."""
        return self.across[0] < self.across[1] or self.upright[0] < self.upright[1]


def _trade_off(slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, figure: ET.Element) -> Any:
    """Points, each range as a line of two points of its own (not every program shows error bars), and their names."""
    upright, across = COMPARED_ON
    spots = {style: _spot(content, style, across, upright) for style in content.styles}
    ranged = [style for style, spot in spots.items() if spot.has_ranges]
    data = XyChartData()
    for style, spot in spots.items():
        points_of = data.add_series(wording.label(style), number_format="0.0")
        for _ in range(2):  # twice, as some programs leave out series that are shorter than others
            points_of.add_data_point(spot.x, spot.y)
    for style in ranged:
        spot, name = spots[style], wording.words["pictures"]["range"].format(style=wording.label(style))
        lying, standing = data.add_series(name, number_format="0.0"), data.add_series(name, number_format="0.0")
        for end in (0, 1):
            lying.add_data_point(spot.across[end], spot.y)
            standing.add_data_point(spot.x, spot.upright[end])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, data)
    chart = frame.chart
    chart.has_legend = False
    for axis, metric in ((chart.category_axis, across), (chart.value_axis, upright)):
        title = wording.words["pictures"]["change"].format(
            metric=capitalised(wording.metric(metric)), unit=wording.unit(metric, change=True)
        )
        set_axis(axis, title)
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.has_major_gridlines = False
    set_limits(chart.category_axis, [value for spot in spots.values() for value in (spot.x, *spot.across)])
    set_limits(chart.value_axis, [value for spot in spots.values() for value in (spot.y, *spot.upright)])
    series = list(chart.plots[0].series)
    points, bars = series[: len(spots)], series[len(spots) :]
    colours = colours_of(content)
    for style, one in zip(content.styles, points, strict=True):
        one.format.line.fill.background()
        one.marker.style, one.marker.size = XL_MARKER_STYLE.CIRCLE, 10 if style in content.key_styles else 6
        one.marker.format.fill.solid()
        one.marker.format.fill.fore_color.rgb = rgb(colours[style])
        one.marker.format.line.fill.background()
    for number, bar in enumerate(bars):
        bar.marker.style = XL_MARKER_STYLE.NONE
        bar.format.line.width, bar.format.line.color.rgb = Pt(1.75), rgb(colours[ranged[number // 2]])
    for style, (where, position) in _label_places(chart, spots, content.key_styles, wording, place).items():
        if position is None:
            continue
        if where is None:
            labelled = points[content.styles.index(style)].points[0]
        else:
            labelled = bars[2 * ranged.index(style) + where[0]].points[where[1]]
        _label(labelled.data_label, short_name(style, wording), position, style in content.key_styles)
    return frame


def short_name(style: str, wording: Wording) -> str:
    """A style's name beside its point, short enough for one line; other charts and tables have the whole of it."""
    name = wording.label(style)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip(' -')}…"


def _label(label: Any, text: str, position: Any, key: bool) -> None:
    label.has_text_frame = True
    label.text_frame.text = text
    label.position = position
    font = label.text_frame.paragraphs[0].font
    font.size, font.bold, font.color.rgb = Pt(12 if key else 9), key, rgb(theme.INK if key else theme.FAINT)


def _spot(content: Content, style: str, across: str, upright: str) -> _Spot:
    if style == content.today:
        return _Spot(0.0, 0.0, (0.0, 0.0), (0.0, 0.0))
    x, y = (content.numbers.of("differences", metric, style, "median") for metric in (across, upright))
    if style not in content.key_styles:
        return _Spot(x, y, (x, x), (y, y))
    ends = [
        (content.numbers.of("differences", m, style, "low"), content.numbers.of("differences", m, style, "high"))
        for m in (across, upright)
    ]
    return _Spot(x, y, ends[0], ends[1])


MOST_COVERED = 12.0
"""Square points of other things that a name may cover."""


type Where = tuple[int, int] | None
"""The point itself, or an end of one of its ranges: 0 lying or 1 standing, and 0 the lower or 1 the upper end."""

SIDES: tuple[tuple[Where, Any, float, float], ...] = (
    ((0, 1), XL_LABEL_POSITION.RIGHT, 0.0, -0.5),
    ((0, 0), XL_LABEL_POSITION.LEFT, -1.0, -0.5),
    ((1, 1), XL_LABEL_POSITION.ABOVE, -0.5, -1.4),
    ((1, 0), XL_LABEL_POSITION.BELOW, -0.5, 0.4),
)
"""Where a name can stand: at which end of a range, on which side, and its shift in its own widths and heights."""


def _label_places(
    chart: Any, spots: Mapping[str, _Spot], key: Sequence[str], wording: Wording, place: tuple[Any, ...]
) -> dict[str, tuple[Where, Any]]:
    """For each style the side on which its name meets the fewest points, ranges and other names.

    A style that does not stand out has no name where that would cover something; its place is None.
    """
    width, height = place[2] / Pt(1) * 0.88, place[3] / Pt(1) * 0.84  # of the plot, without its axes
    x_low, x_high = chart.category_axis.minimum_scale, chart.category_axis.maximum_scale
    y_low, y_high = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - x_low) / (x_high - x_low) * width, (y_high - y) / (y_high - y_low) * height

    taken: list[Box] = []
    for spot in spots.values():
        x, y = at(spot.x, spot.y)
        left, top = at(spot.across[0], spot.upright[1])
        right, bottom = at(spot.across[1], spot.upright[0])
        taken += [Box(x - 5, y - 5, x + 5, y + 5), Box(left, y - 1, right, y + 1), Box(x - 1, top, x + 1, bottom)]
    found: dict[str, tuple[Where, Any]] = {}
    for style, spot in sorted(spots.items(), key=lambda entry: entry[0] not in key):
        wide = (7.6 if style in key else 5.4) * len(short_name(style, wording)) + 6
        high = 16.0 if style in key else 13.0
        choices = []
        for rank, (where, position, right_by, down_by) in enumerate(SIDES):
            lying, end = where or (0, 0)
            x, y = at(spot.x if lying else spot.across[end], spot.upright[end] if lying else spot.y)
            left = x + right_by * wide + {0.0: 7.0, -1.0: -7.0}.get(right_by, 0.0)
            box = Box(left, y + down_by * high, left + wide, y + down_by * high + high)
            outside = max(0.0, -box.left) + max(0.0, box.right - width) + max(0.0, -box.top)
            covered = sum(box.overlap(other) for other in taken) + 50 * outside
            choices.append((covered + rank, covered, (where if spot.has_ranges else None, position), box))
        _, covered, chosen, box = min(choices, key=lambda choice: choice[:2])
        if style not in key and covered > MOST_COVERED:
            found[style] = (None, None)
            continue
        found[style] = chosen
        taken.append(box)
    return found


def _course(
    slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, figure: ET.Element, metric: str
) -> Any:
    table = content.courses[content.courses["metric"] == metric]
    return _lines(slide, place, content, wording, table, content.key_styles)


def _sums(slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, figure: ET.Element) -> Any:
    styles = [style for style in content.key_styles if style != content.today]
    return _lines(slide, place, content, wording, content.sums, styles)


def _lines(
    slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, table: pd.DataFrame, styles: Sequence[str]
) -> Any:
    """A line for each style, week by week."""
    data = XyChartData(number_format="0.0")
    shown = table[table["style"].isin(styles)].dropna(subset="mean")
    for style in styles:
        series = data.add_series(wording.label(style))
        for row in shown[shown["style"] == style].to_dict("records"):
            series.add_data_point(int(row["week"]), float(row["mean"]))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *place, data)
    chart = frame.chart
    _legend(chart)
    weeks = chart.category_axis
    set_axis(weeks, wording.words["pictures"]["week"])
    weeks.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # also where values are below zero
    weeks.has_major_gridlines = False
    apart = WEEKS_APART * max(1, content.weeks // (WEEKS_APART * MOST_STEPS))
    weeks.minimum_scale, weeks.maximum_scale = 0, math.ceil(content.weeks / apart) * apart
    weeks.major_unit = apart
    set_axis(chart.value_axis, None)
    if len(shown):  # a course does not begin at zero, or nothing could be told apart
        low, high = float(shown["mean"].min()), float(shown["mean"].max())
        room = 0.1 * (high - low) or 1.0
        set_even_steps(chart.value_axis, low - room, high + room, 0.0 if low >= 0 else -math.inf)
    colours = colours_of(content)
    for style, series in zip(styles, chart.plots[0].series, strict=True):
        series.smooth = False
        series.format.line.width = Pt(2.5)
        series.format.line.color.rgb = rgb(colours[style])
        series.marker.style = XL_MARKER_STYLE.NONE
    return frame


def _development(slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, figure: ET.Element) -> Any:
    table = content.development[content.development["style"] == figure.get("data-style")]
    data = CategoryChartData(number_format="0")
    every = max(1, content.weeks // MOST_AREAS)
    table = table[table["week"] % every == 0]
    data.categories = [int(week) for week in dict.fromkeys(table["week"])]
    for level in ("d4", "d3", "d2", "d1"):
        values = table[table["metric"] == f"share_{level}"]["mean"]
        data.add_series(wording.level_name(level), [float(value) for value in values])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.AREA_STACKED, *place, data)
    chart = frame.chart
    _legend(chart)
    set_week_axis(chart, wording, math.ceil(len(data.categories) / MOST_STEPS))
    set_axis(chart.value_axis, None)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = 0, 100, 20
    for colour, series in zip(reversed(LEVEL_COLOURS), chart.plots[0].series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
    return frame


def _leavers(slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, figure: ET.Element) -> Any:
    means = {style: content.numbers.of("money", "leavers", style, "mean") for style in content.styles}
    styles = sorted(means, key=lambda style: -means[style])
    data = CategoryChartData(number_format="0.0")
    data.categories = [wording.label(style) for style in styles]
    data.add_series(capitalised(wording.metric("leavers")), [means[style] for style in styles])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    set_axis(chart.category_axis, None)
    set_axis(chart.value_axis, None)
    set_even_steps(chart.value_axis, 0.0, max(*means.values(), 0.5) * 1.1)
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0.0", False
    plot.data_labels.font.size = Pt(10)
    colours = colours_of(content)
    for place_of, style in enumerate(styles):
        fill = plot.series[0].points[place_of].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(colours[style])
    return frame


def _carried(
    slide: Any, place: tuple[Any, ...], content: Content, wording: Wording, figure: ET.Element, by: str, metric: str
) -> Any:
    """A waterfall: bars that stand on others which are not seen."""
    first, steps, last = carried_steps(content, wording, by, metric)
    stands, at = [], first.size
    for step in steps:
        stands.append(min(at, at + step.size))
        at += step.size
    tops = [stand + abs(step.size) for stand, step in zip(stands, steps, strict=True)]
    low, high = room_for([first.size, last.size, *stands, *tops])
    bars = [(first, low, first.size - low, WHOLE)]
    bars += [
        (step, stand, abs(step.size), MORE if step.size >= 0 else LESS)
        for stand, step in zip(stands, steps, strict=True)
    ]
    bars.append((last, low, last.size - low, WHOLE))
    data = CategoryChartData(number_format="0.0")
    data.categories = [step.label for step, *_ in bars]
    words = wording.words["pictures"]
    data.add_series(words["below"], [stand for _, stand, *_ in bars])
    data.add_series(capitalised(wording.metric(metric)), [size for _, _, size, _ in bars])
    data.add_series(words["beside"], [ROOM_FOR_TEXT * (high - low)] * len(bars))  # texts stand at its beginning
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    set_axis(chart.category_axis, None)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_labels.font.size = Pt(8)
    label_every(chart.category_axis, 1)
    set_axis(chart.value_axis, None)
    set_even_steps(chart.value_axis, low, high + ROOM_FOR_TEXT * (high - low), low)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    below, shown, beside = plot.series
    for hidden in (below, beside):
        hidden.format.fill.background()
    for number, (step, _, _, colour) in enumerate(bars):
        fill, label = shown.points[number].format.fill, beside.points[number].data_label
        fill.solid()
        fill.fore_color.rgb = rgb(colour)
        label.has_text_frame = True
        label.text_frame.text = step.text
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        label.text_frame.paragraphs[0].font.size = Pt(10)
    return frame


def _legend(chart: Any) -> None:
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = SMALL
