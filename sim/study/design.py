"""Turns a design into its points: combinations of the values of its factors."""

import itertools
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import InputError
from sim.study.distributions import UNIFORM, Distribution
from sim.study.fractions import MOST_BASE, generators
from sim.study.spec import Adaptive, Design, Factorial, LatinHypercube, Morris, OneAtATime, Sobol, TwoLevel, Varied

MOST_POINTS = 10_000_000

MOST_TRIED = 20_000
"""Points that are tried at once where constraints have to be met; if not one of them does, none is taken to."""

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
    distribution: Distribution = UNIFORM

    def at(self, share: float) -> Any:
        """The value at a share of the distribution, 0 to 1; every listed value is as likely.

        Of whole numbers, each stands for what is nearest to it, so that in a plain range all are as likely.
        """
        if self.values is not None:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.whole and self.distribution.kind != "uniform":
            value = self.distribution.at(share, max(self.low - 0.5, self.low * 0.5), self.high + 0.5)
            return int(min(max(round(value), self.low), self.high))
        if self.whole:
            count = round(self.high - self.low) + 1
            return int(self.low) + min(int(share * count), count - 1)
        return self.distribution.at(share, self.low, self.high)

    def share_of(self, value: float) -> float:
        """Where a value of a range lies, from 0 to 1: the other way round than `at`, which grows with the share."""
        if self.whole:
            value = min(max(value, self.low), self.high)
        below, above = 0.0, 1.0
        for _ in range(60):
            middle = (below + above) / 2
            below, above = (middle, above) if self.at(middle) < value else (below, middle)
        if not self.whole:
            return (below + above) / 2
        first, last = above, 1.0  # of whole numbers, the middle of the shares that stand for it
        for _ in range(60):
            middle = (first + last) / 2
            first, last = (middle, last) if self.at(middle) <= value else (first, middle)
        return (above + last) / 2

    def settled(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shares of a range as they count: of whole numbers, the middle of all that stand for the same one."""
        if not self.whole or self.values is not None:
            return shares
        values = [self.at(float(share)) for share in shares]
        middle = {value: self.share_of(value) for value in set(values)}
        return np.array([middle[value] for value in values])

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
    distribution = Distribution(varied.distribution, varied.mean, varied.sd, varied.mode)
    ranged = Factor(varied.column, tuple(paths), low=low, high=high, whole=whole, distribution=distribution)
    if varied.steps is None:
        return ranged
    if distribution.kind != "uniform":  # steps that are as likely as one another
        found = dict.fromkeys(ranged.at(float(share)) for share in np.linspace(0, 1, varied.steps))
        return Factor(varied.column, tuple(paths), tuple(found))
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
        case TwoLevel():
            return 2 ** len(factors) if design.resolution is None else 0  # of fractions, only the library knows
        case OneAtATime():
            return 1 + sum(len(factor.values or ()) for factor in factors)
        case LatinHypercube():
            return design.points + sum(design.further)
        case Adaptive():
            return design.points
        case Sobol():
            return design.base * (2 * len(factors) + 2 if design.second_order else len(factors) + 2)
        case Morris():
            return design.trajectories * (len(factors) + 1)
        case _:
            return 1


def make_points(
    design: Design | None, factors: Sequence[Factor], seed: int, allowed: Callable[[Row], bool] | None = None
) -> Points:
    """All points of a design; the same seed gives the same points.

    Args:
        design: any but a table; None is one point, the scenario as it is.
        factors: what is varied.
        seed: of the study.
        allowed: whether a point meets the constraints of the design, if it has any.

    Raises:
        InputError: far too many points; constraints that no point meets; correlations that cannot be; a range without
            steps in a design that needs its values one by one.
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
            every = itertools.product(*(factor.values or () for factor in factors))
            kept = tuple(row for row in every if allowed is None or allowed(row))
            if not kept:
                raise _none_meets(f"none of the {count:,} combinations")
            return Points(factors, kept)
        case TwoLevel():
            return Points(factors, tuple(_two_level(design, factors)))
        case OneAtATime():
            return Points(factors, tuple(_one_at_a_time(factors)))
    if isinstance(design, LatinHypercube | Adaptive):
        many = (design.points, *(design.further if isinstance(design, LatinHypercube) else ()))
        parts = [further_points(design, factors, seed, allowed, part, size) for part, size in enumerate(many)]
        sampled = tuple(row for part in parts for row in part.rows)
        return Points(factors, sampled, np.concatenate([part.unit for part in parts if part.unit is not None]))
    unit = _sample(design, len(factors), seed)
    rows = (tuple(factor.at(float(share)) for factor, share in zip(factors, shares, strict=True)) for shares in unit)
    return Points(factors, tuple(rows), unit)


def further_points(
    design: LatinHypercube | Adaptive,
    factors: tuple[Factor, ...],
    seed: int,
    allowed: Callable[[Row], bool] | None,
    part: int,
    points: int,
) -> Points:
    """The points of one part of a design that is made part by part, each a Latin hypercube of its own.

    Raises:
        InputError: constraints that no point meets; correlations that cannot be.
    """
    rng = np.random.default_rng([seed, _STREAM, *([part] if part else [])])
    return _hypercube(design, points, factors, rng, allowed)


def _one_at_a_time(factors: Sequence[Factor]) -> Iterator[Row]:
    base = (AS_IS,) * len(factors)
    yield base
    for place, factor in enumerate(factors):
        for value in factor.values or ():
            yield (*base[:place], value, *base[place + 1 :])


def _two_level(design: TwoLevel, factors: Sequence[Factor]) -> Iterator[Row]:
    """The points of a design at two levels, whole or a fraction of it."""
    if design.resolution is None:
        yield from itertools.product(*(factor.values or () for factor in factors))
        return
    try:
        from pyDOE3 import fracfact
    except ImportError:
        text = 'needs the package pyDOE3. Install it with: pip install "teamsim[research]"'
        raise InputError(f"resolution: a fraction of the combinations {text}") from None
    columns = generators(len(factors), design.resolution)
    if columns is None:
        text = f"no such fraction of up to {2**MOST_BASE:,} points is found for {len(factors)} things varied. "
        raise InputError(f"resolution: got {design.resolution}; {text}Take a lower resolution, or all combinations.")
    signs = fracfact(columns)
    for row in signs:
        yield tuple((factor.values or ())[int(sign > 0)] for factor, sign in zip(factors, row, strict=True))


def _hypercube(
    design: LatinHypercube | Adaptive,
    points: int,
    factors: tuple[Factor, ...],
    rng: np.random.Generator,
    allowed: Callable[[Row], bool] | None,
) -> Points:
    """A Latin hypercube, correlated where that is asked for; where there are constraints, the points that meet them.

    Points that do not are made up for by further hypercubes, so that the ranges are covered as evenly as constraints
    allow.
    """
    from scipy.stats import qmc

    wanted = correlations(design, [factor.column for factor in factors])
    rows: list[Row] = []
    kept: list[NDArray[np.float64]] = []
    tried, size = 0, points
    while len(rows) < points:
        if tried >= MOST_TRIED and len(rows) < tried / MOST_TRIED:
            raise _none_meets(f"hardly any of {tried:,} points")
        unit = _correlate(qmc.LatinHypercube(len(factors), rng=rng).random(size), wanted)
        for shares in unit:
            row = tuple(factor.at(float(share)) for factor, share in zip(factors, shares, strict=True))
            if allowed is None or allowed(row):
                rows.append(row)
                kept.append(shares)
        tried += size
        missing = points - len(rows)
        size = min(max(100, int(missing * tried / max(len(rows), 1) * 1.1)), MOST_TRIED)
    return Points(factors, tuple(rows[:points]), np.array(kept[:points]))


def _none_meets(what: str) -> InputError:
    return InputError(f"constraints: {what} of the things varied meet them. Loosen them, or vary within other ranges.")


def correlations(design: Design | None, columns: Sequence[str]) -> NDArray[np.float64]:
    """The rank correlations of all things varied, (things, things).

    Raises:
        InputError: correlations that no numbers can have together.
    """
    wanted = np.eye(len(columns))
    for one in design.correlated if isinstance(design, LatinHypercube) else ():
        here, there = (columns.index(name) for name in one.between)
        wanted[here, there] = wanted[there, here] = one.rank
    if np.linalg.eigvalsh(of_scores(wanted)).min() < 1e-9:
        text = "these cannot all be so at once: what goes with two things makes them go together. Make some weaker."
        raise InputError(f"correlated: {text}")
    return wanted


def of_scores(rank: NDArray[np.float64]) -> NDArray[np.float64]:
    """The correlation of normal scores whose ranks correlate so (Pearson 1907)."""
    found: NDArray[np.float64] = 2 * np.sin(np.pi * rank / 6)
    np.fill_diagonal(found, 1.0)
    return found


def _correlate(unit: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same values in each column, in an order in which they correlate as wanted (Iman & Conover 1982)."""
    many, columns = unit.shape
    if np.array_equal(wanted, np.eye(columns)) or many <= columns + 1:
        return unit
    from scipy.special import ndtri
    from scipy.stats import rankdata

    scores = ndtri(rankdata(unit, axis=0) / (many + 1))
    own = np.linalg.cholesky(np.corrcoef(scores, rowvar=False))
    mixed = scores @ np.linalg.inv(own).T @ np.linalg.cholesky(of_scores(wanted)).T
    order = rankdata(mixed, axis=0, method="ordinal").astype(int) - 1
    return np.take_along_axis(np.sort(unit, axis=0), order, axis=0)


def _sample(design: Design, factors: int, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng([seed, _STREAM])
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
