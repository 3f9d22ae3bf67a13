"""Charts for the browser: lines over time, one metric against another, and pairs of runs, described as plain data.

The folder `chart` draws them. Each chart has a table of the same numbers, and buttons that save the picture (SVG, PNG)
and the numbers (CSV). Colours, dashes and shapes are those of `sim.view.theme`, lighter on a dark background.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.app.component import component_vue
from sim.app.looks import look_of
from sim.app.vue_files import as_text
from sim.view.language import english, said
from sim.view.sentences import called, decimals, number, plus_minus
from sim.view.theme import Look, looks

type Floats = NDArray[np.float64]
type Spec = dict[str, Any]
"""What a chart shows, as plain data: made by `course`, `trade_off` or `pairs`, drawn by `Chart`."""

DIGITS = 5
"""Decimals of the place of a point: more than anybody can see."""

WANTED = {"higher": english("higher is better"), "lower": english("lower is better"), "neither": ""}


class Line(NamedTuple):
    """A line over time, one value per week (NaN if there is none). `before` is the pinned line; `label` is shown."""

    name: str
    mean: Floats
    low: Floats | None = None
    high: Floats | None = None
    before: Floats | None = None
    label: str = ""

    @property
    def called(self) -> str:
        """What people read; a style has its name in their language."""
        return self.label or called(self.name)


class Mark(NamedTuple):
    """An event: its first week, the week after its last one (None if it has no duration), and a text."""

    week: int
    until: int | None
    text: str


class Point(NamedTuple):
    """A point with its uncertainty: half intervals, and the two half axes of an ellipse (dx, dy)."""

    name: str
    x: float
    y: float
    interval: tuple[float, float]
    axes: tuple[tuple[float, float], tuple[float, float]]
    before: tuple[float, float] | None = None


@component_vue("chart/chart.vue")
def _Drawing(drawn: str, height: int, low: int) -> None:
    """A chart, described in a text."""


def Chart(spec: Spec, height: int = 240, low: int | None = None) -> Any:
    """Draw a chart.

    Args:
        spec: from `course`, `trade_off` or `pairs`.
        height: pixels of the plot. The width follows the page.
        low: the same on a phone; by default the same height.
    """
    return _Drawing(drawn=as_text(spec), height=height, low=low or height)


def course(
    title: str,
    unit: str,
    weeks: Sequence[int],
    lines: Sequence[Line],
    *,
    good: str = "neither",
    events: Sequence[Mark] = (),
    styles: dict[str, Look] | None = None,
    every: int = 1,
    meaning: str = "",
    source: str = "",
    changed: str = "",
    focus: Mark | None = None,
) -> Spec:
    """Lines with bands over time.

    Args:
        title: of the chart, its files and its controls.
        unit: of the vertical axis.
        weeks: the numbers of the weeks, one for each value of a line.
        lines: the lines. Their names are styles, unless `styles` has the look of each.
        good: what a manager wants: "higher", "lower" or "neither".
        events: what to mark.
        styles: the look of each line by its name.
        every: weeks for each value.
        meaning: a text on what is measured.
        source: a text on the runs, for saved pictures and numbers.
        changed: a text on what was changed in the situation, for the same.
        focus: the weeks that the question is about.
    """
    found = styles or looks([line.name for line in lines])
    halves = [
        (line.high - line.low) / 2 if line.low is not None and line.high is not None else np.empty(0) for line in lines
    ]
    places = decimals(np.concatenate(halves)[:: max(len(weeks) // 8, 1)]) if halves else 2
    shown = [
        {
            "name": line.called,
            "key": line.name,
            **look_of(found[line.name]),
            "mean": _plain(line.mean, places),
            "low": _plain(line.low, places),
            "high": _plain(line.high, places),
            "before": _plain(line.before, places),
        }
        for line in lines
    ]
    ends = [f"{line.called} {number(_last(line.mean), places)}" for line in lines]
    bands = said("Bands: 95% confidence intervals of the mean.") if any(line.low is not None for line in lines) else ""
    dots = said("Dotted: what it is compared with.") if any(line.before is not None for line in lines) else ""
    return {
        "kind": "course",
        "title": title,
        "unit": unit,
        "note": f"{bands} {dots}".strip(),
        "changed": changed,
        "focus": None if focus is None else focus._asdict(),
        "subtitle": ", ".join(filter(None, (unit, said(WANTED[good]) if WANTED[good] else ""))),
        "meaning": meaning,
        "summary": said(
            "{title} by week ({unit}). In the last week: {ends}.", title=title, unit=unit, ends=", ".join(ends)
        ),
        "source": source,
        "x": list(weeks),
        "x_name": said("week", "week"),
        "x_title": said("week", "week")
        if every == 1
        else said("week (each point: mean of {every} weeks)", every=every),
        "lines": shown,
        "events": [mark._asdict() for mark in events],
        "decimals": [places],
    }


def trade_off(
    title: str,
    across: tuple[str, str],
    upright: tuple[str, str],
    points: Sequence[Point],
    *,
    ring: str | None = None,
    corner: str = "",
    meaning: str = "",
    styles: dict[str, Look] | None = None,
    source: str = "",
    changed: str = "",
    subtitle: str = "",
) -> Spec:
    """A point for each style, with the 95% confidence ellipse of its mean.

    Args:
        title: of the chart.
        across: name and unit of the horizontal axis.
        upright: name and unit of the vertical axis.
        points: what to draw.
        ring: the point that has a ring around it.
        corner: a text for the upper right corner.
        meaning: how to read it, in words.
        styles: the look of each point by its name.
        source: a text on the runs, for saved pictures and numbers.
        changed: a text on what was changed in the situation, for the same.
        subtitle: what the values are.
    """
    found = styles or looks([point.name for point in points])
    places, upright_places = (decimals(halves) for halves in zip(*(point.interval for point in points), strict=True))
    shown = [
        {
            "name": called(point.name),
            "key": point.name,
            **look_of(found[point.name]),
            "shape": found[point.name].shape,
            "x": _figure(point.x),
            "y": _figure(point.y),
            "interval": [_figure(half) for half in point.interval],
            "one": [_figure(size) or 0 for size in point.axes[0]],
            "two": [_figure(size) or 0 for size in point.axes[1]],
            "reach": [float(np.hypot(*np.nan_to_num(both))) for both in zip(*point.axes, strict=True)],
            "before": None if point.before is None else [_figure(value) for value in point.before],
            "ring": point.name == ring,
        }
        for point in points
        if np.isfinite(point.x) and np.isfinite(point.y)
    ]
    places_in_words = [
        said(
            "{name} {across} and {upright}",
            name=called(point.name),
            across=_with_interval(point.x, point.interval[0], places),
            upright=_with_interval(point.y, point.interval[1], upright_places),
        )
        for point in points
    ]
    return {
        "kind": "points",
        "title": title,
        "subtitle": subtitle or said("means of the run"),
        "unit": f"{across[1]}; {upright[1]}",
        "note": said("Ellipses: 95% confidence regions of the means."),
        "changed": changed,
        "meaning": meaning,
        "summary": said(
            "{title}: {across} and {upright} of {points}.",
            title=title,
            across=across[0],
            upright=upright[0],
            points="; ".join(places_in_words),
        ),
        "source": source,
        "x_axis": across[0],
        "y_axis": upright[0],
        "x_title": f"{across[0]} ({across[1]})",
        "y_title": f"{upright[0]} ({upright[1]})",
        "points": shown,
        "corner": corner,
        "decimals": [places, upright_places],
    }


def pairs(
    title: str,
    unit: str,
    names: tuple[str, str],
    values: tuple[Floats, Floats],
    *,
    styles: dict[str, Look],
    lower: bool = False,
    meaning: str = "",
    source: str = "",
    labels: Mapping[str, str] | None = None,
) -> Spec:
    """A dot for each pair at its difference, with a line at zero and the number of dots on both sides.

    Args:
        title: of the chart.
        unit: of the values.
        names: of the first and the second of each pair. Pairs in which the first is ahead are on the right.
        values: of the first and the second, one value for each pair.
        styles: the look of each by its name.
        lower: whether the lower value is ahead.
        meaning: how to read it, in words.
        source: a text on the runs, for saved pictures.
        labels: what people read instead of the names.
    """
    (one, other), (ours, theirs), shown = names, values, labels or {}
    gaps = theirs - ours if lower else ours - theirs
    sides = [(other, int((gaps < 0).sum())), (one, int((gaps > 0).sum()))]
    ahead = [(shown.get(name, name), many) for name, many in sides]
    first, second = shown.get(one, one), shown.get(other, other)
    counts = ", ".join(
        said("{name} in {many} of {all}", name=name, many=many, all=len(gaps)) for name, many in reversed(ahead)
    )
    return {
        "kind": "pairs",
        "title": title,
        "subtitle": said("each dot: a pair"),
        "unit": unit,
        "note": "",
        "changed": "",
        "meaning": meaning,
        "summary": said("{title}: ahead is {counts}.", title=title, counts=counts),
        "source": source,
        "x_title": said(
            "{one} less {other} ({unit})", one=second if lower else first, other=first if lower else second, unit=unit
        ),
        "y_title": said("pairs"),
        "names": [first, second],
        "sides": [{"name": shown.get(name, name), **look_of(styles[name]), "many": many} for name, many in sides],
        "pairs": [[_figure(value) for value in row] for row in zip(ours, theirs, gaps, strict=True)],
        "decimals": [2],
    }


def _with_interval(value: float, half: float, places: int) -> str:
    """A number with its half interval: '0.74 ±0.01'."""
    return number(value, places) + (f" {plus_minus(half, places)}" if np.isfinite(half) else "")


def _plain(values: Floats | None, places: int) -> list[float | None] | None:
    """Numbers for JSON, which has no NaN. They have two decimals more than the page shows, for smooth lines."""
    if values is None:
        return None
    rounded: list[float | None] = np.round(values, places + 2).tolist()
    return [None if value != value else value for value in rounded] if np.isnan(values).any() else rounded  # noqa: PLR0124


def _figure(value: float) -> float | None:
    return round(float(value), DIGITS) if np.isfinite(value) else None


def _last(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else float("nan")
