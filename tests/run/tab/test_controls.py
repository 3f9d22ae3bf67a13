"""What a control changes is found by trying; what cannot be reckoned in a page is said."""

import pytest

from sim.model.build import Blueprint
from sim.run.tab.controls import Effect, effects_of, with_all_practices
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError


def effects(name, tried, scenario=None):
    scenario = scenario or load_scenario("everyday")
    return effects_of(scenario, Blueprint(scenario).timetable(("agile",)), [name], tried)


def parts(found):
    return sorted({(effect.part, effect.slope) for effect in found}, key=str)


def test_a_number_that_stands_in_several_places_is_found_in_all():
    neutral, found = effects("market.urgency", (0.0, 0.6, 1.0))
    assert neutral == load_scenario("everyday").market.urgency
    assert parts(found) == [("company", None), ("companyBefore", None)]
    assert len(found) == 4


def test_a_number_that_others_are_made_of_moves_them_in_proportion():
    _, found = effects("company.customer_satisfaction", (0.0, 0.6, 1.0))
    assert ("company", 1.0) in parts(found)
    assert ("company", None) in parts(found)


def test_a_practice_has_an_intensity():
    whole = with_all_practices(load_scenario("everyday"), ["practices.recognition"])
    neutral, found = effects("practices.recognition", (0.25, 0.5, 1.0), whole)
    assert neutral == 1.0
    assert [one.part for one in found] == ["practices"]
    assert isinstance(found[0], Effect)


def test_what_changes_who_is_there_is_refused():
    with pytest.raises(InputError, match=r"teams\.Team\.size: what this changes cannot be reckoned in a page"):
        effects("teams.Team.size", (5, 6, 8))
