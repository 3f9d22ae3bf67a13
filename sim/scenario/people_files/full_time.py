"""Reads how much of a full-time position people have: shares, percent, weekly hours or words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.grid import Cell, shown
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.problems import InputError, shortened

MOST_HOURS, FEWEST_HOURS, USUAL_HOURS = 60, 35, 40
"""Weekly hours: more is percent; where nobody has more than the second, that need not be full-time."""

LEAST, MOST = 0.05, 1.5
"""Shares that a person can have."""


class FullTime(NamedTuple):
    """Each person's share of a full-time position, None where the file does not say it; and how that is known."""

    shares: list[float | None]
    note: str


def read_full_time(file: str, heading: str, cells: Sequence[Cell], decimal: str | None, choices: Choices) -> FullTime:
    """The shares of some people; none where a column says nothing of the kind.

    Raises:
        InputError: a number of hours or a share, in the mapping, that cannot be.
        Undecided: hours of which nobody can tell how many are full-time.
    """
    nothing: list[float | None] = [None] * len(cells)
    there = [cell for cell in cells if not is_missing(cell)]
    plain = [_amount(cell) for cell in cells]
    values = [None if is_missing(cell) else number(cell, decimal) for cell in plain]
    numbers = [value for value in values if value is not None]
    if not there:
        return FullTime(nothing, "")
    if len(numbers) < len(there):
        return _in_words(file, heading, cells, plain, values, choices)
    percent = "%" in heading or any(isinstance(cell, str) and cell.strip().endswith("%") for cell in plain)
    full, unit = _full(file, heading, numbers, percent, choices)
    shares = [None if value is None else value / full for value in values]
    if any(share is not None and not LEAST <= share <= MOST for share in shares):
        return FullTime(nothing, f"{shortened(heading)} was left: from {min(numbers):g} to {max(numbers):g}")
    positions = sum(1.0 if share is None else share for share in shares)
    if positions > 0.99 * len(cells):
        return FullTime(nothing, "")
    return FullTime(shares, f"{positions:.1f} full-time positions for {len(cells)} people, from {heading}{unit}")


def _full(file: str, heading: str, numbers: Sequence[float], percent: bool, choices: Choices) -> tuple[float, str]:
    """What full-time is: 1, 100 percent, or so many hours a week."""
    highest = max(numbers)
    if percent or highest > MOST_HOURS:
        return 100.0, ", in percent"
    if highest <= MOST:
        return 1.0, ""
    told = choices.text("units", "full_time")
    if told is None and highest < FEWEST_HOURS:
        question = f"column {shortened(heading)}: how many hours a week are full-time? From {min(numbers):g} to"
        readings = (
            Reading(f"{USUAL_HOURS}", "all are part-time"),
            Reading(f"{highest:g}", "the longest are full-time"),
        )
        raise Undecided(file, f"{question} {highest:g}.", "units.full_time", readings)
    full = _told(choices, "units", "full_time", told, MOST_HOURS) if told else highest
    choices.keep("units", "full_time", f"{full:g}")
    return full, f", where {full:g} hours are full-time"


_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(%|prozent|percent|pour ?cent|por ?ciento|(?:h|std|stunden|hours|hrs|heures|horas)\b\.?)", re.I)  # fmt: skip # noqa: E501
"""Such as "60 %" in "Teilzeit 60 %", or "20 h" in "part-time (20 h a week)"."""


def _amount(cell: Cell) -> Cell:
    """The share or the hours among the words of a cell; else the cell."""
    if not isinstance(cell, str) or is_missing(cell):
        return cell
    if folded(cell) in group("half_time"):
        return "50%"
    found = {(one[1], one[2]) for one in _AMOUNT.finditer(cell)}
    percent = [amount for amount, unit in found if unit[0].lower() in "%p"]
    amounts = percent or [amount for amount, _ in found]
    if len(amounts) == 1:
        return amounts[0] + ("%" if percent else "")
    return cell


def _in_words(
    file: str, heading: str, cells: Sequence[Cell], plain: Sequence[Cell], values: Sequence[float | None],
    choices: Choices,
) -> FullTime:  # fmt: skip
    """Shares of words, some of which may have a percentage or hours beside them."""
    part = [_begins_with(cell, "part_time") for cell in cells]
    full = [_begins_with(cell, "full_time") for cell in cells]
    percent = [isinstance(cell, str) and cell.endswith("%") for cell in plain]
    hours = [value for value, one in zip(values, percent, strict=True) if value is not None and not one]
    week = _full(file, heading, hours, False, choices)[0] if hours else 1.0
    shares: list[float | None] = [
        (1.0 if whole else None) if value is None else value / (100 if one else week)
        for value, one, whole in zip(values, percent, full, strict=True)
    ]
    if any(share is not None and not LEAST <= share <= MOST for share in shares):
        return FullTime([None] * len(cells), f"{shortened(heading)} was left, as some of it cannot be a share or hours")
    known = [share for share in shares if share is not None]
    open_ = [one and share is None for one, share in zip(part, shares, strict=True)]
    if not any(part) and all(share == 1.0 for share in known):
        return FullTime([None] * len(cells), "")
    told = choices.text("people", "part_time")
    if told is None and any(open_):
        return FullTime(
            [share if share != 1.0 else None for share in shares],
            f"{sum(open_)} of {len(cells)} people, by how much is not said; taken as full-time. If it is known:"
            " --set people.part_time=0.5",
        )
    share = _told(choices, "people", "part_time", told, 1.0) if told else 1.0
    shares = [share if one else given for one, given in zip(open_, shares, strict=True)]
    positions = sum(1.0 if one is None else one for one in shares)
    if not any(open_):
        return FullTime(shares, f"{positions:.1f} full-time positions for {len(cells)} people")
    shares = [None if one == 1.0 else one for one in shares]
    return FullTime(shares, f"{sum(open_)} of {len(cells)} people, each with {share:g} of a full-time position")


def _begins_with(cell: Cell, kind: str) -> bool:
    """Whether a cell is a word for full-time or part-time, or begins with one: "Teilzeit 60 %"."""
    if folded(shown(cell)) in group(kind):
        return True
    words = parts(shown(cell))
    return any("".join(words[:length]) in group(kind) for length in (1, 2))


def _told(choices: Choices, section: str, key: str, text: str, most: float) -> float:
    value = number(text, ".")
    if value is None or not LEAST <= value <= most:
        raise InputError(
            f'{choices.source}: {section}.{key}: got "{shortened(text)}"; allowed is a number from'
            f" {LEAST:g} to {most:g}."
        )
    return value
