"""Measures how much a plan gains for a goal over staying as is: in each world, on average, and in the worst ones."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.advice.goals import Constraint, Goal
from sim.analysis.advice.worlds import Floats
from sim.model.metrics import BY_NAME, METRIC_NAMES
from sim.scenario.problems import InputError

CAUTIOUS = 0.1
"""The robust choice is the one whose worst tenth of worlds begins highest."""


class Yardstick(NamedTuple):
    """What one point of the goal is worth in each of its metrics.

    `size` is a metric's standard deviation between runs of the business as it is led now, over luck and plausible
    parameters: "as much as such businesses differ anyway" (the standardiser of d_av, see `sim.analysis.paired`).
    """

    goal: Goal
    size: dict[str, float]

    def points(self, runs: Floats, beside: Floats) -> Floats:
        """Gain in goal points: sum of weight x (better by) / size; NaN (no such week in a run) counts as no gain.

        Args:
            runs: (..., metrics) of a plan.
            beside: the same runs under what it is compared with.

        Returns:
            (...).
        """
        total = np.zeros(runs.shape[:-1])
        for name, weight in self.goal.weights.items():
            place = METRIC_NAMES.index(name)
            sign = 1.0 if BY_NAME[name].good == "higher" else -1.0
            total += weight * sign * np.nan_to_num(runs[..., place] - beside[..., place]) / self.size[name]
        return total


def yardstick(goal: Goal, as_is: Floats, others: Floats) -> Yardstick:
    """The yardstick of a goal.

    Args:
        goal: what counts.
        as_is: (worlds, replications, metrics) as led now.
        others: (plans, worlds, replications, metrics), for a metric that never varies as led now.

    Raises:
        InputError: a metric of the goal that has no value here, or that is the same however one leads.
    """
    size = {}
    for name in goal.weights:
        place = METRIC_NAMES.index(name)
        now, any_way = as_is[..., place], np.concatenate([as_is[np.newaxis], others])[..., place]
        if np.isnan(any_way).all():
            raise InputError(f"goal: {name} has no value in this scenario. Take it out of the goal.")
        spread = float(np.nanstd(now)) if not np.isnan(now).all() else 0.0
        spread = spread if spread > _ROUNDING else float(np.nanstd(any_way))
        if spread <= _ROUNDING:
            raise InputError(f"goal: {name} is the same in this scenario however one leads. Take it out of the goal.")
        size[name] = spread
    return Yardstick(goal, size)


class Standing(NamedTuple):
    """A plan over several worlds; gains are over staying as is."""

    gain: float
    """Mean gain in goal points."""
    cautious: float
    """Gain in goal points that 9 of 10 worlds exceed; a world's gain is the mean over its runs."""
    means: dict[str, float]
    """Mean of each metric, in its unit."""
    better: float
    """Share of worlds in which the gain is above 0."""
    missed: tuple[float, ...]
    """How far each constraint is missed by the mean, in its metric's unit; 0 or less where it is kept."""

    @property
    def allowed(self) -> bool:
        """Whether every constraint is kept."""
        return all(missed <= 0 for missed in self.missed)


def standing(runs: Floats, as_is: Floats, measure: Yardstick, constraints: Sequence[Constraint]) -> Standing:
    """How one plan stands; both runs are (worlds, replications, metrics)."""
    in_world = measure.points(runs, as_is).mean(axis=1)
    means = {name: nan_mean(runs[..., place]) for place, name in enumerate(METRIC_NAMES)}
    return Standing(
        gain=float(in_world.mean()),
        cautious=float(np.quantile(in_world, CAUTIOUS)),
        means=means,
        better=float((in_world > 0).mean()),
        missed=tuple(_missed(constraint, means[constraint.metric]) for constraint in constraints),
    )


def nan_mean(values: Floats) -> float:
    """Mean of what is known; NaN if nothing is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def undominated(points: Floats) -> list[int]:
    """The Pareto front: rows that no other row equals or exceeds in every column and exceeds in one.

    Args:
        points: (n, columns), higher is better.
    """
    return [
        place
        for place, point in enumerate(points)
        if not ((points >= point).all(axis=1) & (points > point).any(axis=1)).any()
    ]


def _missed(constraint: Constraint, value: float) -> float:
    return constraint.missed_by(value) if np.isfinite(value) else 0.0


_ROUNDING = 1e-9
