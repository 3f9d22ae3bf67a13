"""Lengths of time as people write them, one kind or several in a column."""

import pytest

from sim.scenario import InputError
from sim.scenario.people_files import import_roster
from sim.scenario.people_files.durations import duration


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("5,3 Jahre", 5.3),
        ("11 Monate", 11 / 12),
        ("5 years 3 months", 5.25),
        ("5 years, 3 months", 5.25),
        ("5 yrs. 3 mos.", 5.25),
        ("3 ans", 3),
        ("3 ans et 6 mois", 3.5),
        ("2 a 4 m", 2 + 4 / 12),
        ("2a4m", 2 + 4 / 12),
        ("2 J 6 M", 2.5),
        ("2y 6m", 2.5),
        ("1 año y 6 meses", 1.5),
        ("1½ Jahre", 1.5),
        ("1 1/2 years", 1.5),
        ("1/2 Jahr", 0.5),
        ("26 weeks", 0.5),
        ("P2Y6M", 2.5),
        ("1 Jahr, 26 Wochen", 1.5),
    ],
)
def test_a_length_of_time(cell, years):
    assert duration(cell) == pytest.approx(52 * years)


@pytest.mark.parametrize("cell", ["5", "soon", "3-5 years", "2 J", "2 years 3 years", "< 1 year", "", 5.0, "P"])
def test_what_is_none(cell):
    assert duration(cell) is None


def read(tmp_path, heading, *cells):
    rows = [f"P{place};x;{cell}" for place, cell in enumerate(cells)]
    (tmp_path / "people.csv").write_text("\n".join([f"Name;Position;{heading}", *rows]), encoding="utf-8")
    return import_roster(tmp_path / "people.csv")


def test_units_may_differ_from_cell_to_cell(tmp_path):
    imported = read(tmp_path, "Betriebszugehörigkeit", "5,3 Jahre", "11 Monate", "2 Jahre 3 Monate", "")
    assert [person.weeks for person in imported.people] == pytest.approx([5.3 * 52, 11 * 52 / 12, 2.25 * 52, None])
    with_heading = read(tmp_path, "Tenure (years)", "5.3", "11 months", "2")
    assert [person.weeks for person in with_heading.people] == pytest.approx([5.3 * 52, 11 * 52 / 12, 104])
    assert "in years" in dict(imported.summary)["Tenure"]


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r'row 3, column Tenure: got "2", has no unit, as others have'):
        read(tmp_path, "Tenure", "5 years", "2", "3 months")
    with pytest.raises(InputError, match='row 3, column Tenure: got "< 1 year", which is no length of time'):
        read(tmp_path, "Tenure", "5 years", "< 1 year", "3 months")
