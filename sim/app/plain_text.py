"""Writes text on pages. All text is shown as text, never as markup."""

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import solara

from sim.view.language import said
from sim.view.texts import paragraphs

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def page_body() -> Any:
    """The element that holds everything on a page."""
    page = solara.Div(classes=["ts-page"])
    with page:
        solara.Style(STYLE)
    return page


def say(tag: str, text: str, classes: str = "", **attributes: str) -> None:
    """An element with a text. In names of attributes, underscores stand for hyphens."""
    named = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    solara.HTML(tag, html.escape(text), classes=classes.split(), attributes=named)


def say_paragraphs(text: str, classes: str = "") -> None:
    """Write a text in paragraphs, as in lessons and notes, each in the visitor's language."""
    for paragraph in paragraphs(text):
        say("p", said(paragraph), classes)


def complain(text: str) -> None:
    """Write about a problem. A screen reader reads it out at once."""
    say("p", text, "ts-warning", role="alert")


def wait(text: str) -> None:
    """Write that the visitor has to wait."""
    say("p", text, "ts-faint", role="status")


def show_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], prose: bool = False) -> None:
    """Write a table. The first column names the row. A wide table scrolls with the keyboard; prose is wrapped."""
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
