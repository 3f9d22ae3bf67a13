"""Reads the periods of a firm's past: weeks, months or quarters, none of them missing or twice."""

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from sim.scenario.history import FEWEST, LONGEST, WEEKS
from sim.scenario.people_files.dates import DAY_FIRST, MONTH_FIRST, day, example, order_named, orders
from sim.scenario.people_files.grid import Cell, Row, shown
from sim.scenario.problems import Fault, InputError, listed, shortened

PERIODS = {
    "week": ("week", "woche", "kw", "semaine", "semana"),
    "month": ("month", "monat", "mois", "mes"),
    "quarter": ("quarter", "quartal", "trimestre"),
    "": ("period", "date", "zeitraum", "datum", "periode", "periodo", "fecha"),
}
"""Headings of the column that says when; the last ones leave it to the cells."""

_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_MONTH_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[-/. ]?[QT](\d)", re.I | re.ASCII)
_QUARTER_FIRST = re.compile(r"[QT](\d)[-/. ]?(\d{4})", re.I | re.ASCII)
_WEEK = re.compile(r"(\d{4})[-/. ]?(?:W|KW|S)[-/. ]?(\d{1,2})", re.I | re.ASCII)
_WEEK_FIRST = re.compile(r"(?:W|KW|S)[-/. ]?(\d{1,2})[-/. ](\d{4})", re.I | re.ASCII)


def periods_of(
    path: Path, meanings: dict[int, str], headings: Sequence[str], rows: Sequence[Row]
) -> tuple[str, list[Row], tuple[str, ...]]:
    """The kind of period, the rows in order, and what the periods are called."""
    place, kind = next((place, name) for place, name in meanings.items() if name in PERIODS)
    read, faults = [], []
    order = _order(path, headings[place], [cell_at(row, place) for row in rows], kind)
    for row in rows:
        cell = cell_at(row, place)
        found = _period(cell, kind, order)
        if found is None:
            example = {"week": "2025-W07", "quarter": "2025-Q1"}.get(kind, "2025-01")
            text = f'got "{shortened(shown(cell))}"; write a {kind or "period"} as {example}. A row of totals goes out.'
            faults.append(Fault(str(path), f"row {row.number}, column {headings[place]}", text))
        else:
            read.append((*found, row, shown(cell)))
    kinds = sorted({one[0] for one in read})
    if not faults and len(kinds) > 1:
        faults.append(Fault(str(path), f"column {headings[place]}", f"has {' and '.join(kinds)}s. Use one of them."))
    if faults:
        raise InputError.listing(faults)
    every = kinds[0] if kinds else "month"
    if len(read) < FEWEST[every]:
        raise InputError(
            f"{path}: {len(read)} {every}{'s' if len(read) != 1 else ''}; it takes {FEWEST[every]} or more to learn"
            " from a past and to test it. Give a longer history, or do without: teamsim compare --uncertainty."
        )
    read.sort(key=lambda one: one[1])
    gaps = []
    for before, after in itertools.pairwise(read):
        if after[1] == before[1]:
            raise InputError(f"{path}: row {after[2].number}: {after[3]} is there twice. Keep one row of it.")
        gaps += [_called(every, number, before) for number in range(before[1] + 1, after[1])]
    if gaps:
        text = "is missing" if len(gaps) == 1 else "are missing"
        raise InputError(
            f"{path}: {listed(gaps, 6)} {text} between {read[0][3]} and {read[-1][3]}. Add a row for each; a cell that"
            " nobody knows may be empty."
        )
    last = read[-1]
    if not last[3].isdigit() and last[1] > _number_of(every, date.today()):
        raise InputError(
            f"{path}: row {last[2].number}: {last[3]} is still to come. A history ends with what has been."
        )
    if round(len(read) * WEEKS[every]) > LONGEST:
        raise InputError(f"{path}: {len(read)} {every}s; allowed are ten years. Keep the later ones.")
    return every, [one[2] for one in read], tuple(one[3] for one in read)


def _order(path: Path, heading: str, cells: Sequence[Cell], kind: str) -> str:
    """Whether the day or the month comes first in days such as 2/01/2024: the order that gives each period once.

    Raises:
        InputError: days of two orders are mixed, or neither order, or both, may be meant.
    """
    fitting, doubt = orders(cells), example(cells)
    if not fitting:
        fault = "days such as 31/12 and 12/31 are mixed. Write all of them as 2024-12-31."
        raise InputError(f"{path}: column {heading}: {fault}")
    both = (DAY_FIRST, MONTH_FIRST)
    meant = [day(doubt, one, date.today()) for one in both] if doubt else []
    if len(fitting) == 1 or not meant or None in meant:
        return DAY_FIRST if DAY_FIRST in fitting else MONTH_FIRST
    told = order_named(heading)
    read = {one: [found[1] for cell in cells if (found := _period(cell, kind, one))] for one in both}
    once = [one for one, numbers in read.items() if len(set(numbers)) == len(numbers) and told in (None, one)]
    whole = [one for one in once if max(read[one]) - min(read[one]) == len(read[one]) - 1]
    for those in (once, whole):
        if len(those) == 1:
            return those[0]
    first, second = (f"{one.day} {one:%B %Y}" for one in meant if one)
    why = "both give each period once" if once else "either way a period is there twice"
    raise InputError(
        f"{path}: column {heading}: does the day or the month come first? {doubt} is {first} or {second}; {why}. Write"
        " each as 2024-01-31."
    )


def _called(every: str, number: int, like: tuple[str, int, Row, str]) -> str:
    if like[3].isdigit():
        return f"{every} {number}"
    if every == "month":
        return f"{number // 12}-{number % 12 + 1:02}"
    if every == "quarter":
        return f"{number // 4}-Q{number % 4 + 1}"
    year, week, _ = date.fromordinal(7 * number + 1).isocalendar()
    return f"{year}-W{week:02}"


def _period(cell: Cell, kind: str, order: str = DAY_FIRST) -> tuple[str, int] | None:
    """The kind of a period and its number; None if it cannot be read as one of that kind.

    `order`: whether the day or the month comes first in days such as 2/01/2024.
    """
    if isinstance(cell, float):
        return (kind, int(cell)) if kind and cell.is_integer() and 0 < cell < 10_000 else None
    text = cell.strip() if isinstance(cell, str) else ""
    if text.isascii() and text.isdigit() and len(text) <= 4 and kind:
        return kind, int(text)
    ways: tuple[tuple[str, re.Pattern[str], bool, Callable[[int, int], int | None]], ...] = (
        ("quarter", _QUARTER, False, lambda year, n: year * 4 + n - 1 if 1 <= n <= 4 else None),
        ("quarter", _QUARTER_FIRST, True, lambda year, n: year * 4 + n - 1 if 1 <= n <= 4 else None),
        ("month", _MONTH, False, lambda year, n: year * 12 + n - 1 if 1 <= n <= 12 else None),
        ("month", _MONTH_LAST, True, lambda year, n: year * 12 + n - 1 if 1 <= n <= 12 else None),
        ("week", _WEEK, False, _week),
        ("week", _WEEK_FIRST, True, _week),
    )
    for found_kind, pattern, year_last, number_of in ways:
        if found := pattern.fullmatch(text):
            year, n = (int(found[2]), int(found[1])) if year_last else (int(found[1]), int(found[2]))
            number = number_of(year, n)
            return None if number is None or kind not in ("", found_kind) else (found_kind, number)
    today = date.today()
    when = cell if isinstance(cell, date) else day(text, order, today) or day(f"1 {text}", None, today)
    if when is None:
        return None
    every = kind or "month"
    return every, _number_of(every, when)


def _number_of(every: str, when: date) -> int:
    """The number of the week, month or quarter that a day is in."""
    if every == "week":
        return when.toordinal() // 7
    return when.year * 4 + (when.month - 1) // 3 if every == "quarter" else when.year * 12 + when.month - 1


def _week(year: int, number: int) -> int | None:
    try:
        return date.fromisocalendar(year, number, 1).toordinal() // 7
    except ValueError:
        return None


def cell_at(row: Row, place: int) -> Cell:
    """The cell at a place of a row, which may be shorter."""
    return row.cells[place] if place < len(row.cells) else ""
