"""The process that reads a spreadsheet: it gets the file on stdin and writes the cells to stdout as JSON.

It runs by itself, without the rest of the package, and stops where it would need more memory than it may have.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

LARGEST_MERGE = 20_000
"""Cells of one merged range that are filled in; a larger one is a background and no table."""


def main() -> None:
    """Read stdin; the arguments are bytes of memory, rows of a sheet and columns of a row at most."""
    memory, most_rows, most_columns = map(int, sys.argv[1:4])
    _limit(memory)
    json.dump(_read(sys.stdin.buffer.read(), most_rows, most_columns), sys.stdout)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    import python_calamine as calamine

    sheets = []
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            kinds = {sheet.name: sheet for sheet in book.sheets_metadata}
            for name in book.sheet_names:
                if kinds[name].typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(name)
                sheets.append({"name": name, "rows": _rows(sheet, most_rows, most_columns)})
    except calamine.PasswordError:
        return {"fault": "has a password. Save a copy without one."}
    except MemoryError:
        return {"fault": "far larger than a list of people can be. Copy the cells into a new file."}
    except (calamine.CalamineError, ValueError, OSError, KeyError) as error:
        text = str(error).partition("\n")[0][:80]
        return {"fault": f"not a readable spreadsheet ({text}). Open it in a spreadsheet program, and save it again."}
    return {"sheets": sheets}


def _rows(sheet: Any, most_rows: int, most_columns: int) -> list[tuple[int, list[Any]]]:
    if sheet.start is None:
        return []
    top, left = sheet.start
    rows: list[list[Any]] = []
    for cells in sheet.iter_rows():
        rows.append([""] * min(left, most_columns) + [_plain(cell) for cell in cells[:most_columns]])
        if len(rows) > most_rows:
            break
    _fill_merged(sheet.merged_cell_ranges or (), rows, top)
    return [(number, cells) for number, cells in enumerate(rows, top + 1) if any(cell != "" for cell in cells)]


def _fill_merged(ranges: Any, rows: list[list[Any]], top: int) -> None:
    """A merged cell of one column counts for all its rows: a department that is written once for its people."""
    for (first_row, first), (last_row, last) in ranges:
        if first != last or (last_row - first_row) > LARGEST_MERGE or not 0 <= first_row - top < len(rows):
            continue
        column = rows[first_row - top : last_row - top + 1]
        if first < len(column[0]):
            for cells in column:
                if any(cell != "" for cell in cells):
                    cells[first] = column[0][first]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"date": cell.date().isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and not abs(cell) < 1e300:
        return str(cell)
    return cell


if __name__ == "__main__":
    main()
