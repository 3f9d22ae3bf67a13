"""Simulates many firms with and without the treatment, on the same people and luck."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.plausible import plausible_parameters
from sim.analysis.trial.spec import SETTLED, Trial
from sim.scenario.behaviours import BEHAVIOURS
from sim.study.firms import draw_firms, draw_leaders, run_firms, teams_of

type Floats = NDArray[np.float64]

FIRMS = 120
"""Firms of each world that trials are drawn from, or half as many again as the largest trial has."""


class PotentialOutcomes(NamedTuple):
    """What is true in one set of parameters, (firms, people) each: before, and after with and without the treatment.

    `stay_without` and `stay_with` say who has been there from the beginning to the end.
    """

    before: Floats
    without: Floats
    treated: Floats
    stay_without: NDArray[np.bool_]
    stay_treated: NDArray[np.bool_]


def worlds_of(trial: Trial, workers: int | None = None) -> list[PotentialOutcomes]:
    """A population of firms in each set of plausible parameters, the first with the usual ones."""
    sets: list[Mapping[str, float] | None] = [None]
    if trial.worlds > 1:
        sets += list(plausible_parameters(trial.worlds - 1, trial.seed))
    return [_world(trial, parameters, number, workers) for number, parameters in enumerate(sets)]


def _world(trial: Trial, parameters: Mapping[str, float] | None, number: int, workers: int | None) -> PotentialOutcomes:
    count, seed = max(FIRMS, max(trial.firms) * 3 // 2), trial.seed + 7919 * number
    size, begin, weeks = (trial.people, trial.people), SETTLED + 1, SETTLED + trial.after
    done: list[dict[str, Any]] = [
        {"practice": name, "intensity": strength, "from_week": begin}
        for name, strength in trial.treatment.practices.items()
    ]
    run: dict[str, Any] = {"run": {"weeks": weeks}}
    firms = draw_firms(count, seed, size=size, changes=run)
    treated = draw_firms(count, seed, size=size, changes={**run, "practices": done})
    behaviour = draw_leaders(teams_of(firms), np.random.default_rng([seed, 1]))
    more = np.array([trial.treatment.behaviour.get(name, 0.0) for name in BEHAVIOURS])
    without = run_firms(firms, behaviour[None], weeks, seed, parameters, workers).people[0]
    both = np.stack([behaviour, np.clip(behaviour + more, 0.0, 1.0)])
    with_it = run_firms(treated, both, weeks, seed, parameters, workers, from_week=begin).people[1]

    def by_firm(values: Any) -> Any:
        return np.asarray(values).reshape(count, -1)

    stayed = [by_firm((one["employed"][-1] > 0) & (one["tenure"][-1] >= trial.after)) for one in (without, with_it)]
    return PotentialOutcomes(
        by_firm(without[trial.measure][SETTLED - 1]), by_firm(without[trial.measure][-1]),
        by_firm(with_it[trial.measure][-1]), *stayed,
    )  # fmt: skip
