"""`teamsim roster`: a template that can be filled in and read, a check, and copies without names."""

import csv
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from sim import cli
from sim.scenario.roster import read_roster
from sim.scenario.roster_template import COLUMNS, workbook
from sim.scenario.scales import BY_COLUMN

PEOPLE = "name,role,team,tenure_years,competence_1_5,commitment_1_5\nAda,x,A,2,4,5\nZoë,y,A,0.5,2.5,3\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["roster", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def test_a_template_in_csv_is_filled_in_and_read():
    run("new", "team.csv")
    text = Path("team.csv").read_text(encoding="utf-8-sig")
    for scale in BY_COLUMN.values():
        assert "; ".join(f"{point} {words}" for point, words in enumerate(scale.anchors, 1)) in text
    assert "got no people" in run("check", "team.csv", status=2).stderr
    with Path("team.csv").open("a", encoding="utf-8") as file:
        file.write("Ada,Clerk,,2,4,5,,,,,\nBen,Clerk,,1,3.5,2,1,2,3,4,5\n")
    assert "team.csv: in order (2 people)" in run("check", "team.csv").stdout
    ada, ben = read_roster("team.csv").people
    assert (ada.competence, ada.confidence, ben.affect) == (0.75, None, 1)


def test_a_template_in_xlsx_is_filled_in_and_read():
    run("new", "team.xlsx")
    book = openpyxl.load_workbook("team.xlsx")
    assert book.sheetnames == ["Instructions", "People"]
    people = book["People"]
    assert [cell.value for cell in people[1]] == [column.name for column in COLUMNS]
    assert people.freeze_panes == "B2"
    checked = {str(check.sqref): (check.formula1, check.formula2) for check in people.data_validations.dataValidation}
    assert checked["E2:E251"] == ("1", "5")
    assert len(checked) == len(BY_COLUMN) + 1
    assert all(len(check.prompt) <= 255 for check in people.data_validations.dataValidation)
    instructions = " ".join(str(cell.value) for row in book["Instructions"].iter_rows() for cell in row)
    assert all(words in instructions for scale in BY_COLUMN.values() for words in scale.anchors)
    people.append(["Ada", "Clerk", None, 2, 4, 5])
    people.append(["Ben", "Clerk", None, 1, 3.5, 2, 1, 2, 3, 4, 5])
    book.save("team.xlsx")
    assert "in order (2 people)" in run("check", "team.xlsx").stdout


@pytest.mark.parametrize("name", ["team.csv", "team.xlsx"])
def test_nothing_is_overwritten_unasked(name):
    Path(name).write_text("mine")
    assert f"{name}: exists already; nothing was written" in run("new", name, status=2).stderr
    assert Path(name).read_text() == "mine"
    run("new", name, "--force")
    assert Path(name).stat().st_size > 1000


def test_another_ending_is_refused():
    assert "allowed are .csv, .xlsx" in run("new", "team.ods", status=2).stderr


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_copy_without_names_says_the_same(ending):
    Path("team.csv").write_text(PEOPLE, encoding="utf-8")
    result = run("check", "team.csv", "--pseudonyms", f"copy.{ending}", "--key", "key.csv")
    assert "in order (2 people)" in result.stdout
    real, copy = read_roster("team.csv").people, read_roster(f"copy.{ending}").people
    assert [person.name for person in copy] == ["Person 1", "Person 2"]
    unnamed = [[person.model_copy(update={"name": "x"}) for person in people] for people in (real, copy)]
    assert unnamed[0] == unnamed[1]
    with Path("key.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file)) == [["pseudonym", "name"], ["Person 1", "Ada"], ["Person 2", "Zoë"]]
    assert b"Ada" not in Path(f"copy.{ending}").read_bytes()


def test_who_is_who_is_written_only_when_asked():
    Path("team.csv").write_text(PEOPLE, encoding="utf-8")
    run("check", "team.csv", "--pseudonyms", "copy.csv")
    assert sorted(path.name for path in Path().iterdir()) == ["copy.csv", "team.csv"]
    assert "Ask for one with --pseudonyms" in run("check", "team.csv", "--key", "key.csv", status=2).stderr


@pytest.mark.parametrize(
    "files", [("team.csv", "key.csv"), ("copy.csv", "team.csv"), ("copy.csv", "copy.csv")], ids=str
)
def test_the_roster_is_not_replaced_by_its_copy(files):
    Path("team.csv").write_text(PEOPLE, encoding="utf-8")
    copy, key = files
    errors = run("check", "team.csv", "--pseudonyms", copy, "--key", key, "--force", status=2).stderr
    assert "have to be different files" in errors
    assert Path("team.csv").read_text(encoding="utf-8") == PEOPLE


def test_teams_are_counted():
    Path("team.csv").write_text(PEOPLE.replace("Zoë,y,A", "Zoë,y,B") + "Cy,x,,1,1,1\n", encoding="utf-8")
    assert "; 3 teams, each with a leader of its own: A 1, B 1, the first team 1)" in run("check", "team.csv").stdout


def test_a_leader_in_the_list_is_noticed():
    header = "name,role,tenure_years,competence_1_5,commitment_1_5\n"
    Path("team.csv").write_text(header + "A,Inhaberin,9,4,4\nB,Koch,2,3,4\nC,Koch,2,3,4\n", encoding="utf-8")
    assert "by the role, row 2 leads the others" in run("check", "team.csv").stderr
    Path("team.csv").write_text(header + "B,Koch,2,3,4\nC,Koch,2,3,4\n", encoding="utf-8")
    assert "leads" not in run("check", "team.csv").stderr


def test_a_role_that_looks_like_a_formula_is_none_in_a_spreadsheet():
    book = workbook(["name", "role"], [["Ada", "=cmd|calc"]])
    assert (book["People"]["B2"].value, book["People"]["B2"].data_type) == ("=cmd|calc", "s")
