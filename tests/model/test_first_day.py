"""The first day: what a scenario says of it is so, and what it does not say is in balance with it."""

import numpy as np
import pytest

from sim.model import state
from sim.model.build import WEEKS_BEFORE, Blueprint
from sim.run.compare import compare
from sim.scenario.load import load_scenario
from tests.model.worlds import varied

HALF_A_YEAR = 26
MIXES = {"usual": {}, "given": {"employees": {"mix": {"d3": 0.5, "d4": 0.5}}}}


def first_days(scenario, styles=("democratic",), replication=0, lived=True):
    """The world of the first day; without the weeks before it where nobody has lived through them."""
    blueprint = Blueprint(scenario)
    timetable = blueprint.timetable(list(styles))
    if not lived:
        timetable = timetable._replace(past=None)
    return blueprint.world(blueprint.chance(1, replication), timetable)


def drift(name, scenario, lived):
    """Of a team's climate or mood over the first half-year, under the leader as the scenario has it."""
    weeks = Blueprint(scenario)
    timetable = weeks.timetable(["democratic"])
    ends = []
    for replication in range(12):
        world = weeks.world(weeks.chance(7, replication), timetable if lived else timetable._replace(past=None))
        ends.append(float(world.teams[name].mean()))
    later = compare(scenario, ["democratic"], 12, HALF_A_YEAR, 7)[name].sel(week=HALF_A_YEAR)
    return float(later.mean()) - float(np.mean(ends))


@pytest.mark.parametrize("mix", MIXES)
def test_climate_does_not_drift_from_the_first_day_on(mix):
    scenario = varied("everyday", MIXES[mix])
    for name in ("psychological_safety", "shared_direction"):
        assert abs(drift(name, scenario, lived=True)) < 0.04
    assert abs(drift("psychological_safety", scenario, lived=False)) > 0.06  # the guard can fire


def test_morale_and_strain_are_those_of_an_ordinary_week():
    """Strain still falls a little, as people go on learning where the usual mix begins below what they come to."""
    found = compare("everyday", ["democratic"], 60, HALF_A_YEAR, 7)
    for name, most in (("morale", 0.025), ("strain", 0.05)):
        weeks = found[name].mean("replication").squeeze("style")
        assert abs(float(weeks.sel(week=1) - weeks.sel(week=HALF_A_YEAR))) < most, name


def test_all_arms_share_the_weeks_before():
    world = first_days(load_scenario("several-teams"), ("autocratic", "servant", "laissez-faire"))
    for array in (world.employees, world.teams, world.mood):
        assert array[0].tobytes() == array[1].tobytes() == array[2].tobytes()
    assert len(set(world.leaders["policy"][:, 0].tolist())) == 3


def test_the_weeks_before_have_chance_of_their_own():
    blueprint = Blueprint(load_scenario("everyday"))
    chance = blueprint.chance(1, 0)
    before, first = chance.before(WEEKS_BEFORE), next(chance.blocks(WEEKS_BEFORE + 2))
    assert not np.isin(before.chance, first.chance).any()
    assert not np.isin(before.luck["mood"], first.luck["mood"]).any()


def test_nobody_who_is_there_on_the_first_day_has_left_before():
    employees = first_days(varied("everyday", {"employees": {"mix": {"d1": 1.0}}})).employees[0]
    assert (employees["status"] == state.EMPLOYED).all()
    assert (employees["level"] == 0).all()


def test_beginners_are_used_to_the_job_that_they_left_and_old_hands_to_this_one():
    new, old = (
        first_days(varied("everyday", {"employees": {"mix": {level: 1.0}}})).employees[0] for level in ("d1", "d4")
    )
    p = Blueprint(load_scenario("everyday")).parameters[0]
    far = abs(new["accustomed"] - p["job_left"]), abs(old["accustomed"] - p["job_left"])
    assert far[0].mean() < far[1].mean()


def test_practices_and_events_wait_for_the_first_week():
    practised = varied("everyday", {"practices": [{"practice": "recognition", "intensity": 1.0}]})
    hit = varied("everyday", {"events": [{"event": "crisis", "week": 1, "weeks": 4}]})
    usual = first_days(load_scenario("everyday"))
    for scenario in (practised, hit):
        assert first_days(scenario).employees.tobytes() == usual.employees.tobytes()
