"""Rounding that neither hides nor pretends."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.metrics import METRICS
from sim.view.report.numbers import Numbers, is_relative, rounded, scale_against, scale_of, step_for

ends = st.floats(-1e6, 1e6)


@given(ends, ends)
def test_a_range_holds_between_four_and_forty_steps(low, high):
    step = step_for(low, high)
    assert step > 0
    if abs(high - low) > 1e-9:
        assert 4 - 1e-6 <= abs(high - low) / step <= 40


@given(ends, ends)
def test_rounding_moves_a_number_by_half_a_step_at_most(value, other):
    step = step_for(value, other)
    assert abs(rounded(value, step) - value) <= step / 2 * (1 + 1e-6)


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [(3.2, 9.1, 1), (0.41, 0.93, 0.1), (120, 340, 50), (2.0, 2.0, 0.1), (0, 0, 1), (math.nan, 1, 1)],
)
def test_steps_that_people_would_choose(low, high, step):
    assert step_for(low, high) == pytest.approx(step)


def test_every_metric_has_a_scale():
    for metric in METRICS:
        assert scale_of(metric.name) > 0
    assert is_relative("output")
    assert not is_relative("morale")


def test_numbers_are_found_by_their_keys_only():
    numbers = Numbers()
    numbers.put("levels", "morale", "servant", mean=70, week=None)
    assert numbers.of("levels", "morale", "servant", "mean") == 70
    assert math.isnan(numbers.of("levels", "morale", "servant", "week"))
    with pytest.raises(KeyError):
        numbers.of("levels", "morale", "servant", "median")


def test_a_share_of_nothing_has_no_value():
    assert math.isnan(scale_against("output", 0.0))
    assert scale_against("output", 50.0) == 2.0
    assert scale_against("morale", 0.0) == scale_of("morale")
