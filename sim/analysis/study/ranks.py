"""Ranks styles: which one is best where, how sure that is, what another choice loses, and Pareto fronts.

All three are taken situation by situation: of a sampled design at each of its points, and then summed up over them, so
that a style that is best at half of the points is not best "on the whole" and without regret. How sure: intervals of
means are the t intervals of all other tables, and those of ranks and regret are made of them (`largest`, beside this);
those of what is summed up over situations are in `summed`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.regret import behind_best, rank
from sim.analysis.study.blocks import Block, blocks, labelled, labels, mean_of_known, metric_of, point_by_point
from sim.analysis.study.largest import Largest, errors_of_means, largest, rank_ends, regret_of
from sim.analysis.study.sources import uncertainty
from sim.analysis.study.summed import ALL, Summed, known_in, over_situations, unbeaten
from sim.analysis.summary import Floats, level_interval
from sim.study.results import ExperimentResults

MOST_HELD = 4_000_000
"""Numbers that are held while the worst of all situations is looked for: 32 MB."""

FEWEST_KEPT, MOST_KEPT = 4, 100
"""Differences to another style that are kept for each style, because one of them may be its largest regret."""

type Row = dict[str, Any]

USUAL = 0.9
"""Share of the situations in which regret is no more than `regret_90`."""


def ranks(results: ExperimentResults) -> pd.DataFrame:
    """Rank and regret of every style in every situation, by each metric, with their uncertainty.

    Returns:
        One row per scenario, point, metric and style: scenario, point, the varied values, metric, style, mean; rank (1
        is the best), rank_low, rank_high (95%), best (probability of being the best); regret (how far the mean is
        behind the best one, >= 0, in the metric's unit), regret_low, regret_high; n (replications).
        In a sampled design one row per scenario, metric and style, over all points: mean; rank (mean over the points),
        rank_low, rank_high; best (share of the points at which no other is better), best_low, best_high; regret (mean
        over the points), regret_low, regret_high, regret_90 (at nine of ten points it is no more), regret_worst; n;
        points (at which all styles have a value).
    """
    if not results.study.lists_points:
        return _ranks_over_points(results)
    tables = []
    for block in blocks(results):
        metrics = enumerate(results.study.looked_at)
        rows = [_ranked(column, block, place, results.study.seed) for place, column in metrics]
        tables.append(labelled(pd.concat(rows, ignore_index=True), labels(results, block)))
    return pd.concat(tables, ignore_index=True)


def worst_regrets(results: ExperimentResults) -> pd.DataFrame:
    """Per metric and style its regret over all situations; the largest is the price of never changing (Savage 1951).

    A situation is a scenario at a point of the design, also where the points are a sample.

    Returns:
        One row per metric and style that every scenario has, the safest style first: metric, style, regret (the
        largest), regret_low, regret_high (95%), scenario, point and the varied values where it is the largest;
        regret_90 (in nine of ten situations it is no more); regret_mean, regret_mean_low, regret_mean_high (over a
        sample of points less what luck adds to it, so that it may be 0 beside a largest regret that is not); best
        (share of the situations in which no other is better), best_low, best_high; situations (in which all styles have
        a value).
    """
    scopes = over_situations(results)
    summed = scopes.get(ALL) or next(iter(scopes.values()))
    gathered = _Largest(results, summed.styles)
    for block in point_by_point(results):
        gathered.add(block)
    rows = [
        row for place in range(len(results.study.looked_at)) for row in _regrets_of(results, place, summed, gathered)
    ]
    found = pd.DataFrame(rows)
    if found.empty:
        return found
    order = {metric: place for place, metric in enumerate(results.study.looked_at)}
    return found.sort_values(["metric", "regret"], key=lambda c: c.map(order) if c.name == "metric" else c,
                             ignore_index=True, kind="stable")  # fmt: skip


def pareto(results: ExperimentResults) -> pd.DataFrame:
    """Which styles are not beaten in both of the first two metrics by another, in every situation.

    Returns:
        One row per scenario, point and style: scenario, point, the varied values, style; for each of the two metrics
        METRIC, METRIC_low, METRIC_high (as in summary.csv); front (no other style is at least as good in both and
        better in one); on_front (probability of that).
        In a sampled design one row per scenario and style: the means over all points; on_front, the share of the points
        at which it is on the front, on_front_low, on_front_high (95%), and front, whether these are half of them or
        more.
    """
    columns, shares = results.study.looked_at[:2], dict[str, Summed]()
    if not results.study.lists_points:
        shares = over_situations(results)
    tables = [
        labelled(_front(columns, block, results.study.seed, shares.get(block.scenario)), labels(results, block))
        for block in blocks(results, columns)
    ]
    return pd.concat(tables, ignore_index=True)


def _ranked(column: str, block: Block, place: int, seed: int) -> pd.DataFrame:
    sign = metric_of(column).sign
    sources = [sign * source[place] for source in block.sources]
    wished = mean_of_known(sources[0])
    drawn = wished + errors_of_means(sources, seed)
    low, high = rank_ends(sources, seed)
    behind = [regret_of(sources, style, seed) for style in range(len(block.styles))]
    return pd.DataFrame(
        {
            "metric": column,
            "style": block.styles,
            "mean": sign * wished,
            "rank": rank(wished),
            "rank_low": low,
            "rank_high": high,
            "best": np.nan if np.isnan(drawn).any() else (rank(drawn) == 1).mean(axis=0),
            "regret": behind_best(wished),
            "regret_low": [one.low for one in behind],
            "regret_high": [one.high for one in behind],
            "n": (~np.isnan(sources[0])).sum(axis=1),
        }
    )


def _ranks_over_points(results: ExperimentResults) -> pd.DataFrame:
    tables = []
    for block, summed in zip(blocks(results), _by_scenario(results), strict=True):
        for place, column in enumerate(results.study.looked_at):
            regrets = known_in(summed.regrets[place])
            table: dict[str, Any] = {
                "metric": column, "style": block.styles, "mean": mean_of_known(block.runs[place]),
            }  # fmt: skip
            for name, found in (("rank", summed.rank), ("best", summed.best), ("regret", summed.regret)):
                table |= found.columns(name, place)
            table["regret_90"], table["regret_worst"] = _usual(regrets), regrets.max(axis=-1, initial=0.0)
            table["n"] = (~np.isnan(block.runs[place])).sum(axis=1)
            table["points"] = summed.situations[place]
            tables.append(labelled(pd.DataFrame(table), labels(results, block)))
    return pd.concat(tables, ignore_index=True)


def _by_scenario(results: ExperimentResults) -> list[Summed]:
    summed = over_situations(results)
    return [summed[one.scenario.name] for one in results.resolved.situations]


def _usual(regrets: Floats) -> Floats:
    found: Floats = np.quantile(regrets, USUAL, axis=-1) if regrets.shape[-1] else np.full(len(regrets), np.nan)
    return found


class _Largest:
    """The runs of what may be the largest regret of each style, gathered from one situation after the other."""

    def __init__(self, results: ExperimentResults, styles: tuple[str, ...]) -> None:
        self._signs, self._styles, self._seed = _signs(results), styles, results.study.seed
        many = len(styles) * len(self._signs) * results.study.replications
        self._kept = int(np.clip(MOST_HELD // max(many, 1), FEWEST_KEPT, MOST_KEPT))
        self._found: dict[tuple[int, str], list[tuple[float, Floats]]] = {}

    def add(self, block: Block) -> None:
        """A further situation."""
        own = [block.styles.index(style) for style in self._styles]
        for place, values in enumerate(self._signs[:, None, None] * block.runs):
            if np.isnan(mean_of_known(values)).any():  # as in what is summed up
                continue
            for name, style in zip(self._styles, own, strict=True):
                gaps = np.delete(values - values[style], style, axis=0)
                if not len(gaps):
                    continue
                upper = mean_of_known(gaps) + np.nan_to_num(uncertainty([gaps]).half, nan=0.0)
                mine = self._found.setdefault((place, name), [])
                mine += list(zip(map(float, np.nan_to_num(upper, nan=-np.inf)), gaps, strict=True))
                mine.sort(key=lambda entry: -entry[0])
                del mine[self._kept :]

    def of(self, place: int, style: str) -> Largest:
        """The largest regret of a style by one metric, with its interval; at least 0."""
        gaps = [runs for _, runs in self._found.get((place, style), [])]
        found = largest([np.stack(gaps)], self._seed) if gaps else Largest(0.0, 0.0, 0.0)
        return Largest(*(float(np.maximum(one, 0.0)) for one in found))


def _regrets_of(results: ExperimentResults, place: int, summed: Summed, largest_of: _Largest) -> Iterator[Row]:
    """What the table of regrets says of each style by one metric."""
    regrets = summed.regrets[place]
    if not summed.situations[place]:
        return
    for number, style in enumerate(summed.styles):
        worst = int(np.nanargmax(regrets[number]))
        scenario, point = summed.places[worst]
        found, mine = largest_of.of(place, style), known_in(regrets[[number]])[0]
        label: Row = {"scenario": scenario}
        if results.study.design is not None and point is not None:
            label |= {"point": point, **results.shown(scenario, point)}
        means = {**summed.regret.columns("regret_mean", place, number), **summed.best.columns("best", place, number)}
        yield {
            "metric": results.study.looked_at[place], "style": style, "regret": float(mine.max()),
            "regret_low": found.low, "regret_high": found.high, **label, "regret_90": float(np.quantile(mine, USUAL)),
            **means, "situations": int(summed.situations[place]),
        }  # fmt: skip


def _signs(results: ExperimentResults) -> Floats:
    return np.array([metric_of(column).sign for column in results.study.looked_at], np.float64)


def _front(columns: tuple[str, ...], block: Block, seed: int, summed: Summed | None) -> pd.DataFrame:
    signs = np.array([metric_of(column).sign for column in columns])[:, None]
    means = mean_of_known(block.runs)
    half = uncertainty(block.sources).half
    low, high = means - half, means + half
    if block.sample is None:
        low, high = level_interval(block.runs)[1:3]
    table: dict[str, Any] = {"style": block.styles}
    for place, column in enumerate(columns):
        table[column] = means[place]
        table[f"{column}_low"], table[f"{column}_high"] = low[place], high[place]
    if summed is not None and summed.front is not None:
        return pd.DataFrame({**table, "front": summed.front.mean[0] >= 0.5, **summed.front.columns("on_front", 0)})
    flat = [source.reshape(-1, source.shape[-1]) for source in block.sources]
    drawn = means + errors_of_means(flat, seed).reshape(-1, *means.shape)
    table["front"] = unbeaten(signs * means)
    table["on_front"] = np.nan if np.isnan(drawn).any() else np.mean([unbeaten(signs * one) for one in drawn], axis=0)
    return pd.DataFrame(table)
