"""From a design to its points: what is varied, on which values, in which combinations."""

import itertools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import InputError
from sim.study.spec import Design, Factorial, LatinHypercube, Morris, OneAtATime, Sobol, Varied

MOST_POINTS = 10_000_000

_STREAM = 0x64657369
"""Keeps the choice of points apart from whatever else begins with the same seed."""

AS_IS = None
"""In place of a value: whatever the scenario has."""

type Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing varied: its column in the results, the paths that take its value, and the values or the range."""

    column: str
    paths: tuple[str, ...]
    values: tuple[Any, ...] | None = None
    labels: tuple[str, ...] | None = None
    low: float = 0.0
    high: float = 1.0
    whole: bool = False

    def at(self, share: float) -> Any:
        """The value at a share of the range, 0 to 1; every listed value and every whole number is as likely."""
        if self.values is not None:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.whole:
            count = round(self.high - self.low) + 1
            return int(self.low) + min(int(share * count), count - 1)
        return self.low + share * (self.high - self.low)

    def shown(self, value: Any) -> Any:
        """The value as a cell of the results: its label, or as it is; a table as JSON."""
        if self.labels is not None and self.values is not None and value in self.values:
            return self.labels[self.values.index(value)]
        return json.dumps(value, sort_keys=True) if isinstance(value, dict | list | tuple) else value


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a design, in order.

    `rows` holds a value per factor for every point, AS_IS where the scenario keeps its own. `unit` (points, factors) is
    where the sampled designs put them on ranges from 0 to 1, which is what analyses of them need; None for the others.
    """

    factors: tuple[Factor, ...]
    rows: tuple[Row, ...]
    unit: NDArray[np.float64] | None = None


def factor_of(varied: Varied, paths: Sequence[str], whole: bool, bounds: tuple[float, float] | None) -> Factor:
    """What a study says about one thing varied, with the values of a range that is taken in steps.

    Args:
        varied: as written.
        paths: the paths that take its value.
        whole: whether whole numbers belong there.
        bounds: the range, if it is one.

    Raises:
        InputError: a range of whole numbers that begins, ends or is cut between two of them.
    """
    if bounds is None:
        return Factor(varied.column, tuple(paths), varied.values, varied.labels)
    low, high = bounds
    if whole and not (float(low).is_integer() and float(high).is_integer()):
        raise InputError(
            f"got {low:g} to {high:g}; {varied.path} is a whole number, and so are its bounds. Round them."
        )
    if varied.steps is None:
        return Factor(varied.column, tuple(paths), low=low, high=high, whole=whole)
    values: tuple[Any, ...] = tuple(float(value) for value in np.linspace(low, high, varied.steps))
    if whole:
        if not all(math.isclose(value, round(value)) for value in values):
            text = f"{varied.steps} steps from {low:g} to {high:g} fall between whole numbers. List the values instead."
            raise InputError(text)
        values = tuple(round(value) for value in values)
    return Factor(varied.column, tuple(paths), values)


def count_points(design: Design | None, factors: Sequence[Factor]) -> int:
    """How many points a design has, before any is made; a table is counted when it is read."""
    match design:
        case Factorial():
            return math.prod(len(factor.values or ()) for factor in factors)
        case OneAtATime():
            return 1 + sum(len(factor.values or ()) for factor in factors)
        case LatinHypercube():
            return design.points
        case Sobol():
            return design.base * (2 * len(factors) + 2 if design.second_order else len(factors) + 2)
        case Morris():
            return design.trajectories * (len(factors) + 1)
        case _:
            return 1


def make_points(design: Design | None, factors: Sequence[Factor], seed: int) -> Points:
    """All points of a design; the same seed gives the same points.

    Args:
        design: any but a table; None is one point, the scenario as it is.
        factors: what is varied.
        seed: of the study.

    Raises:
        InputError: far too many points, or a range without steps in a design that needs its values one by one.
    """
    factors = tuple(factors)
    if (count := count_points(design, factors)) > MOST_POINTS:
        raise InputError(
            f"the design has {count:,} points; allowed are up to {MOST_POINTS:,}. Vary less, or in fewer steps."
        )
    match design:
        case None:
            return Points((), ((),))
        case Factorial():
            return Points(factors, tuple(itertools.product(*(factor.values or () for factor in factors))))
        case OneAtATime():
            return Points(factors, tuple(_one_at_a_time(factors)))
    unit = _sample(design, len(factors), seed)
    rows = (tuple(factor.at(float(share)) for factor, share in zip(factors, shares, strict=True)) for shares in unit)
    return Points(factors, tuple(rows), unit)


def _one_at_a_time(factors: Sequence[Factor]) -> Iterator[Row]:
    base = (AS_IS,) * len(factors)
    yield base
    for place, factor in enumerate(factors):
        for value in factor.values or ():
            yield (*base[:place], value, *base[place + 1 :])


def _sample(design: Design, factors: int, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng([seed, _STREAM])
    if isinstance(design, LatinHypercube):
        from scipy.stats import qmc

        return qmc.LatinHypercube(factors, rng=rng).random(design.points)
    try:
        from SALib.sample import morris, sobol
    except ImportError:
        raise InputError(
            f'the design "{design.kind}" needs the package SALib. Install it with: pip install "teamsim[research]"'
        ) from None
    problem = {"num_vars": factors, "names": [str(f) for f in range(factors)], "bounds": [[0.0, 1.0]] * factors}
    salib_seed = int(rng.integers(2**31))
    if isinstance(design, Sobol):
        found = sobol.sample(problem, design.base, calc_second_order=design.second_order, seed=salib_seed)
    else:
        assert isinstance(design, Morris)  # noqa: S101  # the other kinds have returned above
        found = morris.sample(problem, design.trajectories, num_levels=design.levels, seed=salib_seed)
    return np.asarray(found, dtype=np.float64)
