"""The terms of a rule are read off the rule, and add up to what it puts into its variable."""

import numpy as np
import pytest

from sim.model.rules import morale, strain, trust
from sim.model.state import NOBODY
from sim.model.terms import terms_of


class Numbers:
    """Something that has every field, each with another value."""

    def __getattr__(self, name):
        return (sum(map(ord, name)) % 97) / 97


GIVEN = {name: Numbers() for name in ("employee", "week", "team", "leader", "company", "luck", "p")}


def test_terms_add_up_and_have_the_names_that_are_in_them():
    terms = terms_of(strain.tire, "goal", GIVEN)
    p, week, team, company, employee = (GIVEN[name] for name in ("p", "week", "team", "company", "employee"))
    by_name = {term.names: term.value for term in terms}
    assert by_name["ambiguity",] == pytest.approx(p.strain_of_ambiguity * week.ambiguity)
    assert by_name["service",] == pytest.approx(-p.service_relieves * week.service)
    assert by_name["company.urgency",] == pytest.approx(p.strain_of_urgency * company.urgency)
    assert ("team.pressure",) in by_name
    assert by_name["resilience",] == pytest.approx(-p.resilience_relieves * (employee.resilience - 0.5))
    assert team is not None


def test_what_is_done_before_the_sum_is_done():
    terms = terms_of(morale.feel, "goal", {**GIVEN, "colleagues": np.array([1, NOBODY]), "mood": np.array([0.1, 0.75])})
    around = next(term for term in terms if "around" in term.names)
    assert around.value == pytest.approx(GIVEN["p"].contagion * (0.75 - GIVEN["employee"].morale))


def test_a_rule_without_the_variable_has_no_terms():
    assert terms_of(trust.give_trust, "hope", GIVEN) == []
