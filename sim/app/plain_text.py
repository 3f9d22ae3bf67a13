"""Text on pages: whatever is put in is shown as text, and never read as markup."""

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import solara

STYLE = (Path(__file__).parent / "words.css").read_text(encoding="utf-8")


def sheet() -> Any:
    """What a page is written on; everything of it goes inside."""
    page = solara.Div(classes=["ts-page"])
    with page:
        solara.Style(STYLE)
    return page


def say(tag: str, text: str, classes: str = "", **attributes: str) -> None:
    """An element with a text; underscores in the names of attributes stand for hyphens."""
    named = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    solara.HTML(tag, html.escape(text), classes=classes.split(), attributes=named)


def paragraphs(text: str) -> list[str]:
    """A text in paragraphs, which empty lines part; line breaks within one are for whoever edits the file."""
    return [" ".join(part.split()) for part in text.strip().split("\n\n")]


def say_paragraphs(text: str, classes: str = "") -> None:
    """A text in paragraphs, as lessons and notes are written."""
    for paragraph in paragraphs(text):
        say("p", paragraph, classes)


def complain(text: str) -> None:
    """Something that went wrong, read out at once by a screen reader."""
    say("p", text, "ts-warning", role="alert")


def wait(text: str) -> None:
    """Something that takes a moment."""
    say("p", text, "ts-faint", role="status")


def show_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], prose: bool = False) -> None:
    """A table; the first column names the row. It scrolls by keyboard where it is too wide; prose is wrapped."""
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in header)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in rest)
        body += f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>'
    hidden = f'<caption class="ts-hidden">{html.escape(caption)}</caption>'
    classes = "ts-table ts-prose" if prose else "ts-table"
    table = f'<table class="{classes}">{hidden}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    attributes = {"tabindex": "0", "role": "region", "aria-label": caption}
    solara.HTML("div", table, classes=["ts-table-box"], attributes=attributes)
