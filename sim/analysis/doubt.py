"""Splits the doubt about a difference by its source: luck, parameters, or what the names of styles stand for.

Worlds come in fours: two sets of parameters, each met by two draws of profiles. Within a four one can see what changes
where only the profiles do, or only the parameters, so that few worlds tell the two apart; the fours have nothing in
common, so that resampling them says how well the shares are known.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.summary import CONFIDENCE, finite_or_none

type Floats = NDArray[np.float64]

SOURCES = ("luck", "parameters", "profiles", "both")
"""What makes one firm's difference depart from the difference on the whole; `both` is what parameters and profiles only
do together."""

CROSSED = ((0, 0), (1, 1), (0, 1), (1, 0))
"""Which of its two sets of parameters, and which of its two draws of profiles, each world of a four has."""

FEWEST_FOURS = 5
"""Below this no shares are given, since they would be guesses."""

FEWEST_WORLDS = 4 * FEWEST_FOURS

RESAMPLES = 1000


class Share(NamedTuple):
    """A share of the variance, with its 95% interval; all NaN where it is not known."""

    share: float
    low: float
    high: float


UNKNOWN = Share(np.nan, np.nan, np.nan)


def crossed(n: int) -> list[tuple[int, int]]:
    """For each of `n` worlds, the numbers of its set of parameters and of its draw of profiles."""
    return [(2 * (k // 4) + CROSSED[k % 4][0], 2 * (k // 4) + CROSSED[k % 4][1]) for k in range(n)]


def of_fours(values: Floats) -> Floats:
    """The mean over each four of worlds, which have nothing in common with one another: (worlds,) to (fours,)."""
    fours = np.split(values, range(4, len(values), 4)) if len(values) else []
    return np.array([np.nanmean(four) for four in fours if not np.isnan(four).all()])


def shares_record(shares: Mapping[str, Share]) -> dict[str, Any]:
    """Shares as plain data; unknown numbers are None."""
    return {
        source: {name: finite_or_none(value) for name, value in one._asdict().items()} for source, one in shares.items()
    }


def shares(means: Floats, luck: Floats, replications: float) -> Mapping[str, Share]:
    """How the variance of one firm's difference splits.

    A variance that only profiles make is half of the mean square of what changes when they alone do; the share of a
    source by itself is the whole less what is left when that source is held (Jansen 1999; Saltelli et al. 2010).
    Estimates below 0 count as 0, and shares add up to 1.

    Args:
        means: the mean difference in each world, in the order of `crossed`; NaN where there is none.
        luck: the variance between replications within each world.
        replications: over which each world's mean is taken, if worlds have luck of their own; infinity if all worlds
            meet the same luck, which then cancels between them.
    """
    fours = len(means) // 4
    cells = means[: 4 * fours].reshape(fours, 4)
    within = luck[: 4 * fours].reshape(fours, 4)
    known = np.isfinite(cells).all(axis=1) & np.isfinite(within).all(axis=1)
    cells, within = cells[known], within[known].mean(axis=1)
    if len(cells) < FEWEST_FOURS:
        return dict.fromkeys(SOURCES, UNKNOWN)
    rng = np.random.default_rng(len(cells))
    times = rng.multinomial(len(cells), np.full(len(cells), 1 / len(cells)), RESAMPLES).astype(np.float64)
    (estimate,), drawn = (_split(cells, within, weights, replications) for weights in (np.ones((1, len(cells))), times))
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(drawn, (tail, 100 - tail), axis=0)
    return {name: Share(*map(float, row)) for name, *row in zip(SOURCES, estimate, low, high, strict=True)}


def _split(cells: Floats, luck: Floats, weights: Floats, replications: float) -> Floats:
    """The shares where each four counts so often: (weightings, sources)."""
    a, b, c, d = cells.T
    worlds = 4 * weights.sum(axis=1)
    only_profiles = weights @ ((a - c) ** 2 + (b - d) ** 2) / worlds
    only_parameters = weights @ ((a - d) ** 2 + (b - c) ** 2) / worlds
    total, squares = weights @ cells.sum(axis=1), weights @ (cells**2).sum(axis=1)
    among_worlds = (squares - total**2 / worlds) / (worlds - 1)
    # Worlds of one four are alike, which makes the variance among all of them a little too small.
    everything = (among_worlds - (only_profiles + only_parameters) / (worlds - 1)) / (1 - 2 / (worlds - 1))
    of_luck = 4 * (weights @ luck) / worlds
    both = only_profiles + only_parameters - everything - of_luck / replications
    parts = np.stack([of_luck, everything - only_profiles, everything - only_parameters, both], axis=1).clip(min=0.0)
    whole = parts.sum(axis=1, keepdims=True)
    split: Floats = np.divide(parts, whole, out=np.full(parts.shape, np.nan), where=whole > 0)
    return split
