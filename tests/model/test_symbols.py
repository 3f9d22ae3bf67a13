"""Formulas of rules: each parameter is written by the symbol that it is declared with, and a letter means one thing."""

import re
from collections import Counter

import pytest

from sim.scenario.parameters import BY_NAME
from sim.view.source import rule_files

RULES = {f"{file.name}.{rule.name}": rule for file in rule_files() for rule in file.rules}
SYMBOL = re.compile(r"(?<![\w])[A-Za-zα-ω]_[a-z0](?!\w)")
LETTER_DECLARED = re.compile(r"(?<![\w'])([A-Za-zα-ω])(?:\(\w+\))? = ")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_writes_its_parameters_by_their_symbols(name):
    declared = {BY_NAME[parameter].symbol for parameter in RULES[name].parameters}
    assert set(SYMBOL.findall(RULES[name].says)) == declared


@pytest.mark.parametrize("name", RULES)
def test_a_letter_is_declared_once_within_a_rule(name):
    counts = Counter(LETTER_DECLARED.findall(RULES[name].says))
    assert not [letter for letter, many in counts.items() if many > 1]


def test_the_symbols_of_a_formula_are_found():
    assert SYMBOL.findall("goal = τ_a + τ_r absent - w_0(1 - x)") == ["τ_a", "τ_r", "w_0"]
    assert LETTER_DECLARED.findall("v(k) = (1 - k), k = competence; goal = 3") == ["v", "k"]
