"""`teamsim why`: tables, data, files and clear errors."""

import csv
import json

import pytest
from typer.testing import CliRunner

from sim.cli import app

FEW = ["why", "everyday", "--style", "autocratic", "--baseline", "democratic", "--replications", "3", "--weeks", "9"]


def run(*words):
    return CliRunner().invoke(app, [*words])


def test_it_prints_a_sentence_and_what_adds_up_to_the_difference():
    result = run(*FEW, "--metric", "morale")
    assert result.exit_code == 0, result.output
    for text in ("autocratic instead of democratic", "Needs and motivation", "Directly", "Difference"):
        assert text in result.output


def test_of_a_client_without_prices_nothing_is_said_of_money():
    result = run(*FEW, "--weeks", "3")
    assert "Customer satisfaction" in result.stdout
    assert "Profit" not in result.stdout
    assert "Money is left out" in result.stderr
    assert "Profit" in run(*FEW, "--weeks", "3", "--set", "money.price=3").stdout


def test_json_is_one_document_whose_parts_add_up():
    result = run(*FEW, "--metric", "output", "--metric", "morale", "--json", "--over-time")
    found = json.loads(result.stdout)
    assert list(found["metrics"]) == ["output", "morale"]
    for metric in found["metrics"].values():
        assert sum(part["mean"] for part in metric["parts"].values()) == pytest.approx(metric["difference"]["mean"])


def test_behaviours_are_told_apart_and_files_are_saved(tmp_path):
    table, picture = tmp_path / "why.csv", tmp_path / "why.svg"
    result = run(*FEW, "--metric", "morale", "--by", "behaviours", "--over-time", "--csv", str(table),
                 "--plot", str(picture))  # fmt: skip
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert {"direction", "support"} <= {row["part"] for row in rows}
    assert picture.read_text().startswith("<svg")


def test_a_practice_can_make_the_difference():
    result = run(*FEW, "--style", "democratic", "--metric", "cost", "--by", "behaviours", "--practice", "recognition")
    assert result.exit_code == 0, result.output
    assert "democratic with “Recognition and rewards” instead of democratic without it" in result.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--style", "democratic"], "also the baseline"),
        (["--metric", "moral"], 'unknown metric "moral"'),
        (["--mechanism", "luck"], 'unknown mechanism "luck"'),
        (["--practice", "luck"], 'unknown practice "luck"'),
        (["--by", "magic"], 'unknown way "magic"'),
        (["--plot", "why.gif"], "why.gif"),
    ],
)
def test_bad_input_is_one_clear_error(words, says):
    result = run(*FEW, *words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
