"""Describes the events of a scenario in sentences, week by week."""

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
        styles_change: whether leaders change their style; they do not if one style is used all the time.
    """
    sentences: dict[int, list[str]] = {}
    for _, event in in_order(scenario.events):
        for week, sentence in _sentences(event, styles_change):
            if 1 <= week <= weeks:
                sentences.setdefault(week, []).append(sentence)
    return sentences


def beginning_of(event: events.Event, styles_change: bool) -> str:
    """The sentence for the start of an event."""
    return next((sentence for _, sentence in _sentences(event, styles_change)), "")


def _sentences(event: events.Event, styles_change: bool) -> Iterator[tuple[int, str]]:
    """The week and the sentence for the start of an event and, if it has one, for its end."""
    note = f" {event.note}" if event.note else ""
    named = getattr(event, "team", None)
    team = f" in {named}" if named else ""
    match event:
        case events.Crisis():
            yield (
                event.week,
                f"A crisis begins: decisions are urgent, and there are {event.decisions:g} times as many.{note}",
            )
            yield event.week + event.weeks, "The crisis is over."
        case events.Demand():
            yield event.week, f"Demand changes to {event.factor:g} times the usual demand.{note}"
            if event.weeks is not None:
                yield event.week + event.weeks, "Demand is as usual again."
        case events.MarketShock():
            yield event.week, f"A market shock: the company loses {event.size:.0%} of its strategic fit.{note}"
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
        case events.LeaderAway():
            yield event.week, f"The leader is away{team} for {counted(event.weeks, 'week')}.{note}"
            yield event.week + event.weeks, "The leader is back."
        case events.StyleChanged():
            if styles_change:
                yield event.week, f"The leader changes{team} to the style {event.style}.{note}"
        case events.PracticeStarted():
            yield event.week, f"The company takes up a practice: {_plain(event.practice)}.{note}"
        case events.PracticeStopped():
            yield event.week, f"The company gives up a practice: {_plain(event.practice)}.{note}"


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
