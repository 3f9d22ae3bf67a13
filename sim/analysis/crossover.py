"""Finds when one style overtakes another, from their paired difference over time."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.analysis.summary import mean_interval
from sim.model.metrics import BY_NAME

BLOCK = 4
"""Weeks that are averaged into one point: single weeks are mostly luck."""


class Turning(NamedTuple):
    """How a style does against another over time; weeks are counted from 1, None where there is no such week.

    `behind_until` is the last week of the blocks, from the first on, in which it is clearly worse; `ahead_from` the
    first week from which it is clearly better in every block to the end.
    """

    behind_until: int | None
    ahead_from: int | None


def course_difference(ds: xr.Dataset, style: str, baseline: str, metric: str, block: int = BLOCK) -> pd.DataFrame:
    """Paired difference of the metric over time.

    Returns:
        One row per block of weeks: first, last (weeks), mean, low, high (95% interval of style less baseline).
    """
    difference = (ds[metric].sel(style=style) - ds[metric].sel(style=baseline)).transpose("replication", "week")
    values, weeks = difference.to_numpy(), ds["week"].to_numpy()
    starts = range(0, len(weeks), block)
    means = np.full((len(starts), values.shape[0]), np.nan)
    for place, start in enumerate(starts):
        part = values[:, start : start + block]
        known = ~np.isnan(part)
        counts = known.sum(axis=1)
        means[place] = np.where(counts, np.where(known, part, 0).sum(axis=1) / np.maximum(counts, 1), np.nan)
    interval = mean_interval(means)
    return pd.DataFrame(
        {
            "first": [int(weeks[start]) for start in starts],
            "last": [int(weeks[min(start + block, len(weeks)) - 1]) for start in starts],
            "mean": interval.mean,
            "low": interval.low,
            "high": interval.high,
        }
    )


def turning(ds: xr.Dataset, style: str, baseline: str, metric: str) -> Turning:
    """When `style` stops being clearly worse than `baseline`, and from when it is clearly better for good."""
    course = course_difference(ds, style, baseline, metric)
    if BY_NAME[metric].good == "lower":
        course = course.assign(low=-course["high"], high=-course["low"])
    behind = (course["high"] < 0).to_numpy()
    ahead = (course["low"] > 0).to_numpy()
    begins_behind = int(np.argmin(behind)) if not behind.all() else len(behind)
    stays_ahead = int(np.argmin(ahead[::-1])) if not ahead.all() else len(ahead)
    return Turning(
        behind_until=int(course["last"].iloc[begins_behind - 1]) if begins_behind else None,
        ahead_from=int(course["first"].iloc[len(ahead) - stays_ahead]) if stays_ahead else None,
    )
