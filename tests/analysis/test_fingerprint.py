"""A fingerprint changes with what a result rests on, and with nothing else."""

import pytest

from sim.analysis import fingerprint as taking
from sim.analysis.fingerprint import fingerprint
from sim.scenario.parameters import PARAMETERS

RULE = '''"""About."""
def rule(x, p):
    """Says what it does."""
    return x + p.rate  # why
'''


@pytest.fixture
def of_rule(tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "MODEL", tmp_path)
    (tmp_path / "rules").mkdir()

    def taken(source):
        (tmp_path / "rules" / "one.py").write_text(source, encoding="utf-8")
        return fingerprint([])

    return taken


def test_words_about_a_rule_do_not_count(of_rule):
    assert of_rule(RULE) == of_rule(RULE.replace("Says what", "Tells what").replace("# why", "# because"))


def test_what_a_rule_does_counts(of_rule):
    assert of_rule(RULE) != of_rule(RULE.replace("x + p.rate", "x - p.rate"))


@pytest.mark.parametrize(
    ("field", "value", "same"), [("default", 0.123, False), ("high", 9.9, False), ("source", "?", True)]
)
def test_the_numbers_of_a_parameter_count(monkeypatch, field, value, same):
    before = fingerprint([])
    changed = (PARAMETERS[0]._replace(**{field: value}), *PARAMETERS[1:])
    monkeypatch.setattr(taking, "PARAMETERS", changed)
    assert (fingerprint([]) == before) is same


def test_further_texts_count():
    assert fingerprint(["a"]) != fingerprint(["b"])
