"""Rules are translated from their source: all of them, and what has no translation is said with its line."""

import math

import pytest

from sim.model.plugged import STEPS
from sim.model.rules import common
from sim.model.rules.compiled import rule
from sim.run.tab.kinds import NUMBER, Array, Rec
from sim.run.tab.program import module, translated
from sim.run.tab.translate import Translator
from sim.scenario.problems import InputError


@rule
def with_text(employee):
    employee.morale = float("0.5")


@rule
def with_list(employee):
    for value in [0.1, 0.2]:
        employee.morale = value


@rule
def with_unknown_field(employee):
    employee.happiness = 1.0


@rule
def with_number_as_truth(employee):
    if employee.status:
        employee.morale = 1.0


@rule
def with_try(employee):
    try:
        employee.morale = 1.0
    finally:
        employee.morale = 0.5


@rule
def with_other_module(employee):
    employee.morale = math.gamma(employee.morale)


@rule
def with_kinds_mixed(employee):
    other = employee
    other = 1.0
    employee.morale = other


@rule
def with_stretch(employees):
    employees[::2] = 0.0


def test_every_rule_of_the_week_is_translated():
    text = translated()
    for step in STEPS.values():
        for each in step.rules:
            assert f" @{each.__name__}." in text


def test_the_module_is_one_that_needs_only_mathematics():
    found = module()
    assert found[:4] == b"\0asm"
    assert len(found) < 100_000


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (with_text, "reckons with `'0.5'`"),
        (with_list, "a loop over something else than a range"),
        (with_unknown_field, "EMPLOYEE has no such field"),
        (with_number_as_truth, "takes `employee.status` for true or false"),
        (with_try, "has the statement `try:`"),
        (with_other_module, "calls `math.gamma`"),
        (with_kinds_mixed, "gives `other` values of different kinds"),
        (with_stretch, "does not lie in one piece"),
    ],
)
def test_what_has_no_translation_is_said_with_its_line(wrong, said):
    kind = Array("EMPLOYEE", 1) if wrong is with_stretch else Rec("EMPLOYEE")
    with pytest.raises(InputError, match=r"test_translate\.py, line \d+: the rule with_") as caught:
        Translator({}).add(wrong, [kind], "wrong")
    assert said in str(caught.value)


def test_a_rule_can_be_translated_alone():
    translator = Translator({})
    translator.add(common.spread, [NUMBER, NUMBER], "spread")
    assert "define double @spread(double" in translator.text()
