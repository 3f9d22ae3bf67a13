"""Searches for plans with a genetic algorithm that pursues several aims at once.

NSGA-II (Deb et al. 2002) as kept by Optuna. It brings forth a whole generation at a time, and a generation costs little
here, because plans of one run share its people and luck; it keeps a front of trade-offs instead of one answer; it takes
constraints; and being told the same it gives the same. (Optuna's TPE learns from every single trial, so that plans
would have to be tried one after the other; pymoo has NSGA-II too, and asks for many more libraries.)
"""

import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.advice import plans as ways
from sim.analysis.advice.gains import Standing, Yardstick, standing, yardstick
from sim.analysis.advice.goals import Constraint, Goal
from sim.analysis.advice.plans import KEEP, LeadershipPlan
from sim.analysis.advice.worlds import Worlds, live
from sim.scenario.extras import extra
from sim.scenario.schema import Scenario
from sim.scenario.styles import builtin_styles

type Told = Callable[[int, int], None]

AIMS = ("morale", "output")
"""Metrics of which the front shows the trade-off, beside the goal."""


class SearchResult(NamedTuple):
    """What a search has seen: every plan tried with its standing, and whether it was stopped before its end."""

    standings: dict[LeadershipPlan, Standing]
    measure: Yardstick
    tried: int
    stopped: bool


def search(
    scenario: Scenario, worlds: Worlds, goal: Goal, constraints: Sequence[Constraint], trials: int, population: int,
    seed: int, told: Told | None = None,
) -> SearchResult:  # fmt: skip
    """Try plans; Ctrl-C ends the search early and keeps what has been tried.

    Args:
        scenario: for the styles that plans are made of, and the length of a run.
        worlds: where plans are tried.
        goal: what counts.
        constraints: what has to be kept.
        trials: plans to try.
        population: plans in one generation.
        seed: of the search's own chance.
        told: called with (plans tried, plans in all) after each generation.

    Raises:
        InputError: Optuna is not installed; a goal that nothing changes.
    """
    optuna = extra("optuna", "advice", "Searching for advice")
    styles = ways.ingredients(scenario)
    start = [KEEP, *map(ways.fixed, builtin_styles())]
    as_is, *others = live(worlds, start)
    measure = yardstick(goal, as_is, np.stack(others))
    standings = {
        plan: standing(runs, as_is, measure, constraints) for plan, runs in zip(start, [as_is, *others], strict=True)
    }
    study = _study(optuna, population, seed)
    for style in styles:
        study.enqueue_trial(ways.as_trial(style))
    tried = 0
    try:
        while tried < trials:
            asked = [study.ask() for _ in range(min(population, trials - tried))]
            proposed = [ways.suggest(trial, styles, scenario.run.weeks) for trial in asked]
            new = [plan for plan in dict.fromkeys(proposed) if plan not in standings]
            for plan, runs in zip(new, live(worlds, new), strict=True):
                standings[plan] = standing(runs, as_is, measure, constraints)
            for trial, plan in zip(asked, proposed, strict=True):
                found = standings[plan]
                trial.set_user_attr(_MISSED, found.missed)
                study.tell(trial, [*(found.means[aim] for aim in AIMS), found.cautious])
            tried += len(asked)
            if told:
                told(tried, trials)
    except KeyboardInterrupt:
        return SearchResult(standings, measure, tried, stopped=True)
    return SearchResult(standings, measure, tried, stopped=False)


def _study(optuna: Any, population: int, seed: int) -> Any:
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)  # constraints are still called so
        sampler = optuna.samplers.NSGAIISampler(
            population_size=population, seed=seed % 2**32, constraints_func=lambda trial: trial.user_attrs[_MISSED]
        )
        return optuna.create_study(directions=["maximize"] * (len(AIMS) + 1), sampler=sampler)


_MISSED = "missed"
