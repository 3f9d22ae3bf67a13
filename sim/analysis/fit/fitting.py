"""`fit`: finds the plausible worlds that agree with a firm's past, and puts them into a scenario."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.fit.backtest import ENOUGH, backtest, learnt_from
from sim.analysis.fit.weights import picked, weigh
from sim.analysis.fit.worlds import LEVEL, Drawn, draw, live
from sim.analysis.plausible import numbers_version
from sim.model.build import AS_IS
from sim.run.case import Case, simulate
from sim.run.record import Record
from sim.scenario.fitted import Fitted, Foreseen
from sim.scenario.history import History, against_scenario
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.small_groups import without_small_groups
from sim.scenario.variants import with_values

type Floats = NDArray[np.float64]
type Progress = Callable[[int, int], None]

WORLDS = 1000
"""Worlds that are held against a past, unless another number is asked for."""

MOST_WORLDS = 20_000

KEPT = 200
"""Worlds that are drawn from those, by their weights, and kept."""

TOLD = 0.3
"""Standard deviations by which the middle of a parameter has to move at least to be written down; what few effective
worlds may move by chance counts as nothing."""


class Learnt(NamedTuple):
    """What a past tells of one number: its range before and after, from the 5th to the 95th percentile."""

    path: str
    before: tuple[float, float]
    after: tuple[float, float]
    middle: float


class Fit(NamedTuple):
    """What `fit` gives: the scenario with the worlds, what was learnt, and how it would have foreseen."""

    scenario: Scenario
    fitted: Fitted
    history: History
    learnt: tuple[Learnt, ...]
    learnt_from: int
    left_out: tuple[str, ...] = ()  # headings of survey means of too few people

    @property
    def foreseen(self) -> tuple[Foreseen, ...]:
        """The backtest, a row for each column."""
        return self.fitted.backtest

    @property
    def degenerate(self) -> bool:
        """Whether so few worlds carry the weight that ranges are too narrow."""
        return self.fitted.effective < ENOUGH


def fit(
    scenario: Scenario, history: History, worlds: int = WORLDS, seed: int = 1, *, progress: Progress | None = None
) -> Fit:
    """Find the plausible worlds that go with a firm's past, and test how they would have foreseen its last part.

    Args:
        scenario: the firm as it is now, which is how the past has left it.
        history: the past.
        worlds: plausible ones to hold against it, 50 to 20,000.
        seed: of everything, 0 or more. The same gives the same.
        progress: called now and then with (worlds lived through, worlds in all).

    Raises:
        InputError: a history that does not go with the scenario; a number that cannot be.
    """
    if not 50 <= worlds <= MOST_WORLDS:
        raise InputError(f"worlds: got {worlds}; allowed is a whole number from 50 to {MOST_WORLDS:,}.")
    people = sum(team.size for team in scenario.teams)
    against_scenario(history, people, scenario.title)
    history, left_out = without_small_groups(history, people)
    drawn = draw(scenario, worlds, seed)
    told = (lambda done: progress(done, worlds)) if progress else None
    lived = live(scenario, drawn, history, told)
    now = weigh(history, lived, len(history.labels))
    of_worlds = now.weights
    middle, learnt = _learnt(scenario, drawn, of_worlds)
    certain = {path: bounds for path, bounds in scenario.uncertain.items() if path not in drawn.paths}
    changed = with_values(scenario.model_copy(update={"uncertain": certain}), middle)
    if "left" in history.series and LEVEL in middle:
        shape, rate = now.rate
        middle[LEVEL] = _level(changed, float(of_worlds @ (shape / rate)), history.ends[-1], seed)
        changed = with_values(changed, {LEVEL: middle[LEVEL]})
    fitted = Fitted(
        history=history.path.name,
        periods=f"{len(history.labels)} {history.every}s, {history.labels[0]} to {history.labels[-1]}",
        model=numbers_version(),
        sets=worlds,
        seed=seed,
        tried=worlds,
        effective=round(now.effective, 1),
        paths=drawn.paths,
        styles=drawn.styles,
        middle=middle,
        worlds=tuple(
            _row(drawn, number)
            for number in sorted(picked(of_worlds, KEPT, np.random.default_rng([seed, _STREAM])).tolist())
        ),
        backtest=backtest(history, lived, seed),
    )
    certain = {path: bounds for path, bounds in scenario.uncertain.items() if path not in drawn.paths}
    changed = with_values(scenario.model_copy(update={"uncertain": certain}), middle)
    return Fit(changed.model_copy(update={"fitted": fitted}), fitted, history, learnt, learnt_from(history), left_out)


def _row(drawn: Drawn, number: int) -> tuple[float, ...]:
    return (float(number), *(float(f"{value:.5g}") for value in drawn.values[number]))


def _level(scenario: Scenario, rate: float, weeks: int, seed: int) -> float:
    """The level of quitting at which as many leave in the middle of the worlds as in the worlds on the average.

    Means of many parameters need not come to the mean of what follows from them.
    """
    plain, level = scenario.model_copy(update={"events": (), "uncertain": {}}), scenario.parameters[LEVEL]
    parameter = BY_NAME[LEVEL]
    for _ in range(2):  # nearly in proportion, so that twice is near enough
        case = Case(plain, (AS_IS,), {LEVEL: level}, range(POINT_LIVES), seed, weeks)
        (outcome,) = simulate([case], Record(metrics=("turnover",)))
        found = float(np.nanmean(outcome.values)) / 5200.0
        level = float(np.clip(level * rate / max(found, 1e-6), level / 4, level * 4))
        level = float(f"{np.clip(level, parameter.floor, parameter.ceiling):.4g}")
    return level


POINT_LIVES = 60
"""Lives of the middle of the worlds, for its level of quitting."""


def _learnt(scenario: Scenario, drawn: Drawn, weights: Floats) -> tuple[dict[str, float], tuple[Learnt, ...]]:
    """The middle of conditions, and of the parameters that the past says something of; and what it says."""
    known = set(scenario.parameters) | set(drawn.paths)
    names = [name for name in drawn.sets[0] if name not in known]
    table = np.array([[one[name] for name in names] for one in drawn.sets])
    columns = dict(zip((*drawn.paths, *names), np.hstack([drawn.values, table]).T, strict=True))
    middle, found = {}, []
    enough = max(TOLD, 3 * float(np.sqrt(np.sum(weights**2))))
    for path, values in columns.items():
        mean, spread = float(weights @ values), float(values.std())
        moved = abs(mean - float(values.mean())) > enough * spread
        if path not in drawn.paths and not moved:
            continue
        middle[path] = float(f"{mean:.5g}")
        before, after = (_range(values, w) for w in (np.full(len(values), 1 / len(values)), weights))
        found.append(Learnt(path, before, after, middle[path]))
    return middle, tuple(found)


def _range(values: Floats, weights: Floats) -> tuple[float, float]:
    order = np.argsort(values)
    low, high = np.interp([0.05, 0.95], np.cumsum(weights[order]), values[order])
    return float(low), float(high)


_STREAM = 0x6B657074
