"""`teamsim scenarios`, `styles`, `practices`, `parameters`, `metrics`: list and explain; `new` and `check`."""

import json

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.model.metrics import METRIC_NAMES
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.parameters import PARAMETERS
from sim.scenario.practices import practices
from sim.scenario.styles import builtin_styles

OWN_STYLES = """
extends = "everyday"
[styles.founder]
description = "Tells, then asks."
schedule = [
  { style = "autocratic" },
  { style = "situational", from_week = 10, until_week = 40 },
  { style = "democratic", when = "competence >= 0.7" },
  { style = "servant", when = "strain < 0.2" },
]
[[events]]
event = "growth"
week = 9
people = 2
note = "two more [soon]"
[parameters]
diagnosis_error = 0.2
"""


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "mine.toml").write_text(OWN_STYLES)


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def data(*arguments):
    return json.loads(run(*arguments, "--json").stdout, parse_constant=pytest.fail)


def words(*arguments):
    printed = run(*arguments).stdout
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= 80
    return " ".join(printed.split())


def test_practices():
    listed = data("practices")
    assert [entry["name"] for entry in listed] == list(practices())
    for name in practices():
        assert name in words("practices")
    assert "hours a week" in words("practices", "recognition")
    assert data("practices", "recognition")["acts"]
    assert 'did you mean "recognition"?' in run("practices", "recogniton", status=2).stderr


def test_scenarios():
    assert [entry["name"] for entry in data("scenarios")] == list(scenario_names())
    printed = words("scenarios")
    for name in scenario_names():
        assert " ".join(load_scenario(name).question.split()) in printed


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_can_be_explained(name):
    found = load_scenario(name)
    assert data("scenarios", name)["title"] == found.title
    printed = run("scenarios", name).stdout
    assert printed.startswith(f"{name}: {found.title}")
    assert printed.count("week ") >= len(found.events)


def test_a_scenario_of_ones_own():
    printed = words("scenarios", "./mine.toml")
    assert "founder Tells, then asks." in printed
    assert "week 9 growth people 2 (two more [soon])" in printed
    assert "diagnosis_error 0.2" in printed


def test_styles():
    assert [entry["name"] for entry in data("styles")] == list(builtin_styles())
    assert "autocratic Decides alone" in words("styles")


@pytest.mark.parametrize("name", builtin_styles())
def test_every_style_shows_its_behaviour(name):
    stages = data("styles", name)["stages"]
    assert all(tuple(stage[level]) == BEHAVIOURS for stage in stages for level in ("d1", "d2", "d3", "d4"))
    printed = words("styles", name)
    for behaviour in BEHAVIOURS:
        assert behaviour in printed


def test_a_style_that_differs_by_person_shows_four_columns():
    assert "D1 D2 D3 D4" in words("styles", "situational")
    assert "everybody" in words("styles", "agile")


def test_a_scenarios_own_styles():
    assert "founder Tells, then asks." in words("styles", "--scenario", "mine.toml")
    printed = words("styles", "founder", "--scenario", "mine.toml")
    assert "from week 10 to week 40" in printed
    assert "from week 1, when competence is at least 0.7" in printed
    assert "from week 1, when strain is below 0.2" in printed
    assert len(data("styles", "founder", "--scenario", "mine.toml")["stages"]) == 4


def test_parameters():
    assert [entry["name"] for entry in data("parameters")] == [parameter.name for parameter in PARAMETERS]
    assert set(data("parameters", "diagnosis_error")) == {
        "name", "symbol", "default", "low", "high", "unit", "label", "meaning", "source", "floor", "ceiling",
        "group", "why",
    }  # fmt: skip
    printed = words("parameters")
    assert all(parameter.name in printed for parameter in PARAMETERS)
    assert "source assumed" in words("parameters", "hours_per_decision")


def test_metrics():
    assert [entry["name"] for entry in data("metrics")] == list(METRIC_NAMES)
    assert "wanted lower is better" in words("metrics", "turnover")
    assert "no; it is in --csv and --parquet" in words("metrics", "strain")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("scenarios", "everday"), 'did you mean "everyday"'),
        (("styles", "agil"), 'unknown style "agil"; did you mean "agile"?'),
        (("styles", "founder"), 'unknown style "founder"'),
        (("parameters", "diagnosis_eror"), 'did you mean "diagnosis_error"'),
        (("metrics", "moral"), 'did you mean "morale"'),
    ],
)
def test_unknown_names_get_the_nearest(arguments, expected):
    result = run(*arguments, status=2)
    assert expected in result.stderr
    assert result.stdout == ""


def test_new_makes_a_file_that_is_in_order(tmp_path):
    assert "Made own.toml" in run("new", "own.toml", "--from", "crisis").stdout
    assert load_scenario(tmp_path / "own.toml").title == load_scenario("crisis").title
    assert "own.toml: in order" in run("check", "own.toml", "crisis").stdout


def test_new_replaces_nothing_unasked(tmp_path):
    before = (tmp_path / "mine.toml").read_text()
    assert "exists already" in run("new", "mine.toml", status=2).stderr
    assert (tmp_path / "mine.toml").read_text() == before
    run("new", "mine.toml", "--force")
    assert (tmp_path / "mine.toml").read_text() != before


def test_check_looks_at_every_file(tmp_path):
    (tmp_path / "broken.toml").write_text("title = ")
    result = run("check", "broken.toml", "mine.toml", "nope.toml", status=2)
    assert "mine.toml: in order" in result.stdout
    assert result.stderr.count("Error: ") == 2
    assert "broken.toml" in result.stderr
    assert "nope.toml" in result.stderr
