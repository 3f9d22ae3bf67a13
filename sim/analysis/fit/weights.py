"""Weighs each world by how well it agrees with a past, and predicts from there.

Worlds are an importance sample: drawn from what is plausible, weighted by the likelihood of the past in them. People
who leave are a Poisson count, whose rate in a world is known from its lives only roughly (a gamma distribution). A
survey's mean, and the logarithm of output or revenue, are normal: around the mean course of the world's lives, with a
shift that stays (a scale's level is not the model's, and nobody knows what a piece of output is in the model), with the
luck that lives of one world differ by, and with noise, whose size is one of a few (synthetic likelihood; Wood 2010).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.special import gammaln, logsumexp

from sim.analysis.fit.worlds import Lived
from sim.scenario.history import WEEKS, WORK, History

type Floats = NDArray[np.float64]


class Noise(NamedTuple):
    """Usual sizes of the shift and of the noise."""

    shift: float
    size: float


SURVEY, LOGARITHM = Noise(0.10, 0.025), Noise(10.0, 0.06)
"""Of a survey's mean, on 0-1, and of the logarithm of output or revenue. Sizes are assumed."""

SIZES = (0.35, 0.7, 1.4, 2.8)
"""Times the usual size that noise may be, each as likely."""

BEFORE = 0.5
"""Jeffreys' prior of a rate counts as half an event."""


def noise_of(metric: str) -> Noise:
    """Shift and noise of a column."""
    return LOGARITHM if metric in WORK else SURVEY


def observed(history: History) -> dict[str, Floats]:
    """The columns as they are compared: shares, or logarithms; NaN where there is no value."""
    found = {}
    for name, one in history.series.items():
        if one.is_survey:
            found[name] = np.array(one.shares)
        elif name in WORK:
            found[name] = np.log(one.values)
    return found


def modelled(name: str, lived: Lived) -> Floats:
    """The same of every life: (worlds, lives, periods)."""
    means = lived.means[name]
    return np.log(np.maximum(means, 1e-6)) if name in WORK else means


def exposure(history: History, lived: Lived) -> Floats:
    """Person-weeks of each period, from headcounts, or as many as the model has, where these are not known."""
    weeks = WEEKS[history.every]
    counts = np.array(history.series["headcount"].values if "headcount" in history.series else ())
    known = np.flatnonzero(~np.isnan(counts))
    if not len(known):
        return np.full(len(history.labels), float(lived.person_weeks.mean()))
    there: Floats = weeks * np.interp(np.arange(len(counts)), known, counts[known])
    return there


class Column(NamedTuple):
    """What is known of a column after the first periods: for each size of the noise, log likelihoods (worlds,), the
    expected course to come (worlds, periods to come), and its covariance, which all worlds share.
    """  # noqa: D205

    logs: tuple[Floats, ...]
    expected: tuple[Floats, ...]
    covariance: tuple[Floats, ...]


class Weighted(NamedTuple):
    """Worlds after the first periods of the past: their weights (worlds,), which add up to 1.

    `rate` is each world's gamma of people leaving; `columns` has what is known of the others.
    """

    weights: Floats
    rate: tuple[Floats, Floats]
    columns: Mapping[str, Column]

    @property
    def effective(self) -> float:
        """As how many worlds of equal weight they count (effective sample size; Kong 1992)."""
        return float(1.0 / np.sum(self.weights**2))


def weigh(history: History, lived: Lived, periods: int) -> Weighted:
    """Hold the worlds against the first periods of a past."""
    logs = np.zeros(len(lived.left))
    shape, rate = _rates(lived, periods)
    if "left" in history.series:
        count = float(np.sum(history.series["left"].values[:periods]))
        over = float(exposure(history, lived)[:periods].sum())
        logs += gammaln(shape + count) - gammaln(shape) + shape * np.log(rate / (rate + over))
        logs -= count * np.log(rate + over)
        shape, rate = shape + count, rate + over
    columns = {name: _column(name, values, lived, periods) for name, values in observed(history).items()}
    for column in columns.values():
        logs += logsumexp(column.logs, axis=0)
    weights = np.exp(logs - logs.max())
    return Weighted(weights / weights.sum(), (shape, rate), columns)


def _column(name: str, values: Floats, lived: Lived, periods: int) -> Column:
    lives = modelled(name, lived)
    course = lives.mean(axis=1)
    off = (lives - course[:, None]).reshape(-1, lives.shape[-1])
    luck = off.T @ off / (len(lives) * (lives.shape[1] - 1))
    # Each world's mean course is over a few lives only, which leaves it that much more open.
    luck *= 1 + 1 / lives.shape[1]
    shift, size = noise_of(name)
    known = np.flatnonzero(~np.isnan(values[:periods]))
    ahead = np.arange(periods, len(values))
    found = []
    for times in SIZES:
        whole = luck + shift**2 + (times * size) ** 2 * np.eye(len(values))
        if not len(known):
            found.append((np.zeros(len(lives)), course[:, ahead], whole[np.ix_(ahead, ahead)]))
            continue
        inner = cho_factor(whole[np.ix_(known, known)], lower=True)
        apart = values[known] - course[:, known]
        solved = cho_solve(inner, apart.T).T
        logs = -0.5 * (apart * solved).sum(axis=1) - np.log(np.diag(inner[0])).sum()
        across = whole[np.ix_(ahead, known)]
        left = whole[np.ix_(ahead, ahead)] - across @ cho_solve(inner, across.T)
        found.append((logs, course[:, ahead] + solved @ across.T, left))
    return Column(*(tuple(part) for part in zip(*found, strict=True)))


def _rates(lived: Lived, periods: int) -> tuple[Floats, Floats]:
    """What the lives of each world tell of its rate of leaving, as a gamma distribution: (worlds,) each."""
    left = lived.left[..., :periods].sum(axis=(1, 2))
    over = lived.person_weeks[..., :periods].sum(axis=(1, 2))
    usual = float((left.sum() + BEFORE) / over.sum())
    return left + BEFORE, over + BEFORE / usual


def foresee(history: History, lived: Lived, now: Weighted, periods: int, n: int, seed: int) -> dict[str, Floats]:
    """`n` futures of each column after the first periods, (n, periods to come): people who left, or as `observed`."""
    rng = np.random.default_rng([seed, _STREAM])
    world = picked(now.weights, n, rng)
    total = len(history.labels)
    found = {}
    if "left" in history.series:
        shape, rate = now.rate
        past = lived.left[..., :periods].sum() / lived.person_weeks[..., :periods].sum()
        ahead = lived.left[..., periods:].sum() / lived.person_weeks[..., periods:].sum()
        rates = rng.gamma(shape[world], 1.0 / rate[world]) * ahead / max(past, 1e-9)
        there = exposure(history, lived)[periods - 1]
        found["left"] = rng.poisson(rates[:, None] * there, (n, total - periods)).astype(float)
    for name, column in now.columns.items():
        logs = np.array(column.logs)[:, world]
        chances = np.cumsum(np.exp(logs - logsumexp(logs, axis=0)), axis=0)
        which = np.minimum((chances < rng.random(n)).sum(axis=0), len(SIZES) - 1)
        draws = np.empty((n, total - periods))
        for place in range(len(SIZES)):
            here = np.flatnonzero(which == place)
            around = rng.multivariate_normal(np.zeros(total - periods), column.covariance[place], len(here))
            draws[here] = column.expected[place][world[here]] + around
        found[name] = draws
    return found


def picked(weights: Floats, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Numbers of worlds, each as often as its weight says (systematic resampling; Douc & Cappé 2005)."""
    places = (rng.random() + np.arange(n)) / n
    numbers: NDArray[np.int64] = np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)
    return numbers


_STREAM = 0x666F7265
