"""What is known only roughly: which ranges a scenario takes, what is said of the others, and what a draw does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import load_scenario, scenario_from, to_toml, with_parameters, with_roster
from sim.scenario.parameters import PARAMETERS
from sim.scenario.sections import Mix
from sim.scenario.variants import drawn, with_values

BODY = """
[market]
urgency = 0.4
[styles.own]
based_on = "democratic"
behaviour = { direction = 0.5 }
[[events]]
event = "growth"
week = 5
people = 1
[uncertain]
market.urgency = [0.2, 0.6]
"company.reputation" = [0.6, 0.6]
teams.Sales.size = [3, 6]
teams.1.skill_diversity = [0, 1]
styles.own.behaviour.direction = [0.3, 0.9]
employees.mix.d1 = [0.0, 0.5]
events.1.week = [1, 50]
"""


@pytest.fixture
def scenario(write):
    return load_scenario(write(BODY.replace("teams.1.skill_diversity = [0, 1]\n", "")))


def test_ranges_are_read_and_carried_and_change_nothing_by_themselves(write, scenario):
    assert scenario.uncertain["market.urgency"] == (0.2, 0.6)
    assert scenario.uncertain["teams.Sales.size"] == (3, 6)
    assert (scenario.market.urgency, scenario.teams[0].size) == (0.4, 5)
    assert load_scenario(write(text=to_toml(scenario))) == scenario


def test_a_child_may_change_a_range_of_its_parent(write):
    write(BODY.replace("teams.1.skill_diversity = [0, 1]\n", ""), name="parent.toml")
    child = write(text='extends = "./parent.toml"\nuncertain.market.urgency = [0.4, 0.5]\n', name="child.toml")
    uncertain = load_scenario(child).uncertain
    assert uncertain["market.urgency"] == (0.4, 0.5)
    assert len(uncertain) == 6


@pytest.mark.parametrize(("share", "size", "week"), [(0.0, 3, 1), (0.3, 4, 16), (1.0, 6, 50)])
def test_a_draw_fills_in_every_path(scenario, share, size, week):
    one = drawn(scenario, dict.fromkeys(scenario.uncertain, share))
    assert math.isclose(one.market.urgency, 0.2 + 0.4 * share)
    assert one.company.reputation == 0.6
    assert (one.teams[0].size, one.events[0].week) == (size, week)
    assert (one.styles["own"].behaviour or {})["direction"] == pytest.approx(0.3 + 0.6 * share)
    assert one.uncertain == {}
    mix = one.employees.mix or Mix()
    assert math.isclose(math.fsum(mix.shares), 1)
    assert mix.d1 == 0.5 * share


@given(st.floats(0, 1))
def test_every_whole_number_is_as_likely(share):
    table = load_scenario("everyday").model_dump()
    scenario = scenario_from({**table, "uncertain": {"teams.Team.size": [10, 13]}})
    assert drawn(scenario, {"teams.Team.size": share}).teams[0].size == min(10 + int(4 * share), 13)


@given(st.sampled_from(PARAMETERS))
def test_a_parameter_may_be_uncertain_whether_set_or_not(parameter):
    table = load_scenario("everyday").model_dump()
    scenario = scenario_from({**table, "uncertain": {f"parameters.{parameter.name}": [parameter.low, parameter.high]}})
    assert drawn(scenario, dict.fromkeys(scenario.uncertain, 1.0)).parameters[parameter.name] == pytest.approx(
        parameter.high
    )
    certain = with_parameters(scenario, {parameter.name: parameter.default})
    assert certain.uncertain == {}


def test_values_that_are_set_are_certain_from_then_on(scenario):
    changed = with_values(scenario, {"market.urgency": 0.9, "teams.Sales.size": 8})
    assert (changed.market.urgency, changed.teams[0].size) == (0.9, 8)
    assert set(changed.uncertain) == set(scenario.uncertain) - {"market.urgency", "teams.Sales.size"}


def test_a_roster_settles_who_works_where(scenario, write):
    write(
        text="name,role,team,competence,commitment,tenure\nAda,,Sales,.5,.5,1\nBen,,Sales,.5,.5,1\n", name="people.csv"
    )
    uncertain = with_roster(scenario, "people.csv").uncertain
    assert set(scenario.uncertain) - set(uncertain) == {"teams.Sales.size", "employees.mix.d1"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("market.urgncy = [0, 1]", '"market.urgncy": unknown key "urgncy"; did you mean "urgency"?'),
        ("teams.Sale.size = [2, 3]", 'unknown entry "Sale"; did you mean "Sales"?'),
        ("nonsense = [0, 1]", 'unknown key or parameter "nonsense"'),
        ("parameters.foo = [0, 1]", 'unknown key "foo"'),
        ("market.demand = [0.6, 9]", "9 cannot be: market.demand: got 9; allowed is a number from 0 to 5"),
        ("market.novelty = [0.9, 0.1]", "the lower number comes first"),
        ("teams.1.size = [3, 4.5]", "is a whole number, and so are its bounds"),
        ("teams.1.size = [1, 5]", "1 cannot be: teams[1].size (Sales): got 1; a team has 2 to 25 people"),
        ("employees.mix.d1 = [0, 3]", "3 cannot be: employees.mix.d1: got 3; allowed is a number from 0 to 1"),
        ("leader.style = [0, 1]", 'got "democratic" there; a range takes the place of one number'),
        ("market = [0, 1]", "got a table there"),
        ("leader.hours.x = [0, 1]", "goes on after leader.hours, which is 26"),
        ("teams.Sales.leader.hours = [1, 2]", "leads through teams[1].leader, which this scenario does not give"),
        ("teams.Sales.skill_diversity = [0, 1]", "got nothing there"),
        ('market.novelty = [0.1, 0.5]\n"market[novelty]" = [0.1, 0.5]', "overlap"),
        ("run.weeks = [10, 20]", "says what to look at, and not what is the case"),
        ("market.novelty = 0.4", "got 0.4; a range is two numbers"),
        ("market.novelty = [0.1, 0.2, 0.3]", "got a list of 3; a range is two numbers"),
        ('market.novelty = ["a", 1]', 'got "a"; allowed is a number'),
        ("market.novelty = [true, 1]", "got true; allowed is a number"),
        ("market.novelty = [nan, 1]", "got nan; allowed is a number"),
        ("market.urgency = [0.5, 0.7]", "market.urgency is 0.3, outside [0.5, 0.7]. Write the best guess there"),
        ("teams.1.size = [20, 25]", "outside [20, 25]. Write the best guess there, such as 22, or correct"),
    ],
)
def test_a_range_that_makes_no_sense_is_explained(message, line, says):
    text = message(f"[uncertain]\n{line}\n")
    assert text.startswith("mine.toml: uncertain.")
    assert says in text


def test_all_that_is_wrong_comes_at_once(message):
    text = message("[uncertain]\nmarket.urgncy = [0, 1]\nmarket.demand = [0.6, 9]\nleader.style = [0, 1]\n")
    assert text.startswith("3 things to put right in mine.toml:")
