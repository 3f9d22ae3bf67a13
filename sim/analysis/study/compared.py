"""Differences between styles in a study, with intervals, p values and effect sizes, and how situations change them.

Effect sizes: d_av and d_z of the pairs as in `sim.analysis.paired`, and Hedges' g as for two independent groups, with
an interval made in the same way. P values are of the paired t test, adjusted over all rows of the table by Holm
(1979), which holds the chance of one false alarm, and by Benjamini & Hochberg (1995), which holds the share of them.

In a sampled design a difference is that of the means over all points. Two things leave it open, and its interval and p
value count both: luck, which differs between replications and is the same at every point, and the choice of points.
Effect sizes are in standard deviations between the replications of a point, as elsewhere; d_z is that of the means.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtrit
from scipy.stats import false_discovery_control

from sim.analysis.paired import (
    NOTICEABLE,
    SIGNIFICANT,
    differences_of,
    error_without,
    freedom_of_spread,
    holm,
    left_out,
)
from sim.analysis.study.blocks import Block, baseline_of, blocks, labelled, labels
from sim.analysis.study.sources import widened
from sim.analysis.summary import CONFIDENCE, ROUNDING, Floats, Interval, mean_interval
from sim.study.design import AS_IS
from sim.study.results import ExperimentResults
from sim.study.spec import OneAtATime

_INTERACTION = ["metric", "style", "baseline", "mean", "low", "high", "p", "n"]


def differences(results: ExperimentResults) -> pd.DataFrame:
    """Every style less the baseline, at every point, in the same replication.

    Returns:
        One row per scenario, point, metric and style: scenario, point and the varied values (in a sampled design
        neither: its differences are over all points), metric, style, baseline; mean, low, high (95%); effect_size,
        effect_size_low, effect_size_high (d_av), effect_size_z (d_z), effect_size_unpaired, effect_size_unpaired_low,
        effect_size_unpaired_high (Hedges' g); p, p_holm, p_bh; n (replications); clear, whether p_holm < 0.05 and
        |d_av| >= 0.2.
    """
    columns, baseline, tables = results.study.looked_at, baseline_of(results), []
    for block in blocks(results):
        others = [style for style in block.styles if style != baseline]
        if not others or baseline not in block.styles:
            continue
        typical = block.runs if block.sample is None else block.sample.typical
        here, there = typical[:, _places(block, others)], typical[:, _places(block, [baseline])]
        table = _table(columns, others, _sides(block, others, baseline), baseline, (here, there))
        for place, (name, column) in enumerate(unpaired(here, there).items(), 10):
            table.insert(place, name, column.ravel())
        tables.append(labelled(table, labels(results, block)))
    return adjusted(tables, with_effect=True)


def unpaired(one: Floats, two: Floats) -> dict[str, Floats]:
    """Hedges' g with its 95% interval, as if the runs of the two had not been paired; replications last."""
    first, second = mean_interval(one), mean_interval(np.broadcast_to(two, one.shape))
    freedom = np.maximum(first.n + second.n - 2, 1).astype(np.float64)
    pooled = np.sqrt(((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / freedom)
    size, gap = ROUNDING * np.maximum(np.abs(first.mean), np.abs(second.mean)), first.mean - second.mean
    constant = pooled <= size
    with np.errstate(invalid="ignore", divide="ignore"):
        shrink = 1 - 3 / (4 * freedom - 1)
        same = constant & (np.abs(gap) <= size)
        g = np.where(same, 0.0, shrink * gap / np.where(constant, np.nan, pooled))
        middle = gap / np.where(constant, np.nan, pooled)
        error = np.sqrt(
            _unpaired_error(one, first, second) + _unpaired_error(np.broadcast_to(two, one.shape), second, first)
        )
    half = stdtrit(freedom, (1 + CONFIDENCE) / 2) * error
    low, high = (np.where(same, 0.0, end) for end in (middle - half, middle + half))
    return {"effect_size_unpaired": g, "effect_size_unpaired_low": low, "effect_size_unpaired_high": high}


def _unpaired_error(values: Floats, own: Interval, other: Interval) -> Floats:
    """What one of two groups adds to the squared standard error of the effect, by the jackknife."""
    mean, sd = left_out(values)
    freedom = own.n[..., None] + other.n[..., None] - 3
    squares = (own.n[..., None] - 2) * sd**2 + ((other.n - 1) * other.sd**2)[..., None]
    return error_without((mean - other.mean[..., None]) / np.sqrt(squares / np.maximum(freedom, 1)))


def interactions(results: ExperimentResults) -> pd.DataFrame:
    """How the difference between a style and the baseline changes with each thing varied, and between scenarios.

    A contrast is (style - baseline) at a level less (style - baseline) at the reference, run by run, with all else that
    is varied averaged out. The reference is the first level; in a design of one at a time, the scenario as it is. Where
    all else is not as often at each of its values on both sides, as constraints may have it, only points count that
    differ in nothing else; where there are none, the contrast has no value.

    Returns:
        One row per contrast: scenario (`all` where scenarios are compared), varied, level, reference, metric, style,
        baseline; mean, low, high; p, p_holm, p_bh; n; points (of each side that count).
    """
    gathered = {(block.scenario, block.point): block for block in blocks(results)}
    tables = [table for table in _contrasts(results, gathered) if table is not None]
    return adjusted(tables)


def changes(results: ExperimentResults) -> pd.DataFrame:
    """What each value of each thing varied one at a time changes against the scenario as it is, run by run.

    Returns:
        One row per scenario, thing varied, value, metric and style: scenario, varied, level, metric, style, baseline
        (`as it is`), and then as `differences`.
    """
    tables, base = [], None
    for block in blocks(results):
        if block.point == 0:
            base = block
            continue
        assert base is not None  # noqa: S101  # points come in order
        place, level = _departure(results, block)
        table = _table(results.study.looked_at, block.styles, [(block.runs, base.runs)], "as it is")
        label = {"scenario": block.scenario, "varied": results.varied[place], "level": level}
        tables.append(labelled(table, label))
    return adjusted(tables, with_effect=True)


def _departure(results: ExperimentResults, block: Block) -> tuple[int, object]:
    """Which of the things varied is not as it is at a point of a design of one at a time, and its value as shown."""
    assert block.point is not None  # noqa: S101  # such a design lists its points
    row = results.resolved.points.rows[block.point]
    place = next(place for place, value in enumerate(row) if value is not AS_IS)
    return place, results.shown(block.scenario, block.point)[results.varied[place]]


def _contrasts(
    results: ExperimentResults, gathered: dict[tuple[str, int | None], Block]
) -> Iterator[pd.DataFrame | None]:
    names = [situation.scenario.name for situation in results.resolved.situations]
    points = sorted({point for _, point in gathered if point is not None})
    for scenario in names:
        for place, varied in enumerate(results.varied if points else ()):  # a sample of points has no levels
            levels: dict[object, list[int]] = {}
            for point in points:
                if isinstance(results.study.design, OneAtATime):
                    row = results.resolved.points.rows[point]
                    if point != 0 and row[place] is AS_IS:
                        continue
                    level: object = "as it is" if point == 0 else results.shown(scenario, point)[varied]
                else:
                    level = results.shown(scenario, point)[varied]
                levels.setdefault(level, []).append(point)
            (reference, first), *others = levels.items()
            for level, here in others:
                label = {"scenario": scenario, "varied": varied, "level": level, "reference": reference}
                mine, other = _comparable(results, place, here, first)
                if mine:
                    one, two = ([gathered[scenario, point] for point in side] for side in (mine, other))
                    yield _contrast(results, one, two, label)
                    continue
                table = _contrast(results, [gathered[scenario, here[0]]], [gathered[scenario, first[0]]], label)
                if table is not None:
                    yield table.assign(**dict.fromkeys(("mean", "low", "high", "p"), np.nan), points=0)
    of_scenario = {name: [block for (scenario, _), block in gathered.items() if scenario == name] for name in names}
    for name in names[1:]:
        label = {"scenario": "all", "varied": "scenario", "level": name, "reference": names[0]}
        yield _contrast(results, of_scenario[name], of_scenario[names[0]], label)


def _comparable(
    results: ExperimentResults, place: int, here: list[int], there: list[int]
) -> tuple[list[int], list[int]]:
    """Of points at two levels of a thing varied, those that can be compared: all, or pairs that differ in it alone."""
    if isinstance(results.study.design, OneAtATime):
        return here, there
    rows = results.resolved.points.rows
    others = [other for other in range(len(rows[0])) if other != place]
    one, two = ([[json.dumps(rows[point][other]) for other in others] for point in side] for side in (here, there))
    if [Counter(values) for values in zip(*one, strict=True)] == [Counter(values) for values in zip(*two, strict=True)]:
        return here, there
    both = Counter(map(tuple, one)) & Counter(map(tuple, two))
    return _up_to(here, one, both.copy()), _up_to(there, two, both.copy())


def _up_to(points: list[int], others: list[list[str]], counts: "Counter[tuple[str, ...]]") -> list[int]:
    """Of points with these other values, so many of each."""
    kept = []
    for point, other in zip(points, map(tuple, others), strict=True):
        if counts[other] > 0:
            counts[other] -= 1
            kept.append(point)
    return kept


def _contrast(
    results: ExperimentResults, here: Sequence[Block], there: Sequence[Block], label: dict[str, object]
) -> pd.DataFrame | None:
    """The table of one contrast for every style that both sides have; None where there is no such style."""
    common = [style for style in there[0].styles if style in here[0].styles]
    baseline = baseline_of(results)
    others = [style for style in common if style != baseline]
    if baseline not in common or not others:
        return None
    one, two = (
        [np.mean(parts, axis=0) for parts in zip(*(_less(block, others, baseline) for block in side), strict=True)]
        for side in (here, there)
    )
    if one[0].shape[-1] != two[0].shape[-1]:
        return None
    table = _table(results.study.looked_at, others, list(zip(one, two, strict=True)), baseline)
    points = len(here) if results.study.lists_points else len(results.resolved.points.rows)
    return labelled(table[_INTERACTION].assign(points=points), label)


def _less(block: Block, others: Sequence[str], baseline: str) -> list[Floats]:
    """Style less baseline, by each source of uncertainty."""
    return [one - two for one, two in _sides(block, others, baseline)]


def _sides(block: Block, others: Sequence[str], baseline: str) -> list[tuple[Floats, Floats]]:
    """The styles and the baseline, by each source of uncertainty."""
    mine, base = _places(block, others), _places(block, [baseline])
    return [(source[:, mine], source[:, base]) for source in block.sources]


def _places(block: Block, styles: Sequence[str]) -> list[int]:
    return [block.styles.index(style) for style in styles]


def _table(
    columns: Sequence[str],
    styles: Sequence[str],
    sides: Sequence[tuple[Floats, Floats]],
    baseline: str,
    typical: tuple[Floats, Floats] | None = None,
) -> pd.DataFrame:
    """The table of differences between two sides.

    Args:
        columns: what the rows of the arrays are.
        styles: what their columns are.
        sides: what is compared, by each source of uncertainty (as of `Block.sources`).
        baseline: what the other side is called.
        typical: what effect sizes are taken from; by default the first source.
    """  # fmt: skip
    table = differences_of(columns, styles, *sides[0]).drop(columns=["p_adjusted", "clear"])
    table.insert(2, "baseline", baseline)
    if len(sides) > 1:
        of_runs = typical or sides[0]
        effect = differences_of(columns, styles, *of_runs)["effect_size"]
        freedom = freedom_of_spread(*of_runs)
        table = widened(table.assign(effect_size=effect), [one - two for one, two in sides], freedom)
    return table


def adjusted(tables: Sequence[pd.DataFrame], with_effect: bool = False) -> pd.DataFrame:
    """All tables in one, with p values adjusted over all their rows."""
    if not tables:
        return pd.DataFrame()
    table = pd.concat(tables, ignore_index=True)
    p = table["p"].to_numpy(np.float64)
    at = int(table.columns.get_loc("p")) + 1  # type: ignore[arg-type]
    table.insert(at, "p_holm", holm(p))
    table.insert(at + 1, "p_bh", benjamini_hochberg(p))
    if with_effect:
        effect = np.abs(table["effect_size"].to_numpy(np.float64))
        table["clear"] = (table["p_holm"] < SIGNIFICANT) & (np.isnan(effect) | (effect >= NOTICEABLE))
    return table


def benjamini_hochberg(p: Floats) -> Floats:
    """P values adjusted so that the share of false alarms among what is found stays at the level; NaN stays NaN."""
    adjusted = np.full(p.shape, np.nan)
    made = ~np.isnan(p)
    if made.any():
        adjusted[made] = false_discovery_control(p[made])
    return adjusted
