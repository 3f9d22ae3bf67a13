"""Reads a roster, one person a row, from a spreadsheet or a personnel system, in .csv or .xlsx.

A person is rated on shares from 0 to 1, or in columns whose name ends in _1_5 on a scale from 1 to 5; tenure is in
weeks (tenure_weeks, or tenure), or in the column tenure_years in years. A "?" says that nobody knows: the model draws
it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.scenario.cells import Cells, Row, read_cells
from sim.scenario.explain import explain_values
from sim.scenario.problems import Fault, InputError, listed, nearest, shortened
from sim.scenario.scales import BY_COLUMN, ENDING, HIGHEST, LOWEST, as_share
from sim.scenario.sections import LARGEST_TEAM, Person
from sim.scenario.weeks import WEEKS_A_YEAR

REQUIRED = ("name", "role", "competence", "commitment", "tenure")
OPTIONAL = tuple(name for name in Person.model_fields if name not in REQUIRED)
YEARS, IN_WEEKS = "tenure_years", "tenure_weeks"
NOT_KNOWN = "?"
"""In a cell of a rating or of tenure: nobody knows it. An empty cell of what is needed may have been forgotten."""


_MEANS = {**{column: scale.name for column, scale in BY_COLUMN.items()}, YEARS: "tenure", IN_WEEKS: "tenure"}
"""What a column on another scale says something about."""

_LIMITS = {**dict.fromkeys(BY_COLUMN, (LOWEST, HIGHEST)), YEARS: (0.0, 60.0), IN_WEEKS: (0.0, 3120.0)}
_COLUMNS = (*REQUIRED, *OPTIONAL, *_MEANS)
_TEXT = ("name", "role", "team")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


class Roster(NamedTuple):
    """The people of a file, and the row that each stands in (the header is row 1, as a spreadsheet counts)."""

    path: Path
    people: tuple[Person, ...]
    rows: tuple[int, ...]


def read_roster(path: str | Path) -> Roster:
    """Read a roster; columns in any order, separated by comma, semicolon or tab.

    With semicolons or tabs, and in an .xlsx file, a number may have a decimal comma. A byte order mark is fine; empty
    rows, rows above the header, and notes that begin with "#" are skipped. A merged cell counts for all its rows in
    the columns role and team.

    Raises:
        InputError: the file cannot be read as a roster; lists every fault with its row and column.
    """
    path = Path(path)
    cells = cells_of(path)
    header = columns(cells)
    found = [
        *cells.faults,
        *(Fault(str(path), f"row {cells.header.number}", one) for one in _header_faults(header, cells)),
    ]
    if _missing(header):
        raise InputError.listing(found)
    people, rows = [], []
    taken: dict[str, int] = {}
    for row in cells.rows:
        person, wrong = _person(header, row, cells)
        name = dict(zip(header, (cell.strip() for cell in row.cells), strict=False)).get("name", "")
        if name in taken:
            wrong = [*wrong, ("name", f'"{shortened(name)}" is in row {taken[name]} too. Make each name unique.')]
        elif name:
            taken[name] = row.number
        where = f"row {row.number}"
        found += [Fault(str(path), where + (f", column {column}" if column else ""), text) for column, text in wrong]
        if person is not None:
            people.append(person)
            rows.append(row.number)
    found += (
        [] if found else [Fault(str(path), "", text) for text in (*_size_faults(people), *_unit_faults(header, people))]
    )
    if found:
        raise InputError.listing(found)
    return Roster(path, tuple(people), tuple(rows))


def cells_of(path: Path) -> Cells:
    """The table of a roster's file.

    Raises:
        InputError: it cannot be read as a table.
    """
    return read_cells(path, lambda cell: _column(cell) in _COLUMNS, ("role", "team"), listed(REQUIRED))


def columns(cells: Cells) -> list[str]:
    """The names of a roster's columns, as they are known here."""
    return [_column(cell) for cell in cells.header.cells]


def _column(cell: str) -> str:
    return re.sub(r"[\s()-]+", "_", cell.strip().strip('"').lower()).strip("_")


def _missing(header: list[str]) -> list[str]:
    there = {_MEANS.get(name, name) for name in header}
    return [name for name in REQUIRED if name not in there]


def _header_faults(header: list[str], cells: Cells) -> Iterator[str]:
    missing = _missing(header)
    if missing:
        yield f"missing column(s) {listed(missing)}; found {listed(map(shortened, filter(None, header)))}. Add them."
    if len(missing) == len(REQUIRED):
        return  # not a header at all
    for place, name in enumerate(header):
        other = next((one for one in header[:place] if name and _MEANS.get(one, one) == _MEANS.get(name, name)), None)
        if other == name:
            yield f'column "{shortened(name)}" is there twice. Take one out.'
        elif other:
            yield f"columns {other} and {name} say the same on two scales. Take one out."
        elif name and name not in _COLUMNS:
            meant = nearest(name, _COLUMNS)
            question = f'; did you mean "{meant}"?' if meant else "."
            yield f'unknown column "{shortened(name)}"{question} Known: {listed(_COLUMNS)}.'
        elif not name and any(row.cells[place].strip() for row in cells.rows if len(row.cells) > place):
            yield f"column {cells.column(place)} has no name. Name it, or take it out."


def _size_faults(people: Sequence[Person]) -> Iterator[str]:
    if len(people) < 2:
        yield f"got {'one person' if people else 'no people'}; it takes at least 2 to be a team. Add rows."
        return
    sizes = Counter(person.team for person in people)
    for team, size in sizes.items():
        if team and size == 1 and None not in sizes:  # somebody without a team may join this one
            yield f'one person in team "{shortened(team)}"; a team has 2 people or more. Add somebody, or join teams.'
        who = f'{size} people in team "{shortened(team)}"' if team else f"{size} people without a team, who form one"
        if size > LARGEST_TEAM:
            yield f'{who}; a team has at most {LARGEST_TEAM}. Spread them over teams with the column "team".'


def _unit_faults(header: Sequence[str], people: Sequence[Person]) -> Iterator[str]:
    known = [person.tenure for person in people if person.tenure is not None]
    if "tenure" in header and known and max(known) <= LONGEST_IN_YEARS and not all(one.is_integer() for one in known):
        yield (
            f"column tenure: from {min(known):g} to {max(known):g}, which can be years or weeks."
            f" Call the column {YEARS}, or {IN_WEEKS}."
        )


LONGEST_IN_YEARS = 50
"""More than that cannot be a tenure in years."""


def _person(header: list[str], row: Row, cells: Cells) -> tuple[Person | None, list[tuple[str, str]]]:
    """The person of a row, or what is wrong with it: pairs of column and text."""
    texts = [cell.strip() for cell in row.cells]
    if len(texts) > len(header) and any(texts[len(header) :]):
        hint = " Write decimals with a point, or separate the columns by semicolons." if cells.separator == "," else ""
        return None, [("", f"has {len(texts)} cells, but there are {len(header)} columns.{hint}")]
    given = {name: cell for name, cell in zip(header, texts, strict=False) if name in _COLUMNS and cell}
    wrong = [
        (name, "empty. Fill it in.") for name in header
        if name not in given and _MEANS.get(name, name) in REQUIRED and name != "role"
    ]  # fmt: skip
    values: dict[str, Any] = {}
    for name, cell in given.items():
        number = _number(cells.tells(cell))
        if cells.separator is None and cell.startswith("="):
            text = "a formula without a stored result. Save the file in a spreadsheet program, or type the value."
            wrong.append((name, text))
        elif name in _TEXT:
            values[name] = cell
        elif cell == NOT_KNOWN:
            values[_MEANS.get(name, name)] = None
        elif number is None:
            wrong.append((name, f'got "{shortened(cell)}", which is not a number. {_hint(name, cell, cells)}'))
        elif name in _MEANS and not _LIMITS[name][0] <= number <= _LIMITS[name][1]:
            low, high = _LIMITS[name]
            wrong.append((name, f"got {number:g}; allowed is a number from {low:g} to {high:g}. Correct the number."))
        else:
            values[_MEANS.get(name, name)] = _converted(name, number)
    called = {_MEANS.get(name, name): name for name in header}
    person, more = _validated(values, {_MEANS.get(name, name) for name, _ in wrong})
    told = [(called.get(name, name), _scale_hint(name, values, text)) for name, text in more]
    return person, wrong + told


def _validated(values: Mapping[str, Any], known_wrong: set[str]) -> tuple[Person | None, list[tuple[str, str]]]:
    try:
        return Person.model_validate(values), []
    except ValidationError as error:
        texts = [(str(where[0]), text) for where, text in explain_values(error, Person)]
        return None, [(column, text) for column, text in texts if column not in known_wrong]


def _converted(name: str, number: float) -> float:
    if name == YEARS:
        return number * WEEKS_A_YEAR
    return as_share(number) if name in BY_COLUMN else number


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _hint(name: str, cell: str, cells: Cells) -> str:
    if _DATE.fullmatch(cell):
        return "The spreadsheet took it for a date: format the column as numbers, and type it again."
    if cell.endswith("%") and name not in _MEANS:
        return "Write 70 % as 0.7."
    if cells.separator == "," and _number(cell.replace(",", ".")) is not None:
        return "Write decimals with a point, or separate the columns by semicolons."
    return f"Write a number such as {3 if name in BY_COLUMN else 2 if name == YEARS else 0.7}."


def _scale_hint(name: str, values: Mapping[str, Any], text: str) -> str:
    """What to do about a number from 2 to 5 where a share belongs."""
    rated = name + ENDING in BY_COLUMN and isinstance(values.get(name), float) and 1 < values[name] <= HIGHEST
    allowed = text.partition(" Write ")[0].removesuffix(" Correct the number.")
    return f"{allowed} If it is rated from 1 to 5, call the column {name}{ENDING}." if rated else text
