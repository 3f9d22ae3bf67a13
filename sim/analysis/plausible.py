"""Draws plausible worlds: parameters, scenarios and profiles of styles that may be true for all that is known.

Where a finding has to hold over more than the default numbers, the model is run in worlds from here.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.doubt import crossed
from sim.analysis.fingerprint import fingerprint
from sim.run.profiles import Profiles
from sim.scenario.extras import extra
from sim.scenario.fields import Location
from sim.scenario.fitted import Fitted
from sim.scenario.parameters import BY_NAME, PARAMETERS
from sim.scenario.paths import locate, value_at
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.variants import at_places, drawn, with_parameters

MOST_SETS = 100_000
"""Sets that one call gives; more would take long and tell nothing new."""


class PlausibleWorld(NamedTuple):
    """What might be the case: values of the parameters, and what the names of styles stand for."""

    parameters: Mapping[str, float]
    profiles: Profiles


class PlausibleScenario(NamedTuple):
    """The same with the parameters in a scenario, in which nothing is uncertain any more."""

    scenario: Scenario
    profiles: Profiles


POSTERIOR = "posterior.parquet"
"""Where the parameter sets that calibration has kept lie, in sim/analysis/data."""

MODEL_KEY = b"teamsim.model"
"""In that file's metadata: what the calibration rested on."""


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

    Made by `make calibration`. Rules of plug-ins do not make another model of it: nothing was fitted with them.

    Raises:
        InputError: a damaged file; sets that were drawn with other rules, ranges or patterns than there are now.
    """
    file = resources.files("sim.analysis") / "data" / POSTERIOR
    if not file.is_file():
        return ()
    extra("pyarrow", "study", "Reading the parameter sets that calibration has kept")
    import pyarrow.parquet as pq

    from sim.analysis.cross_validation import AGAIN, model_of
    from sim.analysis.evidence import load_patterns
    from sim.study.stored_files import readable

    with resources.as_file(file) as path, readable(path, AGAIN):
        stored = pq.read_table(path)
        model = (stored.schema.metadata or {}).get(MODEL_KEY, b"").decode()
        table = stored.to_pandas().drop(columns=["misfit", "passed"])
        sets = tuple({str(name): float(value) for name, value in row.items()} for row in table.to_dict("records"))
    if model != model_of(load_patterns(), plugged=False) or set(table.columns) - BY_NAME.keys():
        text = "sets of the model's numbers that were drawn with other rules, plausible ranges or patterns than these"
        raise InputError(f"{POSTERIOR}: holds {text}. {AGAIN}")
    return sets


def plausible_worlds(n: int, seed: int) -> tuple[PlausibleWorld, ...]:
    """`n` worlds that might be the case: plausible parameters, and profiles of the styles.

    Worlds come in fours that share two sets of parameters and two draws of profiles (see `sim.analysis.doubt`).

    Args:
        n: number of worlds, 1 or more.
        seed: of all draws, 0 or more.

    Raises:
        InputError: as `plausible_parameters`.
    """
    pairs = crossed(n) if _checked(n, seed) else []
    sets = plausible_parameters(1 + max(number for number, _ in pairs), seed)
    return tuple(PlausibleWorld(sets[parameters], Profiles(seed, profiles)) for parameters, profiles in pairs)


def plausible_scenarios(scenario: Scenario, n: int, seed: int) -> tuple[PlausibleScenario, ...]:
    """`n` scenarios that might be the case: plausible parameters, profiles, and a draw from the scenario's own ranges.

    A parameter that the scenario sets itself keeps its value, unless the scenario calls it uncertain; then it is drawn
    from the scenario's own range, anew for each set of parameters. Both draws are Latin hypercubes. Worlds come in
    fours, as in `plausible_worlds`. Where the scenario has been fitted to its firm's past, parameters, the firm's
    conditions and the profiles of its leaders come from the worlds that go with it.

    Args:
        scenario: the situation, with its best guesses.
        n: number of scenarios, 1 or more.
        seed: of the draws, 0 or more.

    Returns:
        Scenarios in which every parameter has a value, each with its profiles.

    Raises:
        InputError: as `plausible_parameters`; or values that are each allowed, but not together.
    """
    pairs = crossed(n) if _checked(n, seed) else []
    if scenario.fitted is not None:
        return _of_fit(scenario, scenario.fitted, pairs, seed)
    sets = plausible_parameters(1 + max(number for number, _ in pairs), seed)
    paths = list(scenario.uncertain)
    shares = _hypercube(len(sets), len(paths), seed, _UNCERTAIN)
    scenarios = []
    for parameters, row in zip(sets, shares, strict=True):
        world = drawn(scenario, dict(zip(paths, map(float, row), strict=True)))
        scenarios.append(with_parameters(world, {**parameters, **world.parameters}))
    return tuple(PlausibleScenario(scenarios[number], Profiles(seed, profiles)) for number, profiles in pairs)


def _of_fit(scenario: Scenario, fit: Fitted, pairs: list[tuple[int, int]], seed: int) -> tuple[PlausibleScenario, ...]:
    """Worlds that go with a firm's past.

    What stands in the scenario otherwise than the fit left it was changed since, and holds in all of them.
    """
    if fit.model != numbers_version():
        raise InputError(
            f"{scenario.name}: fitted with other numbers of the model than these. Fit anew: teamsim fit, with the"
            " scenario and the history that it was made from."
        )
    table = scenario.model_dump()
    places = {path: locate(table, path) for path in {*fit.paths, *fit.middle}}
    kept = {path for path, value in fit.middle.items() if value_at(table, places[path]) == value}
    own = {name: value for name, value in scenario.parameters.items() if name not in kept}
    sets = sets_of_fit(fit.sets, fit.seed)
    chosen = np.random.default_rng([seed, _POSTERIOR]).permutation(len(fit.worlds))
    unknown = [path for path in scenario.uncertain if path not in fit.paths]
    shares = _hypercube(1 + max(number for number, _ in pairs), len(unknown), seed, _UNCERTAIN)
    scenarios, held = [], []
    for number, row in enumerate(shares):
        which, *values = fit.worlds[chosen[number % len(chosen)]]
        world = drawn(scenario, dict(zip(unknown, map(float, row), strict=True))).model_copy(update={"uncertain": {}})
        found = {places[path]: value for path, value in zip(fit.paths, values, strict=True) if path in kept}
        parameters: dict[Location, float] = {
            ("parameters", name): value for name, value in (sets[int(which)] | own).items()
        }
        scenarios.append(at_places(world, {**parameters, **found}))
        held.append(tuple((style, fit.seed, int(which)) for style in fit.styles))
    return tuple(PlausibleScenario(scenarios[n], Profiles(seed, profiles, held[n])) for n, profiles in pairs)


@cache
def sets_of_fit(n: int, seed: int) -> tuple[dict[str, float], ...]:
    """As `plausible_parameters`, and kept, since a fit asks for many."""
    return plausible_parameters(n, seed)


@cache
def numbers_version() -> str:
    """Digest of the model and of what `plausible_parameters` gives."""
    return fingerprint([repr(posterior())])


_PARAMETERS, _UNCERTAIN, _POSTERIOR = 0x706C6175, 0x756E6365, 0x706F7374
"""Keep these draws apart from each other, and from whatever else begins with the same seed."""


def _hypercube(n: int, dimensions: int, seed: int, stream: int) -> NDArray[np.float64]:
    """Points of the unit cube, (n, dimensions)."""
    _checked(n, seed)
    from scipy.stats import qmc

    if dimensions == 0:
        return np.empty((n, 0))
    points: NDArray[np.float64] = qmc.LatinHypercube(dimensions, rng=np.random.default_rng([seed, stream])).random(n)
    return points


def _checked(n: int, seed: int) -> bool:
    """True, if both are numbers that can be."""
    numbers: tuple[tuple[str, object, int, int], ...] = (("parameter sets", n, 1, MOST_SETS), ("seed", seed, 0, 10**18))
    for name, value, least, most in numbers:
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
            raise InputError(f"{name}: got {value!r}; allowed is a whole number from {least:,} to {most:,}.")
    return True
