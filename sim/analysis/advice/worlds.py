"""Runs plans in several plausible worlds, with the same people and luck for every plan."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.advice.plans import LeadershipPlan, definitions
from sim.analysis.plausible import plausible_scenarios
from sim.model.metrics import METRICS
from sim.run.case import Case, simulate
from sim.run.profiles import Profiles
from sim.scenario.schema import Scenario
from sim.scenario.style_definition import StyleDefinition

type Floats = NDArray[np.float64]
type Step = Callable[[], None]


class Worlds(NamedTuple):
    """Scenarios that might be the case, each with so many runs; all runs have luck of their own.

    `profiles` has for each of them what the names of styles stand for there; empty where that is what is written.
    """

    scenarios: tuple[Scenario, ...]
    replications: int
    seed: int
    profiles: tuple[Profiles, ...] = ()

    @classmethod
    def plausible(cls, scenario: Scenario, n: int, replications: int, seeds: tuple[int, int]) -> "Worlds":
        """Worlds that might be the case: parameters, profiles, and a draw from the scenario's own ranges.

        Args:
            scenario: the business.
            n: worlds.
            replications: of each.
            seeds: of the worlds, and of their luck.
        """
        scenarios, profiles = zip(*plausible_scenarios(scenario, n, seeds[0]), strict=True)
        return cls(scenarios, replications, seeds[1], profiles)


def live(worlds: Worlds, plans: Sequence[LeadershipPlan], step: Step | None = None) -> Floats:
    """What every run of every plan comes to.

    Args:
        worlds: where.
        plans: what the leaders do; the same run of a world meets the same people, shocks and luck under each.
        step: called after each world.

    Returns:
        (plans, worlds, replications, metrics): mean or total over the weeks, as the metric says, in its unit; NaN
        where no week has a value.
    """
    if not plans:
        return np.empty((0, len(worlds.scenarios), worlds.replications, len(METRICS)))
    names, added = definitions(plans)
    each = worlds.replications
    meant = worlds.profiles or (None,) * len(worlds.scenarios)
    cases = (
        Case(_with_styles(scenario, added), names, {}, range(number * each, (number + 1) * each), worlds.seed,
             profiles=profiles)
        for number, (scenario, profiles) in enumerate(zip(worlds.scenarios, meant, strict=True))
    )  # fmt: skip
    runs = []
    for outcome in simulate(cases):
        if outcome.errors:
            raise RuntimeError(next(iter(outcome.errors.values())))
        runs.append(outcome.values)
        if step:
            step()
    return np.stack(runs).transpose(2, 0, 1, 3)


def _with_styles(scenario: Scenario, styles: dict[str, StyleDefinition]) -> Scenario:
    return scenario.model_copy(update={"styles": {**scenario.styles, **styles}})
