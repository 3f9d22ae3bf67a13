"""No figure about people is of fewer than five of them: on rosters, of surveys, in what commands print and save."""

import json
import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.scenario import InputError, load_scenario
from sim.scenario.history_file import read_history
from sim.scenario.people_files import import_roster
from sim.scenario.small_groups import LEVELS, SMALLEST_GROUP, counted_together, hidden, without_small_groups

HEADER = "name,role,tenure_years,competence_1_5,commitment_1_5\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    for people in (4, 5):
        rows = "".join(f"N{place},clerk,{place + 1},3,{1 + place % 4}\n" for place in range(people))
        Path(f"of{people}.csv").write_text(HEADER + rows)


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def history(people, more=""):
    months = [f"2025-{month:02},{people},{int(month == 5)},{3.4 + month / 100}" for month in range(1, 13)]
    Path("history.csv").write_text("\n".join(["month,headcount,left,satisfaction_1_5", *months, more]))
    return read_history("history.csv")


def test_what_an_import_says_is_of_five_or_more():
    of_four, of_five = (run("roster", "import", f"of{people}.csv").stdout for people in (4, 5))
    assert "on average" not in of_four
    assert "Levels        not shown of fewer than 5 people" in of_four
    assert of_five.count("on average") == 3
    assert "Levels        D1" in of_five
    assert json.loads(run("roster", "import", "of4.csv", "--json").stdout)["levels"] is None
    Path("two.csv").write_text(HEADER + "".join(f"N{k},x,2,{'?' if k else 3},4\n" for k in range(6)))
    summary = dict(import_roster("two.csv", decisions={"scales.competence": "1-5"}).summary)
    assert "on average" not in summary["Competence"]
    assert "on average 75% of it" in summary["Commitment"]


@pytest.mark.parametrize(
    ("counts", "together"),
    [
        ((6, 5, 7, 9), {"D1": 6, "D2": 5, "D3": 7, "D4": 9}),
        ((6, 5, 7, 1), {"D1": 6, "D2": 5, "D3-D4": 8}),
        ((1, 2, 3, 1), {"D1-D4": 7}),
        ((2, 3, 5, 1), {"D1-D2": 5, "D3-D4": 6}),
        ((0, 2, 3, 0), {"D1": 0, "D2-D3": 5, "D4": 0}),
        ((0, 4, 0, 0), {}),
        ((0, 0, 0, 0), {}),
    ],
)
def test_groups_of_fewer_are_put_together(counts, together):
    named = dict(zip(("D1", "D2", "D3", "D4"), counts, strict=True))
    assert counted_together(named) == together


def test_part_time_of_fewer_is_not_shown():
    Path("part.csv").write_text("name,role,fte\n" + "".join(f"N{place}x,clerk,0.{place + 5}\n" for place in range(4)))
    assert "not shown of fewer than 5" in dict(import_roster("part.csv").summary)["Part-time"]


def test_a_check_says_no_mean_of_fewer():
    assert "on average" not in run("roster", "check", "of4.csv").stdout
    assert "on average" in run("roster", "check", "of5.csv").stdout


def test_survey_means_of_fewer_are_not_used():
    kept, gone = without_small_groups(history(5), 5)
    assert (kept, gone) == (history(5), ())
    kept, gone = without_small_groups(history(4), 4)
    assert gone == ("satisfaction_1_5",)
    assert set(kept.series) == {"headcount", "left"}
    Path("history.csv").write_text(Path("history.csv").read_text().replace(",4,", ",9,", 8))
    kept, gone = without_small_groups(read_history("history.csv"), 4)
    assert [math.isnan(value) for value in kept.series["morale"].values] == [False] * 8 + [True] * 4
    Path("history.csv").write_text("month,satisfaction_1_5\n" + "".join(f"2025-{m:02},3\n" for m in range(1, 8)))
    with pytest.raises(InputError, match="means of fewer than 5 people, which are not used"):
        without_small_groups(read_history("history.csv"), 4)


def test_a_fit_says_that_it_does_not_use_them():
    history(4)
    said = run("fit", "everyday", "--roster", "of4.csv", "--history", "history.csv", "--worlds", "50").stdout
    assert "satisfaction_1_5: left out, as it is of fewer than 5 people" in said
    assert "3.4" not in said


def test_levels_of_a_small_roster_are_in_no_result():
    Path("four.toml").write_text(
        'extends = "everyday"\n[[teams]]\nname = "T"\n[employees]\nroster = "of4.csv"\n[run]\nweeks = 4\n'
    )
    assert hidden(load_scenario("four.toml"), [*LEVELS, "morale"]) == list(LEVELS)
    ran = run("compare", "four.toml", "--replications", "2", "--style", "agile", "--csv", "out.csv", "--json")
    assert "share_d1" not in Path("out.csv").read_text().splitlines()[0]
    assert "share_d1" not in ran.stdout
    assert "left out, as they are of fewer than 5 people" in ran.stderr
    said = run("why", "four.toml", "--metric", "share_d4", status=2).stderr
    assert "4 people are listed, and shares of levels are not shown of fewer than 5" in said
    run("compare", "everyday", "--roster", "of5.csv", "--replications", "2", "--style", "agile", "--weeks", "4",
        "--csv", "five.csv")  # fmt: skip
    assert "share_d1" in Path("five.csv").read_text().splitlines()[0]


def test_it_is_the_group_of_the_report():
    assert SMALLEST_GROUP == 5
