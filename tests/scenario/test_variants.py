"""Variants of a scenario: values that are set, by hand or by chance."""

import pytest

from sim.scenario.load import load_scenario, scenario_from_text
from sim.scenario.problems import InputError
from sim.scenario.variants import with_values


def test_parameters_practices_and_numbers_change_together():
    changes = {"contagion": 0.2, "practices.recognition": 0.4, "market.urgency": 0.8, "teams.1.size": 7}
    changed = with_values(load_scenario("everyday"), changes)
    assert changed.parameters["contagion"] == 0.2
    (practice,) = changed.practices
    assert (practice.practice, practice.intensity, practice.from_week) == ("recognition", 0.4, 1)
    assert changed.market.urgency == 0.8
    assert changed.teams[0].size == 7


def test_a_practice_that_is_there_keeps_its_weeks_and_can_be_taken_out():
    before = load_scenario("culture-programme")
    first, later = before.practices[0], before.practices[-1]
    assert later.from_week > 1
    changed = with_values(before, {f"practices.{later.practice}": 0.9, f"practices.{first.practice}": 0})
    assert first.practice not in [entry.practice for entry in changed.practices]
    assert changed.practices[-1] == later.model_copy(update={"intensity": 0.9})


def test_no_change_is_no_change():
    scenario = load_scenario("several-teams")
    assert with_values(scenario, {}) == scenario


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"contagon": 0.1}, 'did you mean "contagion"'),
        ({"market.urgncy": 0.1}, 'did you mean "urgency"'),
        ({"practices.recognitio": 0.1}, 'did you mean "recognition"'),
        ({"practices.recognition": 1.5}, "allowed is a number from 0 to 1"),
        ({"practices.recognition": -0.5}, "allowed is a number from 0 to 1"),
        ({"market.urgency": 1.5}, "allowed is a number from 0 to 1"),
        ({"market.urgency": float("nan")}, "allowed is a number"),
        ({"teams.1.size": float("inf")}, "allowed is a whole number"),
        ({"teams.1.size": 30}, "allowed is a whole number"),
        ({"title.x": 1}, "End the path there"),
        ({"title": 1}, "no effect on a run"),
        ({"run.seed": 1}, "where the run is started"),
        ({"teams.1.size": 7.5}, "allowed is a whole number"),
        ({"market.urgency": 0.1, "market[urgency]": 0.2}, "overlap"),
        ({"contagion": 0.1, "parameters.contagion": 0.2}, "overlap"),
        ({"practices.recognition": 0.1, "practices": 0.2}, "overlap"),
        ({"employees.mix.d1": 0.8, "employees.mix.d2": 0.5}, "have to add up to 1"),
        ({"": 1}, "cannot read"),
    ],
)
def test_what_cannot_be_changed_is_explained(changes, expected):
    with pytest.raises(InputError, match=expected):
        with_values(load_scenario("everyday"), changes)


def test_a_text_can_extend_a_shipped_scenario_and_one_with_a_roster():
    text = 'extends = "client-roster"\ntitle = "Ours"\n'
    scenario = scenario_from_text(text, "ours")
    assert scenario.name == "ours"
    assert scenario.title == "Ours"
    assert scenario.employees == load_scenario("client-roster").employees
