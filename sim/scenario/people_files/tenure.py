"""Reads how many weeks people have been in their position, from the date of hire or a column with a unit."""

import re
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import UNITS, FoundColumns
from sim.scenario.people_files.dates import is_month
from sim.scenario.people_files.durations import WEEKS, duration, unit_of
from sim.scenario.people_files.grid import Cell, Row, Table, shown
from sim.scenario.people_files.numbers import number, numbers_of
from sim.scenario.people_files.presence import Days
from sim.scenario.people_files.words import is_missing
from sim.scenario.problems import Fault, InputError, shortened

DAYS_A_YEAR = 365.25
LONGEST_YEARS = 60.0

_WITH_UNIT = re.compile(r"([\d.,]+)\s*([^\W\d_]+)\.?")


class Tenure(NamedTuple):
    """Weeks in the position, by row, None where nothing says it; and where that is from, in words."""

    weeks: list[float | None]
    source: str


def read_tenure(
    table: Table,
    found: FoundColumns,
    rows: Sequence[Row],
    days: Days,
    as_of: date | None,
    signs: set[str],
    choices: Choices,
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
    named = [_WITH_UNIT.fullmatch(cell.strip()) if isinstance(cell, str) else None for cell in cells]
    units = {unit_of(match[2]) for match in named if match} - {None}
    told = choices.text("units", "tenure", UNITS) or in_heading
    with_unit = [duration(cell) for cell in cells]
    alike = units == {told} if told else len(units) == 1 and all(
        match or is_missing(cell) for match, cell in zip(named, cells, strict=True)
    )  # fmt: skip
    if any(one is not None for one in with_unit) and not alike:
        return _with_units(table.file, heading, rows, cells, with_unit, told), "years"
    in_cells = next(iter(units)) if len(units) == 1 else None
    unit = told or in_cells
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


def _with_units(
    file: str, heading: str, rows: Sequence[Row], cells: Sequence[Cell], weeks: Sequence[float | None], told: str | None
) -> list[float | None]:
    """Years, of cells with units of their own; a number alone is in the unit that was told.

    Raises:
        InputError: a cell without a unit, where none was told, or that is no length of time.
    """
    years: list[float | None] = []
    faults = []
    for row, cell, one in zip(rows, cells, weeks, strict=True):
        plain = None if is_missing(cell) or one is not None else number(cell)
        value = plain * WEEKS[told] if one is None and plain is not None and told else one
        years.append(None if value is None else value / WEEKS["years"])
        if value is None and not is_missing(cell):
            what = "has no unit, as others have" if plain is not None else "which is no length of time"
            text = (
                f'got "{shortened(shown(cell))}", {what}. Write it as 5.3 years or 2 years 3 months, or leave it empty.'
            )
            faults.append(Fault(file, f"row {row.number}, column {shortened(heading)}", text))
    if faults:
        raise InputError.listing(faults)
    return years


def _check_length(table: Table, heading: str, rows: Sequence[Row], weeks: Sequence[float | None]) -> None:
    faults = [
        Fault(table.file, f"row {row.number}, column {shortened(heading)}", f"means {one / 52:.3g} years in the "
              f"position; allowed are 0 to {LONGEST_YEARS:g}. Correct it, or --set another units.tenure")
        for row, one in zip(rows, weeks, strict=True) if one is not None and not 0 <= one <= LONGEST_YEARS * 52
    ]  # fmt: skip
    if faults:
        raise InputError.listing(faults)


def _beside(
    table: Table, found: FoundColumns, rows: Sequence[Row], place: int, weeks: Sequence[float | None], signs: set[str],
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
