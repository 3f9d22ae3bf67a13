"""Which style is best where, how sure that is, and what choosing another gives away: ranks, regret, Pareto fronts.

How sure: the means of the styles are known with the (co)variances of their paired replications, and of the points where
these are a sample, so that ranks are counted over draws of all means together from their normal distribution. Ranks of
styles that cannot be told apart then take turns, as they should (Hall & Miller 2009 on ranking under uncertainty).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.regret import behind_best, rank
from sim.analysis.study.blocks import Block, blocks, labelled, labels, mean_of_known, metric_of
from sim.analysis.summary import CONFIDENCE, Floats
from sim.study.results import ExperimentResults

DRAWS = 2000
"""Draws of the means: a probability of being best is known to within 2 points."""

_TAILS = (100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2)


def ranks(results: ExperimentResults) -> pd.DataFrame:
    """Rank and regret of every style in every situation, by each metric, with their uncertainty.

    Returns:
        One row per scenario, point, metric and style: scenario, point, the varied values, metric, style, mean; rank (1
        is the best), rank_low, rank_high (95%), best (probability of being the best); regret (how far the mean is
        behind the best one, >= 0, in the metric's unit), regret_low, regret_high; n.
    """
    tables = []
    for block in blocks(results):
        rows = []
        for place, column in enumerate(results.study.looked_at):
            sources = [source[place] for source in block.sources]
            rows.append(_ranked(column, block.styles, sources, results.study.seed))
        tables.append(labelled(pd.concat(rows, ignore_index=True), labels(results, block)))
    return pd.concat(tables, ignore_index=True)


def worst_regrets(results: ExperimentResults) -> pd.DataFrame:
    """Per metric and style its largest regret over all situations, the price of never changing (Savage 1951).

    Returns:
        One row per metric and style that every scenario has, the safest style first: metric, style, regret, regret_low,
        regret_high (95% in the situation where it is largest), scenario, point and the varied values where it is.
    """
    table = ranks(results)
    place = [name for name in ("scenario", "point", *results.varied) if name in table.columns]
    kept = ["regret", "regret_low", "regret_high", *place]
    situations = table.groupby(["scenario", "point"] if "point" in table else ["scenario"]).ngroups
    rows = []
    for (metric, style), mine in table.groupby(["metric", "style"], sort=False):
        if len(mine) < situations or mine["regret"].isna().any():
            continue
        at = mine.iloc[int(mine["regret"].to_numpy().argmax())]
        rows.append({"metric": metric, "style": style, **at[kept]})
    found = pd.DataFrame(rows)
    order = {metric: place for place, metric in enumerate(results.study.looked_at)}
    return found.sort_values(["metric", "regret"], key=lambda c: c.map(order) if c.name == "metric" else c,
                             ignore_index=True, kind="stable")  # fmt: skip


def pareto(results: ExperimentResults) -> pd.DataFrame:
    """Which styles are not beaten in both of the first two metrics by another, in every situation.

    Returns:
        One row per scenario, point and style: scenario, point, the varied values, style; for each of the two metrics
        METRIC, METRIC_low, METRIC_high; front (no other style is at least as good in both and better in one); on_front
        (probability of that).
    """
    columns = results.study.looked_at[:2]
    tables = [
        labelled(_front(columns, block, results.study.seed), labels(results, block))
        for block in blocks(results, columns)
    ]
    return pd.concat(tables, ignore_index=True)


def draws_of_means(sources: Sequence[Floats], seed: int) -> Floats:
    """Draws of the means of several things, known from the same replications, and perhaps the same sample of points.

    Args:
        sources: (things, independent draws) for each source of uncertainty, as of `Block.sources`; the first gives the
            means. Only draws that have all of the things count.
        seed: of the draws.

    Returns:
        (DRAWS, things); NaN with fewer than two replications.
    """
    known = [source[:, ~np.isnan(source).any(axis=0)] for source in sources]
    things, n = known[0].shape
    if min(source.shape[1] for source in known) < 2:
        return np.full((DRAWS, things), np.nan)
    rng = np.random.default_rng([seed, things, n])
    covariance = sum(np.atleast_2d(np.cov(source)) / source.shape[1] for source in known)
    return rng.multivariate_normal(known[0].mean(axis=1), covariance, DRAWS, method="eigh", check_valid="ignore")


def _ranked(column: str, styles: tuple[str, ...], sources: Sequence[Floats], seed: int) -> pd.DataFrame:
    means, sign = mean_of_known(sources[0]), metric_of(column).sign
    drawn = sign * draws_of_means(sources, seed)
    unknown = np.isnan(drawn).any()
    places = rank(drawn)

    def ends(values: Floats) -> Any:
        return (np.nan, np.nan) if unknown else np.percentile(values, _TAILS, axis=0)

    (low, high), (less, more) = ends(places), ends(behind_best(drawn))
    return pd.DataFrame(
        {
            "metric": column,
            "style": styles,
            "mean": means,
            "rank": rank(sign * means),
            "rank_low": low,
            "rank_high": high,
            "best": np.nan if unknown else (places == 1).mean(axis=0),
            "regret": behind_best(sign * means),
            "regret_low": less,
            "regret_high": more,
            "n": (~np.isnan(sources[0])).sum(axis=1),
        }
    )


def _front(columns: tuple[str, ...], block: Block, seed: int) -> pd.DataFrame:
    signs = np.array([metric_of(column).sign for column in columns])[:, None]
    means = mean_of_known(block.runs)
    flat = [source.reshape(-1, source.shape[-1]) for source in block.sources]
    drawn = draws_of_means(flat, seed).reshape(DRAWS, len(columns), len(block.styles))
    table: dict[str, Any] = {"style": block.styles}
    for place, column in enumerate(columns):
        table[column] = means[place]
        for name, tail in zip(("low", "high"), _TAILS, strict=True):
            table[f"{column}_{name}"] = np.percentile(drawn[:, place], tail, axis=0)
    table["front"] = unbeaten(signs * means)
    share = np.mean([unbeaten(signs * one) for one in drawn], axis=0)
    table["on_front"] = np.nan if np.isnan(drawn).any() else share
    return pd.DataFrame(table)


def unbeaten(wished: Floats) -> Any:
    """Which of the things (columns) no other is at least as good as in all metrics (rows), and better in one."""
    as_good = (wished[:, :, None] >= wished[:, None, :]).all(axis=0)
    better = (wished[:, :, None] > wished[:, None, :]).any(axis=0)
    return ~(as_good & better).any(axis=0)
