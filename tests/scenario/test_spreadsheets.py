"""Rosters as consultants get them: .xlsx files, ratings from 1 to 5, and all that goes wrong in spreadsheets."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.scenario import InputError, load_scenario, with_roster
from sim.scenario.pseudonyms import pseudonymised
from sim.scenario.roster import read_roster
from sim.scenario.scales import SCALES, as_share

HEADER = ["name", "role", "team", "tenure_years", "competence_1_5", "commitment_1_5"]
ADA, BEN = ["Ada", "Clerk", "Office", 2, 4, 5], ["Ben", "Clerk", "Office", 0.5, 2.5, 3]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def book(*rows, merge=(), title="Sheet1", other=None):
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merge:
            sheet.merge_cells(cells)
        if other:
            for row in rows:
                made.create_sheet(other).append(row)
        made.save("team.xlsx")
        return Path("team.xlsx")

    return book


def fault(path) -> str:
    with pytest.raises(InputError) as caught:
        read_roster(path)
    return str(caught.value)


def test_ratings_and_years_become_shares_and_weeks(book):
    ada, ben = read_roster(book(HEADER, ADA, BEN)).people
    assert (ada.competence, ada.commitment, ada.tenure) == (0.75, 1.0, 104)
    assert (ben.competence, ben.commitment, ben.tenure) == (0.375, 0.5, 26)


@given(st.floats(1, 5))
def test_a_rating_is_a_share_of_its_range(rating):
    assert 0 <= as_share(rating) <= 1
    assert (as_share(1), as_share(3), as_share(5)) == (0, 0.5, 1)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_every_rating_may_be_given_on_either_scale(tmp_path, scale):
    shares = {"competence": "0.5", "commitment": "0.5"} | {scale.name: "0.25"}
    ratings = {name + ("_1_5" if name == scale.name else ""): value for name, value in shares.items()}
    ratings[f"{scale.name}_1_5"] = "2"
    people = []
    for given_as in (shares, ratings):
        lines = [",".join(["name", "role", "tenure", *given_as])]
        lines += [",".join([name, "x", "1", *given_as.values()]) for name in ("Ada", "Ben")]
        (tmp_path / "team.csv").write_text("\n".join(lines))
        people.append(read_roster(tmp_path / "team.csv").people)
    assert people[0] == people[1]


def test_both_scales_work_beside_each_other(tmp_path):
    (tmp_path / "team.csv").write_text("name;role;tenure;Competence (1-5);commitment\nAda;x;1;2,5;0,5\nBen;x;1;5;1\n")
    ada, ben = read_roster(tmp_path / "team.csv").people
    assert (ada.competence, ada.commitment, ben.competence, ben.commitment) == (0.375, 0.5, 1, 1)


def test_a_scenario_takes_people_from_a_spreadsheet(book):
    path = book(HEADER, ADA, BEN)
    scenario = with_roster(load_scenario("everyday"), path)
    assert [team.size for team in scenario.teams] == [2]
    Path("mine.toml").write_text(
        'title = "t"\nquestion = "q"\n[[teams]]\nname = "Office"\n[employees]\nroster = "team.xlsx"\n'
    )
    assert load_scenario("mine.toml").employees.people == read_roster(path).people


def test_titles_blank_lines_decimal_commas_and_text_for_numbers_are_fine(book):
    rows: Any = (["Our team in 2026"], [], HEADER, ["Ada", None, None, "0,5", "4", " 5 "], [], [], BEN, ["", " ", None])
    read = read_roster(book(*rows, merge=["A1:F1"]))
    assert read.rows == (4, 7)
    assert (read.people[0].tenure, read.people[0].competence) == (26, 0.75)


def test_a_merged_team_counts_for_all_its_rows(book):
    rows: Any = (HEADER, ADA, [*BEN[:2], None, *BEN[3:]], ["Cy", "x", "Shop", 1, 1, 1], ["Di", "x", None, 1, 1, 1])
    people = read_roster(book(*rows, merge=["C2:C3", "C4:C6"])).people
    assert [person.team for person in people] == ["Office", "Office", "Shop", "Shop"]


def test_the_sheet_of_people_is_found(book):
    assert len(read_roster(book(HEADER, ADA, BEN, title="Zahlen")).people) == 2
    assert "more than one sheet looks like a roster (Sheet1, Other)" in fault(book(HEADER, ADA, BEN, other="Other"))
    made = openpyxl.load_workbook("team.xlsx")
    made["Sheet1"].title = "People"
    made.save("team.xlsx")
    assert len(read_roster("team.xlsx").people) == 2


def test_all_that_is_wrong_comes_at_once(book):
    rows: Any = (
        HEADER,
        ["Ada", "Boss", "Office", 3, "high", 5],
        ["Ben", "Clerk", "Office", datetime.date(2026, 5, 3), 2.5, 7],
        ["Ada", "Clerk", "Office", 1.5, "=1+1", "#REF!"],
        [None, "x", "Office", 1, None, 1],
        ["Eve", "x", "Office", -1, "70%", 3, "a note"],
    )
    assert fault(book(*rows, merge=["A6:B6"])).splitlines() == [
        "12 things to put right in team.xlsx:",
        "  - cells A6:B6: merged. Take the merge apart, and give every row and column a cell of its own.",
        "  - row 1: column G has no name. Name it, or take it out.",
        '  - row 2, column competence_1_5: got "high", which is not a number. Write a number such as 3.',
        '  - row 3, column tenure_years: got "2026-05-03 00:00:00", which is not a number. '
        "The spreadsheet took it for a date: format the column as numbers, and type it again.",
        "  - row 3, column commitment_1_5: got 7; allowed is a number from 1 to 5. Correct the number.",
        "  - row 4, column competence_1_5: a formula without a stored result. "
        "Save the file in a spreadsheet program, or type the value.",
        '  - row 4, column commitment_1_5: got "#REF!", which is not a number. Write a number such as 3.',
        '  - row 4, column name: "Ada" is in row 2 too. Make each name unique.',
        "  - row 5, column name: empty. Fill it in.",
        "  - row 5, column competence_1_5: empty. Fill it in.",
        "  - row 6, column tenure_years: got -1; allowed is a number from 0 to 60. Correct the number.",
        '  - row 6, column competence_1_5: got "70%", which is not a number. Write a number such as 3.',
    ]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (["name", "role", "tenure", "competence", "competence_1_5", "commitment"], "say the same on two scales"),
        (["name", "role", "tenure", "tenure_years", "competence", "commitment"], "columns tenure and tenure_years say"),
        (["name", "role", "tenure", "competence_1_7", "commitment"], "missing column(s) competence; found name"),
        (["name", "role", "tenure", "competence", "commitment", "commitmnt_1_5"], 'did you mean "commitment_1_5"?'),
    ],
)
def test_a_header_that_cannot_be_is_explained(book, header, says):
    assert says in fault(book(header, ["Ada", "x", *[1] * (len(header) - 2)], ["Ben", "x", *[1] * (len(header) - 2)]))


def test_ratings_in_a_column_of_shares_are_pointed_out(book):
    header = ["name", "role", "tenure", "competence", "commitment"]
    text = fault(book(header, ["Ada", "x", 1, 4, 0.5], ["Ben", "x", 1, 0.5, 70]))
    assert "row 2, column competence: got 4; allowed is a number from 0 to 1 (share, 0-1)." in text
    assert "If it is rated from 1 to 5, call the column competence_1_5." in text
    assert "row 3, column commitment: got 70; allowed is a number from 0 to 1 (share, 0-1). Write 70 % as 0.7." in text


def zipped(**parts) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def damaged_inside() -> bytes:
    """What is packed cannot be unpacked, though the list of contents is in order."""
    data = bytearray(zipped(**{"xl/worksheets/sheet1.xml": "<c r='A1'/>" * 500}))
    begins = data.index(b"sheet1.xml") + len("sheet1.xml")
    data[begins : begins + 8] = b"\xff" * 8
    return bytes(data)


def locked() -> bytes:
    """The list of contents says that a password is needed."""
    data = bytearray(zipped(**{"xl/worksheets/sheet1.xml": "<c r='A1'/>"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "an old .xls file, or one with a password. Save it as .xlsx"),
        (b"PK\x03\x04" + b"0" * 100, "not a readable .xlsx file"),
        (zipped(nothing="here"), "not a readable .xlsx file"),
        (damaged_inside, "not a readable .xlsx file"),
        (locked, "not a readable .xlsx file"),
        (lambda: zipped(bomb="0" * 200_000_000), "far larger than a list of people can be"),
    ],
    ids=["old", "broken", "no workbook", "damaged inside", "locked", "bomb"],
)
def test_what_is_no_spreadsheet_gets_one_message(tmp_path, data, says):
    (tmp_path / "team.xlsx").write_bytes(data() if callable(data) else data)
    assert says in fault(tmp_path / "team.xlsx")


def test_an_empty_spreadsheet(book):
    assert "no header in the first row. It needs the columns name, role" in fault(book())
    assert "got no people" in fault(book(HEADER))


def test_without_openpyxl_it_says_what_to_install(book, monkeypatch):
    path = book(HEADER, ADA, BEN)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    assert (
        'needs the package openpyxl, which is not installed. Install it with: pip install "teamsim[report]"'
        in fault(path)
    )


def test_results_hold_no_names(book):
    scenario = load_scenario("client-roster")
    names = [person.name for person in scenario.employees.people]
    event = {"event": "key_person_leaves", "week": 2, "person": names[3], "note": f"{names[3]} goes, Anton stays."}
    table = scenario.model_dump()
    scenario = sim.scenario.scenario_from({**table, "events": [event], "name": "client"})
    facts = sim.compare(scenario, ["S1"], 1, weeks=2).attrs["scenario_json"]
    assert not [name for name in names if name in facts]
    hidden = pseudonymised(scenario)
    assert hidden.events[0].model_dump()["person"] == hidden.employees.people[3].name == "Person 04"
    same = [sim.compare(one, ["S1"], 2, weeks=4) for one in (scenario, hidden)]
    assert same[0].identical(same[1])
    assert hidden.events[0].note == "Person 04 goes, Person 01 stays."
    assert pseudonymised(load_scenario("everyday")) == load_scenario("everyday")
