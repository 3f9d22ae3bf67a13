"""The stand-in for the model: how well it foretells, that it says so honestly, and where it does not answer."""

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.study.emulator import Emulator, emulate, emulator, sobol_of
from sim.study.design import Factor
from tests.analysis.study.made import ran
from tests.study.studies import small, vary

FACTORS = tuple(Factor(name, (name,), low=0.0, high=2.0) for name in ("one", "two", "three"))


def points(count, seed=1):
    return np.random.default_rng(seed).uniform(size=(count, 3))


def smooth(unit):
    """The third thing does nothing."""
    return 3 * np.sin(3 * unit[:, 0]) + unit[:, 1] ** 2


def test_it_foretells_a_smooth_function_and_its_intervals_hold_the_truth():
    unit = points(80)
    one = Emulator(FACTORS, unit, smooth(unit) + np.random.default_rng(2).normal(0, 0.05, 80), 1)
    assert one.trusted
    assert one.explained > 0.98
    assert one.noise == pytest.approx(0.05, rel=0.4)
    unseen = points(400, 3)
    answer = one.at(unseen)
    assert np.sqrt(np.mean((answer.mean - smooth(unseen)) ** 2)) < 0.05
    assert ((answer.low <= smooth(unseen)) & (smooth(unseen) <= answer.high)).mean() >= 0.85


def test_it_says_that_noise_cannot_be_foretold():
    one = Emulator(FACTORS, points(60), np.random.default_rng(2).normal(size=60), 1)
    assert not one.trusted
    assert one.explained < 0.3


def test_its_sobol_indices_are_those_of_the_function():
    unit = points(100)
    table = sobol_of(Emulator(FACTORS, unit, smooth(unit), 1), 1).set_index("varied")
    parts = {
        "one": np.var(3 * np.sin(3 * points(100_000)[:, 0])),
        "two": np.var(points(100_000)[:, 1] ** 2),
        "three": 0.0,
    }
    for name, part in parts.items():
        share = part / sum(parts.values())
        assert table["first"][name] == pytest.approx(share, abs=0.1)
        assert table["total"][name] == pytest.approx(share, abs=0.05)
        assert table["total_low"][name] <= share + 0.01
        assert table["total_high"][name] >= share - 0.01


def test_what_if_goes_by_names_and_values_and_does_not_answer_outside_the_ranges():
    unit = points(60)
    one = Emulator(FACTORS, unit, smooth(unit), 1)
    answer = one.what_if({"one": 1.0, "two": 0.5, "three": 0.0})
    assert answer.mean[0] == pytest.approx(smooth(np.array([[0.5, 0.25, 0.0]]))[0], abs=0.1)
    for values, says in (
        ({"one": 1.0, "two": 0.5}, "three: missing"),
        ({"one": 1.0, "two": 0.5, "three": 2.5}, "three: got 2.5; nothing is known outside of 0 to 2"),
        ({"one": 1.0, "two": 0.5, "three": 1.0, "for": 1.0}, 'unknown thing varied "for"'),
    ):
        with pytest.raises(sim.InputError, match=says):
            one.what_if(values)


@pytest.mark.parametrize("keys", [{}, {"distribution": "log_uniform"}, {"distribution": "triangular", "mode": 9}])
def test_a_value_is_found_again_where_it_lies(keys):
    cube = {"kind": "latin_hypercube", "points": 3}
    (factor,) = small(design={**cube, "vary": [vary("leader.hours", low=5, high=50, **keys)]}).points.factors
    for share in (0.1, 0.5, 0.93):
        assert factor.share_of(factor.at(share)) == pytest.approx(share)
    keys = {**keys, "mode": 4} if "mode" in keys else keys
    (size,) = small(design={**cube, "vary": [vary("teams[1].size", low=3, high=7, **keys)]}).points.factors
    assert [size.at(size.share_of(value)) for value in range(3, 8)] == [3, 4, 5, 6, 7]


def test_a_study_has_a_stand_in_for_each_metric_and_style(tmp_path):
    varied = [vary("market.urgency", low=0.0, high=1.0, name="urgency"), vary("leader.hours", low=5.0, high=40.0)]
    results = ran(tmp_path, design={"kind": "latin_hypercube", "points": 40, "vary": varied}, replications=4, weeks=20,
                  analysis={"metrics": ["output", "morale"]}, analyses=["emulator"])  # fmt: skip
    tables = {name: pd.read_csv(results.path / f"tables/{name}.csv") for name in ("emulator", "emulator_sobol")}
    assert len(tables["emulator"]) == 2 * 2
    assert len(tables["emulator_sobol"]) == 2 * 2 * 2
    one = emulate(results, "everyday", "autocratic", "output")
    assert one.explained == pytest.approx(tables["emulator"]["explained"][0])
    with pytest.raises(sim.InputError, match='unknown style "agile"'):
        emulate(results, "everyday", "agile", "output")


def test_too_few_points_are_said_to_be_too_few(tmp_path):
    varied = [vary("market.urgency", low=0.0, high=1.0)]
    results = ran(tmp_path, design={"kind": "latin_hypercube", "points": 10, "vary": varied})
    with pytest.raises(sim.InputError, match="10 points with a value are too few"):
        emulator(results)
