"""Formulas in a study file: sums and comparisons of named values. Python's parser reads them; nothing runs them.

Only what is listed here is understood, so that a file from elsewhere can do no harm. Names, `morale` or a path such as
`teams[1].size`, are looked up by whoever asks. Values may be numbers or arrays of them; a comparison is 1 or 0.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from sim.scenario.problems import InputError, listed, shortened

LONGEST = 500
"""Characters of a formula."""

_TWO: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: np.divide,
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_ONE: Mapping[type[ast.AST], Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}

FUNCTIONS: Mapping[str, tuple[Callable[..., Any], int]] = {
    "min": (np.minimum, 2), "max": (np.maximum, 2), "abs": (np.abs, 1), "sqrt": (np.sqrt, 1), "log": (np.log, 1),
    "exp": (np.exp, 1),
}  # fmt: skip
"""The functions that a formula may use, and how many values each of them takes."""

ALLOWED = "numbers, names, + - * /, comparisons, and, or, not, and the functions " + listed(FUNCTIONS)


@dataclass(frozen=True)
class Formula:
    """A formula that was found to be sound. `names` are what it is made of, in the order in which they stand there."""

    text: str
    names: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Formula":
        """A formula from its text.

        Raises:
            InputError: it is none, or uses something that is not allowed.
        """
        found: list[str] = []
        _check(_parsed(text), text, found)
        return cls(text, tuple(dict.fromkeys(found)))

    def number_in(self, so_or_not: Callable[[str], bool] = lambda _: False) -> str | None:
        """The first part that is a number where only what is so or not makes sense; None where there is none.

        Args:
            so_or_not: whether a name stands for something that is so or not, such as a switch.
        """
        return _number_in(_parsed(self.text), so_or_not)

    @property
    def may_fail(self) -> bool:
        """Whether there are numbers for which it has no value, as with a division by one of its names."""
        return any(_fails(node) for node in ast.walk(_parsed(self.text)))

    def fails(self, values: Mapping[str, Any]) -> Any:
        """Where it has no value for numbers that are there: 0 / 0, or a root of what is below 0, or what is made of it.

        A part that fails is no matter where another one settles it: `b > 0 and a / b > 1` is not so where b is 0.
        """
        with np.errstate(all="ignore"):
            return _failed(_parsed(self.text), values)

    def of(self, values: Mapping[str, Any]) -> Any:
        """What it comes to, with a value for each of its names; NaN or infinite where the sum cannot be done.

        Raises:
            InputError: values that do not go with one another, such as a number and a text.
        """
        try:
            with np.errstate(all="ignore"):
                return _value(_parsed(self.text), values)
        except (TypeError, ValueError, np.exceptions.DTypePromotionError):
            shown = ", ".join(f"{name} = {values[name]!r}" for name in self.names)
            text = f'"{shortened(self.text)}" cannot be worked out for {shortened(shown, 120)}.'
            raise InputError(f"{text} Compare like with like.") from None


def _parsed(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise InputError(f'"{shortened(text)}" is longer than {LONGEST} characters. Make it shorter.')
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(f'"{shortened(text)}" is no formula. Write it like morale - 0.5 * strain.') from None


def _check(node: ast.expr, text: str, names: list[str]) -> None:
    """Go through the parts of a formula, and note its names."""
    if (path := _path(node)) is not None:
        names.append(path)
        return
    match node:
        case ast.Constant(value=bool() | int() | float() | str()):
            parts: list[ast.expr] = []
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _TWO:
            parts = [left, right]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _ONE or isinstance(op, ast.Not):
            parts = [operand]
        case ast.BoolOp(values=values):
            parts = values
        case ast.Compare(left=left, ops=ops, comparators=comparators) if all(type(op) in _TWO for op in ops):
            parts = [left, *comparators]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if (
            len(args) == FUNCTIONS.get(name, (None, -1))[1]
        ):
            parts = args
        case _:
            what = shortened(ast.unparse(node), 40)
            raise InputError(f'"{shortened(text)}": "{what}" is not allowed in a formula. Allowed are {ALLOWED}.')
    for part in parts:
        _check(part, text, names)


def _number_in(node: ast.expr, so_or_not: Callable[[str], bool]) -> str | None:
    parts: list[ast.expr]
    match node:
        case ast.Compare() | ast.Constant(value=bool()):
            return None
        case ast.BoolOp(values=parts):
            pass
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            parts = [operand]
        case _:
            path = _path(node)
            return None if path is not None and so_or_not(path) else ast.unparse(node)
    return next((found for part in parts if (found := _number_in(part, so_or_not)) is not None), None)


def _fails(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(op=ast.Div(), right=right):
            return not isinstance(right, ast.Constant) or right.value == 0
        case ast.Call(func=ast.Name(id=name)):
            return name in ("sqrt", "log", "exp")
    return False


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    if (path := _path(node)) is not None:
        return values[path]
    match node:
        case ast.Constant(value=value):
            return value
        case ast.BinOp(left=left, op=op, right=right):
            return _TWO[type(op)](_value(left, values), _value(right, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return np.logical_not(_value(operand, values))
        case ast.UnaryOp(op=op, operand=operand):
            return _ONE[type(op)](_value(operand, values))
        case ast.BoolOp(op=op, values=parts):
            join = np.logical_and if isinstance(op, ast.And) else np.logical_or
            return reduce(join, (_value(part, values) for part in parts))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            sides = [_value(side, values) for side in (left, *comparators)]
            steps = [_TWO[type(op)](one, two) for op, one, two in zip(ops, sides, sides[1:], strict=False)]
            return reduce(np.logical_and, steps)
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name][0](*(_value(part, values) for part in args))
    raise AssertionError(ast.dump(node))


def _failed(node: ast.expr, values: Mapping[str, Any]) -> Any:
    parts: list[ast.expr]
    if _path(node) is not None:
        return False
    match node:
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.UnaryOp(operand=operand):
            return _failed(operand, values)
        case ast.Compare(left=left, comparators=comparators):
            parts = [left, *comparators]
        case ast.BoolOp(values=parts):
            pass
        case ast.Call(args=parts):
            pass
        case _:
            return False
    failed = [_failed(part, values) for part in parts]
    found = reduce(np.logical_or, failed)
    if isinstance(node, ast.BoolOp):
        settles = [np.asarray(_value(part, values), bool) == isinstance(node.op, ast.Or) for part in parts]
        return found & ~reduce(np.logical_or, (so & ~np.asarray(bad) for so, bad in zip(settles, failed, strict=True)))
    return found | ~np.isfinite(_value(node, values)) if _fails(node) else found


def _path(node: ast.expr) -> str | None:
    """A name, or a path such as `teams[1].size`, as it is written."""
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        if isinstance(inner, ast.Subscript) and not isinstance(inner.slice, ast.Constant | ast.Name):
            return None
        inner = inner.value
    return ast.unparse(node) if isinstance(inner, ast.Name) and inner.id not in FUNCTIONS else None
