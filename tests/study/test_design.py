"""Designs: which points they have, that the same seed gives the same, and which do not make sense."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.study.design import AS_IS, Factor
from tests.study.studies import small, vary

URGENCY = vary("market.urgency", low=0.2, high=0.8)
SIZE = vary("teams[1].size", low=4, high=12)


def rows(kind, varied=(URGENCY, SIZE), seed=1, **keys):
    return small(seed=seed, design={"kind": kind, "vary": list(varied), **keys}).points.rows


def test_without_a_design_there_is_one_point_the_scenario_as_it_is():
    assert small().points.rows == ((),)


def test_a_factorial_has_every_combination_once():
    points = small(vary=[vary("market.urgency", 0.1, 0.5), {**SIZE, "steps": 3}]).points
    assert points.rows == ((0.1, 4), (0.1, 8), (0.1, 12), (0.5, 4), (0.5, 8), (0.5, 12))


def test_one_at_a_time_departs_from_the_scenario_as_it_is():
    found = rows("one_at_a_time", [vary("market.urgency", 0.1, 0.5), vary("leader.hours", 10.0)])
    assert found == ((AS_IS, AS_IS), (0.1, AS_IS), (0.5, AS_IS), (AS_IS, 10.0))


def test_where_the_design_leaves_a_scenario_as_it_is_the_results_show_its_own_value():
    study = small(design={"kind": "one_at_a_time", "vary": [URGENCY | {"steps": 2}, vary("parameters.contagion", 0.2)]})
    everyday = study.situations[0]
    shown = everyday.shown(study.points.factors, study.points.rows[0])
    assert shown[0] == everyday.scenario.market.urgency
    assert 0 <= shown[1] <= 1


def test_a_latin_hypercube_uses_every_strip_once():
    urgency = np.array([row[0] for row in rows("latin_hypercube", points=10)])
    assert sorted(((urgency - 0.2) / 0.06).astype(int)) == list(range(10))


def test_sobol_and_morris_have_the_number_of_points_that_their_analyses_need():
    assert len(rows("sobol", base=8)) == 8 * (2 + 2)
    assert len(rows("sobol", base=8, second_order=True)) == 8 * (2 * 2 + 2)
    assert len(rows("morris", trajectories=5)) == 5 * (2 + 1)


@pytest.mark.parametrize(
    ("kind", "key"), [("latin_hypercube", "points"), ("sobol", "base"), ("morris", "trajectories")]
)
def test_sampled_points_stay_in_their_ranges_and_follow_the_seed(kind, key):
    found = rows(kind, **{key: 16})
    assert all(0.2 <= urgency <= 0.8 and 4 <= size <= 12 and isinstance(size, int) for urgency, size in found)
    assert {4, 12} <= {size for _, size in found} or kind == "latin_hypercube"
    assert rows(kind, **{key: 16}) == found
    assert rows(kind, seed=2, **{key: 16}) != found


@given(st.integers(-5, 5), st.integers(1, 7), st.floats(0, 1))
def test_every_whole_number_of_a_range_gets_an_equal_share(low, width, share):
    factor = Factor("x", ("x",), low=low, high=low + width, whole=True)
    assert low <= factor.at(share) <= low + width
    assert [factor.at((place + 0.5) / (width + 1)) for place in range(width + 1)] == list(range(low, low + width + 1))


def test_a_sampled_design_chooses_among_listed_values_too():
    found = rows("latin_hypercube", [vary("leader.hours", 8.0, 30.0)], points=10)
    assert sorted(found) == [(8.0,)] * 5 + [(30.0,)] * 5


def test_one_path_can_stand_for_all_parameters():
    study = small(design={"kind": "morris", "trajectories": 2, "vary": [vary("parameters.*", plausible=True)]})
    assert len(study.points.factors) == len(study.situations[0].values(study.points.rows[0])) > 50


def test_a_table_of_ones_own_is_a_design(tmp_path):
    (tmp_path / "points.csv").write_text("market.urgency;teams[1].size;leader.style\n0,3;5;agile\n\n.5;6;servant\n")
    study = small(tmp_path, design={"kind": "table", "file": "points.csv"})
    assert study.points.rows == ((0.3, 5, "agile"), (0.5, 6, "servant"))
    assert [factor.column for factor in study.points.factors] == ["market.urgency", "teams[1].size", "leader.style"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("market.urgency\n0.1,0.2\n", "row 2: has 2 cells"),
        ("market.urgency,teams[1].size\n0.1,\n", "row 2, column teams[1].size: empty"),
        ("market.urgency,\n0.1,2\n", "every column needs a path"),
        ("", "every column needs a path"),
        ("market.urgency\n", "no points"),
        ("market.urgancy\n0.1\n", 'did you mean "urgency"'),
        ("market.urgency\nhigh\n", 'got "high"'),
        ("market.urgency\n0.1\n7\n", "point 2"),
        ("market.urgency,market.urgency\n0.1,0.2\n", "varied twice"),
        ('market.urgency\n"0.1\n', "not a readable CSV"),
    ],
)
def test_a_table_that_makes_no_sense_is_explained(tmp_path, text, says):
    (tmp_path / "points.csv").write_text(text)
    with pytest.raises(sim.InputError) as caught:
        small(tmp_path, design={"kind": "table", "file": "points.csv"})
    assert says in str(caught.value)


def test_a_table_that_is_not_there_is_named():
    with pytest.raises(sim.InputError, match="no such file"):
        small(design={"kind": "table", "file": "nowhere.csv"})
