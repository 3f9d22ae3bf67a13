"""Reads spreadsheets (.xlsx, .xls, .ods) as sheets, in a process of its own with limited time and memory.

A file of some kilobytes can ask for gigabytes, such as one cell at the end of an otherwise empty sheet; only a process
of its own can be stopped whatever it does.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from sim.scenario.cells import DAMAGED_ARCHIVE
from sim.scenario.extras import extra
from sim.scenario.people_files.grid import MOST_COLUMNS, MOST_ROWS, Cell, Row, Sheet
from sim.scenario.problems import InputError, listed

LARGEST_UNPACKED = 200_000_000
"""Bytes of a spreadsheet without its compression."""

LONGEST, MOST_MEMORY = 30, 1_500_000_000
"""Seconds and bytes of memory that reading may take."""

_UNSOLVED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"(?![^>]*t="str")[^>]*><f[^>]*>[^<]*</f>(?:<v ?/>|<v></v>)?</c>')
"""A cell of .xlsx whose formula nobody has worked out."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_workbook(data: bytes) -> bool:
    """Whether a file is a spreadsheet, told by its content."""
    return data.startswith((_ZIP, _OLE))


def sheets_of_workbook(path: Path, data: bytes) -> list[Sheet]:
    """The sheets of a spreadsheet; a merged cell counts for all the cells it covers below the first row.

    Raises:
        InputError: not a readable spreadsheet, one with a password, or one far larger than a list of people.
    """
    extra("python_calamine", "people", "Reading .xlsx, .xls and .ods files")
    note = _unpacked(path, data) if data.startswith(_ZIP) else ""
    command = [sys.executable, "-I", str(Path(__file__).with_name("workbook_reader.py"))]
    command += [str(MOST_MEMORY), str(MOST_ROWS + 1), str(MOST_COLUMNS + 1)]
    too_large = InputError(f"{path}: far larger than a list of people can be. Copy the cells into a new file.")
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603 (our own file)
        told: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise too_large from None
    except ValueError:  # it was stopped while it read
        raise too_large from None
    if "fault" in told:
        raise InputError(f"{path}: {told['fault']}")
    return [
        Sheet(str(path), sheet["name"], [Row(number, list(map(_cell, cells))) for number, cells in sheet["rows"]], note)
        for sheet in told["sheets"]
    ]


def _unpacked(path: Path, data: bytes) -> str:
    """Refuse a file that is too large, and say where formulas have no result, because no spreadsheet saved it."""
    formulas: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            for part in archive.namelist() if size <= LARGEST_UNPACKED else ():
                if part.startswith("xl/worksheets/"):
                    formulas += [found[1].decode() for found in _UNSOLVED.finditer(archive.read(part))]
    except DAMAGED_ARCHIVE:
        raise InputError(f"{path}: damaged. Open it in a spreadsheet program, and save it again.") from None
    if size > LARGEST_UNPACKED:
        raise InputError(f"{path}: far larger than a list of people can be. Copy the cells into a new file.")
    return f"formulas without a stored result are read as empty ({listed(formulas, 5)})" if formulas else ""


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return float(value) if isinstance(value, int | float) else str(value)
