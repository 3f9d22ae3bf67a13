"""Patterns of turnover: how many quit, who does, when, and what it has to do with output."""

import numpy as np

from sim.analysis.patterns.samples import A_YEAR
from sim.analysis.patterns.world import Figures, World
from sim.analysis.summary import mean_interval
from sim.analysis.survey import correlation

MANY_TIMES = 100.0
"""How many times as likely something is as what never happens."""


def morale_and_leaving(world: World) -> Figures:
    """What people say of their morale against whether they quit within the year."""
    return _and_leaving(world, "morale", 3, wanted=True)


def strain_and_leaving(world: World) -> Figures:
    """What people say of their strain against whether they quit within the year."""
    return _and_leaving(world, "strain", 31, wanted=False)


def _and_leaving(world: World, field: str, purpose: int, wanted: bool) -> Figures:
    people = world.sample("population").people[0]
    start = world.burn_in - 1
    there = np.flatnonzero(people["employed"][start] == 1)
    gone = leaves(people[start:, there]).any(axis=0).astype(np.float64)
    truth = people[field][start, there]
    surveyed = world.survey(len(there), purpose).ask(truth, wanted)
    return {"r": correlation(surveyed, gone), "true_r": correlation(truth, gone), "leave_in_a_year": float(gone.mean())}


def quits(world: World) -> Figures:
    """Quits a month in per cent of the people employed."""
    sample = world.sample("population")
    turnover = sample.metric("turnover")[0, :, world.burn_in :]
    headcount = sample.metric("headcount")[0, :, world.burn_in :]
    yearly = float(np.nansum(turnover * headcount) / headcount.sum())  # a firm without anybody has no turnover
    return {"percent_a_month": yearly / 12.0}


def quits_and_output(world: World) -> Figures:
    """Across firms: quits over the year against what is got done."""
    sample = world.sample("population")
    turnover = mean_interval(sample.metric("turnover")[0, :, world.burn_in :]).mean  # over the weeks with a value
    output = sample.metric("output")[0, :, world.burn_in :].mean(axis=-1)
    return {"rho": correlation(turnover, output)}


def leaving_by_tenure(world: World) -> Figures:
    """How likely leaving is in the first year, against the third year and after."""
    people = world.sample("four years").people[0, world.burn_in - 1 :]
    return {"first_over_later": hazard_ratio(people)}


def hazard_ratio(people: np.ndarray) -> float:
    """Weekly chance of leaving with less than a year of tenure over that with two years or more."""
    there = people["employed"][:-1] == 1
    left = there & (people["employed"][1:] == 0)
    tenure = people["tenure"][:-1]
    first, later = there & (tenure < A_YEAR), there & (tenure >= 2 * A_YEAR)
    chances = [left[some].sum() / max(some.sum(), 1) for some in (first, later)]
    return float(chances[0] / chances[1]) if chances[1] > 0 else MANY_TIMES


def leaves(people: np.ndarray) -> np.ndarray:
    """Whether each person leaves from one week to the next: (weeks - 1, positions), until the first has left."""
    employed = people["employed"] == 1
    left = employed[:-1] & ~employed[1:]
    first = np.cumsum(np.vstack([np.zeros((1, left.shape[1]), np.int64), left[:-1].astype(np.int64)]), axis=0) == 0
    leaves: np.ndarray = left & first
    return leaves
