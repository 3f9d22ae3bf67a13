"""Simulates many futures of one company, with other luck, parameters and profiles, the same for every style.

The interval of a mean says how well the simulated mean is known, and shrinks with every further run. A client asks
something else: between what and what will it be? Three things are not known: the luck that the company will have, how
strong the model's mechanisms are in it, and how a leader will lead whose style has this name. A future draws all three.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import xarray as xr

from sim.analysis.plausible import plausible_scenarios
from sim.analysis.summary import Floats, run_values
from sim.run.compare import compare
from sim.scenario.schema import Scenario

SETS, RUNS_EACH = 100, 2
"""Plausible worlds, and runs in each; together the number of futures."""

LOWER, UPPER = 10, 90
"""Percentiles between which eight of ten futures lie."""


def futures(
    scenario: Scenario,
    styles: Sequence[str],
    metrics: Sequence[str],
    weeks: int,
    seed: int,
    sets: int = SETS,
    progress: Callable[[int, int], None] | None = None,
) -> xr.DataArray:
    """What each style comes to in each future, as of `run_values`: dimensions metric, style, future.

    Parameters that the scenario sets itself are known and stay as they are; what it calls uncertain is drawn.

    Args:
        scenario: the company.
        styles: as of `sim.compare`.
        metrics: what to keep of each run.
        weeks: length of a run.
        seed: of parameters and luck.
        sets: plausible worlds; each is run RUNS_EACH times.
        progress: called now and then with (worlds done, worlds in all).
    """
    found: list[xr.DataArray] = []
    seeds = np.random.SeedSequence([seed, _STREAM]).generate_state(sets)
    for number, (world, luck) in enumerate(zip(plausible_scenarios(scenario, sets, seed), seeds, strict=True), 1):
        ds = compare(world.scenario, styles, RUNS_EACH, weeks, int(luck), profiles=world.profiles)
        found.append(run_values(ds, metrics))
        if progress:
            progress(number, sets)
    together = xr.concat(found, dim="replication").rename(replication="future")
    return together.assign_coords(future=np.arange(together.sizes["future"]))


class Range(NamedTuple):
    """The middle of the futures, the two ends between which eight of ten lie, and the share above zero."""

    median: float
    low: float
    high: float
    above: float


def spread(values: Floats) -> Range:
    """Range of the values of all futures; NaN is left out, and is all that remains where nothing else is there."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Range(np.nan, np.nan, np.nan, np.nan)
    low, median, high = np.percentile(known, [LOWER, 50, UPPER])
    return Range(float(median), float(low), float(high), float(np.mean(known > 0)))


_STREAM = 0x66757475
"""Keeps these draws apart from whatever else begins with the same seed."""
