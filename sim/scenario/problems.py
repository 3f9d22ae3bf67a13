"""`InputError`, the one kind of error for users: it says where, what was found, what is allowed, what to do."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

SHOWN = 20
"""How many faults one message lists; a longer list helps nobody."""


LARGEST_FILE = 10_000_000
"""Bytes; nothing that a person writes for this program comes near."""


class Fault(NamedTuple):
    """One thing to put right: the file, the place in it (a dotted key, a row and column, or nothing), and the text."""

    file: str
    where: str
    text: str


class InputError(ValueError):
    """Anything that a user can get wrong; the message is written for that user."""

    @classmethod
    def listing(cls, faults: Sequence[Fault]) -> "InputError":
        """One error for several faults: a single line for one, a list under the file's name for more."""
        if len(faults) == 1:
            only = faults[0]
            return cls(": ".join(part for part in only if part))
        total, faults = len(faults), _together(faults)
        shown = faults[:SHOWN]
        files = list(dict.fromkeys(fault.file for fault in shown))
        lines = [f"{total} things to put right"]
        for file in files:
            lines[-1] += f" in {file}:" if file and len(files) == 1 else ":" if len(files) == 1 else ""
            if file and len(files) > 1:
                lines.append(f"{file}:")
            lines += ["  - " + ": ".join(part for part in fault[1:] if part) for fault in shown if fault.file == file]
        if len(faults) > SHOWN:
            lines.append(f"  and {len(faults) - SHOWN} more")
        return cls("\n".join(lines))


def _together(faults: Sequence[Fault]) -> list[Fault]:
    """Faults that are the same in many rows of a column, but for what stands there, as one with the first rows."""
    rows_of: dict[tuple[str, str, str], list[str]] = {}
    for fault in faults:
        rows_of.setdefault(_kind(fault), []).append(_row(fault))
    together = []
    for fault in faults:
        rows = rows_of[_kind(fault)]
        if not _row(fault) or len(rows) < MANY_ALIKE:
            together.append(fault)
        elif _row(fault) == rows[0]:
            behind = fault.where.partition(",")[2]
            where = f"rows {', '.join(rows[:FIRST_ROWS])} and {len(rows) - FIRST_ROWS} more"
            where += f",{behind}" if behind else ""
            together.append(fault._replace(where=where, text=f"{fault.text} (That is row {rows[0]}.)"))
    return together


def _row(fault: Fault) -> str:
    """The number of the row that a fault is in, or nothing."""
    found = re.match(r"row (\d+)(?:,|$)", fault.where)
    return found[1] if found else ""


def _kind(fault: Fault) -> tuple[str, str, str]:
    """What makes two faults the same: all but the row, and what stands in its cell."""
    if not _row(fault):
        return fault
    text = re.sub(r'\bgot ("[^"]*"|[^\s,;]+)|\d+(?:[.,-]\d+)*', "", fault.text)
    return fault.file, fault.where.partition(",")[2], text


MANY_ALIKE, FIRST_ROWS = 4, 3
"""Faults of one kind from which on they are said once, and of how many the rows are named."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` was most likely meant to be, or None if none is near."""
    by_lower = {known.lower(): known for known in names}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def unknown(what: str, name: str, names: Iterable[str]) -> str:
    """'unknown style "democrat"; did you mean "democratic"? Known: ...', for a name that is not among `names`."""
    known = list(names)
    meant = nearest(name, known)
    question = f'; did you mean "{meant}"?' if meant else "."
    return f'unknown {what} "{shortened(name)}"{question} Known: {listed(known)}.'


def listed(names: Iterable[str], most: int = 30) -> str:
    """Names in a row, with the rest counted when there are very many."""
    known = list(names)
    if not known:
        return "none"
    return ", ".join(known[:most]) + (f" and {len(known) - most} more" if len(known) > most else "")


def shortened(text: str, most: int = 60) -> str:
    """Text that fits into a message."""
    return text if len(text) <= most else text[: most - 3] + "..."


def as_written(value: Any) -> str:
    """A value as it looks in the file, shortened; tables and lists are only counted."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{shortened(value)}"'
    if isinstance(value, Mapping):
        return "a table" if value else "an empty table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, datetime | date | time):
        return f"the date or time {value}"
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a number with very many digits"
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value) if isinstance(value, int) else f"something else ({type(value).__name__})"


def read_bytes(path: Path, advice: str) -> bytes:
    """The content of a file that the user named; `advice` says what to do if there is no such file.

    Raises:
        InputError: no such file, not a file, too large, or not readable.
    """
    try:
        if not path.exists():
            raise InputError(f"{shown_path(path)}: no such file. {advice}")
        if not path.is_file():
            raise InputError(f"{shown_path(path)}: not a file. {advice}")
        if path.stat().st_size > LARGEST_FILE:
            text = f"larger than {LARGEST_FILE // 10**6} MB, which cannot be right. Check the file."
            raise InputError(f"{shown_path(path)}: {text}")
        return path.read_bytes()
    except OSError as error:
        text = f"cannot be read ({error.strerror}). Check the path and its permissions."
        raise InputError(f"{shown_path(path)}: {text}") from None


def is_file(path: Path) -> bool:
    """Whether there is a file of this name; False for a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def shown_path(path: Path) -> str:
    """The path as short as it can be said from the current folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
