"""What is read before anybody knows what it means: the sheets of a file, and a table with a header."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from sim.scenario.problems import InputError, read_bytes

type Cell = str | float | date
"""A cell: text as it stands there, or the number or the day that a spreadsheet keeps."""

MOST_ROWS, MOST_COLUMNS = 20_000, 1_000
"""A list of people comes nowhere near."""


class Row(NamedTuple):
    """A row's number, as a spreadsheet counts, and its cells."""

    number: int
    cells: list[Cell]


class Sheet(NamedTuple):
    """A sheet of a file, or a file of text, which is one sheet without a name."""

    file: str
    name: str
    rows: list[Row]
    said: str = ""  # how it was read, where that is not plain


class Table(NamedTuple):
    """A table of people: the headings, the rows below them, each as long as the headings, and which file it is from."""

    file: str
    header: list[str]
    rows: list[Row]
    header_row: int = 1
    said: tuple[str, ...] = ()

    def column(self, place: int) -> list[Cell]:
        """The cells below a heading."""
        return [row.cells[place] for row in self.rows]


def read_sheets(path: Path, encoding: str | None = None, separator: str | None = None) -> list[Sheet]:
    """The sheets of a file with cells in them: .xlsx, .xls and .ods by their content, everything else as text.

    Raises:
        InputError: no such file; not readable as a table; far larger than a list of people.
    """
    from sim.scenario.people_files.text_file import sheet_of_text
    from sim.scenario.people_files.workbook import is_workbook, sheets_of_workbook

    data = read_bytes(path, "Give the path of a people file: .csv, .xlsx, .xls or .ods.")
    sheets = sheets_of_workbook(path, data) if is_workbook(data) else [sheet_of_text(path, data, encoding, separator)]
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise InputError(f"{path}: more than {MOST_ROWS:,} rows. Keep those of the people whom it is about.")
        if max((len(row.cells) for row in sheet.rows), default=0) > MOST_COLUMNS:
            raise InputError(f"{path}: more than {MOST_COLUMNS:,} columns. Keep those that say something of people.")
    filled = [sheet for sheet in sheets if any(shown(cell) for row in sheet.rows for cell in row.cells)]
    if not filled:
        raise InputError(f"{path}: no cells with anything in them. Give a file with one person a row.")
    return filled


def shown(cell: Cell) -> str:
    """A cell as text, without signs that no screen shows."""
    if isinstance(cell, float):
        return f"{cell:.12g}"
    text = cell.isoformat() if isinstance(cell, date) else cell
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace()).strip()
