"""How much of a full-time position people have: shares, percent, weekly hours or words."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.grid import Cell, shown
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.words import folded, group, is_missing
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
    values = [None if is_missing(cell) else number(cell, decimal) for cell in cells]
    numbers = [value for value in values if value is not None]
    if not there:
        return FullTime(nothing, "")
    if len(numbers) < len(there):
        return _in_words(cells, choices)
    percent = "%" in heading or any(isinstance(cell, str) and cell.strip().endswith("%") for cell in there)
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


def _in_words(cells: Sequence[Cell], choices: Choices) -> FullTime:
    part = [folded(shown(cell)) in group("part_time") for cell in cells]
    if not any(part):
        return FullTime([None] * len(cells), "")
    told = choices.text("people", "part_time")
    if told is None:
        return FullTime(
            [None] * len(cells),
            f"{sum(part)} of {len(cells)} people, by how much is not said; taken as full-time. If it is known:"
            " --set people.part_time=0.5",
        )
    share = _told(choices, "people", "part_time", told, 1.0)
    shares = [share if one else None for one in part]
    return FullTime(shares, f"{sum(part)} of {len(cells)} people, each with {share:g} of a full-time position")


def _told(choices: Choices, section: str, key: str, text: str, most: float) -> float:
    value = number(text, ".")
    if value is None or not LEAST <= value <= most:
        raise InputError(
            f'{choices.source}: {section}.{key}: got "{shortened(text)}"; allowed is a number from'
            f" {LEAST:g} to {most:g}."
        )
    return value
