"""Advice on the default scenario has to come while one waits."""

import time

import pytest

import sim
from sim.analysis.advice import advise
from sim.analysis.advice.plans import fixed
from sim.analysis.advice.worlds import Worlds, live
from sim.scenario.styles import style_names

pytest.importorskip("optuna")

LONGEST = 120
"""Seconds on two cores."""


@pytest.mark.benchmark
def test_advice_on_the_default_scenario_takes_under_two_minutes():
    sim.compare("everyday", ["democratic"], 1, 1)  # compiling is not counted
    start = time.perf_counter()
    advise("everyday")
    assert time.perf_counter() - start < LONGEST


@pytest.mark.benchmark
def test_living_plans_costs_little_more_than_comparing_styles():
    """As many plans as there are styles, as many runs: what is spent on worlds that differ stays within the half."""
    scenario = sim.load_scenario("everyday")
    styles = list(style_names(scenario))
    took = []
    for work in (
        lambda: sim.compare(scenario, styles, 400),
        lambda: live(Worlds.plausible(scenario, 100, 4, (1, 1)), list(map(fixed, styles))),
    ):
        work()
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    assert took[1] < 1.5 * took[0]
