"""Plausible parameters: what the model's numbers might as well be, as far as anybody knows.

Where a finding has to hold over more than the default numbers, the model is run with parameter sets from here.
"""

import numpy as np

from sim.scenario.parameters import PARAMETERS
from sim.scenario.problems import InputError

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
    numbers: tuple[tuple[str, object, int, int], ...] = (("parameter sets", n, 1, MOST_SETS), ("seed", seed, 0, 10**18))
    for name, value, least, most in numbers:
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
            raise InputError(f"{name}: got {value!r}; allowed is a whole number from {least:,} to {most:,}.")
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(PARAMETERS), rng=np.random.default_rng([seed, _STREAM])).random(n)
    low = np.array([parameter.low for parameter in PARAMETERS])
    high = np.array([parameter.high for parameter in PARAMETERS])
    names = [parameter.name for parameter in PARAMETERS]
    return tuple(dict(zip(names, map(float, row), strict=True)) for row in low + unit * (high - low))


_STREAM = 0x706C6175
"""Keeps this choice apart from whatever else begins with the same seed."""
