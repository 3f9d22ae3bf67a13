"""Paired differences to a baseline style: every style meets the same people and the same luck, run by run.

The reported effect size is d_av: the mean difference, divided by the average of the two styles' standard deviations
between replications, with Hedges' correction for few replications, 1 - 3 / (8 (n - 1) - 1) (Lakens 2013). It answers
"how large is the difference, beside the luck that a business has anyway?" The other usual choice, d_z, divides by the
standard deviation of the *differences*. Common random numbers make that as small as the simulation can, so d_z measures
how good the simulation's design is; it is given beside, for power calculations, and is not comparable with effects
published for independent groups, with which d_av is.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.special import stdtr

from sim.analysis.summary import HEADLINE, Floats, mean_interval, run_values, styles_of
from sim.scenario.problems import InputError, unknown

SIGNIFICANT = 0.05
"""A difference counts only if its p value, adjusted for all the others that are shown, is below this."""

NOTICEABLE = 0.2
"""And only if it is at least this many standard deviations: Cohen's 'small'."""

type Row = dict[Hashable, Any]
"""A difference, with the columns of `paired_differences`."""

ROUNDING = 1e-12
"""Spread below this share of the values themselves comes from rounding and counts as none."""


def paired_differences(
    ds: xr.Dataset, baseline: str, metrics: Sequence[str] = HEADLINE, weeks: tuple[int, int] | None = None
) -> pd.DataFrame:
    """Difference of every other style to the baseline, in the same replication, over all replications.

    Args:
        ds: results as of `sim.compare`, dimensions style, replication, week.
        baseline: the style to compare with.
        metrics: names of the metrics.
        weeks: first and last week to look at, both included; None looks at all.

    Returns:
        One row per metric and style, in their order:
        metric, style;
        mean, low, high: the difference with its 95% t interval, in the metric's unit;
        effect_size, effect_size_low, effect_size_high: d_av, and the interval in the same measure, the standard
        deviations taken as known; effect_size_z: d_z;
        p: of the paired t test; p_adjusted: by Holm, over all rows; n: replications;
        clear: whether p_adjusted < SIGNIFICANT and |effect_size| >= NOTICEABLE.
        With one replication only the mean difference is known, and the rest is NaN. Where luck plays no part at all,
        effect sizes of a difference other than zero are NaN, and the difference is clear.

    Raises:
        InputError: the baseline is not in the results; an unknown metric; weeks that the results do not have.
    """
    styles = styles_of(ds)
    if baseline not in styles:
        raise InputError(unknown("baseline style", baseline, styles))
    others = [style for style in styles if style != baseline]
    values = run_values(ds, metrics, weeks)
    return differences_of(metrics, others, _runs(values, others), _runs(values, [baseline]))


def paired_changes(
    after: xr.Dataset, before: xr.Dataset, metrics: Sequence[str] = HEADLINE, weeks: tuple[int, int] | None = None
) -> pd.DataFrame:
    """Difference that a change of the situation makes under each style, in the same replication.

    Both were run with the same seed, so that the same luck meets both; where one has more positions or teams, those
    that both have are still the same people with the same luck.

    Args:
        after: results with the change.
        before: results without it, for the same styles and replications.
        metrics: names of the metrics.
        weeks: first and last week to look at, both included; None looks at all.

    Returns:
        A table as of `paired_differences`, with the change under each style.

    Raises:
        InputError: other styles or replications; an unknown metric; weeks that the results do not have.
    """
    styles = styles_of(after)
    if styles_of(before) != styles or before.sizes["replication"] != after.sizes["replication"]:
        raise InputError("before and after need the same styles and the same number of replications.")
    one, two = run_values(after, metrics, weeks), run_values(before, metrics, weeks)
    return differences_of(metrics, styles, _runs(one, styles), _runs(two, styles))


def _runs(values: xr.DataArray, styles: Sequence[str]) -> Floats:
    """What each run comes to: (metric, style, replication)."""
    found: Floats = values.sel(style=list(styles)).transpose("metric", "style", "replication").to_numpy()
    return found


def differences_of(
    metrics: Sequence[str], styles: Sequence[str], with_style: Floats, with_baseline: Floats
) -> pd.DataFrame:
    """The table of `paired_differences` from what each run comes to, for whoever has that already.

    Args:
        metrics: names of the metrics.
        styles: names of the styles that are compared.
        with_style: as of `run_values`, (metric, style, replication).
        with_baseline: what to compare with, in the same shape or with one style for all.
    """
    return pd.DataFrame(_columns(metrics, styles, with_style, with_baseline))


def rows_of_differences(
    metrics: Sequence[str], styles: Sequence[str], with_style: Floats, with_baseline: Floats
) -> list[Row]:
    """The rows of `differences_of`, which a table would take far longer to give than to reckon."""
    columns = _columns(metrics, styles, with_style, with_baseline)
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _columns(
    metrics: Sequence[str], styles: Sequence[str], with_style: Floats, with_baseline: Floats
) -> dict[str, NDArray[Any]]:
    columns = {name: column.ravel() for name, column in _compare(with_style, with_baseline).items()}
    adjusted = holm(columns["p"].astype(np.float64))
    effects = columns["effect_size"].astype(np.float64)
    with np.errstate(invalid="ignore"):
        clear = (adjusted < SIGNIFICANT) & (np.isnan(effects) | (np.abs(effects) >= NOTICEABLE))
    return {
        "metric": np.repeat(list(metrics), len(styles)),
        "style": np.tile(np.array(styles, dtype=str), len(metrics)),
        **columns,
        "p_adjusted": adjusted,
        "clear": clear,
    }


def holm(p: Floats) -> Floats:
    """P values adjusted so that the chance of even one false alarm among them stays at the level (Holm 1979).

    Args:
        p: one dimension; NaN marks a test that could not be made, stays NaN, and is not counted.
    """
    adjusted = np.full(p.shape, np.nan)
    made = np.flatnonzero(~np.isnan(p))
    order = made[np.argsort(p[made], kind="stable")]
    tests_left = len(made) - np.arange(len(made))
    if len(made):
        adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * tests_left), 1.0)
    return adjusted


def default_baseline(styles: Sequence[str], own: str | None = None) -> str:
    """The style to compare with unless one is named: how the business is led now, if that is known, else the first.

    Args:
        styles: the styles in the results.
        own: style of the scenario's own leader.
    """
    return next((style for style in ("as-is", own) if style in styles), None) or styles[0]


def _compare(with_style: Floats, with_baseline: Floats) -> dict[str, NDArray[np.generic]]:
    """Statistics of style less baseline; both arguments have replications last, the result has no such axis."""
    difference = with_style - with_baseline
    # A replication counts only where both styles have a value, also for the spread within each of the two.
    paired = ~np.isnan(difference)
    one = mean_interval(np.where(paired, with_style, np.nan))
    two = mean_interval(np.where(paired, with_baseline, np.nan))
    between = mean_interval(difference)
    size = ROUNDING * np.maximum(np.abs(one.mean), np.abs(two.mean))
    zero = np.abs(between.mean) <= size
    spread, average_spread = _above(between.sd, size), _above((one.sd + two.sd) / 2, size)

    freedom = between.n - 1
    enough = freedom >= 1
    shrink = 1 - 3 / (8 * np.where(enough, freedom, 1) - 1)
    t = np.abs(between.mean) / (spread / np.sqrt(np.maximum(between.n, 1)))
    # Differences without any spread are either exactly nothing or beyond doubt.
    p = np.where(np.isnan(t), np.where(zero, 1.0, 0.0), 2 * stdtr(np.maximum(freedom, 1), -t))

    def standardised(value: Floats, sd: Floats) -> Floats:
        effect = np.where(zero & np.isnan(sd), 0.0, shrink * value / sd)
        return np.where(enough, effect, np.nan)

    return {
        "mean": between.mean,
        "low": between.low,
        "high": between.high,
        "effect_size": standardised(between.mean, average_spread),
        "effect_size_low": standardised(between.low, average_spread),
        "effect_size_high": standardised(between.high, average_spread),
        "effect_size_z": standardised(between.mean, spread),
        "p": np.where(enough, p, np.nan),
        "n": between.n,
    }


def _above(sd: Floats, size: Floats) -> Floats:
    """The spread, and NaN where it is no more than rounding."""
    return np.where(sd > size, sd, np.nan)
