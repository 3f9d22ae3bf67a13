"""Patterns of output: morale, a better boss, firms of one industry, and goals."""

import numpy as np

from sim.analysis.patterns.asking import recent, stayed
from sim.analysis.patterns.samples import HALF_A_YEAR, bosses
from sim.analysis.patterns.world import Figures, Floats, World
from sim.analysis.survey import correlation


def morale_and_output(world: World) -> Figures:
    """Individual means over half a year: what people say of their morale against their own output."""
    sample = world.sample("population")
    there = stayed(sample)
    morale, output = recent(sample, "morale", there), recent(sample, "output", there)
    surveyed = world.survey(len(there), 2).ask(morale)
    return {"rho": world.one_surveyed(correlation(surveyed, output)), "true_rho": correlation(morale, output)}


def better_boss(world: World) -> Figures:
    """One firm of nine: output under the best tenth of leaders over that under the worst tenth, less 1."""
    return {"gain": best_over_worst(bosses(world))}


def best_over_worst(values: Floats) -> float:
    """Mean of the highest tenth over mean of the lowest tenth, less 1."""
    ordered, tenth = np.sort(values), max(len(values) // 10, 1)
    return float(ordered[-tenth:].mean() / ordered[:tenth].mean() - 1.0)


def spread_of_firms(world: World) -> Figures:
    """Output per head of the firm at the 90th percentile over that of the firm at the 10th."""
    sample = world.sample("population")
    output, people, vacancies = (
        sample.metric(name)[0, :, world.burn_in :] for name in ("output", "headcount", "vacancies")
    )
    per_head = (output * (people + vacancies)).sum(axis=-1) / people.sum(axis=-1)
    low, high = np.percentile(per_head, [10, 90])
    return {"ratio": float(high / low)}


def goals(world: World) -> Figures:
    """Own output with hard, clear goals less that without, in standard deviations among the people of a firm."""
    sample = world.sample("goals")
    there = np.intersect1d(stayed(sample, HALF_A_YEAR, 0), stayed(sample, HALF_A_YEAR, 1))
    done = [recent(sample, "output", there, HALF_A_YEAR, arm) for arm in (0, 1)]
    return {"d": difference(done[0], done[1], sample.firm[there])}


def difference(one: Floats, other: Floats, firm: np.ndarray) -> float:
    """Mean difference of two outputs of the same people, in standard deviations within their firms."""
    size = np.bincount(firm)
    within = [values - (np.bincount(firm, values) / np.maximum(size, 1))[firm] for values in (one, other)]
    freedom = len(one) - np.count_nonzero(size)
    spread = np.sqrt(sum(float((part**2).sum()) for part in within) / (2 * freedom))
    return float((one - other).mean() / spread)
