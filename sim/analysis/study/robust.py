"""Robust choice: which style does well enough whatever comes, by several yardsticks at once.

What may come is of three sorts: the situation (scenarios, and points of the design), what is not known about the model
(a design over its parameters), and luck. Yardsticks: the largest regret (Savage 1951), the worst case (Wald 1945), the
mean (Laplace), the share of the situations in which all bars are met, which is Starr's domain (Starr 1963; Schneller &
Sphicas 1983), and the share of runs in which they are.
"""

from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.regret import behind_best
from sim.analysis.study.blocks import Block, mean_of_known, metric_of, point_by_point
from sim.analysis.summary import Floats, level_interval
from sim.study.results import ExperimentResults

ALL = "all"


def robust(results: ExperimentResults) -> pd.DataFrame:
    """How each style does over all situations, scenario by scenario and over all of them.

    Returns:
        One row per scenario (`all` for all of them together), metric and style: scenario, metric, style, situations;
        mean, worst (of the situations), usual (nine of ten situations are no worse), regret (the largest), regret_mean,
        best (share of the situations in which it is the best). Where [analysis.satisfied] has bars, further rows with
        the metric `satisfied`: domain (share of the situations in which every bar is met by the mean of the runs),
        surely and possibly (the same for the worse and the better end of the 95% interval of each mean), runs (share of
        the runs that meet every bar).
    """
    gathered: dict[str, list[Block]] = {}
    for block in point_by_point(results, _columns(results)):
        gathered.setdefault(block.scenario, []).append(block)
    rows: list[dict[str, Any]] = []
    for scenario, some in gathered.items():
        rows += _rows(results, scenario, some)
    if len(gathered) > 1:
        common = [style for style in next(iter(gathered.values()))[0].styles
                  if all(style in some[0].styles for some in gathered.values())]  # fmt: skip
        rows += _rows(results, ALL, [block for some in gathered.values() for block in some], common)
    return pd.DataFrame(rows)


def _columns(results: ExperimentResults) -> list[str]:
    return list(dict.fromkeys([*results.study.looked_at, *results.study.analysis.satisfied]))


def _rows(
    results: ExperimentResults, scenario: str, some: list[Block], styles: list[str] | None = None
) -> list[dict[str, Any]]:
    names = styles or list(some[0].styles)
    columns = _columns(results)
    runs = [block.runs[:, [block.styles.index(name) for name in names]] for block in some]
    means = np.stack([mean_of_known(one) for one in runs])  # (situations, columns, styles)
    rows = []
    for place, column in enumerate(results.study.looked_at):
        sign = metric_of(column).sign
        wished = sign * means[:, place]
        # Behind the best of all styles there, also of those that other scenarios do not have.
        everybody = [sign * mean_of_known(block.runs[place]) for block in some]
        behind = np.stack([behind_best(all_)[[block.styles.index(n) for n in names]]
                           for all_, block in zip(everybody, some, strict=True)])  # fmt: skip
        for number, style in enumerate(names):
            mine, regret = wished[:, number], behind[:, number]
            rows.append(
                {
                    "scenario": scenario, "metric": column, "style": style, "situations": len(mine),
                    "mean": sign * mine.mean(), "worst": sign * mine.min(), "usual": sign * np.quantile(mine, 0.1),
                    "regret": regret.max(), "regret_mean": regret.mean(), "best": (regret == 0).mean(),
                }
            )  # fmt: skip
    if bars := results.study.analysis.satisfied:
        for number, style in enumerate(names):
            rows.append(_domain(scenario, style, [one[:, number] for one in runs], columns, bars))
    return rows


def _domain(
    scenario: str, style: str, runs: list[Floats], columns: list[str], bars: dict[str, float]
) -> dict[str, Any]:
    """Starr's domain of a style: (columns, replications) in each situation."""
    places = [columns.index(column) for column in bars]
    signs = np.array([metric_of(column).sign for column in bars], np.float64)
    bar = signs * np.array(list(bars.values()))
    wished = np.stack([signs[:, None] * one[places] for one in runs])  # (situations, bars, replications)
    found = level_interval(wished)
    met, surely, possibly = (float((end >= bar).all(axis=1).mean()) for end in (found.mean, found.low, found.high))
    known = ~np.isnan(wished).any(axis=1)
    of_runs = float((wished >= bar[:, None]).all(axis=1)[known].mean()) if known.any() else np.nan
    if wished.shape[-1] < 2:
        surely = possibly = np.nan
    return {
        "scenario": scenario, "metric": "satisfied", "style": style, "situations": len(runs), "domain": met,
        "surely": surely, "possibly": possibly, "runs": of_runs,
    }  # fmt: skip
