"""Reads ratings in cells: "4 - exceeds", "3/5", stars, marks such as "2+"."""

import re
from collections.abc import Sequence

from sim.scenario.people_files.columns import scale_out_of
from sim.scenario.people_files.grid import Cell
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.rating_scale import STARS, RatingScale
from sim.scenario.people_files.said_scale import best_end, worth
from sim.scenario.people_files.words import is_missing

_OUT_OF = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|out of|von|sur|de)\s*(\d{1,3})", re.I)

_STARS = re.compile(r"([★⭐]+|\*+)[☆ ]*")

_POINT = re.compile(r"\s*(\d+(?:[.,]\d+)?)(?:\s*[-–—:=(.)/|]\s*|\s+)([^\W\d].*)")

_POINT_BEHIND = re.compile(r"([^\W\d][^()\d]*?)\s*[-–—:=(\[/|]\s*(\d{1,3}(?:[.,]\d+)?)\s*[)\]]?\s*")
"""Such as "4 - exceeds expectations" and "exceeds expectations (4)"."""

_MARK = re.compile(r"([1-6])(?:[.,]0)?\s*([+-]?)|([1-6])\s*[-–/]\s*([1-6])")
"""A mark as teachers write it: "2", "2+" (a little better), "2-", "1-2" (between the two)."""

LONGEST_CELL = 200

STEP = 0.3
"""What a sign behind a mark is worth."""


def mark(cell: Cell) -> tuple[Cell, str]:
    """A mark without its sign, and the sign; another cell as it is."""
    found = _MARK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        return cell, ""
    if found[1]:
        return found[1], found[2]
    return (f"{(int(found[3]) + int(found[4])) / 2:g}", "") if int(found[4]) - int(found[3]) == 1 else (cell, "")


def with_signs(cells: Sequence[Cell], everybody: Sequence[Cell]) -> list[tuple[Cell, str]]:
    """Marks and their signs, if all cells are marks and some have a sign or are between two; else nothing."""
    texts = [cell for cell in (*cells, *everybody) if not is_missing(cell)]
    all_marks = all(isinstance(cell, float) or number(mark(cell)[0]) is not None for cell in texts)
    signed = any(isinstance(cell, str) and number(cell) is None for cell in texts)
    return [mark(cell) for cell in cells] if all_marks and signed else []


def nudged(value: float, sign: str, scale: RatingScale) -> float:
    """A mark with its sign: a little nearer to the best for "+", and to the worst for "-", but not beyond."""
    towards = {"+": scale.last, "-": scale.first}.get(sign)
    if towards is None or towards == value:
        return value
    return value + min(STEP, abs(towards - value)) * (1 if towards > value else -1)


def best_by_words(cells: Sequence[Cell]) -> str | None:
    """Which end is the best by cells such as "1 - sehr gut" or "exceeds (4)", or None."""
    points = []
    for cell in cells:
        if isinstance(cell, str) and len(cell) < LONGEST_CELL:
            ahead, behind = _POINT.fullmatch(cell), _POINT_BEHIND.fullmatch(cell)
            pair = (ahead[1], ahead[2]) if ahead else (behind[2], behind[1]) if behind else ("", "")
            value = worth(pair[1]) if pair[0] else None
            if value is not None:
                points.append((float(pair[0].replace(",", ".")), value))
    return best_end(points)


def point(cell: Cell) -> Cell:
    """The number of a rating such as "4 - exceeds expectations"; else the cell."""
    if not isinstance(cell, str) or len(cell) >= LONGEST_CELL:
        return cell
    if stars := _STARS.fullmatch(cell.strip()):
        return str(len(stars[1]))
    if behind := _POINT_BEHIND.fullmatch(cell):
        return behind[2]
    found = _OUT_OF.fullmatch(cell.strip()) or _POINT.fullmatch(cell)
    return found[1] if found else cell


def out_of(cells: Sequence[Cell]) -> str | None:
    """The scale of ratings such as "3/5", if all are out of as many points, or of one to five stars."""
    there = [cell.strip() for cell in cells if isinstance(cell, str) and not is_missing(cell)]
    if there and all(_STARS.fullmatch(cell) and len(cell) <= STARS for cell in there):
        return scale_out_of(STARS)
    tops = {found[2] if (found := _OUT_OF.fullmatch(cell)) else "" for cell in there}
    return scale_out_of(int(top)) if len(tops) == 1 and (top := tops.pop()) else None
