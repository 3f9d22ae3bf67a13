"""`teamsim report`: what it refuses before anything is run, and what it writes."""

import json
import sys
from functools import partial

import pytest
from typer.testing import CliRunner

import sim
from sim import cli, results
from sim.analysis.futures import futures
from sim.cli.report import default_name
from tests.analysis.synthetic import make_results


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["report", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """The one message of a command that must neither run the model nor write anything."""

    def never(*args, **kwargs):
        pytest.fail("the model was run")

    def refuse(*arguments):
        monkeypatch.setattr("sim.view.report.runs.compare", never)
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        result = run(*arguments, status=2)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert result.stderr.count("Error") == 1
        return " ".join(result.stderr.replace("│", " ").split())

    return refuse


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], 'unknown scenario "nowhere"'),
        (["nowhere.toml"], "nowhere.toml: no such file"),
        (["everyday", "--styles", "agil"], 'unknown style "agil"; did you mean "agile"?'),
        (["everyday", "--styles", "democratic"], "which is how the company is led today. Name at least one other"),
        (["everyday", "--replications", "9"], "replications: got 9; a report needs 10 or more"),
        (["everyday", "--out", "report.odt"], 'got ".odt", allowed are .html'),
        (["everyday", "--out", "none/report.html"], "does not exist. Make it first"),
        (["everyday", "--out", "."], "the ending says which kind of file"),
        (["everyday", "--out", "there.html"], "there.html: exists already; nothing was written"),
        (["everyday", "--out", "new.html", "--out", "there.html"], "there.html: exists already"),
        (["everyday", "--title", " "], "title: has 0 characters"),
        (["everyday", "--language", "xx"], 'unknown language "xx". Known: en, de, fr, es'),
        (["everyday", "--brand", "none.toml"], "none.toml: no such file"),
        (["none.parquet"], "none.parquet: no such file"),
        (["other.parquet"], "other.parquet: not results that teamsim saved"),
        (["there.html"], "there.html: a report is made from a scenario (.toml), from results that"),
        (["."], "not a folder of results. Give the folder that `teamsim run` wrote"),
        (["everyday", "--case", "1"], "case: everyday is a scenario, and only results of a study"),
        (["MISSING", "--case", "1"], 'unknown scenario "MISSING"'),
        (["everyday", "--roster", "none.csv"], "none.csv: no such file"),
        (["everyday", "--set", "money.price"], "write it as NAME=VALUE"),
        (["everyday", "--set", "money.prise=2"], 'unknown key "prise"; did you mean "price"?'),
        (["everyday", "--set", "money.price=-2"], "money.price: got -2"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_run(refused, tmp_path, arguments, message):
    (tmp_path / "there.html").write_text("mine")
    (tmp_path / "other.parquet").write_text("something else")
    assert message in refused(*arguments)


def test_results_that_cannot_be_used(refused, tmp_path):
    scenario = sim.load_scenario("everyday").model_dump(mode="json")
    results.save(make_results(["agile", "servant"], 12, 13, scenario=scenario), tmp_path / "no-today.parquet")
    assert "but not democratic, which is how the company is led today" in refused("no-today.parquet")
    fine = make_results(["democratic", "servant"], 12, 13, scenario=scenario)
    results.save(fine, tmp_path / "fine.parquet")
    assert "replications: results have their own" in refused("fine.parquet", "--replications", 50)
    assert "seed: results have their own" in refused("fine.parquet", "--seed", 2)
    assert 'unknown style "agile"' in refused("fine.parquet", "--styles", "agile")
    results.save(fine.sel(week=slice(1, 5)), tmp_path / "short.parquet")
    assert "weeks: the run has 5" in refused("short.parquet")
    results.save(fine.drop_vars("strain"), tmp_path / "old.parquet")
    assert "these results lack strain" in refused("old.parquet")
    results.save(fine.assign_attrs(scenario_json=json.dumps({"title": 3})), tmp_path / "odd.parquet")
    assert "do not say which scenario they come from" in refused("odd.parquet")


def test_a_form_whose_part_is_missing_says_how_to_get_it(refused, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    assert 'typst, which is not installed. Install it with: pip install "teamsim[report]"' in refused(
        "everyday", "--out", "report.pdf"
    )


@pytest.fixture
def quick(monkeypatch):
    """Few futures and no pictures: these tests are about what goes in and out."""
    monkeypatch.setattr("sim.view.report.runs.futures", partial(futures, sets=5))
    monkeypatch.setattr("sim.analysis.practice_effects.REPLICATIONS", 3)
    monkeypatch.setattr("sim.view.report.html.svg_of", lambda *_: "<svg></svg>")


@pytest.mark.usefixtures("quick")
def test_a_report_from_saved_results_says_which_and_keeps_their_numbers(tmp_path):
    ds = sim.compare("everyday", ["democratic", "agile", "servant"], replications=12, weeks=26)
    results.save(ds, tmp_path / "saved.parquet")
    told = run("saved.parquet", "--styles", "agile", "--title", "Ours")
    assert "Saved saved-report.html" in told.stderr
    page = (tmp_path / "saved-report.html").read_text(encoding="utf-8")
    assert "saved.parquet" in page
    assert "teamsim report saved.parquet --styles agile --title Ours --out saved-report.html" in page
    assert "servant" not in page.split('id="answer"')[1].split('id="situation"')[0]


@pytest.mark.usefixtures("quick")
def test_force_replaces_and_the_command_makes_the_same_again(tmp_path):
    (tmp_path / "everyday-report.html").write_text("old")
    arguments = ["everyday", "--styles", "agile, servant", "--replications", "12", "--seed", "3", "--force"]
    run(*arguments)
    first = (tmp_path / "everyday-report.html").read_text(encoding="utf-8")
    assert len(first) > 10_000
    assert "teamsim report everyday --replications 12 --seed 3 --styles agile --styles servant" in first
    run(*arguments)
    assert (tmp_path / "everyday-report.html").read_text(encoding="utf-8") == first


def test_reports_on_two_things_have_two_names():
    named = [default_name(*of).name for of in (("crisis", None), ("./mine.toml", None), ("results/sizes", "crisis:3"))]
    assert named == ["crisis-report.html", "mine-report.html", "sizes-crisis-3-report.html"]
