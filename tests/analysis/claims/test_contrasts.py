"""Each kind of contrast against what it comes to by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.claims.contrasts import contrasts
from sim.analysis.claims.schema import Arm, Crossing, Difference, Interaction, Regret, Slope, parsed
from sim.run.measures import Measure

MORALE = Measure("morale", (1, 4))
WHAT: dict[str, Any] = {"text": "t", "metric": "morale", "weeks": (1, 4), "direction": "higher"}
some_numbers = arrays(np.float64, (4, 12), elements=st.floats(-100, 100))


def values_of(numbers, *names):
    return {(parsed(name), MORALE): row for name, row in zip(names, numbers, strict=False)}


@given(some_numbers)
def test_a_difference_is_one_arm_less_each_of_the_others(numbers):
    part = Difference(kind="difference", of="a in x", against=("b in x", "c in y"), **WHAT)
    one, two = contrasts(part, values_of(numbers, "a in x", "b in x", "c in y"))
    np.testing.assert_array_equal(one.values, numbers[0] - numbers[1])
    np.testing.assert_array_equal(two.values, numbers[0] - numbers[2])
    assert one.spread == pytest.approx((numbers[0].std(ddof=1) + numbers[1].std(ddof=1)) / 2)
    assert two.base == pytest.approx(numbers[2].mean())


def test_an_arm_by_itself():
    part = Difference(kind="difference", of="a in x", **{**WHAT, "direction": "lower"})
    (only,) = contrasts(part, values_of(np.ones((1, 3)), "a in x"))
    assert only.values.tolist() == [1, 1, 1]
    assert only.sign == -1


@given(some_numbers)
def test_an_interaction_is_a_difference_of_differences(numbers):
    part = Interaction(kind="interaction", of=("a in x", "b in x"), against=("a in y", "b in y"), **WHAT)
    (only,) = contrasts(part, values_of(numbers, "a in x", "b in x", "a in y", "b in y"))
    a, b, c, d = numbers
    np.testing.assert_allclose(only.values, (a - b) - (c - d), atol=1e-9)


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_a_slope_is_the_change_from_the_lowest_to_the_highest_level(slope, height):
    levels = (0.0, 0.5, 2.0)
    numbers = np.array([[height + slope * level] * 3 for level in levels])
    part = Slope(kind="slope", levels=levels, of=("a in x", "a in y", "a in z"), **WHAT)
    (only,) = contrasts(part, values_of(numbers, "a in x", "a in y", "a in z"))
    np.testing.assert_allclose(only.values, 2.0 * slope, atol=1e-9)


def test_a_slope_of_a_difference():
    names = ("a in x", "a in y", "b in x", "b in y")
    part = Slope(kind="slope", levels=(1, 2), of=names[:2], against=names[2:], **WHAT)
    numbers = np.array([[1.0, 1.0], [5.0, 5.0], [2.0, 2.0], [3.0, 3.0]])
    (only,) = contrasts(part, values_of(numbers, *names))
    assert only.values.tolist() == [(5 - 1) - (3 - 2)] * 2


def ranked(means, spread=1.0, n=40):
    """Values of the styles a, b, c in the situations x, y with these means."""
    rng = np.random.default_rng(5)
    return {
        (Arm(style, situation), MORALE): mean + spread * rng.standard_normal(n)
        for situation, row in zip("xy", means, strict=True)
        for style, mean in zip("abc", row, strict=True)
    }


CROSSING = Crossing(
    kind="crossing", text="t", metric="morale", weeks=(1, 4), styles=("a", "b", "c"), situations=("x", "y")
)


def test_a_crossing_finds_the_pair_that_trades_places():
    here, there = contrasts(CROSSING, ranked([(9, 2, 1), (2, 9, 1)]))
    assert {here.label, there.label} == {"a less b in x", "b less a in y"}
    assert min(here.values.mean(), there.values.mean()) > 5
    assert len(here.values) == 20  # the other half has chosen


def test_where_one_style_is_always_best_nothing_crosses():
    here, there = contrasts(CROSSING, ranked([(9, 2, 1), (9, 1, 2)]))
    assert min(here.values.mean(), there.values.mean()) < -5


REGRET = Regret(
    kind="regret", text="t", metrics=("morale",), weeks=(1, 4), style="a", against=("b", "c"), situations=("x", "y")
)


def test_regret_is_how_far_a_style_is_behind_the_best_at_the_worst():
    values = ranked([(8, 9, 5), (8, 5, 9)], spread=1e-3)
    scale = {where: np.mean([values[Arm(s, where), MORALE].std(ddof=1) for s in "abc"]) for where in "xy"}
    for contrast, worst in zip(contrasts(REGRET, values), ("y", "x"), strict=True):
        at_worst = {"b": 4 / scale["y"], "c": 4 / scale["x"]}[contrast.label[0]]
        mine = 1 / min(scale.values())
        assert contrast.values.mean() == pytest.approx(at_worst - mine, rel=0.01), worst


def test_the_jackknife_gives_the_estimate_and_how_sure_it_is():
    """The standard error over replications is near that of the estimate over repeated studies."""
    estimates, errors = [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        values = {
            (Arm(style, situation), MORALE): mean + rng.standard_normal(50)
            for situation, row in (("x", (8, 9, 5)), ("y", (6, 5, 9)))
            for style, mean in zip("abc", row, strict=True)
        }
        scale = np.mean([values[Arm(style, "y"), MORALE].std(ddof=1) for style in "abc"])  # taken as known
        shares = contrasts(REGRET, values)[0].values * scale
        estimates.append(shares.mean())
        errors.append(shares.std(ddof=1) / np.sqrt(50))
    assert np.mean(estimates) == pytest.approx((9 - 5) - (9 - 6), abs=0.1)
    assert np.mean(errors) == pytest.approx(np.std(estimates), rel=0.25)


def test_regret_turns_metrics_that_people_want_low():
    part = REGRET.model_copy(update={"metrics": ("strain",)})
    strain = Measure("strain", (1, 4))
    values = {(arm, strain): -row for (arm, _), row in ranked([(8, 9, 5), (8, 5, 9)]).items()}
    turned = contrasts(part, values)
    plain = contrasts(REGRET, ranked([(8, 9, 5), (8, 5, 9)]))
    for one, other in zip(turned, plain, strict=True):
        np.testing.assert_allclose(one.values, other.values)
