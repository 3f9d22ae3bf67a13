"""Names of persons in teams and roles: found in any spelling, and in nothing that is written unless asked for."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.scenario import load_scenario
from sim.scenario.people_files import import_roster
from sim.scenario.personal_names import Names, renamed
from sim.scenario.pseudonyms import pseudonymised
from sim.scenario.variants import with_roster

NAMES = Names(["Aldermann, Anna", "Jörg Müller", "Person 7", "koch@acme.example"])


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Team Anna Aldermann", "Team [name]"),
        ("Team ALDERMANN", "Team [name]"),
        ("team aldermann", "team [name]"),
        ("Vertretung Müller", "Vertretung [name]"),
        ("Vertretung Mueller", "Vertretung [name]"),
        ("Vertretung Frau Xyz", "Vertretung Frau [name]"),
        ("Assistant to A. Unknown", "Assistant to [name]"),
        ("Anna's team", "[name] team"),
        ("Annas Gruppe", "[name] Gruppe"),
        ("Équipe d’Anna", "Équipe d’[name]"),
        ("Praxis Dr. Aldermann", "Praxis Dr. [name]"),
        ("Assistentin von Herrn Xyz", "Assistentin von Herrn [name]"),
        ("Team Sabine", "Team [name]"),  # of nobody in the list, but a name
        ("Reports to bob@acme.example", "Reports to [name]"),
        ("Koch", "Koch"),  # a trade, whoever has that name as well
        ("Person in charge", "Person in charge"),
        ("Vertrieb Süd", "Vertrieb Süd"),
        ("Sr. Accountant", "Sr. Accountant"),
        ("Filiale San José", "Filiale San José"),
        ("Annahme", "Annahme"),
        ("", ""),
    ],
)
def test_names_in_a_text(text, without):
    assert NAMES.without(text) == without


def test_teams_get_numbers_that_are_free():
    assert renamed(["Team 1", "Team Anna", "Sales", "Team Müller"], NAMES) == {
        "Team Anna": "Team 2", "Team Müller": "Team 3",
    }  # fmt: skip


PEOPLE = "Name;Position;Team;Vorgesetzter\n" + "".join(
    f"{name};{role};{team};{manager}\n"
    for name, role, team, manager in [
        ("Ada Aber", "Koch", "Team Anna Aldermann", "Aldermann, Anna"),
        ("Ben Brook", "Koch", "Team Anna Aldermann", "Aldermann, Anna"),
        ("Jörg Müller", "Koch", "Team Anna Aldermann", "Aldermann, Anna"),
        ("Dov Dunn", "Vertretung Müller", "Bar", "Kim Lee"),
        ("Eva Eke", "Kellnerin", "Bar", "Kim Lee"),
        ("Finn Ford", "Kellner", "Bar", "Kim Lee"),
    ]
)
PARTS = ("Anna", "Aldermann", "Müller", "Kim Lee", "Aber", "Eke")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")


def run(*arguments):
    result = CliRunner().invoke(cli.app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def test_an_import_writes_no_name_through_teams_and_roles():
    said = run("roster", "import", "people.csv", "--out", "team.csv", "--map", "map.toml", "--set", "teams.rule=departments", "--set", "merge.Bar=Team Anna Aldermann").stdout  # fmt: skip # noqa: E501
    told = {line[:14].strip(): line[14:].strip() for line in said.splitlines()}["Names"]
    assert told.startswith("Team 1 stands for a team called after somebody; taken out of a role (row 5); not kept in a")
    for text in (said, Path("team.csv").read_text(encoding="utf-8-sig"), Path("map.toml").read_text()):
        assert not [part for part in PARTS if part in text]
    json = run("roster", "import", "people.csv", "--json", "--set", "teams.rule=departments").stdout
    assert not [part for part in PARTS if part in json]
    run("roster", "import", "people.csv", "--out", "real.csv", "--names", "--set", "teams.rule=departments")
    assert "Team Anna Aldermann" in Path("real.csv").read_text(encoding="utf-8-sig")


def test_a_copy_with_pseudonyms_has_none_either():
    run("roster", "import", "people.csv", "--out", "real.csv", "--names", "--set", "teams.rule=departments")
    run("roster", "check", "real.csv", "--pseudonyms", "copy.csv")
    with Path("copy.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["team"] for row in rows] == ["Team 1"] * 3 + ["Bar"] * 3
    assert rows[3]["role"] == "Vertretung [name]"


def test_results_have_none_either():
    import_roster("people.csv", decisions={"teams.rule": "departments"}, names=True)
    run("roster", "import", "people.csv", "--out", "real.csv", "--names", "--set", "teams.rule=departments")
    scenario = with_roster(load_scenario("everyday"), "real.csv")
    hidden = pseudonymised(scenario)
    assert [team.name for team in hidden.teams] == ["Team 1", "Bar"]
    assert {person.team for person in hidden.employees.people} == {"Team 1", "Bar"}
    assert not [part for part in PARTS if part in hidden.model_dump_json()]


@pytest.mark.parametrize(
    "command", [("advise", "everyday", "--trials", "1"), ("fit", "everyday", "--history", "past.csv", "--worlds", "50")]
)
def test_no_file_is_written_with_a_team_called_after_somebody(command):
    run("roster", "import", "people.csv", "--out", "real.csv", "--names", "--set", "teams.rule=departments")
    text = Path("real.csv").read_text(encoding="utf-8-sig").replace("Team Anna Aldermann", "Team Eva Eke")
    Path("real.csv").write_text(text, encoding="utf-8")
    Path("past.csv").write_text("month,left\n" + "".join(f"2025-{month:02},0\n" for month in range(1, 13)))
    result = CliRunner().invoke(cli.app, [*command, "--roster", "real.csv", "--out", "new.toml"])
    assert result.exit_code == 2
    assert "new.toml: would hold somebody's name" in result.stderr
    assert "teamsim roster check real.csv --pseudonyms team.csv" in result.stderr
    assert not Path("new.toml").exists()


def test_what_is_often_a_name_is_one_only_where_it_is_wanted():
    assert not Names(["Eva Eke"], usual=False).in_text("Team Sabine, Frau Xyz, A. Unknown")
    assert Names(["Eva Eke"], usual=False).in_text("Team Eke")
