"""`teamsim export`: a page in one file, and what is refused before anything is written."""

import re

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.scenario.load import load_scenario

ROSTER = "name,role,competence,commitment,tenure\n" + "".join(f"P{i},fitter,0.5,0.6,40\n" for i in range(5))


def export(*words: object):
    return CliRunner().invoke(cli.app, ["export", *map(str, words)])


def test_a_page_of_ones_own_people_has_no_names(tmp_path):
    (tmp_path / "people.csv").write_text(ROSTER.replace("P3", "Oleander"), encoding="utf-8")
    (tmp_path / "mine.toml").write_text('extends = "everyday"\n', encoding="utf-8")
    done = export(
        tmp_path / "mine.toml", "--out", tmp_path / "team.html", "--roster", tmp_path / "people.csv", "--style", "agile"
    )
    assert done.exit_code == 0, done.output
    assert re.search(r"5 people, one by one, without their names.*Saved .*team\.html", done.output, re.DOTALL)
    text = (tmp_path / "team.html").read_text(encoding="utf-8")
    assert "Oleander" not in text
    assert load_scenario("everyday").question in text
    # Names of folders may name a client.
    assert str(tmp_path) not in text
    assert "this command: teamsim export mine.toml --styles agile --roster people.csv --out team.html." in text
    assert '"source":"mine.toml","roster":"people.csv"' in text


def test_a_lesson_has_its_questions_and_not_their_results(tmp_path):
    done = export("crisis", "--lesson", "crisis", "--out", tmp_path / "lesson.html")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "lesson.html").read_text(encoding="utf-8")
    assert "Under which style is output highest during the crisis?" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["everyday"], "no place to write to. For a page: --out page.html"),
        (["everyday", "--style", "agile"], "--styles is for a page"),
        (["everyday", "--why"], "--why is for a page"),
        (["everyday", "--out", "team.txt"], 'got ".txt", allowed are .html'),
        (["everyday", "folder", "--out", "team.html"], "--out writes a page"),
        (["everyday", "--out", "team.html", "--language", "xx"], 'unknown language "xx". Known: en'),
        (["nobody", "--out", "team.html"], 'unknown scenario "nobody"'),
        (["--lesson", "cricis", "--out", "team.html"], 'unknown lesson "cricis"'),
        (["startup", "--lesson", "crisis", "--out", "team.html"], 'scenario of its own (crisis); got "startup"'),
        (["--lesson", "crisis", "--out", "team.html", "--set", "market.urgency=0.4"], "--set would not reach them"),
        (["--lesson", "crisis", "--out", "team.html", "--roster", "people.csv"], "--roster would not reach them"),
        (["everyday", "--out", "team.html", "--styles", ""], '--styles: got "", which names nothing'),
        (["everyday", "--out", "team.html", "--controls", " ,"], '--controls: got " ,", which names nothing'),
        (["everyday", "--out", "team.html", "--control", "market.urgenzy"], 'unknown control "market.urgenzy"'),
    ],
)
def test_what_cannot_be_done_is_one_error(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = export(*words)
    assert done.exit_code == 2
    assert said in done.output
    assert list(tmp_path.iterdir()) == []
