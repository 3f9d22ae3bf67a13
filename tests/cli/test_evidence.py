"""`teamsim evidence`."""

import json

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.analysis.evidence import patterns_path


@pytest.fixture
def quick(tmp_path):
    """The shipped patterns with few firms."""
    file = tmp_path / "quick.toml"
    file.write_text(patterns_path().read_text(encoding="utf-8").replace("firms = 300", "firms = 20"), encoding="utf-8")
    return file


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["evidence", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result


def test_table_json_and_page(quick, tmp_path):
    page = tmp_path / "page.html"
    shown = run("C9", "C7", "--seeds", 2, "--patterns", quick, "--html", page)
    assert "percent a month" in shown.stdout
    assert "of 2 patterns pass, in 2 worlds of firms" in shown.stdout
    assert "<main" in page.read_text(encoding="utf-8")
    data = json.loads(run("C9", "--seeds", 1, "--patterns", quick, "--json").stdout)
    assert [entry["id"] for entry in data["patterns"]] == ["C9"]
    assert set(data) == {"patterns", "in_sample", "kept_aside", "out_of_sample"}
    assert data["out_of_sample"] is None


def test_a_group_of_patterns_and_its_record(quick, tmp_path):
    record = tmp_path / "record.json"
    shown = run("--group", "needs", "--seeds", 1, "--patterns", quick, "--record", record).stdout
    assert "needs" in shown.splitlines()[1]
    stored = json.loads(record.read_text(encoding="utf-8"))
    assert [(entry["id"], entry["fitted"], entry["status"]) for entry in stored["patterns"]] == [
        ("P23", True, "V"), ("P44", True, "V"), ("P24", True, "R"),
    ]  # fmt: skip
    assert stored["in_sample"] is not None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('measure = "ai_help"', 'measure = "ai"', "measure: unknown measure"),
        ('group = "technology"\n', "", "patterns[15].group (P15): missing"),
        ("mean = [0.08, 0.22]", "average = [0.08, 0.22]", 'unknown figure "average"'),
    ],
)
def test_a_file_of_patterns_that_does_not_fit_is_one_clear_error(quick, old, new, says):
    text = quick.read_text(encoding="utf-8")
    assert old in text
    quick.write_text(text.replace(old, new), encoding="utf-8")
    result = run("--group", "technology", "--seeds", 1, "--patterns", quick, status=2)
    assert result.stderr.count("Error") == 1
    assert says in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["C77"], 'unknown pattern "C77"'),
        (["--group", "turnver"], 'unknown group "turnver"; did you mean "turnover"'),
        (["--patterns", "nowhere.toml"], "no such file"),
        (["--html", "page.docx"], "page.docx"),
        (["--parameters", "nowhere.toml"], "no such file"),
    ],
)
def test_bad_input_is_one_clear_error(arguments, says):
    result = run(*arguments, status=2)
    assert result.stderr.startswith("Error: ")
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_other_parameters(quick, tmp_path):
    values = tmp_path / "values.toml"
    values.write_text("[parameters]\nquit_base = 0.0\n", encoding="utf-8")
    data = json.loads(run("C9", "--seeds", 1, "--patterns", quick, "--parameters", values, "--json").stdout)
    assert data["patterns"][0]["figures"][0]["value"] == 0
    values.write_text("[parameters]\nquit_bas = 0.0\n", encoding="utf-8")
    assert 'did you mean "quit_base"?' in run("--parameters", values, status=2).stderr
    values.write_text("quit_base = 0.0\n", encoding="utf-8")
    assert "has no table [parameters]" in run("--parameters", values, status=2).stderr


def test_whoever_stops_it_sees_what_there_is_and_a_status_that_says_so(quick, monkeypatch):
    def stopped(*arguments, **how):
        yield next(worlds(*arguments, **how))
        raise KeyboardInterrupt

    from sim.analysis import evidence

    worlds = evidence.worlds
    monkeypatch.setattr(evidence, "worlds", stopped)
    shown = run("C9", "--seeds", 3, "--patterns", quick, status=130)
    assert "percent a month" in shown.stdout
    assert "Stopped after 1 of 3 worlds" in shown.stderr
