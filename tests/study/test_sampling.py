"""What is sampled follows the distributions, correlations and constraints that a study asks for."""

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyDOE3 import fracfact
from scipy import stats

import sim
from sim.study import fractions
from sim.study.fractions import generators
from tests.study.studies import small, vary

URGENCY = vary("market.urgency", low=0.1, high=0.9, name="urgency")
HOURS = vary("leader.hours", low=5.0, high=50.0, name="hours")
SIZE = vary("teams[1].size", low=3, high=20, name="size")


def sampled(*varied, points=400, **keys):
    study = small(design={"kind": "latin_hypercube", "points": points, "vary": list(varied), **keys})
    columns = [factor.column for factor in study.points.factors]
    return pd.DataFrame(study.points.rows, columns=columns)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"distribution": "uniform"}, stats.uniform(5, 45)),
        ({"distribution": "log_uniform"}, stats.loguniform(5, 50)),
        ({"distribution": "normal", "mean": 30.0, "sd": 4.0}, stats.norm(30, 4)),
        ({"distribution": "normal", "mean": 5.0, "sd": 20.0}, stats.truncnorm(0, 2.25, loc=5, scale=20)),
        ({"distribution": "triangular", "mode": 10.0}, stats.triang(5 / 45, loc=5, scale=45)),
    ],
)
def test_values_follow_their_distribution(keys, expected):
    values = sampled(HOURS | keys)["hours"]
    assert values.between(5, 50).all()
    assert stats.kstest(values, expected.cdf).pvalue > 0.5


def test_a_log_normal_distribution_has_the_mean_and_the_spread_that_were_given():
    values = sampled(
        vary("leader.hours", low=1.0, high=60.0, name="hours", distribution="log_normal", mean=10.0, sd=3.0)
    )
    assert values["hours"].mean() == pytest.approx(10, rel=0.01)
    assert values["hours"].std() == pytest.approx(3, rel=0.03)


def test_whole_numbers_follow_a_distribution_too():
    size = sampled(SIZE | {"distribution": "triangular", "mode": 5})["size"]
    assert set(map(type, size)) == {int}
    assert (size.min(), size.max()) == (3, 20)
    assert size.mode()[0] in (4, 5, 6)


def test_steps_of_a_distribution_are_as_likely_as_one_another():
    study = small(vary=[HOURS | {"distribution": "log_uniform", "steps": 3}])
    assert [row[0] for row in study.points.rows] == pytest.approx([5, np.sqrt(250), 50])


def test_what_is_correlated_goes_together_and_each_range_is_covered_as_evenly_as_before():
    frame = sampled(URGENCY, HOURS, SIZE, correlated=[{"between": ["urgency", "hours"], "rank": 0.7},
                                                      {"between": ["hours", "size"], "rank": -0.4}])  # fmt: skip
    found = frame.corr("spearman")
    assert found.loc["urgency", "hours"] == pytest.approx(0.7, abs=0.04)
    assert found.loc["hours", "size"] == pytest.approx(-0.4, abs=0.04)
    assert found.loc["urgency", "size"] == pytest.approx(0.0, abs=0.04)
    strata = np.floor((np.sort(frame["urgency"]) - 0.1) / 0.8 * 400)
    assert (strata == np.arange(400)).all()


def test_every_point_meets_the_constraints_and_there_are_as_many_as_were_asked_for():
    frame = sampled(URGENCY, HOURS, SIZE, points=150, constraints=["size * hours > 100", "market.urgency < hours / 40"])
    assert len(frame) == 150
    assert (frame["size"] * frame["hours"] > 100).all()
    assert (frame["urgency"] < frame["hours"] / 40).all()


def test_a_factorial_leaves_out_what_does_not_meet_the_constraints():
    both = [vary("market.urgency", 0.1, 0.9, name="u"), vary("market.novelty", 0.1, 0.5, 0.9, name="v")]
    study = small(design={"kind": "factorial", "vary": both, "constraints": ["v >= u"]})
    assert study.points.rows == ((0.1, 0.1), (0.1, 0.5), (0.1, 0.9), (0.9, 0.9))


def test_a_switch_may_stand_in_a_constraint_by_itself():
    both = [vary("events.crisis.happens", True, False, name="crisis"), vary("market.urgency", 0.1, 0.9, name="urgency")]
    study = small(
        scenarios=["crisis"], weeks=None,
        design={"kind": "factorial", "vary": both, "constraints": ["not crisis or urgency > 0.5"]},
    )  # fmt: skip
    assert study.points.rows == ((True, 0.9), (False, 0.1), (False, 0.9))


def test_two_levels_are_all_combinations_or_a_fraction_that_is_balanced():
    names = ("urgency", "novelty", "complexity", "turbulence", "labour_tightness")
    varied = [vary(f"market.{name}", low=0.1, high=0.9) for name in names]
    assert len(small(design={"kind": "two_level", "vary": varied}).points.rows) == 32
    fraction: Any = np.array(small(design={"kind": "two_level", "vary": varied, "resolution": 3}).points.rows)
    assert len(fraction) == 8
    signs = np.sign(fraction - 0.5)
    assert np.array_equal(signs.T @ signs, 8 * np.eye(5))


def resolution_of(signs):
    """The fewest columns of which the product is always the same."""
    things = range(signs.shape[1])
    words = (some for many in range(1, len(things) + 1) for some in itertools.combinations(things, many)
             if abs(signs[:, some].prod(axis=1).sum()) == len(signs))  # fmt: skip
    return len(next(words, range(len(things) + 1)))


@pytest.mark.parametrize(
    ("things", "asked", "points", "resolution"),
    [  # as Box, Hunter & Hunter (2005) list them
        (3, 3, 4, 3), (4, 3, 8, 4), (4, 4, 8, 4), (5, 3, 8, 3), (5, 5, 16, 5), (6, 4, 16, 4), (6, 5, 32, 6),
        (7, 3, 8, 3), (7, 4, 16, 4), (7, 5, 64, 7), (8, 5, 64, 5), (9, 5, 128, 6), (10, 5, 128, 5), (11, 4, 32, 4),
        (11, 7, 512, 7),
    ],
)  # fmt: skip
def test_fractions_are_as_small_as_the_classical_ones_and_of_the_resolution_that_is_asked_for(
    things, asked, points, resolution
):
    columns = generators(things, asked)
    assert columns is not None
    signs = fracfact(columns)
    assert signs.shape == (points, things)
    assert resolution_of(signs) == resolution


def test_half_fractions_are_points_of_a_study():
    names = ("urgency", "novelty", "complexity", "turbulence")
    varied = [vary(f"market.{name}", low=0.1, high=0.9) for name in names]
    fraction: Any = np.array(small(design={"kind": "two_level", "vary": varied, "resolution": 4}).points.rows)
    assert len(fraction) == 8
    assert resolution_of(np.sign(fraction - 0.5)) == 4


def test_a_fraction_that_is_not_found_is_said(monkeypatch):
    monkeypatch.setattr(fractions, "MOST_BASE", 4)
    assert generators(9, 4) is None


CUBE = {"kind": "latin_hypercube", "points": 20}
BOTH = [URGENCY, HOURS]


@pytest.mark.parametrize(
    ("design", "says"),
    [
        ({**CUBE, "vary": [HOURS | {"distribution": "normal"}]}, "mean .hours.: missing. The distribution normal"),
        ({**CUBE, "vary": [HOURS | {"distribution": "triangular"}]}, "mode .hours.: missing"),
        ({**CUBE, "vary": [HOURS | {"distribution": "triangular", "mode": 90.0}]}, "mode .hours.: got 90; allowed"),
        ({**CUBE, "vary": [HOURS | {"mean": 3.0}]}, "mean .hours.: says nothing of the distribution uniform"),
        ({**CUBE, "vary": [HOURS | {"distribution": "gamma"}]}, "unknown choice .gamma."),
        ({**CUBE, "vary": [HOURS | {"distribution": "normal", "mean": 999.0, "sd": 1.0}]}, "hardly any value"),
        ({**CUBE, "vary": [URGENCY | {"low": 0.0, "distribution": "log_uniform"}]}, "low .urgency.: got 0.*above 0"),
        ({**CUBE, "vary": [vary("leader.hours", 1.0, 2.0, distribution="log_uniform")]}, "goes with a range"),
        ({**CUBE, "vary": BOTH, "constraints": ["hours > 999"]}, "constraints: hardly any of .* Loosen them"),
        ({**CUBE, "vary": BOTH, "constraints": ["market.novelty > 1"]}, "says nothing of what is varied"),
        ({**CUBE, "vary": BOTH, "constraints": ["hours + 5"]}, "is a number, and nothing that a point meets"),
        ({**CUBE, "vary": BOTH, "constraints": ["5"]}, '"5" is a number'),
        ({**CUBE, "vary": BOTH, "constraints": ["hours > 9 and not urgency"]}, ': "urgency" is a number'),
        ({**CUBE, "vary": [URGENCY], "constraints": ["urgancy > 1"]}, 'did you mean "urgency"'),
        ({**CUBE, "vary": [URGENCY], "constraints": ["open('x') > 1"]}, "is not allowed in a formula"),
        ({**CUBE, "vary": BOTH, "correlated": [{"between": ["urgency", "hour"], "rank": 0.5}]},
         'unknown thing varied "hour"'),
        ({**CUBE, "vary": BOTH, "correlated": [{"between": ["hours", "hours"], "rank": 0.5}]}, "two different"),
        ({**CUBE, "vary": BOTH, "correlated": [{"between": ["urgency", "hours"], "rank": 1.5}]}, "rank: got 1.5"),
        ({**CUBE, "vary": [URGENCY, HOURS, SIZE], "correlated": [
            {"between": ["urgency", "hours"], "rank": 0.9}, {"between": ["hours", "size"], "rank": 0.9},
            {"between": ["urgency", "size"], "rank": -0.9}]}, "correlated: these cannot all be so at once"),
        ({"kind": "factorial", "vary": [vary("market.urgency", 0.1, 0.9, name="u")], "constraints": ["u > 1"]},
         "constraints: none of the 2 combinations"),
        ({"kind": "two_level", "vary": [vary("market.urgency", 0.1, 0.5, 0.9)]}, "this design takes two of each"),
        ({"kind": "two_level", "resolution": 4, "vary": [URGENCY]}, "resolution: got 4 for 1 things varied"),
        ({"kind": "morris", "trajectories": 4, "vary": [URGENCY], "constraints": ["urgency > 0"]}, "constraints"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_explained(design, says):
    with pytest.raises(sim.InputError, match=says):
        small(design=design)
