"""The distribution of runs: quantiles, skewness, and how many runs fall below a bar."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom, skew

from sim.analysis.study.blocks import labelled, labels, metric_of, point_by_point
from sim.analysis.summary import CONFIDENCE, Floats, wilson
from sim.study.results import ExperimentResults

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def distribution(results: ExperimentResults) -> pd.DataFrame:
    """The distribution of every metric over the runs of each style in every situation.

    Returns:
        One row per scenario, point, metric and style: scenario, point, the varied values, metric, style, n; q05 to q95,
        each with its 95% interval from the binomial distribution (empty where there are too few runs for it); sd,
        skewness, worst_tenth (mean of the tenth of the runs that are worst); and, where [analysis.satisfied] has a bar
        for the metric, bar, satisfied (share of the runs that are no worse), satisfied_low, satisfied_high (95%, by
        Wilson). In a sampled design each point by itself.
    """
    tables = []
    for block in point_by_point(results):
        rows = []
        for column, of_styles in zip(results.study.looked_at, block.runs, strict=True):
            bar = results.study.analysis.satisfied.get(column)
            for style, values in zip(block.styles, of_styles, strict=True):
                rows.append({"metric": column, "style": style, **_of(values[~np.isnan(values)], column, bar)})
        label = labels(results, block)
        tables.append(labelled(pd.DataFrame(rows), label))
    return pd.concat(tables, ignore_index=True)


def _of(values: Floats, column: str, bar: float | None) -> dict[str, Any]:
    n, ordered = len(values), np.sort(values)
    found: dict[str, Any] = {"n": n}
    for share in QUANTILES:
        name = f"q{round(100 * share):02d}"
        low, high = ends_of_quantile(ordered, share)
        found |= {name: np.quantile(ordered, share) if n else np.nan, f"{name}_low": low, f"{name}_high": high}
    sign = metric_of(column).sign
    worst = np.sort(sign * values)[: max(1, n // 10)]
    found["sd"] = values.std(ddof=1) if n > 1 else np.nan
    found["skewness"] = float(skew(values)) if n > 2 and np.ptp(values) > 1e-12 * np.abs(values).max() else np.nan
    found["worst_tenth"] = sign * worst.mean() if n else np.nan
    if bar is not None:
        good = int((sign * values >= sign * bar).sum())
        low, high = wilson(good, n) if n else (np.nan, np.nan)
        found |= {"bar": bar, "satisfied": good / n if n else np.nan, "satisfied_low": low, "satisfied_high": high}
    return found


def ends_of_quantile(ordered: Floats, share: float) -> tuple[float, float]:
    """The 95% interval of a quantile: the runs whose places it lies between as often as that; NaN where none do.

    Args:
        ordered: the values, the smallest first.
        share: of the runs that are below the quantile.
    """
    n, tail = len(ordered), (1 - CONFIDENCE) / 2
    below = int(binom.ppf(tail, n, share)) if n else 0
    above = int(binom.ppf(1 - tail, n, share)) if n else 0
    known = n > 0 and below >= 1 and above < n
    return (float(ordered[below - 1]), float(ordered[above])) if known else (np.nan, np.nan)
