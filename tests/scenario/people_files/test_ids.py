"""Ids: doubled ones, leading zeros, and whole numbers with decimals, in one file and between two."""

import pytest

from sim.scenario import InputError
from sim.scenario.people_files import Undecided, import_roster
from sim.scenario.people_files.identities import identities, identity

NAMES = ("Ada Aber", "Ben Brook", "Cleo Cole", "Dov Dunn", "Eva Eke", "Finn Ford")


def read(tmp_path, *texts, **decisions):
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"people{number}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    return import_roster(paths, decisions={key.replace("__", "."): value for key, value in decisions.items()})


def people(ids):
    return "Employee ID;Name\n" + "".join(f"{one};{name}\n" for one, name in zip(ids, NAMES, strict=True))


def survey(ids, ratings=(1, 2, 3, 4, 5, 1)):
    return "ID;Engagement (1-5)\n" + "".join(f"{one};{rating}\n" for one, rating in zip(ids, ratings, strict=False))


def shares(imported):
    return [person.shares["commitment"] for person in imported.people]


def test_ids_as_they_are_compared():
    assert [identity(cell) for cell in ("17.0", 17.0, "17,00", " E-17 ", "n/a")] == ["17", "17", "17", "e17", ""]
    assert identities(["007", "8"], ["7", "8.0"]) == [["7", "8"], ["7", "8"]]
    assert identities(["007", "7"], ["7", "8"]) == [["007", "7"], ["7", "8"]]


def test_ids_that_look_different_are_one(tmp_path):
    joined = read(
        tmp_path,
        people(["001", "002", "003", "004", "005", "010"]),
        survey(["1.0", "2.0", "3.0", "4.0", "5.0", "10.0"]),
    )
    assert shares(joined) == [0, 0.25, 0.5, 0.75, 1, 0]
    assert "6 of 6 are in both" in dict(joined.summary)["People"]
    assert len(read(tmp_path, people(["1.0", "10", "3", "4", "5", "6"])).people) == 6  # 1.0 is not 10


def test_somebody_twice_in_the_file_that_adds_columns_is_asked_about(tmp_path):
    texts = people([1, 2, 3, 4, 5, 6]), survey([1, 2, 3, 4, 5, 1], (1, 2, 3, 4, 5, 3))
    with pytest.raises(Undecided, match="ID is the same in rows 2, 7, and the rest is not") as caught:
        read(tmp_path, *texts)
    assert [reading.value for reading in caught.value.readings] == ["first", "last"]
    assert shares(read(tmp_path, *texts, people__repeated="first"))[0] == 0
    same = read(tmp_path, texts[0], survey([1, 2, 3, 4, 5, 5], (1, 2, 3, 4, 5, 5)))
    assert "rows of the second that say somebody again left out: 1" in dict(same.summary)["People"]


def test_somebody_twice_in_the_list_of_people_is_asked_about(tmp_path):
    with pytest.raises(Undecided, match="The names differ in all of them: a mistyped number") as caught:
        read(tmp_path, people([1, 2, 3, 4, 5, 5]), survey([1, 2, 3, 4, 5, 6]))
    assert [reading.value for reading in caught.value.readings] == ["all", "first", "last"]
    text = people([1, 2, 3, 4, 5, 6]) + "1;Aber, Ada\n"
    with pytest.raises(Undecided) as caught:
        read(tmp_path, text)
    assert [reading.value for reading in caught.value.readings] == ["first", "last", "all"]


def test_the_same_row_again_is_the_same_person(tmp_path):
    header = "Name;Position;Eintritt;Leistung (1-5);Engagement (1-5)\n"
    rows = "Ada Aber;Koch;01.03.2020;3;4\nBen Brook;Koch;01.03.2020;3;4\nAda Aber;Koch;01.03.2020;3;4\n"
    imported = read(tmp_path, header + rows)
    assert [person.who for person in imported.people] == ["Ada Aber", "Ben Brook"]
    assert "says the same person again: 1 (row 4)" in dict(imported.summary)["People"]
    zeros = read(
        tmp_path, "Employee ID;Name;Position\n007;Ada Aber;x\n7;Ada Aber;x\n8;Ben Brook;x\n", people__repeated="first"
    )
    assert len(zeros.people) == 2


def test_what_tells_nobody_apart_is_not_called_no_id(tmp_path):
    first = "Team;Name\n" + "".join(f"A;{name}\n" for name in NAMES)
    with pytest.raises(InputError, match="Team is in both, but tells people apart in neither"):
        read(tmp_path, first, "Team;Engagement (1-5)\n" + "A;3\n" * 6)
    with pytest.raises(InputError, match="no column with an id of the person is in both"):
        read(tmp_path, people([1, 2, 3, 4, 5, 6]), "Code;Engagement (1-5)\n1;3\n2;4\n")


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Name", [", ".join(reversed(name.split())) for name in NAMES]),
        ("Vorname;Nachname", [name.replace(" ", ";") for name in NAMES]),
        ("Nachname;Vorname", [";".join(reversed(name.split())) for name in NAMES]),
        ("Name;Vorname", [";".join(reversed(name.split())) for name in NAMES]),
        ("E-Mail", [name.lower().replace(" ", ".") + "@acme.example" for name in NAMES]),
        ("Employee", [name.upper() for name in NAMES]),
    ],
)
def test_files_are_joined_by_names_however_they_are_written(tmp_path, header, rows):
    text = "\n".join([f"{header};Engagement (1-5)", *(f"{row};{place % 5 + 1}" for place, row in enumerate(rows))])
    joined = read(tmp_path, "Name;Position\n" + "".join(f"{name};x\n" for name in NAMES), text)
    assert shares(joined) == [0, 0.25, 0.5, 0.75, 1, 0]
    assert [person.who for person in joined.people] == list(NAMES)
    assert "6 of 6 are in both" in dict(joined.summary)["People"]
    (tmp_path / "map.toml").write_text(joined.map, encoding="utf-8")
    again = import_roster([tmp_path / "people0.csv", tmp_path / "people1.csv"], map=tmp_path / "map.toml")
    assert again.people == joined.people


def test_an_id_joins_before_a_name(tmp_path):
    first = people([1, 2, 3, 4, 5, 6])
    second = "Employee ID;Name;Engagement (1-5)\n" + "".join(f"{k + 1};{name};3\n" for k, name in enumerate(NAMES))
    assert "by Employee ID: 6 of 6" in dict(read(tmp_path, first, second).summary)["People"]
