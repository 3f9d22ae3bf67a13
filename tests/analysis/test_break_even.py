"""When something pays: sums of paired differences in profit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.break_even import break_even, course_of_sums

RNG = np.random.default_rng(1)


def arms(difference, replications=20):
    """An arm whose weekly profit differs from the other's by `difference`, on shared luck."""
    without = RNG.normal(5, 1, (replications, len(difference)))
    return without + np.asarray(difference), without


def test_an_investment_pays_from_the_week_in_which_its_sum_rises_above_zero():
    found = break_even(*arms([-3, -1, 2, 2, 2, 2]))
    assert found.week == 5  # -3 -4 -2 0 2 4
    assert found.deepest == pytest.approx(4)
    assert found.total == pytest.approx(4)
    assert found.paid_back == 1


def test_what_never_pays_has_no_week():
    found = break_even(*arms([-1, -1, 1]))
    assert found.week is None
    assert found.paid_back == 0


def test_what_pays_at_once_pays_from_the_first_week():
    assert break_even(*arms([1, 1])).week == 1
    assert break_even(*arms([1, 1])).deepest == 0


def test_a_sum_that_falls_below_zero_again_has_not_paid():
    assert break_even(*arms([2, -3, 1, 1])).week == 4


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_the_two_arms_can_change_places(difference):
    one, two = arms(difference)
    there, back = break_even(one, two), break_even(two, one)
    assert there.total == pytest.approx(-back.total)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.week is None or back.week is None


def test_the_course_ends_at_the_total():
    one, two = arms([1, -2, 4])
    course = course_of_sums(one, two, 10, 90)
    assert list(course["week"]) == [1, 2, 3]
    assert course["mean"].iloc[-1] == pytest.approx(break_even(one, two).total)
    assert (course["low"] <= course["high"]).all()
