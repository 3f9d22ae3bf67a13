"""The pages, and the blocks of code in them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = sorted([README, *(ROOT / "docs").rglob("*.md")])

SHELL = ("", "sh", "bash", "console")
"""Languages of blocks that hold what somebody types into a terminal."""

_FENCED = re.compile(r"^```([^`\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block between two fences: the language, what else is said of it on the first fence, and what is in it."""

    language: str
    note: str
    text: str


def blocks(page: Path, *languages: str) -> list[Block]:
    """The blocks of a page that are in one of the languages, or all; one that is not closed is a fault of the page."""
    text = page.read_text(encoding="utf-8")
    found = _FENCED.findall(text)
    assert 2 * len(found) == len(re.findall(r"^```", text, re.MULTILINE)), f"{page.name}: a block is not closed"
    words = [(said.partition(" "), inside) for said, inside in found]
    every = [Block(language, note, inside) for (language, _, note), inside in words]
    return [block for block in every if not languages or block.language in languages]


def named(page: Path) -> str:
    """A page's path, as the tests name it."""
    return page.relative_to(ROOT).as_posix()


def commands(text: str) -> Iterator[list[str]]:
    """The words after `teamsim` of each such line of a terminal, with or without a prompt."""
    for line in text.replace("\\\n", " ").splitlines():
        typed = line.removeprefix("$ ")
        if typed.split()[:1] == ["teamsim"]:
            yield shlex.split(typed, comments=True)[1:]


def mentioned(page: Path) -> Iterator[list[str]]:
    """The same of commands within sentences, `teamsim ...`, which may go over the end of a line."""
    outside = _FENCED.sub("", page.read_text(encoding="utf-8"))
    for text in re.findall(r"`(teamsim [^`]*)`", outside):
        yield from commands(" ".join(text.split()))
