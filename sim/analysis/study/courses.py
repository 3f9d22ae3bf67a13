"""The course of metrics over time in every situation of a study that recorded weeks."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.study.blocks import independent_draws
from sim.analysis.study.sources import uncertainty
from sim.analysis.study.summary import Moments
from sim.analysis.summary import Floats, skewed_interval_of
from sim.study.results import ExperimentResults

LONGEST = 1_040
"""Weeks that a run may have."""

MOST_DRAWS = 500
"""Parts of a sample of points that are told apart; where there are more draws, neighbouring ones are put together."""

type Place = tuple[str, int | None, str]
"""Scenario, point (None in a sampled design, which is summed up as a whole) and style."""


def courses(results: ExperimentResults) -> pd.DataFrame:
    """Mean of every metric in each week, with its 95% interval, gathered chunk by chunk so that memory stays flat.

    Returns:
        One row per scenario, point, style, metric and week: scenario, point and the varied values (neither in a sampled
        design), style, metric, week, mean, low, high, sd (between runs), n. In a sampled design low and high count both
        luck and the choice of points, and are NaN with one replication.

    Raises:
        InputError: weeks were not recorded.
    """
    series = results.study.record.series
    metrics = list(dict.fromkeys(_series_of(column, series) for column in results.study.looked_at))
    moments: dict[Place, Moments] = {}
    sampled: dict[Place, _Sampled] = {}
    for rows in results.weekly_chunks():
        for (scenario, point, style), group in rows.groupby(["scenario", "point", "style"], sort=False):
            place = (str(scenario), int(str(point)) if results.study.lists_points else None, str(style))
            weeks = int(group["week"].max())
            values = np.full((len(group) // weeks, len(metrics), LONGEST), np.nan)
            values[:, :, :weeks] = group[metrics].to_numpy().reshape(-1, weeks, len(metrics)).swapaxes(1, 2)
            mine = moments.setdefault(place, Moments(len(metrics) * LONGEST))
            mine.add(values.reshape(len(values), -1), 0)
            if place[1] is None:
                numbers = group["replication"].to_numpy()[::weeks]
                sampled.setdefault(place, _Sampled(results, len(metrics))).add(values, numbers, int(str(point)))
    tables = [
        _table(results, place, moments[place], sampled.get(place), metrics)
        for situation in results.resolved.situations
        for point in (range(len(results.resolved.points.rows)) if results.study.lists_points else (None,))
        for style in situation.styles
        if (place := (situation.scenario.name, point, style)) in moments
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _series_of(column: str, series: Sequence[str]) -> str:
    """What a column of the results is a stretch of."""
    return max((name for name in series if column == name or column.startswith(f"{name}_")), key=len)


class _Sampled:
    """Sums over the points of a sampled design for each replication, and over replications for each draw of points."""

    def __init__(self, results: ExperimentResults, metrics: int) -> None:
        points = len(results.resolved.points.rows)
        draws = independent_draws(results.study, points)
        self._points_of_part = points // draws * -(-draws // MOST_DRAWS)
        parts = -(-points // self._points_of_part)
        self._sums = [np.zeros((many, metrics, LONGEST)) for many in (results.study.replications, parts)]
        self._counts = [np.zeros(total.shape, np.int32) for total in self._sums]

    def add(self, values: Floats, replications: Any, point: int) -> None:
        """Some replications of a point: (runs, metrics, weeks)."""
        known = ~np.isnan(values)
        counted = np.where(known, values, 0.0)
        part = point // self._points_of_part
        self._sums[0][replications] += counted
        self._counts[0][replications] += known
        self._sums[1][part] += counted.sum(axis=0)
        self._counts[1][part] += known.sum(axis=0, dtype=np.int32)

    @property
    def half(self) -> Floats:
        """Half the width of the interval of each mean: (metrics, weeks)."""
        sources = [
            np.moveaxis(np.where(count > 0, total / np.maximum(count, 1), np.nan), 0, -1)
            for total, count in zip(self._sums, self._counts, strict=True)
        ]
        return uncertainty(sources).half


def _table(
    results: ExperimentResults, place: Place, found: Moments, sampled: _Sampled | None, metrics: list[str]
) -> pd.DataFrame:
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
    parts: list[Any] = [part.reshape(len(metrics), LONGEST)[:, :weeks].ravel() for part in found.parts]
    n, mean, squares, cubes = parts
    for name, column in skewed_interval_of(np.where(n > 0, mean, np.nan), squares, cubes, n)._asdict().items():
        table[name] = column
    if sampled is not None:
        half = sampled.half[:, :weeks].ravel()
        table["low"], table["high"] = table["mean"] - half, table["mean"] + half
    return table
