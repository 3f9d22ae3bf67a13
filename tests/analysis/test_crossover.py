"""When one course overtakes another."""

import numpy as np
import pytest

from sim.analysis.crossover import course_difference, turning
from tests.analysis.synthetic import one_metric

RNG = np.random.default_rng(2)


def results(difference, metric="output", replications=30):
    """Two styles on shared luck, the second apart from the first by `difference` week by week."""
    base = RNG.normal(60, 3, (replications, len(difference)))
    other = base + np.asarray(difference) + RNG.normal(0, 0.1, base.shape)
    return one_metric(np.stack([base, other]), ["now", "then"], metric)


def test_behind_at_first_and_ahead_for_good_later():
    found = turning(results([-2.0] * 8 + [0.0] * 4 + [2.0] * 8), "then", "now", "output")
    assert found.behind_until == 8
    assert found.ahead_from in (9, 13)


def test_a_lead_that_is_lost_again_is_not_for_good():
    found = turning(results([2.0] * 12 + [-2.0] * 8), "then", "now", "output")
    assert found.behind_until is None
    assert found.ahead_from is None


def test_always_ahead_and_always_behind():
    assert turning(results([1.0] * 9), "then", "now", "output") == (None, 1)
    assert turning(results([-1.0] * 9), "then", "now", "output") == (9, None)


def test_lower_is_ahead_where_a_manager_wants_it_low():
    assert turning(results([-1.0] * 9, "strain"), "then", "now", "strain") == (None, 1)


def test_the_difference_is_paired_and_goes_block_by_block():
    course = course_difference(results([1.0] * 10), "then", "now", "output", block=4)
    assert list(course["first"]) == [1, 5, 9]
    assert list(course["last"]) == [4, 8, 10]
    assert course["mean"].to_numpy() == pytest.approx(1, abs=0.1)  # the luck of 3 is shared and drops out
    assert ((course["low"] < course["mean"]) & (course["mean"] < course["high"])).all()


def test_weeks_without_a_value_are_left_out():
    ds = results([1.0] * 8)
    ds["output"] = ds["output"].where(ds["week"] > 3)
    assert course_difference(ds, "then", "now", "output")["mean"].to_numpy() == pytest.approx(1, abs=0.1)
