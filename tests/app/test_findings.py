"""The published findings behind the page Evidence: what the record says is what is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.evidence import published
from sim.app.evidence.findings import findings, in_words
from tests.app.test_records import ANYTHING


def test_every_pattern_and_every_figure_with_a_band_is_read():
    data = published()
    assert data is not None
    found = {finding["id"]: finding for finding in findings(data)}
    assert list(found) == [pattern["id"] for pattern in data["patterns"]]
    for pattern in data["patterns"]:
        told = pattern["figures"]
        shown = found[pattern["id"]]
        assert shown["passed"] == pattern["passed"]
        assert (shown["group"], shown["fitted"]) == (pattern["group"], pattern["fitted"])
        for figure, one in zip(shown["figures"], told, strict=True):
            assert figure["name"] == one["name"].replace("_", " ")
            assert (figure["median"], figure["truth"], figure["passed"]) == (one["value"], one["true"], one["passed"])
            assert [figure["from"], figure["to"]] == one["band"]


def test_what_is_shown_is_counted():
    figure = {"name": "r", "value": 0.2, "low": 0.1, "high": 0.3, "band": [0, 1], "passed": True}
    patterns = [
        {"id": name, "pattern": "-", "fitted": name != "P1", "passed": name != "C2", "figures": [figure]}
        for name in ("C1", "C2", "P1")
    ]
    assert in_words(findings({"patterns": patterns})) == (
        "Of 1 published pattern that it was not fitted to, the model shows 1 with all figures: P1. "
        "Of 2 published patterns that its numbers were fitted to, the model shows 1 with all figures: C1."
    )


@pytest.mark.parametrize("data", [None, {}, {"patterns": None}, {"patterns": [1, {"id": "C1", "pattern": "-"}]}])
def test_what_is_no_pattern_is_left_out(data):
    assert findings(data) == []


@given(ANYTHING, st.dictionaries(st.sampled_from(["value", "low", "high", "band", "passed", "true"]), ANYTHING))
def test_a_figure_with_nonsense_in_it_can_still_be_shown(passed, figure):
    sound = {"name": "sound", "value": 0.2, "low": 0.1, "high": 0.3, "band": [0, 1], "passed": True}
    entry = {"id": "C1", "pattern": "-", "passed": passed, "figures": [{**sound, "name": "r", **figure}, sound]}
    (found,) = findings({"patterns": [entry]})
    json.dumps(found, allow_nan=False)
    assert found["figures"][-1]["name"] == "sound"
