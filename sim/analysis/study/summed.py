"""Sums up all situations of a study: mean rank, how often a style is best, and mean regret, with intervals.

A situation is a scenario, at a point of the design if there is one. Every table that sums up situations takes it from
here, so that it is the same number with the same interval in all of them.

How sure the shares and ranks are is drawn, since they change in steps, of which neither a standard deviation nor the
jackknife says much: many times over, all means are shifted by what luck may have done to them, with the spread that the
replications have and the tails of few of them (multivariate t), the same luck in every situation; and where points are
a sample, they are weighed as other points might have come (the Bayesian bootstrap, Rubin 1981), with half a point each
at both ends of what there can be, so that what was never seen may still be rare (Jeffreys 1946).

Regret goes up by whatever luck does to the best of several means, and has a kink where two styles are equal, at which
the jackknife is too sure. Where situations are listed, its upper end is drawn: regret of the shifted means. Its lower
end lies as far below as luck alone puts one of the styles ahead that may be the best in a situation (the directional
delta method of Fang & Santos 2019). Of one situation it has the interval of `largest`. Over a sample of points, where
few of them lie at a kink, the jackknife over replications (Miller 1974) takes most of what luck adds away.
"""

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.analysis.regret import behind_best, rank
from sim.analysis.study.blocks import Block, independent_draws, mean_of_known, metric_of, point_by_point
from sim.analysis.study.largest import regret_of
from sim.analysis.study.sources import luck, parts_of_error, uncertainty
from sim.analysis.summary import CONFIDENCE, ROUNDING, Floats
from sim.study.results import ExperimentResults

ALL = "all"
"""In the place of a scenario: all of them together."""

DRAWS = 600
"""Draws that intervals of ranks and shares come from."""

_STREAM = 0x73756D6D
"""Keeps these draws apart from whatever else begins with the same seed."""


class Estimate(NamedTuple):
    """Something for each column and style, with its 95% interval, which is NaN with a single replication."""

    mean: Floats
    low: Floats
    high: Floats

    def columns(self, name: str, column: int, style: int | None = None) -> dict[str, Any]:
        """Columns NAME, NAME_low and NAME_high of a table, of all styles or of one."""
        place = (column,) if style is None else (column, style)
        ends = zip(("", "_low", "_high"), self, strict=True)
        return {f"{name}{end}": values[place] if style is None else float(values[place]) for end, values in ends}


class Summed(NamedTuple):
    """What was taken in some situations, by column and style; only situations count in which all styles have a value.

    `rank`: mean rank; `best`: share of the situations in which no other style is better; `regret`: mean regret. `front`
    (1, styles): share in which no other is at least as good in the first two columns and better in one; None where only
    one is looked at. `regrets` (columns, styles, situations) and `means`, in the order of the results; NaN where a
    situation does not count. `situations` (columns,): how many do.
    """

    styles: tuple[str, ...]
    rank: Estimate
    best: Estimate
    regret: Estimate
    front: Estimate | None
    regrets: Floats
    means: Floats
    situations: NDArray[np.int64]
    places: tuple[tuple[str, int | None], ...]
    """Scenario and point of each situation."""


_KNOWN: "WeakKeyDictionary[ExperimentResults, dict[str, Summed]]" = WeakKeyDictionary()


def over_situations(results: ExperimentResults) -> dict[str, Summed]:
    """What the columns looked at come to over all situations, by scenario, and over ALL of them where it is several.

    Over ALL, only styles that every scenario has are told of; they may be behind others.
    """
    if results not in _KNOWN:
        _KNOWN[results] = _summed(results)
    return _KNOWN[results]


def _summed(results: ExperimentResults) -> dict[str, Summed]:
    names = [one.scenario.name for one in results.resolved.situations]
    styles = {one.scenario.name: one.styles for one in results.resolved.situations}
    gathered = {name: _Gathered(results, styles[name]) for name in names}
    if len(names) > 1:
        common = tuple(style for style in styles[names[0]] if all(style in some for some in styles.values()))
        gathered[ALL] = _Gathered(results, common)
    draws = _Draws(results)
    for block in point_by_point(results):
        seen = _Situation(results, block, draws)
        for name in {block.scenario, ALL} & set(gathered):
            gathered[name].add(seen)
    return {name: one.summed() for name, one in gathered.items()}


def known_in(values: Floats) -> Floats:
    """Of values by style and situation, (styles, situations), those of situations that count."""
    return values[:, ~np.isnan(values).any(axis=0)]


def unbeaten(wished: Floats) -> NDArray[np.bool_]:
    """Which styles (last axis) no other is at least as good as in all columns (the axis before), and better in one."""
    nearly = wished + ROUNDING * np.abs(wished).max(axis=-1, keepdims=True, initial=0.0, where=~np.isnan(wished))
    as_good = (nearly[..., :, None] >= wished[..., None, :]).all(axis=-3)
    better = (wished[..., :, None] > nearly[..., None, :]).any(axis=-3)
    found: NDArray[np.bool_] = ~(as_good & better).any(axis=-2)
    return found


class _Draws:
    """What luck does to replications, and how points are weighed, in each draw; the same in every situation."""

    def __init__(self, results: ExperimentResults) -> None:
        study = results.study
        n, points = study.replications, len(results.resolved.points.rows)
        rng = np.random.default_rng([study.seed, _STREAM])
        self.luck = luck(rng, DRAWS, n)
        self.ends = np.zeros((2, DRAWS))
        self._each = np.ones((DRAWS, 1))
        self._points_of_draw = points
        if not study.lists_points:
            many = independent_draws(study, points)
            self._points_of_draw = points // many
            self._each = rng.standard_exponential((DRAWS, many))
            self.ends = rng.gamma(0.5, size=(2, DRAWS)) * self._points_of_draw

    def weight(self, point: int) -> Floats:
        """How much a point counts in each draw."""
        return self._each[:, point // self._points_of_draw]


class _Situation:
    """What is taken in one situation: from the means, from each draw of them, and without each replication."""

    def __init__(self, results: ExperimentResults, block: Block, draws: _Draws) -> None:
        assert block.point is not None  # noqa: S101  # they come one by one
        signs = np.array([metric_of(column).sign for column in results.study.looked_at], np.float64)
        wished = signs[:, None, None] * block.runs
        self.block, self.weight = block, draws.weight(block.point)
        self.means = mean_of_known(wished)  # (columns, styles)
        self.known = ~np.isnan(self.means).any(axis=1)
        parts = parts_of_error(wished)
        errors = np.tensordot(draws.luck, parts, axes=(1, 2))
        self.drawn = self._taken(errors + self.means)
        self.taken = self._taken(self.means)
        # A replication in which some style has no value says nothing of luck.
        whole = ~np.isnan(wished).any(axis=1, keepdims=True)
        many = whole.sum(axis=-1, keepdims=True)
        total = np.where(whole, wished, 0.0).sum(axis=-1, keepdims=True)
        left = np.where(whole & (many > 1), (total - wished) / np.maximum(many - 1, 1), self.means[..., None])
        self.regret_without = np.moveaxis(behind_best(np.moveaxis(left, -1, 0)), 0, -1)
        self.regret = behind_best(self.means)
        self.regret_drawn = behind_best(errors + self.means)
        ahead = np.where(_may_be_best(self.means, parts), errors, -np.inf).max(axis=-1, keepdims=True)
        self.regret_by_luck = ahead - errors
        self.ends, self.wished = draws.ends, wished

    def _taken(self, means: Floats) -> list[Floats]:
        """Ranks, who is the best, and who is on the front: (..., columns or 1, styles)."""
        ranks = rank(means)
        found = [ranks, (ranks == 1).astype(np.float64)]
        if means.shape[-2] > 1:
            found.append(unbeaten(means[..., :2, :])[..., None, :].astype(np.float64))
        return found


class _Share:
    """The mean over situations of something between two ends, and in each draw."""

    def __init__(self, least: float, most: float) -> None:
        self._least, self._most = least, most
        self._total: Any = 0.0
        self._many: Any = 0.0
        self._drawn: Any = 0.0
        self._weight: Any = 0.0
        self._never: NDArray[np.bool_] | bool = True
        self._always: NDArray[np.bool_] | bool = True
        self._ends = np.zeros((2, DRAWS))

    def add(self, known: NDArray[np.bool_], taken: Floats, drawn: Floats, weight: Floats, ends: Floats) -> None:
        """A further situation: (columns, styles) and (draws, columns, styles); columns not known are left out."""
        self._ends = ends
        self._total += np.where(known[:, None], taken, 0.0)
        self._many += known[:, None]
        weighed: Floats = np.where(known[:, None], drawn, 0.0) * weight[:, None, None]
        self._drawn += weighed
        self._weight += known[:, None] * weight[:, None, None]
        self._never &= (drawn == self._least) | ~known[:, None]
        self._always &= (drawn == self._most) | ~known[:, None]

    def estimate(self, several: bool) -> Estimate:
        """The mean with its interval, which only several replications give."""
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.asarray(self._total / self._many)
            one, other = self._ends[..., None, None]
            drawn = (self._drawn + one * self._least + other * self._most) / (self._weight + one + other)
        if not several:
            return Estimate(mean, np.full(mean.shape, np.nan), np.full(mean.shape, np.nan))
        # Where it is at one end in all situations, the interval begins there.
        below = np.where(self._never, self._least, drawn)
        above = np.where(self._always, self._most, drawn)
        low = np.quantile(below, (1 - CONFIDENCE) / 2, axis=0)
        high = np.quantile(above, (1 + CONFIDENCE) / 2, axis=0)
        return Estimate(mean, np.minimum(low, mean), np.maximum(high, mean))


class _Gathered:
    def __init__(self, results: ExperimentResults, styles: tuple[str, ...]) -> None:
        self._results, self._styles = results, styles
        self._places: list[tuple[str, int | None]] = []
        self._means: list[Floats] = []
        self._regrets: list[Floats] = []
        self._shares: list[_Share] = []
        self._without: Floats | float = 0.0
        self._regret_drawn: Floats | float = 0.0
        self._regret_by_luck: Floats | float = 0.0
        self._first: Floats | None = None
        self._own: list[int] = []

    def add(self, seen: _Situation) -> None:
        """A further situation."""
        own = [seen.block.styles.index(style) for style in self._styles]
        if not self._shares:
            most = max(len(one.styles) for one in self._results.resolved.situations)
            self._shares = [_Share(*ends) for ends in ((1.0, most), (0.0, 1.0), (0.0, 1.0))[: len(seen.taken)]]
        both = np.array([seen.known[:2].all()])
        for share, known, taken, drawn in zip(self._shares, (seen.known, seen.known, both), seen.taken, seen.drawn,
                                              strict=False):  # fmt: skip
            share.add(known, taken[:, own], drawn[..., own], seen.weight, seen.ends)
        nothing = np.where(seen.known, 0.0, np.nan)[:, None]
        self._places.append((seen.block.scenario, seen.block.point))
        self._means.append(seen.means[:, own] + nothing)
        self._regrets.append(seen.regret[:, own] + nothing)
        self._without += np.where(seen.known[:, None, None], seen.regret_without[:, own], 0.0)
        self._regret_drawn += np.where(seen.known[:, None], seen.regret_drawn[..., own], 0.0)
        self._regret_by_luck += np.where(seen.known[:, None], seen.regret_by_luck[..., own], 0.0)
        if self._first is None:
            self._first, self._own = seen.wished, own

    def summed(self) -> Summed:
        """All of them."""
        regrets, several = np.stack(self._regrets, axis=-1), self._results.study.replications > 1
        rank_, best, *front = (share.estimate(several) for share in self._shares)
        return Summed(
            self._styles, rank_, best, self._regret(regrets), front[0] if front else None, regrets,
            np.stack(self._means, axis=-1), (~np.isnan(regrets[:, 0])).sum(axis=-1), tuple(self._places),
        )  # fmt: skip

    def _regret(self, regrets: Floats) -> Estimate:
        """Mean regret; over a sample of points without most of what luck adds to it."""
        study, mean = self._results.study, mean_of_known(regrets)
        if study.replications < 2:
            return Estimate(mean, np.full(mean.shape, np.nan), np.full(mean.shape, np.nan))
        if not study.lists_points:
            return self._regret_over_sample(regrets)
        if regrets.shape[-1] == 1:
            return self._regret_of_one(mean)
        many = (~np.isnan(regrets)).sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            by_luck = np.quantile(self._regret_by_luck / many, (1 + CONFIDENCE) / 2, axis=0)
            high = np.quantile(self._regret_drawn / many, (1 + CONFIDENCE) / 2, axis=0)
        return Estimate(mean, np.maximum(mean - by_luck, 0.0), np.maximum(high, mean))

    def _regret_of_one(self, mean: Floats) -> Estimate:
        """Of a single situation, as in the table of ranks."""
        assert self._first is not None  # noqa: S101  # a situation was added
        seed = self._results.study.seed
        found = np.array([[regret_of([runs], style, seed) for style in self._own] for runs in self._first])
        return Estimate(mean, found[..., 1], found[..., 2])

    def _regret_over_sample(self, regrets: Floats) -> Estimate:
        study, mean = self._results.study, mean_of_known(regrets)
        without = np.asarray(self._without) / (~np.isnan(regrets)).sum(axis=-1, keepdims=True)
        n = without.shape[-1]
        luck_ = n * mean[..., None] - (n - 1) * without
        many = independent_draws(study, len(self._results.resolved.points.rows))
        scenarios = len({scenario for scenario, _ in self._places})  # which all have the same points
        by_draw = regrets.reshape(*mean.shape, scenarios, many, -1).swapaxes(2, 3)
        half = uncertainty([luck_, mean_of_known(by_draw.reshape(*mean.shape, many, -1))]).half
        corrected = luck_.mean(axis=-1)
        return Estimate(*(np.maximum(end, 0.0) for end in (corrected, corrected - half, corrected + half)))


def _may_be_best(means: Floats, parts: Floats) -> NDArray[np.bool_]:
    """Which styles are no clearer behind the best one than luck may put them: (columns, styles)."""
    best = np.argmax(np.nan_to_num(means, nan=-np.inf), axis=1)[:, None]
    gap = np.take_along_axis(means, best, axis=1) - means
    error = np.sqrt(((parts - np.take_along_axis(parts, best[..., None], axis=1)) ** 2).sum(axis=-1))
    freedom = np.maximum((parts != 0).any(axis=1).sum(axis=-1, keepdims=True) - 1, 1)
    found: NDArray[np.bool_] = gap <= stdtrit(freedom, (1 + CONFIDENCE) / 2) * error
    return found
