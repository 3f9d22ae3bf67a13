"""Cells of a table that somebody keeps in a spreadsheet: .csv and .xlsx files as rows of text, header first."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.scenario.extras import extra
from sim.scenario.problems import Fault, InputError, listed, read_bytes
from sim.scenario.signs import seen

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_UNPACKED = 100_000_000
"""Bytes of an .xlsx file without its compression; a list of people comes nowhere near."""

MOST_ROWS, MOST_COLUMNS = 20_000, 1_000

_PLACE = re.compile(rb"<(?:\w+:)?(?:c|mergeCell)\s[^>]*?\br(?:ef)?=[\"'](?:[A-Z]+\d+:)?([A-Z]+)(\d+)[\"']")
"""The place of a cell in a sheet's XML, or where a merge ends."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOTE = re.compile(r"#(?![A-Z0-9/]+[!?]|N/A)")  # and not an error such as #REF!

type Known = Callable[[str], bool]
"""Whether a cell of text is the name of a column."""


class Row(NamedTuple):
    """A row's number, as a spreadsheet counts, and its cells."""

    number: int
    cells: list[str]


class Cells(NamedTuple):
    """A table: its header and its rows; how decimals may be written; and what is wrong with it as a file."""

    header: Row
    rows: list[Row]
    separator: str | None
    faults: list[Fault]

    def column(self, place: int) -> str:
        """What a column without a name is called."""
        return str(place + 1) if self.separator else _letters(place)

    def tells(self, cell: str) -> str:
        """A cell's number with a decimal point, where a comma can mean one."""
        return cell if self.separator == "," else cell.replace(",", ".")


def read_cells(path: Path, known: Known, kept_down: Sequence[str], needs: str) -> Cells:
    """Read the table of a file; rows above the header, empty ones, and notes that begin with "#" are left out.

    Args:
        path: a .csv or .xlsx file; what it is, is told by its content.
        known: whether a text names a column; the header is the first row that has two of them.
        kept_down: columns in which a merged cell counts for all its rows.
        needs: what the file should hold, for messages.

    Raises:
        InputError: it cannot be read as a table at all.
    """
    data = read_bytes(path, f"A roster is a CSV file with the columns {needs}, or an .xlsx file with them.")
    if data.startswith(_OLE):
        text = "an old .xls file, or one with a password. Save it as .xlsx without a password, or as CSV."
        raise InputError(f"{path}: {text}")
    workbook = data.startswith(_ZIP)
    cells = _from_workbook(path, data, known, kept_down) if workbook else _from_text(path, data, known)
    if not any(cell.strip() for cell in cells.header.cells):
        raise InputError(f"{path}: no header in the first row. It needs the columns {needs}.")
    return cells


def is_header(cells: Sequence[str], known: Known) -> bool:
    """Whether a row names columns."""
    return sum(map(known, cells)) >= 2


# --- CSV --------------------------------------------------------------------------------------------------------------


def _from_text(path: Path, data: bytes, known: Known) -> Cells:
    text = _decoded(path, data)
    lines = text.split("\n")
    start = next((line for line in lines if any(is_header(line.split(one), known) for one in ",;\t")), None)
    if start is None:
        start = next((line for line in lines if line.strip() and not _is_note(line) and not _is_sep(line)), "")
    separator = max(",;\t", key=lambda one: (sum(map(known, start.split(one))), start.count(one)))
    try:
        read = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: not a readable CSV file ({error}). Save it again as CSV.") from None
    if max(map(len, read), default=0) > MOST_COLUMNS:
        text = f"a row has more than {MOST_COLUMNS:,} cells. Check the file, and how cells are separated."
        raise InputError(f"{path}: {text}")
    # Spreadsheets write a first line such as "sep=;" for each other, and do not count it.
    numbered = enumerate(read[1:] if read and _is_sep(lines[0]) else read, 1)
    return _cut([Row(number, cells) for number, cells in numbered], known, separator)


def _decoded(path: Path, data: bytes) -> str:
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return seen(data.decode("utf-16" if wide else "utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        text = f"not text in UTF-8 (byte {error.start}). In the spreadsheet choose 'Save as', 'CSV UTF-8'."
        raise InputError(f"{path}: {text}") from None


def _is_sep(line: str) -> bool:
    return re.fullmatch(r"sep=[,;\t]\s*", line) is not None


# --- .xlsx ------------------------------------------------------------------------------------------------------------


DAMAGED_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError)
"""What reading a damaged or locked .zip ends in."""


def _from_workbook(path: Path, data: bytes, known: Known, kept_down: Sequence[str]) -> Cells:
    openpyxl = extra("openpyxl", "report", "Reading .xlsx files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_vast(path, archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features of spreadsheets that make no difference here
            values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    except (*DAMAGED_ARCHIVE, LookupError, TypeError, SyntaxError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        text = "not a readable .xlsx file. Open it in a spreadsheet program and save it again, or as CSV."
        raise InputError(f"{path}: {text}") from None
    sheet = _sheet(path, values.worksheets, known)
    cells = _cut(_rows(path, sheet, formulas[sheet.title]), known, None)
    _unmerge(path, sheet, cells, kept_down)
    return cells


def refuse_vast(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that only looks small: readers make a cell of every place that it speaks of.

    Raises:
        InputError: far more data than a list of people has, or cells or merges far out on a sheet.
    """
    if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
        raise InputError(f"{path}: far larger than a list of people can be. Check the file.")
    for part in archive.namelist():
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
            continue
        for letters, number in _PLACE.findall(archive.read(part)):
            if int(number) > MOST_ROWS or _number_of(letters.decode()) > MOST_COLUMNS:
                place = (letters + number).decode()
                text = "Delete the empty rows and columns, and take merges of whole sheets apart."
                raise InputError(f"{path}: a sheet reaches to {place}, far beyond a list of people. {text}")


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _sheet(path: Path, sheets: "Sequence[Worksheet]", known: Known) -> "Worksheet":
    if not sheets:
        raise InputError(f"{path}: has no sheet with cells. Put the people into one.")
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == "people"]
    fitting = named or [sheet for sheet in sheets if any(is_header(row, known) for row in _texts(sheet, 50))]
    if len(fitting) > 1:
        which = listed(sheet.title for sheet in fitting)
        raise InputError(f'{path}: more than one sheet looks like a roster ({which}). Name the right one "People".')
    return fitting[0] if fitting else sheets[0]


def _texts(sheet: "Worksheet", most: int) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_row=min(sheet.max_row, most), values_only=True):
        yield [_text(value) for value in row]


def _rows(path: Path, sheet: "Worksheet", formulas: "Worksheet") -> list[Row]:
    """The rows of a sheet as text; a formula whose result nobody has stored stands there as it is."""
    from openpyxl.utils.cell import coordinate_to_tuple

    if sheet.max_row > MOST_ROWS:
        raise InputError(f"{path}: the sheet {sheet.title} has {sheet.max_row:,} rows. Delete the empty ones below.")
    rows = [Row(number, cells) for number, cells in enumerate(_texts(sheet, sheet.max_row), 1)]
    for cell in chain.from_iterable(formulas.iter_rows()):
        if cell.data_type == "f" and sheet[cell.coordinate].value is None:
            row, column = coordinate_to_tuple(cell.coordinate)
            rows[row - 1].cells[column - 1] = str(cell.value)
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat(" ")) if hasattr(value, "hour") and hasattr(value, "year") else str(value)
    return seen(str(value))


def _unmerge(path: Path, sheet: "Worksheet", cells: Cells, kept_down: Sequence[str]) -> None:
    """Let a merged cell of some columns count for all its rows; note the others within the table."""
    by_number = {row.number: row for row in cells.rows}
    last = max(by_number, default=cells.header.number)
    for merged in sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col)):
        if merged.max_row < cells.header.number or merged.min_row > last:
            continue
        place = merged.min_col - 1
        one_column = merged.min_col == merged.max_col and merged.min_row > cells.header.number
        name = cells.header.cells[place].strip().casefold() if place < len(cells.header.cells) else ""
        if one_column and name in kept_down:
            top = by_number[merged.min_row].cells[place] if merged.min_row in by_number else ""
            for number in range(merged.min_row, merged.max_row + 1):
                if number in by_number and any(cell.strip() for cell in by_number[number].cells):
                    by_number[number].cells[place] = top
        else:
            text = "merged. Take the merge apart, and give every row and column a cell of its own."
            cells.faults.append(Fault(str(path), f"cells {merged.coord}", text))


def _letters(place: int) -> str:
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# --- Both -------------------------------------------------------------------------------------------------------------


def _is_note(first: str) -> bool:
    return _NOTE.match(first.strip().lstrip('"')) is not None


def _cut(rows: list[Row], known: Known, separator: str | None) -> Cells:
    """Header and rows, without what stands above and between."""
    rows = [row for row in rows if not (row.cells and _is_note(row.cells[0]))]
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    header = next((row for row in filled if is_header(row.cells, known)), None)
    header = header or (filled[0] if filled else Row(1, []))
    below = [row for row in filled if row.number > header.number]
    return Cells(header, below, separator, [])
