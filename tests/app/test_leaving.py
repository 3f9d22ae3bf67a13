"""What pushed somebody to leave is said by the parts of the rule, the strongest first."""

import math
from types import SimpleNamespace

import pytest

from sim.app.team.leaving import in_words, pushes
from sim.model.rules.turnover import quit_hazard

P = SimpleNamespace(quit_morale=5.0, quit_strain=2.0, quit_newcomer=0.7, quit_base=0.002)


def somebody(morale=0.6, strain=0.3, newness=0.0):
    return SimpleNamespace(morale=morale, strain=strain, newness=newness)


@pytest.mark.parametrize(
    ("person", "tightness", "told"),
    [
        (somebody(), 0.5, "nothing in particular; in any week some leave"),
        (somebody(morale=0.4), 0.5, "low morale"),
        (somebody(morale=0.5, strain=0.8), 0.9, "strain, low morale and other jobs that are easy to find"),
        (somebody(newness=1.0), 0.2, "being new here"),
    ],
)
def test_the_strongest_push_is_named_first(person, tightness, told):
    assert in_words(pushes(person, SimpleNamespace(labour_tightness=tightness), P)) == told


def test_the_pushes_are_those_of_the_rule():
    company, person = SimpleNamespace(labour_tightness=0.8), somebody(0.45, 0.5, 0.3)
    usual = quit_hazard.py_func(somebody(), SimpleNamespace(labour_tightness=0.5), P)
    pushed = math.exp(sum(pushes(person, company, P).values()))
    assert quit_hazard.py_func(person, company, P) == pytest.approx(usual * pushed)
