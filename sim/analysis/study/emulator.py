"""An emulator of the model: a Gaussian process by scikit-learn, fitted to the points of a design.

It says how far it may be off at each place, and how well it foretells points that it has not seen (leaving out one
after the other; Sundararajan & Keerthi 2001). Where that is poor it says that it must not be trusted, and outside the
ranges of the design it does not answer at all.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from sim.analysis.study.blocks import Block, mean_of_known, point_by_point
from sim.analysis.study.dependent import Dependent, Places, dependent, indices_of, places_that_share
from sim.analysis.study.sources import luck as luck_of
from sim.analysis.study.sources import parts_of_error, put_together
from sim.analysis.summary import CONFIDENCE, Floats
from sim.scenario.problems import InputError, unknown
from sim.study.design import Factor
from sim.study.results import ExperimentResults

FEWEST_POINTS, MOST_POINTS = 30, 1_500
"""Points that it is fitted to: fewer would be guesswork, and of more, which are sampled, the first ones are taken."""

TRUSTED, TRUSTED_WITHIN = 0.8, 0.85
"""Share of the variance between unseen points that it has to foretell, and share of them within its 95% intervals."""

BASE = 1_024
"""Base sample of the Sobol indices of its mean."""

PATHS, MOST_PLACES = 100, 1_200
"""Draws of the function that it takes the model to be, and places at which each of these is looked at, at most."""


class Answer(NamedTuple):
    """What the model would give at some places, and the 95% interval of it: (places,) each."""

    mean: Floats
    low: Floats
    high: Floats


class LeftOut(NamedTuple):
    """How far each point that is left out is off what is foretold of it, and the variance that is foretold of that."""

    off: Floats
    variance: Floats


class Emulator:
    """The stand-in for one metric under one style in one scenario. Make one with `emulate`.

    `explained`: share of the variance between points that it foretells of points left out; `error`: how far it is off
    there (root mean square, in the metric's unit); `within`: share of them within its 95% intervals; `trusted`: whether
    both are good enough.

    Args:
        factors: what is varied.
        unit: where the points lie, on ranges from 0 to 1: (points, things varied).
        values: what is fitted to, (points,).
        seed: of the fit.
        luck: what each replication adds to the error of the values, (points, replications), as of `parts_of_error`.
            Replications are the same at all points, so that what luck does to all of them does not show in the fit.
            Left out, or with one replication: luck is taken to differ from point to point.
        goes_together: how the things varied do; left out: they are independent.

    Raises:
        InputError: scikit-learn is not installed.
    """

    def __init__(
        self,
        factors: tuple[Factor, ...],
        unit: Floats,
        values: Floats,
        seed: int,
        luck: Floats | None = None,
        goes_together: Dependent | None = None,
    ) -> None:
        try:
            from sklearn.gaussian_process import GaussianProcessRegressor
            from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
        except ImportError:
            text = 'needs scikit-learn. Install it with: pip install "teamsim[research]"'
            raise InputError(text) from None
        self.factors, self.goes_together = factors, goes_together
        self._luck = luck[:MOST_POINTS] if luck is not None and luck.shape[1] > 1 else None
        kernel = ConstantKernel(1.0, (1e-2, 1e3)) * Matern(np.ones(unit.shape[1]), (5e-2, 3e1), nu=2.5)
        kernel += WhiteKernel(1e-2, (1e-9, 1e1))
        self._process = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=1, random_state=seed)
        unit, values = self._settled(unit[:MOST_POINTS]), values[:MOST_POINTS]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a length at its bound: a thing that does not matter
            self._process.fit(unit, values)
        self.scale = float(np.std(values)) or 1.0
        """Standard deviation between the points that it is fitted to."""
        self.noise = float(np.sqrt(self._process.kernel_.k2.noise_level)) * self.scale
        """Standard deviation of what luck adds to a point."""
        inverse = self._inverse = np.linalg.inv(self._process.kernel_(unit))
        seen = (values - values.mean()) / self.scale
        sure = np.diag(inverse)
        off = self.off_without(values[None])[0] / self.scale
        self.left_out = LeftOut(off * self.scale, self.scale**2 / sure)
        self.error = float(np.sqrt(np.mean(off**2))) * self.scale
        self.explained = float(1 - np.mean(off**2) / np.mean(seen**2)) if seen.any() else np.nan
        self.within = float((np.abs(off) * np.sqrt(sure) <= ndtri((1 + CONFIDENCE) / 2)).mean())
        # The likeliest parameters of the process make it rather too sure of itself: points that are left out show it.
        self._wider = max(1.0, float(np.mean(off**2 * sure)))
        self._rough = self._roughness(unit)

    @property
    def trusted(self) -> bool:
        """Whether it foretells points that it has not seen well enough to stand for the model."""
        return self.explained >= TRUSTED and self.within >= TRUSTED_WITHIN

    def at(self, unit: Floats) -> Answer:
        """The mean of the model at places on ranges from 0 to 1: (places, things varied)."""
        unit = self._settled(unit)
        if self._luck is None:
            mean, spread = self._process.predict(unit, return_std=True)
            variance, freedom = self._wider * np.maximum(spread**2 - self.noise**2, 0.0), np.array(np.inf)
        else:
            mean = self._process.predict(unit)
            of_luck = (self.carried(unit, self._luck.T) ** 2).sum(axis=0)
            variance = self._variance_between(unit) + of_luck
            share = np.divide(of_luck, variance, out=np.ones_like(variance), where=variance > 0)
            freedom = (self._luck.shape[1] - 1) / np.maximum(share, 1e-3) ** 2  # Satterthwaite's
        half = stdtrit(freedom, (1 + CONFIDENCE) / 2) * np.sqrt(variance)
        return Answer(mean, mean - half, mean + half)

    def what_if(self, values: Mapping[str, float]) -> Answer:
        """The mean of the model with these values of all things varied, by their names.

        Raises:
            InputError: a value that is missing, unknown, or outside the range that was varied; values that do not meet
                the constraints of the design together, or hardly ever go together in it.
        """
        names = [factor.column for factor in self.factors]
        for name in values:
            if name not in names:
                raise InputError(unknown("thing varied", name, names))
        shares = []
        for factor in self.factors:
            if factor.column not in values:
                raise InputError(f"{factor.column}: missing. Give a value to each of: {', '.join(names)}.")
            value = values[factor.column]
            if not factor.low <= value <= factor.high:
                text = (
                    f"got {value:g}; nothing is known outside of {factor.low:g} to {factor.high:g}, which was varied."
                )
                raise InputError(f"{factor.column}: {text} Run a study there.")
            shares.append(factor.share_of(value))
        if self.goes_together is not None and (why := self.goes_together.unknown(self.factors, np.array(shares))):
            shown = ", ".join(f"{name} = {values[name]:g}" for name in names)
            raise InputError(f"{shown}: {why}; nothing is known there. Run a study there.")
        return self.at(np.array([shares]))

    def mean_at(self, unit: Floats) -> Floats:
        """The mean of `at` alone, for very many places."""
        found: Floats = self._process.predict(self._settled(unit))
        return found

    def paths(self, unit: Floats, count: int, seed: int, weights: Floats | None = None) -> Floats:
        """Functions that the model may be, looked at in these places: (places, count).

        Args:
            unit: the places.
            count: how many functions.
            seed: of their choice.
            weights: (count, replications), what luck did, where that is the same as elsewhere; as of `luck`.
        """
        rng = np.random.default_rng([seed, count])
        if self._luck is None:
            mean, covariance = self.together(unit)
            root = root_of(self._wider * covariance, self.scale)
            found: Floats = mean[:, None] + root @ rng.standard_normal((len(unit), count))
            return found
        unit = self._settled(unit)
        drawn = root_of(self._between(unit), self.scale) @ rng.standard_normal((len(unit), count))
        weights = luck_of(rng, count, self._luck.shape[1]) if weights is None else weights
        carried: Floats = self.carried(unit, weights @ self._luck.T).T
        return drawn + carried + self.mean_at(unit)[:, None]

    def together(self, unit: Floats) -> tuple[Floats, Floats]:
        """Mean of the model at places (places,), and covariance of what is not known of it: (places, places)."""
        mean, covariance = self._process.predict(self._settled(unit), return_cov=True)
        covariance[np.diag_indices(len(unit))] -= self.noise**2  # of the function itself, without what luck adds
        return mean, covariance

    def off_without(self, values: Floats) -> Floats:
        """How far each point is off what is foretold of it without it, had the points these values: (draws, points)."""
        found: Floats = (values - values.mean(axis=-1, keepdims=True)) @ self._inverse / np.diag(self._inverse)
        return found

    def carried(self, unit: Floats, values: Floats) -> Floats:
        """What other values at the points that it is fitted to, (draws, points), add to its mean: (draws, places)."""
        middle = values.mean(axis=-1, keepdims=True)
        found: Floats = middle + (values - middle) @ self._weights(unit)[1].T
        return found

    def _between(self, unit: Floats) -> Floats:
        """Covariance of what is not known of places, though all points were known without luck: (places, places)."""
        unit = self._settled(unit)
        cross, weights = self._weights(unit)
        signal, points = self._process.kernel_.k1, self._process.X_train_
        both = weights @ cross.T
        covariance: Floats = signal(unit) - both - both.T + weights @ signal(points) @ weights.T
        covariance[np.diag_indices(len(unit))] += self._rough
        return covariance * (self._wider * self.scale**2)

    def _variance_between(self, unit: Floats) -> Floats:
        cross, weights = self._weights(unit)
        signal, points = self._process.kernel_.k1, self._process.X_train_
        found: Floats = signal.diag(unit) - 2 * (weights * cross).sum(axis=1)
        found += (weights @ signal(points) * weights).sum(axis=1) + self._rough
        return np.maximum(found, 0.0) * (self._wider * self.scale**2)

    def _roughness(self, unit: Floats) -> float:
        """Variance from point to point that is no luck, since replications share it; in units of the process."""
        if self._luck is None:
            return 0.0
        off = (self._luck.T - self.carried(unit, self._luck.T)) / self.scale
        return max(0.0, float(self._process.kernel_.k2.noise_level) - float((off**2).sum(axis=0).mean()))

    def _settled(self, unit: Floats) -> Floats:
        columns = [factor.settled(column) for factor, column in zip(self.factors, unit.T, strict=True)]
        return np.stack(columns, axis=1)

    def _weights(self, unit: Floats) -> tuple[Floats, Floats]:
        cross = self._process.kernel_.k1(self._settled(unit), self._process.X_train_)
        return cross, cross @ self._inverse


def root_of(covariance: Floats, scale: float) -> Floats:
    """The lower root of a matrix of covariances that rounding may have made impossible."""
    more = 1e-7 * scale**2
    covariance[np.diag_indices(len(covariance))] += more
    while True:
        try:
            return np.linalg.cholesky(covariance)
        except np.linalg.LinAlgError:
            more *= 10
            covariance[np.diag_indices(len(covariance))] += more


def emulate(results: ExperimentResults, scenario: str, style: str, column: str) -> Emulator:
    """The stand-in for one column of the results, such as "output", under one style in one scenario.

    Raises:
        InputError: scikit-learn is not installed; too few points, or no such scenario, style or column.
    """
    for what, name, known in (
        ("scenario", scenario, [one.scenario.name for one in results.resolved.situations]),
        ("column", column, results.study.record.summed_up),
    ):
        if name not in known:
            raise InputError(unknown(what, name, known))
    ((styles, runs),) = (
        (styles, runs) for found, styles, runs in runs_by_scenario(results, [column]) if found == scenario
    )
    if style not in styles:
        raise InputError(unknown("style", style, styles))
    return fitted(results, *_of_style(runs[0, :, styles.index(style)]))


def emulator(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """A stand-in for every metric and style, how far it can be trusted, and the Sobol indices that it gives.

    Returns:
        `emulator`: one row per scenario, metric and style: scenario, metric, style, points, explained (share of the
        variance of unseen points), error (how far off it is there, in the metric's unit), within (share of them within
        their 95% intervals), noise (what luck adds to a point), trusted.
        `emulator_sobol`: scenario, metric, style, varied, first, first_low, first_high, total, total_low, total_high
        (95%, counting what the stand-in does not know of the model), independent (whether what is varied is; otherwise
        see `dependent`, beside this, for what the indices mean), trusted.

    Raises:
        InputError: scikit-learn is not installed; too few points.
    """
    rows, indices = [], []
    known = dependent(results)
    shared = None if known is None else places_that_share(results, known)
    for scenario, styles, runs in runs_by_scenario(results, results.study.looked_at):
        for column, of_styles in zip(results.study.looked_at, runs, strict=True):
            for number, style in enumerate(styles):
                values, luck_ = _of_style(of_styles[:, number])
                one = fitted(results, values, luck_)
                label = {"scenario": scenario, "metric": column, "style": style}
                rows.append(
                    {
                        **label, "points": int((~np.isnan(values)).sum()), "explained": one.explained,
                        "error": one.error, "within": one.within, "noise": one.noise, "trusted": one.trusted,
                    }
                )  # fmt: skip
                table = sobol_of(one, results.study.seed, shared).assign(independent=known is None)
                indices.append(table.assign(**label, trusted=one.trusted)[[*label, *table.columns, "trusted"]])
    return {"emulator": pd.DataFrame(rows), "emulator_sobol": pd.concat(indices, ignore_index=True)}


def sobol_of(one: Emulator, seed: int, shared: Places | None = None) -> pd.DataFrame:
    """First-order and total Sobol indices of a stand-in (Saltelli et al. 2010; Jansen 1999), with 95% intervals.

    They are those of its mean. Intervals are from many functions that the model may be, whose indices differ from those
    of the mean in the same places (Le Gratiet, Cannamela & Iooss 2014).

    Args:
        one: the stand-in.
        seed: of all that is drawn.
        shared: where what is varied goes together, the places that indices of such things are taken from.
    """
    things = len(one.factors)
    if shared is None:
        many, few = (_places(things, base, seed) for base in (BASE, 1 << int(np.log2(MOST_PLACES / (things + 2)))))
        indices = _indices
    else:
        many, few = shared.unit, shared.first(MOST_PLACES // (1 + 2 * things)).unit
        indices = indices_of
    found = indices(one.mean_at(many)[:, None], things)
    off = indices(one.paths(few, PATHS, seed), things) - indices(one.mean_at(few)[:, None], things)
    low, high = np.quantile(off, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=-1)
    table: dict[str, Any] = {"varied": [factor.column for factor in one.factors]}
    for kind, name in enumerate(("first", "total")):
        table[name] = found[kind, :, 0]
        table[f"{name}_low"] = found[kind, :, 0] - np.maximum(high[kind], 0.0)
        table[f"{name}_high"] = found[kind, :, 0] - np.minimum(low[kind], 0.0)
    return pd.DataFrame(table)


def _places(things: int, base: int, seed: int) -> Floats:
    """Where a function is looked at for its indices: two samples, and the first with each column from the second."""
    from scipy.stats import qmc

    drawn = qmc.Sobol(2 * things, rng=np.random.default_rng([seed, things])).random(base)
    first, second = drawn[:, :things], drawn[:, things:]
    mixed = [np.where(np.arange(things) == thing, second, first) for thing in range(things)]
    return np.concatenate([first, second, *mixed])


def _indices(values: Floats, things: int) -> Floats:
    """First-order and total indices from values in these places, (places, functions): (2, things varied, functions)."""
    a, b, *ab = np.split(values, things + 2)
    variance = np.concatenate([a, b]).var(axis=0)
    variance = np.where(variance > 0, variance, np.nan)
    alone = np.array([((b - b.mean(axis=0)) * (part - a)).mean(axis=0) / variance for part in ab])
    whole = np.array([((a - part) ** 2).mean(axis=0) / 2 / variance for part in ab])
    return np.stack([alone, whole])


def runs_by_scenario(
    results: ExperimentResults, columns: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], Floats]]:
    """Scenario, its styles, and all runs at each point: (columns, points, styles, replications)."""
    gathered: dict[str, list[Block]] = {}
    for block in point_by_point(results, columns):
        gathered.setdefault(block.scenario, []).append(block)
    for scenario, some in gathered.items():
        yield scenario, some[0].styles, np.stack([one.runs for one in some], axis=1)


def _of_style(runs: Floats) -> tuple[Floats, Floats]:
    """What a style comes to at each point, and what luck may have done to that: of (points, replications)."""
    return mean_of_known(runs), put_together(parts_of_error(runs[:, None])[:, 0])


def fitted(results: ExperimentResults, values: Floats, luck: Floats | None = None) -> Emulator:
    """The stand-in for what a style, or a difference between two, comes to at each point: (points,), or the first ones.

    `luck` as of `Emulator`.

    Raises:
        InputError: scikit-learn is not installed; too few points.
    """
    known = ~np.isnan(values)
    check_points(int(known.sum()))
    unit = results.unit[: len(values)][known]
    own = None if luck is None else luck[: len(values)][known]
    return Emulator(results.resolved.points.factors, unit, values[known], results.study.seed, own, dependent(results))


def check_points(points: int) -> None:
    """Raise InputError if there are too few points for a stand-in."""
    if points < FEWEST_POINTS:
        text = f"{points} points with a value are too few for a stand-in. Sample {FEWEST_POINTS} or more"
        raise InputError(f"{text}; ten for each thing varied are a good start.")
