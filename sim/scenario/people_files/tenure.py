"""How long people have been in their position, in weeks: from the day of hire, or from a column with a unit."""

import re
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import UNITS, Found
from sim.scenario.people_files.dates import is_month
from sim.scenario.people_files.grid import Cell, Row, Table, shown
from sim.scenario.people_files.numbers import number, numbers_of
from sim.scenario.people_files.presence import Days
from sim.scenario.people_files.words import folded, group, is_missing
from sim.scenario.problems import Fault, InputError, shortened

WEEKS = {"years": 52.0, "months": 52 / 12, "weeks": 1.0, "days": 1 / 7}
"""A unit in weeks; a year has 52 here, as in a roster."""

DAYS_A_YEAR = 365.25
LONGEST_YEARS = 60.0

_WITH_UNIT = re.compile(r"([\d.,]+)\s*([^\W\d_]+)\.?")
_JOINT = re.compile(r"[,;]|\b(?:and|und|et|y)\b|&")
"""What may stand between "3 years" and "2 months"."""


class Tenure(NamedTuple):
    """Weeks in the position, by row, None where nothing says it; and where that is from, in words."""

    weeks: list[float | None]
    source: str


def read_tenure(
    table: Table, found: Found, rows: Sequence[Row], days: Days, as_of: date | None, signs: set[str], choices: Choices
) -> Tenure:
    """The tenure of the people in some rows.

    Raises:
        InputError: cells that are no numbers, or longer than a working life.
        Undecided: a column of numbers whose unit nothing tells.
    """
    by_number = {row.number: one for row, one in zip(table.rows, days.of("hired", len(table.rows)), strict=True)}
    hired = [by_number[row.number] for row in rows]
    place = found.first("tenure")
    if as_of is not None and any(hired):
        weeks = [None if one is None else max((as_of - one).days, 0) * 52 / DAYS_A_YEAR for one in hired]
        heading = table.header[found.places["hired"][0]]
        _check_length(table, heading, rows, weeks)
        source = f"from {heading}"
        if any(is_month(row.cells[found.places["hired"][0]]) for row in rows):
            source += ", months taken as their first day"
        if place is not None:
            source += f" ({_beside(table, found, rows, place, weeks, signs, choices)})"
        return Tenure(weeks, source)
    if place is None:
        return Tenure([None] * len(rows), "not in the file")
    heading = table.header[place]
    values, unit = _values(table, heading, rows, place, found.headings["tenure"].unit, signs, choices)
    there = [value for value in values if value is not None]
    if not there:
        return Tenure([None] * len(rows), "not in the file")
    if unit is None:
        raise _unknown_unit(table, heading, there)
    choices.keep("units", "tenure", unit)
    weeks = [None if value is None else value * WEEKS[unit] for value in values]
    _check_length(table, heading, rows, weeks)
    return Tenure(weeks, f"from {heading}, in {unit}")


def _unknown_unit(table: Table, heading: str, there: Sequence[float]) -> Undecided:
    longest = max(there)
    able = [unit for unit in UNITS if longest * WEEKS[unit] <= LONGEST_YEARS * 52 and (unit != "days" or longest > 366)]
    mean = sum(there) / len(there)
    readings = [Reading(unit, f"{mean * WEEKS[unit] / 52:.2g} years on average") for unit in able]
    question = f"column {shortened(heading)}: in which unit? From {min(there):g} to {max(there):g}."
    return Undecided(table.file, question, "units.tenure", readings)


def _values(
    table: Table,
    heading: str,
    rows: Sequence[Row],
    place: int,
    in_heading: str | None,
    signs: set[str],
    choices: Choices,
) -> tuple[list[float | None], str | None]:
    """The numbers of the column, and the unit if it was decided, or is named in the heading or in the cells."""
    cells: list[Cell] = [row.cells[place] for row in rows]
    mixed = [_in_several_units(cell) for cell in cells]
    if any(one is not None and " " in shown(cell).strip() for cell, one in zip(cells, mixed, strict=True)) and all(
        one is not None or is_missing(cell) for cell, one in zip(cells, mixed, strict=True)
    ):
        return [None if one is None else one / WEEKS["years"] for one in mixed], "years"
    named = [_WITH_UNIT.fullmatch(cell.strip()) if isinstance(cell, str) else None for cell in cells]
    units = {unit for unit in UNITS for match in named if match and folded(match[2]) in group(unit)}
    in_cells = next(iter(units)) if len(units) == 1 else None
    unit = choices.text("units", "tenure", UNITS) or in_heading or in_cells
    if in_cells:
        cells = [match[1] if match else cell for match, cell in zip(named, cells, strict=True)]
    longest = LONGEST_YEARS * 52 / WEEKS[unit or "weeks"]
    values = numbers_of(table.file, heading, cells, lambda value: 0 <= value <= longest, signs, choices)
    faults = [
        Fault(table.file, f"row {row.number}, column {shortened(heading)}", f'got "{shortened(shown(cell))}", which is '
              "not a number. Correct it, or leave the cell empty.")
        for row, cell, value in zip(rows, cells, values, strict=True) if value is None and not is_missing(cell)
    ]  # fmt: skip
    if faults:
        raise InputError.listing(faults)
    return values, unit


def _in_several_units(cell: Cell) -> float | None:
    """Weeks that a cell such as "3 years 2 months" means, or None."""
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    text, weeks = _JOINT.sub(" ", cell).strip(), 0.0
    if _WITH_UNIT.sub("", text).strip() or not text:
        return None
    for amount, word in _WITH_UNIT.findall(text):
        unit = next((unit for unit in UNITS if folded(word) in group(unit) or folded(word) == unit[0]), None)
        value = number(amount, ".")
        if unit is None or value is None:
            return None
        weeks += value * WEEKS[unit]
    return weeks


def _check_length(table: Table, heading: str, rows: Sequence[Row], weeks: Sequence[float | None]) -> None:
    faults = [
        Fault(table.file, f"row {row.number}, column {shortened(heading)}", f"means {one / 52:.3g} years in the "
              f"position; allowed are 0 to {LONGEST_YEARS:g}. Correct it, or --set another units.tenure")
        for row, one in zip(rows, weeks, strict=True) if one is not None and not 0 <= one <= LONGEST_YEARS * 52
    ]  # fmt: skip
    if faults:
        raise InputError.listing(faults)


def _beside(
    table: Table, found: Found, rows: Sequence[Row], place: int, weeks: Sequence[float | None], signs: set[str],
    choices: Choices,
) -> str:  # fmt: skip
    """What is said of a column of tenure beside a day of hire."""
    heading = table.header[place]
    text = f"{heading} says it too; to take that: --set columns.hired="
    try:
        values, unit = _values(table, heading, rows, place, found.headings["tenure"].unit, signs, choices)
    except InputError:
        return text
    apart = [
        abs(one - other * WEEKS[unit or "years"]) / 52
        for one, other in zip(weeks, values, strict=True) if one is not None and other is not None
    ]  # fmt: skip
    if apart and median(apart) > 1:
        text += f"; the two differ, by {median(apart):.1f} years in the middle"
    return text
