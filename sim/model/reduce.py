"""What a run comes to: the mean or the total of a metric over stretches of weeks. Nothing else sums up weeks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.model.metrics import METRICS
from sim.model.rules.compiled import rule

IS_TOTAL = np.array([metric.whole_run == "total" for metric in METRICS])
"""Whether a metric is summed up by its total, else by its mean: (metrics,)."""

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]


def over_weeks(weekly: Floats, *, total: bool = False) -> Floats:
    """Mean or total of the values over all weeks, (..., weeks) -> (...); arguments as of `over_stretches`."""
    return over_stretches(weekly, [1], [weekly.shape[-1]], total=total)[..., 0]


def over_stretches(
    weekly: Floats, first_weeks: Sequence[int] | Whole, last_weeks: Sequence[int] | Whole, *, total: bool = False
) -> Floats:
    """Mean or total of the values over stretches of weeks: (..., weeks) -> (..., stretches).

    Args:
        weekly: one value a week, NaN where there is none; the first is that of week 1.
        first_weeks: of each stretch.
        last_weeks: of each stretch, included.
        total: whether to add up; otherwise the mean over the weeks that have a value.
    """
    series = np.ascontiguousarray(weekly).reshape(-1, weekly.shape[-1])
    first, last = np.array(first_weeks, np.int64), np.array(last_weeks, np.int64)
    found = np.empty((len(series), len(first)))
    sum_up(series, first, last, np.full(len(series), total), found)
    return found.reshape(*weekly.shape[:-1], -1)


@rule
def sum_up(weekly: Floats, first_weeks: Whole, last_weeks: Whole, is_total: NDArray[np.bool_], found: Floats) -> None:
    """Mean or total of each series over each stretch of weeks; weeks without a value are left out, NaN where all are.

    weekly: (series, weeks), the first is week 1; first_weeks, last_weeks: (stretches,), both included; is_total:
    (series,); found: (series, stretches), written.
    """
    for m in range(found.shape[0]):
        for s in range(found.shape[1]):
            total = 0.0
            known = 0
            for w in range(first_weeks[s] - 1, last_weeks[s]):
                value = weekly[m, w]
                if not np.isnan(value):
                    total += value
                    known += 1
            if known == 0:
                found[m, s] = np.nan
            elif is_total[m]:
                found[m, s] = total
            else:
                found[m, s] = total / known


@rule
def pick(rows: Floats, metrics: Whole, found: Floats) -> None:
    """Copy some metrics of every week, (arms, weeks, metrics), to (metrics, arms, weeks), and hold nobody up."""
    for m in range(metrics.shape[0]):
        for a in range(rows.shape[0]):
            for w in range(rows.shape[1]):
                found[m, a, w] = rows[a, w, metrics[m]]
