"""Reads the source of the rules: their docstrings, their arguments, and the parameters that they use."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

from sim.model import rules

RULES = Path(rules.__file__).parent


class Rule(NamedTuple):
    """A rule of the model: its name, what it takes, its docstring, and the parameters that its formula uses."""

    name: str
    takes: tuple[str, ...]
    says: str
    parameters: tuple[str, ...]


class RuleFile(NamedTuple):
    """A file of rules with its docstring."""

    name: str
    says: str
    rules: tuple[Rule, ...]


def rule_files() -> list[RuleFile]:
    """The files that hold rules, those of the numbered mechanisms first."""
    found = [_rule_file(path) for path in sorted(RULES.glob("*.py"))]
    return sorted((file for file in found if file.rules), key=lambda file: (_number(file.says), file.name))


def _rule_file(path: Path) -> RuleFile:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        Rule(
            name,
            tuple(argument.arg for argument in function.args.args),
            ast.get_docstring(function) or "",
            tuple(
                dict.fromkeys(
                    node.attr
                    for node in ast.walk(function)
                    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "p"
                )
            ),
        )
        for name, function in _functions(tree).items()
        if any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in function.decorator_list)
    ]
    return RuleFile(path.stem, ast.get_docstring(tree) or "", tuple(found))


def _number(says: str) -> int:
    """The number of a mechanism; what has none comes last."""
    found = re.match(r"Mechanism (\d+)", says)
    return int(found[1]) if found else 1000


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
