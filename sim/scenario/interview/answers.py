"""Reads answers as people write them: "12", "3-5", "60%", "between 10 and 14", "?" for no idea."""

import re
from collections.abc import Callable
from typing import NamedTuple

from sim.scenario.problems import InputError, nearest, shortened
from sim.scenario.scales import HIGHEST, LOWEST, as_share

NO_IDEA = ("?", "no idea", "don't know", "dont know")

WORDS = {
    "not at all": 0.0, "never": 0.0, "none": 0.0, "nobody": 0.0,
    "hardly": 0.25, "a bit": 0.25, "a little": 0.25, "little": 0.25, "rarely": 0.25, "few": 0.25, "low": 0.25,
    "some": 0.5, "sometimes": 0.5, "medium": 0.5, "half": 0.5, "average": 0.5, "moderately": 0.5,
    "much": 0.75, "a lot": 0.75, "often": 0.75, "most": 0.75, "mostly": 0.75, "high": 0.75,
    "very much": 1.0, "always": 1.0, "all": 1.0, "everybody": 1.0, "all the time": 1.0, "fully": 1.0, "very high": 1.0,
}  # fmt: skip
"""Words for the points of a scale from 1 to 5, as shares."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_CHANGE = re.compile(r"(|[-+\u2212]|up|down|plus|minus)\s*(\d+(?:[.,]\d+)?)\s*%?", re.ASCII)
DOWN, SAME = ("-", "\u2212", "down", "minus"), ("none", "no change", "same", "the same", "unchanged", "stable")
MOST_CHANGE = 100

_BETWEEN = re.compile(r"(?:between|from)\s+(.+?)\s+(?:and|to)\s+(.+)")
_RANGE = re.compile(r"(.+?)\s*(?:\s(?:to|or|until)\s|[-\u2013\u2014])\s*(.+)")


class Guess(NamedTuple):
    """What an answer says: the lowest and the highest value that may be the case; equal where it is sure."""

    low: float
    high: float

    @property
    def best(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    @property
    def sure(self) -> bool:
        """Whether it is one value."""
        return self.low == self.high


def read_rating(text: str, unsure: Guess) -> Guess:
    """How much there is of something, 0-1: in words, as a rating from 1 to 5, in percent, or a range of these.

    Raises:
        InputError: nothing of the kind.
    """
    return read_range(text, unsure, read_share)


def read_number(text: str, least: float, most: float, unsure: Guess, unit: str = "", whole: bool = False) -> Guess:
    """A number, or a range of them, within bounds; the unit may stand behind it.

    Raises:
        InputError: not a number, or outside the bounds.
    """

    def one(part: str) -> float:
        bare = part.removesuffix(unit).strip()
        if _TWO_READINGS.fullmatch(bare):
            both = (float(bare.replace(",", ".")), float(re.sub("[.,]", "", bare)))
            if all(least <= reading <= most for reading in both):
                raise InputError(f'got "{bare}", which is {both[0]:g} or {both[1]:.0f}. Write one of these.')
        value = plain_number(bare)
        if value is None or not least <= value <= most or (whole and not value.is_integer()):
            kind = "a whole number" if whole else "a number"
            named = f" ({unit})" if unit else ""
            allowed = f"{kind} from {least:g} to {most:g}{named}, or a range such as {unsure.low:g}-{unsure.high:g}"
            raise InputError(f'got "{shortened(part)}"; allowed is {allowed}.')
        return value

    return read_range(text, unsure, one)


def read_change(text: str, unsure: Guess) -> Guess:
    """A change in percent: -5, 10%, "up 10", "down 3 to 5", "none".

    Raises:
        InputError: nothing of the kind, or more than doubled or lost.
    """

    def one(part: str) -> float:
        words = part.removesuffix("%").strip()
        found = _CHANGE.fullmatch(words)
        value = 0.0 if words in SAME else plain_number(found[2]) if found else None
        if value is None or value > MOST_CHANGE:
            allowed = (
                f"a change from -{MOST_CHANGE} to {MOST_CHANGE} percent, such as -5, 0 or up 10; a range; ? for no idea"
            )
            raise InputError(f'got "{shortened(part)}"; allowed is {allowed}.')
        return -value if found and found[1] in DOWN else value

    return read_range(text, unsure, one)


def read_range(text: str, unsure: Guess, one: Callable[[str], float]) -> Guess:
    """An answer or a range of answers, each of which `one` turns into a number.

    Raises:
        InputError: as `one` does.
    """
    asked = " ".join(text.strip().lower().split())
    if asked in NO_IDEA:
        return unsure
    found = _BETWEEN.fullmatch(asked) or _RANGE.fullmatch(asked)
    if found is None:
        value = one(asked)
        return Guess(value, value)
    first, second = found[1].strip(), found[2].strip()
    if second.endswith("%") and _NUMBER.fullmatch(first):
        first += "%"  # 80-90%
    ends = sorted((one(first), one(second)))
    return Guess(ends[0], ends[1])


def read_share(part: str) -> float:
    """A word, a rating from 1 to 5, or a share in percent, as a share, 0-1.

    Raises:
        InputError: nothing of the kind.
    """
    if part in WORDS:
        return WORDS[part]
    percent = part.endswith("%")
    value = plain_number(part.removesuffix("%").strip())
    if value is not None and percent and value <= 100:
        return value / 100
    if value is not None and not percent and LOWEST <= value <= HIGHEST:
        return as_share(value)
    if value is not None and 0 < value < 1:
        raise InputError(f'got "{part}"; write it as {100 * value:g}%, or rate it from 1 to 5.')
    meant = nearest(part, WORDS)
    question = f'; did you mean "{meant}"?' if meant else "."
    allowed = (
        "not at all, a bit, some, much, very much; 1 to 5; a share such as 60%; a range such as 3-5; ? for no idea"
    )
    raise InputError(f'cannot read "{shortened(part)}"{question} Allowed are: {allowed}.')


def plain_number(text: str) -> float | None:
    """A number with a decimal point or comma; 1,200 could be either and is none."""
    if not _NUMBER.fullmatch(text) or re.fullmatch(r"\d+,\d{3}", text):
        return None
    return float(text.replace(",", "."))
