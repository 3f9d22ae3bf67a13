"""What is computed for a visitor: the same as `sim.compare` gives, the newest question first, and no other."""

import threading
import time

import numpy as np
import pytest

import sim
from sim.analysis.summary import run_values, weekly_means
from sim.app.compare.answer import Answerer
from sim.app.compare.runs import Kept, results_of, weeks_per_point
from sim.app.compare.setting import Setting, prepared
from sim.app.compute import Newest, run
from sim.scenario.load import scenario_names

PATIENCE = 60


@pytest.mark.parametrize("name", ["everyday", "several-teams", "growth"])
def test_a_run_gives_the_same_bits_as_the_engine(name):
    job = prepared(Setting(scenario=name, replications=25))
    found = run(job, ("morale", "output"))
    assert found is not None
    expected = sim.compare(
        job.scenario, styles=job.styles, replications=job.replications, weeks=job.weeks, seed=job.seed
    )
    again = run(job, ("morale", "output"))  # on the luck that was kept
    assert again is not None
    for place, metric in enumerate(("morale", "output")):
        np.testing.assert_array_equal(found[place], expected[metric].to_numpy())
        np.testing.assert_array_equal(again[place], expected[metric].to_numpy())


def test_a_run_that_is_not_wanted_any_more_stops():
    asked = []

    def stopped():
        asked.append(1)
        return len(asked) > 5

    assert run(prepared(Setting(replications=400)), ("morale",), stopped) is None
    assert len(asked) < 60


def test_only_the_newest_question_is_answered_after_the_one_under_way():
    begun, released, answered = threading.Event(), threading.Event(), []

    def answer(question, stopped):
        begun.set()
        released.wait(PATIENCE)
        answered.append((question, stopped()))

    newest: Newest[int] = Newest(answer)
    newest.ask(0)
    assert begun.wait(PATIENCE)
    for question in range(1, 50):
        newest.ask(question)
    released.set()
    _wait(lambda: len(answered) == 2)
    assert answered == [(0, True), (49, False)]
    newest.close()


def test_who_leaves_is_not_computed_for():
    begun, seen = threading.Event(), []

    def answer(question, stopped):
        begun.set()
        _wait(stopped)
        seen.append(stopped())

    newest: Newest[int] = Newest(answer)
    newest.ask(0)
    assert begun.wait(PATIENCE)
    newest.close()
    _wait(lambda: seen == [True])


@pytest.mark.parametrize("metric", ["turnover", "decision_delay"])  # by the quarter, and with weeks without a value
def test_what_is_kept_has_the_bits_of_the_tables(metric):
    job = prepared(Setting(scenario="growth", metric=metric, replications=25))
    ran = results_of(job, lambda: False)
    assert ran is not None
    ds = sim.compare(job.scenario, styles=job.styles, replications=25, weeks=job.weeks, seed=job.seed)
    np.testing.assert_array_equal(ran.values, run_values(ds, ran.metrics))
    for name, course in ran.weekly.items():
        table = weekly_means(ds, [name], weeks_per_point(name, job.weeks))
        for found, column in zip(course, ("mean", "low", "high"), strict=True):
            np.testing.assert_array_equal(found.ravel(), table[column])


def test_an_answer_says_what_changed_and_what_did_not():
    setting = Setting(replications=50, changes={"market.urgency": 1.0}, styles=("democratic", "autocratic"))
    job, before = prepared(setting), prepared(setting.before)
    answerer = Answerer()
    answer = answerer.answer(job, before, lambda: False)
    assert answer is not None
    assert answer.through_change
    assert all(line["before"] for course in answer.courses for line in course["lines"])
    same = answerer.answer(before, before, lambda: False)
    assert same is not None
    assert same.through_change == ""
    assert not any(line["before"] for course in same.courses for line in course["lines"])


def test_a_change_without_an_effect_is_admitted():
    setting = Setting(replications=50, changes={"market.urgency": 0.3000001}, styles=("democratic", "autocratic"))
    answer = Answerer().answer(prepared(setting), prepared(setting.before), lambda: False)
    assert answer is not None
    assert "no noticeable difference" in answer.through_change


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_is_answered(name):
    job = prepared(Setting(scenario=name, replications=25, metric="decision_delay", weeks=160))
    answer = Answerer().answer(job, job, lambda: False)
    assert answer is not None
    for course in answer.courses:
        assert len(course["x"]) == len(course["lines"][0]["mean"]) <= 104
        assert course["x"][-1] == 160
        for line in course["lines"]:
            for low, mean, high in zip(line["low"], line["mean"], line["high"], strict=True):
                assert (low is None) == (mean is None)
                assert mean is None or low <= mean <= high
    assert {point["name"] for point in answer.trade_off["points"]} == set(job.styles)


def _wait(happened):
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_what_was_asked_last_is_kept_and_no_more_than_that():
    kept = Kept(2)
    for name in "ab":
        kept.put(name, f"answer to {name}")  # type: ignore[arg-type]
    assert kept.get("a") == "answer to a"  # type: ignore[comparison-overlap]
    kept.put("c", "answer to c")  # type: ignore[arg-type]
    assert [kept.get(name) for name in "abc"] == ["answer to a", None, "answer to c"]  # type: ignore[comparison-overlap]


def test_who_asks_the_same_gets_the_same_answer():
    job = prepared(Setting(changes={"market.urgency": 0.77}, replications=25))
    before = prepared(Setting(replications=25))
    one, other = (Answerer().answer(job, before, lambda: False) for _ in range(2))
    assert one is not None
    assert one == other
