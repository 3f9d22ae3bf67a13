"""Writes a scenario as a file that extends another one: it says only what differs, and holds no person."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.scenario.load import scenario_names
from sim.scenario.personal_names import Names
from sim.scenario.problems import InputError, listed
from sim.scenario.schema import Scenario

WITH_CHANGES = ("company", "money", "leader", "teams", "market", "styles", "practices", "parameters", "run")
"""Sections that a roster or other numbers may have changed. Events are left to the file that is extended, and people
to the roster."""


def beside(
    scenario: Scenario,
    target: Path,
    source: str,
    keys: Sequence[str],
    roster: Path | None = None,
    changed: bool = False,
) -> str:
    """The text of the file.

    Args:
        scenario: what it comes to.
        target: where the file will lie; the paths in it start from its folder.
        source: name or path of the scenario that it extends.
        keys: sections that differ from that.
        roster: from which the people came, if not from that scenario.
        changed: whether other numbers of the scenario were changed.
    """
    import tomli_w

    table = scenario.model_dump()
    wanted = [*keys, *(WITH_CHANGES if roster or changed else ())]
    kept: dict[str, Any] = {"extends": source if _is_shipped(source) else _from(target, Path(source), "./")}
    kept |= {key: table[key] for key in table if key in wanted and table[key]}
    if roster:
        kept["employees"] = {"roster": _from(target, roster)}
    elif changed and not scenario.employees.people:
        kept["employees"] = table["employees"]
    return tomli_w.dumps(_plain(kept))


def refuse_named_teams(scenario: Scenario, roster: Path | None, changed: bool, target: Path) -> None:
    """See that no team which `beside` would write is called after one of the people.

    Raises:
        InputError: one is; says how to get a roster without names.
    """
    known = Names([person.name for person in scenario.employees.people], usual=False)
    named = [team.name for team in scenario.teams if known.in_text(team.name)]
    if named and (roster or changed):
        copy = f": teamsim roster check {roster} --pseudonyms team.csv" if roster else ""
        raise InputError(
            f"{target}: would hold somebody's name, as a team is called after a person ({listed(named, 3)}). Take a"
            f" roster without names{copy}, or call the team otherwise."
        )


def _is_shipped(source: str) -> bool:
    return source in scenario_names() and not Path(source).is_file()


def _from(target: Path, path: Path, here: str = "") -> str:
    """A path as it is written in the file; `here` begins one that leads to the same folder."""
    relative = Path(os.path.relpath(path.resolve(), target.resolve().parent)).as_posix()
    return relative if "/" in relative else f"{here}{relative}"


def _plain(value: Any) -> Any:
    """Without what is not given, which TOML cannot say."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None and inner != ()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
