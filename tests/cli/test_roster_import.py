"""`teamsim roster import`: what it prints, writes, asks and refuses."""

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.scenario.roster import read_roster

CASES = Path(__file__).parents[1] / "scenario/people_files/cases"
PEOPLE = "Name;Position;Abteilung;Eintritt;Leistung (1-5);Engagement\nAda Aber;Koch;Küche;01.03.2020;4;80%\n"
PEOPLE += "Ben Brook;Koch;Küche;15.04.2021;3,5;60%\nCleo Cole;Kellnerin;Küche;30.09.2022;;70%\n"
SIX = PEOPLE + "Dov Dunn;Koch;Küche;01.03.2020;4;80%\n"
SIX += "Eva Eke;Koch;Küche;15.04.2021;3,5;60%\nFinn Ford;Koch;Küche;15.04.2021;4;80%\n"
"""Figures are shown of five people or more."""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")  # so that no sentence is broken
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    shutil.copy(CASES / "tenure_in_years_read_as_weeks.csv", "tenure.csv")


def run(*arguments, status=0, typed=None):
    result = CliRunner().invoke(cli.app, ["roster", "import", *arguments], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def test_it_says_what_it_understood():
    Path("people.csv").write_text(SIX, encoding="utf-8")
    printed = run("people.csv").stdout
    lines = {line[:14].strip(): line[14:].strip() for line in printed.splitlines()}
    assert lines["People"] == "6 of 6 rows"
    assert lines["As of"] == (
        "2022-09-30, the latest day in the file (another: --as-of); it has days of hire only, and if nobody was hired"
        " since, tenure is too short"
    )
    assert lines["Levels"] == (
        "D1 0, D2-D3 5, D4 0 (together where one has fewer than 5); 1 drawn anew in every run of the model"
    )
    assert lines["Competence"].startswith(
        "from Leistung (1-5), scale 1-5 (named in the heading); on average 70% of it;"
    )
    assert not [name for name in ("Aber", "Brook", "Cole", "Dunn", "Eke", "Ford") if name in printed]
    assert sorted(path.name for path in Path().iterdir()) == ["people.csv", "tenure.csv"]


def test_without_leavers_there_is_no_history_and_nothing_is_written():
    refused = run("people.csv", "--out", "team.csv", "--history", "h.csv", status=2).stderr
    assert "a history needs those who left, too" in refused
    assert not Path("team.csv").exists()


def test_it_writes_a_roster_without_names_a_map_who_is_who_and_a_history():
    header, *rows = PEOPLE.splitlines()
    with_leaver = [
        f"{header};Austritt",
        *(f"{row};" for row in rows),
        "Dov Dunn;Koch;Küche;01.03.2020;4;80%;15.08.2022",
    ]
    Path("people.csv").write_text("\n".join(with_leaver), encoding="utf-8")
    printed = run(
        "people.csv", "--out", "team.csv", "--map", "map.toml", "--key", "key.csv", "--history", "h.csv"
    ).stdout
    assert "Made team.csv: no names in it" in printed
    people = read_roster("team.csv").people
    assert [person.name for person in people] == ["Person 1", "Person 2", "Person 3"]
    assert (people[0].competence, people[1].competence, people[2].competence) == (0.75, 0.625, None)
    assert (people[0].commitment, people[2].tenure) == (0.8, 0)
    for path in ("team.csv", "map.toml", "h.csv"):
        text = Path(path).read_text(encoding="utf-8-sig")
        assert not [name for name in ("Aber", "Brook", "Cole", "Ada", "Ben ") if name in text]
    with Path("key.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file))[1] == ["Person 1", "Ada Aber", "2"]
    before = Path("map.toml").read_bytes()
    again = run("people.csv", "--out", "again.csv", "--map", "map.toml")
    assert Path("again.csv").read_bytes() == Path("team.csv").read_bytes()
    assert Path("map.toml").read_bytes() == before
    assert "Made map.toml" not in again.stdout


def test_real_names_are_written_when_asked_for():
    run("people.csv", "--out", "team.xlsx", "--names", "--as-of", "2023-01-01")
    people = read_roster("team.xlsx").people
    assert [person.name for person in people] == ["Ada Aber", "Ben Brook", "Cleo Cole"]
    assert people[2].tenure == pytest.approx(93 / 365.25 * 52, abs=0.1)


def test_two_readings_are_refused_and_an_option_decides():
    refused = run("tenure.csv", "--out", "team.csv", status=2).stderr
    assert "--set units.tenure=years: 9.3 years on average" in refused
    assert "--set units.tenure=months" in refused
    assert not Path("team.csv").exists()
    run("tenure.csv", "--out", "team.csv", "--map", "map.toml", "--set", "units.tenure=years")
    assert read_roster("team.csv").people[0].tenure == pytest.approx(6.3 * 52, abs=0.1)
    run("tenure.csv", "--map", "map.toml")  # the map knows it now


def test_at_a_terminal_it_asks(monkeypatch):
    from sim.cli import roster_import

    monkeypatch.setattr(roster_import, "at_terminal", lambda: True)
    printed = run("tenure.csv", typed="nonsense\n1\n")
    assert "1  years: 9.3 years on average" in printed.stderr
    assert "from tenure, in years" in printed.stdout
    assert "--set units.tenure=years" in run("tenure.csv", "--no-ask", status=2).stderr


def test_json():
    Path("people.csv").write_text(SIX, encoding="utf-8")
    record = json.loads(run("people.csv", "--json").stdout)
    assert record["people"][0] == {"name": "Person 1", "role": "Koch", "tenure_years": "2.582", "competence_1_5": "4",
                                   "commitment_1_5": "4.2"}  # fmt: skip
    assert record["levels"] == {"D1": 0, "D2-D3": 5, "D4": 0}
    assert record["as_of"] == "2022-09-30"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no.csv"], "no.csv: no such file. Give the path of a people file: .csv, .xlsx, .xls or .ods."),
        (["people.csv", "--as-of", "1.3.2020"], '--as-of: got "1.3.2020"; write the day as 2026-01-31.'),
        (["people.csv", "--key", "key.csv"], "Ask for one with --out FILE"),
        (["people.csv", "--out", "people.csv", "--force"], "have to be different files"),
        (["people.csv", "--out", "tenure.csv"], "tenure.csv: exists already; nothing was written"),
        (["people.csv", "--out", "team.ods"], "allowed are .csv, .xlsx"),
        (["people.csv", "--set", "tenure"], "write it as KEY=VALUE"),
        (["people.csv", "--set", "unit.tenure=years"], 'Did you mean "units.tenure"?'),
        (["people.csv", "--set", "units.tenur=years"], 'unknown key "tenur"; did you mean "tenure"?'),
        (["people.csv", "--set", "columns.name=Nme"], 'no column "Nme"; did you mean "Name"?'),
        (["people.csv", "--set", "only.Abteilung=Bar"], "there are Küche."),
        (["people.csv", "--map", "map.json"], "the ending says which kind of file"),
    ],
)
def test_what_is_wrong_is_said_once(arguments, says):
    assert says in run(*arguments, status=2).stderr
    assert sorted(path.name for path in Path().iterdir()) == ["people.csv", "tenure.csv"]


def test_without_the_extra_csv_is_read_and_spreadsheets_name_it(monkeypatch):
    run("people.csv", "--out", "team.xlsx")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    Path("old.csv").write_bytes(PEOPLE.encode("cp1252"))
    assert "text in cp1252" in run("old.csv").stdout
    assert 'pip install "teamsim[people]"' in run("team.xlsx", status=2).stderr
