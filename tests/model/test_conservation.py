"""Nothing is lost or made up: people, hours, work and money are accounted for in every week of any company."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sim.model import state
from sim.model.build import AS_IS
from sim.model.rules.decisions import LONGEST_MEETINGS
from sim.model.rules.work import LEAST
from sim.scenario.load import load_scenario
from tests.model.made_up import scenarios
from tests.model.worlds import week_by_week

STYLES = [AS_IS, "situational"]
TINY = 1e-9


def check(scenario, weeks):
    """Run a scenario and see that each week's books are in order."""
    before = None
    for moment in week_by_week(scenario, STYLES, weeks):
        world = moment.world
        for arm in range(len(STYLES)):
            books_are_in_order(world, arm, before)
        before = world.company["cash"][:, 0].copy()


def books_are_in_order(world, arm, before):
    """See that a week's books are; `before`: the cash that each arm had, if that is known."""
    people_are_conserved(world, arm)
    work_is_conserved(world, arm)
    hours_are_conserved(world, arm)
    money_is_conserved(world, arm, before)


def people_are_conserved(world, arm):
    """Each open position is filled or vacant; who was there, less who left, more who came, is there."""
    status = world.employees["status"][arm]
    tally = world.tallies[arm, 0]
    assert np.isin(status, (state.CLOSED, state.VACANT, state.EMPLOYED)).all()
    assert tally["positions"] == np.count_nonzero(status != state.CLOSED)
    assert tally["employed"] - tally["quits"] + tally["hires"] == np.count_nonzero(status == state.EMPLOYED)
    assert tally["d1"] + tally["d2"] + tally["d3"] + tally["d4"] == tally["employed"]
    for name in ("employed", "quits", "hires", "positions", "output", "decisions", "backlog"):
        assert world.tallies[arm, 1:][name].sum() == pytest.approx(tally[name]), name


def work_is_conserved(world, arm):
    """Nothing is finished that nobody could do, and what people and the leader finish is what the team finishes."""
    for team in world.teams[arm]:
        assert -TINY <= team["output"] <= team["capacity"] + TINY
        assert team["backlog"] >= 0
        done = world.employees["output"][arm, team["first"] : team["last"]].sum()
        assert done <= team["output"] * (1 + TINY) + TINY  # whoever left took the figure along; leaders work, too


def hours_are_conserved(world, arm):
    """A week has as many hours as it has, for people and for leaders, and decisions are shared out whole."""
    for leader, team in zip(world.leaders[arm], world.teams[arm], strict=True):
        assert 0 <= team["meeting_hours"] <= LONGEST_MEETINGS
        assert 0 <= team["deciding"] <= 1 + TINY
        assert 0 <= leader["attention"] <= 1
        assert 0 <= leader["prompt"] <= 1
        if leader["away"] > 0:
            continue
        left = max(1 - leader["load"], 0) * leader["hours"]
        assert leader["spare"] == pytest.approx(left, abs=1e-6)
    days = world.weeks
    there = days["practice"] > 0  # of the last arm's last team; the others are written over
    assert (days["practice"][there] >= LEAST - TINY).all()
    assert (days["practice"] <= 1 + TINY).all()
    assert (days["participation"] + days["delegation"] <= 1 + TINY).all()


def money_is_conserved(world, arm, before):
    """Cash changes by the profit, and the profit is what is sold less what it costs."""
    company, tally = world.company[arm, 0], world.tallies[arm, 0]
    cost = tally["employed"] * (company["pay"] + company["practice_money"])
    cost += tally["positions"] * company["overhead"] + tally["hires"] * company["hiring_cost"]
    assert company["cost"] == pytest.approx(cost)
    assert company["profit"] == pytest.approx(company["revenue"] - company["cost"])
    if before is not None:
        assert company["cash"] == pytest.approx(before[arm] + company["profit"], rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("name", ["everyday", "growth", "crisis", "culture-programme"])
def test_the_books_of_shipped_scenarios_are_in_order(name):
    check(load_scenario(name), 30)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(scenarios())
def test_the_books_of_any_company_are_in_order(scenario):
    check(scenario, min(scenario.run.weeks, 20))


@pytest.mark.thorough
@settings(
    max_examples=1000, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(scenarios())
def test_the_books_of_a_thousand_companies_are_in_order(scenario):
    check(scenario, scenario.run.weeks)


@pytest.mark.parametrize(
    ("of", "name", "change"),
    [
        ("employees", "status", state.CLOSED),
        ("company", "cash", 1e6),
        ("teams", "output", 1e3),
        ("leaders", "spare", 99),
    ],
)
def test_what_is_out_of_order_is_found(of, name, change):
    """The guard itself: a person, a sum, some work or an hour too much is noticed."""
    before = None
    for moment in week_by_week(load_scenario("everyday"), STYLES, 2):
        if moment.week == 1:
            before = moment.world.company["cash"][:, 0].copy()
    world = moment.world
    array = getattr(world, of)
    array[name].flat[0] = change
    with pytest.raises(AssertionError):
        books_are_in_order(world, 0, before)
