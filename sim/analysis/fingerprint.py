"""The fingerprint of the model: a short text that changes when a result may change, and only then."""

import ast
import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import sim.model
from sim.scenario.load import shipped_folder
from sim.scenario.parameters import PARAMETERS
from sim.scenario.plugins import digest as digest_of_plugins
from sim.scenario.plugins import plugins

MODEL = Path(sim.model.__file__).parent
_SCENARIO = Path(shipped_folder.__code__.co_filename).parent

RULES = (
    "rules/*.py", "build.py", "chance.py", "draw.py", "input_records.py", "luck.py", "network.py", "state.py",
    "unrated.py", "week.py",
)  # fmt: skip
"""The source that decides what happens in a week; the drivers that run it are tested to agree to the last bit."""

TABLES = ("styles.toml", "practices.toml")
"""What styles and practices consist of."""


_WHOLE: Any = {"show_empty": True} if sys.version_info >= (3, 13) else {}
"""Has every Python write the same: from 3.13 on, fields that are empty would be left out."""


def fingerprint(further: Iterable[str], defaults: bool = True, plugged: bool = True) -> str:
    """Digest of the model's rules and numbers, and of whatever else a result rests on.

    Comments and docstrings do not count, nor do the plausible ranges' sources and meanings.

    Args:
        further: texts, such as the claims and their scenarios as JSON.
        defaults: whether the default values of parameters count; to what is fitted, they do not matter.
        plugged: whether the rules of plug-ins count.
    """
    digest = hashlib.sha256()
    for pattern in RULES:
        for path in sorted(MODEL.glob(pattern)):
            digest.update(_code(path.read_text(encoding="utf-8")).encode())
    for name in TABLES:
        digest.update((_SCENARIO / name).read_bytes())
    for parameter in PARAMETERS:
        default = parameter.default if defaults else None
        numbers = (parameter.name, default, parameter.low, parameter.high, parameter.floor, parameter.ceiling)
        digest.update(repr(numbers).encode())
    if plugged and any(plugin.has_rules for plugin in plugins()):
        digest.update(digest_of_plugins(plugins()).encode())
    for text in further:
        digest.update(text.encode())
    return digest.hexdigest()[:16]


@cache
def _code(source: str) -> str:
    """What a source says without comments and docstrings; kept, since a page of the app asks for it at each visit."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [line for line in body if not _is_text(line)]  # type: ignore[attr-defined]  # it has one
    return ast.dump(tree, **_WHOLE)


def _is_text(line: ast.AST) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)
