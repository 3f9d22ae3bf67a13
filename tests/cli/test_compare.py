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
        "--set", "diagnosis_error=0.2", "--set", "leading_hours = 1",
    )  # fmt: skip
    asked = model.asked
    assert asked["styles"] == ("agile", "S1", "servant")
    assert (asked["replications"], asked["weeks"], asked["seed"]) == (7, 3, 0)
    assert [person.name for person in asked["scenario"].employees.people] == ["P0", "P1", "P2", "P3", "P4"]
    assert dict(asked["scenario"].parameters) == {"diagnosis_error": 0.2, "leading_hours": 1.0}


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


def test_it_prints_what_was_run_two_tables_and_sentences(model):
    printed = run("crisis", "--replications", "12").stdout
    assert printed.startswith("A crisis of eight weeks (crisis)\n6 weeks, 12 replications, seed 1\n")
    assert "Difference to democratic" in printed
    assert " ±" in printed
    assert re.search(r"\n\nCompared with democratic, \w[^\n]*(\n[^\n]+)*\.\n$", printed)
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


def test_money_is_told_only_where_somebody_has_said_what_things_cost(model):
    usual = run("--replications", "5")
    assert "Profit" not in usual.stdout
    assert "profit" not in usual.stdout
    assert "Money is left out, because nobody has said what things cost here" in usual.stderr
    priced = run("--replications", "5", "--set", "money.pay=1.3")
    assert "Profit" in priced.stdout
    assert "Money is left out" not in priced.stderr


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
    ("arguments", "complaint"),
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
        (("--set", "leader.style=servant"), "anything else stands in a scenario file or a study"),
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
def test_bad_input_is_one_message_before_anything_runs(model, tmp_path, arguments, complaint):
    (tmp_path / "folder.csv").mkdir()
    assert complaint in refused(model, *arguments)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title = \n", "line 1, column 9: not valid TOML"),
        ("[market]\nurgensy = 1", "market.urgensy: unknown key; did you mean `urgency`?"),
        ("[market]\nurgency = -1", "market.urgency: got -1; allowed is a number from 0 to 1"),
        ("[market]\nurgency = nan", "market.urgency: got nan"),
        ('[market]\nurgency = "high"', 'market.urgency: got "high"'),
        ("[parameters]\ncontagon = 0.1", 'did you mean "contagion"?'),
        ('[leader]\nstyle = "agle"', 'unknown style "agle"; did you mean "agile"?'),
        ('[[teams]]\nname = "Ann"\nsize = 1', "One person is no team"),
        ("[run]\nweeks = 0", "run.weeks: got 0; allowed is a whole number from 1 to 1040"),
        ('[[leaders]]\nname = "Ann"\n[[leaders]]\nname = "Bo"', "more leaders than teams"),
        ('[[events]]\nevent = "crisis"\nweek = 500\nweeks = 2', "got 500, which is after the end"),
        ("[styles.ours]\nblend = { agile = 0 }", "mixes to nothing"),
        ('[employees]\nroster = "nope.csv"', "nope.csv: no such file"),
    ],
)
def test_bad_input_in_a_file_is_one_message_before_anything_runs(model, tmp_path, text, complaint):
    head = "" if text.startswith("title") else 'extends = "everyday"\n'
    (tmp_path / "mine.toml").write_text(head + text)
    message = refused(model, "mine.toml", "--csv", "out.csv")
    assert complaint in message
    assert message.count("mine.toml") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("name,role,competence", "name,role,ability"), "missing column(s) competence"),
        (("P1,", "P0,"), '"P0" is in row 2 too'),
        (("P1,fitter,0.5", "P1,fitter,good"), 'column competence: got "good", which is not a number'),
        (("P1,fitter,0.5", "P1,fitter,nan"), "row 3, column competence"),
        (("P1,fitter,0.5", "P1,fitter,-0.5"), "row 3, column competence"),
        ((ROSTER[ROSTER.index("P1") :], ""), "got one person"),
    ],
)
def test_a_roster_with_a_mistake_is_refused(model, tmp_path, change, complaint):
    before, after = change
    (tmp_path / "team.csv").write_text(ROSTER.replace(before, after, 1))
    message = refused(model, "--roster", "team.csv", "--parquet", "out.parquet")
    assert complaint in message
    assert "team.csv" in message
    assert [path.name for path in tmp_path.iterdir()] == ["team.csv"]


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
    ("error", "status", "complaint"), [(KeyboardInterrupt, 130, "Stopped."), (MemoryError, 2, "not enough memory")]
)
def test_stopped_or_too_large(model, monkeypatch, error, status, complaint):
    def fail(*_args, **_options):
        raise error

    monkeypatch.setattr(sim, "compare", fail)
    result = run(status=status)
    assert complaint in result.stderr
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


def test_uncertainty_says_where_the_doubt_comes_from(monkeypatch):
    arguments = (
        "--uncertainty",
        "--worlds",
        "20",
        "--replications",
        "40",
        "--weeks",
        "4",
        "--style",
        "agile",
        "--style",
        "S1",
    )
    doubt = json.loads(run(*arguments, "--json").stdout)["metrics"]["morale"]["differences"]["S1"]["doubt"]
    assert sum(share["share"] for share in doubt.values()) == pytest.approx(1.0)
    monkeypatch.setenv("COLUMNS", "200")
    shown = run(*arguments).stdout
    table = shown[shown.index("Where the doubt comes from") : shown.index("Of how one firm")].splitlines()
    sources = table[next(place for place, line in enumerate(table) if line.startswith("S1")) :][:4]
    assert [len(re.findall(r"±", line)) for line in sources] == [len(re.findall(r"±", sources[0]))] * 4
    assert "the profiles that the" in shown


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
    assert "takes 20 worlds or more" in shown
    doubt = data["metrics"]["morale"]["differences"]["S1"]["doubt"]
    assert doubt["profiles"] == {"share": None, "low": None, "high": None}
    assert "leave out --csv" in run(*arguments, "--csv", "x.csv", status=2).stderr
    alone = run("--uncertainty", "--style", "agile", status=2).stderr
    assert "got agile alone; plausible worlds say how differences hold" in alone
    few = run("--uncertainty", "--worlds", "4", "--replications", "3", status=2).stderr
    assert few.startswith("Error: --replications 3: with --uncertainty these are the runs in all")
    assert "Give at least 4" in few
