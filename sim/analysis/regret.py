"""Regret (Savage 1951): which style is best where, and how much another choice loses.

The regret of a style in a situation is how far it stays behind the best style there. A style that is never far behind
is a safe choice for somebody who does not know which situation will come.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.analysis.summary import ROUNDING, Floats
from sim.model.metrics import BY_NAME


def behind_best(wished: Floats, axis: int = -1) -> Floats:
    """Regret: how far each style is behind the best one, >= 0, in values of which more is better.

    Args:
        wished: any shape, NaN where a style has none.
        axis: of the styles.
    """
    behind: Floats = np.fmax.reduce(wished, axis=axis, keepdims=True) - wished
    return behind


def rank(wished: Floats) -> Floats:
    """Place of each style (last axis) by values of which more is better: 1 is the best; equals share a place.

    What differs by no more than rounding is equal.
    """
    nearly = wished + ROUNDING * np.abs(wished).max(axis=-1, keepdims=True, initial=0.0, where=~np.isnan(wished))
    better = (nearly[..., None] < wished[..., None, :]).sum(axis=-1)
    return np.where(np.isnan(wished), np.nan, 1.0 + better)


def regrets(results: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rank and regret of every style in every situation.

    Args:
        results: per situation a table as of `summarise`, all with the same metrics and styles.

    Returns:
        One row per situation, metric and style: situation, metric, style, mean, rank (1 is the best; those of equal
        means share the better rank), regret (>= 0, in the metric's unit; 0 for the best).
    """
    found = []
    for situation, table in results.items():
        for metric, rows in table.groupby("metric", sort=False):
            wished = rows["mean"].to_numpy() * BY_NAME[str(metric)].sign
            found.append(
                pd.DataFrame(
                    {
                        "situation": situation,
                        "metric": metric,
                        "style": rows["style"],
                        "mean": rows["mean"],
                        "rank": rank(wished).astype(int),
                        "regret": behind_best(wished),
                    }
                )
            )
    return pd.concat(found, ignore_index=True)


def worst_regret(table: pd.DataFrame, scale: Mapping[str, float]) -> "pd.Series[float]":
    """Per style its largest regret over situations and metrics, measured in each metric's `scale`; smallest first."""
    sizes = table["regret"] / table["metric"].map(dict(scale))
    worst: pd.Series[float] = sizes.groupby(table["style"], sort=False).max().sort_values(kind="stable")
    return worst


def usual_spread(summary: pd.DataFrame, metrics: Sequence[str]) -> dict[str, float]:
    """Per metric the average standard deviation between replications: the measure that regrets are made comparable by.

    Args:
        summary: as of `summarise`.
        metrics: which metrics; one without any spread has the measure 1.
    """
    spreads = summary.groupby("metric")["sd"].mean()
    return {metric: float(spreads[metric]) if spreads[metric] > 0 else 1.0 for metric in metrics}
