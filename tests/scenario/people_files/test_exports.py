"""Exports of personnel systems as they are: two rows of headings, titles, sections, legends, words of their own."""

import datetime

import openpyxl
import pytest

from sim.scenario import InputError
from sim.scenario.people_files import Undecided, import_roster

NAMES = ("Anna Aldermann", "Bernd Böhm", "Claudia Cramer", "Dirk Dörr", "Elke Eckert", "Frank Freitag")


def read(tmp_path, text, **decisions):
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    return import_roster(tmp_path / "people.csv", decisions={key.replace("__", "."): value for key, value in decisions.items()})  # fmt: skip # noqa: E501


def listed(heading, cells):
    rows = [f"{name};{cell}" for name, cell in zip(NAMES, cells, strict=True)]
    return "\n".join([f"Name;{heading}", *rows])


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Leistung", ("übertrifft Erwartungen", "erfüllt Erwartungen", "erfüllt Erwartungen teilweise",
                      "übertrifft Erwartungen deutlich", "erfüllt Erwartungen nicht", "Erfüllt Erwartungen"),
         [0.75, 0.5, 0.25, 1, 0, 0.5]),
        ("Évaluation annuelle", ("Dépasse les attentes", "Répond aux attentes", "En dessous des attentes",
                                 "Dépasse largement les attentes", "Ne répond pas aux attentes", "Répond aux attentes"),
         [0.75, 0.5, 0.25, 1, 0, 0.5]),
        ("Evaluación del desempeño", ("Supera las expectativas", "Cumple las expectativas",
                                      "Por debajo de las expectativas", "Supera ampliamente las expectativas",
                                      "No cumple las expectativas", "Cumple las expectativas"),
         [0.75, 0.5, 0.25, 1, 0, 0.5]),
        ("Valoración", ("Deficiente", "Regular", "Bueno", "Muy bueno", "Excelente", "Bueno"),
         [0, 0.25, 0.5, 0.75, 1, 0.5]),
        ("Leistung", ("rot", "gelb", "grün", "grün", "gelb", "rot"), [0, 0.5, 1, 1, 0.5, 0]),
        ("Calibrated Rating", ("Partially Meets", "Exceeds", "Meets", "Does not meet", "Role model", "Meets"),
         [0.25, 0.75, 0.5, 0, 1, 0.5]),
    ],
)  # fmt: skip
def test_ratings_in_the_words_of_firms(tmp_path, heading, cells, expected):
    imported = read(tmp_path, listed(heading, cells))
    assert [person.shares["competence"] for person in imported.people] == expected


def test_letters_may_rise_or_fall(tmp_path):
    text = listed("Calificación", "ABCDEA")
    with pytest.raises(Undecided, match="which letter is the best") as caught:
        read(tmp_path, text)
    assert [reading.value for reading in caught.value.readings] == ["E,D,C,B,A", "A,B,C,D,E", "none"]
    assert read(tmp_path, text, scales__competence="E,D,C,B,A").people[0].shares["competence"] == 1


def test_a_second_row_of_headings_is_nobody(tmp_path):
    text = "STATUS,USERID,FIRSTNAME,LASTNAME,MANAGER,HIREDATE,CUSTOM01\n"
    text += "Status,User ID,First Name,Last Name,Manager,Hire Date,Overall Performance Rating\n"
    text += "".join(f"active,{place},{name.replace(' ', ',')},NO_MANAGER,2020-01-01,{place % 5 + 1}\n"
                    for place, name in enumerate(NAMES))  # fmt: skip
    imported = read(tmp_path, text)
    assert [person.who for person in imported.people] == list(NAMES)
    assert [person.shares["competence"] for person in imported.people] == [0, 0.25, 0.5, 0.75, 1, 0]
    assert "Leaders" not in dict(imported.summary)


def test_departments_as_rows_between_the_people(tmp_path):
    text = "Übersicht;;\nName;Funktion;seit\nAbteilung Lager;;\n"
    text += "".join(f"{name};x;01.2018\n" for name in NAMES[:3]) + "Abteilung Summe;;\nAbteilung Büro;;\n"
    text += "".join(f"{name};y;01.2019\n" for name in NAMES[3:]) + ";;\nGesamt: 6 Mitarbeiter;;\n"
    imported = read(tmp_path, text, teams__rule="departments")
    assert [person.team for person in imported.people] == ["Lager"] * 3 + ["Büro"] * 3


@pytest.mark.parametrize(
    ("remark", "day"),
    [
        ("Mitarbeiterliste Stand 31.10.2025", "2025-10-31"),
        ("Fecha: 15/10/2025", "2025-10-15"),
        ("Report date: October 31, 2025", "2025-10-31"),
        ("Situation au 3 mars 2025", "2025-03-03"),
        ("Stand 31.10.2015", None),  # before the last day of hire
        ("Tel. 030 12.10.25", None),
        ("Our list", None),
    ],
)
def test_the_day_of_the_file_may_stand_in_its_title(tmp_path, remark, day):
    imported = read(tmp_path, f"{remark};\n" + listed("Eintritt", [f"{place}.3.2020" for place in range(1, 7)]))
    assert imported.as_of == datetime.date.fromisoformat(day or "2020-03-06")
    assert ("has days of hire only" in dict(imported.summary)["As of"]) == (day is None)


def test_another_sheet_with_people_is_named(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [["Name", "Job title", "Start date"]] + [[name, "x", datetime.date(2020, 1, 1)] for name in NAMES]:
        sheet.append(row)
    other = book.create_sheet("Leavers")
    other.append(["Name", "End date"])
    other.append(["Gerd Groß", datetime.date(2021, 1, 1)])
    book.save(tmp_path / "people.xlsx")
    said = dict(import_roster(tmp_path / "people.xlsx").summary)["People"]
    assert "not read, though it looks like people as well: sheet Leavers" in said


def test_a_column_that_was_chosen_has_the_scale_of_its_heading(tmp_path):
    chosen = "Perf-Wert Z (1-5, 1 = sehr gut)"
    imported = read(tmp_path, listed(chosen, (1, 2, 3, 4, 5, 5)), columns__competence=chosen)
    assert imported.people[0].shares["competence"] == 1


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (("Teilzeit 60 %", "Vollzeit", "Vollzeit", "Teilzeit 50%", "Vollzeit", "Vollzeit"), [0.6, 1, 1, 0.5, 1, 1]),
        (("part-time (20 h)", "full-time (40 h)", *["full-time (40 h)"] * 4), [0.5, 1, 1, 1, 1, 1]),
        (("Jornada completa", "Media jornada", *["Jornada completa"] * 4), [1, 0.5, 1, 1, 1, 1]),
        (("Vollzeit", "Teilzeit", "Teilzeit 50%", "Vollzeit", "Vollzeit", "Vollzeit"), [1, None, 0.5, 1, 1, 1]),
    ],
)
def test_part_time_in_words_and_numbers(tmp_path, cells, shares):
    imported = read(tmp_path, listed("Beschäftigungsgrad", cells))
    assert [one.fte or 1 for one in imported.people] == [share or 1 for share in shares]
    assert ("by how much is not said" in dict(imported.summary)["Part-time"]) == (None in shares)


def test_a_name_beside_a_first_name_is_the_last_name(tmp_path):
    apart = "Name;Vorname;Funktion\nAldermann;Anna;x\nBöhm;Bernd;x\n"
    assert [person.who for person in read(tmp_path, apart).people] == ["Anna Aldermann", "Bernd Böhm"]
    whole = "Name;Vorname;Funktion\nAldermann, Anna;Anna;x\nBöhm, Bernd;Bernd;x\n"
    assert [person.who for person in read(tmp_path, whole).people] == ["Aldermann, Anna", "Böhm, Bernd"]


def test_a_first_column_without_a_heading_has_the_names(tmp_path):
    imported = read(tmp_path, listed("Position", "xxxxxx").replace("Name;", ";"))
    assert [person.who for person in imported.people] == list(NAMES)
    assert "name = the first column, which has no heading" in dict(imported.summary)["Columns read"]


def test_years_alone_are_days_if_it_is_said_which(tmp_path):
    text = listed("bei uns seit", range(2005, 2011))
    with pytest.raises(InputError, match="rows 2, 3, 4 and 3 more, column bei uns seit: got 2005, a year alone"):
        read(tmp_path, text)
    assert read(tmp_path, text, dates__year="07-01").as_of == datetime.date(2010, 7, 1)
    with pytest.raises(InputError, match=r'dates\.year: got "July"; write a day as 07-01'):
        read(tmp_path, text, dates__year="July")


def test_a_sum_in_few_cells_is_nobody_wherever_it_stands(tmp_path):
    rows = [f"{place};{name};x" for place, name in enumerate(NAMES, 1)]
    text = "\n".join(["Lfd;Name;Puesto", *rows, "Total empleados:;6;"])
    assert [person.who for person in read(tmp_path, text).people] == list(NAMES)


def test_words_that_are_plainly_in_an_order_are_offered_in_it(tmp_path):
    cells = ("A (excellent)", "B (bon)", "C (moyen)", "D (insuffisant)", "B (bon)", "B (bon)")
    with pytest.raises(Undecided, match="is this the order of its words") as caught:
        read(tmp_path, listed("Évaluation", cells))
    order = caught.value.readings[0].value
    assert order == "D (insuffisant),C (moyen),B (bon),A (excellent)"
    assert read(tmp_path, listed("Évaluation", cells), scales__competence=order).people[0].shares["competence"] == 1


def test_no_heading_with_a_name_is_printed_or_kept(tmp_path):
    imported = read(tmp_path, listed("Bewertung durch Anna Aldermann (1-5)", (1, 2, 3, 4, 5, 5)), columns__competence="Bewertung durch Anna Aldermann (1-5)")  # fmt: skip # noqa: E501
    assert not [part for part in ("Anna", "Aldermann") if part in imported.map + str(imported.summary)]
    assert "not kept in a map: columns.competence" in dict(imported.summary)["Names"]
