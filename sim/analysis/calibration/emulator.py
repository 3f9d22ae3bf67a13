"""An emulator of the model: it predicts each figure for any parameters, and learns from the sets that were run.

A response surface for each figure: a straight line and a square for every parameter, by ridge regression whose strength
is chosen by leaving out one run at a time, and those products of two parameters that clearly show in what is left. It
is smooth, has an exact gradient, and says what each parameter does (Box & Draper 1987; Kennedy & O'Hagan 2001 for why).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.space import Floats

CLEAR = 4.5
"""Standard errors from 0 from which on a product of two parameters counts as seen, among some thousands of them."""

MOST_PAIRS = 40
"""Products of two parameters in one figure's surface at most."""

FAR = 5.0
"""Robust standard deviations from the median beyond which a run says no more: some figures have wild exceptions."""

FOLDS = 5
"""Parts that are left out in turn to see how wrong the emulator is."""

LEAST = 0.05
"""Share of what the emulator leaves unexplained that is its own error, and not luck of the runs, at least."""


@dataclass(frozen=True)
class ResponseSurfaces:
    """Surfaces of all figures.

    constant (figures,), line and square (figures, parameters); pairs (pairs, 2) are parameters multiplied with each
    other, product (figures, pairs) what that adds.
    """

    constant: Floats
    line: Floats
    square: Floats
    pairs: NDArray[np.int64]
    product: Floats

    def __call__(self, points: Floats) -> Floats:
        """The figures at some points (points, parameters): (points, figures)."""
        both = points[:, self.pairs[:, 0]] * points[:, self.pairs[:, 1]]
        found: Floats = self.constant + points @ self.line.T + (points * points) @ self.square.T + both @ self.product.T
        return found

    def slope(self, point: Floats, weights: Floats) -> Floats:
        """Gradient at a point of the figures' sum with these weights: (parameters,)."""
        count = len(point)
        one, other = self.pairs.T
        product = weights @ self.product
        slope: Floats = weights @ self.line + 2.0 * (weights @ self.square) * point
        slope += np.bincount(one, product * point[other], count) + np.bincount(other, product * point[one], count)
        return slope


@dataclass(frozen=True)
class Accuracy:
    """How wrong an emulator is where it has not seen the runs, by figure.

    left: variance of what it leaves unexplained; luck: variance of a figure between worlds; spread: variance of the
    figure over the runs.
    """

    left: Floats
    luck: Floats
    spread: Floats

    @property
    def own(self) -> Floats:
        """Variance of the emulator's own error: what it leaves that is no luck."""
        error: Floats = np.maximum(self.left - self.luck, LEAST * self.left)
        return error

    @property
    def explained(self) -> Floats:
        """Share of the differences between sets, luck aside, that the emulator sees."""
        share: Floats = 1.0 - self.own / np.maximum(self.spread - self.luck, self.own)
        return share


def fit(points: Floats, figures: Floats) -> ResponseSurfaces:
    """Learn the surfaces.

    Args:
        points: (runs, parameters).
        figures: (runs, figures); what is no number counts as usual.
    """
    from sklearn.linear_model import RidgeCV

    figures = usual(figures)
    base = np.hstack([points, points * points])
    ridge = RidgeCV(alphas=np.logspace(0, 4, 9) * len(points) / 1000, alpha_per_target=True)
    chosen: list[NDArray[np.int64]] = []
    added = np.zeros_like(figures)
    weights: list[Floats] = []
    for step in range(2):  # first what single parameters do, then both once more
        ridge.fit(base, figures - added)
        left = figures - ridge.predict(base).reshape(figures.shape)
        if step == 0:
            chosen = _clear_pairs(points, left)
        weights = []
        for f, some in enumerate(chosen):
            both = points[:, some[:, 0]] * points[:, some[:, 1]]
            both -= both.mean(axis=0)
            held = both.T @ both + len(points) / 100 * np.eye(len(some))
            weights.append(np.linalg.solve(held, both.T @ left[:, f]))
            added[:, f] = both @ weights[f]
    return _together(points, ridge, chosen, weights)


def _together(
    points: Floats, ridge: "object", chosen: list[NDArray[np.int64]], weights: list[Floats]
) -> ResponseSurfaces:
    count = points.shape[1]
    known = sorted({(int(i), int(j)) for some in chosen for i, j in some})
    place = {pair: k for k, pair in enumerate(known)}
    pairs = np.array(known, np.int64).reshape(-1, 2)
    product = np.zeros((len(chosen), len(known)))
    for f, (some, own) in enumerate(zip(chosen, weights, strict=True)):
        for (i, j), weight in zip(some, own, strict=True):
            product[f, place[int(i), int(j)]] = weight
    means = (points[:, pairs[:, 0]] * points[:, pairs[:, 1]]).mean(axis=0)
    coefficients = np.atleast_2d(ridge.coef_)  # type: ignore[attr-defined]
    constant = np.atleast_1d(ridge.intercept_) - product @ means  # type: ignore[attr-defined]
    return ResponseSurfaces(constant, coefficients[:, :count], coefficients[:, count:], pairs, product)


def _clear_pairs(points: Floats, left: Floats) -> list[NDArray[np.int64]]:
    """For each figure the pairs of parameters whose product clearly goes with what is left of it."""
    runs, count = points.shape
    scaled = (left - left.mean(axis=0)) / np.maximum(left.std(axis=0), 1e-12)
    found: list[list[tuple[float, int, int]]] = [[] for _ in range(left.shape[1])]
    for i in range(count - 1):
        both = points[:, i : i + 1] * points[:, i + 1 :]
        both = (both - both.mean(axis=0)) / np.maximum(both.std(axis=0), 1e-12)
        strength = np.abs(both.T @ scaled) / np.sqrt(runs)
        for j, f in np.argwhere(strength > CLEAR):
            found[f].append((-float(strength[j, f]), i, i + 1 + int(j)))
    return [np.array([(i, j) for _, i, j in sorted(one)[:MOST_PAIRS]], np.int64).reshape(-1, 2) for one in found]


def usual(figures: Floats) -> Floats:
    """The figures without wild exceptions: far ones are drawn in, missing ones are as the median."""
    middle = np.nanmedian(figures, axis=0)
    low, high = np.nanpercentile(figures, [15.9, 84.1], axis=0)
    reach = FAR * np.maximum((high - low) / 2, 1e-9)
    drawn_in: Floats = np.where(np.isfinite(figures), np.clip(figures, middle - reach, middle + reach), middle)
    return drawn_in


def left_out(points: Floats, figures: Floats, sets: NDArray[np.int64]) -> Floats:
    """What an emulator that has not seen a set says of it, for every run: (runs, figures).

    Args:
        points: (runs, parameters).
        figures: (runs, figures).
        sets: (runs,) which runs are of the same set.
    """
    foretold = np.empty_like(figures)
    part = sets % FOLDS
    for fold in range(FOLDS):
        out = part == fold
        foretold[out] = fit(points[~out], figures[~out])(points[out])
    return foretold


def accuracy(figures: Floats, foretold: Floats, sets: NDArray[np.int64], some: NDArray[np.bool_]) -> Accuracy:
    """How wrong an emulator is in some of the runs.

    Args:
        figures: (runs, figures).
        foretold: the same size, as from `left_out`.
        sets: (runs,) which runs are of the same set; where there are several, they differ by luck alone.
        some: (runs,) the runs that count.
    """
    figures = usual(figures[some])
    left = ((figures - foretold[some]) ** 2).mean(axis=0)
    return Accuracy(left, np.minimum(luck(figures, sets[some]), left), figures.var(axis=0))


def luck(figures: Floats, sets: NDArray[np.int64]) -> Floats:
    """Variance of a figure between runs of the same set: (figures,); 0 where no set was run more than once."""
    order = np.argsort(sets, kind="stable")
    figures, sets = figures[order], sets[order]
    starts = np.flatnonzero(np.r_[True, np.diff(sets) > 0])
    counts = np.diff(np.r_[starts, len(sets)])
    means = np.add.reduceat(figures, starts, axis=0) / counts[:, None]
    squares = ((figures - np.repeat(means, counts, axis=0)) ** 2).sum(axis=0)
    free = (counts - 1).sum()
    variance: Floats = squares / free if free else np.zeros(figures.shape[1])
    return variance
