"""Reads a roster: a CSV file with one person a row, as it comes out of a spreadsheet or a personnel system."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.scenario.explain import explain_values
from sim.scenario.problems import Fault, InputError, listed, nearest, read_bytes, shortened
from sim.scenario.sections import LARGEST_TEAM, Person

REQUIRED = ("name", "role", "competence", "commitment", "tenure")
OPTIONAL = tuple(name for name in Person.model_fields if name not in REQUIRED)
_TEXT = ("name", "role", "team")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class Roster(NamedTuple):
    """The people of a file, and the row that each stands in (the header is row 1, as a spreadsheet counts)."""

    path: Path
    people: tuple[Person, ...]
    rows: tuple[int, ...]


def read_roster(path: str | Path) -> Roster:
    """Read a roster; columns in any order, separated by comma, semicolon or tab.

    With semicolons or tabs a number may have a decimal comma. A byte order mark is fine; empty rows are skipped.

    Raises:
        InputError: the file cannot be read as a roster; lists every fault with its row and column.
    """
    path = Path(path)
    lines, separator = _table(path)
    header = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in lines[0]]
    faults = list(_header_faults(header, lines))
    if faults:
        raise InputError.listing([Fault(str(path), "row 1", text) for text in faults])
    people, rows = [], []
    found: list[Fault] = []
    taken: dict[str, int] = {}
    for row, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        person, wrong = _person(header, cells, separator)
        name = dict(zip(header, cells, strict=False)).get("name", "")
        if name in taken:
            wrong = [*wrong, ("name", f'"{shortened(name)}" is in row {taken[name]} too. Make each name unique.')]
        elif name:
            taken[name] = row
        found += [Fault(str(path), f"row {row}" + (f", column {column}" if column else ""), t) for column, t in wrong]
        if person is not None:
            people.append(person)
            rows.append(row)
    found += [] if found else [Fault(str(path), "", text) for text in _size_faults(people)]
    if found:
        raise InputError.listing(found)
    return Roster(path, tuple(people), tuple(rows))


def _table(path: Path) -> tuple[list[list[str]], str]:
    """The cells of the file, header first, and the separator."""
    text = _text_of(path)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=[,;\t]\s*", first):  # spreadsheets write this line for each other
        text = rest
    start = text.split("\n", 1)[0]
    separator = max(",;\t", key=lambda candidate: _columns_known(start, candidate))
    try:
        lines = list(csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: not a readable CSV file ({error}). Save it again as CSV.") from None
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise InputError(f"{path}: no header in the first row. It needs the columns {listed(REQUIRED)}.")
    return lines, separator


def _text_of(path: Path) -> str:
    data = read_bytes(path, f"A roster is a CSV file with the columns {listed(REQUIRED)}.")
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return data.decode("utf-16" if wide else "utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        text = f"not text in UTF-8 (byte {error.start}). In the spreadsheet choose 'Save as', 'CSV UTF-8'."
        raise InputError(f"{path}: {text}") from None


def _columns_known(start: str, separator: str) -> tuple[int, int]:
    cells = {cell.strip().strip('"').lower() for cell in start.split(separator)}
    return sum(name in cells for name in REQUIRED), len(cells)


def _header_faults(header: list[str], lines: list[list[str]]) -> Iterator[str]:
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        yield f"missing column(s) {listed(missing)}; found {listed(map(shortened, filter(None, header)))}. Add them."
    if len(missing) == len(REQUIRED):
        return  # not a header at all
    for place, name in enumerate(header):
        if name and name in header[:place]:
            yield f'column "{shortened(name)}" is there twice. Take one out.'
        elif name and name not in REQUIRED and name not in OPTIONAL:
            meant = nearest(name, [*REQUIRED, *OPTIONAL])
            question = f'; did you mean "{meant}"?' if meant else "."
            yield f'unknown column "{shortened(name)}"{question} Known: {listed([*REQUIRED, *OPTIONAL])}.'
        elif not name and any(line[place].strip() for line in lines[1:] if len(line) > place):
            yield f"column {place + 1} has no name. Name it, or take it out."


def _size_faults(people: Sequence[Person]) -> Iterator[str]:
    if len(people) < 2:
        yield f"got {len(people)} person(s); it takes at least 2 to be a team. Add rows."
        return
    for team, size in Counter(person.team for person in people).items():
        who = f'{size} people in team "{shortened(team)}"' if team else f"{size} people without a team, who form one"
        if size > LARGEST_TEAM:
            yield f'{who}; a team has at most {LARGEST_TEAM}. Spread them over teams with the column "team".'


def _person(header: list[str], cells: list[str], separator: str) -> tuple[Person | None, list[tuple[str, str]]]:
    """The person of a row, or what is wrong with it: pairs of column and text."""
    if len(cells) > len(header) and any(cells[len(header) :]):
        hint = " Write decimals with a point, or separate the columns by semicolons." if separator == "," else ""
        return None, [("", f"has {len(cells)} cells, but there are {len(header)} columns.{hint}")]
    row = {name: cell for name, cell in zip(header, cells, strict=False) if name and cell}
    wrong = [(name, "empty. Fill it in.") for name in REQUIRED if name != "role" and name not in row]
    values: dict[str, Any] = {}
    for name, cell in row.items():
        number = _number(cell, separator)
        if name in _TEXT:
            values[name] = cell
        elif number is None:
            wrong.append((name, f'got "{shortened(cell)}", which is not a number. {_hint(cell, separator)}'))
        else:
            values[name] = number
    person, more = _validated(values, {name for name, _ in wrong})
    return person, wrong + more


def _validated(values: Mapping[str, Any], known_wrong: set[str]) -> tuple[Person | None, list[tuple[str, str]]]:
    try:
        return Person.model_validate(values), []
    except ValidationError as error:
        texts = [(str(where[0]), text) for where, text in explain_values(error, "Person")]
        return None, [(column, text) for column, text in texts if column not in known_wrong]


def _number(cell: str, separator: str) -> float | None:
    text = cell if separator == "," else cell.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None


def _hint(cell: str, separator: str) -> str:
    if cell.endswith("%"):
        return "Write 70 % as 0.7."
    if separator == "," and _number(cell, ";") is not None:
        return "Write decimals with a point, or separate the columns by semicolons."
    return "Write a number such as 0.7."
