"""Reads a user's own table of points from a CSV file, a column per path, and writes tables of results."""

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.scenario.problems import Fault, InputError, read_bytes, shortened, shown_path
from sim.scenario.signs import harmless
from sim.scenario.writing import written_whole

if TYPE_CHECKING:
    import pandas as pd

_SEPARATORS = ",;\t"
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)


def read_points(path: Path) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The paths in the header, and a value for each of them in every row.

    Columns are separated by comma, semicolon or tab; with the latter two a number may have a decimal comma. Numbers
    are numbers, `true` and `false` truth values, all else is text. Empty rows are skipped.

    Raises:
        InputError: the file cannot be read as such a table; lists every fault with its row and column.
    """
    text = _text_of(path)
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{shown_path(path)}: not a readable CSV file ({error}). Save it again as CSV.") from None
    header = tuple(cell.strip() for cell in lines[0]) if lines else ()
    if not header or not all(header):
        raise InputError(f"{shown_path(path)}: row 1: every column needs a path such as market.urgency. Name them all.")
    rows, faults = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) != len(header):
            text = f"has {len(cells)} cells, but there are {len(header)} columns. Fill them all."
            faults.append(Fault(shown_path(path), f"row {number}", text))
        for name, cell in zip(header, cells, strict=False):
            if not cell:
                where = f"row {number}, column {shortened(name)}"
                faults.append(Fault(shown_path(path), where, "empty. Fill it in."))
        rows.append(tuple(_value(cell, separator) for cell in cells))
    if faults:
        raise InputError.listing(faults)
    if not rows:
        raise InputError(f"{shown_path(path)}: no points below the header. Add a row for each.")
    return header, tuple(rows)


def write_table(table: "pd.DataFrame", path: Path) -> None:
    """Write a table, whole or not at all; no text in it is taken for a formula.

    Raises:
        InputError: it cannot be written.
    """
    texts = table.select_dtypes(exclude="number").columns
    with written_whole(path) as unfinished:
        table.assign(**{name: table[name].map(harmless) for name in texts}).to_csv(unfinished, index=False)


def _text_of(path: Path) -> str:
    data = read_bytes(path, "It is the table of points that the study names.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{shown_path(path)}: not text in UTF-8 (byte {error.start}). Save it as UTF-8.") from None


def _value(cell: str, separator: str) -> Any:
    if cell in ("true", "false"):
        return cell == "true"
    number = cell if separator == "," else cell.replace(",", ".")
    if _WHOLE.fullmatch(number):
        return int(number)
    return float(number) if _NUMBER.fullmatch(number) else cell
