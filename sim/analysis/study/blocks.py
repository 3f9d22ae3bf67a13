"""The runs of a study as arrays, one block per situation: every table of its results is computed from them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.paired import default_baseline
from sim.analysis.summary import Floats, mean_interval
from sim.model.metrics import BY_NAME, Metric
from sim.study.results import ExperimentResults
from sim.study.spec import Morris, Sobol, Study


class SampledMeans(NamedTuple):
    """What a sampled design came to, point by point; NaN where there is nothing.

    `points` (columns, styles, points): the mean over the replications of each point. `draws` (columns, styles, draws):
    the mean over points that were drawn together and so are no evidence by themselves: those that belong to one base
    sample of Saltelli's design, or to one of Morris's trajectories. `typical` (columns, styles, replications): the
    means of replications over all points, spread as far as replications are at one point, where less evens out.
    """

    points: Floats
    draws: Floats
    typical: Floats


class Block(NamedTuple):
    """The runs of one scenario at one point of the design.

    `runs` (columns, styles, replications), NaN where a run has none. Of a sampled design there is one block for a
    scenario, with None for the point: a replication is then the mean over the points, which all have its luck, and
    `sample` has what the points are.
    """

    scenario: str
    point: int | None
    styles: tuple[str, ...]
    runs: Floats
    sample: SampledMeans | None = None

    @property
    def sources(self) -> tuple[Floats, ...]:
        """What a mean is uncertain by, each with independent draws on its last axis: luck, and the choice of points."""
        return (self.runs,) if self.sample is None else (self.runs, self.sample.draws)


def blocks(results: ExperimentResults, columns: Sequence[str] | None = None) -> Iterator[Block]:
    """One block after the other, in the order of the results; no more than one is held.

    Args:
        results: opened.
        columns: of the results; by default those that the study's analyses look at.
    """
    columns = list(columns or results.study.looked_at)
    if results.study.lists_points:
        yield from point_by_point(results, columns)
        return
    sampled: dict[str, _Gathered] = {}
    for block in point_by_point(results, columns):
        sampled.setdefault(block.scenario, _Gathered(block)).add(block.runs)
    for gathered in sampled.values():
        yield gathered.block(results.study)


class _Gathered:
    """The points of a sampled design in one scenario, one after the other."""

    def __init__(self, first: Block) -> None:
        self._first = first
        self._points: list[Floats] = []
        self._variances: list[Floats] = []
        self._sum = np.zeros_like(first.runs)
        self._many = np.zeros_like(first.runs)

    def add(self, runs: Floats) -> None:
        """A further point; in a replication in which some style has no value there, it counts for no style."""
        found = mean_interval(runs)
        self._points.append(found.mean)
        self._variances.append(found.sd**2)
        known = ~np.isnan(runs).any(axis=1, keepdims=True)
        self._sum += np.where(known, runs, 0.0)
        self._many += known

    def block(self, study: Study) -> Block:
        """All of them."""
        runs = np.where(self._many > 0, self._sum / np.maximum(self._many, 1), np.nan)
        points = np.stack(self._points, axis=-1)
        draws = mean_of_known(points.reshape(*points.shape[:-1], independent_draws(study, points.shape[-1]), -1))
        all_points = mean_interval(runs)
        at_a_point = np.sqrt(mean_of_known(np.stack(self._variances, axis=-1)))
        wider = np.divide(at_a_point, all_points.sd, out=np.ones_like(at_a_point), where=all_points.sd > 0)
        typical = all_points.mean[..., None] + (runs - all_points.mean[..., None]) * wider[..., None]
        return Block(self._first.scenario, None, self._first.styles, runs, SampledMeans(points, draws, typical))


def means_by_point(
    results: ExperimentResults, columns: Sequence[str] | None = None
) -> Iterator[tuple[str, tuple[str, ...], Floats]]:
    """Scenario, its styles, and the mean over the replications of each point: (columns, styles, points)."""
    gathered: dict[str, list[Block]] = {}
    for block in blocks(results, columns):
        gathered.setdefault(block.scenario, []).append(block)
    for scenario, some in gathered.items():
        sample = some[0].sample
        points = np.stack([mean_of_known(one.runs) for one in some], axis=-1) if sample is None else sample.points
        yield scenario, some[0].styles, points


def independent_draws(study: Study, points: int) -> int:
    """How many draws a sample of points consists of; those of a draw follow one another."""
    match study.design:
        case Sobol(base=base):
            return base
        case Morris(trajectories=trajectories):
            return trajectories
    return points


def mean_of_known(values: Floats) -> Floats:
    """Mean over the last axis without what is NaN; NaN where there is nothing else."""
    known = ~np.isnan(values)
    many = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    return np.where(many > 0, total / np.maximum(many, 1), np.nan)


def labels(results: ExperimentResults, block: Block) -> dict[str, Any]:
    """What the rows of a table say about where they come from: scenario, point and the varied values."""
    if block.point is None or results.study.design is None:
        return {"scenario": block.scenario}
    return {"scenario": block.scenario, "point": block.point, **results.shown(block.scenario, block.point)}


def labelled(table: pd.DataFrame, label: dict[str, Any]) -> pd.DataFrame:
    """The table with these columns before its own."""
    first = pd.DataFrame({name: [value] * len(table) for name, value in label.items()}, index=table.index)
    return pd.concat([first, table], axis=1)


def baseline_of(results: ExperimentResults) -> str:
    """The style that the others are compared with: one for the whole study, which every scenario has where possible."""
    situations = results.resolved.situations
    common = [style for style in situations[0].styles if all(style in other.styles for other in situations)]
    own = situations[0].scenario.leader.style
    return results.study.analysis.baseline or default_baseline(common or situations[0].styles, own)


def metric_of(column: str) -> Metric:
    """The metric that a column of the results holds, of the whole run or of a stretch of it.

    One that a study derives from others has no unit, and more of it counts as better.
    """
    names = [name for name in BY_NAME if column == name or column.startswith(f"{name}_")]
    if names:
        return BY_NAME[max(names, key=len)]
    return Metric(column, "", column.replace("_", " ").capitalize(), "higher", "derived from others in the study")


def point_by_point(results: ExperimentResults, columns: Sequence[str] | None = None) -> Iterator[Block]:
    """As `blocks`, but point by point in a sampled design, too."""
    columns = list(columns or results.study.looked_at)
    rows = (group.to_numpy(np.float64) for group in results.groups(columns))
    replications = results.study.replications
    waiting: Floats = np.empty((0, len(columns)))
    for situation in results.resolved.situations:
        size = replications * len(situation.styles)
        for point in range(len(results.resolved.points.rows)):
            parts, gathered = [waiting], len(waiting)
            while gathered < size:
                parts.append(next(rows))
                gathered += len(parts[-1])
            whole = np.concatenate(parts) if len(parts) > 1 else waiting
            mine, waiting = whole[:size], whole[size:]
            values = mine.reshape(replications, len(situation.styles), len(columns)).transpose(2, 1, 0)
            yield Block(situation.scenario.name, point, situation.styles, np.ascontiguousarray(values))
