"""Intervals for the largest of several means and for ranks among means, with the coverage that they claim.

Means are known from the same replications, so that their errors go together. Drawing means and looking which is the
largest would take luck for merit: of styles that do the same, one always happens to be ahead. Here the errors alone are
drawn, from the multivariate t distribution that goes with few replications, and say how far ahead luck puts somebody.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.study.blocks import mean_of_known
from sim.analysis.study.sources import luck, parts_of_error, uncertainty
from sim.analysis.summary import CONFIDENCE, Floats

DRAWS = 2000
"""Draws of the errors: a probability is known to within 2 points."""

MOST_CONTENDERS = 100
"""Means that may be the largest, and that are looked at together; those with the highest upper ends."""

_ONE_SIDED = (1 + CONFIDENCE) / 2


class Largest(NamedTuple):
    """The largest of several means, and its 95% interval; NaN where it is not known."""

    mean: float
    low: float
    high: float


def errors_of_means(sources: Sequence[Floats], seed: int) -> Floats:
    """Draws of how far the means of several things are off, (DRAWS, things); NaN with fewer than two replications.

    Args:
        sources: (things, independent draws) for each source of uncertainty, as of `Block.sources`. Only draws that have
            all of the things count.
        seed: of the draws.
    """
    known = [source[:, ~np.isnan(source).any(axis=0)] for source in sources]
    things, n = known[0].shape
    if min(source.shape[1] for source in known) < 2:
        return np.full((DRAWS, things), np.nan)
    rng = np.random.default_rng([seed, things, n])
    errors = np.zeros((DRAWS, things))
    for source in known:
        errors += luck(rng, DRAWS, source.shape[1]) @ parts_of_error(source).T
    return errors


def largest(sources: Sequence[Floats], seed: int) -> Largest:
    """The largest of several means with its 95% interval.

    The upper end is the largest upper end of any of them. The lower end is that of the one that is largest for sure:
    where several may be the largest, each has to stand out by as much as luck puts the luckiest of them ahead (as in
    the subset selection of Gupta 1965; a single one has its t interval).

    Args:
        sources: (things, independent draws) for each source of uncertainty, as of `Block.sources`.
        seed: of the draws of errors.
    """
    means, known = mean_of_known(sources[0]), uncertainty(sources)
    mean, half = float(means.max()), known.half
    if np.isnan(half).any() or np.isnan(mean):
        return Largest(mean, np.nan, np.nan)
    upper, lower = means + half, means - half
    contenders = np.argsort(-upper, kind="stable")[:MOST_CONTENDERS]
    contenders = contenders[upper[contenders] >= lower.max()]
    low = float(lower.max())
    if len(contenders) > 1:
        error = known.error[contenders]
        lucky = _in_errors(errors_of_means([source[contenders] for source in sources], seed), error).max(axis=1)
        ahead = max(float(np.quantile(lucky, _ONE_SIDED)), float((half[contenders] / np.maximum(error, 1e-300)).min()))
        low = float((means[contenders] - ahead * error).max())
    return Largest(mean, low, float(upper.max()))


def regret_of(sources: Sequence[Floats], style: int, seed: int) -> Largest:
    """How far one of several styles is behind the best of the others, in means of which more is better; at least 0."""
    others = [place for place in range(len(sources[0])) if place != style]
    if not others:
        return Largest(0.0, 0.0, 0.0)
    found = largest([source[others] - source[style] for source in sources], seed)
    return Largest(*(np.maximum(one, 0.0) for one in found))


def rank_ends(sources: Sequence[Floats], seed: int) -> tuple[Floats, Floats]:
    """The best and the worst rank that each of several means may have, 95%; more is better.

    A mean is behind those, and only those, that are above it by more than luck would put any of them (Klein, Wright &
    Wieczorek 2020). Since ranks are whole numbers, such intervals hold the truth rather more often than that.

    Args:
        sources: (things, independent draws) for each source of uncertainty, as of `Block.sources`.
        seed: of the draws of errors.
    """
    things = len(sources[0])
    ends = np.full((2, things), np.nan)
    errors = errors_of_means(sources, seed)
    if np.isnan(errors).any():
        return ends[0], ends[1]
    for own in range(things):
        others = np.delete(np.arange(things), own)
        gaps = [source[others] - source[own] for source in sources]
        gap, error = mean_of_known(gaps[0]), uncertainty(gaps).error
        luck = np.abs(_in_errors(errors[:, others] - errors[:, [own]], error)).max(axis=1, initial=0.0)
        reach = np.quantile(luck, CONFIDENCE) * error
        ends[:, own] = 1 + (gap > reach).sum(), things - (gap < -reach).sum()
    return ends[0], ends[1]


def _in_errors(drawn: Floats, error: Floats) -> Floats:
    """Draws in standard errors; 0 for what is known for sure."""
    return np.divide(drawn, error, out=np.zeros_like(drawn), where=np.broadcast_to(error > 0, drawn.shape))
