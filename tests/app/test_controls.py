"""Every control fits its scenario: what it begins with is what is there, and what it can set is allowed."""

import math

import pytest

from sim.app.compare import controller as controllers
from sim.app.compare.controller import Controller
from sim.app.compare.controls import MATTERING, by_name, groups
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.parameters import BY_NAME, PARAMETERS
from sim.scenario.practices import practices
from sim.scenario.problems import InputError
from sim.scenario.variants import with_values
from sim.study.load import load_study
from sim.study.spec import Sobol


@pytest.mark.parametrize("name", scenario_names())
def test_controls_begin_with_what_is_there(name):
    scenario = load_scenario(name)
    for control in (one for group in groups(scenario) for one in group.controls):
        bases = control.base if control.kind == "mix" else control.base * len(control.names)
        for base in bases:
            assert control.low <= base <= control.high
        if control.names[0].startswith("practices."):
            continue
        same = with_values(scenario, dict(zip(control.names, bases, strict=True)))
        if control.kind == "mix" or len(control.names) == 1:
            changed = {**same.model_dump(), "parameters": {}, "uncertain": {}}
            assert changed == {**scenario.model_dump(), "parameters": {}, "uncertain": {}}


@pytest.mark.parametrize("name", scenario_names())
def test_sliders_in_sight_stand_on_the_number_that_they_begin_with(name):
    for control in (one for group in groups(load_scenario(name)) if group.open for one in group.controls):
        for base in control.base:
            assert abs(math.remainder(base - control.low, control.step)) < 1e-9


@pytest.mark.parametrize("name", scenario_names())
def test_what_a_slider_can_be_moved_to_is_allowed(name):
    scenario = load_scenario(name)
    for control in by_name(groups(scenario)).values():
        if control.kind == "slider":
            for end in (control.low, control.high):
                try:
                    with_values(scenario, dict.fromkeys(control.names, end))
                except InputError:
                    # Only where events of the scenario need people or room.
                    assert control.unit == "people"
                    assert scenario.events


def test_every_parameter_and_every_practice_has_a_control():
    known = by_name(groups(load_scenario("everyday")))
    assert {parameter.name for parameter in PARAMETERS} <= set(known)
    assert {f"practices.{name}" for name in practices()} <= set(known)
    assert set(MATTERING) <= set(BY_NAME)
    design = load_study("sensitivity").study.design
    assert isinstance(design, Sobol)
    assert [f"parameters.{name}" for name in MATTERING] == [one.path for one in design.vary[: len(MATTERING)]]


def test_every_control_says_what_it_is():
    for group in groups(load_scenario("everyday")):
        for control in group.controls:
            assert control.what
            assert control.unit
            assert control.low < control.high
            assert 0 < control.step <= control.high - control.low


def test_what_moves_results_most_is_explained_without_asking():
    (group,) = [group for group in groups(load_scenario("everyday")) if group.title == "What moves results most"]
    assert group.explained
    assert [control.label for control in group.controls] == [BY_NAME[name].label for name in MATTERING]
    assert all(control.names[0] in control.why for control in group.controls)


def test_leaders_of_several_teams_are_set_alike():
    known = by_name(groups(load_scenario("several-teams")))
    hours = [control for control in known.values() if control.names[0].endswith("leader.hours")]
    assert all(len(control.names) > 1 for control in hours)


def test_people_who_are_named_cannot_be_multiplied():
    known = by_name(groups(load_scenario("key-person")))
    assert not any(name.endswith(".size") or ".mix." in name for name in known)


def told(controller: Controller, kind: str, **more):
    controller.change({"kind": kind, "ask": 1, "final": True, **more})


@pytest.fixture
def controller(monkeypatch):
    """A controller that notes what it would ask, and computes nothing."""
    nobody = type("Nobody", (), {"ask": lambda *_: None, "close": lambda *_: None})()
    monkeypatch.setattr(controllers, "Newest", lambda answer: nobody)
    return Controller()


def place(controller: Controller, name: str) -> str:
    """The id of the control that sets this."""
    return next(
        f"{g}-{c}"
        for g, group in enumerate(controller.start.value.groups)
        for c, control in enumerate(group.controls)
        if name in control.names
    )


def test_a_slider_that_goes_back_leaves_no_change(controller):
    where = place(controller, "market.urgency")
    told(controller, "set", id=where, values=[0.8])
    assert controller.now.changes == {"market.urgency": 0.8}
    told(controller, "set", id=where, values=[controller.start.value.scenario.market.urgency])
    assert not controller.now.changes


def test_pinning_and_going_back_to_the_start(controller):
    told(controller, "set", id=place(controller, "market.urgency"), values=[0.8])
    controller.act({"kind": "pin"})
    assert controller.now.pinned == {"market.urgency": 0.8}
    told(controller, "set", id=place(controller, "leader.hours"), values=[10])
    controller.act({"kind": "back", "id": place(controller, "leader.hours")})
    assert controller.now.changes == {"market.urgency": 0.8}
    controller.act({"kind": "reset"})
    assert not controller.now.changes
    assert not controller.now.pinned


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "set",
        {},
        {"kind": "set"},
        {"kind": "set", "id": "99-99", "values": [1]},
        {"kind": "set", "id": "-1-0", "values": [1]},
        {"kind": "set", "id": "1-0", "values": ["1; import os"]},
        {"kind": "set", "id": "1-0", "values": [float("nan")]},
        {"kind": "set", "id": "1-0", "values": [True]},
        {"kind": "set", "id": "1-0", "values": [0.1, 0.2]},
        {"kind": "set", "id": {"a": 1}, "values": {}},
        {"kind": "styles", "value": []},
        {"kind": "styles", "value": [1, 2]},
        {"kind": "metric", "value": 3},
        {"kind": "seed", "value": "x"},
        {"kind": "weeks", "value": None, "ask": "x"},
        {"kind": "__class__", "value": 1},
    ],
)
def test_nonsense_from_a_browser_changes_nothing(controller, message):
    before = controller.now
    controller.change(message)
    controller.act(message)
    assert controller.now == before


def test_a_file_is_opened_and_a_bad_one_is_explained(controller):
    text = 'extends = "crisis"\n[market]\nurgency = 0.6'
    controller.act({"kind": "open", "name": "Our firm.toml", "text": text, "size": len(text)})
    assert controller.now.scenario == "Our-firm"
    assert controller.start.value.scenario.market.urgency == 0.6
    nonsense: list[dict[str, object]] = [
        {"text": "nonsense"},
        {"text": None},
        {"text": "", "size": 10**9},
        {"text": 'title = "x"'},
        {"text": 5, "name": 5},
    ]
    for message in nonsense:
        controller.act({"kind": "open", "name": "bad.toml", **message})
        assert "Nothing was changed" in controller.notes.value[0]
        assert controller.now.scenario == "Our-firm"


def test_saving_gives_the_scenario_with_its_changes(controller):
    told(controller, "set", id=place(controller, "market.urgency"), values=[0.8])
    controller.act({"kind": "save"})
    assert controller.file.value["name"] == "everyday.toml"
    assert "urgency = 0.8" in controller.file.value["text"]
