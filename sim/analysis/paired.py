"""Paired differences to a baseline style, run by run: every style meets the same people and the same luck.

The reported effect size is d_av: the mean difference, divided by the average of the two styles' standard deviations
between replications, with Hedges' correction for few replications, 1 - 3 / (8 (n - 1) - 1) (Lakens 2013). It answers
"how large is the difference, beside the luck that a business has anyway?" The other usual choice, d_z, divides by the
standard deviation of the *differences*. Common random numbers make that as small as the simulation can, so d_z measures
how good the simulation's design is; it is given beside, for power calculations, and is not comparable with effects
published for independent groups, with which d_av is. Its correction, 1 - 3 / (4 (n - 1) - 1), goes by
n - 1 degrees of freedom, as it has but one standard deviation (Hedges 1981).

The interval of d_av counts both what leaves the difference open and what leaves the standard deviations open, which
with paired replications is by far the larger part. It is that of the jackknife: how much the effect changes when each
replication is left out in turn says how far it is off (Miller 1974), also where runs are skewed, as output is, and of
standard deviations the textbook's intervals are far too narrow. It is around the effect without the correction for few
replications, which is one of bias.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.special import chdtri, stdtr, stdtrit

from sim.analysis.summary import CONFIDENCE, HEADLINE, ROUNDING, Floats, Interval, mean_interval, run_values, styles_of
from sim.scenario.problems import InputError, unknown

SIGNIFICANT = 0.05
"""A difference counts only if its p value, adjusted for all the others that are shown, is below this."""

NOTICEABLE = 0.2
"""And only if it is at least this many standard deviations: Cohen's 'small'."""

type Row = dict[Hashable, Any]
"""A difference, with the columns of `paired_differences`."""


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
        effect_size, effect_size_low, effect_size_high: d_av with its interval; effect_size_z: d_z (NaN with less than
        three replications);
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
    sides = np.where(paired, with_style, np.nan), np.where(paired, with_baseline, np.nan)
    one, two = (mean_interval(side) for side in sides)
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

    shrink_z = np.where(freedom >= 2, 1 - 3 / (4 * np.maximum(freedom, 1) - 1), np.nan)

    def standardised(value: Floats, sd: Floats, shrink: Floats = shrink) -> Floats:
        effect = np.where(zero & np.isnan(sd), 0.0, shrink * value / sd)
        return np.where(enough, effect, np.nan)

    effect = standardised(between.mean, average_spread)
    low, high = _jackknifed(sides, (one, two), average_spread)
    nothing = zero & np.isnan(average_spread) & enough
    low, high = (np.where(nothing, 0.0, end) for end in (low, high))
    return {
        "mean": between.mean,
        "low": between.low,
        "high": between.high,
        "effect_size": effect,
        "effect_size_low": low,
        "effect_size_high": high,
        "effect_size_z": standardised(between.mean, spread, shrink_z),
        "p": np.where(enough, p, np.nan),
        "n": between.n,
    }


def left_out(values: Floats, of_all: Interval | None = None) -> tuple[Floats, Floats]:
    """Mean and standard deviation without each of the replications (last axis); NaN where there is none, or too few.

    Args:
        values: any shape, replications last.
        of_all: their `mean_interval`, where it is known.
    """
    found = mean_interval(values) if of_all is None else of_all
    n = found.n[..., None]
    off = values - found.mean[..., None]
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = found.sd[..., None] ** 2 * (n - 1) - off**2 * n / (n - 1)
        sd = np.sqrt(np.where(n > 2, np.maximum(squares, 0.0), np.nan) / (n - 2))
        return found.mean[..., None] - off / (n - 1), sd


def error_without(values: Floats) -> Floats:
    """Standard error by the jackknife, squared: from a figure without each of the replications (last axis).

    The jackknife makes it too large on the average (Efron & Stein 1981); taken to be as in the mean of a sample, it is
    by n / (n - 1).
    """
    known = ~np.isnan(values)
    n = known.sum(axis=-1)
    mean = np.where(known, values, 0.0).sum(axis=-1) / np.maximum(n, 1)
    squares = (np.where(known, values - mean[..., None], 0.0) ** 2).sum(axis=-1)
    return np.where(n > 2, squares * ((n - 1) / np.maximum(n, 1)) ** 2, np.nan)


def _jackknifed(
    sides: tuple[Floats, Floats], known: tuple[Interval, Interval], spread: Floats
) -> tuple[Floats, Floats]:
    """Both ends of the 95% interval of d_av, of two sides that have the same replications."""
    (mean, sd), (other_mean, other_sd) = (left_out(*side) for side in zip(sides, known, strict=True))
    one, two = known
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(error_without((mean - other_mean) / ((sd + other_sd) / 2)))
        middle = (one.mean - two.mean) / spread
    half = stdtrit(np.maximum(one.n - 1, 1), (1 + CONFIDENCE) / 2) * error
    return middle - half, middle + half


def effect_ends(effect: Floats, half: Floats, freedom: Floats, shrink: Floats) -> tuple[Floats, Floats]:
    """Both ends of the 95% interval of an effect, where more than luck leaves the difference open.

    What leaves the difference and the standard deviation open is put together as squares (Zou & Donner 2008).

    Args:
        effect: the effect.
        half: half the interval of what is divided by the standard deviation, in the same measure.
        freedom: degrees of freedom of the standard deviation.
        shrink: what both have been multiplied by for being unbiased, which an interval need not be.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        effect, half = effect / shrink, half / shrink
    tail = (1 - CONFIDENCE) / 2
    less, more = (np.sqrt(chdtri(freedom, above) / freedom) for above in (1 - tail, tail))
    toward, away = np.abs(effect) * (1 - less), np.abs(effect) * (more - 1)
    positive = effect > 0
    low = effect - np.hypot(half, np.where(positive, toward, away))
    return low, effect + np.hypot(half, np.where(positive, away, toward))


def freedom_of_spread(with_style: Floats, with_baseline: Floats) -> Floats:
    """Degrees of freedom of the average standard deviation of two sides whose runs are paired; replications last.

    Those of the normal distribution (Bonett 2015), or fewer where the jackknife finds it less well known.
    """
    difference = with_style - with_baseline
    paired = ~np.isnan(difference)
    sides = [np.where(paired, side, np.nan) for side in (with_style, with_baseline)]
    one, two = (mean_interval(side) for side in sides)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = error_without(np.log(left_out(sides[0])[1] + left_out(sides[1])[1]))
        fewer = np.maximum(1 / (2 * variance), 1.0)
    return np.fmin(_freedom(one.sd, two.sd, mean_interval(difference)), fewer)


def _freedom(one: Floats, two: Floats, between: Interval) -> Floats:
    product = one * two
    both = one**2 + two**2
    shared = np.divide(both - between.sd**2, 2 * product, out=np.zeros_like(both), where=product > 0)
    spread = both + 2 * np.clip(shared, -1, 1) ** 2 * product
    whole = np.maximum(between.n - 1, 1).astype(np.float64)
    return whole * np.divide((one + two) ** 2, spread, out=np.ones_like(both), where=spread > 0)


def _above(sd: Floats, size: Floats) -> Floats:
    """The spread, and NaN where it is no more than rounding."""
    return np.where(sd > size, sd, np.nan)
