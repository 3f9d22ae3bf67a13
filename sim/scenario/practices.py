"""Practices: what a company does beside the way its leaders lead. What each costs and acts through is data."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator

from sim.scenario.behaviours import BEHAVIOURS, CHANNELS
from sim.scenario.events import PracticeStarted, PracticeStopped
from sim.scenario.fields import Faults, Location, PracticeName, Section, Share, Week
from sim.scenario.plugins import merged, plugins
from sim.scenario.problems import unknown
from sim.scenario.toml_files import read_models

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

type Group = Literal["culture", "strategy", "technology", "ethics"]

GROUPS = get_args(Group.__value__)
"""The four kinds of practice, in the order in which they are listed."""

HOW_STRONGLY = 0.6
"""Intensity of a practice unless another is given."""


class Practice(Section):
    """A practice as practices.toml has it.

    `hours_leader` and `hours_people` are hours a week per head, `money` thousands a week per head, all at full
    intensity; `pace` is how fast it takes hold, times the usual: a tool is brought in sooner than a culture changes.
    `acts` holds what it does to behaviours and channels, by name, from -1 to 1.
    """

    name: str = ""
    group: Group
    title: str
    description: str
    acts: dict[str, Annotated[float, Field(ge=-1, le=1)]]
    hours_leader: Annotated[float, Field(ge=0, le=40)] = 0.0
    hours_people: Annotated[float, Field(ge=0, le=40)] = 0.0
    money: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    pace: Annotated[float, Field(ge=0, le=100)] = 1.0

    @model_validator(mode="after")
    def _acts_on_something(self) -> Self:
        faults = Faults()
        for name in self.acts:
            if name not in (*BEHAVIOURS, *CHANNELS):
                faults.add(("acts", name), unknown("behaviour or channel", name, (*BEHAVIOURS, *CHANNELS)))
        faults.raise_if_any()
        return self


class Practised(Section):
    """A practice that the company keeps up: which, how strongly, from when until when."""

    practice: PracticeName = Field(description="which practice")
    intensity: Share = Field(default=HOW_STRONGLY, description="how much is put into it")
    from_week: Week = Field(default=1, description="first week")
    until_week: Annotated[Week | None, Field()] = Field(
        default=None, description="last week; left out: to the end of the run"
    )


class Span(NamedTuple):
    """Weeks in which a practice is kept up, both included; `where` is the entry of the scenario that says so."""

    practice: str
    intensity: float
    from_week: int
    until_week: int | None
    where: Location


@cache
def practices() -> Mapping[str, Practice]:
    """Every practice by name, in the order of its file, and those of plug-ins."""
    own = read_models(Path(__file__).with_name("practices.toml"), Practice)
    new = [(plugin, plugin.folder / "practices.toml") for plugin in plugins()]
    found = merged(
        own, "practice", ((plugin, read_models(path, Practice)) for plugin, path in new if path.is_file())
    )  # fmt: skip
    return {name: practice.model_copy(update={"name": name}) for name, practice in found.items()}


def spans(scenario: "Scenario") -> list[Span]:
    """When each practice is kept up, by the list of practices and by the events that start and stop one, in order."""
    found = [
        Span(entry.practice, entry.intensity, entry.from_week, entry.until_week, ("practices", place))
        for place, entry in enumerate(scenario.practices)
    ]
    for place, event in sorted(enumerate(scenario.events), key=lambda entry: entry[1].week):
        if isinstance(event, PracticeStarted):
            found.append(Span(event.practice, event.intensity, event.week, None, ("events", place, event.event)))
        elif isinstance(event, PracticeStopped):
            k = running(found, event.practice, event.week)
            if k is not None:
                found[k] = found[k]._replace(until_week=event.week - 1)
    return found


def running(found: Sequence[Span], practice: str, week: int) -> int | None:
    """Which of the spans has the practice kept up in that week."""
    for k, span in enumerate(found):
        if (
            span.practice == practice
            and span.from_week <= week
            and (span.until_week is None or week <= span.until_week)
        ):
            return k
    return None


def practice_faults(scenario: "Scenario") -> Iterator[tuple[Location, str]]:
    """What is wrong with the practices of a scenario: unknown ones, ones that overlap, ones stopped that never ran."""
    named: list[tuple[Location, str]] = [
        (("practices", place), entry.practice) for place, entry in enumerate(scenario.practices)
    ]
    named += [
        (("events", place, event.event), event.practice)
        for place, event in enumerate(scenario.events)
        if isinstance(event, PracticeStarted | PracticeStopped)
    ]
    strange = [(where, name) for where, name in named if name not in practices()]
    for where, name in strange:
        yield (*where, "practice"), unknown("practice", name, tuple(practices()))
    for place, entry in enumerate(scenario.practices):
        if entry.until_week is not None and entry.until_week < entry.from_week:
            text = f"got {entry.until_week}, which is before from_week {entry.from_week}. Choose a later week."
            yield ("practices", place, "until_week"), text
        if entry.from_week > scenario.run.weeks:
            text = f"got {entry.from_week}, which is after the end; the run has {scenario.run.weeks} weeks (run.weeks)."
            yield ("practices", place, "from_week"), text + " Choose an earlier week, or a longer run."
    if not strange:
        yield from _clashes(scenario)


def _clashes(scenario: "Scenario") -> Iterator[tuple[Location, str]]:
    found = spans(scenario)
    for k, span in enumerate(found):
        for earlier in found[:k]:
            if span.practice != earlier.practice:
                continue
            last = min(span.until_week or scenario.run.weeks, earlier.until_week or scenario.run.weeks)
            if max(span.from_week, earlier.from_week) <= last:
                text = f'"{span.practice}" is kept up already in these weeks by another entry. Take one of them out.'
                yield (*span.where, "practice"), text
                break
    for place, event in enumerate(scenario.events):
        if isinstance(event, PracticeStopped) and not any(
            span.practice == event.practice and span.until_week == event.week - 1 for span in found
        ):
            text = f'"{event.practice}" is not kept up before week {event.week}. Start it first, or take this out.'
            yield ("events", place, event.event, "practice"), text
