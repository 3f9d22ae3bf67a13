"""Means that more than luck leaves open: those over a sample of points, which might have been other points.

Luck is the same at every point, so that more points do not make it smaller; and points that are drawn together, as in
designs for sensitivity, are no evidence each. `Block.sources` has both as independent draws.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from sim.analysis.paired import effect_ends
from sim.analysis.summary import CONFIDENCE, Floats, mean_interval


class Uncertainty(NamedTuple):
    """Standard error of means with its degrees of freedom, in the same shape; NaN where a source has a single draw."""

    error: Floats
    freedom: Floats

    @property
    def half(self) -> Floats:
        """Half the width of the 95% interval."""
        half: Floats = stdtrit(self.freedom, (1 + CONFIDENCE) / 2) * self.error
        return half


def uncertainty(sources: Sequence[Floats]) -> Uncertainty:
    """How well means are known that several things leave open.

    The variance of a mean is the sum of sd^2 / n over the sources, with the degrees of freedom of Satterthwaite (1946).
    What two sources share (what a point does to the luck of a replication) is counted in each of them, so that
    intervals are somewhat too wide rather than too narrow.

    Args:
        sources: by source, any shape with independent draws last.
    """
    found = [mean_interval(source) for source in sources]
    parts = [one.sd**2 / np.maximum(one.n, 1) for one in found]
    variance = np.sum(parts, axis=0)
    squares = np.sum([part**2 / np.maximum(one.n - 1, 1) for part, one in zip(parts, found, strict=True)], axis=0)
    freedom = np.ones_like(variance)
    np.divide(variance**2, squares, out=freedom, where=squares != 0)
    return Uncertainty(np.sqrt(variance), freedom)


def widened(table: pd.DataFrame, sources: Sequence[Floats], freedom_of_sd: Floats) -> pd.DataFrame:
    """Let intervals and p values of a table of differences count all that leaves the differences open.

    Args:
        table: as of `sim.analysis.paired.differences_of`.
        sources: the differences by source, (metrics, styles, independent draws).
        freedom_of_sd: degrees of freedom of the standard deviations that effects are measured in, (metrics, styles).

    Returns:
        The table with other low, high, effect_size_low, effect_size_high and p; what never differs stays as it is.
    """
    error, freedom = (part.ravel() for part in uncertainty(sources))
    mean, effect, half = table["mean"].to_numpy(), table["effect_size"].to_numpy(), Uncertainty(error, freedom).half
    with np.errstate(invalid="ignore", divide="ignore"):
        shrink = 1 - 3 / (8 * np.maximum(table["n"].to_numpy() - 1, 1) - 1)
        less, more = effect_ends(effect, np.abs(effect * half / mean), freedom_of_sd.ravel(), shrink)
        columns = {
            "low": mean - half,
            "high": mean + half,
            "effect_size_low": less,
            "effect_size_high": more,
            "p": 2 * stdtr(freedom, -np.abs(mean) / error),
        }
    varies = error != 0  # NaN, too
    return table.assign(**{name: np.where(varies, column, table[name]) for name, column in columns.items()})
