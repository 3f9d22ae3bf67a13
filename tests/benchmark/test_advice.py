"""Advice on the default scenario has to come while one waits."""

import time

import pytest

import sim
from sim.analysis.advice import advise
from sim.analysis.advice.plans import fixed
from sim.analysis.advice.worlds import Worlds, live
from sim.scenario.styles import style_names
from tests.benchmark.measure import quickest, say

pytest.importorskip("optuna")

LONGEST = 2 * 120
"""Seconds of processor time: two minutes on two cores."""


@pytest.mark.benchmark
def test_advice_on_the_default_scenario_takes_under_two_minutes():
    sim.compare("everyday", ["democratic"], 1, 1)  # compiling is not counted
    begun = time.process_time()
    advise("everyday")
    took = time.process_time() - begun
    say(f"teamsim advise everyday: {took:.0f} s of processor time")
    assert took < LONGEST


@pytest.mark.benchmark
def test_living_plans_costs_little_more_than_comparing_styles():
    """As many plans as there are styles, as many runs: what is spent on worlds that differ stays within the half."""
    scenario = sim.load_scenario("everyday")
    styles = list(style_names(scenario))
    took = quickest(
        {
            "compare": lambda: sim.compare(scenario, styles, 400),
            "live": lambda: live(Worlds.plausible(scenario, 100, 4, (1, 1)), list(map(fixed, styles))),
        }
    )
    say(f"as many runs: compared {took['compare']:.2f} s, plans lived through {took['live']:.2f} s")
    assert took["live"] < 1.5 * took["compare"]
