"""What a run comes to: means as the comparison has them, spreads, changes, and weeks until a loss is made good."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.summary import run_values
from sim.run.compare import compare
from sim.run.measures import REGAINED, Measure, measured, needed, terms, weeks_to_recover


@pytest.fixture(scope="module")
def results():
    return compare("everyday", ["servant", "autocratic"], 4, 20, 7)


def one(results, measure):
    return measured(lambda metric: results[metric].transpose("style", "replication", "week").to_numpy(), measure)[0]


def test_a_mean_is_that_of_the_comparison(results):
    expected = run_values(results, ["output"], (3, 9)).sel(metric="output", style="servant").to_numpy()
    np.testing.assert_allclose(one(results, Measure("output", (3, 9))), expected, rtol=1e-12)


@pytest.mark.parametrize("metric", ["decision_delay", "profit"])
def test_a_week_without_a_value_is_left_out_and_what_is_counted_is_summed(results, metric):
    expected = run_values(results, [metric], (2, 20)).sel(metric=metric, style="servant").to_numpy()
    np.testing.assert_allclose(one(results, Measure(metric, (2, 20))), expected, rtol=1e-12)


def test_a_sum_of_metrics(results):
    both = one(results, Measure("competence + commitment", (3, 9)))
    parts = [one(results, Measure(metric, (3, 9))) for metric in ("competence", "commitment")]
    np.testing.assert_allclose(both, parts[0] + parts[1])
    assert terms("a + b+c") == ["a", "b", "c"]


def test_a_change(results):
    change = one(results, Measure("morale", (11, 20), (1, 10)))
    later, earlier = one(results, Measure("morale", (11, 20))), one(results, Measure("morale", (1, 10)))
    np.testing.assert_array_equal(change, later - earlier)


def test_a_spread(results):
    weekly = results.output.sel(style="servant", week=slice(5, 12)).to_numpy()
    np.testing.assert_allclose(one(results, Measure("output", (5, 12), how="spread")), weekly.std(axis=1, ddof=1))


def test_a_recovery_is_measured_against_the_four_weeks_before(results):
    before = results.morale.sel(style="servant", week=slice(6, 9)).mean("week").to_numpy()
    after = results.morale.sel(style="servant", week=slice(10, 20)).to_numpy()
    found = one(results, Measure("morale", (10, 20), how="recovery"))
    np.testing.assert_array_equal(found, weeks_to_recover(before, after))


def test_a_run_without_any_value_has_none():
    weekly = np.full((2, 3), np.nan)
    weekly[0, 1] = 2.0
    np.testing.assert_array_equal(measured(lambda _: weekly, Measure("morale", (1, 3))), [2.0, np.nan])


def test_what_measures_need_and_what_they_are_called():
    change = Measure("share_d3 + share_d4", (11, 20), (1, 10))
    assert needed([change, Measure("morale", (1, 3), how="spread")]) == ("share_d3", "share_d4", "morale")
    assert change.column == "share_d3 + share_d4_11-20_since_1-10"
    assert Measure("morale", (1, 3), how="spread").column == "morale_1-3_spread"


def test_weeks_until_most_of_a_loss_is_back():
    course = np.array([0.5, 0.6, 0.8, 0.9, 1.0])
    assert weeks_to_recover(np.array(1.0), course) == 3  # 0.9 is the first with 80% of the 0.5 back
    assert weeks_to_recover(np.array(2.0), course) == 5  # never
    assert weeks_to_recover(np.array(0.4), course) == 0  # nothing was lost


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0, 1))
def test_a_recovery_is_the_first_week_that_is_good_enough(course, before):
    weeks = int(weeks_to_recover(np.array(before), np.array(course)))
    goal = before - (1 - REGAINED) * max(before - course[0], 0)
    assert 0 <= weeks <= len(course)
    assert all(value < goal for value in course[:weeks])
    assert weeks == len(course) or course[weeks] >= goal
