"""Cells, rows and sheets of a file, and the table of people with its headings."""

from datetime import date
from typing import NamedTuple

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
    note: str = ""  # how it was read, where that is not plain


class Table(NamedTuple):
    """A table of people: the headings, and the rows below them, each as long as the headings.

    `file` is where it is from, `notes` how it was read, `remarks` what stands above, below or on other sheets in words.
    """

    file: str
    header: list[str]
    rows: list[Row]
    header_row: int = 1
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def column(self, place: int) -> list[Cell]:
        """The cells below a heading."""
        return [row.cells[place] for row in self.rows]


def shown(cell: Cell) -> str:
    """A cell as text, without signs that no screen shows."""
    if isinstance(cell, float):
        return f"{cell:.12g}"
    text = cell.isoformat() if isinstance(cell, date) else cell
    if text.isprintable():
        return text.strip()
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace()).strip()
