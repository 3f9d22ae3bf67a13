"""Finds, reads, checks and writes scenarios: from a shipped name or a TOML file to a `Scenario`, and back."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario import plugins as adding
from sim.scenario.checks import MAX_PEOPLE, best_guesses
from sim.scenario.explain import dotted
from sim.scenario.fields import Location
from sim.scenario.problems import InputError, as_written, is_file, listed, shown_path, unknown
from sim.scenario.roster import Roster, read_roster
from sim.scenario.schema import Scenario
from sim.scenario.toml_files import Table, checked, read_table, table_from_text

_DEEPEST = 4
"""Tables within tables of a scenario that makes sense; files of nonsense may nest without end."""

ADDED_TO = ("events",)
"""Lists of a scenario that a file adds to, unless it says that it replaces them."""

REPLACE = "replace"
"""The key by which it says that."""

PACKAGE = Path(__file__).resolve().parent.parent

type Chain = list[tuple[Path, Table]]
"""A file and the files that it extends, the file itself first."""


def load_scenario(name_or_path: str | Path, *, max_people: int = MAX_PEOPLE) -> Scenario:
    """Read a shipped scenario such as "everyday", or a TOML file.

    Raises:
        InputError: anything wrong with the name, the file, a file that it extends, its roster, or a value.
    """
    path = _file_of(name_or_path)
    return _from_chain(_chain(path), path.stem, max_people)


def shipped_scenario(name: str) -> Scenario:
    """A shipped scenario, read once: a page that lists them all is drawn again and again.

    Raises:
        InputError: no such scenario.
    """
    return _read_once(scenario_path(name))


@cache
def _read_once(path: Path) -> Scenario:
    return load_scenario(path)


def left_out_by(name_or_path: str | Path) -> list[str]:
    """What a file leaves out of those that it extends, because it says something else, in words.

    Raises:
        InputError: the file, or one that it extends, cannot be read.
    """
    table: Table = {}
    found: list[str] = []
    for _, part in reversed(_chain(_file_of(name_or_path))):
        found += left_out(table, part)
        table = merged(table, part)
    return found


def scenario_extending(table: Mapping[str, Any], name: str, file: Path) -> Scenario:
    """A scenario from a table of another kind of file, written as a scenario file is: it may extend another scenario.

    Args:
        table: as read from TOML.
        name: what to call the scenario.
        file: where the table stands; paths in it start from the file's folder.

    Raises:
        InputError: as `load_scenario`.
    """
    # Named after the table as well, so that an error says where in the file to look.
    place = file.with_name(f"{file.name}, {name}")
    return _from_chain(_extended(place, dict(table), ()), name, MAX_PEOPLE)


def scenario_from_text(text: str, name: str) -> Scenario:
    """A scenario from the text of a TOML file that came from elsewhere; it may lead to shipped scenarios only.

    Raises:
        InputError: anything wrong with the text, or a value; it names a file of this machine.
    """
    path = Path(f"{name}.toml")
    table = table_from_text(text, path.name)
    parent = table.get("extends", scenario_names()[0])
    if not isinstance(parent, str) or parent not in scenario_names():
        raise InputError(
            f"{path.name}: extends: got {as_written(parent)}; allowed is a shipped scenario here:"
            f" {listed(scenario_names())}."
        )
    if "roster" in (table["employees"] if isinstance(table.get("employees"), dict) else {}):
        raise InputError(f"{path.name}: employees.roster: no other file is read here. List the people in this one.")
    return _from_chain(_extended(path, table, ()), name, MAX_PEOPLE)


def _from_chain(chain: Chain, name: str, max_people: int) -> Scenario:
    table: Table = {}
    for _, part in reversed(chain):
        table = merged(table, part)
    roster = _roster_of(chain, table)
    if roster is not None:
        others = {key: value for key, value in table["employees"].items() if key != "roster"}
        table = {**table, "employees": {**others, "people": roster.people}}
    places = _Places(chain, table, roster)
    scenario = checked({**table, "name": name}, Scenario, "", place=places, context={"max_people": max_people})
    best_guesses(scenario, shown_path(chain[0][0]))
    return scenario


def scenario_names() -> tuple[str, ...]:
    """The names of the shipped scenarios, the default first, and of those of plug-ins."""
    return tuple(_named(shipped_folder()))


@cache
def _named(folder: Path) -> Mapping[str, Path]:
    """The file of each scenario of the folder, the default first, and of those of plug-ins."""
    own = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "everyday", path.stem))
    new = ((plugin, sorted((plugin.folder / "scenarios").glob("*.toml"))) for plugin in adding.plugins())
    return adding.merged(
        {path.stem: path for path in own},
        "scenario",
        ((plugin, {path.stem: path for path in paths}) for plugin, paths in new),
    )


def scenario_path(name: str) -> Path:
    """The file of a shipped scenario.

    Raises:
        InputError: no such scenario.
    """
    if name not in _named(shipped_folder()):
        text = unknown("scenario", name, scenario_names())
        raise InputError(f"{text} For a file of your own give its path, such as ./mine.toml.")
    return _named(shipped_folder())[name]


def scenario_from(
    table: Mapping[str, Any], *, source: str = "scenario", max_people: int = MAX_PEOPLE, roster: Roster | None = None
) -> Scenario:
    """A scenario from a plain dict, with errors in the words of `load_scenario`.

    Args:
        table: as `Scenario.model_dump` gives it.
        source: stands for the file's name.
        max_people: the largest company that is allowed.
        roster: that the people in the table come from, so that an error says in which row.

    Raises:
        InputError: anything wrong with the values.
    """
    plain = dict(table)
    places = _Places([(Path(source), plain)], plain, roster)
    return checked(plain, Scenario, "", place=places, context={"max_people": max_people})


def to_toml(scenario: Scenario) -> str:
    """The scenario as the text of a TOML file; loading a file of the scenario's name with this text gives it again."""
    import tomli_w

    table = scenario.model_dump()
    del table["name"]
    return tomli_w.dumps(_without_none(table))


class _Places:
    """Knows for every value of a merged table which file it came from, and for a person of a roster which row."""

    def __init__(self, chain: Chain, table: Table, roster: Roster | None) -> None:
        self.chain, self.table, self.roster = chain, table, roster

    def __call__(self, location: Location) -> tuple[str, str]:
        if self.roster is not None and location[:2] == ("employees", "people") and len(location) > 2:
            row = self.roster.rows[int(location[2])]
            column = f", column {location[3]}" if len(location) > 3 else ""
            return shown_path(self.roster.path), f"row {row}{column}"
        if location[0] in ADDED_TO and len(location) > 1:
            file, place = self._listed(str(location[0]), int(location[1]))
            return shown_path(file), dotted((location[0], place, *location[2:]), dict(self.chain)[file])
        return shown_path(self._file(location)), dotted(location, self.table)

    def _listed(self, key: str, place: int) -> tuple[Path, int]:
        """The file that an entry of a list came from which files add to, and its place there."""
        kept: list[tuple[Path, int]] = []
        for path, table in reversed(self.chain):
            own = [(path, number) for number, _ in enumerate(table.get(key) or ())]
            kept = own if key in table.get(REPLACE, ()) else kept + own
        return kept[place]

    def _file(self, location: Location) -> Path:
        files = self.chain
        for depth in range(1, len(location) + 1):
            having = [(path, value) for path, table in files if (value := _at(table, location[:depth])) is not None]
            if not having:
                break
            kept = {path for path, _ in having}
            files = [entry for entry in files if entry[0] in kept]
            whole = location[0] == "employees" or (location[0] == "styles" and depth == 2)
            if whole or not isinstance(having[0][1], dict):
                break
        return files[0][0]


def _file_of(name_or_path: str | Path) -> Path:
    text = os.fspath(name_or_path)
    path = Path(text)
    if "\0" in text:
        raise InputError("a path cannot hold a zero byte. Give the path of a TOML file or a shipped name.")
    if isinstance(name_or_path, Path) or _looks_like_path(text) or is_file(path):
        return path
    return scenario_path(text)


def _looks_like_path(text: str) -> bool:
    return text.endswith(".toml") or "/" in text or os.sep in text


def shipped_folder() -> Path:
    """Where the shipped scenarios lie: inside an installed package, else at the top of the repository."""
    installed = PACKAGE / "scenarios"  # where the wheel puts them
    return installed if installed.is_dir() else PACKAGE.parent / "scenarios"


def _chain(path: Path, seen: tuple[Path, ...] = ()) -> Chain:
    if path.resolve() in (file.resolve() for file in seen):
        circle = " -> ".join(shown_path(file) for file in (*seen, path))
        raise InputError(f"{shown_path(path)}: extends: leads back to itself ({circle}). Break the circle.")
    table = read_table(path, f"Check the path, or use a shipped scenario: {listed(scenario_names())}.")
    return _extended(path, table, (*seen, path))


def _extended(path: Path, table: Table, seen: tuple[Path, ...]) -> Chain:
    """The table that stands at `path`, and the files that it extends; `seen` are the files that led here."""
    parent = table.pop("extends", None)
    if "name" in table:
        raise InputError(f"{shown_path(path)}: name: a scenario is named after its file. Take it out, or use title.")
    check_replace(table, shown_path(path), extends=parent is not None)
    if parent is None:
        return [(path, table)]
    return [(path, table), *_chain(_parent(path, parent), seen)]


def _parent(path: Path, parent: Any) -> Path:
    here = f"{shown_path(path)}: extends"
    if not isinstance(parent, str) or not parent or "\0" in parent:
        raise InputError(f"{here}: got {as_written(parent)}; allowed is one shipped name, or a path as text.")
    if _looks_like_path(parent):
        file = path.parent / parent
        if not is_file(file):
            raise InputError(f"{here}: no such file {shown_path(file)}. The path starts from the folder of this file.")
        return file
    try:
        return scenario_path(parent)
    except InputError as error:
        raise InputError(f"{here}: {error}") from None


def merged(parent: Table, child: Table, where: tuple[str, ...] = ()) -> Table:
    """Tables merge key by key, events of the child follow those of the parent, and all else in the child replaces.

    Two kinds of table are one statement and are replaced as well: [employees], and a style. So are the teams, which
    together are the company. With `replace = ["events"]` in the child, its events are all there are.
    """
    both = dict(parent)
    replaced = child.get(REPLACE, ()) if not where else ()
    for key, value in child.items():
        if not where and key == REPLACE:
            continue
        whole = where == ("styles",) or (not where and key == "employees") or len(where) == _DEEPEST
        deeper = isinstance(value, dict) and isinstance(parent.get(key), dict) and not whole
        added = not where and key in ADDED_TO and key not in replaced
        if added and isinstance(value, list | tuple) and isinstance(parent.get(key), list | tuple):
            both[key] = [*parent[key], *value]
        else:
            both[key] = merged(parent[key], value, (*where, key)) if deeper else value
    return both | {key: [] for key in replaced if key not in child}


def left_out(parent: Table, child: Table) -> list[str]:
    """What the parent has and `merged` leaves out, because the child says something else: in words, such as "2 events".

    Args:
        parent: a whole scenario.
        child: what is laid over it.
    """
    found = []
    for key in child.get(REPLACE, ()):
        if many := len(parent.get(key) or ()):
            names = listed([f"{event['event']} in week {event['week']}" for event in parent[key]])
            found.append(f"its {many} {key if many > 1 else key.removesuffix('s')} ({names})")
    if "teams" in child and (teams := parent.get("teams")):
        found.append(f"its teams ({listed([str(team['name']) for team in teams])})")
    own = child.get("employees")
    if isinstance(own, dict):
        gone = [key for key, value in (parent.get("employees") or {}).items() if value and not own.get(key)]
        if gone:
            found.append(f"of its employees: {listed(gone)}")
    styles = child.get("styles")
    if isinstance(styles, dict) and (twice := [name for name in parent.get("styles") or {} if name in styles]):
        found.append(f"its own styles {listed(twice)}")
    return found


def check_replace(table: Table, source: str, *, extends: bool) -> None:
    """See that `replace` in a table names lists that are added to otherwise, and that no list of these is empty.

    Raises:
        InputError: it names something else; the table extends nothing; an empty list, which would add nothing.
    """
    for key in ADDED_TO:
        if extends and table.get(key) == [] and key not in (table.get(REPLACE) or ()):
            text = f'an empty list adds nothing. To leave out those that are there, write {REPLACE} = ["{key}"].'
            raise InputError(f"{source}: {key}: {text}")
    if REPLACE not in table:
        return
    given, allowed = table[REPLACE], f"allowed is a list of these: {listed(ADDED_TO)}."
    if not isinstance(given, list) or any(name not in ADDED_TO for name in given):
        raise InputError(f"{source}: {REPLACE}: got {as_written(given)}; {allowed}")
    if not extends:
        raise InputError(f"{source}: {REPLACE}: this file extends no other. Take it out.")


def _roster_of(chain: Chain, table: Table) -> Roster | None:
    """The roster that the scenario names, read; its path starts from the folder of the file that names it."""
    employees = table.get("employees")
    alone = isinstance(employees, dict) and set(employees) <= {"roster", "fte"}
    roster = employees.get("roster") if isinstance(employees, dict) and alone else None
    if not isinstance(roster, str) or not roster:
        return None
    path = next(path for path, part in chain if "employees" in part)
    try:
        return read_roster(path.parent / roster)
    except InputError as error:
        raise InputError(f"{shown_path(path)}: employees.roster: {error}") from None


def _at(table: Any, location: Location) -> Any:
    for key in location:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_none(inner) for inner in value]
    return value
