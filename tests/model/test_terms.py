"""The terms of a rule are read off the rule, and add up to what it puts into its variable."""

from types import FunctionType

import numpy as np
import pytest

from sim.model.rules import morale, strain, trust
from sim.model.state import NOBODY
from sim.model.terms import RETURNED, terms_of


class Numbers:
    """Something that has every field, each with another value."""

    def __getattr__(self, name):
        return (sum(map(ord, name)) % 97) / 97


GIVEN = {name: Numbers() for name in ("employee", "week", "team", "leader", "company", "luck", "p")}


def test_terms_add_up_and_have_the_names_that_are_in_them():
    terms = terms_of(strain.tire, "goal", GIVEN)
    p, employee = GIVEN["p"], GIVEN["employee"]
    by_name = {term.names: term.value for term in terms}
    assert set(by_name) == {(), ("demands",), ("resources",), ("affect", "resilience")}
    assert by_name[()] == pytest.approx(p.strain_base)
    assert by_name["affect", "resilience"] == pytest.approx(
        -p.person_relieves * (employee.affect + employee.resilience - 1.0)
    )


def test_what_is_done_before_the_sum_is_done():
    terms = terms_of(morale.feel, "goal", {**GIVEN, "colleagues": np.array([1, NOBODY]), "mood": np.array([0.1, 0.75])})
    around = next(term for term in terms if "around" in term.names)
    assert around.value == pytest.approx(GIVEN["p"].contagion * (0.75 - GIVEN["employee"].morale))


def test_what_a_rule_gives_back_is_a_sum_too_and_another_rule_in_it_is_named():
    terms = terms_of(morale.worth, RETURNED, GIVEN)
    by_name = {term.names: term.value for term in terms}
    felt = strain.threat.py_func(*(GIVEN[name] for name in ("employee", "team", "company")))
    assert by_name["threat",] == pytest.approx(-GIVEN["p"].morale_lost_to_threat * felt)
    given = [GIVEN[name] for name in ("employee", "week", "team", "company", "p")]
    assert sum(by_name.values()) == pytest.approx(_plain(morale.worth)(*given))


def _plain(rule):
    """A rule that takes anything with fields, and so do the rules in it."""
    known = {**rule.py_func.__globals__, "threat": strain.threat.py_func}
    return FunctionType(rule.py_func.__code__, known)


def test_a_rule_without_the_variable_has_no_terms():
    assert terms_of(trust.give_trust, "hope", GIVEN) == []
