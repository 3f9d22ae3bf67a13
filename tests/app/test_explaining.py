"""Why a difference is as it is, on the page Compare: in the background, and only as long as it is asked."""

import math
import threading
import time
from dataclasses import replace

import pytest

from sim.app.compare import explaining
from sim.app.compare.asking import Asked, events_asked_about, subjects
from sim.app.compare.controller import Controller
from sim.app.compare.explaining import Explainer, Told, why
from sim.app.compare.reasons import as_plain
from sim.app.compare.setting import Setting, prepared
from sim.model.mechanisms import NAMES
from sim.scenario.problems import InputError
from tests.view.made_up_why import answer

MORALE = Asked("style", "morale", "autocratic")

SMALL = Setting(styles=("autocratic", "democratic"), baseline="democratic", replications=10, weeks=8)


def finished(explainer):
    for _ in range(6000):
        if explainer.told.value.percent is None:
            return explainer.told.value
        time.sleep(0.05)
    raise AssertionError("there was no answer")


def test_it_says_what_goes_through_each_mechanism():
    seen = []
    found = why(prepared(SMALL), MORALE, None, lambda done, total: seen.append(done / total))
    assert found is not None
    assert len(found["bars"]) == len(NAMES) + 1
    assert found["bars"][-1]["label"] == "Directly"
    assert found["title"] == "Morale: why autocratic differs from democratic"
    for bar in found["bars"]:
        assert 0 <= bar["left"] <= bar["left"] + bar["width"] <= 100.1
    assert "weeks 1 to 8" in found["course"]["says"]
    diagram = found["diagram"]
    assert {"How leaders behave", "Morale"} <= {" ".join(box["lines"]) for box in diagram["boxes"]}
    assert any(line["target"] == "metric" for line in diagram["lines"])
    assert " to Morale" in diagram["says"]
    assert seen == sorted(seen)
    assert seen[-1] == 1


@pytest.mark.parametrize("weeks", [9, 104, 1040])
def test_the_course_stands_within_its_picture_and_its_columns_add_up(weeks):
    ds = answer({"people": -2.4, "learning": -1.3, "guidance": 0.9}, direct=0.5, weeks=weeks)
    course = as_plain(ds, "output")["course"]
    quarters = math.ceil(weeks / 13)
    assert len(course["line"].split()) == quarters
    assert 1 <= len(course["weeks"]) <= 16
    assert course["bar"] > 0
    by_column: dict[float, list[float]] = {}
    for piece in course["pieces"]:
        assert 0 <= piece["y"] <= piece["y"] + piece["height"] <= course["height"] + 0.2
        assert 0 <= piece["x"] <= piece["x"] + course["bar"] <= course["width"] + 0.2
        down = piece["y"] >= course["zero"] - 0.06
        by_column.setdefault(piece["x"], []).append(-piece["height"] if down else piece["height"])
    assert len(by_column) == quarters
    for column, point in zip(by_column.values(), course["line"].split(), strict=True):
        assert course["zero"] - sum(column) == pytest.approx(float(point.split(",")[1]), abs=0.6)


CRISIS = Setting(scenario="crisis", styles=("autocratic", "democratic"), replications=6, weeks=34)


def test_what_an_event_does_is_told_of_its_weeks():
    job = prepared(CRISIS)
    (what,) = [name for name, _ in events_asked_about(job)]
    found = why(job, Asked(what, "morale", "democratic"))
    assert found is not None
    assert found["title"] == "Morale in weeks 27 to 34: what “crisis” in week 27 does under democratic"
    assert "under democratic with “crisis” in week 27 than under democratic without it: " in found["sentence"]
    assert "how leaders behave" not in found["sentence"]
    boxes = [" ".join(box["lines"]) for box in found["diagram"]["boxes"]]
    assert "Crisis" in boxes
    assert "How leaders behave" not in boxes


def test_what_a_change_does_is_told_and_more_people_are_no_change_that_can_be():
    changed = replace(CRISIS, changes={"market.urgency": 0.9})
    found = why(prepared(changed), Asked("change", "output", "autocratic"), CRISIS.starting)
    assert found is not None
    assert found["title"] == "Output in weeks 27 to 34: what your change does under autocratic"
    assert any(line["source"] == "leading" for line in found["diagram"]["lines"])
    larger = prepared(replace(CRISIS, changes={"teams.Team.size": 15.0}))
    with pytest.raises(InputError, match="more or fewer people"):
        why(larger, Asked("change", "output", "autocratic"), CRISIS.starting)
    kinds = [one["value"] for one in subjects(prepared(changed), CRISIS.starting)]
    assert kinds == ["style", "change", "event:0"]
    assert [one["value"] for one in subjects(prepared(replace(CRISIS, styles=("servant",))), None)] == ["event:0"]


def test_what_is_no_difference_cannot_be_explained():
    with pytest.raises(InputError, match="also the baseline"):
        why(prepared(SMALL), Asked("style", "morale", "democratic"))


def test_the_newest_question_is_answered_and_what_is_asked_no_more_is_dropped(monkeypatch):
    goes_on, given_up = threading.Event(), threading.Event()

    def slow(job, asked, before, progress, stopped):
        progress(1, 4)
        goes_on.wait(10)
        if stopped():
            given_up.set()
            return None
        return {"title": asked.metric}

    monkeypatch.setattr(explaining, "why", slow)
    explainer = Explainer()
    explainer.ask(prepared(SMALL), MORALE)
    explainer.ask(prepared(SMALL), MORALE._replace(metric="output"))
    goes_on.set()
    assert finished(explainer) == Told(MORALE._replace(metric="output"), found={"title": "output"})
    assert given_up.wait(10)
    explainer.forget()
    assert explainer.told.value == Told()


def test_an_error_is_told_and_the_visit_goes_on(monkeypatch, caplog):
    def fails(*_):
        raise RuntimeError("odd")

    monkeypatch.setattr(explaining, "why", fails)
    explainer = Explainer()
    explainer.ask(prepared(SMALL), MORALE)
    assert finished(explainer).problem == explaining.FAILED
    assert "odd" in caplog.text


def test_a_browser_that_asks_nonsense_gets_nothing():
    controller = Controller()
    for message in (None, {"kind": "why"}, {"kind": "why", "metric": "moral", "style": 3}, {"kind": "close"}):
        controller.why(message)
        assert controller.explainer.told.value == Told()
    controller.close()
