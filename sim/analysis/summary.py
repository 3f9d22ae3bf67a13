"""Sums up runs: one number per run, and over the runs a mean with its 95% interval."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.model.metrics import BY_NAME, METRICS
from sim.model.reduce import over_stretches, over_weeks
from sim.scenario.problems import InputError, unknown

CONFIDENCE = 0.95
"""Every interval of the project is a 95% interval."""

CHI_SQUARED = 5.991
"""The 95% quantile of chi squared with two degrees of freedom: the size of an ellipse that holds two means at once."""

ROUNDING = 1e-12
"""Spread below this share of the values themselves comes from rounding and counts as none."""

HEADLINE = tuple(metric.name for metric in METRICS if metric.headline)
"""The metrics shown unless others are asked for."""

FEWEST_FOR_SKEWNESS = 5
"""Replications from which on skewness is known well enough for an interval to go by it."""

type Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """Mean over replications with its 95% interval, sample standard deviation and number of replications.

    All five have the same shape. Where there are fewer than two replications, `low`, `high` and `sd` are NaN: one run
    says nothing about how much runs differ. The same holds for `mean` where there is none.
    """

    mean: Floats
    low: Floats
    high: Floats
    sd: Floats
    n: NDArray[np.int64]


def mean_interval(values: Floats) -> Interval:
    """Mean and 95% t interval over the last axis, which holds the replications; NaN is left out.

    The interval is mean -+ t(0.975, n - 1) * sd / sqrt(n). It says how well the simulated mean is known, which more
    replications improve, and not how much businesses differ, which `sd` tells. It is for differences between paired
    runs, which are hardly skewed; means of the runs themselves may be, and have `level_interval`.

    Args:
        values: any shape, replications last.
    """
    n, mean, off = _deviations(values)
    squares = (off * off).sum(axis=-1)
    return interval_of(mean, np.sqrt(_ratio(squares, n - 1)), n)


def level_interval(values: Floats) -> Interval:
    """Mean and 95% interval over the last axis, which holds the replications, where runs may be skewed.

    A few runs that go badly pull a mean down, and where none of them is among few replications, both mean and spread
    are off to the same side: a t interval then holds the truth in 85 of 100 studies of five runs. Hall's (1992)
    transformation of t goes by the skewness of the runs. From five replications on (below that, t).

    Args:
        values: any shape, replications last; NaN is left out.
    """
    n, mean, off = _deviations(values)
    squared = off * off
    squares, cubes = squared.sum(axis=-1), (squared * off).sum(axis=-1)
    return skewed_interval_of(mean, squares, cubes, n)


def interval_of(mean: Floats, sd: Floats, n: NDArray[np.int64]) -> Interval:
    """The 95% t interval of means that are known with their standard deviations; arguments as in `Interval`.

    A standard deviation that is no more than rounding is none.
    """
    sd = np.where(sd <= ROUNDING * np.abs(mean), 0.0, sd)
    half = stdtrit(np.maximum(n - 1, 1), (1 + CONFIDENCE) / 2) * sd / np.sqrt(np.maximum(n, 1))
    return Interval(mean, mean - half, mean + half, sd, n)


def skewed_interval_of(mean: Floats, squares: Floats, cubes: Floats, n: NDArray[np.int64]) -> Interval:
    """What `level_interval` gives, of means that are known with sums of squared and of cubed deviations from them."""
    plain = interval_of(mean, np.sqrt(_ratio(squares, n - 1)), n)
    enough = (n >= FEWEST_FOR_SKEWNESS) & (plain.sd > 0)
    many, sd = np.where(enough, n, FEWEST_FOR_SKEWNESS).astype(np.float64), np.where(enough, plain.sd, 1.0)
    skewness = np.where(enough, cubes, 0.0) / sd**3 * many / ((many - 1) * (many - 2))
    reach = stdtrit(many - 1, (1 + CONFIDENCE) / 2) / np.sqrt(many)
    low, high = (mean - sd * _untransformed(end, skewness, many) for end in (reach, -reach))
    return plain._replace(low=np.where(enough, low, plain.low), high=np.where(enough, high, plain.high))


def wilson(happened: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share, of which `happened` of `n` are known (Wilson 1927)."""
    from scipy.stats import binomtest

    interval = binomtest(happened, n).proportion_ci(CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)


def finite_or_none(value: float) -> float | None:
    """The number, or None where it is not finite: JSON has neither NaN nor infinity."""
    return value if math.isfinite(value) else None


def _untransformed(transformed: Floats, skewness: Floats, n: Floats) -> Floats:
    """How many standard deviations a mean is off, from Hall's cubic of that, in which skewness is gone.

    The cubic is W + s W^2 / 3 + s^2 W^3 / 27 + s / (6 n), of W standard deviations and skewness s.
    """
    straight = transformed - skewness / (6 * n)
    bent = np.abs(skewness) > 1e-6  # of hardly any skewness, the cubic is a line
    third = np.where(bent, skewness, 1.0) / 3
    return np.where(bent, (np.cbrt(1 + 3 * third * straight) - 1) / third, straight)


def _deviations(values: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Number and mean of what is known over the last axis, and how far each value is off the mean; 0 where unknown."""
    known = ~np.isnan(values)
    n = known.sum(axis=-1)
    if known.all():  # nearly always, and in half the time
        mean = _ratio(values.sum(axis=-1), n)
        return n, mean, values - mean[..., np.newaxis]
    mean = _ratio(np.where(known, values, 0.0).sum(axis=-1), n)
    return n, mean, np.where(known, values - mean[..., np.newaxis], 0.0)


def run_values(ds: xr.Dataset, metrics: Sequence[str] = HEADLINE, weeks: tuple[int, int] | None = None) -> xr.DataArray:
    """What each run comes to: per metric the mean over its weeks, or the total where the metric says so.

    Args:
        ds: results as of `sim.compare`, dimensions style, replication, week.
        metrics: names of the metrics.
        weeks: first and last week to look at, both included; None looks at all.

    Returns:
        Array with dimensions metric, style, replication, in the metric's unit (a total: the unit summed over weeks).
        Weeks without a value (no question asked, so no delay of its answer) are left out; NaN where no week has one.

    Raises:
        InputError: an unknown metric, or weeks that the results do not have.
    """
    check_metrics(ds, metrics)
    chosen = _window(ds, weeks)
    return xr.DataArray(
        np.stack([per_run(name, _values(chosen[name])) for name in metrics]),
        dims=("metric", "style", "replication"),
        coords={"metric": list(metrics), "style": ds["style"].to_numpy(), "replication": ds["replication"].to_numpy()},
    )


def per_run(metric: str, weekly: Floats) -> Floats:
    """What `run_values` gives for one metric, from its weeks (..., week), for whoever has these as plain numbers."""
    total = metric in BY_NAME and BY_NAME[metric].whole_run == "total"
    return over_weeks(weekly, total=total)


def summarise(ds: xr.Dataset, metrics: Sequence[str] = HEADLINE, weeks: tuple[int, int] | None = None) -> pd.DataFrame:
    """Mean with 95% interval per metric and style.

    Returns:
        One row per metric and style, in their order: metric, style, mean, low, high, sd (between replications), n.

    Raises:
        InputError: see `run_values`.
    """
    runs = run_values(ds, metrics, weeks)
    interval = level_interval(runs.to_numpy())
    styles = styles_of(ds)
    table = pd.DataFrame({"metric": np.repeat(list(metrics), len(styles)), "style": styles * len(metrics)})
    for name, column in interval._asdict().items():
        table[name] = column.ravel()
    return table


def weekly_means(ds: xr.Dataset, metrics: Sequence[str], block: int = 1) -> pd.DataFrame:
    """The course over time: mean over replications with 95% interval, per metric, style and block of weeks.

    Args:
        ds: results, dimensions style, replication, week.
        metrics: names of the metrics.
        block: weeks that are averaged into one point; a last block that is shorter stands for the weeks it has.

    Returns:
        One row per metric, style and block, in this order: metric, style, week (the last of the block), mean, low,
        high, sd, n.

    Raises:
        InputError: an unknown metric.
    """
    check_metrics(ds, metrics)
    weeks = ds["week"].to_numpy()
    last_weeks = weeks[last_of_blocks(len(weeks), block) - 1]
    styles = styles_of(ds)
    interval = per_block([_values(ds[name]) for name in metrics], block)
    table = pd.DataFrame(
        {
            "metric": np.repeat(list(metrics), len(styles) * len(last_weeks)),
            "style": np.tile(np.repeat(styles, len(last_weeks)), len(metrics)),
            "week": np.tile(last_weeks, len(metrics) * len(styles)),
        }
    )
    for name, column in interval._asdict().items():
        table[name] = column.ravel()
    return table


def per_block(weekly: Sequence[Floats], block: int) -> Interval:
    """What `weekly_means` gives, (metric, style, block), from the weeks of each metric (style, replication, week)."""
    last = last_of_blocks(weekly[0].shape[-1], block)
    values = np.stack([over_stretches(one, [1, *(last[:-1] + 1)], last) for one in weekly])
    return level_interval(np.moveaxis(values, 2, -1))


def last_of_blocks(weeks: int, block: int) -> NDArray[np.int64]:
    """The last week of each block, where weeks are counted from 1."""
    return np.minimum(np.arange(block, weeks + block, block), weeks)


def styles_of(ds: xr.Dataset) -> list[str]:
    """Names of the styles in the results, in their order."""
    return [str(style) for style in ds["style"].to_numpy()]


def check_metrics(ds: xr.Dataset, metrics: Sequence[str]) -> None:
    """Raise InputError unless the results have all these metrics."""
    for name in metrics:
        if name not in ds.data_vars:
            raise InputError(unknown("metric", name, [str(known) for known in ds.data_vars]))


def _window(ds: xr.Dataset, weeks: tuple[int, int] | None) -> xr.Dataset:
    if weeks is None:
        return ds
    first, last = weeks
    known = ds["week"].to_numpy()
    if not known[0] <= first <= last <= known[-1]:
        raise InputError(
            f"weeks {first} to {last} are not in the results, which have weeks {known[0]} to {known[-1]}; "
            "give a first and a last week within them, the earlier one first."
        )
    return ds.sel(week=slice(first, last))


def _values(weekly: xr.DataArray) -> Floats:
    """The weeks of one metric: (style, replication, week)."""
    found: Floats = weekly.transpose("style", "replication", "week").to_numpy().astype(np.float64, copy=False)
    return found


def _ratio(above: Floats, below: NDArray[np.int64]) -> Floats:
    """Quotient, and NaN wherever there is nothing to divide by."""
    quotient = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=quotient, where=np.asarray(below) > 0)
    return quotient
