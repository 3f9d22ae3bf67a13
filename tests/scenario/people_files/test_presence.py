"""Who is there: days that contradict each other, days to come, and more leavers than can be."""

import datetime

import pytest

from sim.scenario.people_files import Undecided, import_roster

HEADER = "Name;Position;Hire Date;Termination Date"
STAY = ["Ada Aber;x;2019-03-01;", "Ben Brook;x;2018-03-01;", "Cleo Cole;x;2017-03-01;", "Dov Dunn;x;2016-03-01;2024-06-30"]  # fmt: skip # noqa: E501


def read(tmp_path, rows, header=HEADER, **decisions):
    (tmp_path / "people.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    return import_roster(tmp_path / "people.csv", decisions={key.replace("__", "."): value for key, value in decisions.items()})  # fmt: skip # noqa: E501


def test_who_left_before_being_hired_is_asked_about(tmp_path):
    rows = [*STAY, "Eva Eke;x;2022-05-01;2020-12-31"]
    with pytest.raises(Undecided, match=r"the day of leaving is before the day of hire \(row 6\)") as caught:
        read(tmp_path, rows)
    assert [reading.value for reading in caught.value.readings] == ["yes", "no"]
    back = read(tmp_path, rows, people__came_back="yes")
    assert len(back.people) == 4
    assert "taken as hired again (row 6)" in dict(back.summary)["Leavers"]
    out = read(tmp_path, rows, people__came_back="no")
    assert "has left, by the file before the day of hire: 1 (row 6)" in dict(out.summary)["People"]


def test_a_status_tells_who_came_back(tmp_path):
    rows = [f"{row};{'Inactive' if row.endswith('30') else 'Active'}" for row in STAY]
    rows += ["Eva Eke;x;2022-05-01;2020-12-31;Active", "Finn Ford;x;2022-05-01;2020-12-31;Inactive"]
    imported = read(tmp_path, rows, HEADER + ";Status")
    assert [person.who for person in imported.people] == ["Ada Aber", "Ben Brook", "Cleo Cole", "Eva Eke"]
    assert "(row 7)" in dict(imported.summary)["People"]
    assert (datetime.date(2022, 5, 1), None) in imported.periods


def test_days_of_hire_to_come_are_left_out_and_said(tmp_path):
    soon = datetime.date.today() + datetime.timedelta(days=30)
    rows = [*STAY, f"Eva Eke;x;{soon.isoformat()};", "Finn Ford;x;2206-05-01;"]
    said = dict(read(tmp_path, rows).summary)["People"]
    assert "begins later: 1 (row 6)" in said
    assert "begins more than a year from today: a mistyped day of hire?: 1 (row 7)" in said


def test_no_day_of_hire_is_none(tmp_path):
    rows = [*STAY, "Eva Eke;x;1900-01-01;"]
    assert read(tmp_path, rows).people[-1].weeks is None


def test_more_leavers_than_people_are_said(tmp_path):
    rows = STAY[:3] + [f"P{place};x;2023-01-01;2024-0{place}-01" for place in range(1, 10)]
    said = dict(read(tmp_path, rows).summary)["Leavers"]
    assert said.startswith("9 in the year before 2024-09-01, of 7.5 people on average; more than everybody once")
    assert dict(read(tmp_path, STAY).summary)["Leavers"] == "1 in the year before 2024-06-30, of 3.5 people on average"
    flags = [f"P{place};{'yes' if place > 2 else 'no'}" for place in range(9)]
    assert dict(read(tmp_path, flags, "Name;Left").summary)["Leavers"].startswith("6 have left, 3 are there; more than")
