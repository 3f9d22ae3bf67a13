"""The numbers of a report: each is kept under a key, scaled to the unit that people read, and rounded."""

import math
from typing import Any, NamedTuple

from sim.scenario.weeks import WEEKS_A_YEAR
from sim.view.sentences import unit_of

NOTHING = 1e-9
"""Widths and sizes below it come from rounding."""


class Key(NamedTuple):
    """Where a number stands: the table of the appendix, what is measured, of which style, which statistic, and when."""

    table: str
    metric: str = ""
    style: str = ""
    statistic: str = ""
    when: str = ""


class Numbers(dict[Key, float]):
    """The numbers of a report by their keys."""

    def put(self, table: str, metric: str, style: str, when: str = "", **statistics: Any) -> None:
        """Keep some statistics of one thing; None becomes NaN, which is shown as not known."""
        for statistic, value in statistics.items():
            self[Key(table, metric, style, statistic, when)] = math.nan if value is None else float(value)

    def of(self, table: str, metric: str = "", style: str = "", statistic: str = "", when: Any = "") -> float:
        """A number that is there; a template that asks for another one is wrong."""
        return self[Key(table, metric, style, statistic, str(when))]


def scale_of(metric: str) -> float:
    """By what a metric is multiplied to be read: shares become points of 100, money of a week that of a year."""
    return {"0-1": 100.0, "share": 100.0, "thousand a week": float(WEEKS_A_YEAR)}.get(unit_of(metric), 1.0)


def is_relative(metric: str) -> bool:
    """Whether a difference is said as a share of today's level: a percentage of a percentage would confuse."""
    return unit_of(metric).startswith("% of full")


def scale_against(metric: str, level: float) -> float:
    """By what a difference from a level is multiplied to be read; no value (NaN) for a share of nothing."""
    if not is_relative(metric):
        return scale_of(metric)
    return 100 / level if level else math.nan


def step_for(low: float, high: float) -> float:
    """The step that a number known to lie between these two is rounded to: 1 or 5 times a power of ten.

    The range holds about four steps or more, so that rounding never tells the ends from each other falsely, and never
    claims more digits than are known.
    """
    width = abs(high - low)
    if not (math.isfinite(width) and width > NOTHING):
        largest = max(abs(low), abs(high))
        return 10.0 ** (math.floor(math.log10(largest)) - 1) if math.isfinite(largest) and largest > NOTHING else 1.0
    power = 10.0 ** math.floor(math.log10(width / 4))
    return power * 5 if width / 4 >= power * 5 else power


def places_of(step: float) -> int:
    """Decimals that a number has which is a multiple of the step."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def rounded(value: float, step: float) -> float:
    """The nearest multiple of the step; exact for steps below one."""
    return round(round(value / step) * step, places_of(step)) + 0.0
