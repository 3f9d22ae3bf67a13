"""Checks that the sections of a scenario agree: names, people, team sizes, the timeline, parameters."""

import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sim.scenario.events import KeyPersonLeaves, LeaderReplaced, StyleChanged
from sim.scenario.explain import dotted, explain
from sim.scenario.fields import Faults, Location
from sim.scenario.parameters import BY_NAME
from sim.scenario.paths import changed, fitting, locate, locate_beside, takes_whole_numbers, value_at
from sim.scenario.practices import practice_faults
from sim.scenario.problems import Fault, InputError, as_written, nearest, shortened, unknown
from sim.scenario.sections import LARGEST_TEAM
from sim.scenario.styles import builtin_styles, style_faults
from sim.scenario.timeline import Sizes, sizes_over_time

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

MAX_PEOPLE = 250
"""The largest company that counts as small or medium-sized; the engine itself does not care."""

SMALLEST = 2
"""People that it takes to be a team."""


def one_leader_table(data: Any) -> None:
    """Explain where leaders go, to somebody who wrote a list of them.

    Raises:
        ValidationError: a list of leaders instead of one table.
    """
    faults = Faults()
    if isinstance(data, Mapping):
        teams = data.get("teams")
        for key in ("leader", "leaders"):
            given = data.get(key)
            if isinstance(given, list | tuple):
                count = len(teams) if isinstance(teams, list | tuple) else 0
                more = "more leaders than teams; " if len(given) > count else ""
                text = f"got a list of {len(given)} for {count} team(s): {more}a team has one leader, and [leader] "
                faults.add((key,), text + "leads them all. Give a team its own as [teams.leader] below its [[teams]].")
    faults.raise_if_any()


def names(scenario: "Scenario", faults: Faults) -> None:
    """Teams and people have names of their own, and whoever names a team, a person or a style names one that exists."""
    teams = [team.name for team in scenario.teams]
    people = [person.name for person in scenario.employees.people]
    for place, name in _repeated(teams):
        faults.add(("teams", place, "name"), f'"{name}" is the name of an earlier team. Give each team its own name.')
    for place, name in _repeated(people):
        text = f'"{name}" is the name of somebody earlier. Give each person a name of their own, such as "{name} 2".'
        faults.add(("employees", "people", place, "name"), text)
    for where, text in style_faults(scenario.styles):
        faults.add(("styles", *where), text)
    for where, text in practice_faults(scenario):
        faults.add(where, text)
    styles = (*builtin_styles(), *scenario.styles)
    for where, style in _styles_named(scenario):
        if style not in styles:
            faults.add(where, unknown("style", style, styles))
    for place, person in enumerate(scenario.employees.people):
        if person.team is not None and person.team not in teams:
            faults.add(("employees", "people", place, "team"), unknown("team", person.team, teams))
    for place, event in enumerate(scenario.events):
        here = ("events", place, event.event)
        team = getattr(event, "team", None)
        if team is not None and team not in teams:
            faults.add((*here, "team"), unknown("team", team, teams))
        if isinstance(event, KeyPersonLeaves) and event.person is not None:
            _check_person(scenario, event, people, (*here, "person"), faults)
        if event.week > scenario.run.weeks:
            text = f"got {event.week}, which is after the end; the run has {scenario.run.weeks} weeks (run.weeks). "
            faults.add((*here, "week"), text + "Choose an earlier week, or a longer run.")


def people(scenario: "Scenario", faults: Faults) -> None:
    """A list of people agrees with the sizes of the teams."""
    employees = scenario.employees
    if employees.roster is not None:
        text = f'"{employees.roster}" has not been read. Load the scenario from its file, or use with_roster.'
        faults.add(("employees", "roster"), text)
    if not employees.people:
        return
    first = scenario.teams[0].name
    members = Counter(person.team or first for person in employees.people)
    for place, team in enumerate(scenario.teams):
        if team.size != members[team.name]:
            text = f"got {team.size}, but {members[team.name]} of the listed people are in this team. "
            faults.add(("teams", place, "size"), text + "Leave size out, or correct the list.")
        if team.mix is not None:
            faults.add(("teams", place, "mix"), "has no effect where people are listed. Take it out.")


def sizes(scenario: "Scenario", faults: Faults, max_people: int = MAX_PEOPLE) -> None:
    """A team always has 2 to 25 people, or none until a growth event opens it; the company 2 to `max_people`."""
    course = sizes_over_time(scenario.teams, scenario.events)
    first = course[0].sizes
    sound = True
    for place, size in enumerate(first):
        opened = any(moment.sizes[place] > 0 for moment in course)
        if SMALLEST <= size <= LARGEST_TEAM or (size == 0 and opened):
            continue
        hint = "Add people, or a growth event that opens it." if size == 0 else "One person is no team: add somebody."
        text = f"got {size}; a team has {SMALLEST} to {LARGEST_TEAM} people. {hint}"
        faults.add(("teams", place, "size"), text)
        sound = False
    for before, after in itertools.pairwise(course):
        for place, team in enumerate(scenario.teams):
            size = after.sizes[place]
            if size == before.sizes[place] or SMALLEST <= size <= LARGEST_TEAM:
                continue
            where, who = _moment(scenario, after)
            text = f'{who} {size} people in team "{team.name}"; a team has {SMALLEST} to {LARGEST_TEAM}. '
            faults.add(where, text + "Change the number of people, or take another team.")
            sound = False
    for moment in course if sound else ():
        total = sum(moment.sizes)
        if not SMALLEST <= total <= max_people:
            where, who = _moment(scenario, moment)
            text = f"{who} {total} people in the company; allowed are {SMALLEST} to {max_people} at every time. "
            faults.add(where, text + ("Take fewer people." if total > max_people else "Take more people."))
    _check_leavers(scenario, faults)


def parameters(given: Mapping[str, float], faults: Faults) -> None:
    """Every parameter that is set exists and stays within its hard bounds."""
    for name, value in given.items():
        known = BY_NAME.get(name)
        if known is None:
            meant = nearest(name, BY_NAME)
            question = f'; did you mean "{meant}"?' if meant else "."
            text = f'unknown parameter "{shortened(name)}"{question} The command "teamsim parameters" lists them all.'
            faults.add(("parameters", name), text)
        elif not known.floor <= value <= known.ceiling:
            text = f"got {value:g}; allowed is {known.floor:g} to {known.ceiling:g} ({known.unit}), plausible "
            faults.add(("parameters", name), text + f"{known.low:g} to {known.high:g}. It means: {known.meaning}.")


def _repeated(given: list[str]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for place, name in enumerate(given):
        if name in seen:
            yield place, name
        seen.add(name)


def ranges(scenario: "Scenario", faults: Faults) -> None:
    """A range of [uncertain] stands for one number, and both its ends are allowed there."""
    table, taken = scenario.model_dump(), dict[str, Location]()
    for path, (low, high) in scenario.uncertain.items():
        here = ("uncertain", path)
        try:
            place = locate_beside(table, path, taken)
        except InputError as error:
            faults.add(here, str(error))
            continue
        value = value_at(table, place)
        if place[0] == "run":
            faults.add(here, f"{path} says what to look at, and not what is the case. Take the range out.")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            text = f"got {as_written(value)} there; a range takes the place of one number, as in market.urgency."
            faults.add(here, text)
        elif low > high:
            faults.add(here, f"got [{low:g}, {high:g}]; the lower number comes first. Change them round.")
        elif (whole := takes_whole_numbers(table, place, type(scenario))) and not (
            low.is_integer() and high.is_integer()
        ):
            faults.add(here, f"got [{low:g}, {high:g}]; {path} is a whole number, and so are its bounds. Round them.")
        else:
            for end in dict.fromkeys((low, high)):
                if text := _not_allowed(scenario, table, place, int(end) if whole else end):
                    faults.add(here, f"{end:g} cannot be: {text}")


def best_guesses(scenario: "Scenario", source: str) -> None:
    """Make sure that every uncertain number of a file lies within its own range.

    Raises:
        InputError: one that does not; lists them all.
    """
    table, found = scenario.model_dump(), []
    for path, (low, high) in scenario.uncertain.items():
        place = locate(table, path)
        value = value_at(table, place)
        if not low - 1e-9 <= value <= high + 1e-9:
            whole = takes_whole_numbers(table, place, type(scenario))
            middle = (low + high) // 2 if whole else (low + high) / 2
            text = f"{path} is {value:g}, outside [{low:g}, {high:g}]. Write the best guess there"
            found.append(Fault(source, f"uncertain.{path}", f"{text}, such as {middle:g}, or correct the range."))
    if found:
        raise InputError.listing(found)


def _not_allowed(scenario: "Scenario", table: Mapping[str, Any], place: Location, value: float) -> str:
    """Why a value cannot stand at a place, or nothing."""
    new = {**changed(table, fitting(table, {place: value})), "uncertain": {}}
    try:
        # How many people there are has been checked before, perhaps against a limit of the caller's own.
        type(scenario).model_validate(new, context={"max_people": sys.maxsize})
    except ValidationError as error:
        return str(explain(error, lambda location: ("", dotted(location, new)), type(scenario)))
    return ""


def _styles_named(scenario: "Scenario") -> Iterator[tuple[Location, str]]:
    yield ("leader", "style"), scenario.leader.style
    for place, team in enumerate(scenario.teams):
        if team.leader is not None:
            yield ("teams", place, "leader", "style"), team.leader.style
    for place, event in enumerate(scenario.events):
        if isinstance(event, StyleChanged):
            yield ("events", place, event.event, "style"), event.style
        elif isinstance(event, LeaderReplaced):
            yield ("events", place, event.event, "leader", "style"), event.leader.style


def _check_person(
    scenario: "Scenario", event: KeyPersonLeaves, people: list[str], where: Location, faults: Faults
) -> None:
    if not people:
        text = f'got "{event.person}", but [employees] lists no people by name. List them, or leave person out.'
        faults.add(where, text)
    elif event.person not in people:
        faults.add(where, unknown("person", str(event.person), people))
    elif event.team is not None:
        team = scenario.employees.people[people.index(str(event.person))].team or scenario.teams[0].name
        if team != event.team:
            faults.add(where, f'"{event.person}" is in team "{team}", not in "{event.team}". Leave team or person out.')


def _moment(scenario: "Scenario", moment: Sizes) -> tuple[Location, str]:
    if moment.event is None:
        return ("teams",), "there are"
    event = scenario.events[moment.event]
    return ("events", moment.event, event.event, "people"), f"after this {event.event} in week {event.week} there are"


def _check_leavers(scenario: "Scenario", faults: Faults) -> None:
    """A key person can only leave a team that has people in that week."""
    places = {team.name: place for place, team in enumerate(scenario.teams)}
    course = sizes_over_time(scenario.teams, scenario.events)
    for place, event in enumerate(scenario.events):
        if isinstance(event, KeyPersonLeaves) and event.team is not None:
            now = [moment.sizes for moment in course if moment.week <= event.week][-1]
            if now[places[event.team]] == 0:
                text = f'team "{event.team}" has nobody in week {event.week}. Choose a later week or another team.'
                faults.add(("events", place, event.event, "team"), text)
