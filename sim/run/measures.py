"""Measures of a run, computed from its weeks: a mean over some weeks, a change, a spread, a recovery."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.metrics import BY_NAME
from sim.model.reduce import over_weeks

type Floats = NDArray[np.float64]

REGAINED = 0.8
"""Share of a loss that has to be made good for a recovery."""

WEEKS_BEFORE = 4
"""Weeks before a span that a recovery is measured against."""


class Measure(NamedTuple):
    """What one run comes to: a metric (or a sum of metrics) over a span of weeks, both included.

    `how`: mean (a metric that is counted as a total: the total), spread (standard deviation over the weeks), recovery
    (weeks until a loss is made good). With `since`, the mean of those earlier weeks is taken away.
    """

    metric: str
    weeks: tuple[int, ...]
    since: tuple[int, ...] | None = None
    how: str = "mean"

    @property
    def column(self) -> str:
        """Its name in the results, such as output_27-104, or morale_27-104_since_1-26."""
        parts = [self.metric, "-".join(map(str, self.weeks))]
        parts += ["since", "-".join(map(str, self.since))] if self.since else []
        return "_".join([*parts, *([self.how] if self.how != "mean" else [])])


def terms(metric: str) -> list[str]:
    """The metrics of a sum such as 'share_d3 + share_d4'; one for a metric alone."""
    return [name.strip() for name in re.split(r"\+", metric)]


def needed(measures: Iterable[Measure]) -> tuple[str, ...]:
    """The metrics that these measures are made of."""
    return tuple(dict.fromkeys(name for measure in measures for name in terms(measure.metric)))


def measured(weekly: Callable[[str], Floats], measure: Measure) -> Floats:
    """What every run comes to.

    Args:
        weekly: gives the weeks of a metric, (..., weeks), the first being week 1.
        measure: its weeks are all there.

    Returns:
        One number for each run, (...).
    """
    first, last = measure.weeks
    if measure.how == "spread":
        return _spread(_sum_of_terms(weekly, measure.metric, first, last))
    if measure.how == "recovery":
        before = over_weeks(_sum_of_terms(weekly, measure.metric, first - WEEKS_BEFORE, first - 1))
        return weeks_to_recover(before, _sum_of_terms(weekly, measure.metric, first, last))
    value = _whole(weekly, measure.metric, measure.weeks)
    return value if measure.since is None else value - _whole(weekly, measure.metric, measure.since)


def weeks_to_recover(before: Floats, after: Floats) -> Floats:
    """Weeks until REGAINED of what was lost in the first week is back; all the weeks there are if it never is.

    Args:
        before: the level before the loss, any shape.
        after: the same shape and a last axis of weeks, the first of them the week of the loss.
    """
    goal = before - (1.0 - REGAINED) * np.maximum(before - after[..., 0], 0.0)
    back = after >= goal[..., np.newaxis]
    return np.where(back.any(axis=-1), back.argmax(axis=-1), after.shape[-1]).astype(np.float64)


def _spread(values: Floats) -> Floats:
    """Standard deviation over the weeks that have a value; NaN where fewer than two have one."""
    known = (~np.isnan(values)).sum(axis=-1)
    squares = over_weeks((values - over_weeks(values)[..., np.newaxis]) ** 2, total=True)
    return np.asarray(np.sqrt(np.divide(squares, known - 1, out=np.full(squares.shape, np.nan), where=known > 1)))


def _whole(weekly: Callable[[str], Floats], metric: str, weeks: tuple[int, ...]) -> Floats:
    """Mean over the weeks that have a value, or the total of what is counted; NaN where no week has one."""
    first, last = weeks
    totals = {name: BY_NAME[name].whole_run == "total" for name in terms(metric)}
    found = (over_weeks(weekly(name)[..., first - 1 : last], total=total) for name, total in totals.items())
    return np.asarray(sum(found))


def _sum_of_terms(weekly: Callable[[str], Floats], metric: str, first: int, last: int) -> Floats:
    return np.asarray(sum(weekly(name)[..., first - 1 : last] for name in terms(metric)))
