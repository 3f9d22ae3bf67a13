"""Writes an empty roster with instructions: as .xlsx that checks what one types, or as CSV with notes above."""

import csv
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.scenario.extras import extra
from sim.scenario.roster import YEARS
from sim.scenario.scales import BY_COLUMN, HIGHEST, LOWEST

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 250
"""Rows of the sheet that are checked while one types: as many people as a small business has at most."""


class Column(NamedTuple):
    """A column of the template: its name, whether it has to be filled in, its width in characters, and its meaning."""

    name: str
    required: bool
    width: int
    meaning: str


COLUMNS = (
    Column("name", True, 22, "A name that nobody else in the list has; it need not be the true one."),
    Column("role", False, 20, "What the person does."),
    Column("team", False, 16, "Name of the team; leave empty where there is only one. At most 25 people a team."),
    Column(YEARS, True, 14, "Years in this position so far; 0.5 is half a year."),
    *(
        Column(column, scale.name in ("competence", "commitment"), 24, scale.question)
        for column, scale in BY_COLUMN.items()
    ),
    Column("fte", False, 8, "Share of a full-time position, such as 0.6; leave it empty for full-time."),
)

HOW_TO = (
    "One person a row, in the sheet People; do not merge cells, and do not rename columns.",
    "Columns whose name ends in _1_5 are rated from 1 to 5; 2.5 is allowed. Go by what the points mean, see below.",
    "name, tenure and the ratings of competence and commitment are needed. The other ratings may stay empty, or the "
    "whole column may be deleted; then they are drawn by chance.",
    "Ask two people who know the work for their ratings, and take the mean.",
    "Nothing in this file leaves your machine. Names are not needed: teamsim roster check --pseudonyms replaces them.",
    "Then: teamsim roster check FILE, and teamsim compare --roster FILE.",
)

EXAMPLE = ("Ada", "Bookkeeper", "Office", "2.5", "4", "3.5", "", "", "", "", "", "0.6")


def csv_template() -> str:
    """The template as CSV: notes that begin with "#", which the reader skips, then the header."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for line in HOW_TO:
        text.write(f"# {line.replace('in the sheet People', 'below the header')}\n")
    for column in COLUMNS:
        text.write(f"# {column.name}{' (needed)' if column.required else ''}: {column.meaning}\n")
        if column.name in BY_COLUMN:
            anchors = "; ".join(f"{point} {words}" for point, words in enumerate(BY_COLUMN[column.name].anchors, 1))
            text.write(f"#   {anchors}\n")
    text.write(f"# Example: {','.join(EXAMPLE)}\n")
    rows.writerow([column.name for column in COLUMNS])
    return text.getvalue()


def workbook(header: Sequence[str] | None = None, rows: Sequence[Sequence[str]] = ()) -> Any:
    """An openpyxl workbook with a sheet of instructions and the sheet People, empty or with these rows.

    Raises:
        InputError: openpyxl is not installed.
    """
    openpyxl = extra("openpyxl", "report", "Writing .xlsx files")
    book = openpyxl.Workbook()
    _instructions(book.active)
    people = book.create_sheet("People")
    names = list(header or (column.name for column in COLUMNS))
    people.append(names)
    for row in rows:
        people.append([_value(cell) for cell in row])
        for cell in people[people.max_row]:
            if cell.data_type == "f":  # a name or a role, and no formula
                cell.data_type = "s"
    _make_ready(people, names)
    for sheet in book.worksheets:  # so that it can be printed and taken to the client
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return book


def _value(cell: str) -> str | float | None:
    try:
        return float(cell)
    except ValueError:
        return cell or None


def _instructions(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = "Instructions"
    sheet.append(["How to fill in this roster"])
    sheet["A1"].font = Font(bold=True, size=14)
    for number, line in enumerate(HOW_TO, 1):
        sheet.append([f"{number}. {line}"])
    sheet.append([])
    points = [f"{point}" for point in range(int(LOWEST), int(HIGHEST) + 1)]
    table: list[list[str]] = [["Column", "Needed", "Meaning", *points]]
    for column in COLUMNS:
        anchors = BY_COLUMN[column.name].anchors if column.name in BY_COLUMN else ()
        table.append([column.name, "yes" if column.required else "", column.meaning, *anchors])
    example = [f"{column.name} {cell}" for column, cell in zip(COLUMNS, EXAMPLE, strict=True) if cell]
    table.append(["Example", "", ", ".join(example)])
    for row in table:
        sheet.append(row)
        # A program that opens the file does not always fit the height to what is wrapped.
        lines = max(math.ceil(len(text) / (0.9 * width)) for text, width in zip(row, _WIDTHS, strict=False))
        sheet.row_dimensions[sheet.max_row].height = 14 * lines + 3
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row is table[0])
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


_WIDTHS = (24, 9, 46, 24, 24, 24, 24, 24)
"""Of the columns of the instructions, in characters."""


def _make_ready(sheet: "Worksheet", names: Sequence[str]) -> None:
    """Freeze and mark the header, and let the spreadsheet check what is typed."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    meant = {column.name: column for column in COLUMNS}
    sheet.freeze_panes = "B2"
    for place, name in enumerate(names, 1):
        letter, column = get_column_letter(place), meant.get(name)
        head = sheet[f"{letter}1"]
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="D9E2EC" if column and column.required else "EEF1F4")
        sheet.column_dimensions[letter].width = column.width if column else 16
        if column is None or not (name in BY_COLUMN or name == YEARS):
            continue
        low, high = ("0", "60") if name == YEARS else (f"{LOWEST:g}", f"{HIGHEST:g}")
        check = DataValidation(type="decimal", operator="between", formula1=low, formula2=high, allow_blank=True)
        check.errorTitle, check.error = name, f"A number from {low} to {high}."
        check.promptTitle, check.prompt = name, _prompt(column)
        check.showErrorMessage = check.showInputMessage = True
        check.add(f"{letter}2:{letter}{ROWS + 1}")
        sheet.add_data_validation(check)


def _prompt(column: Column) -> str:
    """What the spreadsheet shows beside a cell; it takes 255 characters."""
    if column.name not in BY_COLUMN:
        return column.meaning
    ends = BY_COLUMN[column.name].anchors
    return f"{column.meaning} 1: {ends[0]}. 3: {ends[2]}. 5: {ends[4]}."[:255]
