"""`teamsim interview`: asks, goes on where it was stopped, and overwrites nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.scenario import load_scenario
from sim.scenario.interview import QUESTIONS

TITLE, SIZE, *REST = QUESTIONS


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(*arguments, answers="", status=0):
    result = CliRunner().invoke(cli.app, ["interview", *arguments], input=answers)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def test_answers_from_a_pipe_make_a_scenario():
    result = run("mine.toml", answers="Bakers\n10-14\n" + "\n" * len(REST))
    assert "Made mine.toml" in result.stdout
    assert [
        word for word in ("The business", "Work and market", "How the leader leads", "Money") if word in result.stderr
    ]
    scenario = load_scenario("mine.toml")
    assert (scenario.title, scenario.teams[0].size) == ("Bakers", 12)
    assert scenario.uncertain == {"teams.Team.size": (10, 14)}
    assert not Path("mine.draft.toml").exists()


def test_answers_from_a_file_make_the_same_scenario():
    run("piped.toml", answers="Bakers\n10-14\n" + "\n" * len(REST))
    Path("answers.toml").write_text('title = "Bakers"\nsize = "10-14"\n')
    run("filed.toml", "--answers", "answers.toml")
    assert load_scenario("filed.toml") == load_scenario("piped.toml").model_copy(update={"name": "filed"})


def test_the_last_year_is_held_against_the_model():
    Path("answers.toml").write_text('left = "2"\nsatisfaction = "3"\ntrend = "-2"\n')
    said = run("mine.toml", "--answers", "answers.toml").stdout
    assert "Who leaves: about " in said
    assert "a year in the model; you said 2." in said
    assert "Satisfaction: " in said
    assert "you said -2%." in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('sise = "3"\n', 'sise: no question is called so; did you mean "size"?'),
        ('size = "3', "not valid TOML"),
        (None, "no such file. A file of answers has lines such as"),
    ],
)
def test_a_file_of_answers_that_is_none_is_explained(text, says):
    if text:
        Path("answers.toml").write_text(text)
    assert says in run("mine.toml", "--answers", "answers.toml", status=2).stderr
    assert not Path("mine.toml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_at_a_terminal_one_is_asked_again_and_ctrl_c_keeps_what_was_answered():
    ours, theirs = os.openpty()
    line = [sys.executable, "-m", "sim.cli", "interview", "mine.toml"]
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    asking = subprocess.Popen(line, stdin=theirs, stderr=subprocess.PIPE, text=True, env=environment)
    assert asking.stderr is not None
    written = ""
    for answer, expected in (
        ("Bakers", TITLE.words),
        ("many", SIZE.words),
        ("10-14", "allowed is a whole number from 2"),
    ):
        while expected not in written:
            written += asking.stderr.read(1)
        os.write(ours, f"{answer}\n".encode())
    while REST[0].words not in written:
        written += asking.stderr.read(1)
    asking.send_signal(signal.SIGINT)
    assert "2 answers are kept in mine.draft.toml" in asking.stderr.read()
    assert asking.wait() == 130
    asking.stderr.close()
    os.close(ours)
    os.close(theirs)
    assert not Path("mine.toml").exists()
    went_on = run("mine.toml", answers="\n" * len(REST))
    assert "Going on after 2 answers" in went_on.stderr
    assert load_scenario("mine.toml").uncertain == {"teams.Team.size": (10, 14)}
    assert not Path("mine.draft.toml").exists()


def test_a_pipe_that_ends_too_soon_or_says_nonsense_keeps_the_answers_before():
    written = run("mine.toml", answers="Bakers\n", status=2).stderr
    assert "the answers end before the question size; 1 answer is kept in mine.draft.toml" in written
    assert "size: got" in run("mine.toml", answers="many\n", status=2).stderr
    run("mine.toml", answers="9\n" + "\n" * len(REST))
    assert load_scenario("mine.toml").teams[0].size == 9


def test_one_can_go_back():
    run("mine.toml", answers="Bakers\n9\nback\n10\n" + "\n" * len(REST))
    assert load_scenario("mine.toml").teams[0].size == 10


def test_nothing_is_overwritten_unasked():
    Path("mine.toml").write_text("mine")
    assert "mine.toml: exists already; nothing was asked" in run("mine.toml", status=2).stderr
    run("mine.toml", "--force", answers="\n" * len(QUESTIONS))
    assert load_scenario("mine.toml").title == TITLE.usual
