"""The size of a task counts every position that the model has room for, and budgets have two ends."""

import pytest

from sim.model.build import Blueprint
from sim.run.case import Case
from sim.run.size import affordable, person_weeks, positions, positions_of_table, work_of
from sim.scenario.as_run import as_run
from sim.scenario.load import load_scenario, scenario_names


@pytest.mark.parametrize("name", scenario_names())
def test_positions_are_those_of_the_model(name):
    scenario = load_scenario(name)
    assert positions(scenario) == sum(Blueprint(as_run(scenario)).team_sizes)
    assert positions(scenario) == positions_of_table(scenario.model_dump())


def test_growth_counts_in_the_size_of_a_task():
    scenario = load_scenario("growth")
    grown = sum(getattr(event, "people", 0) for event in scenario.events if event.event == "growth")
    people = sum(team.size for team in scenario.teams) + grown
    assert grown
    assert Case(scenario, ("servant", "agile"), weeks=10).work == work_of(people, 10, 2)
    assert person_weeks(scenario, 10, 2) == people * 10 * 2


def test_a_budget_is_kept_within_what_is_least_and_most():
    assert affordable(1000, 100.0, 2, 30) == 10
    assert affordable(1000, 100_000.0, 2, 30) == 2
    assert affordable(1000, 1.0, 2, 30) == 30
