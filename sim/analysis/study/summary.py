"""A study in one tidy table: the mean of every metric with its interval, for each style at each point."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.study.blocks import blocks
from sim.analysis.study.sources import uncertainty
from sim.analysis.summary import Floats, skewed_interval_of
from sim.study.results import ExperimentResults
from sim.study.tables import write_table

SUMMARY = "summary.csv"

MOST_CELLS = 5_000_000
"""Numbers of a sampled design that are held at once: 40 MB."""


def write_summary(results: ExperimentResults, path: Path) -> None:
    """Write the table of `study_summary` as CSV."""
    table = study_summary(results)
    write_table(table, path)


def study_summary(results: ExperimentResults) -> pd.DataFrame:
    """Mean and 95% interval of what was recorded, read group by group so that memory is flat in the number of runs.

    Returns:
        One row per scenario, point (where the design lists its points; a sample of points is summed up as a whole),
        style, metric and stretch of weeks: scenario, point, the varied values, style, metric, window (`whole` for all
        weeks), mean, low, high, sd (between runs), n (runs that have a value), failed (runs that have none because they
        failed). With one run, low, high and sd are NaN. Over a sample of points, low and high count both luck and the
        choice of points, and are NaN with one replication.
    """
    columns = list(results.study.record.summed_up or results.study.record.columns)
    by_point = results.study.lists_points and results.study.design is not None
    keys = ["scenario", *(["point"] if by_point else []), "style"]
    moments: dict[Hashable, Moments] = {}
    for rows in results.groups():
        for key, group in rows.groupby(keys, sort=False):
            mine = moments.setdefault(key, Moments(len(columns)))
            mine.add(group[columns].to_numpy(), int(group["error"].notna().sum()))
    ordered = sorted(moments.items(), key=lambda entry: _order(results, keys, entry[0]))
    tables = [_table(results, dict(zip(keys, key, strict=True)), found) for key, found in ordered]  # type: ignore[call-overload]
    table = pd.concat(tables, ignore_index=True)
    if not results.study.lists_points:
        half = _over_points(results, columns)
        table["low"], table["high"] = table["mean"] - half, table["mean"] + half
    return table


def _over_points(results: ExperimentResults, columns: list[str]) -> Floats:
    """Half the width of the interval of each mean over a sample of points, by scenario, style and column."""
    situations = results.resolved.situations
    most = max(1, MOST_CELLS // (len(results.resolved.points.rows) * sum(len(one.styles) for one in situations)))
    halves: list[list[Floats]] = [[] for _ in situations]
    for first in range(0, len(columns), most):
        for place, block in enumerate(blocks(results, columns[first : first + most])):
            halves[place].append(uncertainty(block.sources).half)
    return np.concatenate([np.concatenate(parts).T.ravel() for parts in halves])


class Moments:
    """Number, mean, squared and cubed deviations of columns of values, gathered part by part.

    Formulas: Chan, Golub & LeVeque 1983; Pebay 2008.
    """

    def __init__(self, columns: int) -> None:
        self.n = np.zeros(columns, np.int64)
        self.mean: Floats = np.zeros(columns)
        self.squares: Floats = np.zeros(columns)
        self.cubes: Floats = np.zeros(columns)
        self.failed = 0

    @property
    def parts(self) -> tuple[Any, Floats, Floats, Floats]:
        """Number, mean, squared and cubed deviations."""
        return self.n, self.mean, self.squares, self.cubes

    def add(self, values: Floats, failed: int) -> None:
        """Further rows of values, and how many runs failed."""
        known = ~np.isnan(values)
        n = known.sum(axis=0)
        mean = np.where(known, values, 0.0).sum(axis=0) / np.maximum(n, 1)
        off = np.where(known, values - mean, 0.0)
        squares, cubes = (off**2).sum(axis=0), (off**3).sum(axis=0)
        total = np.maximum(self.n + n, 1)
        gap = np.where(n > 0, mean - self.mean, 0.0)
        self.cubes += cubes + gap**3 * self.n * n * (self.n - n) / total.astype(np.float64) ** 2
        self.cubes += 3 * gap * (self.n * squares - n * self.squares) / total
        self.squares += squares + gap**2 * self.n * n / total
        self.mean += gap * n / total
        self.n += n
        self.failed += failed


def _order(results: ExperimentResults, keys: list[str], key: Any) -> tuple[int, ...]:
    """Scenarios and styles in the order of the study."""
    label = dict(zip(keys, key, strict=True))
    situations = results.resolved.situations
    names = [situation.scenario.name for situation in situations]
    place = names.index(label["scenario"])
    return place, int(label.get("point", 0)), situations[place].styles.index(label["style"])


def _table(results: ExperimentResults, label: dict[str, Any], found: Moments) -> pd.DataFrame:
    interval = skewed_interval_of(np.where(found.n > 0, found.mean, np.nan), found.squares, found.cubes, found.n)
    spans = [(metric, span) for span in results.study.record.spans for metric in results.study.record.series]
    table = pd.DataFrame({"scenario": label["scenario"], "style": label["style"]}, index=range(len(spans)))
    if "point" in label:
        shown = results.shown(label["scenario"], int(label["point"]))
        table.insert(1, "point", label["point"])
        for place, (name, value) in enumerate(shown.items(), 2):
            table.insert(place, name, [value] * len(spans))
    table["metric"], table["window"] = [metric for metric, _ in spans], [span for _, span in spans]
    for name, column in interval._asdict().items():
        table[name] = column
    table["failed"] = found.failed
    return table
