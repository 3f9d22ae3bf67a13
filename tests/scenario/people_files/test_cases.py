"""People files as clients have them, each read by one command or refused with both readings (names are invented)."""

import datetime
import tomllib
import zipfile
from pathlib import Path

import pytest

from sim.scenario import InputError
from sim.scenario.people_files import Undecided, import_roster
from sim.scenario.roster import read_roster

CASES = Path(__file__).parent / "cases"


def case(*names, **decisions):
    paths = [CASES / name for name in names]
    return import_roster(paths, decisions={key.replace("__", "."): value for key, value in decisions.items()})


def doubt(*names, **decisions):
    with pytest.raises(Undecided) as caught:
        case(*names, **decisions)
    return caught.value


def options(problem):
    return [f"{problem.key}={reading.value}" for reading in problem.readings]


def shares(imported, meaning):
    return [round(person.shares[meaning], 3) for person in imported.people]


def test_a_scale_that_can_be_two_is_asked_for_and_leavers_are_left_out():
    name = "export_36_columns_scale_1_4.csv"
    problem = doubt(name)
    assert options(problem) == [f"scales.competence={scale}" for scale in ("1-4", "1-5", "none")]
    assert "--set scales.motivation=1-4" in str(problem)  # everything that is open is said at once
    read = case(name, scales__competence="1-4", scales__motivation="1-4")
    assert [person.row for person in read.people] == [3, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert "has left: 2 (row 2, 4)" in dict(read.summary)["People"]
    assert read.people[0].weeks == 7 * 52  # years in the current role, rather than at the company
    assert shares(read, "affect")[:2] == [0.333, 0.667]
    assert "MonthlyIncome" in dict(read.summary)["Columns left"]


def test_french_headings_days_and_leavers():
    problem = doubt("export_french_headers.csv")
    assert options(problem) == ["teams.rule=one", "teams.rule=departments"]
    read = case("export_french_headers.csv", teams__rule="one")
    assert [person.who for person in read.people] == ["Aber", "Brook", "Dunn", "Eke", "Grau", "Holt", "Iben", "Lund"]
    assert read.people[0].role == "Comptable"
    assert dict(read.summary)["As of"].startswith("2024-05-12")
    assert "nobody is rated" in dict(read.summary)["Competence"]
    alone = doubt("export_french_headers.csv", teams__rule="departments")
    assert "one person alone is no team: Paris" in str(alone)
    assert options(alone) == ["teams.small=out"]  # one alone cannot be put together with others who are
    merged = case("export_french_headers.csv", teams__rule="departments", merge__Paris="Lyon")
    assert {person.team for person in merged.people} == {"Bordeaux", "Lyon"}


def test_a_name_in_two_columns():
    read = case("export_german_two_name_columns.csv", teams__rule="one")
    assert [person.who for person in read.people] == ["Ada Aber", "Ben Brook", "Cleo Cole", "Dov Dunn"]
    assert tomllib.loads(read.map)["columns"]["name"] == ["VORNAME", "NACHNAME"]


def test_where_all_have_left_it_says_so():
    name = "export_scale_0_1_left_flag.csv"
    with pytest.raises(InputError, match=r"no people left of 12 rows, 12 of them have left.*people\.leavers=keep"):
        case(name)
    assert options(doubt(name, people__leavers="keep"))[0] == "units.tenure=years"
    read = case(name, people__leavers="keep", units__tenure="years")
    assert shares(read, "competence")[:2] == [0.53, 0.86]
    assert dict(read.summary)["Affect"].startswith("from Satisfaction Level, scale 0-1 (found")


def test_american_days_and_ratings_in_words():
    name = "export_us_dates_word_ratings.csv"
    problem = doubt(name)
    assert options(problem) == ["teams.rule=one", "teams.rule=departments", "teams.rule=managers"]
    read = case(name, teams__rule="one")
    ada = read.people[0]
    assert len(read.people) == 7
    assert ada.weeks == pytest.approx(8.13 * 52, abs=1)  # 10 January 2011 to 25 February 2019
    assert ada.shares == {"competence": 1, "commitment": pytest.approx(0.99), "affect": 1}
    assert read.people[1].shares["competence"] == pytest.approx(2 / 3)
    assert read.history().rows[0] == ["2012-09", "8", "0", "1"]  # before that nobody would seem ever to have left
    assert sum(int(left) for *_, left in read.history().rows) == 5


def test_an_old_western_encoding_and_decimal_commas():
    name = "german_excel_cp1252.csv"
    assert options(doubt(name)) == ["teams.rule=departments"]  # too many for one leader
    read = case(name, teams__rule="departments")
    assert read.people[-1].who == "Müller"
    assert read.people[0].weeks == pytest.approx(15.4 * 52)
    assert dict(read.summary)["Teams"].startswith("4, each with a leader of its own")


def test_a_list_without_ratings_and_without_tenure():
    read = case("german_headers_names_invented.csv", teams__rule="one")
    assert len(read.people) == 8
    assert {person.weeks for person in read.people} == {None}


def test_days_in_a_column_called_tenure():
    read = case("hire_dates.csv")
    assert [person.weeks for person in read.people] == [pytest.approx(305 / 365.25 * 52), 0]
    assert tomllib.loads(read.map)["columns"]["hired"] == "tenure_years"


def test_no_role():
    assert [person.role for person in case("no_role.csv").people] == ["", ""]


def test_departments_do_not_become_leaders_unasked():
    problem = doubt("one_leader_four_departments.csv")
    assert "one leader for all 25" in str(problem)
    assert "4 leaders, each with hours for leading: Production 18" in str(problem)
    one = case("one_leader_four_departments.csv", teams__rule="one")
    assert {person.team for person in one.people} == {""}


def test_percent_signs():
    assert shares(case("percent_sign.csv"), "competence") == [0.8, 0.9]


def test_numbers_off_the_scale_that_the_heading_names():
    with pytest.raises(InputError, match=r'row 2, column competence_1_5: got "6".*scales.competence=1-7'):
        case("scale_1_7.csv")
    read = case("scale_1_7.csv", scales__competence="1-7", scales__commitment="1-7")
    assert shares(read, "competence") == [0.833, 0.5]


def test_a_constant_rating_tells_no_scale():
    problem = doubt("survey_semicolons_no_performance.csv", teams__rule="one")
    assert options(problem) == [f"scales.affect={scale}" for scale in ("1-5", "1-7", "1-10", "none")]
    read = case("survey_semicolons_no_performance.csv", teams__rule="one", scales__affect="none")
    assert len(read.people) == 12
    assert dict(read.summary)["Part-time"].startswith("3 of 12 people, by how much is not said")


def test_tenure_without_a_unit_is_not_taken_for_weeks():
    problem = doubt("tenure_in_years_read_as_weeks.csv")
    assert options(problem) == ["units.tenure=years", "units.tenure=months", "units.tenure=weeks"]
    read = case("tenure_in_years_read_as_weeks.csv", units__tenure="years")
    assert [person.weeks for person in read.people] == [pytest.approx(6.3 * 52), pytest.approx(12.4 * 52)]


def test_a_row_of_totals_is_nobody():
    read = case("total_row.csv")
    assert [person.who for person in read.people] == ["A", "B"]
    assert "sums up others: 1 (row 4)" in dict(read.summary)["People"]


def test_two_files_are_joined_by_id():
    files = ("two_files_people.csv", "two_files_survey.csv")
    read = case(*files, scales__competence="1-4")
    assert [person.who for person in read.people] == ["2", "5", "7", "10", "11", "12", "13", "15"]
    assert shares(read, "competence")[:2] == [1, 0.667]
    assert "the two differ, by 4.7 years in the middle" in dict(read.summary)["Tenure"]
    assert "12 of 12 are in both" in dict(read.summary)["People"]


NEEDED = {
    "export_36_columns_scale_1_4.csv": {"scales.competence": "1-4", "scales.motivation": "1-4"},
    "export_scale_0_1_left_flag.csv": {"people.leavers": "keep", "units.tenure": "years"},
    "german_excel_cp1252.csv": {"teams.rule": "departments"},
    "scale_1_7.csv": {"scales.competence": "1-7", "scales.commitment": "1-7"},
    "survey_semicolons_no_performance.csv": {"scales.affect": "1-5"},
    "tenure_in_years_read_as_weeks.csv": {"units.tenure": "years"},
    "two_files_survey.csv": {"scales.competence": "1-4"},
}
"""What has to be decided, beside one leader for all."""


@pytest.mark.parametrize("path", sorted(CASES.glob("*.csv")), ids=lambda path: path.stem)
def test_what_is_written_is_a_roster_and_the_map_reads_the_file_again(path, tmp_path):
    decisions = {"teams.rule": "one"} | NEEDED.get(path.name, {})
    read = import_roster(path, decisions=decisions, out=tmp_path / "team.csv")
    roster = read_roster(tmp_path / "team.csv").people
    assert len(roster) == len(read.people)
    for person, one in zip(roster, read.people, strict=True):
        assert person.competence == (None if one.shares.get("competence") is None
                                     else pytest.approx(one.shares["competence"], abs=1e-4))  # fmt: skip
        assert person.tenure == (None if one.weeks is None else pytest.approx(one.weeks, abs=0.03))
    (tmp_path / "map.toml").write_text(read.map, encoding="utf-8")
    again = import_roster(path, map=tmp_path / "map.toml")
    assert again.people == read.people
    assert again.map == read.map
    # And the roster is itself a people file that is read without a question.
    second = import_roster(tmp_path / "team.csv", decisions={"teams.rule": decisions["teams.rule"]})
    assert second.roster().rows == read.roster().rows


@pytest.mark.parametrize("path", sorted(CASES.glob("*.csv")), ids=lambda path: path.stem)
def test_no_written_file_holds_a_name(path, tmp_path):
    decisions = {"teams.rule": "one"} | NEEDED.get(path.name, {})
    read = import_roster(path, decisions=decisions, out=tmp_path / "team.csv")
    written = (tmp_path / "team.csv").read_text(encoding="utf-8-sig") + read.map
    cells = {cell for line in written.splitlines() for cell in line.replace("_", ",").split(",")}
    assert not cells & {person.who for person in read.people if not person.who.isdigit()}
    named = import_roster(path, decisions=decisions, names=True).roster(names=True)
    assert [row[0] for row in named.rows] == [person.who for person in read.people] or not read.people[0].who


def test_an_old_excel_file_with_a_pivot_first_and_leavers_among_the_staff():
    read = import_roster(CASES / "german_old_excel.xls", as_of=datetime.date(2024, 6, 30))
    assert [person.who for person in read.people] == ["Ada Aber", "Ben Brook", "Dov Dunn"]
    assert [person.shares["competence"] for person in read.people] == [0.75, 0.625, None]
    summary = dict(read.summary)["People"]
    assert 'sheet "Mitarbeiter" of 2; headings in row 3' in summary
    assert "has left: 1 (row 6)" in summary


def test_an_open_document(tmp_path):
    """With rows and columns repeated to the end of the sheet, as LibreOffice writes them."""
    cells = [
        ["Nombre", "Apellidos", "Puesto", "Fecha de alta", "Desempeño (%)"],
        ["Ada", "Aber", "Cocinera", "29-ago-19", "80"],
        ["Ben", "Brook", "Cocinero", "3-ene-20", "60"],
    ]
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16379"/></table:table-row>'
        for row in cells
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Personal">{rows}<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "gente.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    read = import_roster(tmp_path / "gente.ods", as_of=datetime.date(2020, 8, 29))
    assert [person.who for person in read.people] == ["Ada Aber", "Ben Brook"]
    assert [person.shares["competence"] for person in read.people] == [0.8, 0.6]
    assert read.people[0].weeks == pytest.approx(366 / 365.25 * 52)
