"""Puts a company into another situation: with a crisis, newcomers or growth, or without its own events.

What the scenario has already is taken out instead of added, so that each situation says what that one thing changes.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sim.scenario.events import Crisis, Growth
from sim.scenario.load import scenario_from
from sim.scenario.practices import spans
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.sections import LARGEST_TEAM
from sim.scenario.timeline import share_out, sizes_over_time

CRISIS_WEEKS = 8
"""How long the crisis lasts."""

NEWCOMER: Mapping[str, Any] = {"competence": 0.3, "commitment": 0.8, "tenure": 4.0}
"""What a newcomer brings: little skill yet, and much goodwill (an enthusiastic beginner, D1)."""

SHARE = 0.5
"""The share of people that newcomers replace, and of positions that growth adds."""

EARLY_WEEKS = 26
"""How long newcomers are news."""

type Table = dict[str, Any]


class Situation(NamedTuple):
    """A company in a situation: the scenario to run, and the first and last week to judge it by, both included.

    `name` is one of described, crisis, calm, newcomers, growth, no_growth; `facts` are the numbers that tell what was
    changed.
    """

    name: str
    scenario: Scenario
    first: int
    last: int
    facts: Mapping[str, int]


def situations(scenario: Scenario, weeks: int) -> tuple[Situation, ...]:
    """The scenario as described, and the variations of it that are possible, for a run of this many weeks.

    A variation that breaks a rule of scenarios (a team of twenty-five cannot grow) is left out.
    """
    table = scenario.model_dump()
    kinds = {event.event for event in scenario.events}
    makers: list[Callable[[Table, int], tuple[str, Table, int, int, Mapping[str, int]] | None]] = [
        _calm if "crisis" in kinds else _crisis,
        _newcomers,
        _no_growth if "growth" in kinds else _growth,
    ]
    found = [Situation("described", scenario, 1, weeks, {})]
    for make in makers:
        made = make(table, weeks)
        if made is None:
            continue
        name, changed, first, last, facts = made
        try:
            varied = scenario_from(changed, source=scenario.name)
        except InputError:
            continue
        found.append(Situation(name, varied, first, last, facts))
    return tuple(found)


def toggled(scenario: Scenario, practice: str) -> tuple[Scenario, bool]:
    """The scenario without a practice that it keeps up at any time, or with one that it does not, and which it was.

    A practice is added in its usual strength from the first week on. The second value says whether it is kept up in
    the scenario as it was given.
    """
    table = scenario.model_dump()
    kept_up = any(span.practice == practice for span in spans(scenario))
    if kept_up:
        table["practices"] = [entry for entry in table["practices"] if entry["practice"] != practice]
        table["events"] = [event for event in table["events"] if event.get("practice") != practice]
    else:
        table["practices"] = [*table["practices"], {"practice": practice}]
    return scenario_from(table, source=scenario.name), kept_up


def _crisis(table: Table, weeks: int) -> tuple[str, Table, int, int, Mapping[str, int]]:
    """Judged while it lasts."""
    first = 1 + weeks // 4
    last = min(first + CRISIS_WEEKS - 1, weeks)
    event = Crisis(event="crisis", week=first, weeks=last - first + 1).model_dump()
    return "crisis", _with_events(table, [event]), first, last, {"weeks": last - first + 1, "week": first}


def _calm(table: Table, weeks: int) -> tuple[str, Table, int, int, Mapping[str, int]]:
    return "calm", _without_events(table, "crisis"), 1, weeks, {}


def _newcomers(table: Table, weeks: int) -> tuple[str, Table, int, int, Mapping[str, int]]:
    """Half of every team are newcomers; judged while they are new."""
    employees = dict(table["employees"])
    if employees["people"]:
        employees["people"] = _half_replaced(employees["people"], str(table["teams"][0]["name"]))
    elif employees["mix"]:
        employees["mix"] = _half_new(employees["mix"])
    teams = [{**team, "mix": team["mix"] and _half_new(team["mix"])} for team in table["teams"]]
    last = min(EARLY_WEEKS, weeks)
    return "newcomers", {**table, "employees": employees, "teams": teams}, 1, last, {"weeks": last}


def _growth(table: Table, weeks: int) -> tuple[str, Table, int, int, Mapping[str, int]] | None:
    """Half as many positions again, spread over the teams that have room; judged from then on."""
    scenario = scenario_from(table)
    course = [moment.sizes for moment in sizes_over_time(scenario.teams, scenario.events)]
    teams = [team.name for team in scenario.teams]
    rooms = [LARGEST_TEAM - max(sizes) for sizes in zip(*course, strict=True)]
    wanted = share_out(math.ceil(SHARE * sum(course[0])), course[0])
    people = [min(room, share) for room, share in zip(rooms, wanted, strict=True)]
    if not any(people):
        return None
    first = 1 + weeks // 8
    events = [
        Growth(event="growth", week=first, people=more, team=team).model_dump()
        for team, more in zip(teams, people, strict=True)
        if more
    ]
    return "growth", _with_events(table, events), first, weeks, {"people": sum(people), "week": first}


def _no_growth(table: Table, weeks: int) -> tuple[str, Table, int, int, Mapping[str, int]]:
    return "no_growth", _without_events(table, "growth"), 1, weeks, {}


def _half_replaced(people: Any, first_team: str) -> list[Table]:
    """Every second person of each team gives way to a newcomer, who is a stranger in everything else too."""
    seen: dict[str, int] = {}
    replaced = []
    for person in people:
        team = person["team"] or first_team
        seen[team] = seen.get(team, 0) + 1
        stays = seen[team] % 2 == 1
        kept = {key: person[key] for key in ("name", "role", "team")}
        replaced.append(person if stays else {**kept, **NEWCOMER})
    return replaced


def _half_new(mix: Table) -> Table:
    halved = {level: share * (1 - SHARE) for level, share in mix.items()}
    return {**halved, "d1": halved["d1"] + SHARE}


def _with_events(table: Table, events: list[Table]) -> Table:
    return {**table, "events": [*table["events"], *events]}


def _without_events(table: Table, kind: str) -> Table:
    return {**table, "events": [event for event in table["events"] if event["event"] != kind]}
