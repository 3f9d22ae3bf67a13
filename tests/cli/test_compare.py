"""`teamsim compare`: what it asks of the model, what it prints, what it saves, and what it refuses before running."""

import csv
import json
import re

import pytest
from typer.testing import CliRunner

import sim
from sim import cli
from sim.results import load
from sim.scenario.load import load_scenario
from sim.scenario.styles import COMPARED
from tests.analysis.synthetic import make_results

ROSTER = "name,role,competence,commitment,tenure\n" + "".join(f"P{i},fitter,0.5,0.6,40\n" for i in range(5))


class FakeModel:
    """Stands in for `sim.compare`: remembers what it was asked for, and gives made-up results of that shape."""

    def __init__(self):
        self.asked = None

    def compare(self, scenario, styles, replications, weeks, seed, progress):
        self.asked = {
            "scenario": scenario,
            "styles": tuple(styles),
            "replications": replications,
            "weeks": weeks,
            "seed": seed,
        }
        facts = {"name": scenario.name, "title": scenario.title}
        return make_results(styles, min(replications, 12), weeks or 6, seed, scenario=facts)


@pytest.fixture
def model(monkeypatch, tmp_path):
    fake = FakeModel()
    monkeypatch.setattr(sim, "compare", fake.compare)
    monkeypatch.setattr("sim.model.engine.needs_compiling", lambda: False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return fake


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["compare", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def refused(model, *arguments):
    """The one message on stderr of a command that must not even start the model."""
    result = run(*arguments, status=2)
    assert model.asked is None
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.replace("│", " ").split())


def test_defaults_are_those_of_the_scenario(model):
    run()
    everyday = load_scenario("everyday")
    assert model.asked == {
        "scenario": everyday, "styles": COMPARED, "replications": everyday.run.replications, "weeks": None,
        "seed": everyday.run.seed,
    }  # fmt: skip


def test_every_option_reaches_the_model(model, tmp_path):
    (tmp_path / "team.csv").write_text(ROSTER)
    run(
        "routine", "--style", "agile", "--style", "S1", "--style", "agile", "--baseline", "servant",
        "--replications", "7", "--weeks", "3", "--seed", "0", "--roster", "team.csv",
        "--set", "diagnosis_error=0.2", "--set", "hours_support = 1",
    )  # fmt: skip
    asked = model.asked
    assert asked["styles"] == ("agile", "S1", "servant")
    assert (asked["replications"], asked["weeks"], asked["seed"]) == (7, 3, 0)
    assert [person.name for person in asked["scenario"].employees.people] == ["P0", "P1", "P2", "P3", "P4"]
    assert dict(asked["scenario"].parameters) == {"diagnosis_error": 0.2, "hours_support": 1.0}


def test_a_baseline_that_is_not_among_the_usual_styles_is_added(model):
    run("--baseline", "S3")
    assert model.asked["styles"] == ("S3", *COMPARED)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "democratic"),
        (("--style", "agile", "--style", "servant"), "agile"),
        (("several-teams",), "as-is"),
        (("--baseline", "mixed"), "mixed"),
    ],
)
def test_the_baseline_is_how_the_business_is_led_unless_said(model, arguments, expected):
    assert json.loads(run(*arguments, "--json").stdout)["baseline"] == expected


def test_it_prints_what_was_run_two_tables_and_a_sentence(model):
    printed = run("crisis", "--replications", "12").stdout
    assert printed.startswith("A crisis of eight weeks (crisis)\n6 weeks, 12 replications, seed 1\n")
    assert "Difference to democratic" in printed
    assert " ±" in printed
    assert re.search(r"\n\nCompared with democratic, [^.]*(\.\d[^.]*)*\.\n$", printed)
    assert "\x1b" not in printed


def test_json_is_all_there_is_on_stdout(model):
    result = run("--json", "--replications", "5")
    record = json.loads(result.stdout, parse_constant=pytest.fail)
    assert list(record) == ["scenario", "weeks", "replications", "seed", "baseline", "metrics"]
    assert record["scenario"] == "everyday"
    assert list(record["metrics"]) == [
        "morale", "output", "turnover", "decision_delay", "ideas_adopted", "customer_satisfaction", "profit",
    ]  # fmt: skip
    assert list(record["metrics"]["morale"]["styles"]) == list(COMPARED)
    assert "democratic" not in record["metrics"]["morale"]["differences"]


def test_json_of_a_single_replication_has_nulls(model):
    record = json.loads(run("--json", "--replications", "1").stdout, parse_constant=pytest.fail)
    assert record["metrics"]["profit"]["differences"]["agile"]["p_adjusted"] is None


def test_results_and_picture_are_saved(model, tmp_path):
    result = run("--style", "agile", "--style", "S1", "--replications", "3", "--csv", "a.csv", "--parquet", "b.parquet",
                 "--plot", "c.svg", "--json")  # fmt: skip
    assert result.stderr == "Saved a.csv\nSaved b.parquet\nSaved c.svg\n"
    json.loads(result.stdout)
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 3 * 6
    assert list(rows[0])[:6] == ["scenario", "style", "replication", "seed", "week", "morale"]
    assert load(tmp_path / "b.parquet").sizes == {"style": 2, "replication": 3, "week": 6}
    assert (tmp_path / "c.svg").read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nope",), 'unknown scenario "nope"'),
        (("everday",), 'did you mean "everyday"'),
        (("nope.toml",), "no such file"),
        (("--style", "democrat"), 'unknown style "democrat"; did you mean "democratic"?'),
        (("--baseline", "agil"), 'did you mean "agile"'),
        (("--set", "diagnosis_eror=1"), 'did you mean "diagnosis_error"'),
        (("--set", "diagnosis_error"), "write it as NAME=VALUE"),
        (("--set", "=1"), "write it as NAME=VALUE"),
        (("--set", "diagnosis_error=much"), '--set diagnosis_error: got "much"'),
        (("--set", "diagnosis_error=nan"), "diagnosis_error"),
        (("--set", "diagnosis_error=-1"), "diagnosis_error"),
        (("--roster", "nope.csv"), "nope.csv: no such file"),
        (("--replications", "0"), "--replications"),
        (("--replications", "many"), "--replications"),
        (("--weeks", "0"), "--weeks"),
        (("--weeks", "1041"), "--weeks"),
        (("--seed", "-1"), "--seed"),
        (("--plot", "a.gif"), "allowed are .svg, .png, .pdf, .html"),
        (("--csv", "a.txt"), "allowed are .csv"),
        (("--parquet", "a.csv"), "allowed are .parquet"),
        (("--plot", "no/a.svg"), "no does not exist"),
        (("--csv", "folder.csv"), "this is a folder"),
        (("--nope",), "No such option"),
        (("everyday", "crisis"), "unexpected extra argument"),
    ],
)
def test_bad_input_is_one_message_before_anything_runs(model, tmp_path, arguments, said):
    (tmp_path / "folder.csv").mkdir()
    assert said in refused(model, *arguments)


def test_a_roster_with_mistakes_is_refused(model, tmp_path):
    (tmp_path / "team.csv").write_text(ROSTER.replace("0.5", "good", 1))
    assert "competence" in refused(model, "--roster", "team.csv")


def test_the_roster_is_not_replaced_by_the_results(model, tmp_path):
    (tmp_path / "team.csv").write_text(ROSTER)
    assert "this is the roster" in refused(model, "--roster", "team.csv", "--csv", "./team.csv")
    assert (tmp_path / "team.csv").read_text() == ROSTER


def test_a_run_that_fails_leaves_old_files_alone(model, tmp_path, monkeypatch):
    def fail(*_args, **_options):
        raise sim.InputError("weeks: got 3, but the scenario has an event in week 5.")

    monkeypatch.setattr(sim, "compare", fail)
    (tmp_path / "a.csv").write_text("old")
    result = run("--csv", "a.csv", status=2)
    assert result.stderr == "Error: weeks: got 3, but the scenario has an event in week 5.\n"
    assert (tmp_path / "a.csv").read_text() == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


@pytest.mark.parametrize(
    ("error", "status", "said"), [(KeyboardInterrupt, 130, "Stopped."), (MemoryError, 2, "not enough memory")]
)
def test_stopped_or_too_large(model, monkeypatch, error, status, said):
    def fail(*_args, **_options):
        raise error

    monkeypatch.setattr(sim, "compare", fail)
    result = run(status=status)
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_mistake_of_the_program_is_not_passed_off_as_bad_input(model, monkeypatch):
    def fail(*_args, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr(sim, "compare", fail)
    with pytest.raises(ZeroDivisionError):
        run()


def test_the_first_run_says_that_it_compiles(model, monkeypatch):
    monkeypatch.setattr("sim.model.engine.needs_compiling", lambda: True)
    result = run("--json", "--replications", "2")
    assert "Compiling the model" in result.stderr
    json.loads(result.stdout)


def test_uncertainty_says_in_how_many_worlds_a_difference_holds():
    arguments = (
        "--uncertainty",
        "--worlds",
        "3",
        "--replications",
        "3",
        "--weeks",
        "9",
        "--style",
        "agile",
        "--style",
        "S1",
    )
    data = json.loads(run(*arguments, "--json").stdout)
    assert data["worlds"] == 3
    assert 0 <= data["metrics"]["morale"]["differences"]["S1"]["same_sign"] <= 1
    shown = run(*arguments).stdout
    assert "3 plausible worlds, 1 replication in each" in shown
    assert "leave out --csv" in run(*arguments, "--csv", "x.csv", status=2).stderr
