"""Rows that sum up others, in plain layouts and four languages; and people who only look like one."""

import pytest

from sim.scenario.people_files import import_roster

HEADER = "ID,Name,Department,Hire Date,Rating (1-5),Hours per week"
STAFF = [f"E{place},Name{sign} Surn{sign},{'Sales' if place < 5 else 'Ops'},2019-0{1 + place % 9}-14,{3 + place % 3},40"
         for place, sign in enumerate("abcdefghij")]  # fmt: skip


def read(tmp_path, rows, header=HEADER):
    (tmp_path / "people.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    return import_roster(tmp_path / "people.csv", decisions={"teams.rule": "one"})


TOTALS = [
    "Total,10,,,,", "Total,10 employees,,,3.9,", ",Sales subtotal,Sales,,3.8,", "Summe,20,,,,400", "Anzahl,10,,,,",
    "Grand Total,10,All,,3.9,400", "Summe Vertrieb,5,Sales,,4,", ",Mitarbeiter gesamt,10,,3.9,", "Total général,10,,,,",
    "Suma,10,,,,400", "Sous-total Ventes,5,,,,", "10,,Total,,3.9,", ",10,,Total:,3.9,", ",,,Gesamt,3.9,400",
    "Suma Ventas,5,,,3,",
    ",Anzahl Mitarbeiter,10,,,", "Durchschnitt,,,2019-05-14,3.9,40", ",Total,Sales,,3.9,200",
    "Zwischensumme,5,Sales,,,",
]  # fmt: skip


def test_rows_of_totals_are_nobody_wherever_the_word_stands(tmp_path):
    rows = [*STAFF[:5], *TOTALS, *STAFF[5:]]
    imported = read(tmp_path, rows)
    assert len(imported.people) == 10
    summary = dict(imported.summary)
    assert f"sums up others: {len(TOTALS)} (row 7," in summary["People"]
    assert {person.fte for person in imported.people} <= {None, 1.0}


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (HEADER, ["E10,Anna Total,Sales,2020-01-01,4,40", "E11,Total,Sales,2020-01-01,4,40", "E12,Suma Rao,Ops,,4,40"]),
        ("ID,Role,Rating (1-5)", [f"{k},{role},4" for k, role in enumerate(["Total Rewards Manager", "x", "y"], 20)]),
        ("ID,Name,Role,Rating (1-5)", ["7,Anna Total,x,4", "8,Suma Rao,,5", "9,Total Ann,y,4", "10,Ben Boo,x,1"]),
        ("ID,Company,Rating (1-5)", [f"{k},Total,4" for k in range(20, 30)]),
        ("ID,Department,Rating", [f"{k},All,{word}" for k, word in enumerate(["low", "high", "medium"], 20)]),
    ],
)
def test_people_who_only_look_like_totals_are_kept(tmp_path, header, rows):
    staff = STAFF if header == HEADER else []
    imported = read(tmp_path, [*staff, *rows], header)
    assert len(imported.people) == len(staff) + len(rows)


@pytest.mark.parametrize("row", ["10,,,,,", "E10,10,,,3.9,400"])
def test_a_number_for_a_name_without_a_day_is_nobody(tmp_path, row):
    imported = read(tmp_path, [*STAFF, row])
    assert len(imported.people) == 10
    assert "has a number for a name and no day of hire: 1 (row 12)" in dict(imported.summary)["People"]
