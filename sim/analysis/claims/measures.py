"""What a run comes to: a number for every replication from its weekly metrics."""

import re
from collections.abc import Iterable

import numpy as np
import xarray as xr

from sim.analysis.claims.schema import Arm, Measure
from sim.analysis.summary import Floats, run_values, styles_of

REGAINED = 0.8
"""Share of a loss that has to be made good for a recovery."""

WEEKS_BEFORE = 4
"""Weeks before a span that a recovery is measured against."""

type Values = dict[tuple[Arm, Measure], Floats]
"""Per arm and measure one number a replication."""


def terms(metric: str) -> list[str]:
    """The metrics of a sum such as 'share_d3 + share_d4'; one for a metric alone."""
    return [name.strip() for name in re.split(r"\+", metric)]


def measured(ds: xr.Dataset, situation: str, measures: Iterable[tuple[str, Measure]]) -> Values:
    """One number a replication for each style and measure asked for.

    Args:
        ds: results as of `sim.compare`.
        situation: what the results are of.
        measures: pairs of style and measure; each style has to be in the results.
    """
    place = {style: number for number, style in enumerate(styles_of(ds))}
    wanted: dict[Measure, list[str]] = {}
    for style, measure in measures:
        wanted.setdefault(measure, []).append(style)
    values: Values = {}
    for measure, styles in wanted.items():
        table = _of_all_styles(ds, measure)
        values.update({(Arm(style, situation), measure): table[place[style]] for style in styles})
    return values


def _of_all_styles(ds: xr.Dataset, measure: Measure) -> Floats:
    """Dimensions style, replication."""
    if measure.how == "spread":
        return np.asarray(_weekly(ds, measure.metric, measure.weeks).std(axis=-1, ddof=1))
    if measure.how == "recovery":
        first, last = measure.weeks
        before = _weekly(ds, measure.metric, (first - WEEKS_BEFORE, first - 1)).mean(axis=-1)
        return weeks_to_recover(before, _weekly(ds, measure.metric, (first, last)))
    value = _mean(ds, measure.metric, measure.weeks)
    return value if measure.since is None else value - _mean(ds, measure.metric, measure.since)


def weeks_to_recover(before: Floats, after: Floats) -> Floats:
    """Weeks until REGAINED of what was lost in the first week is back; all the weeks there are if it never is.

    Args:
        before: the level before the loss, any shape.
        after: the same shape and a last axis of weeks, the first of them the week of the loss.
    """
    goal = before - (1.0 - REGAINED) * np.maximum(before - after[..., 0], 0.0)
    back = after >= goal[..., np.newaxis]
    return np.where(back.any(axis=-1), back.argmax(axis=-1), after.shape[-1]).astype(np.float64)


def _mean(ds: xr.Dataset, metric: str, weeks: tuple[int, ...]) -> Floats:
    first, last = weeks
    rows = run_values(ds, terms(metric), (first, last)).to_numpy()
    return np.asarray(rows.sum(axis=0))


def _weekly(ds: xr.Dataset, metric: str, weeks: tuple[int, ...]) -> Floats:
    chosen = ds.sel(week=slice(*weeks))
    parts = [chosen[name].transpose("style", "replication", "week").to_numpy() for name in terms(metric)]
    return np.asarray(np.sum(parts, axis=0))
