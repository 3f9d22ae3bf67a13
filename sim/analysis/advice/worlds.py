"""Plans lived through in several worlds: what each run comes to, on the same people and luck for every plan."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.advice.plans import Plan, definitions
from sim.model.build import Blueprint
from sim.model.engine import replicate
from sim.model.metrics import METRICS
from sim.scenario.schema import Scenario

type Floats = NDArray[np.float64]
type Step = Callable[[], None]

_TOTAL = np.array([metric.whole_run == "total" for metric in METRICS])


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
    names, added = definitions(plans)
    runs = np.empty((len(plans), len(worlds.scenarios), worlds.replications, len(METRICS)))

    def one(number: int) -> None:
        scenario = worlds.scenarios[number]
        blueprint = Blueprint(scenario.model_copy(update={"styles": {**scenario.styles, **added}}))
        timetable = blueprint.timetable(names)
        weeks = scenario.run.weeks
        rows = np.empty((len(names), weeks, len(METRICS)))
        no_teams = np.empty((len(names), 0, len(scenario.teams), len(METRICS)))
        for r in range(worlds.replications):
            replicate(blueprint, timetable, weeks, worlds.seed, number * worlds.replications + r, rows, no_teams)
            runs[:, number, r] = whole_run(rows)

    if not plans:
        return runs
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        try:
            for _ in pool.map(one, range(len(worlds.scenarios))):
                if step:
                    step()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return runs


def whole_run(rows: Floats) -> Floats:
    """Weeks (..., weeks, metrics) summed up as `sim.analysis.summary.run_values` does: (..., metrics)."""
    known = ~np.isnan(rows)
    count = known.sum(axis=-2)
    total = np.where(known, rows, 0.0).sum(axis=-2)
    return np.where(count > 0, total / np.where(_TOTAL, 1, np.maximum(count, 1)), np.nan)
