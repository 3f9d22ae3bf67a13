"""The axes of the charts on slides: steps between round numbers, weeks, and their look."""

import math
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from sim.view import theme
from sim.view.report.wording import Wording

SMALL = Pt(11)
"""Letters of a chart."""

ROOM, MOST_STEPS = 0.08, 8
"""Room beside the outermost points, as a share of what they span, and steps of an axis at most."""


def set_limits(axis: Any, values: Sequence[float]) -> None:
    """An axis that holds all values, from one round number to another."""
    room = max(max(values) - min(values), 1e-6)
    low, high = min(values) - ROOM * room, max(values) + ROOM * room
    set_even_steps(axis, low, high)


def set_even_steps(axis: Any, low: float, high: float, lowest: float = -math.inf) -> None:
    """An axis from one round number to another in even steps of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(high - low))
    step = next(power * part for part in (0.1, 0.2, 0.5, 1.0, 2.0) if (high - low) / (power * part) <= MOST_STEPS)
    first = max(math.floor(low / step) * step, lowest)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = first, math.ceil(high / step) * step, step


def room_for(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that begins below all values, where bars stand on it."""
    room = max(max(values) - min(values), 1e-6)
    power = 10.0 ** math.floor(math.log10(room))
    return math.floor((min(values) - 0.1 * room) / power) * power, math.ceil((max(values) + 0.1 * room) / power) * power


def set_week_axis(chart: Any, wording: Wording, every: int) -> None:
    """An axis of weeks as categories, of which one of so many is labelled."""
    axis = chart.category_axis
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # also where values are below zero
    set_axis(axis, wording.words["pictures"]["week"])
    axis.has_major_gridlines = False
    label_every(axis, every)


def label_every(axis: Any, many: int) -> None:
    """Label one of so many categories."""
    for name in ("tickLblSkip", "tickMarkSkip"):
        element = parse_xml(f'<c:{name} {nsdecls("c")} val="{many}"/>')
        axis._element.find("{http://schemas.openxmlformats.org/drawingml/2006/chart}noMultiLvlLbl").addprevious(element)


def set_axis(axis: Any, title: str | None) -> None:
    """How an axis looks, and what it is called."""
    axis.tick_labels.font.size = SMALL
    axis.tick_labels.font.color.rgb = rgb(theme.FAINT)
    axis.format.line.color.rgb = rgb("#BBBBBB")
    if axis.has_major_gridlines:
        axis.major_gridlines.format.line.color.rgb = rgb(theme.GRID)
    axis.has_title = title is not None
    if title is not None:
        axis.axis_title.text_frame.text = title
        font = axis.axis_title.text_frame.paragraphs[0].font
        font.size, font.bold, font.color.rgb = SMALL, False, rgb(theme.FAINT)


def rgb(colour: str) -> Any:
    """A colour such as #1B5C96 as the library wants it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return RGBColor(red, green, blue)
