"""What happens to the company from outside, in words, by week: the timeline of a scenario as its people meet it."""

from collections.abc import Iterator

from sim.scenario import events
from sim.scenario.schema import Scenario
from sim.scenario.timeline import in_order
from sim.view.sentences import counted


def by_week(scenario: Scenario, weeks: int, styles_change: bool) -> dict[int, list[str]]:
    """The sentences of each week in which something happens.

    Args:
        scenario: the scenario that is run.
        weeks: how long it is run.
        styles_change: whether changes of style happen; where one style is held all the time, they do not.
    """
    said: dict[int, list[str]] = {}
    for _, event in in_order(scenario.events):
        for week, sentence in _sentences(event, styles_change):
            if 1 <= week <= weeks:
                said.setdefault(week, []).append(sentence)
    return said


def _sentences(event: events.Event, styles_change: bool) -> Iterator[tuple[int, str]]:
    """The week and text of an event's beginning and, where it has one, of its end."""
    note = f" {event.note}" if event.note else ""
    named = getattr(event, "team", None)
    team = f" in {named}" if named else ""
    match event:
        case events.Crisis():
            yield event.week, f"A crisis begins: decisions are urgent, and {event.decisions:g} times as many.{note}"
            yield event.week + event.weeks, "The crisis is over."
        case events.Demand():
            yield event.week, f"Demand changes to {event.factor:g} times the usual.{note}"
            if event.weeks is not None:
                yield event.week + event.weeks, "Demand is as usual again."
        case events.MarketShock():
            yield event.week, f"A market shock: {event.size:.0%} of strategic fit is lost.{note}"
        case events.Growth():
            yield event.week, f"Growth: {counted(event.people, 'new position')}{team}.{note}"
        case events.Layoff():
            yield event.week, f"Layoff: {counted(event.people, 'position')} closed{team}.{note}"
        case events.NewTechnology():
            yield event.week, f"New technology makes {event.size:.0%} of everybody's skill obsolete.{note}"
        case events.KeyPersonLeaves():
            yield event.week, f"A key person leaves{team}.{note}"
        case events.LeaderReplaced():
            leads = f", who leads in the style {event.leader.style}" if styles_change else ""
            yield event.week, f"A new leader takes over{team}{leads}.{note}"
        case events.StyleChanged():
            if styles_change:
                yield event.week, f"The leader changes{team} to the style {event.style}.{note}"
        case events.PracticeStarted():
            yield event.week, f"The company takes up a practice: {_said(event.practice)}.{note}"
        case events.PracticeStopped():
            yield event.week, f"The company gives up a practice: {_said(event.practice)}.{note}"


def _said(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
