"""Emulators of one metric under several styles, whose errors are correlated as the styles' runs are.

Styles meet the same people and the same luck, so that much of what is not known of one is not known of the others
either, and which is best is known better than any of them. So the values of all styles at a point are turned into sums
of them that do not go together over the points (principal components; Higdon et al. 2008), each of these has a
stand-in of its own, and answers are turned back.

What leaves an answer open is of two sorts. Between the points that were run, the model may be one of many functions:
these are drawn by the Gaussian process. And luck is the same at every point, so that a surface fitted to them has it
in itself and cannot tell: it is drawn with the spread between replications, and the tails of few of them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.analysis.study.blocks import mean_of_known
from sim.analysis.study.emulator import MOST_POINTS, TRUSTED, TRUSTED_WITHIN, Emulator, check_points
from sim.analysis.study.sources import luck, parts_of_error, put_together
from sim.analysis.summary import CONFIDENCE, ROUNDING, Floats
from sim.study.design import Factor


class HadLuckBeen(NamedTuple):
    """Values under each style, (draws, styles, points or places).

    `points`: at the points that were run; `foretold`: of each of them by the others; `places`: at other places.
    """

    points: Floats
    foretold: Floats
    places: Floats


class Together:
    """The stand-ins for one metric under all styles of a scenario.

    `trusted` (styles,): whether they foretell points that were left out well enough, as `Emulator.trusted`.

    Args:
        factors: what is varied.
        unit: where the points lie, on ranges from 0 to 1: (points, things varied).
        runs: (points, styles, replications); a point at which some style has no value is left out.
        seed: of all that is drawn.

    Raises:
        InputError: scikit-learn is not installed; too few points.
    """

    def __init__(self, factors: tuple[Factor, ...], unit: Floats, runs: Floats, seed: int) -> None:
        known = ~np.isnan(mean_of_known(runs)).any(axis=1)
        check_points(int(known.sum()))
        unit, runs = unit[known][:MOST_POINTS], runs[known][:MOST_POINTS]
        values = mean_of_known(runs)
        self._turned = np.linalg.eigh(np.atleast_2d(np.cov(values, rowvar=False)))[1]
        parts, off = values @ self._turned, np.einsum("psr,sk->kpr", put_together(parts_of_error(runs)), self._turned)
        small = ROUNDING * np.abs(values).max()
        self._parts = [
            Emulator(factors, unit, column, seed + number, own) if np.std(column) > small else float(column.mean())
            for number, (column, own) in enumerate(zip(parts.T, off, strict=True))
        ]
        self._luck, self._seed, self._seen = off, seed, parts.T
        self.unit, self.known = unit, np.flatnonzero(known)[:MOST_POINTS]
        """Where the points lie that it is fitted to, and which of those that were given they are."""
        self.trusted = self._trusted(values)

    def at(self, unit: Floats) -> Floats:
        """The mean of the model under each style at places on ranges from 0 to 1: (styles, places)."""
        parts = [one.mean_at(unit) if isinstance(one, Emulator) else np.full(len(unit), one) for one in self._parts]
        answers: Floats = self._turned @ np.stack(parts)
        return answers

    def drawn(self, unit: Floats, count: int) -> Floats:
        """The same in so many models that this one may be: (count, styles, places); NaN with a single replication."""
        if self._luck.shape[-1] < 2:
            return np.full((count, len(self._parts), len(unit)), np.nan)
        weights = self.weights(count)
        parts = [
            one.paths(unit, count, self._seed + number, weights).T if isinstance(one, Emulator)
            else np.full((count, len(unit)), one)
            for number, one in enumerate(self._parts)
        ]  # fmt: skip
        turned: Floats = np.einsum("sk,kcp->csp", self._turned, np.stack(parts))
        return turned

    def weights(self, count: int) -> Floats:
        """What luck did to the replications in so many draws, (count, replications), as of `luck`."""
        return luck(np.random.default_rng([self._seed, count]), count, self._luck.shape[-1])

    def had_luck_been(self, weights: Floats, unit: Floats) -> "HadLuckBeen":
        """What would be found at the points, and foretold of them and of other places, with other luck."""
        points, foretold, places = [], [], []
        for one, seen, off in zip(self._parts, self._seen, self._luck, strict=True):
            added = weights @ off.T
            points.append(seen + added)
            if isinstance(one, Emulator):
                foretold.append(points[-1] - one.off_without(points[-1]))
                places.append(one.mean_at(unit) + one.carried(unit, added))
            else:
                foretold.append(points[-1])
                places.append(np.full((len(weights), len(unit)), one) + added.mean(axis=1, keepdims=True))
        return HadLuckBeen(
            *(np.einsum("sk,kcp->csp", self._turned, np.stack(one)) for one in (points, foretold, places))
        )

    def _trusted(self, values: Floats) -> NDArray[np.bool_]:
        off, variance = np.zeros(values.shape), np.zeros(values.shape)
        for one, column in zip(self._parts, self._turned.T, strict=True):
            if isinstance(one, Emulator):
                off += one.left_out.off[:, None] * column
                variance += one.left_out.variance[:, None] * column**2
        around = values - values.mean(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            explained = 1 - (off**2).mean(axis=0) / (around**2).mean(axis=0)
        within = (np.abs(off) <= ndtri((1 + CONFIDENCE) / 2) * np.sqrt(variance)).mean(axis=0)
        found: NDArray[np.bool_] = (explained >= TRUSTED) & (within >= TRUSTED_WITHIN)
        return found
