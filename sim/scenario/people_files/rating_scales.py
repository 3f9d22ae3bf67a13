"""Scales that ratings stand on: declared, told by a heading, or found from the column; and ratings as shares, 0-1.

A scale is found where nothing else is likely: with as many people as there are, somebody would have a rating above it
if the scale went on (taken: 15% above 4 of 5, 35% above 5 of 7 or 7 of 10; sure from 1% on). Otherwise both are named.
"""

import re
from collections.abc import Sequence
from functools import cache
from statistics import median
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import scale_out_of
from sim.scenario.people_files.grid import Cell, Row, shown
from sim.scenario.people_files.numbers import number, numbers_of
from sim.scenario.people_files.words import folded, group, is_missing, parts, table
from sim.scenario.problems import Fault, InputError, listed, shortened

ZERO_BASED, ONE_BASED = ((0, 4), (0, 5), (0, 10), (0, 100)), ((1, 4), (1, 5), (1, 7), (1, 10), (0, 100))
SURE_FROM = {4: 28, 5: 11, 7: 11, 10: 3, 100: 1}
"""People from whom on nobody above the highest point means that it is the highest, by that point."""

BOTH_ENDS_FROM = 5
"""People from whom on ratings at both ends of a scale tell it."""

_OUT_OF = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|out of|von|sur|de)\s*(\d{1,3})", re.I)
_STARS = re.compile(r"([★⭐]+|\*+)[☆ ]*")

NONE = "none"
"""Declares that a column is not to be used."""

_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)")
_POINT = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*[-–:=(.)]\s*[^\W\d].*")
"""Such as "4 - exceeds expectations"."""


class RatingScale(NamedTuple):
    """A scale by its ends, where `first` may be the higher number; or by words from the lowest to the highest."""

    name: str
    first: float = 0.0
    last: float = 1.0
    points: tuple[frozenset[str], ...] = ()

    def share(self, cell: Cell, value: float | None) -> float | None:
        """A rating as a share of the scale, or None where it is not on it."""
        if self.points:
            place = next((place for place, words in enumerate(self.points) if folded(shown(cell)) in words), None)
            return None if place is None else place / (len(self.points) - 1)
        if value is None or not min(self.first, self.last) <= value <= max(self.first, self.last):
            return None
        return (value - self.first) / (self.last - self.first)


class Rated(NamedTuple):
    """A column as shares, 0-1, None where there is no rating; the scale; and how that is known."""

    shares: list[float | None]
    scale: str
    known_by: str


def read_ratings(
    file: str, heading: str, meaning: str, rows: Sequence[Row], everybody: Sequence[Row], place: int, told: str | None,
    signs: set[str], choices: Choices,
) -> Rated | None:  # fmt: skip
    """A column of ratings, or None where nobody is rated or the column is not to be used.

    Args:
        file: for messages.
        heading: of the column.
        meaning: what is rated.
        rows: of the people.
        everybody: all rows, which tell more of the scale: those of people who left as well.
        place: of the column.
        told: the scale that the heading names, such as "1-5".
        signs: signs before decimals in the file.
        choices: may hold scales.<meaning>.

    Raises:
        InputError: ratings that are not on the scale.
        Undecided: more than one scale is likely.
    """
    cells = [_point(row.cells[place]) for row in rows]
    there = [cell for cell in cells if not is_missing(cell)]
    in_cells = None if told else _out_of([row.cells[place] for row in everybody])
    told = told or in_cells
    declared = _declared(meaning, choices)
    if not there or (declared is not None and declared.name == NONE):
        return None
    wordy = sum(number(cell) is None for cell in there) > len(there) / 2
    values: list[float | None] = [None] * len(cells)
    if not wordy:
        values = numbers_of(file, heading, cells, lambda value: 0 <= value <= 100, signs, choices)
    numbers = [value for value in values if value is not None]
    percent = any(isinstance(cell, str) and cell.strip().endswith("%") for cell in there)
    if declared is not None:
        scale, known_by = declared, "declared"
    elif told is not None and not wordy:
        scale, known_by = scale_named(told), f"named in the {'cells' if in_cells else 'heading'}"
    elif percent and all(isinstance(cell, str) and cell.strip().endswith("%") for cell in there):
        scale, known_by = scale_named("0-100"), "percent signs"
    elif wordy:
        scale, known_by = _of_words(file, heading, meaning, there), f"found: {_words(there)}"
    else:
        all_cells = [_point(row.cells[place]) for row in everybody]
        more = [value for cell in all_cells if not is_missing(cell) and (value := number(cell)) is not None]
        numbers = more if set(numbers) <= set(more) else numbers
        low, high = min(numbers), max(numbers)
        if any(part in group("marks") for part in parts(heading)) and low >= 1 and high <= LOWEST_MARK:
            raise _marks(file, heading, meaning, high)
        _check_outliers(file, heading, meaning, rows, cells, values)
        scale = _found(file, heading, meaning, numbers)
        known_by = f"found: from {low:g} to {high:g}"
    shares = [None if is_missing(cell) else scale.share(cell, value) for cell, value in zip(cells, values, strict=True)]
    other = next((f"{low}-{high}" for low, high in ONE_BASED if high >= max(numbers, default=0) > scale.last), "1-7")
    wrong = [
        Fault(file, f"row {row.number}, column {shortened(heading)}", _off(cell, scale, known_by, meaning, other))
        for row, cell, share in zip(rows, cells, shares, strict=True) if share is None and not is_missing(cell)
    ]  # fmt: skip
    if wrong:
        raise InputError.listing(wrong)
    choices.keep("scales", meaning, scale.name)
    return Rated(shares, scale.name, known_by)


@cache
def scale_named(text: str) -> RatingScale:
    """A scale by its ends ("1-5"; "6-1" where 1 is best), by the name of a list of words, or by words in order.

    Raises:
        InputError: nothing of the kind.
    """
    if found := _RANGE.fullmatch(text.strip()):
        first, last = float(found[1]), float(found[2])
        if first != last:
            return RatingScale(text.strip(), first, last)
    for known in _word_scales():
        if folded(known.name) == folded(text):
            return known
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) >= 2:
        return RatingScale(text, points=tuple(frozenset({folded(word)}) for word in words))
    allowed = f"ends such as 1-5 (6-1 where 1 is best), words from low to high such as C,B,A, {NONE}"
    raise InputError(
        f'got "{shortened(text)}"; allowed are {allowed}, or {listed(one.name for one in _word_scales())}.'
    )


def fitting(numbers: Sequence[float]) -> list[str]:
    """The scales that ratings are likely to stand on; one, where there is no doubt."""
    low, high = min(numbers), max(numbers)
    if low < 0 or high > 100:
        return []
    whole = all(value.is_integer() for value in numbers)
    if high <= 1:
        return ["0-1"] if not whole else ["0-1", "1-5"] if low == 1 else []  # 0 and 1 alone are a flag, and no ratings
    containing = [scale for scale in (ONE_BASED if low >= 1 else ZERO_BASED) if scale[1] >= high]
    (bottom, top), more = containing[0], containing[1:]
    names = [f"{first}-{last}" for first, last in (containing[0], *more[: 2 if low == high else 1])]
    if low == high and top < 100:
        return names
    both_ends = low == bottom and high == top and len(numbers) >= BOTH_ENDS_FROM
    nobody_above = len(numbers) >= SURE_FROM[top] and (top > 4 or (high == top and whole))
    return names[:1] if both_ends or nobody_above else names


def _declared(meaning: str, choices: Choices) -> RatingScale | None:
    value = choices.given.get("scales", {}).get(meaning)
    if value is None:
        return None
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    if text == NONE:
        return RatingScale(NONE)
    try:
        return scale_named(text)
    except InputError as error:
        raise InputError(f"{choices.source}: scales.{meaning}: {error}") from None


def _found(file: str, heading: str, meaning: str, numbers: Sequence[float]) -> RatingScale:
    names = fitting(numbers)
    low, high = min(numbers), max(numbers)
    if not names:
        text = f"column {shortened(heading)}: from {low:g} to {high:g}, which is no scale of ratings that is known."
        raise InputError(f"{file}: {text} Name it: --set scales.{meaning}=0-200, or {NONE} to leave the column out.")
    if len(names) > 1:
        readings = [Reading(name, f"{high:g} means {_percent(name, high)} of what is possible") for name in names]
        readings.append(Reading(NONE, "leave the column out"))
        question = f"column {shortened(heading)}: which scale? {len(numbers)} ratings from {low:g} to {high:g}."
        raise Undecided(file, question, f"scales.{meaning}", readings)
    return scale_named(names[0])


def _percent(name: str, value: float) -> str:
    share = scale_named(name).share("", value)
    return f"{100 * (share or 0):.0f}%"


@cache
def _word_scales() -> tuple[RatingScale, ...]:
    return tuple(
        RatingScale(entry["name"], points=tuple(frozenset(map(folded, words)) for words in entry["points"]))
        for entry in table()["ratings"]
    )


def _of_words(file: str, heading: str, meaning: str, cells: Sequence[Cell]) -> RatingScale:
    words = {folded(shown(cell)) for cell in cells}
    able = [scale for scale in _word_scales() if words <= frozenset().union(*scale.points)]
    whole = [scale for scale in able if all(words & point for point in scale.points)]
    if not able:
        text = f"column {shortened(heading)}: its words are no known scale: {_words(cells)}."
        order = ",".join(dict.fromkeys(shown(cell) for cell in cells[:200]))
        example = f"--set 'scales.{meaning}={shortened(order)}' with the lowest first"
        raise InputError(f"{file}: {text} Say what they mean: {example}, or {NONE} to leave the column out.")
    best = sorted(whole, key=lambda scale: len(scale.points))[-1:] or able
    if len(best) > 1:
        readings = [
            Reading(
                scale.name, ", ".join(f"{word} {100 * (scale.share(word, None) or 0):.0f}%" for word in sorted(words))
            )
            for scale in best
        ]
        question = f"column {shortened(heading)}: how much do its words mean? ({_words(cells)})"
        raise Undecided(file, question, f"scales.{meaning}", readings)
    return best[0]


def _words(cells: Sequence[Cell]) -> str:
    return listed([shortened(word, 30) for word in dict.fromkeys(shown(cell) for cell in cells)], 7)


def _point(cell: Cell) -> Cell:
    """The number of a rating such as "4 - exceeds expectations"; else the cell."""
    if not isinstance(cell, str) or len(cell) >= 200:
        return cell
    if stars := _STARS.fullmatch(cell.strip()):
        return str(len(stars[1]))
    found = _OUT_OF.fullmatch(cell.strip()) or _POINT.fullmatch(cell)
    return found[1] if found else cell


def _out_of(cells: Sequence[Cell]) -> str | None:
    """The scale of ratings such as "3/5", if all are out of as many points, or of one to five stars."""
    there = [cell.strip() for cell in cells if isinstance(cell, str) and not is_missing(cell)]
    if there and all(_STARS.fullmatch(cell) and len(cell) <= STARS for cell in there):
        return scale_out_of(STARS)
    tops = {found[2] if (found := _OUT_OF.fullmatch(cell)) else "" for cell in there}
    return scale_out_of(int(top)) if len(tops) == 1 and (top := tops.pop()) else None


STARS = 5
LOWEST_MARK = 6
"""Of German schools, where 1 is the best."""


def _check_outliers(
    file: str, heading: str, meaning: str, rows: Sequence[Row], cells: Sequence[Cell], values: Sequence[float | None]
) -> None:
    """Raise InputError if a few numbers beyond 10 would make a scale up to 100 of ratings that are mostly below."""
    there = [value for value in values if value is not None]
    if not there or max(there) <= SMALL or median(there) > SMALL:
        return
    rest = max(value for value in there if value <= SMALL)
    text = f"but most are at most {rest:g}. Correct it, or name the scale: --set scales.{meaning}=0-100."
    raise InputError.listing([
        Fault(file, f"row {row.number}, column {shortened(heading)}", f"got {shown(cell)}, {text}")
        for row, cell, value in zip(rows, cells, values, strict=True) if value is not None and value > SMALL
    ])  # fmt: skip


SMALL = 10
"""The highest point of the usual scales, but for percent."""


def _marks(file: str, heading: str, meaning: str, high: float) -> Undecided:
    top = 5 if high <= 5 else LOWEST_MARK
    readings = (Reading(f"{LOWEST_MARK}-1", "1 is the best, as in German schools"),
                Reading(f"1-{top}", f"{top} is the best"), Reading(NONE, "leave the column out"))  # fmt: skip
    return Undecided(file, f"column {shortened(heading)}: is 1 the best or the worst?", f"scales.{meaning}", readings)


def _off(cell: Cell, scale: RatingScale, known_by: str, meaning: str, other: str) -> str:
    text = f'got "{shortened(shown(cell))}", which is not on the scale {scale.name} ({known_by.partition(":")[0]}).'
    return f"{text} Correct it, or name another scale, such as --set scales.{meaning}={other}."
