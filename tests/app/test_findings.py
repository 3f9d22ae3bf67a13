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
        banded = {name: figure for name, figure in pattern["figures"].items() if figure["band"]}
        shown = found[pattern["id"]]
        assert shown["passed"] == pattern["passed"]
        assert [figure["name"] for figure in shown["figures"]] == [name.replace("_", " ") for name in banded]
        for figure, told in zip(shown["figures"], banded.values(), strict=True):
            assert (figure["median"], figure["passed"]) == (told["median"], told["passed"])
            assert [figure["from"], figure["to"]] == told["band"]
        true = pattern["figures"].get("true_morale")
        if true and "morale" in banded:
            assert next(one for one in shown["figures"] if one["name"] == "morale")["truth"] == true["median"]


def test_what_is_shown_is_counted():
    figure = {"r": {"median": 0.2, "low": 0.1, "high": 0.3, "band": [0, 1], "passed": True}}
    patterns = [{"id": name, "pattern": "-", "passed": name != "C2", "figures": figure} for name in ("C1", "C2", "C3")]
    assert in_words(findings({"patterns": patterns})) == (
        "The model shows 2 of 3 published patterns with all their figures: C1, C3."
    )


@pytest.mark.parametrize("data", [None, {}, {"patterns": None}, {"patterns": [1, {"id": "C1", "pattern": "-"}]}])
def test_what_is_no_pattern_is_left_out(data):
    assert findings(data) == []


@given(ANYTHING, st.dictionaries(st.sampled_from(["median", "low", "high", "band", "passed"]), ANYTHING))
def test_a_figure_with_nonsense_in_it_can_still_be_shown(passed, figure):
    sound = {"median": 0.2, "low": 0.1, "high": 0.3, "band": [0, 1], "passed": True}
    entry = {"id": "C1", "pattern": "-", "passed": passed, "figures": {"r": {**sound, **figure}, "sound": sound}}
    (found,) = findings({"patterns": [entry]})
    json.dumps(found, allow_nan=False)
    assert found["figures"][-1]["name"] == "sound"
