"""Kinds of people files beside those of clients: each is read right, or refused with the reason."""

import datetime

import openpyxl
import pytest

from sim.scenario import InputError
from sim.scenario.people_files import Undecided, import_roster
from sim.scenario.people_files.roster_file import history_table
from sim.scenario.roster import read_roster

NAMES = ("Ada Aber", "Ben Brook", "Cleo Cole", "Dov Dunn", "Eva Eke", "Finn Ford")
RATINGS = (3, 4, 2, 5, 1, 4)


def read(tmp_path, text, *others, encoding="utf-8", **decisions):
    paths = []
    for number, content in enumerate((text, *others)):
        paths.append(tmp_path / f"people{number}.csv")
        paths[-1].write_bytes(content.encode(encoding))
    return import_roster(paths, decisions={key.replace("__", "."): value for key, value in decisions.items()})


def listed(heading, cells, more="", also=("",) * 6):
    """A list of six people with one column beside their names, and perhaps another; rows in `more` follow."""
    rows = [f"{name};{cell}{other}" for name, cell, other in zip(NAMES, cells, also, strict=True)]
    return "\n".join([f"Name;{heading}", *rows, more])


def summary(imported):
    return dict(imported.summary)


def shares(imported, meaning="competence"):
    return [round(person.shares[meaning], 3) for person in imported.people]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Performance", [f"{one}/5" for one in RATINGS], [0.5, 0.75, 0.25, 1, 0, 0.75]),
        ("Performance", ["★" * one for one in RATINGS], [0.5, 0.75, 0.25, 1, 0, 0.75]),
        ("Performance (out of 5)", RATINGS, [0.5, 0.75, 0.25, 1, 0, 0.75]),
        ("Note /20", [12, 15, 8, 18, 20, 10], [0.6, 0.75, 0.4, 0.9, 1, 0.5]),
        ("Overall Rating", ["Below", "Meets", "Exceeds", "Meets", "Meets", "Below"], [0, 0.5, 1, 0.5, 0.5, 0]),
        (
            "Beurteilung",
            ["sehr gut", "gut", "befriedigend", "gut", "gut", "mangelhaft"],
            [1, 0.8, 0.6, 0.8, 0.8, 0.2],
        ),
        ("Evaluación", ["Notable", "Bien", "Sobresaliente", "Suficiente", "Bien", "Bien"],
         [0.75, 0.5, 1, 0.25, 0.5, 0.5]),
    ],
)  # fmt: skip
def test_ratings_as_people_write_them(tmp_path, heading, cells, expected):
    assert shares(read(tmp_path, listed(heading, cells))) == expected


def test_school_marks_may_have_the_best_below(tmp_path):
    text = listed("Beurteilung (Note)", RATINGS)
    with pytest.raises(Undecided, match="is 1 the best or the worst") as caught:
        read(tmp_path, text)
    assert [reading.value for reading in caught.value.readings] == ["6-1", "5-1", "1-5", "1-6", "none"]
    assert shares(read(tmp_path, text, scales__competence="6-1"))[:2] == [0.6, 0.4]


def test_one_number_far_off_makes_no_scale(tmp_path):
    with pytest.raises(InputError, match=r"row 2, column Performance: got 55, but most are at most 5\."):
        read(tmp_path, listed("Performance", [55, *RATINGS[1:]]))
    assert shares(read(tmp_path, listed("Performance", [55, *RATINGS[1:]]), scales__competence="0-100"))[0] == 0.55
    assert shares(read(tmp_path, listed("Performance", [55, 61, 72, 80, 9, 66])))[0] == 0.55


@pytest.mark.parametrize(
    "more",
    ["Ø;3,2", "Anzahl: 6;", "Count;6", "Sales Total;19", "n = 6;", "Exported on 30 June 2025;", "* rated in May;"],
)
def test_sums_and_remarks_are_nobody(tmp_path, more):
    imported = read(tmp_path, listed("Kompetenz (1-5)", RATINGS, more))
    assert [person.who for person in imported.people] == list(NAMES)
    assert "left out" in summary(imported)["People"]


def test_a_person_of_whom_nothing_else_is_known_stays(tmp_path):
    assert len(read(tmp_path, listed("Kompetenz (1-5)", RATINGS, "Person 7;")).people) == 7


@pytest.mark.parametrize(
    ("heading", "cells", "years"),
    [
        ("Antigüedad (años)", ["1,5", "2", "3", "4", "5", "6"], 1.5),
        ("Length of service", [f"{one} yrs {one} mths" for one in (1, 2, 3, 4, 5, 6)], 13 / 12),
        ("Ancienneté", [f"{one} ans et 6 mois" for one in (1, 2, 3, 4, 5, 6)], 1.5),
        ("Betriebszugehörigkeit", [f"{one} Jahre, 6 Monate" for one in (1, 2, 3, 4, 5, 6)], 1.5),
        ("Tenure (years)", ["1.200", "2.500", "1.300", "1.100", "1.900", "2.000"], 1.2),  # nobody is there 1,200 years
    ],
)
def test_tenure_as_people_write_it(tmp_path, heading, cells, years):
    assert read(tmp_path, listed(heading, cells)).people[0].weeks == pytest.approx(52 * years)


@pytest.mark.parametrize(
    "cell", ["Jun 2010", "06/2010", "2010-06", "juin 2010", "1-Jun-10", "2010-06-01T00:00:00.000Z"]
)
def test_a_month_is_its_first_day(tmp_path, cell):
    imported = import_roster(_file(tmp_path, listed("Hire Date", [cell] * 6)), as_of=datetime.date(2020, 6, 1))
    assert imported.people[0].weeks == pytest.approx(520, abs=1)
    assert ("months taken as their first day" in summary(imported)["Tenure"]) == (len(cell) < 10 and cell != "1-Jun-10")


def test_a_year_alone_is_no_day(tmp_path):
    with pytest.raises(InputError, match=r"got 2014, a year alone\. Write a day; 2014-07-01 where"):
        read(tmp_path, listed("Since", [2014] * 6))


def test_a_heading_may_say_how_days_are_written(tmp_path):
    first = read(tmp_path, listed("Hire date (DD/MM/YYYY)", ["02/01/2020"] * 5 + ["02/01/2021"]))
    assert first.as_of == datetime.date(2021, 1, 2)
    assert read(tmp_path, listed("Hire date (mm/dd/yyyy)", ["02/01/2020"] * 6)).as_of == datetime.date(2020, 2, 1)


def _file(tmp_path, text):
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    return tmp_path / "people.csv"


@pytest.mark.parametrize("nothing", ["1900-01-01", "9999-12-31", "1970-01-01", "0001-01-01"])
def test_days_that_stand_for_nothing(tmp_path, nothing):
    rows = "\n".join(f"{name};2015-03-01;{nothing if place else '2024-05-31'}" for place, name in enumerate(NAMES))
    imported = read(tmp_path, f"Name;Hire Date;Termination Date\n{rows}")
    assert [person.who for person in imported.people] == list(NAMES[1:])


def test_a_column_of_days_says_when_whatever_its_heading(tmp_path):
    days = ["", "2026-03-01", "", "2026-04-15", "", ""]
    found = read(tmp_path, listed("Left", days))
    assert summary(found)["People"] == "4 of 6 rows; left out: has left: 2 (row 3, 5)"
    assert "left_on = Left" in summary(found)["Columns read"]


@pytest.mark.parametrize(
    ("heading", "words", "left"),
    [
        ("Employment Status", ["Full-Time", "Part-Time"] * 3, 0),
        ("Statut", ["Actif", "Démissionné", "Actif", "Actif", "Actif", "Retraitée"], 2),
        ("Status", ["Active", "Terminated - Voluntary", "On leave", "Active", "Active", "Active"], 1),
        ("Status", ["aktiv", "aktiv", "Elternzeit", "im Ruhestand", "Probezeit", "aktiv"], 1),
    ],
)
def test_who_has_left_in_words(tmp_path, heading, words, left):
    assert len(read(tmp_path, listed(heading, words)).people) == 6 - left


def test_a_department_that_is_written_once_is_asked_about(tmp_path):
    text = listed("Department", ["Sales", "", "", "Shop", "", ""])
    with pytest.raises(Undecided, match="column Department: 4 cells are empty") as caught:
        read(tmp_path, text)
    assert "3 leaders" not in str(caught.value)
    above = read(tmp_path, text, teams__blank="above", teams__rule="departments")
    assert [person.team for person in above.people] == ["Sales"] * 3 + ["Shop"] * 3
    none = read(tmp_path, text, teams__blank="none", teams__rule="one")
    assert {person.team for person in none.people} == {""}


def test_the_one_leader_is_no_team_member(tmp_path):
    rows = "\n".join(f"{name};{'' if name == NAMES[0] else 'Aber, Ada'}" for name in NAMES)
    imported = read(tmp_path, f"Name;Manager\n{rows}")
    assert [person.who for person in imported.people] == list(NAMES[1:])
    assert "leads the others: 1 (row 2)" in summary(imported)["People"]


@pytest.mark.parametrize("counted", ["Headcount", "Anzahl Mitarbeiter", "Count of Name", "Effectif"])
def test_a_row_that_counts_people_is_no_person(tmp_path, counted):
    with pytest.raises(InputError, match=f'column "{counted}" counts people, so that a row is a group and no person'):
        read(tmp_path, f"Department;{counted};Performance Rating\nSales;5;3.2\nShop;7;3.4\n")


def test_a_pivot_alone_is_called_one(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Pivot", 0)
    for row in (["Row Labels", "Average of Rating"], ["Sales", 3.2], ["Grand Total", 3.2]):
        sheet.append(row)
    book.save(tmp_path / "pivot.xlsx")
    with pytest.raises(InputError, match="a pivot table, which counts people"):
        import_roster(tmp_path / "pivot.xlsx")


def test_nothing_below_the_headings(tmp_path):
    with pytest.raises(InputError, match="nothing stands below the headings in row 1"):
        read(tmp_path, "Name;Role\n")


def test_files_are_joined_by_what_is_in_both(tmp_path):
    people = "Employee #;Email;Name\n" + "".join(f"00{n};{n}@example.org;{name}\n" for n, name in enumerate(NAMES))
    survey = "E-Mail;Engagement (1-5)\n" + "".join(f"{n}@EXAMPLE.org;{one}\n" for n, one in enumerate(RATINGS))
    joined = read(tmp_path, people, survey)
    assert shares(joined, "commitment") == [0.5, 0.75, 0.25, 1, 0, 0.75]
    numbers = "Personalnummer;Engagement (1-5)\n" + "".join(f"{n};{one}\n" for n, one in enumerate(RATINGS))
    assert shares(read(tmp_path, people, numbers), "commitment") == [0.5, 0.75, 0.25, 1, 0, 0.75]
    names = "Employee;Engagement (1-5)\n" + "".join(f"{name};{one}\n" for name, one in zip(NAMES, RATINGS, strict=True))
    assert shares(read(tmp_path, people, names), "commitment") == [0.5, 0.75, 0.25, 1, 0, 0.75]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "utf-16", "utf-16-be", "utf-8-sig"])
def test_names_are_not_garbled(tmp_path, encoding):
    text = "Name;Funktion\nJörg Müßig;Köchin\nEva Grün;Bäcker\n"
    assert [person.who for person in read(tmp_path, text, encoding=encoding).people] == ["Jörg Müßig", "Eva Grün"]


def test_headings_of_personnel_systems(tmp_path):
    text = (
        "Employee #,First Name,Last Name,Business Title,Time Type,Reporting to,Overall Rating\n"
        "1,Ada,Aber,clerk,Full time,Kim Lee,3\n2,Ben,Brook,clerk,Part time,Kim Lee,4\n"
        "3,Cleo,Cole,clerk,Full time,Kim Lee,1\n"
        "4,Dov,Dunn,clerk,Full time,Kim Lee,5\n5,Eva,Eke,clerk,Part time,Kim Lee,2\n"
    )
    imported = read(tmp_path, text)
    assert [person.who for person in imported.people] == list(NAMES[:5])
    assert summary(imported)["Columns left"] == "none"


@pytest.mark.parametrize(
    ("heading", "cells", "first", "note"),
    [
        ("FTE", ["0.5", "1", "1", "1", "1", "1"], 0.5, "5.5 full-time positions for 6 people, from FTE"),
        ("Wochenstd.", ["19,25", *["38,5"] * 5], 0.5, "where 38.5 hours are full-time"),
        ("Beschäftigungsgrad", ["60%", "50%", *["100%"] * 4], 0.6, "in percent"),
        ("Jornada (%)", [50, 60, 50, 50, 50, 50], 0.5, "3.1 full-time positions"),
    ],
)
def test_part_time_becomes_a_share_of_a_full_time_position(tmp_path, heading, cells, first, note):
    imported = read(tmp_path, listed(heading, cells))
    assert imported.people[0].fte == pytest.approx(first)
    assert note in summary(imported)["Part-time"]
    written = imported.roster()
    assert written.rows[0][written.header.index("fte")] == f"{first:g}"
    (tmp_path / "team.csv").write_text(written.csv, encoding="utf-8")
    assert read_roster(tmp_path / "team.csv").people[0].fte == pytest.approx(first)


def test_everybody_full_time_needs_no_column(tmp_path):
    assert "fte" not in read(tmp_path, listed("FTE", [1] * 6)).roster().header


def test_hours_of_which_none_need_be_full_time_are_asked_about(tmp_path):
    text = listed("Weekly hours", [20, 20, 30, 30, 30, 30])
    with pytest.raises(Undecided, match="how many hours a week are full-time") as caught:
        read(tmp_path, text)
    assert [reading.value for reading in caught.value.readings] == ["40", "30"]
    assert read(tmp_path, text, units__full_time="40").people[0].fte == 0.5


def test_part_time_in_words_has_no_share_until_it_is_said(tmp_path):
    text = listed("Employment type", ["Teilzeit", "Vollzeit"] * 3)
    imported = read(tmp_path, text)
    assert {person.fte for person in imported.people} == {None}
    assert "3 of 6 people, by how much is not said" in summary(imported)["Part-time"]
    assert [person.fte for person in read(tmp_path, text, people__part_time="0.6").people][:2] == [0.6, None]
    with pytest.raises(InputError, match=r'people\.part_time: got "6"; allowed is a number from 0\.05 to 1\.'):
        read(tmp_path, text, people__part_time="6")


def history_of(*periods):
    day = datetime.date.fromisoformat
    return history_table([(day(begun), day(ended) if ended else None) for begun, ended in periods], day("2026-10-30"))


def test_a_list_of_those_who_are_there_is_no_history():
    with pytest.raises(InputError, match="it would look as if nobody ever left"):
        history_of(("2020-01-01", ""), ("2021-05-01", ""))
    with pytest.raises(InputError, match="the last one, which is not over yet"):
        history_of(("2020-01-01", "2026-10-05"))


def test_a_history_begins_with_the_first_leaver_and_ten_years_back_at_most():
    assert history_of(("2020-01-01", "2026-03-10"), ("2019-01-01", "")).rows[0] == ["2026-03", "2", "0", "1"]
    rows = history_of(("1999-01-01", "2001-03-10"), ("1999-01-01", "")).rows
    assert (len(rows), rows[0][0], rows[-1][0]) == (120, "2016-10", "2026-09")


def test_a_month_that_is_over_is_whole():
    periods = [(datetime.date(2020, 1, 1), None), (datetime.date(2020, 1, 1), datetime.date(2026, 9, 30))]
    assert [row[0] for row in history_table(periods, datetime.date(2026, 10, 31)).rows] == ["2026-09", "2026-10"]
    assert [row[0] for row in history_table(periods, datetime.date(2026, 10, 30)).rows] == ["2026-09"]


@pytest.mark.parametrize(
    "words",
    [
        "Insuficiente/Regular/Bueno/Excelente", "Deficiente/Aceptable/Notable/Sobresaliente",
        "Insuffisant/Moyen/Bon/Excellent", "Schlecht/Akzeptabel/Gut/Sehr gut", "Poor/Fair/Good/Excellent",
    ],
)  # fmt: skip
def test_quality_in_four_words_rises_by_thirds(tmp_path, words):
    imported = read(tmp_path, listed("Rating", [*words.split("/"), *words.split("/")[:2]]))
    assert [round(person.shares["competence"], 2) for person in imported.people] == [0, 0.33, 0.67, 1, 0, 0.33]
