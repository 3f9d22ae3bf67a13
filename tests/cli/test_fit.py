"""`teamsim fit`: what it prints and writes; the file is a scenario for the other commands, with nobody in it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.app.compare.setting import own_scenario
from sim.scenario import load_scenario

NAMES = ("Ada Aber", "Ben Brook", "Cleo Cole", "Dan Dorn", "Eve Eke")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    rows = "".join(f"{name},clerk,{place},3,{place}\n" for place, name in enumerate(NAMES, 1))
    Path("team.csv").write_text(f"name,role,tenure_years,competence_1_5,commitment_1_5\n{rows}")
    months = [f"2025-{month:02},5,{int(month == 5)},{3.4 + 0.05 * (month % 3)}" for month in range(1, 13)]
    Path("history.csv").write_text("\n".join(["month,headcount,left,satisfaction_1_5", *months]))


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def fit(*arguments, status=0):
    return run("fit", "everyday", "--roster", "team.csv", "--history", "history.csv", "--worlds", "60",
               *arguments, status=status)  # fmt: skip


def test_it_says_what_it_understood_and_would_have_foreseen():
    said = fit().stdout
    assert "history.csv: 12 months, 2025-01 to 2025-12" in said
    assert "satisfaction_1_5: on average 3.45 on 1 to 5, taken as morale" in said
    assert "Backtest: fitted without the last 4 periods" in said
    assert "of equal weight. That is few" in said
    assert "your turnover" in said.lower()
    assert sorted(path.name for path in Path().iterdir()) == ["history.csv", "team.csv"]


def test_the_file_is_a_scenario_with_nobody_in_it(tmp_path):
    Path("out").mkdir()
    fit("--out", "out/firm.toml")
    text = Path("out/firm.toml").read_text()
    assert not [name for name in NAMES if name.split()[0] in text]
    assert 'roster = "../team.csv"' in text
    scenario = load_scenario("out/firm.toml")
    assert [person.name for person in scenario.employees.people] == list(NAMES)
    assert "out/firm.toml: in order" in run("check", "out/firm.toml").stdout
    two = ("--style", "agile", "--style", "S1")
    found = run("compare", "out/firm.toml", "--uncertainty", "--worlds", "2", *two, "--weeks", "4", "--json")
    assert json.loads(found.stdout)["scenario"] == "firm"
    said = run("compare", "out/firm.toml", "--replications", "2", "--style", "agile", "--weeks", "4").stdout
    assert "come from the worlds that go with history.csv (12 months, 2025-01 to 2025-12): of 60 worlds" in said


def test_a_whole_file_opens_in_the_browser_and_names_nobody():
    fit("--out", "firm.toml", "--whole")
    text = Path("firm.toml").read_text()
    assert not [name for name in NAMES if name.split()[0] in text]
    assert own_scenario(text, "firm").fitted is not None


def test_json_and_nothing_else():
    record = json.loads(fit("--json").stdout)
    assert record["worlds"] == 60
    assert {one["column"] for one in record["backtest"]} == {"left", "satisfaction_1_5"}
    assert {one["path"] for one in record["learnt"]} >= {"company.conditions", "quit_base"}


def test_bad_input_is_refused_before_anything_is_run():
    fit("--out", "firm.json", status=2)
    fit("--out", "team.csv", status=2)
    said = run("fit", "everyday", "--history", "nowhere.csv", status=2).stderr
    assert "nowhere.csv: no such file. Give the path of a history: .csv" in said
    said = run("fit", "everyday", "--history", "team.csv", status=2).stderr
    assert "no headings of a history" in said
    assert "looks like a list of people, of whom teamsim roster import makes a history" in said
    wrong = run("fit", "everyday", "--history", "history.csv", status=2).stderr
    assert "ends with 5 people after 2025-12, but An everyday business of twelve begins with 12" in wrong
    Path("firm.toml").write_text("x = 1")
    assert "exists already; nothing was done" in fit("--out", "firm.toml", status=2).stderr
