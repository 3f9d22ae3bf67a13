"""Replaces names by "Person 1", "Person 2", ...: in a roster's file, and in the scenario that a result holds."""

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from sim.scenario.cells import Cells
from sim.scenario.explain import reads_as_number
from sim.scenario.personal_names import Names, renamed
from sim.scenario.roster import Roster, columns
from sim.scenario.schema import Scenario


def pseudonyms(names: Sequence[str]) -> dict[str, str]:
    """A pseudonym for each name, by its place in the list: the same list gives the same ones."""
    digits = len(str(len(names)))
    return {name: f"Person {place:0{digits}}" for place, name in enumerate(names, 1)}


def replaced_rows(roster: Roster, cells: Cells) -> tuple[list[str], list[list[str]], dict[str, str]]:
    """A roster's header, its rows with pseudonyms instead of names, and which pseudonym stands for whom.

    Teams called after somebody are Team 1, Team 2, ..., and roles have no names in them.
    """
    header = columns(cells)
    place, called = header.index("name"), pseudonyms([person.name for person in roster.people])
    known = Names(called)
    teams = renamed((person.team for person in roster.people if person.team), known)
    rows = []
    for row in cells.rows:
        texts = [cell.strip() for cell in row.cells]
        rows.append([called[cell] if number == place else teams.get(cell, cell) if header[number] == "team"
                     else known.without(cell) if header[number] == "role"
                     else cells.tells(cell) if reads_as_number(cells.tells(cell)) else cell
                     for number, cell in enumerate(texts)])  # fmt: skip
    return header, rows, called


def pseudonymised(scenario: Scenario) -> Scenario:
    """The scenario with pseudonyms for its people, also where an event or a text names one; nothing else is changed.

    In texts a whole name is replaced, and each part of it that has three letters or more and begins with a capital.
    A team that is called after somebody is "Team 1" or the like. Names play no part in what happens, so that results
    stay the same.
    """
    if not scenario.employees.people:
        return scenario
    called = pseudonyms([person.name for person in scenario.employees.people])
    known = Names(called)
    teams = renamed((team.name for team in scenario.teams), known)
    table = _without_names(scenario.model_dump(), _spoken(called))
    for person in table["employees"]["people"]:
        person |= {
            "name": called[person["name"]],
            "role": known.without(person["role"]),
            "team": teams.get(person["team"], person["team"]),
        }
    for team in table["teams"]:
        team["name"] = teams.get(team["name"], team["name"])
    for event in table["events"]:
        if event.get("person") is not None:
            event["person"] = called[event["person"]]
        if event.get("team") is not None:
            event["team"] = teams.get(event["team"], event["team"])
    table["uncertain"] = {_elsewhere(path, teams): bounds for path, bounds in table["uncertain"].items()}
    return Scenario.model_validate(table, context={"max_people": sys.maxsize})  # how many has been checked before


def _elsewhere(path: str, teams: dict[str, str]) -> str:
    """A path to a number of a team, with the other name of the team."""
    for old, new in teams.items():
        if path.startswith(f"teams.{old}."):
            return f"teams.{new}." + path.removeprefix(f"teams.{old}.")
    return path


_TEXTS = {"title": 200, "question": 500, "description": 5000, "note": 500}
"""Keys of texts for the reader, and how long these may be."""


def _spoken(called: dict[str, str]) -> Callable[[str], str]:
    """What replaces names in a text by pseudonyms."""
    words = {
        part: pseudonym
        for name, pseudonym in reversed(called.items())
        for part in name.split()
        if len(part) >= 3 and part[0].isupper() and not re.search(r"\d", name)  # with a digit it is no name of anybody
    } | called
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return lambda text: pattern.sub(lambda found: words[found[0]], text)


def _without_names(value: Any, spoken: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _without_names(inner, spoken, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_names(inner, spoken) for inner in value]
    return spoken(value)[: _TEXTS[key]].strip() if isinstance(value, str) and key in _TEXTS else value
