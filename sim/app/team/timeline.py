"""Describes the events of a scenario in sentences, week by week."""

from collections.abc import Iterator

from sim.scenario import events
from sim.scenario.practices import practices
from sim.scenario.schema import Scenario
from sim.scenario.timeline import in_order
from sim.view.language import LANGUAGES, english, said, spoken
from sim.view.sentences import called, plain_number


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
    note = f" {said(event.note)}" if event.note else ""
    named = getattr(event, "team", None)
    team = " " + said("in {team}", team=named) if named else ""
    match event:
        case events.Crisis():
            text = said(
                "A crisis begins: decisions are urgent, and there are {many} times as many.",
                many=plain_number(event.decisions),
            )
            yield event.week, text + note
            yield event.week + event.weeks, said("The crisis is over.")
        case events.Demand():
            text = said("Demand changes to {factor} times the usual demand.", factor=plain_number(event.factor))
            yield event.week, text + note
            if event.weeks is not None:
                yield event.week + event.weeks, said("Demand is as usual again.")
        case events.MarketShock():
            text = said(
                "A market shock: the company loses {percent}% of its strategic fit.", percent=_percent(event.size)
            )
            yield event.week, text + note
        case events.Growth():
            text = english("Growth: {people} {people:new position|new positions}{team}.")
            yield event.week, said(text, people=event.people, team=team) + note
        case events.Layoff():
            text = english("Layoff: {people} {people:position|positions} closed{team}.")
            yield event.week, said(text, people=event.people, team=team) + note
        case events.NewTechnology():
            text = said("New technology makes {percent}% of everybody's skill obsolete.", percent=_percent(event.size))
            yield event.week, text + note
        case events.KeyPersonLeaves():
            yield event.week, said("A key person leaves{team}.", team=team) + note
        case events.LeaderReplaced():
            style = called(event.leader.style)
            text = english("A new leader takes over{team}, who leads in the style {style}.")
            text = (
                said(text, team=team, style=style)
                if styles_change
                else said("A new leader takes over{team}.", team=team)
            )
            yield event.week, text + note
        case events.LeaderAway():
            text = english("The leader is away{team} for {weeks} {weeks:week|weeks}.")
            yield event.week, said(text, team=team, weeks=event.weeks) + note
            yield event.week + event.weeks, said("The leader is back.")
        case events.StyleChanged():
            if styles_change:
                text = said("The leader changes{team} to the style {style}.", team=team, style=called(event.style))
                yield event.week, text + note
        case events.PracticeStarted():
            yield event.week, said("The company takes up a practice: {name}.", name=_plain(event.practice)) + note
        case events.PracticeStopped():
            yield event.week, said("The company gives up a practice: {name}.", name=_plain(event.practice)) + note


def _plain(name: str) -> str:
    """A practice in the middle of a sentence."""
    plain = name.replace("_", " ").replace("-", " ")
    return plain if spoken().name == LANGUAGES[0] else said(practices()[name].title, "practice")


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
