"""What all commands share: common options, progress, tables and JSON in the terminal."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sim.view.reference import Page

BAD_INPUT, INTERRUPTED = 2, 130
"""Exit statuses, as shells know them."""

NARROWEST, UNKNOWN_WIDTH = 80, 120
"""Columns that tables have at least, and where no terminal says how many there are."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]

Weeks = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=1040, help="How long to run. (default: as in the scenario)")
]

Seed = Annotated[
    int | None, typer.Option(metavar="N", min=0, help="Where chance starts. (default: as in the scenario)")
]

Plot = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Save a picture: .svg, .png, .pdf, or .html (works offline).")
]

PICTURES = (".svg", ".png", ".pdf", ".html")
"""Kinds of file that a picture is saved in."""


def console() -> "Console":
    """The screen that tables are printed on, wide enough for them."""
    from rich.console import Console

    screen = Console(highlight=False, markup=False, emoji=False)
    if screen.is_terminal or "COLUMNS" in os.environ:
        screen.width = max(screen.width, NARROWEST)
    else:
        screen.width = UNKNOWN_WIDTH
    return screen


def print_parts(screen: "Console", parts: Sequence[Any]) -> None:
    """Print tables and sentences one below the other."""
    for part in parts:
        screen.print(part)


def show(page: "Page", as_json: bool) -> None:
    """Print a page of the reference, for people or as JSON."""
    if as_json:
        print_json(page.record)
    else:
        print_parts(console(), page.parts)


def print_json(record: Any) -> None:
    """Print one JSON document and nothing else."""
    typer.echo(json.dumps(record, indent=2, allow_nan=False, ensure_ascii=False))


def say_if_compiling() -> None:
    """Tell on stderr if the next run has to compile the model first, which takes a while."""
    from sim.model import engine

    if engine.needs_compiling():
        text = "Compiling the model for this machine (first run only) ..."
        if not engine.keeps_compiled():
            text = (
                "Compiling the model, which takes half a minute, each time: no folder can be written to keep it. "
                "Set NUMBA_CACHE_DIR to one that can."
            )
        typer.echo(text, err=True)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None] | None]:
    """Tell on stderr what takes time: compiling, and a bar that is gone when the run is done."""
    with _bar("Simulating") as update:
        yield update


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """The same for work that is counted: call it with what is done so far."""
    with _bar(what) as update:
        if update:
            update(0, total)
        yield lambda done: update(done, total) if update else None


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    say_if_compiling()
    errors = Console(stderr=True)
    if not errors.is_terminal:
        yield None
        return
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.percentage:.0f}%"), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
