"""Plausible parameters: within their ranges, spread evenly, the same again with the same seed."""

from importlib.resources import files

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.plausible import POSTERIOR, plausible_parameters, plausible_scenarios, plausible_worlds, posterior
from sim.scenario import InputError, load_scenario, scenario_from, with_parameters
from sim.scenario.parameters import PARAMETERS


@given(st.integers(1, 30), st.integers(0, 2**40))
def test_every_strip_of_every_range_is_used_once(n, seed):
    assert_spread(plausible_parameters(n, seed), n, fitted=posterior()[0])
    assert_spread(plausible_parameters(n, seed, calibrated=False), n, fitted=())


def assert_spread(sets, n, fitted):
    """Whatever was not fitted is spread evenly."""
    for parameter in PARAMETERS:
        if parameter.name in fitted:
            continue
        values = np.array([one[parameter.name] for one in sets])
        assert ((parameter.low <= values) & (values <= parameter.high)).all()
        if parameter.low < parameter.high:
            strips = np.floor((values - parameter.low) / (parameter.high - parameter.low) * n + 1e-9).clip(max=n - 1)
            assert sorted(strips) == list(range(n))


@given(st.integers(1, 30), st.integers(0, 2**40))
def test_what_was_fitted_comes_from_sets_that_hang_together(n, seed):
    kept = {tuple(one.values()) for one in posterior()}
    drawn = [tuple(values[name] for name in posterior()[0]) for values in plausible_parameters(n, seed)]
    assert set(drawn) <= kept
    assert len(set(drawn)) == min(n, len(kept))


def test_more_sets_than_were_kept_use_them_again():
    count = len(posterior()) + 1
    drawn = [tuple(values[name] for name in posterior()[0]) for values in plausible_parameters(count, 1)]
    assert len(set(drawn)) == count - 1


def test_the_same_seed_gives_the_same_sets_and_another_one_others():
    assert plausible_parameters(3, 7) == plausible_parameters(3, 7)
    assert plausible_parameters(3, 7) != plausible_parameters(3, 8)


def test_a_scenario_takes_every_set():
    scenario = load_scenario("everyday")
    for values in plausible_parameters(5, 1):
        assert with_parameters(scenario, values).parameters == values


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The shipped sets as a copy that can be damaged."""
    copy = tmp_path / "sim.analysis" / "data" / POSTERIOR
    copy.parent.mkdir(parents=True)
    copy.write_bytes((files("sim.analysis") / "data" / POSTERIOR).read_bytes())
    monkeypatch.setattr("sim.analysis.plausible.resources.files", lambda package: tmp_path / package)
    posterior.cache_clear()
    yield copy
    posterior.cache_clear()


def test_damaged_sets_are_one_clear_error(shipped):
    shipped.write_bytes(shipped.read_bytes()[:1000])
    with pytest.raises(InputError, match=rf"{POSTERIOR}: damaged .* Run: make calibration"):
        plausible_parameters(2, 1)


def test_sets_of_another_model_are_refused(shipped, monkeypatch):
    assert len(plausible_parameters(2, 1)) == 2
    posterior.cache_clear()
    monkeypatch.setattr("sim.analysis.fingerprint.PARAMETERS", (PARAMETERS[0]._replace(high=99.0), *PARAMETERS[1:]))
    with pytest.raises(InputError, match=r"other rules, plausible ranges or patterns than these\. Run: make"):
        plausible_parameters(2, 1)
    assert len(plausible_parameters(2, 1, calibrated=False)) == 2


def test_sets_of_other_parameters_are_refused(shipped):
    table = pq.read_table(shipped)
    names = ["plateau_old" if name == "plateau" else name for name in table.column_names]
    pq.write_table(table.rename_columns(names), shipped)
    with pytest.raises(InputError, match="Run: make calibration"):
        plausible_parameters(2, 1)


@pytest.mark.parametrize(("n", "seed"), [(0, 1), (True, 1), (1.5, 1), (3, -1), (10**9, 1)])
def test_numbers_that_cannot_be_are_refused(n, seed):
    with pytest.raises(InputError, match="allowed is a whole number from"):
        plausible_parameters(n, seed)


def with_ranges(**ranges):
    plain = load_scenario("everyday").model_dump()
    return scenario_from({**plain, "parameters": {"vacancy_weeks": 5.0, "idea_rate": 0.03}, "uncertain": ranges})


def test_plausible_scenarios_draw_what_is_uncertain_and_keep_what_is_not():
    scenario = with_ranges(
        **{"market.urgency": [0.2, 0.6], "teams.Team.size": [10, 13], "parameters.idea_rate": [0, 1]}
    )
    worlds = [world for world, _ in plausible_scenarios(scenario, 40, 3)]
    assert {world.teams[0].size for world in worlds} == {10, 11, 12, 13}
    assert min(world.market.urgency for world in worlds) < 0.22
    assert max(world.market.urgency for world in worlds) > 0.58
    assert {world.parameters["vacancy_weeks"] for world in worlds} == {5.0}
    assert max(world.parameters["idea_rate"] for world in worlds) > 0.9
    assert len({world.parameters["diagnosis_error"] for world in worlds}) == 20
    assert {world.market.novelty for world in worlds} == {scenario.market.novelty}
    assert not any(world.uncertain for world in worlds)


def test_plausible_scenarios_without_ranges_differ_in_their_parameters_alone():
    scenario = load_scenario("everyday")
    worlds = plausible_scenarios(scenario, 2, 1)
    assert tuple(world.scenario.parameters for world in worlds) == plausible_parameters(2, 1)
    assert all(world.scenario.model_copy(update={"parameters": {}}) == scenario for world in worlds)
    assert worlds == plausible_scenarios(scenario, 2, 1) != plausible_scenarios(scenario, 2, 2)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 40])
def test_worlds_come_in_fours_that_cross_two_sets_of_parameters_with_two_draws_of_profiles(n):
    worlds = plausible_worlds(n, 2)
    assert len(worlds) == n
    pairs = [(tuple(parameters.values()), profiles) for parameters, profiles in worlds]
    assert len(set(pairs)) == n
    for first in range(0, n - 3, 4):
        sets, draws = zip(*pairs[first : first + 4], strict=True)
        assert len(set(sets)) == len(set(draws)) == 2
    assert len({profiles for _, profiles in worlds}) == len({one for one, _ in pairs}) == n // 4 * 2 + min(n % 4, 2)
    scenarios = plausible_scenarios(load_scenario("everyday"), n, 2)
    assert [(one.scenario.parameters, one.profiles) for one in scenarios] == [tuple(world) for world in worlds]


def test_no_worlds_are_refused():
    for draw in (lambda: plausible_worlds(0, 1), lambda: plausible_scenarios(load_scenario("everyday"), 0, 1)):
        with pytest.raises(InputError, match="allowed is a whole number from"):
            draw()
