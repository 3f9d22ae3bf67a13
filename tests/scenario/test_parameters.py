"""Every number of the model has a symbol for formulas and a label that can be read, and no two have the same."""

import re

from sim.scenario.behaviours import BEHAVIOUR_TABLE
from sim.scenario.parameters import GROUPS, PARAMETERS

LONGEST = 45
"""Characters of a label: more does not fit beside a slider."""


def test_every_parameter_has_a_label_of_its_own_in_plain_words():
    assert len({parameter.label for parameter in PARAMETERS}) == len(PARAMETERS)
    for parameter in PARAMETERS:
        label = parameter.label
        assert 0 < len(label) <= LONGEST, label
        assert label[0].isupper(), label
        assert "_" not in label, label
        assert label.lower() != parameter.name.replace("_", " "), label


def test_every_parameter_has_a_symbol_of_its_own():
    assert len({parameter.symbol for parameter in PARAMETERS}) == len(PARAMETERS)
    for parameter in PARAMETERS:
        assert re.fullmatch(r"[A-Za-zα-ω]_[a-z0]", parameter.symbol), parameter.symbol


def test_every_parameter_knows_its_group_and_why_the_group_matters():
    assert len({group.title for group in GROUPS}) == len(GROUPS)
    for group in GROUPS:
        assert group.why.endswith("."), group.why
        assert group.why[0].isupper(), group.why
    assert [(parameter.group, parameter.why) for parameter in PARAMETERS] == [
        (group.title, group.why) for group in GROUPS for _ in group.parameters
    ]


def test_every_behaviour_has_a_label_of_its_own():
    labels = [behaviour.label for behaviour in BEHAVIOUR_TABLE]
    assert len(set(labels)) == len(labels)
    assert all(label[0].isupper() for label in labels)
