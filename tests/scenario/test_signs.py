"""Signs that do harm: what no page can show is refused or left out, and no text becomes a formula."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import InputError, load_scenario
from sim.scenario.roster import read_roster
from sim.scenario.signs import UNSEEN, harmless, seen
from sim.scenario.starter import new_scenario
from sim.scenario.toml_files import table_from_text

HEADER = ["name", "role", "tenure", "competence", "commitment"]


@pytest.mark.parametrize("sign", ["\\u0001", "\\u007F", "\\uFFFE", "\\u000B"])
def test_a_sign_that_no_page_can_show_is_refused_where_it_stands(sign):
    with pytest.raises(InputError, match=rf"mine.toml: teams\[0\].name: got the sign U\+{sign[2:]}"):
        table_from_text(f'title = "fine\\n"\nteams = [{{ name = "a{sign}b" }}]', "mine.toml")


def test_so_it_is_in_a_scenario(tmp_path):
    (file,) = new_scenario(tmp_path / "mine.toml")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('title = "', 'title = "\\u0001', 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"title: got the sign U\+0001; allowed is what a page can show"):
        load_scenario(file)


@given(st.text())
def test_what_is_seen_has_no_such_sign(text):
    assert not UNSEEN.search(seen(text))
    assert len(seen(text)) == len(text)


@given(st.text())
def test_no_cell_is_a_formula(text):
    cell = harmless(text)
    assert cell.lstrip("'") == text.lstrip("'")
    assert not cell.startswith(("=", "@", "+c", "-c"))


RUN = [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+cmd", "'-2+cmd")]
KEPT = [(cell, cell) for cell in ("-5%", "+0.25", "Ada", "", -3)]


@pytest.mark.parametrize(("cell", "written"), [*RUN, *KEPT])
def test_numbers_with_a_sign_stay(cell, written):
    assert harmless(cell) == written


@pytest.mark.parametrize("breaks", ["\x0b", "\x0c", "\x1c", "\u2028", "\x85"])
def test_only_a_line_break_ends_a_row(tmp_path, breaks):
    file = tmp_path / "team.csv"
    rows = [HEADER, [f"Ada{breaks}Lovelace", "x", "1", "0.5", "0.5"], ["Ben", "x", "1", "0.5", "0.5"]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8")
    ada, _ = read_roster(file).people
    assert ada.name.split() == ["Ada", "Lovelace"]
    assert not UNSEEN.search(ada.name)


def altered(tmp_path, new):
    """A small workbook whose sheet's XML says something more."""
    book = openpyxl.Workbook()
    for row in (HEADER, ["Ada", "x", 1, 0.5, 0.5], ["Ben", "x", 1, 0.5, 0.5]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "team.xlsx", "w") as other:
        for part in plain.namelist():
            data = plain.read(part)
            other.writestr(part, data.replace(*new) if part.startswith("xl/worksheets/") else data)
    return tmp_path / "team.xlsx"


@pytest.mark.parametrize(
    "more",
    [
        b'<mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>',
        b"<mergeCells count='1'><mergeCell ref='A5:A1048576'/></mergeCells>",
    ],
)
def test_a_merge_of_a_whole_sheet_is_refused_at_once(tmp_path, more):
    with pytest.raises(InputError, match=r"a sheet reaches to [A-Z]+1048576, far beyond a list of people"):
        read_roster(altered(tmp_path, (b"</sheetData>", b"</sheetData>" + more)))


def test_a_cell_far_out_is_refused_at_once(tmp_path):
    far = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
    with pytest.raises(InputError, match="a sheet reaches to XFD9"):
        read_roster(altered(tmp_path, (b"</sheetData>", far)))


def test_what_formats_whole_columns_does_no_harm(tmp_path):
    whole = b'</sheetData><conditionalFormatting sqref="A1:A1048576"/>'
    assert len(read_roster(altered(tmp_path, (b"</sheetData>", whole))).people) == 2


def test_a_row_of_very_many_cells_is_refused_at_once(tmp_path):
    (tmp_path / "wide.csv").write_text(",".join(map(str, range(100_000))) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="more than 1,000 cells"):
        read_roster(tmp_path / "wide.csv")


def test_a_new_scenario_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(InputError, match=r"cannot be written .No space left"):
        new_scenario(tmp_path / "mine.toml")
    assert not list(tmp_path.iterdir())
