"""What a run comes to: a number for every replication from its weekly metrics."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.claims.schema import Arm, Measure
from sim.analysis.summary import Floats, mean_interval, per_run

REGAINED = 0.8
"""Share of a loss that has to be made good for a recovery."""

WEEKS_BEFORE = 4
"""Weeks before a span that a recovery is measured against."""

type Values = dict[tuple[Arm, Measure], Floats]
"""Per arm and measure one number a replication."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Some metrics of every week: (replications, styles, weeks, metrics), the first week being week 1."""

    rows: Floats
    styles: Sequence[str]
    metrics: Sequence[str]

    def of(self, metric: str, first: int, last: int) -> Floats:
        """One metric in these weeks, both included: (styles, replications, weeks)."""
        chosen = self.rows[:, :, first - 1 : last, self.metrics.index(metric)]
        return np.swapaxes(chosen, 0, 1)


def terms(metric: str) -> list[str]:
    """The metrics of a sum such as 'share_d3 + share_d4'; one for a metric alone."""
    return [name.strip() for name in re.split(r"\+", metric)]


def needed(measures: Iterable[Measure]) -> tuple[str, ...]:
    """The metrics that these measures are made of."""
    return tuple(dict.fromkeys(name for measure in measures for name in terms(measure.metric)))


def measured(weekly: Weekly, measure: Measure) -> Floats:
    """What every run comes to: (styles, replications).

    Args:
        weekly: with the metrics that the measure needs.
        measure: its weeks are all there.
    """
    first, last = measure.weeks
    if measure.how == "spread":
        return mean_interval(_sum_of_terms(weekly, measure.metric, first, last)).sd
    if measure.how == "recovery":
        before = mean_interval(_sum_of_terms(weekly, measure.metric, first - WEEKS_BEFORE, first - 1)).mean
        return weeks_to_recover(before, _sum_of_terms(weekly, measure.metric, first, last))
    value = _mean(weekly, measure.metric, measure.weeks)
    return value if measure.since is None else value - _mean(weekly, measure.metric, measure.since)


def weeks_to_recover(before: Floats, after: Floats) -> Floats:
    """Weeks until REGAINED of what was lost in the first week is back; all the weeks there are if it never is.

    Args:
        before: the level before the loss, any shape.
        after: the same shape and a last axis of weeks, the first of them the week of the loss.
    """
    goal = before - (1.0 - REGAINED) * np.maximum(before - after[..., 0], 0.0)
    back = after >= goal[..., np.newaxis]
    return np.where(back.any(axis=-1), back.argmax(axis=-1), after.shape[-1]).astype(np.float64)


def _mean(weekly: Weekly, metric: str, weeks: tuple[int, ...]) -> Floats:
    """Mean over the weeks that have a value, or the total of what is counted; NaN where no week has one."""
    return np.asarray(sum(per_run(name, weekly.of(name, *weeks)) for name in terms(metric)))


def _sum_of_terms(weekly: Weekly, metric: str, first: int, last: int) -> Floats:
    return np.asarray(sum(weekly.of(name, first, last) for name in terms(metric)))
