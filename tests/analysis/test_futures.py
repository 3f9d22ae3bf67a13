"""Futures: other luck and other parameters, the same for every style, and the same again with the same seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.futures import RUNS_EACH, futures, spread
from sim.run import compare as runner
from sim.scenario.load import load_scenario, scenario_from

STYLES = ("democratic", "servant")


def drawn(scenario, seed=1):
    return futures(scenario, STYLES, ("morale", "output"), weeks=6, seed=seed, sets=3)


def test_a_future_has_a_value_for_every_style_and_metric_and_comes_again():
    one, again, other = (drawn(load_scenario("everyday"), seed) for seed in (1, 1, 2))
    assert one.dims == ("metric", "style", "future")
    assert one.shape == (2, 2, 3 * RUNS_EACH)
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_progress_is_told():
    told = []
    futures(
        load_scenario("everyday"), STYLES, ["morale"], 2, 1, sets=2,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(1, 2), (2, 2)]


def test_what_the_scenario_knows_stays_and_what_it_calls_uncertain_is_drawn(monkeypatch):
    asked = []

    def compare(scenario, *rest, **more):
        asked.append(scenario)
        return runner.compare(scenario, *rest, **more)

    monkeypatch.setattr("sim.analysis.futures.compare", compare)
    table = load_scenario("everyday").model_dump()
    drawn(scenario_from({**table, "parameters": {"vacancy_weeks": 5.5}, "uncertain": {"market.urgency": (0.2, 0.6)}}))
    assert {one.parameters["vacancy_weeks"] for one in asked} == {5.5}
    assert len({one.parameters["diagnosis_error"] for one in asked}) == 2  # worlds come in fours, two sets in each
    urgencies = {one.market.urgency for one in asked}
    assert len(urgencies) == 2
    assert all(0.2 <= urgency <= 0.6 for urgency in urgencies)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=50))
def test_a_range_holds_the_middle(values):
    found = spread(np.array(values))
    assert min(values) <= found.low <= found.median <= found.high <= max(values)
    assert found.above == pytest.approx(sum(value > 0 for value in values) / len(values))


def test_what_is_not_known_is_left_out():
    assert spread(np.array([np.nan, 2.0])).median == 2
    assert np.isnan(spread(np.array([np.nan])).median)
