"""Plans lived through in several worlds: what each run comes to, on the same people and luck for every plan."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.advice.plans import Plan, definitions
from sim.model.metrics import METRICS
from sim.run.case import Case, simulate
from sim.scenario.schema import Scenario
from sim.scenario.style_definition import StyleDefinition

type Floats = NDArray[np.float64]
type Step = Callable[[], None]


class Worlds(NamedTuple):
    """Scenarios that might be the case, each with so many runs; all runs have luck of their own."""

    scenarios: tuple[Scenario, ...]
    replications: int
    seed: int


def live(worlds: Worlds, plans: Sequence[Plan], step: Step | None = None) -> Floats:
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
    cases = (
        Case(_with_styles(scenario, added), names, {}, range(number * each, (number + 1) * each), worlds.seed)
        for number, scenario in enumerate(worlds.scenarios)
    )
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
