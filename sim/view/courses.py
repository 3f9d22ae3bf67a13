"""Charts of a metric over time, a line per style, with the events of the scenario."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
import xarray as xr

from sim.view import theme
from sim.view.label_placement import LINE, rows_for, spread
from sim.view.language import english, said, spoken
from sim.view.panels import INK, Axis, Panel, colour, dash, inks, title, tooltip
from sim.view.sentences import called, long_name, unit_of

WIDTH, HEIGHT = 440, 185
"""Size in pixels; a panel grows in height where it has to hold more names."""

GUTTER = 16
"""Pixels between the end of a line and its name."""


EVENTS = {
    "crisis": english("crisis"),
    "demand": english("demand ×{factor}"),
    "market_shock": english("market shock"),
    "growth": english("+{people} people"),
    "layoff": english("−{people} people"),
    "new_technology": english("new technology"),
    "key_person_leaves": english("key person leaves"),
    "leader_replaced": english("new leader"),
    "leader_away": english("leader away"),
    "style_changed": english("style: {style}"),
    "practice_started": english("practice started"),
    "practice_stopped": english("practice stopped"),
}
"""What happens, in a word or two."""


class Event(NamedTuple):
    """Something that happens: its first week, the week after its last one (None if it has no duration), in words."""

    week: int
    until: int | None
    text: str


def events_of(ds: xr.Dataset) -> list[Event]:
    """The events of the scenario that the results came from, as far as they were reached; each week and text once."""
    return events_until(json.loads(ds.attrs.get("scenario_json", "{}")).get("events", ()), int(ds["week"].max()))


def events_until(events: Iterable[dict[str, Any]], last: int) -> list[Event]:
    """These events of a scenario, as far as they are reached by a last week; each week and text once."""
    found = {}
    for event in events:
        if event["week"] <= last:
            until = min(event["week"] + event["weeks"], last) if event.get("weeks") else None
            one = Event(event["week"], until, _in_words(event))
            found[one.week, one.text] = one
    return sorted(found.values(), key=lambda event: event.week)


def events_within(runs: Sequence[Sequence[dict[str, Any]]], last: int) -> list[Event]:
    """The same where runs differ in when something happens: from the first week of any of them to the last.

    Args:
        runs: the events of each; those of the same place and kind are the same.
        last: the last week that is drawn.
    """
    found, alike = {}, dict[tuple[int, str], list[dict[str, Any]]]()
    for events in runs:
        for place, event in enumerate(events):
            alike.setdefault((place, str(event["event"])), []).append(event)
    for same in alike.values():
        weeks = [event["week"] for event in same]
        begin, latest = min(weeks), max(weeks)
        if begin > last:
            continue
        ends = [event["week"] + event["weeks"] for event in same if event.get("weeks")]
        words = {_in_words(event) for event in same}
        text = words.pop() if len(words) == 1 else str(same[0]["event"]).replace("_", " ")
        if begin < latest:
            ends, text = [*ends, latest], f"{text} (begins in week {begin} to {latest})"
        one = Event(begin, min(max(ends), last) if ends else None, text)
        found[one.week, one.text] = one
    return sorted(found.values(), key=lambda event: event.week)


def course_panel(
    course: pd.DataFrame,
    metric: str,
    styles: Sequence[str],
    events: Sequence[Event] = (),
    events_named: bool = True,
    block: int = 1,
) -> Panel:
    """Mean of one metric over time with its 95% band, per style, with the styles' names at the right edge.

    Args:
        course: as of `weekly_means`.
        metric: the metric to draw.
        styles: all styles of the picture, in their order.
        events: what to mark.
        events_named: whether to say in words what is marked.
        block: weeks that each point stands for.
    """
    table = course[course["metric"] == metric]
    across = Axis(1, max(int(table["week"].max()), 2), WIDTH)
    upright = Axis.around(table, max(HEIGHT, LINE * len(styles)))
    weeks = "week" if block == 1 else f"week (each point: mean of {block} weeks)"
    ticks = alt.Axis(grid=False, format="d", tickCount=min(10, across.high - across.low))
    x = alt.X("week:Q", scale=across.scale, title=weeks, axis=ticks)
    y = alt.Y("mean:Q", scale=upright.scale, title=unit_of(metric), axis=alt.Axis(tickCount=5))

    base = alt.Chart(table[["style", "week", "mean", "low", "high"]]).encode(x, colour(styles))
    band = base.mark_area(opacity=min(0.2, 0.9 / len(styles))).encode(
        alt.Y("low:Q", scale=upright.scale, title=unit_of(metric)), alt.Y2("high:Q")
    )
    line = base.mark_line(strokeWidth=1.8).encode(y, dash(styles), tooltip=tooltip(metric, alt.Tooltip("week:Q")))
    # A line through a single point would not be seen.
    points = [base.mark_point(filled=True, size=30).encode(y)] if len(set(table["week"])) == 1 else []
    ends = table.groupby("style", sort=False)["mean"].last().dropna()
    return alt.layer(
        *_event_marks(events, across, events_named),
        band,
        line,
        *points,
        *_names(ends, upright, styles),
        width=WIDTH,
        height=upright.size,
        title=title(f"{long_name(metric)} over time"),
    )


def _names(ends: "pd.Series[float]", upright: Axis, styles: Sequence[str]) -> list[alt.Chart]:
    """Names at the right, spread so that none covers another, each with a stroke from the end of its line."""
    places = spread([upright.pixel(end) for end in ends], LINE, 2, upright.size - 2)
    labels = pd.DataFrame({"style": ends.index, "end": ends.to_numpy(), "label": [upright.value(p) for p in places]})
    base = alt.Chart(labels.assign(ink=labels["style"].map(dict(zip(styles, inks(styles), strict=True)))))
    strokes = base.mark_rule(strokeWidth=0.8).encode(
        colour(styles), x=alt.value(WIDTH + 1), x2=alt.value(WIDTH + GUTTER - 3), y="end:Q", y2="label:Q"
    )
    texts = base.mark_text(align="left", baseline="middle").encode(
        INK, x=alt.value(WIDTH + GUTTER), y="label:Q", text="style:N"
    )
    return [strokes, texts]


def _event_marks(events: Sequence[Event], across: Axis, named: bool) -> list[alt.Chart]:
    """Strokes and shades where something happens, and what it is in words above the panel."""
    if not events:
        return []
    table = pd.DataFrame(events).assign(until=[event.until or event.week for event in events])
    base = alt.Chart(table).encode(x="week:Q")
    shades = base.mark_rect(color=theme.MARK, opacity=0.12).encode(x2="until:Q")
    strokes = base.mark_rule(color=theme.MARK, strokeDash=[3, 3], strokeWidth=1)
    rows = rows_for([across.pixel(event.week) for event in events], [event.text for event in events])
    texts = [
        alt.Chart(table[[row == one for one in rows]])
        .mark_text(align="left", baseline="bottom", color=theme.FAINT, dx=-2)
        .encode(x="week:Q", y=alt.value(-3 - LINE * row), text="text:N")
        for row in sorted(set(rows))
    ]
    return [shades, strokes, *(texts if named else [])]


def _in_words(event: dict[str, Any]) -> str:
    kind, facts = str(event["event"]), dict(event)
    if "factor" in facts:
        facts["factor"] = spoken().digits(f"{facts['factor']:g}")
    if "style" in facts:
        facts["style"] = called(str(facts["style"]))
    return said(EVENTS.get(kind, kind.replace("_", " ")), **{name: str(value) for name, value in facts.items()})
