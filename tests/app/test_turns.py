"""Where many visitors ask at once, each gets an answer from the first replications before anybody gets the rest."""

import threading
import time
from dataclasses import replace

import pytest

from sim.app.compare import answer as answering
from sim.app.compare.answer import Answerer
from sim.app.compare.runs import KEPT
from sim.app.compare.setting import Setting, prepared
from sim.app.compute import Newest, Turns, turns

PATIENCE = 60


@pytest.fixture
def forgetful(monkeypatch):
    """Nothing is kept of what other tests have asked, and there are turns of our own."""
    KEPT.clear()
    ours = Turns(2)
    monkeypatch.setattr(answering, "turns", lambda: ours)
    return ours


CHANGED = Setting(replications=50, changes={"market.urgency": 0.9})


@pytest.mark.parametrize("setting", [CHANGED, CHANGED.before])
def test_where_many_ask_the_first_replications_come_first(forgetful, setting):
    job, before = prepared(setting), prepared(setting.before)
    with forgetful.asked() as one, forgetful.asked() as two:
        assert not one
        assert not two
        first, whole = Answerer().answers(job, before, lambda: False)
    few = replace(setting, replications=25)
    assert "first 25 of 50 replications" in first.so_far
    assert whole.so_far == ""
    for found, asked in ((first, few), (whole, setting)):
        KEPT.clear()
        alone = Answerer().answer(prepared(asked), prepared(asked.before), lambda: False)
        assert alone is not None
        assert found._replace(job=alone.job, so_far="") == alone
    assert first.job == whole.job == job


def test_a_visitor_alone_gets_one_answer_and_so_do_many_who_ask_what_is_known(forgetful):
    job, before = prepared(CHANGED), prepared(CHANGED.before)
    (alone,) = Answerer().answers(job, before, lambda: False)
    with forgetful.asked(), forgetful.asked():
        (known,) = Answerer().answers(job, before, lambda: False)
    assert alone == known


def test_no_rest_follows_once_something_else_was_asked(forgetful):
    left: list[int] = []
    with forgetful.asked(), forgetful.asked():
        answers = Answerer().answers(prepared(CHANGED), prepared(CHANGED.before), lambda: bool(left))
        assert next(answers).so_far
        left.append(1)
        assert list(answers) == []


def test_the_rest_waits_for_first_answers_and_for_other_rests():
    turns, done, left = Turns(1), [], threading.Event()

    def rest(name, stopped=lambda: False):
        with turns.rest(stopped):
            done.append(name)

    def begin(*given):
        thread = threading.Thread(target=rest, args=given)
        thread.start()
        return thread

    with turns.first():
        waiting = begin("one")
        waiting.join(0.05)
        assert waiting.is_alive()
        assert done == []
        leaving = begin("two", left.is_set)
        left.set()
        turns.look()
        leaving.join(PATIENCE)
        assert done == ["two"]
    waiting.join(PATIENCE)
    assert done == ["two", "one"]
    with turns.rest(lambda: False):
        third = begin("three")
        third.join(0.05)
        assert third.is_alive()
    third.join(PATIENCE)
    assert done[-1] == "three"


def test_who_asks_anew_does_not_wait_for_the_rest_of_the_old():
    seen, newest = [], None

    def answered(question, stopped):
        with turns().rest(stopped):
            seen.append(question)

    with turns().first():
        newest = Newest(answered)
        newest.ask("old")
        time.sleep(0.05)
        assert seen == []
        newest.ask("new")
        _wait(lambda: seen == ["old"])
    _wait(lambda: seen == ["old", "new"])
    newest.close()


def _wait(happened):
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)
