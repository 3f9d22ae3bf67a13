"""Draws the worlds that a firm may be in, and runs each for as long as the firm's past is."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.plausible import sets_of_fit
from sim.model.build import AS_IS
from sim.run.case import Case, simulate
from sim.run.profiles import Profiles, names_within
from sim.run.record import Record
from sim.run.size import affordable, person_weeks
from sim.scenario.as_run import season_before
from sim.scenario.history import COUNTS, History
from sim.scenario.parameters import BY_NAME
from sim.scenario.schema import Scenario

type Floats = NDArray[np.float64]

MOST_LIVES, FEWEST_LIVES = 12, 2
"""Lives of each world, each with luck of its own: many cost little where a firm is small."""

MOST_WORK = 40e6
"""Person-weeks in all from which lives are fewer."""

AROUND = {"company.conditions": 0.35, "market.labour_tightness": 0.35, "market.demand": 0.2, "market.turbulence": 0.2}
"""The firm's own conditions that are found out, and how far each may be from what the scenario says: nobody knows
these to a tenth, and what is left open here the past may tell. Assumed."""

HIGHEST = {"market.demand": 5.0}

LEVEL = "quit_base"
"""The parameter that firms differ in most by what the model has no part for: branch, pay, commuting."""

LEVEL_FACTOR = 2.5
"""Times that a firm's own level may be above or below what is usual. Assumed."""


class Drawn(NamedTuple):
    """Worlds before the past is looked at: sets of parameters, and the firm's conditions, (worlds, paths)."""

    sets: tuple[Mapping[str, float], ...]
    seed: int
    paths: tuple[str, ...]
    low: Floats
    high: Floats
    values: Floats
    styles: tuple[str, ...]

    def profiles(self, number: int) -> Profiles:
        """What the names of styles stand for in a world."""
        return Profiles(self.seed, number)


def draw(scenario: Scenario, n: int, seed: int) -> Drawn:
    """`n` worlds: plausible parameters, profiles of the leaders, and conditions spread evenly over their ranges.

    A range of [uncertain] takes the place of the usual one. What the scenario says of a parameter itself, without a
    range, stays so.
    """
    bounds = {}
    for path, half in AROUND.items():
        section, key = path.split(".")
        value, most = getattr(getattr(scenario, section), key), HIGHEST.get(path, 1.0)
        bounds[path] = scenario.uncertain.get(path) or (max(value - half, 0.0), min(value + half, most))
    if LEVEL in scenario.uncertain:
        bounds[LEVEL] = scenario.uncertain[LEVEL]
    elif LEVEL not in scenario.parameters:
        usual = BY_NAME[LEVEL].default
        bounds[LEVEL] = (usual / LEVEL_FACTOR, usual * LEVEL_FACTOR)
    low, high = np.array(list(bounds.values())).T
    shares = np.random.default_rng([seed, _STREAM]).random((n, len(bounds)))
    values = low + shares * (high - low)
    if LEVEL in bounds:  # what multiplies is spread evenly over its logarithm
        values[:, -1] = low[-1] * (high[-1] / low[-1]) ** shares[:, -1]
    leaders = {team.leader.style if team.leader else scenario.leader.style for team in scenario.teams}
    styles = sorted(set().union(*(names_within(style, scenario.styles) for style in leaders)))
    return Drawn(sets_of_fit(n, seed), seed, tuple(bounds), low, high, values, tuple(styles))


class Lived(NamedTuple):
    """What the worlds came to in each period of the past: arrays (worlds, lives, periods).

    How many people left; person-weeks that were worked; and by metric its mean over the period.
    """

    left: Floats
    person_weeks: Floats
    means: dict[str, Floats]


def live(scenario: Scenario, drawn: Drawn, history: History, told: Callable[[int], None] | None = None) -> Lived:
    """Live through the worlds.

    The past begins with a firm that is in balance, has as many people as now and is led as it is led now; what the
    scenario has happen is to come and takes no part.

    Args:
        scenario: the firm as it is now.
        drawn: the worlds.
        history: says how long, and what is looked at.
        told: called after each world.
    """
    weeks = history.ends[-1]
    wanted = [name for name in history.series if name not in COUNTS]
    record = Record(metrics=("turnover", "headcount", *wanted), weekly=True)
    market = scenario.market.model_copy(update={"season": season_before(scenario.market.season, weeks)})
    plain = scenario.model_copy(update={"events": (), "uncertain": {}, "fitted": None, "market": market})
    lives = lives_of(plain, weeks, len(drawn.sets))
    cases = (
        Case(
            _placed(plain, drawn.paths, drawn.values[number]),
            (AS_IS,),
            _parameters(plain, drawn, number),
            range(number * lives, (number + 1) * lives),
            drawn.seed,
            weeks,
            drawn.profiles(number),
        )
        for number in range(len(drawn.sets))
    )
    found = []
    for outcome in simulate(cases, record):
        if outcome.errors or outcome.weekly is None:
            raise RuntimeError(next(iter(outcome.errors.values()), "no weeks were recorded"))
        found.append(outcome.weekly[:, 0])
        if told:
            told(len(found))
    by_week = np.stack(found)  # (worlds, lives, weeks, metrics)
    ends = np.array(history.ends)
    starts = np.concatenate([[0], ends[:-1]])
    # Not by `sim.model.reduce`, which adds in another order: fits would come out otherwise in their last digits.
    turnover, there = np.nan_to_num(by_week[..., 0]), by_week[..., 1]
    left = np.add.reduceat(turnover * there / 5200.0, starts, axis=-1)
    person_weeks = np.add.reduceat(there, starts, axis=-1)
    means = {}
    for place, name in enumerate(wanted, 2):
        values = by_week[..., place]
        known = ~np.isnan(values)
        sums = np.add.reduceat(np.where(known, values, 0.0), starts, axis=-1)
        means[name] = sums / np.maximum(np.add.reduceat(known.astype(float), starts, axis=-1), 1.0)
    return Lived(left, person_weeks, means)


def lives_of(scenario: Scenario, weeks: int, worlds: int) -> int:
    """Lives of each world."""
    return affordable(MOST_WORK, person_weeks(scenario, weeks) * worlds, FEWEST_LIVES, MOST_LIVES)


def _parameters(scenario: Scenario, drawn: Drawn, number: int) -> dict[str, float]:
    own = {
        path: value for path, value in zip(drawn.paths, drawn.values[number].tolist(), strict=True) if path in BY_NAME
    }
    return {**drawn.sets[number], **scenario.parameters, **own}


def _placed(scenario: Scenario, paths: Sequence[str], values: Floats) -> Scenario:
    """The scenario with the conditions of a world. They lie within their bounds, so that nothing is checked anew."""
    update: dict[str, dict[str, float]] = {}
    for path, value in zip(paths, values.tolist(), strict=True):
        section, _, key = path.partition(".")
        if key:
            update.setdefault(section, {})[key] = value
    return scenario.model_copy(
        update={section: getattr(scenario, section).model_copy(update=keys) for section, keys in update.items()}
    )


_STREAM = 0x66697474
"""Keeps these draws apart from whatever else begins with the same seed."""
