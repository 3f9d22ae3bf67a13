"""The pattern of technology: AI help at work, on average, for beginners and for the best."""

import numpy as np

from sim.analysis.patterns.samples import HALF_A_YEAR
from sim.analysis.patterns.world import Figures, Floats, World

QUARTER = HALF_A_YEAR // 2


def ai_help(world: World) -> Figures:
    """Output of the second quarter of a year with AI help against that without: all, the least and the most able."""
    with_ai, without = (world.sample(f"service {how} AI").people[0] for how in ("with", "without"))
    there = np.flatnonzero(_stays(with_ai) & _stays(without))
    able = without["competence"][world.burn_in - 1, there]
    gained, done = (people["output"][-QUARTER:, there].mean(axis=0) for people in (with_ai, without))
    return gains(able, gained, done)


def gains(able: Floats, gained: Floats, done: Floats) -> Figures:
    """How much more is done, of everybody and of the lowest and highest quarter of competence."""
    low, high = np.quantile(able, [0.25, 0.75])
    return {
        "mean": float(gained.mean() / done.mean() - 1.0),
        "lowest_quarter": float(gained[able <= low].mean() / done[able <= low].mean() - 1.0),
        "highest_quarter": float(gained[able >= high].mean() / done[able >= high].mean() - 1.0),
    }


def _stays(people: np.ndarray) -> np.ndarray:
    """Who is there all the time that is measured."""
    stays: np.ndarray = (people["employed"][-1] == 1) & (people["tenure"][-1] >= HALF_A_YEAR)
    return stays
