"""The terms that a rule adds up for one person in one week, read off the rule: what raises or lowers a state."""

import ast
import inspect
import textwrap
from collections.abc import Mapping
from functools import cache
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from sim.model.flows import RECORD_OF


class Term(NamedTuple):
    """A term of a sum: the names that are in it, those of parameters left out, and what it comes to."""

    names: tuple[str, ...]
    value: float


class _Sum(NamedTuple):
    """A sum in a rule: what is done before it, and its terms."""

    before: CodeType
    terms: tuple[tuple[tuple[str, ...], CodeType], ...]


RETURNED = "return"
"""Instead of the name of a variable: the sum that a rule gives back."""


def terms_of(rule: Any, name: str, given: Mapping[str, Any]) -> list[Term]:
    """What the terms come to that a rule puts into a variable; none where it has no such variable.

    Args:
        rule: a rule of the model.
        name: of the variable, such as `goal`, or RETURNED.
        given: the rule's arguments by name; records as anything that has their fields as attributes.
    """
    found = _read(rule, name)
    if found is None:
        return []
    space = {**_as_written(rule.py_func.__globals__), **given}
    exec(found.before, space)  # noqa: S102  # a rule of the model
    return [Term(names, float(eval(code, space))) for names, code in found.terms]  # noqa: S307  # a part of one


def _as_written(known: dict[str, Any]) -> dict[str, Any]:
    """What a rule's module knows, with rules as they are written: these take anything that has fields."""
    if id(known) not in _spaces:
        space = _spaces[id(known)] = dict(known)
        for name, value in known.items():
            if hasattr(value, "py_func"):
                space[name] = FunctionType(value.py_func.__code__, _as_written(value.py_func.__globals__), name)
    return _spaces[id(known)]


_spaces: dict[int, dict[str, Any]] = {}


@cache
def _read(rule: Any, name: str) -> _Sum | None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule.py_func))).body[0]
    assert isinstance(tree, ast.FunctionDef)  # noqa: S101  # a rule is a function
    body = tree.body[1:] if ast.get_docstring(tree) else tree.body
    for place, statement in enumerate(body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                return _sum(body[:place], value)
            case ast.Return(value=ast.expr() as value) if name == RETURNED:
                return _sum(body[:place], value)
            case _:
                pass
    return None


def _sum(before: list[ast.stmt], value: ast.expr) -> _Sum:
    terms = [(_names(term), _compiled(term)) for term in _flat(value)]
    return _Sum(compile(ast.Module(before, []), "<rule>", "exec"), tuple(terms))


def _flat(node: ast.expr, minus: bool = False) -> list[ast.expr]:
    """The terms of a sum, those that are taken away with their sign."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return [*_flat(node.left, minus), *_flat(node.right, minus != isinstance(node.op, ast.Sub))]
    return [ast.UnaryOp(ast.USub(), node) if minus else node]


def _compiled(node: ast.expr) -> CodeType:
    return compile(ast.fix_missing_locations(ast.Expression(node)), "<rule>", "eval")


def _names(node: ast.expr) -> tuple[str, ...]:
    """Fields of records, with the name of the record where it is not a person's or the week's, variables and rules.

    A rule that is given whole records is named, and they are not.
    """
    names = []
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id != "p":
            whose = "" if RECORD_OF.get(part.value.id) in ("EMPLOYEE", "WEEK") else f"{part.value.id}."
            names.append(f"{whose}{part.attr}")
    attributes = {id(part.value) for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    known: set[int] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            records = {id(given) for given in part.args if isinstance(given, ast.Name) and given.id in RECORD_OF}
            known |= records if records else {id(part.func)}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and id(part) not in attributes | known:
            names.insert(0, part.id)
    return tuple(dict.fromkeys(names))
