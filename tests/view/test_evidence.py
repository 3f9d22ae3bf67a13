"""Pages on evidence and calibration: goals that are missed, edges of bands, what passes with any parameters."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.cross_validation import shipped
from sim.analysis.evidence import Figure, Finding, load_patterns
from sim.analysis.summary import wilson
from sim.view import evidence
from sim.view.calibration import calibration_report
from sim.view.evidence import against, goals_in_words, missed_out_of_sample, passed_by_anything, rates_table

ABOUT = "0123"


def finding(pattern, passes):
    return Finding(pattern, (Figure("r", 0.5 if passes else 2.0, 0, 1, (0.0, 1.0), 1.0),), 1, 0.8)


@pytest.fixture
def ten():
    """Ten patterns that are fitted to, of which eight pass."""
    fitted = [pattern for pattern in load_patterns().patterns if pattern.fitted][:10]
    return [finding(pattern, number < 8) for number, pattern in enumerate(fitted)]


@pytest.fixture
def kept(monkeypatch, ten):
    """The same cross-validated: six pass out of sample, five by sets that were fitted to nothing."""
    record = {
        "fingerprint": ABOUT,
        "patterns": [
            {"id": one.pattern.id, "out_of_sample": number < 6, "unfitted": number < 5}
            for number, one in enumerate(ten)
        ],
    }
    monkeypatch.setattr("sim.analysis.cross_validation.stored_cross_validation", lambda: record)
    monkeypatch.setattr(evidence, "stored_cross_validation", lambda: record)


def test_the_rates_are_held_against_the_goals(ten, kept):
    header, _, out, in_, nothing = rates_table(ten, ABOUT).splitlines()
    assert "Of the 10 that are fitted otherwise" in header
    assert "**6 (60%;" in out
    assert "| 70%: 1 short |" in out
    assert "**8 (80%;" in in_
    assert "| 85%: 1 short |" in in_
    assert "**5 (50%;" in nothing
    assert "short" not in nothing


def test_a_goal_that_is_reached_is_not_short(ten, kept):
    passing = [finding(one.pattern, True) for one in ten]
    assert goals_in_words(ten, ABOUT) == "**The goals are not reached out of sample and in sample.**"
    assert goals_in_words(passing, ABOUT) == "**The goal is not reached out of sample.**"
    assert goals_in_words(passing, "4567") == "The goals are reached."
    assert "short" not in rates_table(passing, ABOUT).splitlines()[3]


def test_a_record_about_another_model_says_nothing(ten, kept):
    assert len(rates_table(ten, "4567").splitlines()) == 3
    assert missed_out_of_sample("4567") == ""
    assert missed_out_of_sample(ABOUT) == f"Missed out of sample: {', '.join(one.pattern.id for one in ten[6:])}."


def test_an_interval_of_a_share():
    low, high = wilson(28, 44)
    assert (round(low, 2), round(high, 2)) == (0.49, 0.76)


@given(st.floats(-2, 2, allow_nan=False), st.tuples(st.integers(-20, 20), st.integers(1, 20)))
def test_a_figure_is_printed_on_the_side_of_its_band_where_it_lies(value, band):
    low, high = band[0] / 10, (band[0] + band[1]) / 10
    shown = float(against(value, (low, high)))
    if min(abs(value - low), abs(value - high)) > 1e-4:
        assert (low <= shown <= high) == (low <= value <= high)


def test_a_miss_by_a_hair_has_more_digits():
    assert against(0.394, (0.4, 0.65)) == "0.39"
    assert against(0.0297, (0.03, 0.25)) == "0.0297"
    assert against(0.4512, (0.15, 0.45)) == "0.451"


def test_patterns_that_any_parameters_show_are_named(ten):
    first, second = ten[0].pattern.id, ten[1].pattern.id
    rows = [
        {"pattern": first, "band": [0, 1], "prior": [0.2, 0.5, 0.8]},
        {"pattern": second, "band": [0, 1], "prior": [0.2, 0.5, 0.8]},
        {"pattern": second, "band": [0, 1], "prior": [-0.2, 0.5, 0.8]},
    ]
    said = passed_by_anything({"figures": rows}, ten)
    assert first in said
    assert second not in said
    assert passed_by_anything({"figures": []}, ten) == ""


def test_the_page_of_the_calibration_says_what_the_fit_does_not_do():
    record = json.loads(shipped("calibration.json").read_text(encoding="utf-8"))
    page = calibration_report(record)
    passed = record["passed"]
    assert f"the sets pass {passed['mean']:.0f} of {passed['of']} patterns on average" in page
    record["parameters"][0]["ends"] = [0.1, 0.9]
    name = record["parameters"][0]["name"]
    assert f"`{name}` (90% in the highest tenth)" in calibration_report(record)
    for row in record["parameters"]:
        row["ends"] = [0.1, 0.1]
    assert "against an end" not in calibration_report(record)
