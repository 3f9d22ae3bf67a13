"""The records behind the page Evidence: whatever a file holds, what is shown is what was measured."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.claims.load import load_claims
from sim.analysis.claims.record import claims_record
from sim.analysis.claims.study import ClaimsStudy
from sim.analysis.claims.verdict import Verdict
from sim.app.evidence.records import in_words, load, records, tone

APP = Path(__file__).parents[2] / "sim/app"

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_the_record_of_the_claims_is_read_in_full():
    claims = load_claims().chosen(("C03", "C05"))
    study = ClaimsStudy.planned(claims, 5)
    study.run()
    data = claims_record(study.results(), claims, 5)
    found = records(json.loads(json.dumps(data)))
    assert [record["id"] for record in found] == ["C03", "C05"]
    for record, told in zip(found, data["claims"], strict=True):
        assert record["claim"] == told["claim"]
        assert record["verdict"] == told["verdict"]
        assert [record[key] for key in ("effect", "low", "high")] == [told[key] for key in ("effect", "low", "high")]
        assert [part["text"] for part in record["parts"]] == [part["text"] for part in told["parts"]]


@pytest.mark.parametrize("data", [None, {}, {"claims": None}, {"claims": [1, "x", {}, {"id": "C01"}]}])
def test_what_is_no_record_is_left_out(data):
    assert records(data) == []


@given(st.dictionaries(st.sampled_from(["effect", "low", "verdict", "note", "parts", "robustness", "unit"]), ANYTHING))
def test_a_record_with_nonsense_in_it_can_still_be_shown(entry):
    (record,) = records({"claims": [{"id": "C01", "claim": "It holds.", **entry}]})
    json.dumps(record, allow_nan=False)
    assert record["id"] == "C01"


def test_a_file_that_there_is_not_is_nothing_measured():
    assert load("no-such-file.json") is None
    assert records(load("no-such-file.json")) == []


def test_the_tone_of_a_verdict():
    tones = {Verdict.SUPPORTED: "good", Verdict.NOT_SUPPORTED: "open", Verdict.OPPOSITE: "bad"}
    assert {verdict: tone(str(verdict)) for verdict in Verdict} == tones
    assert tone("") == "open"
    assert tone("outside the published interval") == "bad"


def test_no_supported_claim_lies_on_the_side_of_what_speaks_against_it():
    found = records(load("claims.json"))
    assert any(record["bar"] for record in found)
    for record in found:
        if record["verdict"] == Verdict.SUPPORTED and record["effect"] is not None:
            assert record["effect"] > record["bar"], record["id"]
        if record["verdict"] == Verdict.OPPOSITE:
            assert record["effect"] < record["bar"], record["id"]
        assert bool(record["held"]) == (record["bar"] < 0)


def test_what_a_claim_of_no_worse_is_held_against_is_said():
    comparison = {"standardised": -0.5, "effect": -4.0}
    part = {"text": "output within 10%", "kind": "difference", "unit": "percent", "smallest": -10.0}
    entry = {
        "id": "C10",
        "claim": "-",
        "effect": -0.5,
        "smallest": -1.0,
        "parts": [part | {"comparisons": [comparison]}],
    }
    (record,) = records({"claims": [entry]})
    assert record["bar"] == -1
    assert "output within 10%. This still holds at −1.00 (−10%; measured: −4.0%)" in record["held"]
    (plain,) = records({"claims": [{"id": "C11", "claim": "-", "effect": -0.5, "smallest": 0.2}]})
    assert (plain["bar"], plain["held"]) == (0, "")


def test_regret_is_said_in_plain_words():
    (record,) = [record for record in records(load("claims.json")) if "regret" in record["claim"]]
    assert "worst situation" in record["plain"][0]


def test_verdicts_are_counted_in_words():
    found = records({"claims": [{"id": str(n), "claim": "-", "verdict": v} for n, v in enumerate("aab")]})
    assert in_words(found) == "Of 3: 2 a, 1 b."


def test_no_page_makes_a_spreadsheet_that_runs_what_a_file_says():
    """Whatever joins cells in the browser guards them; in Python there is `sim.scenario.signs.harmless`."""
    sources = [path for ending in ("vue", "js") for path in APP.rglob(f"*.{ending}")]
    makers = {path.name: path.read_text("utf-8") for path in sources if r'.join("\r\n")' in path.read_text("utf-8")}
    assert makers.keys() == {"table.js", "team.vue", "records.vue", "findings.vue"}
    for name, text in makers.items():
        assert "this.harmless(" in text, name
    assert r"[=+\-@\t\r]/" in (APP / "speaking.js").read_text("utf-8")
