"""What the numbers of the model are called where people read them, and why they matter: from labels.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Label(NamedTuple):
    """What a parameter is called, and why its group matters, in a sentence."""

    text: str
    why: str


@cache
def labels() -> dict[str, Label]:
    """The label of every parameter, by its name."""
    groups = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
    return {
        name: Label(text, group["why"]) for group in groups.values() for name, text in group.items() if name != "why"
    }
