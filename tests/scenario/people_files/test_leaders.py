"""Leaders are found among the people, however names are written, or by their roles; they are no team members."""

import pytest

from sim.scenario.people_files import Undecided, import_roster
from sim.scenario.people_files.leading import Leads, leads
from sim.scenario.people_files.same_person import Finder


def read(tmp_path, header, rows, **decisions):
    (tmp_path / "people.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    return import_roster(tmp_path / "people.csv", decisions={key.replace("__", "."): value for key, value in decisions.items()})  # fmt: skip # noqa: E501


@pytest.mark.parametrize(
    ("called", "place"),
    [
        ("Aldermann, Anna", 0),
        ("ALDERMANN Anna", 0),
        ("Anna Aldermann", 0),
        ("Dr. Anna Aldermann (1001)", 0),
        ("A. Aldermann", 0),
        ("Aldermann", 0),
        ("anna.aldermann@acme.example", 0),
        ("Mueller, Joerg", 1),
        ("Jörg Müller", 1),
        ("Jorg Muller", 1),
        ("Jörg Peter Müller", 1),
        ("Bjoern Möller", 2),
        ("Núñez García, José", 3),
        ("Jose Nunez", 3),
        ("1002", 1),
        ("1002.0", 1),
        ("Brand", None),  # two people are called so
        ("Eva Brand", 4),
        ("Somebody Else", None),
        ("", None),
    ],
)
def test_who_is_meant(called, place):
    names = ["Anna Maria Aldermann", "Müller, Jörg", "Björn Möller", "José Núñez García", "Eva Brand", "Udo Brand"]
    assert Finder(names, ["1001", "1002", "", "", "", ""]).find(called) == place


PEOPLE = ("Anna Aldermann;Chef", "Ben Brook;Koch", "Cleo Cole;Koch", "Jörg Müller;Kellner", "Eva Eke;Koch",
          "Finn Ford;Koch")  # fmt: skip


def test_leaders_are_found_whichever_name_comes_first(tmp_path):
    managers = ("", "Aldermann, Anna", "ALDERMANN Anna", "Aldermann, Anna", "Mueller, Joerg", "Jorg Muller")
    rows = [f"{person};{manager}" for person, manager in zip(PEOPLE, managers, strict=True)]
    imported = read(tmp_path, "Name;Position;Vorgesetzter", rows, teams__rule="managers")
    assert [(person.who, person.team) for person in imported.people] == [
        ("Ben Brook", "Team 1"), ("Cleo Cole", "Team 1"), ("Jörg Müller", "Team 1"), ("Eva Eke", "Team 2"),
        ("Finn Ford", "Team 2"),
    ]  # fmt: skip
    assert dict(imported.summary)["Leaders"] == "2 named in Vorgesetzter, 2 of them in the list"
    one = read(tmp_path, "Name;Position;Vorgesetzter", rows, teams__rule="one")
    assert one.people[0].who == "Ben Brook"


def test_who_is_not_found_is_said(tmp_path):
    managers = ("", "Anna Aldermann", "Anna Aldermann", "Anna Aldermann", "Kim Lee", "Kim Lee")
    rows = [f"{person};{manager}" for person, manager in zip(PEOPLE, managers, strict=True)]
    said = dict(read(tmp_path, "Name;Position;Vorgesetzter", rows, teams__rule="managers").summary)["Leaders"]
    assert said.startswith("2 named in Vorgesetzter, 1 of them in the list; whoever leads row 6, 7 is not in it")


def test_the_leader_of_a_department_is_no_member_of_it(tmp_path):
    rows = [
        "Anna Aldermann;Kitchen;Ada Boss", "Ben Brook;Kitchen;Aldermann, Anna", "Cleo Cole;Kitchen;Aldermann, Anna",
        "Dov Dunn;Bar;Boss, Ada", "Eva Eke;Bar;Dunn, Dov", "Finn Ford;Bar;Dunn, Dov", "Gil Gray;Bar;Dov Dunn",
    ]  # fmt: skip
    imported = read(tmp_path, "Name;Department;Manager", rows)  # nothing has to be asked: each has one leader
    assert [person.who for person in imported.people] == ["Ben Brook", "Cleo Cole", "Eva Eke", "Finn Ford", "Gil Gray"]
    assert "leads the others: 2 (row 2, 5)" in dict(imported.summary)["People"]


@pytest.mark.parametrize(
    ("role", "how"),
    [
        *((role, Leads.FIRM) for role in (
            "Geschäftsführer", "Geschäftsführerin / Inhaberin", "CEO", "Owner", "Co-Founder & CTO", "Managing Director",
            "Directeur général", "Gérante", "PDG", "Propietaria", "Gerente", "Director General",
        )),
        *((role, Leads.TEAM) for role in (
            "Leiterin", "Teamleiter", "Filialleiterin", "Leiter Vertrieb", "Jefe", "Responsable", "Directeur", "Head",
            "Team Lead", "Chef d'équipe", "Encargada",
        )),
        *((role, Leads.PERHAPS) for role in (
            "Head of Sales", "Responsable qualité", "Jefa de ventas", "Directeur commercial"
        )),
        *((role, Leads.NOBODY) for role in (
            "Assistentin der Geschäftsführung", "Vice President", "Stellv. Filialleiter", "Product Owner", "Koch", "",
            "Account Manager", "Projektleiter", "Assistant to the CEO", "Chef", "Research Director", "Secrétaire",
        )),
    ],
)  # fmt: skip
def test_roles_that_lead(role, how):
    assert leads(role) == how


@pytest.mark.parametrize("role", ["Geschäftsführer", "Jefe", "Responsable", "Leiterin", "Directeur", "CEO", "Owner"])
def test_without_a_column_of_managers_the_role_tells_the_leader(tmp_path, role):
    rows = [f"Anna Aldermann;{role}", *PEOPLE[1:]]
    imported = read(tmp_path, "Name;Position", rows)
    assert imported.people[0].who == "Ben Brook"
    assert "leads the others, by the role: 1 (row 2)" in dict(imported.summary)["People"]
    assert len(read(tmp_path, "Name;Position", rows, people__leading="members").people) == 6


def test_several_who_may_lead_are_asked_about(tmp_path):
    rows = ["Anna Aldermann;Inhaberin", "Ben Brook;Inhaber", *PEOPLE[2:]]
    with pytest.raises(Undecided, match=r"2 people may lead the others, by the role \(row 2, 3\)") as caught:
        read(tmp_path, "Name;Position", rows)
    assert [reading.value for reading in caught.value.readings] == ["roles", "members"]
    assert len(read(tmp_path, "Name;Position", rows, people__leading="roles").people) == 4
    rows = ["Anna Aldermann;Responsable qualité", *PEOPLE[1:]]
    with pytest.raises(Undecided, match="one person may lead"):
        read(tmp_path, "Name;Position", rows)


def test_each_department_has_its_own_leader_by_role(tmp_path):
    rows = [
        "Anna Aldermann;Küchenleiterin;Küche", "Ben Brook;Koch;Küche", "Cleo Cole;Koch;Küche",
        "Dov Dunn;Restaurantleiter;Service", "Eva Eke;Kellnerin;Service", "Finn Ford;Kellner;Service",
    ]  # fmt: skip
    imported = read(tmp_path, "Name;Position;Abteilung", rows, teams__rule="departments")
    assert [person.who for person in imported.people] == ["Ben Brook", "Cleo Cole", "Eva Eke", "Finn Ford"]


def test_a_history_is_of_the_people_of_the_roster(tmp_path):
    rows = [f"{person};2020-01-01;" for person in ("Anna Aldermann;CEO", *PEOPLE[1:])]
    rows.append("Gil Gray;Koch;2020-01-01;2024-03-10")
    imported = read(tmp_path, "Name;Position;Hire Date;Termination Date", [*rows, "Udo Ulm;Koch;2024-06-03;"])
    assert len(imported.people) == 6
    assert imported.history().rows[-1] == ["2024-05", "5", "0", "0"]


def test_who_leads_the_leaders_of_departments_is_no_department(tmp_path):
    rows = [
        "Ada Boss;Management;", "Anna Aldermann;Kitchen;Ada Boss", "Ben Brook;Kitchen;Anna Aldermann",
        "Cleo Cole;Kitchen;Anna Aldermann", "Dov Dunn;Bar;Ada Boss", "Eva Eke;Bar;Dov Dunn", "Finn Ford;Bar;Dov Dunn",
    ]  # fmt: skip
    imported = read(tmp_path, "Name;Department;Manager", rows)
    assert [(person.who, person.team) for person in imported.people] == [
        ("Ben Brook", "Kitchen"), ("Cleo Cole", "Kitchen"), ("Eva Eke", "Bar"), ("Finn Ford", "Bar"),
    ]  # fmt: skip


def test_one_leader_of_several_departments_is_one_leader(tmp_path):
    rows = [f"{person.partition(';')[0]};{'AB'[place % 2]};Anna Aldermann" for place, person in enumerate(PEOPLE)]
    imported = read(tmp_path, "Name;Department;Manager", rows)
    assert ({person.team for person in imported.people}, len(imported.people)) == ({""}, 5)
