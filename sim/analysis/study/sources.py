"""Means over a sample of points, which are uncertain because of luck and because of the choice of points.

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

MOST_OF_LUCK = 200
"""Replications that are told apart in what luck does to stand-ins; of more, some are put together."""


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


def parts_of_error(runs: Floats) -> Floats:
    """What each replication adds to the error of means over replications, which `luck` draws from: the same shape.

    Args:
        runs: (..., things, replications). One in which some of the things have no value says nothing of luck.
    """
    whole = ~np.isnan(runs).any(axis=-2, keepdims=True)
    many = whole.sum(axis=-1, keepdims=True)
    mean = np.where(whole, runs, 0.0).sum(axis=-1, keepdims=True) / np.maximum(many, 1)
    size = np.divide(1.0, many * (many - 1.0), out=np.zeros(many.shape), where=many > 1)
    return np.where(whole, runs - mean, 0.0) * np.sqrt(size)


def put_together(parts: Floats) -> Floats:
    """`parts_of_error` of neighbouring replications added up, where there are very many of them."""
    many = parts.shape[-1]
    if many <= MOST_OF_LUCK:
        return parts
    found: Floats = np.add.reduceat(parts, np.linspace(0, many, MOST_OF_LUCK, endpoint=False).astype(int), axis=-1)
    return found


def luck(rng: np.random.Generator, draws: int, replications: int) -> Floats:
    """Weights of replications, (draws, replications), with which `parts_of_error` add up to errors of means.

    Their errors then are of the multivariate t distribution that goes with so many replications, and those of things
    that are always the same are the same. Nothing but 0 with a single replication.
    """
    if replications < 2:
        return np.zeros((draws, replications))
    tails = np.sqrt((replications - 1) / rng.chisquare(replications - 1, draws))
    drawn = rng.standard_normal((draws, replications)) * tails[:, None]
    return drawn - drawn.mean(axis=1, keepdims=True)


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
