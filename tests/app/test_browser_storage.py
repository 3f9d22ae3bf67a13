"""What a browser keeps comes back as it was, and nonsense in it is left out."""

import json
import random

import pytest

from sim.app.browser_storage import in_classes, making, take
from sim.app.learn.classroom import Seat, Stage, Taught
from sim.app.learn.lessons import lessons
from sim.app.learn.verdicts import options
from sim.app.session import Session
from sim.scenario.behaviours import BEHAVIOURS

LESSON = next(iter(lessons()))
ANSWER = options(lessons()[LESSON].rounds[0])[0].name


@pytest.fixture
def session():
    found = Session()
    yield found
    found.close()


def test_guesses_and_a_style_in_the_making_come_back(session):
    session.guesses.commit(LESSON, 1, ANSWER, 3)
    chosen = session.style_choices
    chosen.choices.value = {**chosen.choices.value, "name": "kind", "base": "servant"}
    chosen.changed_sliders.value = {BEHAVIOURS[0]: 0.25}
    session.seats.value = {"ABCD": Seat("a seat", {1: "rises"})}
    session.classes.value = {"EFGH": Taught("a key", LESSON, {1: Stage.RESULT})}
    kept = {"guesses": session.guesses.as_plain(), "making": {**making(chosen), **in_classes(session)}}
    message = json.loads(json.dumps(kept))  # as it goes through the browser
    again = Session()
    take(again, message)
    assert again.guesses.as_plain() == [[LESSON, 1, ANSWER, 3]]
    assert making(again.style_choices) == making(chosen)
    assert again.seats.value == session.seats.value
    assert again.classes.value == session.classes.value
    again.leave("ABCD")
    again.leave("EFGH")
    assert in_classes(again) == {"classes": {}, "seats": {}}
    again.guesses.forget()
    assert again.guesses.as_plain() == []
    again.close()


@pytest.mark.parametrize(
    "message",
    [
        None,
        "x",
        {"guesses": 5, "making": [], "asked": "no"},
        {"guesses": [[LESSON, 1, ANSWER], [LESSON, 99, ANSWER, 1], [LESSON, 1, "nobody", 1], ["no", 1, ANSWER, 1]]},
        {"guesses": [[LESSON, 1, ANSWER, -1], [LESSON, 1.5, ANSWER, 1], [LESSON, 1, ANSWER, "7"], [LESSON, [], {}, 1]]},
        {"making": {"choices": {"base": "nobody", "name": 5, "new": "x"}, "sliders": {"x": 1, BEHAVIOURS[0]: 9}}},
        {"making": {"seats": {"ABCD": 5, "no code": ["seat", {}], "EFGH": ["x" * 50, {}]}, "classes": [1]}},
        {
            "making": {
                "classes": {"ABCD": ["key", "no lesson", {}], "EFGH": ["", LESSON, {}], "IJKL": ["key", LESSON, {}]}
            }
        },
        {"making": {"weights": {"democratic": "much"}, "sliders": {BEHAVIOURS[0]: True}}},
    ],
)
def test_nonsense_is_left_out(session, message):
    before = making(session.style_choices)
    take(session, message)
    assert session.guesses.as_plain() == []
    assert making(session.style_choices) == before
    assert in_classes(session) == {"classes": {}, "seats": {}}


def test_rounds_and_stages_that_there_are_not_are_left_out(session):
    classes = {"ABCD": ["key", LESSON, {"1": 2, "2": "1", "99": 1, "x": 1, "3": 7}]}
    seats = {"ABCD": ["seat", {"1": "rises", "2": 5, "99": "rises", "x": "rises"}]}
    take(session, {"making": {"classes": classes, "seats": seats}})
    stages = session.classes.value["ABCD"].stages
    assert stages[1] == Stage.RESULT
    assert set(stages) <= {1, 2}
    assert session.seats.value == {"ABCD": Seat("seat", {1: "rises"})}


def test_what_was_asked_without_a_connection_is_asked_again(session):
    controller = session.controller
    place = next(
        f"{g}-{c}"
        for g, group in enumerate(controller.start.value.groups)
        for c, control in enumerate(group.controls)
        if control.names == ("market.urgency",)
    )
    revision = controller.start.value.revision
    asked = [{"change": {"kind": "set", "id": place, "values": [0.9], "final": True}}, {"act": {"kind": "pin"}}, {}, 7]
    take(session, {"asked": asked})
    assert controller.now.changes == controller.now.pinned == {"market.urgency": 0.9}
    assert controller.start.value.revision > revision  # the sliders begin again, with what was asked


def test_a_scenario_too_large_for_the_address_comes_back_from_the_browser(session):
    from sim.app.compare.link import LONGEST, mark_of, to_address, to_query
    from sim.app.compare.setting import Setting
    from sim.scenario.load import load_scenario, to_toml

    noise = random.Random(1).randbytes(LONGEST).hex()  # noqa: S311
    own = to_toml(load_scenario("everyday")) + f"# {noise}\n"
    setting = Setting(scenario="mine", own=own, changes={"market.urgency": 0.9})
    assert to_query(setting) == ""
    query = to_address(setting)
    assert f"kept={mark_of(own)}" in query
    session.controller.visit(query)
    assert session.controller.now == Setting()
    assert "kept only in the browser tab" in session.controller.notes.value[0]
    take(session, {"own": {mark_of(own): own + "changed", "x": 5}})
    assert session.controller.now == Setting()
    take(session, {"own": {mark_of(own): own}})
    assert session.controller.now == setting
    assert session.controller.notes.value == ()
    assert session.controller.own.value == {mark_of(own): own}
    session.controller.not_kept()
    assert "this browser keeps nothing" in session.controller.notes.value[0]
