"""Makes variants of a scenario: with other values, with a draw of uncertain numbers, with other people or tables.

Places go by the paths of `sim.scenario.paths`.
"""

import math
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.scenario.fields import Location
from sim.scenario.load import check_replace, merged, scenario_from
from sim.scenario.paths import changed, fitting, locate, locate_beside, named, overlap, takes_whole_numbers
from sim.scenario.problems import InputError, listed
from sim.scenario.roster import read_roster
from sim.scenario.schema import Scenario

_ANY_NUMBER = sys.maxsize
"""People: how many has been checked before, perhaps against a limit of the caller's own."""


def with_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with other values in some places, which count as certain from then on.

    Args:
        scenario: any.
        values: by path.

    Raises:
        InputError: no such place, or a value that is not allowed there or does not go with the others.
    """
    if not values:
        return scenario
    table, taken = scenario.model_dump(), dict[str, Location]()
    return at_places(scenario, {locate_beside(table, path, taken): value for path, value in values.items()})


def at_places(scenario: Scenario, values: Mapping[Location, Any]) -> Scenario:
    """As `with_values`, by the places that the paths lead to.

    Raises:
        InputError: a value that is not allowed or does not go with the others.
    """
    table = scenario.model_dump()
    new = changed(table, {place: _exact(scenario, table, place, value) for place, value in values.items()})
    new["uncertain"] = _still_uncertain(scenario, table, new, values)
    return scenario_from(new, source=scenario.name, max_people=_ANY_NUMBER)


def drawn(scenario: Scenario, shares: Mapping[str, float]) -> Scenario:
    """The scenario at a point of its ranges: 0 is the lower bound of a path, 1 the upper; all become certain.

    Args:
        scenario: any.
        shares: by path, 0-1; what is not named keeps its best guess.

    Raises:
        InputError: values that do not go with one another.
    """
    table = scenario.model_dump()
    values: dict[Location, float] = {}
    for path, share in shares.items():
        (low, high), place = scenario.uncertain[path], locate(table, path)
        if takes_whole_numbers(table, place, Scenario):
            values[place] = int(min(math.floor(low + share * (high - low + 1)), high))  # each as likely
        else:
            values[place] = min(low + share * (high - low), high)  # not beyond it by rounding
    certain = scenario.model_copy(update={"uncertain": {}})
    return at_places(certain, fitting(table, values)) if values else certain


def with_parameters(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """The scenario with other values for some of the model's parameters, on top of those that it sets itself.

    Raises:
        InputError: unknown parameter, or a value outside its hard bounds.
    """
    return at_places(scenario, {("parameters", name): value for name, value in values.items()})


def with_roster(scenario: Scenario, csv_path: str | Path) -> Scenario:
    """The scenario with the people of a roster instead of its own; team sizes follow the roster.

    People without a team join the first one. A team that only the roster names is led as `[leader]` says; a team
    without anybody is left out, unless a growth event opens it later.

    Raises:
        InputError: anything wrong with the roster, or people that do not fit the scenario.
    """
    roster = read_roster(csv_path)
    first = scenario.teams[0].name
    members: dict[str, int] = {}
    for person in roster.people:
        members[person.team or first] = members.get(person.team or first, 0) + 1
    awaited = {getattr(event, "team", None) or first for event in scenario.events if event.event == "growth"}
    before = scenario.model_dump()
    teams = [
        {**team, "size": members.get(team["name"], 0), "mix": None}
        for team in before["teams"]
        if team["name"] in members or team["name"] in awaited
    ]
    known = {team.name for team in scenario.teams}
    teams += [{"name": name, "size": size} for name, size in members.items() if name not in known]
    table = {**before, "teams": teams, "employees": {"people": roster.people}}
    told = [("employees",), *(("teams", place, key) for place in range(len(known)) for key in ("size", "mix"))]
    table["uncertain"] = _still_uncertain(scenario, before, table, told)
    return scenario_from(table, source=scenario.name, roster=roster)


def leaders_added(before: Scenario, after: Scenario) -> str:
    """What a roster says without saying so: its teams have leaders that the scenario did not have; in words, or "".

    Hours for leading are the scarcest thing in a small business, so that nobody should get them unnoticed.
    """
    known = {team.name for team in before.teams}
    added = [team.name for team in after.teams if team.name not in known]
    if not added or len(after.teams) < 2:
        return ""
    hours = after.leader.hours
    what = "a team" if len(added) == 1 else "teams"
    return (
        f"{listed(added, 6)}: {what} that {before.name} does not have; each counts as led by somebody of its own, with"
        f" {hours:g} hours a week for that, as {after.leader.style}. If one person leads all {len(after.teams)}, share"
        f" the hours: --set leader.hours={max(hours / len(after.teams), 1):.3g}."
    )


def with_changes(scenario: Scenario, changes: Mapping[str, Any], *, source: str) -> Scenario:
    """The scenario with a table laid over it, as a file that extends it would be; `source` stands for the file.

    Raises:
        InputError: anything wrong with the values.
    """
    check_replace(dict(changes), source, extends=True)
    table = merged(scenario.model_dump(), dict(changes))
    return scenario_from(table, source=source, max_people=_ANY_NUMBER)


def _exact(scenario: Scenario, table: Mapping[str, Any], place: Location, value: Any) -> Any:
    """8.0 as 8 where a whole number belongs: a command line and a slider know no other."""
    whole = isinstance(value, float) and value.is_integer() and takes_whole_numbers(table, place, type(scenario))
    return int(value) if whole else value


def _still_uncertain(
    scenario: Scenario, before: Mapping[str, Any], after: Mapping[str, Any], settled: Iterable[Location]
) -> dict[str, tuple[float, float]]:
    """The ranges of places that are not settled, as far as their paths still lead to the same."""
    kept = {}
    for path, bounds in scenario.uncertain.items():
        place = locate(before, path)
        try:
            same = named(before, place) == named(after, locate(after, path))
        except InputError:
            same = False
        if same and not any(overlap(place, other) for other in settled):
            kept[path] = bounds
    return kept
