"""Damaged and hostile people files: one message each, in bounded time and memory."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario import InputError
from sim.scenario.people_files import import_roster

HEADER = "name,role,tenure_years,competence_1_5,commitment_1_5\n"
TWO = HEADER + "Ada,x,1,4,5\nBen,x,2,3,4\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(data, ending=".csv", **decisions):
    path = Path(f"people{ending}")
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return import_roster(path, decisions={key.replace("__", "."): value for key, value in decisions.items()})


def fault(data, ending=".csv", **decisions):
    with pytest.raises(InputError) as caught:
        read(data, ending, **decisions)
    return str(caught.value)


def saved(book) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def book_of(*rows, title="People"):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


PEOPLE = (["Name", "Role", "Tenure (years)", "Competence (1-5)", "Commitment (1-5)"],
          ["Ada", "x", 1.5, 4, 5], ["Ben", "x", 2, 3, 4])  # fmt: skip


def zipped(**parts) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def bomb() -> bytes:
    """Made only where it is wanted, as it takes a second."""
    return zipped(bomb="0" * 300_000_000)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "no cells with anything in them"),
        (",,,\n,,\n", "no cells with anything in them"),
        ("just one line of prose", "no row of headings was found"),
        (HEADER, "nothing stands below the headings"),
        (HEADER + "Ada,x,1,4,5\n", "1 person left of 1 rows"),
        (HEADER + "Ada,x,1,4,5,9\nBen,x,2,3,4\n", "row 2: has 6 cells, but there are 5 headings"),
        (HEADER + "Ada,x,70,4,5\nBen,x,2,3,4\n", "row 2, column tenure_years: means 70 years in the position"),
        (HEADER + "Ada,x,-1,4,5\nBen,x,2,3,4\n", "row 2, column tenure_years: means -1 years"),
        (HEADER + "Ada,x,soon,4,5\nBen,x,2,3,4\n", 'column tenure_years: got "soon", which is not a number'),
        (HEADER + "Ada,x,1,splendid,5\nBen,x,2,3,4\nCy,x,2,3,4\n", 'competence_1_5: got "splendid"'),
        (HEADER + "Ada,x,1,=1+3,5\nBen,x,2,3,4\nCy,x,2,3,4\n", 'competence_1_5: got "=1+3"'),
        ("name,hired\nAda,31.02.2020\nBen,1.1.2020\n", 'row 2, column hired: got "31.02.2020", which is no day'),
        ("name,hire date\nAda,31/12/2020\nBen,12/31/2020\n", "days such as 31/12 and 12/31 are mixed"),
        ("name,hire date\nAda,1/2/2020\nBen,3/4/2020\n", "1/2/2020 is 1 February 2020"),
        ("name,status\nAda,zzz\nBen,Active\n", "which of its words mean that somebody has left? It has zzz"),
        ("name,performance\nAda,zap\nBen,zip\n", "its words are no known scale: zap, zip"),
        ("name,performance\nAda,zap\nBen,zip\n", "--set 'scales.competence=LOWEST,...,HIGHEST', with all of them in"),
        ("name,performance\nAda,140\nBen,90\n", "from 90 to 140, which is no scale"),
        ("name,name\nAda,Ada\nBen,Bo\n", 'column "name" is there twice, with different cells'),
        ("id,name\n1,Ada\n1,Ben\n", "id is the same in rows 2, 3, and the rest is not"),
        ('name,tenure\nAda,"1.200"\nBen,"2.100"\n', '"1.200" is 1.2 or 1,200'),
        ("name,team,manager\n" + "".join(f"P{n},A,M\n" for n in range(30)), "at most 25 people"),
        (
            "name,team\n" + "".join(f"P{n},A{n % 3}\n" for n in range(300)),
            "300 people; the model is of small businesses",
        ),
        ("name," * 100_000 + "\n", "more than 1,000 columns"),
        ("name,role\n" + "a,b\n" * 30_000, "more than 20,000 rows"),
        (HEADER + f'"{"a" * 200_000}",x,1,1,1\n', "not a readable CSV file (field larger than field limit"),
        (bytes(range(256)) * 20, "neither text nor a spreadsheet"),
        (b"\xff\xfeabc", "neither text nor a spreadsheet"),
        (b"%PDF-1.7 \x00\x01\x02\x03", "neither text nor a spreadsheet"),
        (b"PK\x03\x04" + b"0" * 100, "damaged"),
        (zipped(nothing="here"), "not a readable spreadsheet"),
        (bomb, "far larger than a list of people can be"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 5000, "not a readable spreadsheet"),
    ],
)
def test_one_message_in_bounded_time(data, says):
    data = data() if callable(data) else data
    began = time.monotonic()
    text = fault(data)
    assert says in text
    assert text.count("people.csv") >= 1
    assert len(text) < 4000
    assert time.monotonic() - began < 20


def test_one_cell_at_the_end_of_an_empty_sheet_takes_no_gigabytes():
    book = book_of(*PEOPLE)
    book.worksheets[0]["XFD1048576"] = "x"
    assert "far larger than a list of people can be" in fault(saved(book), ".xlsx")


def with_merge(data: bytes, cells: str) -> bytes:
    """A spreadsheet with one more merged range, which openpyxl itself would need gigabytes to make."""
    merged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(merged, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                inside = f'</sheetData><mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
                assert b"</sheetData>" in text
                text = text.replace(b"</sheetData>", inside.encode())
            new.writestr(part, text)
    return merged.getvalue()


@pytest.mark.parametrize("cells", ["A1:XFD1048576", "G1:XFD1048576", "A10:A1048576", "A2:A1048576"])
def test_a_merge_over_a_whole_sheet_takes_no_gigabytes(cells):
    began = time.monotonic()
    people = read(with_merge(saved(book_of(*PEOPLE)), cells), ".xlsx").people
    assert len(people) == 2
    assert time.monotonic() - began < 20


def test_a_department_that_is_written_once_for_its_people():
    rows = [["Name", "Department"], ["Ada", "Shop"], ["Ben", None], ["Cy", "Hall"], ["Di", None]]
    book = book_of(*rows)
    book.worksheets[0].merge_cells("B2:B3")
    book.worksheets[0].merge_cells("B4:B5")
    read_back = read(saved(book), ".xlsx", teams__rule="departments")
    assert [person.team for person in read_back.people] == ["Shop", "Shop", "Hall", "Hall"]


def test_two_sheets_that_both_look_like_it_are_asked_about():
    book = book_of(*PEOPLE, title="2023")
    other = book.create_sheet("2024")
    for row in PEOPLE:
        other.append(row)
    assert "--set file.sheet=2023" in fault(saved(book), ".xlsx")
    assert len(read(saved(book), ".xlsx", file__sheet="2024").people) == 2


def test_formulas_errors_and_control_characters_do_no_harm():
    book = book_of(PEOPLE[0], ["=1+1", "#REF!", 1, 4, 5], ["Ben", "x", "#N/A", 3, 4], ["Cy", "x", 2, "#DIV/0!", 4])
    made = read(saved(book), ".xlsx")
    assert [person.weeks for person in made.people] == [None, 104]
    assert "formulas without a stored result are read as empty (A2)" in dict(made.summary)["People"]
    assert "has no name, id or role: 1 (row 2)" in dict(made.summary)["People"]
    text = "name,role,tenure_years\n\x07Ada,=cmd|calc,1\n\u202eBen,@SUM(A1),2\n"
    rows = read(text).roster(names=True).rows
    assert rows[0][:2] == ["Ada", "cmd|calc"]
    assert rows[1][1] == "SUM(A1)"


def test_names_never_get_into_the_map_through_teams_and_filters():
    text = "name,manager\nAda,Zoe Zimt\nBen,Zoe Zimt\nCy,Max Muster\nDi,Max Muster\n"
    made = read(text, teams__rule="managers")
    assert {person.team for person in made.people} == {"Team 1", "Team 2"}
    part = read(text, teams__rule="managers", only__Manager="Zoe Zimt")
    assert [person.who for person in part.people] == ["Ada", "Ben"]
    assert "Zimt" not in made.map + part.map + made.roster().csv


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(str.encode),
        st.text("name,;\n\"'1.2/-role%=", max_size=200).map(str.encode),
    )
)
def test_anything_is_read_or_refused(data):
    for text in (data, TWO.encode() + data):
        with contextlib.suppress(InputError):
            read(text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=4))
def test_a_damaged_spreadsheet_is_read_or_refused(place, noise):
    data = bytearray(saved(book_of(*PEOPLE)))
    place %= len(data)
    data[place : place + len(noise)] = noise
    with contextlib.suppress(InputError):
        read(bytes(data), ".xlsx")
