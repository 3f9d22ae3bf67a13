"""A firm's past by week, month or quarter: headcount, people who left, surveys and sales."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.scenario.problems import InputError

WEEKS = {"week": 1.0, "month": 52 / 12, "quarter": 13.0}
"""Weeks of each kind of period."""

FEWEST = {"week": 13, "month": 6, "quarter": 4}
"""Periods that it takes; with fewer there is nothing to learn from and nothing to test on."""

LEAST = 3
"""Values that a column needs to be looked at."""

LONGEST = 520
"""Weeks that a history may cover: what was ten years ago was another firm."""

SURVEYS = ("morale", "commitment", "strain", "trust")
"""What a survey asks for, and the metric of the model that stands for it."""

WORK = ("output", "revenue")

COUNTS = ("headcount", "hired", "left")


class Series(NamedTuple):
    """One column: what it is, how it is headed, and its values; NaN where the cell is empty.

    Survey means are on the file's own scale from `low` to `high`; everything else in the file's own unit.
    """

    name: str
    heading: str
    values: tuple[float, ...]
    low: float = 0.0
    high: float = 1.0

    @property
    def is_survey(self) -> bool:
        """Whether it is the mean of a survey."""
        return self.name in SURVEYS

    @property
    def shares(self) -> tuple[float, ...]:
        """A survey's means as shares of its scale, 0-1."""
        return tuple((value - self.low) / (self.high - self.low) for value in self.values)


class History(NamedTuple):
    """A firm's past: the kind of period, the periods as the file calls them, in order, and the columns by name."""

    path: Path
    every: str
    labels: tuple[str, ...]
    series: dict[str, Series]

    @property
    def ends(self) -> tuple[int, ...]:
        """The last week of each period, when weeks are counted from 1."""
        return tuple(round((place + 1) * WEEKS[self.every]) for place in range(len(self.labels)))

    @property
    def people_now(self) -> float:
        """How many are there after the last period; NaN if the file does not tell."""
        if "headcount" not in self.series:
            return math.nan
        last = self.series["headcount"].values[-1]
        return last + self._change(len(self.labels) - 1) if self._at_beginning else last

    def _change(self, place: int) -> float:
        came, left = (self.series[name].values[place] if name in self.series else 0.0 for name in ("hired", "left"))
        return (0.0 if math.isnan(came) else came) - (0.0 if math.isnan(left) else left)

    @property
    def _at_beginning(self) -> bool:
        """Whether headcounts are of the first day of a period, which is what fits the comings and goings better."""
        if "hired" not in self.series or "left" not in self.series:
            return False
        return self.misfits(1) < self.misfits(0)

    def misfits(self, late: int) -> float:
        """By how many people headcounts depart from comings and goings; `late` is 1 for those of the first day."""
        return sum(abs(off) for _, off in self._off(late))

    def _off(self, late: int) -> Iterator[tuple[int, float]]:
        counts = self.series["headcount"].values
        for place in range(1, len(counts)):
            off = counts[place] - counts[place - 1] - self._change(place - late)
            yield place, 0.0 if math.isnan(off) else off

    def contradiction(self) -> str:
        """The first place where headcounts and comings and goings do not go together, in words, or nothing."""
        if not {"headcount", "hired", "left"} <= set(self.series):
            return ""
        late = int(self._at_beginning)
        for place, off in self._off(late):
            counts = self.series["headcount"].values
            if abs(off) > max(1.0, TOLERATED * counts[place]):
                came, left = (self.series[name].values[place - late] for name in ("hired", "left"))
                return (
                    f"{self.labels[place]}: headcount is {counts[place]:g} after {counts[place - 1]:g}, but {came:g}"
                    f" came and {left:g} left, which makes {counts[place] - off:g}. Correct one of them, or take out"
                    " the column that is not reliable."
                )
        return ""


TOLERATED = 0.05
"""Share of a headcount by which it may depart from comings and goings, as lists from two systems do."""


def against_scenario(history: History, people: int, scenario: str) -> None:
    """See that a history ends with as many people as the scenario begins with, and that no more left than there were.

    Raises:
        InputError: it ends with clearly more or fewer; without headcounts, more left in a period than there are people.
    """
    if "left" in history.series and "headcount" not in history.series:
        _check_leavers(history, people, scenario)
    now = history.people_now
    if not math.isnan(now) and abs(now - people) > max(2.0, 0.15 * people):
        raise InputError(
            f"{history.path}: ends with {now:g} people after {history.labels[-1]}, but {scenario} begins with {people}."
            " Give the roster of that time with --roster, or the history of the same people."
        )


def _check_leavers(history: History, people: int, scenario: str) -> None:
    for place, left in enumerate(history.series["left"].values):
        came = history.series["hired"].values[place] if "hired" in history.series else 0.0
        if left > people + (0.0 if math.isnan(came) else came):
            raise InputError(
                f"{history.path}: {history.labels[place]}: {left:g} left, but {scenario} has {people} people and the"
                " history no headcount. Correct the number, or add a column headcount."
            )
