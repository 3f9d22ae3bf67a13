"""The course of metrics over time in every situation of a study that recorded weeks."""

from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.study.blocks import metric_of
from sim.analysis.study.summary import Moments
from sim.analysis.summary import interval_of
from sim.study.results import ExperimentResults

LONGEST = 1_040
"""Weeks that a run may have."""

type Place = tuple[str, int | None, str]
"""Scenario, point (None in a sampled design, which is summed up as a whole) and style."""


def courses(results: ExperimentResults) -> pd.DataFrame:
    """Mean of every metric in each week, with its 95% interval, gathered chunk by chunk so that memory stays flat.

    Returns:
        One row per scenario, point, style, metric and week: scenario, point and the varied values (neither in a sampled
        design), style, metric, week, mean, low, high, sd (between runs), n.

    Raises:
        InputError: weeks were not recorded.
    """
    metrics = list(dict.fromkeys(metric_of(column).name for column in results.study.looked_at))
    moments: dict[Place, Moments] = {}
    for rows in results.weekly_chunks():
        for (scenario, point, style), group in rows.groupby(["scenario", "point", "style"], sort=False):
            place = (str(scenario), int(str(point)) if results.study.lists_points else None, str(style))
            weeks = int(group["week"].max())
            values = np.full((len(group) // weeks, len(metrics), LONGEST), np.nan)
            values[:, :, :weeks] = group[metrics].to_numpy().reshape(-1, weeks, len(metrics)).swapaxes(1, 2)
            mine = moments.setdefault(place, Moments(len(metrics) * LONGEST))
            mine.add(values.reshape(len(values), -1), 0)
    tables = [
        _table(
            results, (situation.scenario.name, point, style), moments[situation.scenario.name, point, style], metrics
        )
        for situation in results.resolved.situations
        for point in (range(len(results.resolved.points.rows)) if results.study.lists_points else (None,))
        for style in situation.styles
        if (situation.scenario.name, point, style) in moments
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _table(results: ExperimentResults, place: Place, found: Moments, metrics: list[str]) -> pd.DataFrame:
    scenario, point, style = place
    weeks = 1 + int(np.flatnonzero(found.n.reshape(len(metrics), LONGEST).any(axis=0)).max())
    label: dict[str, Any] = {"scenario": scenario}
    if point is not None:
        label |= {"point": point, **results.shown(scenario, point)}
    table = pd.DataFrame(
        {
            **{name: [value] * (len(metrics) * weeks) for name, value in label.items()},
            "style": style,
            "metric": np.repeat(metrics, weeks),
            "week": np.tile(np.arange(1, weeks + 1), len(metrics)),
        }
    )
    kept = slice(None, weeks)
    parts: list[Any] = [part.reshape(len(metrics), LONGEST)[:, kept].ravel() for part in found.parts]
    n, mean, squares = parts
    sd = np.sqrt(np.where(n > 1, squares / np.maximum(n - 1, 1), np.nan))
    for name, column in interval_of(np.where(n > 0, mean, np.nan), sd, n)._asdict().items():
        table[name] = column
    return table
