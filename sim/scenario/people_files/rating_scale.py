"""A scale of ratings, by its ends or by its words, and which ratings it fits. The best may be the lower end.

A scale is found where nothing else is likely: with as many people as there are, somebody would have a rating above it
if the scale went on (taken: 15% above 4 of 5, 35% above 5 of 7 or 7 of 10; sure from 1% on). Otherwise both are named.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sim.scenario.people_files.grid import Cell, shown
from sim.scenario.people_files.said_scale import LOW
from sim.scenario.people_files.words import folded, table
from sim.scenario.problems import InputError, listed, shortened

ZERO_BASED, ONE_BASED = ((0, 4), (0, 5), (0, 10), (0, 100)), ((1, 4), (1, 5), (1, 7), (1, 10), (0, 100))

MARKS = (1, 6)
"""A scale that whole numbers above 5 may stand on as well."""

SURE_FROM = {4: 28, 5: 11, 6: 28, 7: 11, 10: 3, 100: 1}
"""People from whom on nobody above the highest point means that it is the highest, by that point."""

BOTH_ENDS_FROM = 5
"""People from whom on ratings at both ends of a scale tell it."""

NONE = "none"
"""Declares that a column is not to be used."""

_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)")


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
        return (value - self.first) / (self.last - self.first) + 0.0  # and not -0


def turned(name: str, best: str | None) -> str:
    """A scale with the best end last: "1-6" as "6-1" where the low end is the best."""
    if best is None or not _RANGE.fullmatch(name):
        return name
    low, high = ends(name)
    return f"{high:g}-{low:g}" if best == LOW else f"{low:g}-{high:g}"


def ends(name: str) -> tuple[float, float]:
    """The lower and the higher end of a scale by its name; both 0 for one by words."""
    found = _RANGE.fullmatch(name.strip())
    first, last = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return min(first, last), max(first, last)


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
    for known in word_scales():
        if folded(known.name) == folded(text):
            return known
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) >= 2:
        return RatingScale(text, points=tuple(frozenset({folded(word)}) for word in words))
    allowed = f"ends such as 1-5 (6-1 where 1 is best), words from low to high such as C,B,A, {NONE}"
    raise InputError(f'got "{shortened(text)}"; allowed are {allowed}, or {listed(one.name for one in word_scales())}.')


def fitting(numbers: Sequence[float]) -> list[str]:
    """The scales that ratings are likely to stand on; one, where there is no doubt."""
    low, high = min(numbers), max(numbers)
    if low < 0 or high > 100:
        return []
    whole = all(value.is_integer() for value in numbers)
    if high <= 1:
        return ["0-1"] if not whole else ["0-1", "1-5"] if low == 1 else []  # 0 and 1 alone are a flag, and no ratings
    usual: tuple[tuple[int, int], ...] = ONE_BASED if low >= 1 else ZERO_BASED
    if low >= 1 and 5 < high <= LOWEST_MARK and all((2 * value).is_integer() for value in numbers):
        usual = (MARKS, *ONE_BASED)
    containing = [scale for scale in usual if scale[1] >= high]
    (bottom, top), more = containing[0], containing[1:]
    names = [f"{first}-{last}" for first, last in (containing[0], *more[: 2 if low == high else 1])]
    if low == high and top < 100:
        return names
    both_ends = low == bottom and high == top and len(numbers) >= BOTH_ENDS_FROM
    nobody_above = len(numbers) >= SURE_FROM[top] and (top > 4 or (high == top and whole))
    return names[:1] if both_ends or nobody_above else names


def percent_of(name: str, value: float) -> str:
    """What a rating means on a scale, for messages."""
    share = scale_named(name).share("", value)
    return f"{100 * (share or 0):.0f}%"


@cache
def word_scales() -> tuple[RatingScale, ...]:
    """The scales by words that are known (words.toml)."""
    return tuple(
        RatingScale(entry["name"], points=tuple(frozenset(map(folded, words)) for words in entry["points"]))
        for entry in table()["ratings"]
    )


def are_words_of_a_scale(texts: Sequence[str]) -> bool:
    """Whether words, two or more different ones, all stand on one of the scales that are known."""
    words = {folded(text) for text in texts}
    return len(words) > 1 and any(words <= frozenset().union(*scale.points) for scale in word_scales())


STARS = 5

LOWEST_MARK = 6
"""Of German schools, where 1 is the best."""
