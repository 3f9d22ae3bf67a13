"""Reads the sheets of a people file, whether it is text or a workbook."""

from pathlib import Path

from sim.scenario.people_files.grid import MOST_COLUMNS, MOST_ROWS, Sheet, shown
from sim.scenario.people_files.text_file import sheet_of_text
from sim.scenario.people_files.workbook import is_workbook, sheets_of_workbook
from sim.scenario.problems import InputError, read_bytes


def read_sheets(
    path: Path, encoding: str | None = None, separator: str | None = None, *, kind: str = "people file",
    row: str = "person",
) -> list[Sheet]:  # fmt: skip
    """The sheets of a file with cells in them: .xlsx, .xls and .ods by their content, everything else as text.

    Args:
        path: of the file.
        encoding: of text; found if not given.
        separator: of cells of text; found if not given.
        kind: what the file is, for messages.
        row: what a row of it is about.

    Raises:
        InputError: no such file; not readable as a table; far larger than a list of people.
    """
    data = read_bytes(path, f"Give the path of a {kind}: .csv, .xlsx, .xls or .ods.")
    sheets = sheets_of_workbook(path, data) if is_workbook(data) else [sheet_of_text(path, data, encoding, separator)]
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise InputError(f"{path}: more than {MOST_ROWS:,} rows. Keep those of each {row} that it is about.")
        if max((len(row.cells) for row in sheet.rows), default=0) > MOST_COLUMNS:
            raise InputError(f"{path}: more than {MOST_COLUMNS:,} columns. Keep those that are needed.")
    filled = [sheet for sheet in sheets if any(shown(cell) for row in sheet.rows for cell in row.cells)]
    if not filled:
        raise InputError(f"{path}: no cells with anything in them. Give a file with one {row} a row.")
    return filled
