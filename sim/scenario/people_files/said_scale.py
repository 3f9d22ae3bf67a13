"""What a heading, a remark or a rating in words says of a scale: its ends, and whether its low end is the best."""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sim.scenario.people_files.words import folded, group, parts, table

LOW, HIGH = "low", "high"
"""Which end is the best."""

_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3})(?![\d.,]*\d)", re.ASCII)
_BETWEEN = re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3})\s*(?:\([^()\d]*\)\s*)?(?:-|–|—|_|\.\.+|to|bis|through|à|a|hasta)\s*(\d{1,3})(?![\d.,]*\d)", re.I | re.ASCII)  # fmt: skip # noqa: E501
_EQUALS_NUMBER, _NUMBER_EQUALS = re.compile(r"=\s*\d"), re.compile(r"\d\s*[=:]")

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
    before = bool(_EQUALS_NUMBER.search(text)) and not _NUMBER_EQUALS.search(text)
    before = before or (worth(gaps[-1]) is None and worth(gaps[0]) is not None and not _NUMBER_EQUALS.search(text))
    those = zip(numbers, gaps if before else gaps[1:], strict=False)
    return [(int(one[1]), value) for one, gap in those if (value := worth(gap)) is not None]


def _in_a_sentence(text: str) -> str | None:
    said = folded(text)
    if _one_of(said, group("lower_is_better")):
        return LOW
    return HIGH if _one_of(said, group("higher_is_better")) else None


def _one_of(text: str, phrases: Iterable[str]) -> bool:
    return any(phrase in text for phrase in phrases)
