"""What a browser sends to the page Compare: one bad message helps itself, and the next question is answered."""

import time
import tomllib

import pytest

from sim.app.compare import controller as under_test
from sim.app.compare.controller import WENT_WRONG, Controller
from sim.app.compare.link import as_command
from sim.app.compare.setting import MOST_SEED, Setting, prepared_both

pytest.importorskip("solara")

URGENT = {"kind": "set", "id": "1-0", "values": [0.9], "final": True}


@pytest.fixture
def controller():
    made = Controller()
    made.visit("styles=democratic,autocratic&weeks=20&replications=25")
    answered(made, 0)
    yield made
    made.close()


def answered(controller, ask):
    """What is shown once the question with this number is answered, or refused."""
    for _ in range(400):
        shown = controller.shown.value
        if shown.ask == ask and (shown.answer or shown.problem):
            return shown
        time.sleep(0.05)
    raise AssertionError("no answer")


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("seed", -1, "seed: got -1; allowed is a whole number from 0"),
        ("seed", MOST_SEED * 4, "did not understand"),
        ("seed", 10**400, "did not understand"),
        ("seed", 1.5, "did not understand"),
        ("seed", float("nan"), "did not understand"),
        ("weeks", 0, "weeks: got 0; allowed is"),
        ("weeks", 99_999, "weeks: got 99999; allowed is"),
        ("replications", -5, "replications: got -5; allowed is 1 to 400"),
        ("replications", 0, "replications: got 0"),
        ("replications", 1_000_000_000, "allowed is 1 to 400"),
        ("styles", ["\ud800"], "did not understand"),
        ("styles", ["democratic", "democratic"], "given twice"),
        ("metric", "\ud800", "did not understand"),
        ("metric", "happiness", "unknown metric"),
    ],
)
def test_what_is_not_allowed_is_refused_and_changes_nothing(controller, kind, value, expected):
    before = controller.now
    controller.change({"kind": kind, "value": value, "final": True, "ask": 1})
    assert expected in answered(controller, 1).problem
    assert controller.now == before
    controller.change({**URGENT, "ask": 2})
    shown = answered(controller, 2)
    assert not shown.problem
    assert shown.answer.job.scenario.market.urgency == 0.9


@pytest.mark.parametrize(
    "message", [{**URGENT, "id": "9" * 5000}, {**URGENT, "id": "1-" + "9" * 5000}, None, [], "x", {}]
)
def test_messages_that_mean_nothing_are_survived(controller, message):
    controller.change(message)
    controller.act(message)
    controller.act({"kind": "scenario", "name": "\ud800"})
    controller.act({"kind": "visit", "query": "\ud800"})
    controller.act({"kind": "open", "name": "\ud800", "text": "\ud800"})
    assert "not text in UTF-8" in controller.notes.value[0]
    controller.change({**URGENT, "ask": 2})
    assert answered(controller, 2).answer.job.scenario.market.urgency == 0.9


def test_a_fault_of_the_app_is_said_and_the_next_question_answered(controller, monkeypatch, caplog):
    with monkeypatch.context() as faulty:
        faulty.setattr(under_test, "prepared_both", lambda setting: 1 / 0)
        controller.change({**URGENT, "ask": 1})
        assert answered(controller, 1).problem == WENT_WRONG
    assert "ZeroDivisionError" in caplog.text
    controller.change({**URGENT, "values": [0.8], "ask": 2})
    assert answered(controller, 2).answer.job.scenario.market.urgency == 0.8


def test_what_is_saved_has_the_weeks_and_the_seed_that_are_run(controller):
    controller.change({"kind": "seed", "value": 7, "final": True, "ask": 1})
    controller.act({"kind": "save"})
    run = tomllib.loads(controller.file.value["text"])["run"]
    assert (run["weeks"], run["seed"]) == (20, 7)


def test_the_command_has_as_many_replications_as_the_page():
    """What is pinned may be a larger company, which cannot be run as often."""
    setting = Setting("several-teams")
    names = [team.name for team in setting.starting.teams]
    setting = Setting("several-teams", changes={f"teams.{name}.size": 2 for name in names}, replications=400, weeks=208)
    job, before = prepared_both(setting)
    assert job.replications == before.replications < 400
    assert f"--replications {job.replications} " in as_command(setting)
