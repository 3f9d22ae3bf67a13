"""Scales of which the low end is the best: found where a word says so, asked about where nothing does."""

import tomllib

import openpyxl
import pytest

from sim.scenario.people_files import Undecided, import_roster
from sim.scenario.people_files.columns import recognised
from sim.scenario.people_files.said_scale import HIGH, LOW, UNCLEAR, said_scale

NAMES = ("Ada Aber", "Ben Brook", "Cleo Cole", "Dov Dunn", "Eva Eke", "Finn Ford")
RATINGS = (1, 2, 3, 4, 5, 2)


def read(tmp_path, heading, cells=RATINGS, also="Position", **decisions):
    rows = [f"{name};x;{cell}" for name, cell in zip(NAMES, cells, strict=True)]
    (tmp_path / "people.csv").write_text("\n".join([f"Name;{also};{heading}", *rows]), encoding="utf-8")
    return import_roster(tmp_path / "people.csv", decisions={key.replace("__", "."): value for key, value in decisions.items()})  # fmt: skip # noqa: E501


def shares(imported):
    return [round(person.shares["competence"], 2) for person in imported.people]


@pytest.mark.parametrize(
    ("text", "name", "best"),
    [
        ("(1-6, 1 = sehr gut)", "6-1", LOW),
        ("(1-6,1=sehr gut)", "6-1", LOW),
        ("(1=sehr gut, 6=ungenügend)", "6-1", LOW),
        ("von 1 (sehr gut) bis 5 (nicht genügend)", "5-1", LOW),
        ("(1=best,5=worst)", "5-1", LOW),
        ("(best = 1, worst = 5)", "5-1", LOW),
        ("best 1, worst 5", "5-1", LOW),
        ("1 = excellent", None, LOW),
        (": 1 best, 5 worst", "5-1", LOW),
        ("(1 - 6, beste Note: 1)", "6-1", LOW),
        ("(1-5, sehr gut = 5)", "1-5", HIGH),
        ("(1 = gut, schlecht = 5)", "5-1", LOW),
        ("(lower=better)", None, LOW),
        ("(1 = gar nicht, 5 = völlig)", "1-5", HIGH),
        ("1 = expert, 4 = beginner", "4-1", LOW),
        ("(1=😀, 5=☹)", None, UNCLEAR),
        ("(reverse coded, 1-5)", "1-5", UNCLEAR),
        ("best: 1, worst: 5", "5-1", LOW),
        ("1: sehr gut, 6: ungenügend", "6-1", LOW),
        (": 1 (top) bis 4 (flop)", "4-1", LOW),
        ("5 (best) - 1 (worst)", "1-5", HIGH),
        ("(Schulnoten 1-6)", "1-6", None),
        ("(1 à 5, 1 étant le meilleur)", "5-1", LOW),
        ("(1 a 5, siendo 1 lo mejor)", "5-1", LOW),
        ("1 = très bien … 5 = insuffisant", "5-1", LOW),
        ("(1 mejor, 5 peor)", "5-1", LOW),
        ("1-6, lower is better", "6-1", LOW),
        ("1-5, niedriger ist besser", "5-1", LOW),
        ("(1-5, 5 = hervorragend)", "1-5", HIGH),
        ("(1 = poor, 5 = excellent)", "1-5", HIGH),
        ("1 = stimme gar nicht zu, 7 = stimme voll zu", "1-7", HIGH),
        ("(1-10)", "1-10", None),
        ("(H1 2024)", None, None),
    ],
)
def test_what_a_text_says_of_a_scale(text, name, best):
    said = said_scale(text)
    assert (said and (said.name, said.best)) == ((name, best) if name or best else None)


@pytest.mark.parametrize(
    "heading",
    [
        "Beurteilung (1-6, 1 = sehr gut)",
        "Note (1=sehr gut, 6=ungenügend)",
        "Schulnote 1 (sehr gut) bis 6 (ungenügend)",
        "Évaluation (1 = excellent, 6 = insuffisant)",
        "Desempeño (1 = excelente, 6 = muy malo)",
        "Performance Rating 2023 (1 = best, 6 = worst)",
    ],
)
def test_a_heading_says_that_1_is_the_best(tmp_path, heading):
    imported = read(tmp_path, heading)
    assert shares(imported) == [1, 0.8, 0.6, 0.4, 0.2, 0.8]
    assert "scale 6-1, where 1 is the best (named in the heading)" in dict(imported.summary)["Competence"]
    assert tomllib.loads(imported.map)["scales"]["competence"] == "6-1"


def test_where_only_one_end_is_told_the_ratings_tell_the_other(tmp_path):
    assert shares(read(tmp_path, "Rating, 1 = excellent")) == [1, 0.75, 0.5, 0.25, 0, 0.75]
    with pytest.raises(Undecided) as caught:
        read(tmp_path, "Rating, 1 = excellent", (1, 2, 3, 2, 3, 2))
    assert [reading.value for reading in caught.value.readings] == ["4-1", "5-1", "none"]


@pytest.mark.parametrize(
    "cells",
    [
        ("1 - sehr gut", "2 - gut", "3 - befriedigend", "4 - ausreichend", "5 - mangelhaft", "2 - gut"),
        ("1 sehr gut", "2 gut", "3 befriedigend", "4 ausreichend", "5 mangelhaft", "2 gut"),
        ("1 (outstanding)", "2 (exceeds)", "3 (meets)", "4 (below)", "5 (unsatisfactory)", "2 (exceeds)"),
        ("outstanding (1)", "exceeds (2)", "meets (3)", "below (4)", "unsatisfactory (5)", "exceeds (2)"),
    ],
)
def test_words_beside_the_numbers_say_that_1_is_the_best(tmp_path, cells):
    imported = read(tmp_path, "Rating", cells)
    assert shares(imported) == [1, 0.75, 0.5, 0.25, 0, 0.75]
    assert "the words in the cells say which end is the best" in dict(imported.summary)["Competence"]
    with pytest.raises(Undecided, match="call different ends best"):
        read(tmp_path, "Rating (1 = worst)", cells)


@pytest.mark.parametrize(
    ("heading", "offered"),
    [
        ("Note (1-6)", ["6-1", "1-6", "none"]),
        ("Note (1-5)", ["5-1", "1-5", "none"]),
        ("Beurteilung (1-6)", ["6-1", "1-6", "none"]),
        ("Schulnote", ["6-1", "5-1", "1-5", "1-6", "none"]),
        ("Beurteilung", ["6-1", "5-1", "1-5", "1-6", "none"]),
    ],
)
def test_german_marks_without_a_word_are_asked_about(tmp_path, heading, offered):
    with pytest.raises(Undecided, match="is 1 the best or the worst") as caught:
        read(tmp_path, heading, also="Stellenbezeichnung")
    assert [reading.value for reading in caught.value.readings] == offered
    assert shares(read(tmp_path, heading, also="Stellenbezeichnung", scales__competence="6-1"))[0] == 1


def test_from_1_to_6_is_asked_about_in_any_language(tmp_path):
    with pytest.raises(Undecided) as caught:
        read(tmp_path, "Rating", (1, 2, 3, 6, 5, 2))
    assert [reading.value for reading in caught.value.readings] == ["6-1", "1-6", "none"]
    with pytest.raises(Undecided) as caught:
        read(tmp_path, "Rating", (2, 2, 3, 6, 5, 2))
    assert [reading.value for reading in caught.value.readings] == ["1-6", "1-7", "6-1", "none"]


def test_a_french_note_rises(tmp_path):
    assert shares(read(tmp_path, "Note (1-5)", also="Intitulé de poste"))[:2] == [0, 0.25]


def test_a_legend_beside_the_table_tells_it(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Notenskala: 1 = sehr gut, 6 = ungenügend"])
    sheet.append(["Name", "Stellenbezeichnung", "Beurteilung"])
    for name, one in zip(NAMES, RATINGS, strict=True):
        sheet.append([name, "x", one])
    book.save(tmp_path / "people.xlsx")
    imported = import_roster(tmp_path / "people.xlsx")
    assert shares(imported)[:2] == [1, 0.8]
    assert "told by a remark in the file" in dict(imported.summary)["Competence"]
    del book
    book = openpyxl.load_workbook(tmp_path / "people.xlsx")
    book.worksheets[0].delete_rows(1)
    legend = book.create_sheet("Legende")
    for row in (["Skala", ""], [1, "sehr gut"], [5, "nicht genügend"]):
        legend.append(row)
    book.save(tmp_path / "people.xlsx")
    assert shares(import_roster(tmp_path / "people.xlsx"))[:2] == [1, 0.75]


@pytest.mark.parametrize(
    ("heading", "meaning", "scale", "best"),
    [
        ("Zufriedenheit (1 = sehr unzufrieden, 5 = sehr zufrieden)", "affect", "1-5", HIGH),
        ("Beurteilung 2023 (1-6, 1 = sehr gut)", "competence", "6-1", LOW),
        ("Rating FY24", "competence", None, None),
    ],
)
def test_a_heading_with_a_scale_in_words_is_known(heading, meaning, scale, best):
    known = recognised(heading)
    assert known is not None
    assert (known.meaning, known.scale, known.best) == (meaning, scale, best)
    assert recognised("Room (1 = best)") is None


def test_marks_with_signs(tmp_path):
    cells = ("1-2", "2+", "3-", "4", "1+", "6-")
    with pytest.raises(Undecided, match="is 1 the best or the worst"):
        read(tmp_path, "Note", cells)
    imported = read(tmp_path, "Note", cells, scales__competence="6-1")
    assert [person.shares["competence"] for person in imported.people] == pytest.approx(
        [0.9, 0.86, 0.54, 0.4, 1, 0], abs=1e-6
    )


def test_what_is_said_and_not_understood_is_asked_about(tmp_path):
    with pytest.raises(Undecided, match="is 1 the best or the worst") as caught:
        read(tmp_path, "Rating (1=😀, 5=☹)")
    assert [reading.value for reading in caught.value.readings] == ["5-1", "1-5", "none"]


def test_letters_that_a_heading_explains(tmp_path):
    imported = read(tmp_path, "Rating (A = best, E = worst)", "ABCDEA")
    assert shares(imported) == [1, 0.75, 0.5, 0.25, 0, 1]
