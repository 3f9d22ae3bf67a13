"""Simulates one year of a firm as it is led now: how many people leave, how satisfied they are, how output changes."""

from typing import NamedTuple

import numpy as np

from sim.model.build import AS_IS
from sim.run.case import Case, simulate
from sim.run.record import Record
from sim.scenario.schema import Scenario
from sim.scenario.weeks import QUARTER, WEEKS_A_YEAR

RUNS = 100


class FirstYear(NamedTuple):
    """Means over the runs: people who left in the year, morale (0-1), and change of output in percent."""

    left: float
    morale: float
    trend: float


def first_year(scenario: Scenario) -> FirstYear:
    """What the model makes of a firm in a year without events; the change is from the first quarter to the last.

    Raises:
        RuntimeError: a run failed.
    """
    plain = scenario.model_copy(update={"events": ()})
    case = Case(plain, (AS_IS,), {}, range(RUNS), scenario.run.seed, WEEKS_A_YEAR)
    (outcome,) = simulate([case], Record(metrics=("turnover", "headcount", "morale", "output"), weekly=True))
    if outcome.errors or outcome.weekly is None:
        raise RuntimeError(next(iter(outcome.errors.values()), "no weeks were recorded"))
    turnover, there, morale, output = np.moveaxis(outcome.weekly[:, 0], -1, 0)
    # Not by `sim.model.reduce`, which adds in another order: what is asked of people would change in its last digits.
    left = np.nan_to_num(turnover) * there / 5200.0
    before, after = np.nanmean(output[:, :QUARTER]), np.nanmean(output[:, -QUARTER:])
    return FirstYear(float(left.sum(axis=1).mean()), float(np.nanmean(morale)), float(100 * (after / before - 1)))
