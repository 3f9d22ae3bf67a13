"""The report from the app: the same as on the command line, one at a time, and never the end of a visit."""

import base64
import json
import threading
import time
from dataclasses import replace
from functools import partial

import pytest

import sim
from sim.analysis.futures import futures
from sim.app.compare import reporting
from sim.app.compare.controller import Controller
from sim.app.compare.reporting import Progress, Reporter, Unwanted, forms, report_of
from sim.app.compare.setting import Setting
from sim.scenario.problems import InputError

SMALL = Setting(styles=("autocratic", "democratic"), replications=25, weeks=26, changes={"market.urgency": 0.8})


def finished(reporter):
    """Wait until the report is there, or something is wrong."""
    for _ in range(600):
        if reporter.progress.value.percent is None:
            return reporter.progress.value
        time.sleep(0.05)
    raise AssertionError("the report did not come to an end")


def test_a_report_is_that_of_the_changed_scenario_and_says_how_to_make_it_again(monkeypatch):
    """Few futures and no pictures: this is about what goes in and out."""
    monkeypatch.setattr("sim.view.report.runs.futures", partial(futures, sets=5))
    monkeypatch.setattr("sim.analysis.practice_effects.REPLICATIONS", 3)
    monkeypatch.setattr("sim.view.report.html.svg_of", lambda *_: "<svg></svg>")
    seen = []
    page = report_of(SMALL, ".html", lambda done, total: seen.append(done / total)).decode()
    assert "teamsim report everyday.toml --replications 25 --seed 1 --styles autocratic --styles democratic" in page
    assert seen == sorted(seen)
    assert "26 weeks" in page


def test_a_page_begins_with_what_the_visitor_sees(monkeypatch):
    monkeypatch.setattr("sim.app.tab.make.program", lambda: "")
    setting = replace(SMALL, pinned={"leader.hours": 20.0}, metric="trust", baseline="autocratic", seed=5)
    made = report_of(setting, reporting.PAGE, lambda done, total: None).decode()
    start = json.loads(made.partition('"start":')[2].partition(',"trial"')[0])
    assert start == {
        "styles": ["autocratic", "democratic"], "metric": "trust", "baseline": "autocratic",
        "changes": {"market.urgency": 0.8}, "pinned": {"leader.hours": 20.0},
        "replications": 25, "weeks": 26, "seed": 5,
    }  # fmt: skip
    assert '"source":"everyday"' in made  # whose command needs no file


def test_a_scenario_as_it_was_shipped_is_named(tmp_path):
    assert reporting.source_of(sim.load_scenario("crisis"), tmp_path) == "crisis"


def test_a_visitor_gets_the_file_and_how_far_it_is(monkeypatch):
    monkeypatch.setattr(reporting, "report_of", lambda job, ending, progress: progress(1, 2) or b"made")
    controller = Controller()
    controller.report(".html")
    assert finished(controller.reporter).file == {
        "name": "everyday-report.html", "content": base64.b64encode(b"made").decode()
    }  # fmt: skip
    controller.close()


@pytest.mark.parametrize(
    ("error", "message", "logged"),
    [
        (InputError("too short."), "No report is possible: too short.", ""),
        (ValueError("a fault"), "Nothing else was lost", "ValueError: a fault"),
    ],
)
def test_what_goes_wrong_is_said_and_another_can_be_made(monkeypatch, caplog, error, message, logged):
    def fails(job, ending, progress):
        raise error

    monkeypatch.setattr(reporting, "report_of", fails)
    reporter = Reporter()
    reporter.make(SMALL, ".html")
    assert message in finished(reporter).problem
    assert logged in caplog.text
    assert bool(caplog.records) == bool(logged)
    monkeypatch.setattr(reporting, "report_of", lambda *_: b"made")
    reporter.make(SMALL, ".html")
    assert finished(reporter).file


def test_only_one_is_made_at_a_time_and_none_for_who_has_left(monkeypatch):
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slow(job, ending, progress):
        begun.set()
        go_on.wait(20)
        try:
            progress(1, 2)
        except Unwanted:
            made.append("stopped")
            raise
        made.append(ending)
        return b"made"

    monkeypatch.setattr(reporting, "report_of", slow)
    one, other = Reporter(), Reporter()
    one.make(SMALL, ".html")
    assert begun.wait(20)
    one.make(SMALL, ".html")  # is already at it
    other.make(SMALL, ".html")
    assert other.progress.value == Progress(percent=0)
    one.close()
    go_on.set()
    assert finished(other).file
    assert made == ["stopped", ".html"]


@pytest.mark.parametrize("ending", [".exe", None, 3, {"a": 1}, "../x.html"])
def test_a_form_that_there_is_not_is_not_made(ending):
    controller = Controller()
    controller.report(ending)
    assert controller.reporter.progress.value == Progress()
    controller.close()


def test_forms_that_need_more_packages_are_offered_only_with_them(monkeypatch):
    monkeypatch.setattr(reporting, "find_spec", lambda name: None)
    assert list(forms()) == [".html", reporting.PAGE]
