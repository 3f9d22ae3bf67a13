"""Reads what a heading, a remark or a rating says about a scale: its ends, and whether the low end is the best."""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sim.scenario.people_files.words import folded, group, parts, table

LOW, HIGH, UNCLEAR = "low", "high", "unclear"
"""Which end is the best; or that something is said of it that nobody here understands."""

_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3})(?![\d.,]*\d)", re.ASCII)
_BETWEEN = re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3})\s*(?:\([^()\d]*\)\s*)?(?:-|–|—|_|\.\.+|to|bis|through|à|a|hasta)\s*(\d{1,3})(?![\d.,]*\d)", re.I | re.ASCII)  # fmt: skip # noqa: E501
_NUMBER_EQUALS, _EQUALS_AT_THE_END = re.compile(r"\d\s*[=:]"), re.compile(r"[=:]\s*\(?$")
_EQUALS = re.compile(r"\d\s*=|=\s*\d")

LONGEST_PHRASE = 6
"""Words that name one point of a scale, at most."""


class SaidScale(NamedTuple):
    """What is said: the lowest and the highest point, and which of them is the best; None for what is not said."""

    low: int | None = None
    high: int | None = None
    best: str | None = None

    @property
    def name(self) -> str | None:
        """The scale as it is declared, such as "1-5", or "6-1" where 1 is the best; None without both ends."""
        if self.low is None or self.high is None:
            return None
        return f"{self.high}-{self.low}" if self.best == LOW else f"{self.low}-{self.high}"


@cache
def said_scale(text: str) -> SaidScale | None:
    """What a text says of a scale, such as "(1-6, 1 = sehr gut)", "1=best, 5=worst" or "lower is better"."""
    text = re.sub(r"[,;](?=\d\s*[=:])", ", ", text)
    points = _points(text)
    low = high = None
    for found in _BETWEEN.finditer(text):
        ends = sorted((int(found[1]), int(found[2])))
        if ends[0] <= 1 < ends[1]:
            low, high = ends
            break
    if (
        low is None
        and len(points) > 1
        and min(points)[0] <= 1
        and {worth > MIDDLE for _, worth in points} == {True, False}
    ):
        low, high = min(points)[0], max(points)[0]
    best = best_end(points, low, high) or _in_a_sentence(text)
    if best is None and (_EQUALS.search(text) or _one_of(folded(text), group("unclear_scale"))):
        best = UNCLEAR
    return SaidScale(low, high, best) if high is not None or best else None


def best_end(points: Sequence[tuple[float, float]], low: float | None = None, high: float | None = None) -> str | None:
    """Which end of a scale is the best, by some of its points and what these are worth (0-1); None if they differ."""
    told = dict(sorted(points))
    if len(told) > 1 and len(set(told.values())) > 1:
        worths = list(told.values())
        rising, falling = worths == sorted(worths), worths == sorted(worths, reverse=True)
        return HIGH if rising else LOW if falling else None
    number, value = next(iter(told.items()), (MIDDLE, MIDDLE))
    if len(told) != 1 or value == MIDDLE:
        return None
    at_low = number <= 1 if low is None or high is None else number < (low + high) / 2
    if not at_low and high is None and number < UNSURE_BELOW:
        return None
    return LOW if at_low == (value > MIDDLE) else HIGH


MIDDLE = 0.5
UNSURE_BELOW = 3
"""Where only one point is told and no end of the scale, 1 is at the low end, and 3 and more at the high one."""


@cache
def worth(text: str) -> float | None:
    """How good a rating in words is, 0-1; None for words that say nothing of it, or good and bad."""
    words = [word for word in parts(text) if not word.isdigit()]
    found: list[float] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            value = _worths().get("".join(words[place : place + length]))
            if value is not None:
                if place and words[place - 1] in group("not"):
                    return None
                found.append(value)
                place += length
                break
        else:
            place += 1
    if not found or min(found) < MIDDLE < max(found):
        return None
    return sum(found) / len(found)


@cache
def _worths() -> dict[str, float]:
    """What each word or phrase is worth: its mean place on the scales of words that have it."""
    places: dict[str, list[float]] = {}
    for scale in table()["ratings"]:
        for place, words in enumerate(scale["points"]):
            for word in words:
                places.setdefault(folded(word), []).append(place / (len(scale["points"]) - 1))
    values = {word: sum(those) / len(those) for word, those in places.items() if not min(those) < MIDDLE < max(those)}
    return dict.fromkeys(group("best"), 1.0) | dict.fromkeys(group("worst"), 0.0) | values


def _points(text: str) -> list[tuple[int, float]]:
    """Numbers and what the words beside them are worth; the words follow them, or stand before them ("best = 1")."""
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return []
    gaps = [text[: numbers[0].start()]]
    gaps += [text[one.end() : other.start()] for one, other in itertools.pairwise(numbers)]
    gaps.append(text[numbers[-1].end() :])
    named = [""] * len(numbers)
    for place, gap in enumerate(gaps):
        behind, ahead = _shared(gap)
        if place > 0:
            named[place - 1] += f" {behind}"
        if place < len(numbers):
            named[place] += f" {ahead}"
    if worth(gaps[-1]) is None and worth(gaps[0]) is not None and not _NUMBER_EQUALS.search(text):
        named = gaps[:-1]  # "best 1, worst 5"
    return [
        (int(one[1]), value) for one, words in zip(numbers, named, strict=True) if (value := worth(words)) is not None
    ]


def _shared(gap: str) -> tuple[str, str]:
    """Words between two numbers: those of the first, and those of the second, as "best = 1" has them."""
    if not _EQUALS_AT_THE_END.search(gap):
        return gap, ""
    parts_of_gap = re.split(r"[,;]", gap)
    return ("", gap) if len(parts_of_gap) == 1 else (" ".join(parts_of_gap[:-1]), parts_of_gap[-1])


def _in_a_sentence(text: str) -> str | None:
    said = folded(text)
    if _one_of(said, group("lower_is_better")):
        return LOW
    return HIGH if _one_of(said, group("higher_is_better")) else None


def _one_of(text: str, phrases: Iterable[str]) -> bool:
    return any(phrase in text for phrase in phrases)
