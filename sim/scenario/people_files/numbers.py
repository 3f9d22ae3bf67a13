"""Reads numbers as people write them: decimal point or comma, thousands separators, percent; and unclear ones."""

import re
from collections.abc import Callable, Iterable

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.grid import Cell
from sim.scenario.people_files.words import is_missing
from sim.scenario.problems import shortened

_BETWEEN = "[ '’\u00a0\u202f]"
"""Signs that stand between thousands and mean nothing else."""

_NUMBER = re.compile(rf"[+-]?\d+(?:{_BETWEEN}\d{{3}})*(?:[.,]\d+)*", re.ASCII)
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
"""Such as 1.200: a thousand and two hundred, or one and a fifth."""


def number(cell: Cell, decimal: str | None = None) -> float | None:
    """The number in a cell, or None; a percent sign is left off.

    Args:
        cell: of a table.
        decimal: the sign before decimals, for a number that can be read in two ways; None reads it as decimals.
    """
    if isinstance(cell, float):
        return cell
    if not isinstance(cell, str):
        return None
    text = cell.strip().removesuffix("%").strip()
    if len(text) > 30 or not _NUMBER.fullmatch(text):
        return None
    text = re.sub(_BETWEEN, "", text)
    if (group := _ONE_GROUP.fullmatch(text)) and decimal is not None and group[1] != decimal:
        return float(text.replace(group[1], ""))
    signs = re.findall("[.,]", text)
    if len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
        return float(text.replace(signs[0], "").replace(signs[-1], "."))
    if len(signs) > 1:
        return float(text.replace(signs[0], "")) if len(set(signs)) == 1 else None
    return float(text.replace(",", "."))


def both_readings(cell: Cell) -> tuple[float, float] | None:
    """The two numbers that a cell such as 1.200 may mean, the smaller first; None if it means one."""
    text = cell.strip().removesuffix("%").strip() if isinstance(cell, str) else ""
    group = _ONE_GROUP.fullmatch(text)
    return (float(text.replace(",", ".")), float(text.replace(group[1], ""))) if group else None


def decimal_signs(cells: Iterable[Cell]) -> set[str]:
    """Which signs stand before decimals without a doubt in these cells."""
    found = set()
    for cell in cells:
        if not isinstance(cell, str):
            continue
        text = re.sub(_BETWEEN, "", cell.strip().removesuffix("%").strip())
        if len(text) > 30 or not _NUMBER.fullmatch(text):
            continue
        signs = re.findall("[.,]", text)
        if len(signs) == 1 and not _ONE_GROUP.fullmatch(text):
            found.add(signs[0])
        elif len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
            found.add(signs[-1])
        elif len(signs) > 1 and len(set(signs)) == 1:
            found.add("," if signs[0] == "." else ".")
    return found


def numbers_of(
    file: str,
    heading: str,
    cells: list[Cell],
    plausible: Callable[[float], bool],
    elsewhere: set[str],
    choices: Choices,
) -> list[float | None]:
    """The numbers of a column; None where a cell is empty or holds something else.

    A number such as 1.200 is read as the others of the column, else of the file, tell, or as the one of its two
    readings that is plausible.

    Args:
        file: for messages.
        heading: of the column.
        cells: of the column.
        plausible: whether a number can stand there.
        elsewhere: signs before decimals in the rest of the file.
        choices: may hold file.decimal.

    Raises:
        Undecided: both readings are possible.
    """
    signs = decimal_signs(cells)
    told = choices.text("file", "decimal", (".", ","))
    sign = told or (next(iter(signs)) if len(signs) == 1 else None)
    sign = sign or (next(iter(elsewhere)) if not signs and len(elsewhere) == 1 else None)
    if sign is None:
        for cell in cells:
            if not isinstance(cell, str) or not (group := _ONE_GROUP.fullmatch(cell.strip().removesuffix("%"))):
                continue
            both = [number(cell, mark) for mark in ".,"]
            fitting = [value for value in both if value is not None and plausible(value)]
            if len(fitting) == 2:
                small, large = sorted(fitting)
                other = "," if group[1] == "." else "."
                question = f'column {shortened(heading)}: "{cell.strip()}" is {small:g} or {large:,.0f}.'
                readings = (Reading(group[1], f"it is {small:g}"), Reading(other, f"it is {large:,.0f}"))
                raise Undecided(file, question, "file.decimal", readings)
            if fitting:
                sign = "." if both.index(fitting[0]) == 0 else ","
    return [None if is_missing(cell) else number(cell, sign) for cell in cells]
