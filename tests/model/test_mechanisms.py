"""Mechanisms are data about the state: complete, without overlap, and of fields that there are."""

from collections import Counter

import pytest

from sim.model import mechanisms
from sim.model.compile_steps import source
from sim.model.fields import RECORDS
from sim.model.flows import STATE, influences
from sim.model.mechanisms import IN_PASSING, MECHANISMS
from sim.model.playback import moments
from sim.model.week import WEEK
from sim.scenario.problems import InputError

ACCOUNTED = [(record, name) for of in IN_PASSING.values() for record, names in of.items() for name in names]


def test_no_field_that_a_week_changes_is_forgotten():
    assert mechanisms.uncarried() == frozenset()


def test_a_field_that_no_mechanism_carries_is_found(monkeypatch):
    without = tuple(mechanism for mechanism in MECHANISMS if mechanism.name != "trust")
    monkeypatch.setattr(mechanisms, "MECHANISMS", without)
    assert mechanisms.uncarried() == {("EMPLOYEE", "trust")}


def test_a_field_belongs_to_one_mechanism_or_is_accounted_for_once():
    places = [place for mechanism in MECHANISMS for place in mechanism.places] + ACCOUNTED
    assert not [place for place, many in Counter(places).items() if many > 1]


def test_all_are_fields_that_there_are_and_that_mechanisms_carry_what_a_week_changes():
    for record, name in [*(place for mechanism in MECHANISMS for place in mechanism.places), *ACCOUNTED]:
        assert record in STATE
        assert any(field.name == name for field in RECORDS[record].fields), (record, name)
    for mechanism in MECHANISMS:
        assert mechanism.places & set(influences()), mechanism.name


def test_outcomes_act_on_nothing_that_a_mechanism_carries():
    outcomes = {
        (record, name)
        for record, names in IN_PASSING["outcomes that act on nothing"].items()
        for name in names
        if (record, name) != ("EMPLOYEE", "output")
    }
    carried = {place for mechanism in MECHANISMS for place in mechanism.places}
    for place, sources in influences().items():
        if place in carried:
            assert not sources & outcomes, place


@pytest.mark.parametrize("part", WEEK._fields)
def test_the_ordinary_week_knows_nothing_of_playing_back(part):
    steps = getattr(WEEK, part)
    assert "play" not in source("week", steps)
    assert "play" in source("week", steps, played=True)


def test_each_rule_that_keeps_a_mechanism_up_has_its_moment():
    for mechanism in MECHANISMS:
        places = {place for moment in moments().values() for place in moment.kept_at}
        own = {place for place in mechanism.places if not (mechanism.name == "people" and place[0] == "EMPLOYEE")}
        assert own <= places, mechanism.name


def test_mechanisms_are_chosen_by_name():
    assert mechanisms.chosen(None) == mechanisms.NAMES
    assert mechanisms.chosen(["trust", "guidance"]) == ("guidance", "trust")
    with pytest.raises(InputError, match='unknown mechanism "truts"') as error:
        mechanisms.chosen(["truts"])
    assert "trust" in str(error.value)
    with pytest.raises(InputError, match="given twice"):
        mechanisms.chosen(["trust", "trust"])
    with pytest.raises(InputError, match="got none"):
        mechanisms.chosen([])
