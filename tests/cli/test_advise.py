"""`teamsim advise`: what it prints and writes, and what it refuses before searching."""

import json
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.analysis import advice
from sim.analysis.advice.confirm import Beside
from sim.analysis.advice.plans import KEEP, LeadershipPlan
from sim.scenario import load_scenario
from sim.scenario.variants import with_roster, with_values
from tests.analysis.advice.small import EFFORT

SCENARIO = """title = "A test"
question = "Which way?"
[[teams]]
name = "Team"
size = 4
[leader]
style = "{style}"
[run]
weeks = 20
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(advice, "advise", partial(advice.advise, effort=EFFORT))
    (tmp_path / "mine.toml").write_text(SCENARIO.format(style="autocratic"))

    def run(*arguments, status=0):
        result = CliRunner().invoke(cli.app, ["advise", "mine.toml", "--trials", "10", *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return result

    return run


def certain(plan, low, high):
    """A small piece of advice, made to be sure of itself or not."""
    one = advice.advise("everyday", trials=1, effort=EFFORT)
    worlds = one.confirmation.worlds._replace(low=low, high=high)
    beside = dict.fromkeys(
        ("agile", "S4"), Beside(worlds._replace(low=0.1, high=0.3), worlds._replace(low=0.1, high=0.3))
    )
    return one._replace(plan=plan, confirmation=one.confirmation._replace(worlds=worlds, styles=beside))


def test_it_prints_advice_and_saves_a_scenario_that_runs(run, monkeypatch):
    change = certain(LeadershipPlan((("S1", 7), ("servant", 3))), 0.1, 0.3)
    monkeypatch.setattr(advice, "advise", lambda *_, **__: change)
    result = run("--out", "advised.toml")
    assert "Goal: output 50%, morale 50%" in result.stdout
    assert "Advice: lead like this: S1 70% and servant 30%." in result.stdout
    assert "Saved advised.toml" in result.stderr
    scenario = load_scenario("advised.toml")
    assert scenario.styles["advised"].description == "S1 70% and servant 30%."
    assert scenario.leader.style == "autocratic"  # as in the scenario that it is for
    assert 'extends = "./mine.toml"' in Path("advised.toml").read_text()
    again = run("--out", "advised.toml", status=2)
    assert "exists already" in again.stderr


def test_other_people_and_numbers_can_be_put_in(run, monkeypatch):
    Path("team.csv").write_text(
        "name,role,competence,commitment,tenure\n" + "".join(f"P{n},x,0.5,0.5,9\n" for n in range(5))
    )
    asked = Mock(return_value=certain(KEEP, 0.0, 0.0))
    monkeypatch.setattr(advice, "advise", asked)
    run("--roster", "team.csv", "--set", "money.price=2")
    scenario = asked.call_args.args[0]
    assert [scenario.teams[0].size, scenario.money.price] == [5, 2]


def test_no_person_stands_in_the_scenario_that_is_written(run, monkeypatch):
    rows = "".join(f"Ada Aber {n},welder,0.5,0.5,90\n" for n in range(5))
    Path("team.csv").write_text("name,role,competence,commitment,tenure\n" + rows)
    change = certain(LeadershipPlan((("S1", 10),)), 0.1, 0.3)
    people = with_values(with_roster(load_scenario("mine.toml"), "team.csv"), {"money.price": 2.0})
    monkeypatch.setattr(advice, "advise", lambda *_, **__: change._replace(scenario=people))
    run("--roster", "team.csv", "--set", "money.price=2", "--out", "advised.toml")
    text = Path("advised.toml").read_text()
    assert not [word for word in ("Ada", "welder", "competence = 0.5,") if word in text]
    advised = load_scenario("advised.toml")
    assert (len(advised.employees.people), advised.money.price) == (5, 2)
    assert "advised" in advised.styles
    assert "this is the scenario itself" in run("--out", "mine.toml", "--force", status=2).stderr


def test_json_is_one_document(run):
    record = json.loads(run("--json").stdout)
    assert record["tried"] == record["trials"] == 10
    assert set(record["metrics"]) >= {"morale", "output"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--goal", "outpt=1"], 'goal: unknown metric "outpt"'),
        (["--constraint", "morale>2%%"], "constraint: cannot read"),
        (["--out", "advised.csv"], "the ending says which kind of file"),
        (["--out", "mine.toml"], "mine.toml: exists already; nothing was done. Take another name, or use --force."),
        (["--constraint", "output>999"], "none of the"),
    ],
)
def test_what_cannot_be_done_is_one_message(run, arguments, says):
    result = run(*arguments, status=2)
    assert says in result.stderr
    assert result.stdout == ""


def test_where_the_advice_is_to_stay_nothing_is_written(run, monkeypatch):
    stay = certain(LeadershipPlan((("S1", 10),)), -0.1, 0.3)
    monkeypatch.setattr(advice, "advise", lambda *_, **__: stay)
    result = run("--out", "advised.toml")
    assert "Advice: stay as you are." in result.stdout
    assert "advised.toml was not written" in result.stderr


def test_without_optuna_it_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "optuna", None)
    result = run(status=2)
    assert "needs the package optuna, which is not installed." in result.stderr
    assert 'Install it with: pip install "teamsim[advice]"' in result.stderr
