"""What a visitor can ask why about: a style beside the baseline, a change of their own, or an event."""

from typing import TYPE_CHECKING, NamedTuple

from sim.analysis.why import same_positions, without
from sim.model.build import AS_IS, Blueprint
from sim.model.changed_fields import by_change, by_event
from sim.model.flows import Places
from sim.scenario.as_run import as_run
from sim.scenario.events import Event, StyleChanged
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.view.causal import BEGINS
from sim.view.courses import events_until
from sim.view.language import english, said
from sim.view.sentences import called, capitalised

if TYPE_CHECKING:
    from sim.app.compare.setting import Job

OTHER_POSITIONS = english(
    "Your change brings more or fewer people. What comes of it cannot be told apart by mechanisms, which play back what"
    " was before, person by person. Change anything else, or compare the two in the charts."
)

STYLE, CHANGE, EVENT = "style", "change", "event:"
"""What can be asked about; an event with its place in the scenario."""

AFTER = 26
"""Weeks of an event without a duration that are explained."""


class Asked(NamedTuple):
    """What is asked: STYLE, CHANGE or an EVENT, and what it does to which metric under which style."""

    what: str = STYLE
    metric: str = ""
    style: str = ""


class About(NamedTuple):
    """What a question is about: the situation before, how it differs, the weeks, and where the diagram begins."""

    before: Scenario | None
    what: str
    during: tuple[int, int] | None
    touched: Places | None = None
    begins: str = BEGINS


def about(job: "Job", wanted: Asked, before: Scenario | None) -> About:
    """What is asked, of what is shown; `before` is the situation that a CHANGE is compared with.

    Raises:
        InputError: the change brings more or fewer people.
    """
    if wanted.what == CHANGE and before is not None:
        if not same_positions(before, job.scenario):
            raise InputError(said(OTHER_POSITIONS))
        touched = by_change(Blueprint(as_run(before)), Blueprint(as_run(job.scenario)))
        return About(before, said("your change"), job.focus, touched, said("Your change"))
    if wanted.what.startswith(EVENT):
        place = int(wanted.what.removeprefix(EVENT))
        event = job.scenario.events[place]
        name, week = event_in_words(event), str(event.week)
        return About(
            without(job.scenario, place, job.weeks), said("“{event}” in week {week}", event=name, week=week),
            weeks_of(event, job.weeks),
            by_event(event), capitalised(name),
        )  # fmt: skip
    return About(None, "", job.focus)


def event_in_words(event: Event) -> str:
    """A word or two for an event, as charts have it."""
    (found,) = events_until([event.model_dump()], event.week)
    return found.text


def weeks_in_words(event: Event) -> str:
    """When it happens."""
    weeks = getattr(event, "weeks", None)
    if weeks in (None, 1):
        return said("Week {week}", week=str(event.week))
    return said("Weeks {first} to {last}", first=str(event.week), last=str(event.week + weeks - 1))


def weeks_of(event: Event, last: int) -> tuple[int, int]:
    """First and last week in which the effect of an event is looked at."""
    lasts = getattr(event, "weeks", None) or AFTER
    return event.week, min(event.week + int(lasts) - 1, last)


def events_asked_about(job: "Job") -> list[tuple[str, Event]]:
    """The events of a run that can be asked about: those that happen, and change something where styles stay."""
    return [
        (f"{EVENT}{place}", event)
        for place, event in enumerate(job.scenario.events)
        if event.week <= job.weeks and (AS_IS in job.styles or not isinstance(event, StyleChanged))
    ]


def subjects(job: "Job", before: Scenario | None) -> list[dict[str, str]]:
    """What can be asked about, for a choice: its name, and a text."""
    found = (
        [{"value": STYLE, "text": said("the style, instead of {baseline}", baseline=called(job.baseline))}]
        if len(job.styles) > 1
        else []
    )
    if before is not None:
        found.append({"value": CHANGE, "text": said("your change")})
    return found + [
        {"value": what, "text": said("{event}, week {week}", event=event_in_words(event), week=str(event.week))}
        for what, event in events_asked_about(job)
    ]
