"""Spreadsheets (.xlsx, .xls, .ods) as sheets of cells, read in a process of its own with bounded time and memory.

A file of some kilobytes can ask for gigabytes, such as one cell at the end of an otherwise empty sheet; only a process
of its own can be stopped whatever it does.
"""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from sim.scenario.extras import extra
from sim.scenario.people_files.grid import MOST_COLUMNS, MOST_ROWS, Cell, Row, Sheet
from sim.scenario.problems import InputError

LARGEST_UNPACKED = 200_000_000
"""Bytes of a spreadsheet without its compression."""

LONGEST, MOST_MEMORY = 30, 1_500_000_000
"""Seconds and bytes of memory that reading may take."""

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
    if data.startswith(_ZIP):
        _check_size(path, data)
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
        Sheet(str(path), sheet["name"], [Row(number, list(map(_cell, cells))) for number, cells in sheet["rows"]])
        for sheet in told["sheets"]
    ]


def _check_size(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise InputError(f"{path}: damaged. Open it in a spreadsheet program, and save it again.") from None
    if size > LARGEST_UNPACKED:
        raise InputError(f"{path}: far larger than a list of people can be. Copy the cells into a new file.")


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return float(value) if isinstance(value, int | float) else str(value)
