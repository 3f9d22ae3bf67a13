"""Inputs that depend on each other, by correlation or constraints: draws their values and computes Sobol indices.

Where things are not independent, variance cannot be shared out among them. Both indices keep a meaning (Kucherenko,
Tarantola & Annoni 2012): the first-order one is the share that is expected to go when the thing is known, with all that
goes together with it; the total one the share that is expected to be left when all else is known. They need not be in
this order, and do not add up.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import chi2

from sim.analysis.summary import Floats
from sim.study.constraints import Allowed, constraints_of
from sim.study.design import Factor, correlations, further_points, of_scores
from sim.study.results import ExperimentResults
from sim.study.spec import Adaptive, LatinHypercube

BASE, PART = 512, 0x736F626F
"""Places that indices are taken from, and the number that keeps their choice apart from those of designs."""

MOST_TRIES = 200
"""How often other values are drawn for a place until they meet the constraints."""

RARE = 0.999
"""Share of all there may be beyond which a combination of correlated values counts as one that was not varied."""


class Dependent(NamedTuple):
    """How the things varied go together in a design.

    `scores` (things, things): correlation of their normal scores; `allowed`: whether values meet the constraints, None
    where there are none; `constraints`: as written; `points`: of the design.
    """

    scores: Floats
    allowed: Allowed | None
    constraints: tuple[str, ...]
    points: int

    def unknown(self, factors: tuple[Factor, ...], shares: Floats) -> str | None:
        """Why nothing is known of a combination of values, on ranges from 0 to 1; None where something is."""
        row = tuple(factor.at(float(share)) for factor, share in zip(factors, shares, strict=True))
        if self.allowed is not None and not self.allowed(row):
            return f"do not meet the constraints of the design together ({'; '.join(self.constraints)})"
        own = np.flatnonzero((self.scores - np.eye(len(self.scores))).any(axis=1))
        if not len(own):
            return None
        least = 0.5 / self.points
        z = ndtri(np.clip(shares[own], least, 1 - least))
        if z @ np.linalg.solve(self.scores[np.ix_(own, own)], z) > max(float(chi2.ppf(RARE, len(own))), float(z @ z)):
            names = ", ".join(factors[place].column for place in own)
            return f"hardly ever go together in the design, which has a correlation between {names}"
        return None


def dependent(results: ExperimentResults) -> Dependent | None:
    """How what a study varies goes together; None where all of it is independent."""
    design, factors = results.study.design, results.resolved.points.factors
    scores = of_scores(correlations(design, [factor.column for factor in factors]))
    allowed = constraints_of(design, factors, results.resolved.situations)
    if allowed is None and not (scores - np.eye(len(scores))).any():
        return None
    texts = getattr(design, "constraints", ())
    return Dependent(scores, allowed, texts, len(results.resolved.points.rows))


class Places(NamedTuple):
    """Places of the design, (places, things), and others that share with each of them one thing, or all but one.

    `same`, `others_same`: (things, places, things).
    """

    base: Floats
    same: Floats
    others_same: Floats

    @property
    def unit(self) -> Floats:
        """All of them, one below the other."""
        things = self.base.shape[1]
        return np.concatenate([self.base, self.same.reshape(-1, things), self.others_same.reshape(-1, things)])

    def first(self, count: int) -> "Places":
        """The first of the places, with those that share something with them."""
        return Places(self.base[:count], self.same[:, :count], self.others_same[:, :count])


def places_that_share(results: ExperimentResults, known: Dependent) -> Places:
    """Places that lie as the points of the design were drawn, for `indices_of`."""
    design, factors, seed = results.study.design, results.resolved.points.factors, results.study.seed
    assert isinstance(design, LatinHypercube | Adaptive)  # noqa: S101  # nothing goes together in other designs
    base = further_points(design, factors, seed, known.allowed, PART, BASE).unit
    assert base is not None  # noqa: S101  # sampled
    rng, things = np.random.default_rng([seed, PART]), np.arange(len(factors))
    same = np.stack([_drawn_anew(base, things != thing, known, factors, rng) for thing in things])
    others = np.stack([_drawn_anew(base, things == thing, known, factors, rng) for thing in things])
    return Places(base, same, others)


def _drawn_anew(
    base: Floats, anew: NDArray[np.bool_], known: Dependent, factors: tuple[Factor, ...], rng: np.random.Generator
) -> Floats:
    """Places with other values of some things, as likely as these are where the rest stays as it is."""
    found, left = base.copy(), np.arange(len(base))
    kept, scores = ~anew, known.scores
    to_kept = np.linalg.solve(scores[np.ix_(kept, kept)], scores[np.ix_(kept, anew)]) if kept.any() else None
    spread = scores[np.ix_(anew, anew)]
    if to_kept is not None:
        spread = spread - scores[np.ix_(anew, kept)] @ to_kept
    root = np.linalg.cholesky(spread + 1e-12 * np.eye(len(spread)))

    def meets(shares: Floats) -> bool:
        row = tuple(factor.at(float(share)) for factor, share in zip(factors, shares, strict=True))
        return known.allowed is None or known.allowed(row)

    for _ in range(MOST_TRIES):
        z = rng.standard_normal((len(left), int(anew.sum()))) @ root.T
        if to_kept is not None:
            z += ndtri(np.clip(base[left][:, kept], 1e-9, 1 - 1e-9)) @ to_kept
        tried = base[left]
        tried[:, anew] = ndtr(z)
        met = np.array([meets(shares) for shares in tried])
        found[left[met]] = tried[met]
        left = left[~met]
        if not len(left):
            break
    return found  # where nothing else was found that meets the constraints, the values are settled by the rest


def indices_of(values: Floats, things: int) -> Floats:
    """First-order and total indices from values in such places, (places, functions): (2, things, functions)."""
    each = len(values) // (1 + 2 * things)
    base, rest = values[:each], values[each:].reshape(2, things, each, -1)
    variance = base.var(axis=0)
    variance = np.where(variance > 0, variance, np.nan)
    middle = base.mean(axis=0)
    alone = ((base - middle) * (rest[0] - rest[0].mean(axis=1, keepdims=True))).mean(axis=1) / variance
    whole = ((base - rest[1]) ** 2).mean(axis=1) / 2 / variance
    return np.stack([alone, whole])
