"""Plausible parameters: within their ranges, spread evenly, the same again with the same seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.plausible import plausible_parameters
from sim.scenario import InputError, load_scenario, with_parameters
from sim.scenario.parameters import PARAMETERS


@given(st.integers(1, 30), st.integers(0, 2**40))
def test_every_strip_of_every_range_is_used_once(n, seed):
    sets = plausible_parameters(n, seed)
    for parameter in PARAMETERS:
        values = np.array([one[parameter.name] for one in sets])
        assert ((parameter.low <= values) & (values <= parameter.high)).all()
        if parameter.low < parameter.high:
            strips = np.floor((values - parameter.low) / (parameter.high - parameter.low) * n + 1e-9).clip(max=n - 1)
            assert sorted(strips) == list(range(n))


def test_the_same_seed_gives_the_same_sets_and_another_one_others():
    assert plausible_parameters(3, 7) == plausible_parameters(3, 7)
    assert plausible_parameters(3, 7) != plausible_parameters(3, 8)


def test_a_scenario_takes_every_set():
    scenario = load_scenario("everyday")
    for values in plausible_parameters(5, 1):
        assert with_parameters(scenario, values).parameters == values


@pytest.mark.parametrize(("n", "seed"), [(0, 1), (True, 1), (1.5, 1), (3, -1), (10**9, 1)])
def test_numbers_that_cannot_be_are_refused(n, seed):
    with pytest.raises(InputError, match="allowed is a whole number from"):
        plausible_parameters(n, seed)
