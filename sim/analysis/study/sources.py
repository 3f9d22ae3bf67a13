"""Differences that more than luck leaves open: those over a sample of points, which might have been other points."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from sim.analysis.summary import CONFIDENCE, Floats, mean_interval


def widened(table: pd.DataFrame, sources: Sequence[Floats]) -> pd.DataFrame:
    """Let intervals and p values of a table of differences count all that leaves the differences open.

    The variance of a mean is the sum of sd^2 / n over the sources, with the degrees of freedom of Satterthwaite (1946).
    What two sources share (what a point does to the luck of a replication) is counted in each of them, so that
    intervals are somewhat too wide rather than too narrow. Where one source has a single draw, they are NaN.

    Args:
        table: as of `sim.analysis.paired.differences_of`.
        sources: the differences by source of uncertainty, (metrics, styles, independent draws).

    Returns:
        The table with other low, high, effect_size_low, effect_size_high and p.
    """
    variance, squares = np.zeros(len(table)), np.zeros(len(table))
    for source in sources:
        found = mean_interval(source)
        part = (found.sd**2 / np.maximum(found.n, 1)).ravel()
        variance += part
        squares += part**2 / np.maximum(found.n.ravel() - 1, 1)
    varies = ~(variance == 0)  # NaN, too; what never differs stays as it is
    error, freedom = np.sqrt(variance[varies]), variance[varies] ** 2 / squares[varies]
    mean, effect = (table.loc[varies, name].to_numpy() for name in ("mean", "effect_size"))
    low, high = (mean + sign * stdtrit(freedom, (1 + CONFIDENCE) / 2) * error for sign in (-1, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = {
            "low": low,
            "high": high,
            "effect_size_low": effect * low / mean,
            "effect_size_high": effect * high / mean,
        }
    wider = table.copy()
    for name, column in {**ends, "p": 2 * stdtr(freedom, -np.abs(mean) / error)}.items():
        wider.loc[varies, name] = column
    return wider
