"""What is taken at each point of a sampled design, summed up over the points: its mean with what leaves it open."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from sim.analysis.study.blocks import independent_draws, mean_of_known, point_by_point
from sim.analysis.study.sources import uncertainty
from sim.analysis.summary import Floats
from sim.study.results import ExperimentResults


class Summed(NamedTuple):
    """Several things that were taken at each point in one scenario, by column and style.

    `points` (things, columns, styles, points): at each point at which all styles have a value; the same number for all
    columns. `pseudo` (things, columns, styles, replications): the pseudo-values of the jackknife over replications, of
    the mean over all points. `draws` (things, columns, styles, draws): means over points that were drawn together.
    """

    points: Floats
    pseudo: Floats
    draws: Floats

    def intervals(self, column: int) -> list[tuple[Floats, Floats, Floats]]:
        """Of each thing its mean over points, style by style, with both ends of its 95% interval."""
        found = []
        for pseudo, draws, points in zip(self.pseudo[:, column], self.draws[:, column], self.points[:, column],
                                         strict=True):  # fmt: skip
            known = pseudo.shape[-1] > 1
            mean = mean_of_known(pseudo) if known else mean_of_known(points)
            half = uncertainty([pseudo, draws]).half if known else np.full(len(mean), np.nan)
            found.append((mean, mean - half, mean + half))
        return found


def over_points(results: ExperimentResults, signs: Floats, at_a_point: Callable[[Floats], Floats]) -> Iterator[Summed]:
    """Scenario by scenario, what is taken from the means of all styles at each point.

    Args:
        results: of a sampled design.
        signs: of the columns looked at, so that more is better.
        at_a_point: from means (..., styles), of which more is better, to several things (things, ..., styles).
    """
    gathered: dict[str, _Gathered] = {}
    for block in point_by_point(results):
        mine = gathered.setdefault(block.scenario, _Gathered(at_a_point))
        mine.add(signs[:, None, None] * block.runs)
    for mine in gathered.values():
        yield mine.summed(independent_draws(results.study, len(results.resolved.points.rows)))


class _Gathered:
    def __init__(self, at_a_point: Callable[[Floats], Floats]) -> None:
        self._at_a_point = at_a_point
        self._points: list[Floats] = []
        self._without: Floats | float = 0.0
        self._known = 0

    def add(self, wished: Floats) -> None:
        """A further point: (columns, styles, replications); it counts where every style has a value by every column."""
        means = mean_of_known(wished)
        self._points.append(self._at_a_point(means))
        if np.isnan(means).any():
            return
        # A replication in which some style has no value counts for none of them, and changes nothing by going.
        whole = ~np.isnan(wished).any(axis=1, keepdims=True)
        many = whole.sum(axis=-1, keepdims=True)
        if not many.all():
            return
        counted = np.where(whole, wished, 0.0)
        total = counted.sum(axis=-1, keepdims=True)
        left = np.where(whole, (total - counted) / np.maximum(many - 1, 1), total / many)
        self._without += np.moveaxis(self._at_a_point(np.moveaxis(left, -1, 0)), 1, -1)
        self._known += 1

    def summed(self, draws: int) -> Summed:
        points = np.stack(self._points, axis=-1)
        together = mean_of_known(points.reshape(*points.shape[:-1], draws, -1))
        everywhere = ~np.isnan(points).any(axis=(0, 1, 2))
        kept = points[..., everywhere]
        if not self._known:
            return Summed(kept, np.full((*points.shape[:-1], 1), np.nan), together)
        without = np.asarray(self._without) / self._known
        n = without.shape[-1]
        pseudo = n * kept.mean(axis=-1, keepdims=True) - (n - 1) * without if n > 1 else without[..., :1]
        return Summed(kept, pseudo, together)
