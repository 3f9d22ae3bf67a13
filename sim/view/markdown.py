"""Tables and text in Markdown."""

import re
from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]], code: int = 0) -> str:
    """A table in Markdown; the first `code` columns are names from the code."""
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    for row in rows:
        cells = [f"`{cell}`" if place < code else text(cell) for place, cell in enumerate(row)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def text(words: str) -> str:
    """Text in which Markdown sees no marks of its own, names in backquotes apart."""
    pieces = re.split(r"(`[^`]*`)", " ".join(words.split()))
    return "".join(piece if piece.startswith("`") else re.sub(r"([\\*<>\[\]|])", r"\\\1", piece) for piece in pieces)
