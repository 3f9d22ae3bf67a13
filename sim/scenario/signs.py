"""Harmful characters: those that no page can show, and those that turn a spreadsheet's text into a formula."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters and what is no character at all: PDF, slides and XML cannot hold them."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+([eE][+-]?\d+)?\s*%?")


def seen(text: str) -> str:
    """Text with a space in place of each sign that no page can show."""
    return UNSEEN.sub(" ", text)


def unseen_in(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Where signs that no page can show stand in a table of tables, lists and texts: (dotted place, such as U+0001)."""
    if isinstance(value, str):
        if found := UNSEEN.search(value):
            yield where, f"U+{ord(found[0]):04X}"
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            yield from unseen_in(key, where or "a key")
            yield from unseen_in(inside, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from unseen_in(inside, f"{where}[{place}]")


def harmless(cell: Any) -> Any:
    """A cell for a CSV file: text that a spreadsheet would run as a formula gets an apostrophe before it.

    Numbers with a sign stay as they are. (CSV injection; OWASP.)
    """
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
