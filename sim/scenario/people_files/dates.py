"""Reads dates in four languages, and finds from a whole column whether the day or the month comes first.

Strict on purpose: a general parser of dates exchanges day and month cell by cell where one order does not fit.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from sim.scenario.people_files.grid import Cell
from sim.scenario.people_files.words import folded, is_missing, table

DAY_FIRST, MONTH_FIRST = "day first", "month first"

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?: +\d.*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})", re.ASCII)
_NAME_MONTH = re.compile(r"([^\W\d_]{3,})\.?,?[-./ ]+(?:de )?(\d{4})", re.I)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª)?[-./ ]*(?:de )?([^\W\d_]+)\.?[-./, ]*(?:de )?(\d{4}|\d{2})(?: +\d.*)?", re.I)  # fmt: skip # noqa: E501
_NAME_DAY = re.compile(r"([^\W\d_]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.I)
_LAYOUT = re.compile(r"\b(dd|tt|jj|mm)[-/. ](?:mm|dd|tt|jj)[-/. ](?:yyyy|yy|jjjj|jj|aaaa|aa)\b", re.I)
_EPOCH = date(1899, 12, 30)
_SERIALS = range(18_264, 73_051)
"""Days since the epoch of spreadsheets, 1950 to 2099: what a day looks like in a column formatted as numbers."""


def day(cell: Cell, order: str | None, today: date) -> date | None:
    """The day in a cell, or None.

    Args:
        cell: of a table.
        order: DAY_FIRST or MONTH_FIRST, for days that can be read in two ways; None reads none of these.
        today: a year of two digits is the latest one that is not in the future.
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float):
        return _EPOCH + timedelta(cell) if cell.is_integer() and int(cell) in _SERIALS else None
    text = cell.strip()
    if len(text) > 40:
        return None
    if found := _ISO.fullmatch(text):
        return _made(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT.fullmatch(text):
        return _made(*map(int, found.groups()))
    if text.isascii() and text.isdigit():
        return day(float(text), order, today)
    if found := _NUMERIC.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4], today)
        order = DAY_FIRST if found[2] == "." else order or _only_order(first, second)
        if order is None:
            return None
        return _made(year, second, first) if order == DAY_FIRST else _made(year, first, second)
    if found := _DAY_NAME.fullmatch(text):
        return _made(_year(found[3], today), _month(found[2]), int(found[1]))
    if found := _NAME_DAY.fullmatch(text):
        return _made(int(found[3]), _month(found[1]), int(found[2]))
    return _month_alone(text)


def is_month(cell: Cell) -> bool:
    """Whether a cell names a month without a day, which `day` reads as its first."""
    return isinstance(cell, str) and len(cell) < 40 and _month_alone(cell.strip()) is not None


def _month_alone(text: str) -> date | None:
    if found := _MONTH.fullmatch(text):
        return _made(int(found[1] or found[4]), int(found[2] or found[3]), 1)
    if found := _NAME_MONTH.fullmatch(text):
        return _made(int(found[2]), _month(found[1]), 1)
    return None


def order_named(heading: str) -> str | None:
    """The order of day and month that a heading names, as "Hire date (dd/mm/yyyy)" does."""
    found = _LAYOUT.search(heading)
    return None if found is None else DAY_FIRST if found[1].lower() in ("dd", "tt", "jj") else MONTH_FIRST


def orders(cells: Iterable[Cell]) -> set[str]:
    """The orders of day and month that fit all of these cells; none, if some need one and some the other.

    Both, where no cell tells.
    """
    fitting = {DAY_FIRST, MONTH_FIRST}
    for first, second in _two_ways(cells):
        if first > 12:
            fitting.discard(MONTH_FIRST)
        if second > 12:
            fitting.discard(DAY_FIRST)
    return fitting


def example(cells: Iterable[Cell]) -> str | None:
    """The first day that can be read in two ways and means two days, or None where the order makes no difference."""
    for cell in cells:
        if isinstance(cell, str) and (found := _NUMERIC.fullmatch(cell.strip())) and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if first != second and first <= 12 and second <= 12:
                return cell.strip()
    return None


def are_days(cells: Iterable[Cell], today: date) -> bool:
    """Whether these are days: nearly all that is there reads as one, and not just as a number."""
    there = [cell for cell in cells if not is_missing(cell)]
    read = [cell for cell in there if (day(cell, DAY_FIRST, today) or day(cell, MONTH_FIRST, today))]
    plain = [cell for cell in read if isinstance(cell, float) or (isinstance(cell, str) and cell.strip().isdigit())]
    return len(read) > 0.8 * len(there) and len(plain) < len(read)


def _two_ways(cells: Iterable[Cell]) -> Iterable[tuple[int, int]]:
    for cell in cells:
        if isinstance(cell, str) and (found := _NUMERIC.fullmatch(cell.strip())) and found[2] != ".":
            yield int(found[1]), int(found[3])


def _only_order(first: int, second: int) -> str | None:
    if first > 12 or first == second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 else None


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year else year - 100


@cache
def _months() -> dict[str, int]:
    return {folded(start): month for month, starts in enumerate(table()["month_names"], 1) for start in starts}


def _month(name: str) -> int:
    word = folded(name)
    fitting = [start for start in _months() if word.startswith(start)]
    return _months()[max(fitting, key=len)] if fitting else 0


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
