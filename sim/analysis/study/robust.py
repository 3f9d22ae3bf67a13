"""Robust choice: which style does well enough in every situation, by several criteria.

What may come is of three sorts: the situation (scenarios, and points of the design), what is not known about the model
(a design over its parameters), and luck. Yardsticks: the largest regret (Savage 1951), the worst case (Wald 1945), the
mean (Laplace), the share of the situations in which all bars are met, which is Starr's domain (Starr 1963; Schneller &
Sphicas 1983), and the share of runs in which they are.
"""

from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.study.blocks import metric_of, point_by_point
from sim.analysis.study.summed import ALL, Summed, known_in, over_situations
from sim.analysis.summary import Floats, level_interval
from sim.study.results import ExperimentResults

USUAL = 0.1
"""Share of the situations that are worse than `usual`."""


def robust(results: ExperimentResults) -> pd.DataFrame:
    """How each style does over all situations, scenario by scenario and over all of them.

    Returns:
        One row per scenario (`all` for all of them together), metric and style: scenario, metric, style, situations (in
        which all styles have a value); mean, worst (of the situations), usual (nine of ten situations are no worse),
        regret (the largest), regret_mean, regret_mean_low, regret_mean_high, best (share of the situations in which no
        other style is better), best_low, best_high. Where [analysis.satisfied] has bars, further rows with the metric
        `satisfied`: domain (share of the situations in which every bar is met by the mean of the runs), surely and
        possibly (the same for the worse and the better end of the 95% interval of each mean), runs (share of the runs
        that meet every bar).
    """
    bars = results.study.analysis.satisfied
    satisfied = _satisfied(results) if bars else {}
    rows: list[dict[str, Any]] = []
    for scenario, summed in over_situations(results).items():
        for place, column in enumerate(results.study.looked_at):
            if summed.situations[place]:
                rows += _rows(scenario, place, column, summed)
        if bars:
            rows += [_domain(scenario, style, satisfied[scenario, style], bars) for style in summed.styles]
    return pd.DataFrame(rows)


def _rows(scenario: str, place: int, column: str, summed: Summed) -> list[dict[str, Any]]:
    sign = metric_of(column).sign
    means, regrets = known_in(summed.means[place]), known_in(summed.regrets[place])
    return [
        {
            "scenario": scenario, "metric": column, "style": style, "situations": int(summed.situations[place]),
            "mean": sign * means[number].mean(), "worst": sign * means[number].min(),
            "usual": sign * np.quantile(means[number], USUAL), "regret": regrets[number].max(),
            **summed.regret.columns("regret_mean", place, number), **summed.best.columns("best", place, number),
        }
        for number, style in enumerate(summed.styles)
    ]  # fmt: skip


def _satisfied(results: ExperimentResults) -> dict[tuple[str, str], list[Floats]]:
    """The runs of each style in every situation of a scenario, and of all of them: (bars, replications)."""
    found: dict[tuple[str, str], list[Floats]] = {}
    for block in point_by_point(results, list(results.study.analysis.satisfied)):
        for number, style in enumerate(block.styles):
            for scope in (block.scenario, ALL):
                found.setdefault((scope, style), []).append(block.runs[:, number])
    return found


def _domain(scenario: str, style: str, runs: list[Floats], bars: dict[str, float]) -> dict[str, Any]:
    """Starr's domain of a style."""
    signs = np.array([metric_of(column).sign for column in bars], np.float64)
    bar = signs * np.array(list(bars.values()))
    wished = signs[:, None] * np.stack(runs)  # (situations, bars, replications)
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
