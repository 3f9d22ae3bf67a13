"""What is varied and goes together: places keep to that, indices are those of such things, and so are what-ifs."""

from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri

import sim
from sim.analysis.study.dependent import dependent, indices_of, places_that_share
from sim.analysis.study.emulator import emulate, emulator
from sim.view.study.curves import TOGETHER, emulated_sobol
from tests.analysis.study.made import MadeUp
from tests.study.studies import small, vary

URGENCY, HOURS = vary("market.urgency", low=0.0, high=1.0, name="urgency"), vary("leader.hours", low=5.0, high=45.0)
NOVELTY = vary("market.novelty", low=0.0, high=1.0, name="novelty")
CORRELATED = {"correlated": [{"between": ["urgency", "leader.hours"], "rank": 0.6}]}
BOUND = {"constraints": ["urgency + novelty < 1"]}


def made_up(**design: Any) -> Any:
    """Output that is the sum of urgency and hours, on ranges from 0 to 1."""
    cube = {"kind": "latin_hypercube", "points": 50, "vary": [URGENCY, HOURS, NOVELTY], **design}
    resolved = small(styles=["agile"], replications=4, design=cube, analysis={"metrics": ["output"]})
    assert resolved.points.unit is not None
    values = resolved.points.unit[:, :2].sum(axis=1)[:, None] + 0.02 * np.random.default_rng(1).standard_normal(4)
    return MadeUp(resolved, values[:, :, None, None])


def test_what_is_independent_is_not_taken_to_go_together():
    assert dependent(made_up()) is None
    assert emulator(made_up())["emulator_sobol"]["independent"].all()


def test_indices_of_correlated_things_are_those_of_a_sum_of_normal_ones():
    made = made_up(**CORRELATED)
    known = dependent(made)
    assert known is not None
    places, rho = places_that_share(made, known), known.scores[0, 1]
    first, total = indices_of(ndtri(places.unit[:, :2]).sum(axis=1)[:, None], 3)[:, :, 0]
    assert first == pytest.approx([(1 + rho) / 2, (1 + rho) / 2, 0], abs=0.12)  # (1 + rho)^2 / (2 + 2 rho)
    assert total == pytest.approx([(1 - rho) / 2, (1 - rho) / 2, 0], abs=0.04)


def test_all_places_meet_the_constraints_and_share_what_they_should():
    made = made_up(**BOUND)
    known = dependent(made)
    assert known is not None
    places = places_that_share(made, known)
    assert (places.unit[:, 0] + places.unit[:, 2] < 1).all()
    for thing in range(3):
        alike = places.same[thing] == places.base
        assert alike[:, thing].all()
        assert alike.mean() < 0.4
        assert np.delete(places.others_same[thing] == places.base, thing, axis=1).all()


@pytest.mark.parametrize("design", [CORRELATED, BOUND])
def test_tables_and_figures_say_that_things_go_together(design):
    table = emulator(made_up(**design))["emulator_sobol"]
    assert not table["independent"].any()
    by_thing = table.set_index("varied")
    if design is CORRELATED:  # what each tells with the other is more than what it alone still tells
        assert by_thing["first"]["urgency"] > by_thing["total"]["urgency"] + 0.3
    named: Any = Named()
    chart: Any = emulated_sobol(named, table, "output", "everyday", "agile")
    assert TOGETHER in chart.to_dict()["title"]["subtitle"]


class Named:
    """Results as a figure asks for them."""

    points = range(50)


@pytest.mark.parametrize(
    ("design", "values", "says"),
    [
        (BOUND, {"urgency": 0.8, "leader.hours": 20.0, "novelty": 0.7}, r"do not meet the constraints .*novelty < 1"),
        (CORRELATED, {"urgency": 0.98, "leader.hours": 6.0, "novelty": 0.5}, "hardly ever go together in the design"),
    ],
)
def test_nothing_is_said_of_what_does_not_go_together(design, values, says):
    one = emulate(made_up(**design), "everyday", "agile", "output")
    with pytest.raises(sim.InputError, match=says):
        one.what_if(values)
    answer = one.what_if({"urgency": 0.3, "leader.hours": 17.0, "novelty": 0.5})
    assert answer.low[0] < 0.6 < answer.high[0] + 0.05
