"""What a browser sends is checked before it is used."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.app import form
from sim.app.browser_input import EXACT, is_number, is_text, is_whole

FIELDS = [
    form.choice("style", "Style", "S1", [("S1", "directing"), ("S2", "coaching")]),
    form.number("seed", "Seed", 1, 0, 99),
    form.slider("support", "Support", 0.5, 0, 1, 0.05),
    form.text("name", "Name", "mine", 10),
    form.button("go", "Go"),
]

GOOD = [("style", "S2"), ("seed", 7), ("seed", 99.0), ("support", 0.15), ("name", ""), ("name", "ours"), ("go", True)]


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_what_a_control_says_is_heard(name, value):
    assert form.can_send(FIELDS, {"name": name, "value": value})


@pytest.mark.parametrize(
    "received",
    [
        None, [], "x", {}, {"name": "style"}, {"name": ["style"], "value": "S1"}, {"name": "style", "value": "S3"},
        {"name": "style", "value": ["S1"]}, {"name": "seed", "value": -1}, {"name": "seed", "value": 10**400},
        {"name": "seed", "value": math.nan}, {"name": "seed", "value": True}, {"name": "support", "value": "0.5"},
        {"name": "support", "value": None}, {"name": "name", "value": "\ud800"}, {"name": "name", "value": "x" * 11},
        {"name": "go", "value": "yes"}, {"name": "stop", "value": True},
    ],
)  # fmt: skip
def test_what_no_control_can_say_is_not_passed_on(received):
    assert not form.can_send(FIELDS, received)


@given(st.floats() | st.integers() | st.booleans() | st.text() | st.none())
def test_numbers_are_those_that_can_be_reckoned_with(value):
    if is_number(value):
        assert abs(value) <= EXACT
        assert is_whole(value) == (float(value).is_integer())
    else:
        assert isinstance(value, bool | str | None) or not abs(value) <= EXACT


def test_half_a_sign_is_no_text():
    assert is_text("ä😀")
    assert not is_text("\ud83d")
