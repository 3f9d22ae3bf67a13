"""`teamsim situational`: the table, the data, the page, and what is refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.analysis.situational import LEAD, METRICS, PARTS, STEPS

FEW = ("novices", "--worlds", "4", "--replications", "1")


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["situational", *arguments], env={"COLUMNS": "100"})
    assert result.exit_code == status, result.output
    return result


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_table_has_the_lead_and_its_parts_for_every_metric():
    printed = run(*FEW).stdout
    for step in (LEAD, *PARTS):
        assert printed.count(step.name) >= len(METRICS)
    assert "4 plausible worlds" in " ".join(printed.split())


def test_the_data():
    data = json.loads(run(*FEW, "--json").stdout, parse_constant=pytest.fail)
    assert (data["worlds"], data["replications"]) == (4, 1)
    assert [(one["metric"], one["step"]) for one in data["steps"]] == [(m, s.name) for m in METRICS for s in STEPS]
    assert data["steps"][0]["luck"] is None  # too few worlds to split the doubt


def test_the_page_says_what_was_run_and_what_was_found():
    run(*FEW, "--markdown", "page.md")
    page = Path("page.md").read_text(encoding="utf-8")
    assert "$" not in page
    assert "| lead |" in page
    assert "Run with 4 worlds of 1 replications each" in page
    assert "(students" not in page


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(("nowhere",), "nowhere"), (("novices", "--markdown", "page.txt"), ".md"), (("--worlds", "1"), "worlds")],
)
def test_what_cannot_be_is_one_clear_error(arguments, expected):
    result = run(*arguments, status=2)
    assert expected in result.stderr
    assert "Traceback" not in result.output
