"""Finds the week in which something has paid for itself, from the profit with it and without it.

The two arms are any pair run on the same people and luck: another leadership style against today's, a practice against
doing without it.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.summary import Floats, mean_interval


class BreakEven(NamedTuple):
    """What an arm brings over the other in a run, in thousands of the currency.

    `total`, `low`, `high`: mean of the whole run with its 95% interval; `week`: the first week from which the mean sum
    stays above zero to the end, None if there is none; `paid_back`: share of replications that end above zero;
    `deepest`: the most that the mean sum is below zero at any time, as a number >= 0.
    """

    total: float
    low: float
    high: float
    week: int | None
    paid_back: float
    deepest: float


def cumulative(with_it: Floats, without: Floats) -> Floats:
    """Sum of the differences so far: both arguments and the result are (replications, weeks), in thousands."""
    sums: Floats = np.cumsum(np.nan_to_num(with_it - without), axis=1)
    return sums


def break_even(with_it: Floats, without: Floats) -> BreakEven:
    """Compare the weekly profit of two arms on paired replications; both are (replications, weeks), in thousands."""
    sums = cumulative(with_it, without)
    course, last = sums.mean(axis=0), mean_interval(sums[:, -1])
    below = np.flatnonzero(course <= 0)
    first = int(below[-1]) + 1 if len(below) else 0
    return BreakEven(
        total=float(last.mean),
        low=float(last.low),
        high=float(last.high),
        week=first + 1 if first < len(course) else None,
        paid_back=float((sums[:, -1] > 0).mean()),
        deepest=float(max(0.0, -course.min())),
    )


def course_of_sums(with_it: Floats, without: Floats, lower: float, upper: float) -> pd.DataFrame:
    """The sums over time: one row a week with week, mean, and the two percentiles of the replications."""
    sums = cumulative(with_it, without)
    low, high = np.percentile(sums, [lower, upper], axis=0)
    return pd.DataFrame({"week": np.arange(1, sums.shape[1] + 1), "mean": sums.mean(axis=0), "low": low, "high": high})
