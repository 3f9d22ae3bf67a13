"""Files that somebody has who follows the pages: lists of staff, scenarios and studies of their own, a brand."""

import csv
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from tests.docs.pages import ROOT

SCENARIO = 'extends = "everyday"\ntitle = "Mine"\nquestion = "How should I lead?"\n[run]\nweeks = 26\n'

STUDY = 'title = "Mine"\nstyles = ["autocratic", "democratic"]\nreplications = 2\nweeks = 6\n'

CLAIM = """[[claims]]
id = "mine"
text = "Democratic leading is better for morale than autocratic leading."

[[claims.parts]]
kind = "difference"
text = "Morale is higher."
weeks = [1, 6]
metric = "morale"
direction = "higher"
of = "democratic in everyday"
against = ["autocratic in everyday"]
"""

STAFF = (
    ("id", "name", "role", "department", "hired", "date left", "performance (1-4)"),
    *(
        (f"{n}", f"Person {n}", "Technician", "Workshop", f"{2010 + n}-03-01", left, f"{1 + n % 4}")
        for n, left in enumerate(
            ("2025-01-15", "", "2025-03-15", "", "", "2025-06-15", "", "", "2025-09-15", "", "2025-11-15", ""), 1
        )
    ),
)
"""Twelve people; five of them left within a year."""

SURVEY = (("id", "engagement (1-5)"), *((f"{n}", f"{1 + n % 5}") for n in range(1, 13)))

TEAM = (
    ("name", "role", "tenure_years", "competence_1_5", "commitment_1_5"),
    ("Ada Aber", "cook", "6.3", "3", "4"),
    ("Ben Brook", "cook", "9.3", "3", "4"),
)

UNSAID = (
    ("name", "role", "tenure", "competence_1_5", "commitment_1_5"),
    ("Ada Aber", "cook", "6.3", "3", "4"),
    ("Ben Brook", "cook", "9.3", "3", "4"),
    ("Cleo Cole", "cook", "12.4", "4", "5"),
)
"""People of whom nobody says whether tenure is in years, months or weeks."""


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A table in the form that the file's ending says."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.create_sheet("People", 0)
        for row in rows:
            sheet.append(list(row))
        book.save(path)
    elif path.suffix == ".ods":
        cells = "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        names = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
            for short in ("office", "table", "text")
        )
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
            archive.writestr(
                "content.xml",
                f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='Staff'>"
                f"{cells}</table:table></office:spreadsheet></office:body></office:document-content>",
            )
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def fill_in(template: Path) -> None:
    """Two people in a roster that `teamsim roster new` made."""
    book = openpyxl.load_workbook(template)
    sheet = book["People"]
    values = {"name": ("Ada Aber", "Ben Brook"), "role": ("cook", "cook")}
    for row in (0, 1):
        for column, cell in enumerate(sheet[1], 1):
            heading = str(cell.value)
            needed = {"tenure_years": 2, "competence_1_5": 3, "commitment_1_5": 4}
            value = values[heading][row] if heading in values else needed.get(heading)
            sheet.cell(row + 2, column, value)
    book.save(template)


def own_file(path: Path, command: str) -> None:
    """What somebody has under this name who types this command."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name == "brand.toml":
        for each in (ROOT / "docs/examples").glob("*.*"):
            if each.suffix in {".toml", ".svg", ".png"}:
                shutil.copy(each, path.parent)
    elif path.stem in {"staff", "export"}:
        write_table(path, STAFF)
    elif path.stem == "survey":
        write_table(path, SURVEY)
    elif path.suffix == ".toml":
        path.write_text({"run": STUDY, "claims": CLAIM}.get(command, SCENARIO), encoding="utf-8")
    else:
        raise AssertionError(f"nobody has {path}: say in tests/docs/given.py what is in it")
