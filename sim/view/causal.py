"""The layout of the causal diagram: the places of its boxes and arrows, for pictures, the app and the ODD page."""

import math
import textwrap
from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.analysis.why import DIRECT
from sim.model.diagram import LEADING, METRIC, arrows
from sim.model.flows import Places
from sim.model.mechanisms import BY_NAME as MECHANISMS
from sim.view.language import english, said, spoken
from sim.view.sentences import title_of
from sim.view.why import WORTH_NAMING

MORE, LESS = "#1B5C96", "#BB5105"
"""What adds to a metric, and what takes away from it."""

LAYERS: Mapping[str, int] = {
    LEADING: 0, "attention": 1, "guidance": 1, "decisions": 1, "climate": 1, "practices": 1, "motivation": 2, "work": 2,
    "trust": 2, "threat": 2, "strain": 3, "mood": 3, "learning": 3, "ideas": 3, "people": 4, "market": 4, METRIC: 5,
}  # fmt: skip
"""How far to the right something stands; what is not named stands in the middle."""

COLUMN, BOX, LINE = 182, (148, 50), 21
"""Distance of two columns, and size of a box, in pixels; characters of a line in it."""

THINNEST, WIDEST, ALIKE = 0.7, 5.0, 1.2
"""Width of an arrow that carries nothing, by how much one is wider that carries most, and width where all are alike."""


BEGINS = english("How leaders behave")
"""What everything begins with, unless it is about a change of the situation."""


class Box(NamedTuple):
    """A mechanism, what leaders do, or the metric: the middle of its box, and what stands in it."""

    name: str
    lines: tuple[str, ...]  # what it is called, one or two
    text: str
    more: bool | None  # whether it adds to the metric; None where nothing is known
    x: float
    y: float

    @property
    def label(self) -> str:
        """What it is called."""
        return " ".join(self.lines)


class Line(NamedTuple):
    """That one acts on another: from the border of its box to that of the other; the wider, the more goes through."""

    source: str
    target: str
    x: float
    y: float
    x2: float
    y2: float
    width: float

    @property
    def angle(self) -> float:
        """Where it points to, in degrees from upright, clockwise."""
        return (90.0 + math.degrees(math.atan2(self.y2 - self.y, self.x2 - self.x))) % 360.0


class Layout(NamedTuple):
    """The diagram, in pixels from its upper left corner."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def layout(
    metric: str, carried: Mapping[Any, float] | None = None, touched: Places | None = None, begins: str = BEGINS
) -> Layout:
    """What acts on what, on the way from leading to a metric, read off the rules.

    Mechanisms and arrows that carry next to nothing are left out.

    Args:
        metric: its name.
        carried: what goes through each mechanism, and DIRECT; by default all are drawn alike.
        touched: fields that a change of the situation touches by itself, where it is about one.
        begins: what everything begins with, in words.
    """
    sizes = {name: abs(float((carried or {}).get(name, 0.0 if carried else 1.0))) for name in (*MECHANISMS, DIRECT)}
    largest = max(sizes.values()) or 1.0
    shown = {name for name in MECHANISMS if sizes[name] >= WORTH_NAMING * largest} | {LEADING, METRIC}
    boxes = _boxes(metric, shown, {} if carried is None else carried, begins)
    places = {box.name: box for box in boxes}
    lines = []
    for source, target in arrows(metric, touched):
        if source not in shown or target not in shown:
            continue
        ends = [sizes[name] for name in (source, target) if name in sizes] or [sizes[DIRECT]]
        share = min(ends) / largest
        if share >= WORTH_NAMING:
            lines.append(_line(places[source], places[target], THINNEST + WIDEST * share if carried else ALIKE))
    width = round(max(box.x for box in boxes)) + BOX[0] // 2 + 10
    return Layout(boxes, tuple(lines), width, round(max(box.y for box in boxes)) + BOX[1])


def _boxes(metric: str, shown: set[str], carried: Mapping[Any, float], begins: str) -> tuple[Box, ...]:
    """Place and text of every box, column by column."""
    columns: dict[int, list[str]] = {}
    for name in (LEADING, *MECHANISMS, METRIC):
        if name in shown:
            columns.setdefault(LAYERS.get(name, 2), []).append(name)
    most = max(map(len, columns.values()))
    boxes = []
    for place, column in enumerate(sorted(columns)):
        names = columns[column]
        for k, name in enumerate(names):
            # Neighbouring columns are set off against each other, so that arrows do not run behind boxes.
            y = (most * (k + 0.5) / len(names)) * (BOX[1] + 22) + (9 if place % 2 else 0)
            value = carried.get(DIRECT if name == LEADING else name)
            if name == METRIC and carried:
                value = sum(carried.values())
            size = "" if value is None else spoken().digits(f"{value:+.2g}")
            text = said("directly {size}", size=size) if size and name == LEADING else size
            label = {LEADING: said(begins), METRIC: title_of(metric)}.get(name)
            more = None if value is None else value >= 0
            x = BOX[0] / 2 + 4 + place * COLUMN
            lines = textwrap.wrap(label or said(MECHANISMS[name].label, "label"), LINE, break_on_hyphens=False)
            boxes.append(Box(name, tuple(lines), text, more, x, y))
    return tuple(boxes)


def _line(source: Box, target: Box, width: float) -> Line:
    return Line(source.name, target.name, *_border(source, target), *_border(target, source), width)


def _border(box: Box, other: Box) -> tuple[float, float]:
    """Where a line from the middle of a box to that of another leaves it."""
    dx, dy = other.x - box.x, other.y - box.y
    share = 0.5 / max(abs(dx) / (BOX[0] + 8), abs(dy) / (BOX[1] + 8), 1e-9)
    return box.x + dx * share, box.y + dy * share
