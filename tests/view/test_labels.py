"""Every number of the model has a label that can be read, and no two have the same."""

from sim.scenario.parameters import PARAMETERS
from sim.view.labels import labels

LONGEST = 45
"""Characters of a label: more does not fit beside a slider."""


def test_every_parameter_has_a_label_of_its_own_in_plain_words():
    found = labels()
    assert list(found) == [parameter.name for parameter in PARAMETERS]
    assert len({label.text for label in found.values()}) == len(found)
    for name, (text, why) in found.items():
        assert 0 < len(text) <= LONGEST, text
        assert text[0].isupper(), text
        assert "_" not in text, text
        assert text.lower() != name.replace("_", " "), text
        assert why.endswith("."), why
