"""Plausible parameters and plausible scenarios: what might as well be the case, as far as anybody knows.

Where a finding has to hold over more than the default numbers, the model is run with parameter sets from here.
"""

import numpy as np
from numpy.typing import NDArray

from sim.scenario.load import with_parameters
from sim.scenario.parameters import PARAMETERS
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.uncertain import drawn

MOST_SETS = 100_000
"""Sets that one call gives; more would take long and tell nothing new."""


def plausible_parameters(n: int, seed: int) -> tuple[dict[str, float], ...]:
    """`n` sets of all parameters, spread evenly over their plausible ranges, low to high.

    A Latin hypercube (McKay, Beckman & Conover 1979): each parameter's range is cut into `n` strips of equal width,
    every strip is used once, and parameters are combined at random. Little is known about how they hang together, so
    they are taken as independent, and every value of a range as equally likely. The sets of a smaller `n` are not the
    first of those of a larger one.

    Args:
        n: number of sets, 1 or more.
        seed: of the choice, 0 or more; the same gives the same sets.

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
    return tuple(dict(zip(names, map(float, row), strict=True)) for row in low + unit * (high - low))


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


_PARAMETERS, _UNCERTAIN = 0x706C6175, 0x756E6365
"""Keep these two draws apart from each other, and from whatever else begins with the same seed."""


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
