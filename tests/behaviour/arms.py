"""What the tests of behaviour share: styles compared on paired replications, and their differences with intervals."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy import stats

from sim.run.compare import compare
from sim.scenario.load import load_scenario
from sim.scenario.schema import Scenario
from sim.scenario.styles import COMPARED, resolve

REPLICATIONS = 60
SEED = 2026  # other luck than the usual


class Interval(NamedTuple):
    """A mean with its 95% interval."""

    mean: float
    low: float
    high: float


def run(
    scenario: Scenario | str, styles: Sequence[str] = COMPARED, weeks: int | None = None, **more: Any
) -> xr.Dataset:
    """The styles on the scenario, with as many replications as these tests take."""
    return compare(scenario, styles, REPLICATIONS, weeks, SEED, **more)


def interval(values: Any) -> Interval:
    """Mean and 95% t interval of one number a replication."""
    numbers: NDArray[np.float64] = np.asarray(values, float)
    half = float(stats.t.ppf(0.975, len(numbers) - 1) * numbers.std(ddof=1) / np.sqrt(len(numbers)))
    mean = float(numbers.mean())
    return Interval(mean, mean - half, mean + half)


def difference(
    dataset: xr.Dataset, metric: str, style: str, other: str, first: int = 1, last: int | None = None
) -> Interval:
    """How much more of the metric there is under one style than under another, in the weeks first to last."""
    values = dataset[metric].sel(week=slice(first, last)).mean("week")
    return interval(values.sel(style=style) - values.sel(style=other))


def means(dataset: xr.Dataset, metric: str, first: int = 1, last: int | None = None) -> dict[str, float]:
    """The metric's mean under each style, in the weeks first to last."""
    values = dataset[metric].sel(week=slice(first, last)).mean(("replication", "week"))
    return {str(style): float(values.sel(style=style)) for style in values["style"].to_numpy()}


def fixed_styles() -> tuple[str, ...]:
    """Of the styles that are usually compared, those that are the same toward everybody and all the time."""
    everyday = load_scenario("everyday")
    policies = {name: resolve(name, everyday.styles) for name in COMPARED}
    return tuple(
        name for name, policy in policies.items() if len(policy.stages) == 1 and len(set(policy.stages[0].levels)) == 1
    )
