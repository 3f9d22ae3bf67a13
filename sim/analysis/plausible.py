"""Plausible parameters and plausible scenarios: what might as well be the case, as far as anybody knows.

Where a finding has to hold over more than the default numbers, the model is run with parameter sets from here.
"""

from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from sim.scenario.parameters import PARAMETERS
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.variants import drawn, with_parameters

MOST_SETS = 100_000
"""Sets that one call gives; more would take long and tell nothing new."""


POSTERIOR = "posterior.parquet"
"""Where the parameter sets that calibration has kept lie, in sim/analysis/data."""


def plausible_parameters(n: int, seed: int, calibrated: bool = True) -> tuple[dict[str, float], ...]:
    """`n` sets of all parameters that might as well be the case.

    What was fitted comes from the sets that calibration has kept, which hang together: each is used once before any is
    used again. Everything else is spread evenly over its plausible range, low to high, by a Latin hypercube (McKay,
    Beckman & Conover 1979): each range is cut into `n` strips of equal width, every strip is used once, and parameters
    are combined at random. The sets of a smaller `n` are not the first of those of a larger one.

    Args:
        n: number of sets, 1 or more.
        seed: of the choice, 0 or more; the same gives the same sets.
        calibrated: False spreads what was fitted over its plausible range, too.

    Returns:
        One dict a set, parameter name to value in the parameter's unit, in the form that `sim.compare(parameters=...)`
        takes.

    Raises:
        InputError: a number of sets or a seed that cannot be.
    """
    unit = _hypercube(n, len(PARAMETERS), seed, _PARAMETERS)
    low = np.array([parameter.low for parameter in PARAMETERS])
    high = np.array([parameter.high for parameter in PARAMETERS])
    names = [parameter.name for parameter in PARAMETERS]
    sets = [dict(zip(names, map(float, row), strict=True)) for row in low + unit * (high - low)]
    kept = posterior() if calibrated else ()
    if kept:
        order = np.random.default_rng([seed, _POSTERIOR]).permutation(len(kept))
        sets = [one | kept[order[number % len(kept)]] for number, one in enumerate(sets)]
    return tuple(sets)


@cache
def posterior() -> tuple[dict[str, float], ...]:
    """The sets of fitted parameters drawn from their posterior; empty if there are none.

    Made by `make calibration`.
    """
    file = resources.files("sim.analysis") / "data" / POSTERIOR
    if not file.is_file():
        return ()
    import pandas as pd

    with resources.as_file(file) as path:
        table = pd.read_parquet(path).drop(columns=["misfit", "passed"])
    return tuple({str(name): float(value) for name, value in row.items()} for row in table.to_dict("records"))


def plausible_scenarios(scenario: Scenario, n: int, seed: int) -> tuple[Scenario, ...]:
    """`n` scenarios that might be the case: plausible parameters, and a draw from the scenario's own ranges.

    A parameter that the scenario sets itself keeps its value, unless the scenario calls it uncertain; then it is drawn
    from the scenario's own range. Both draws are Latin hypercubes.

    Args:
        scenario: the situation, with its best guesses.
        n: number of scenarios, 1 or more.
        seed: of the draws, 0 or more.

    Returns:
        Scenarios in which every parameter has a value and nothing is uncertain any more.

    Raises:
        InputError: as `plausible_parameters`; or values that are each allowed, but not together.
    """
    paths = list(scenario.uncertain)
    shares = _hypercube(n, len(paths), seed, _UNCERTAIN)
    worlds = []
    for parameters, row in zip(plausible_parameters(n, seed), shares, strict=True):
        world = drawn(scenario, dict(zip(paths, map(float, row), strict=True)))
        worlds.append(with_parameters(world, {**parameters, **world.parameters}))
    return tuple(worlds)


_PARAMETERS, _UNCERTAIN, _POSTERIOR = 0x706C6175, 0x756E6365, 0x706F7374
"""Keep these draws apart from each other, and from whatever else begins with the same seed."""


def _hypercube(n: int, dimensions: int, seed: int, stream: int) -> NDArray[np.float64]:
    """Points of the unit cube, (n, dimensions)."""
    numbers: tuple[tuple[str, object, int, int], ...] = (("parameter sets", n, 1, MOST_SETS), ("seed", seed, 0, 10**18))
    for name, value, least, most in numbers:
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
            raise InputError(f"{name}: got {value!r}; allowed is a whole number from {least:,} to {most:,}.")
    from scipy.stats import qmc

    if dimensions == 0:
        return np.empty((n, 0))
    points: NDArray[np.float64] = qmc.LatinHypercube(dimensions, rng=np.random.default_rng([seed, stream])).random(n)
    return points
