"""Small wrong versions of the rules: an operator, a bound, a number or a line that is another one, one at a time."""

import ast
import copy
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from sim.model import rules

SWAPPED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
"""The operator that stands in place of another one. `<` becomes `>=` and not `<=`: a rule may be continuous there."""

OTHER = {"min": "max", "max": "min"}


class Mutant(NamedTuple):
    """A rule, what has been changed in it, in words, in which line, and the code with the change."""

    function: Any
    number: int  # of the rule's mutants
    line: int
    change: str
    code: CodeType

    @property
    def file(self) -> str:
        """The name of the rule's file, without its ending."""
        return str(self.function.__module__.rpartition(".")[2])

    @property
    def where(self) -> str:
        """File, line and rule."""
        return f"{self.file}.py:{self.line} {self.function.__name__}"


def all_rules() -> list[FunctionType]:
    """Every rule of the model, as the function that it is."""
    found = []
    for _, name, _ in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        module = importlib.import_module(name)
        found += [
            value.py_func for value in vars(module).values()
            if hasattr(value, "py_func") and value.py_func.__module__ == name
        ]  # fmt: skip
    return found


def mutants(function: FunctionType) -> Iterator[Mutant]:
    """Every mutant of a rule."""
    lines, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(lines)))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list = []
    if ast.get_docstring(definition) is not None:
        definition.body = definition.body[1:]
    made_so_far = 0
    for place, node in enumerate(ast.walk(tree)):
        for which, change in enumerate(_changes(node, function)):
            other = copy.deepcopy(tree)
            _apply(other, place, which, function)
            ast.fix_missing_locations(other)
            made: dict[str, Any] = {}
            exec(compile(other, function.__code__.co_filename, "exec"), dict(function.__globals__), made)  # noqa: S102
            line = first + getattr(node, "lineno", 1) - 1
            yield Mutant(function, made_so_far, line, change, made[function.__name__].__code__)
            made_so_far += 1


def _changes(node: ast.AST, function: FunctionType) -> list[str]:
    """What can be changed at this place, in words."""
    return [change for change, _ in _mutations(node, function)]


def _apply(tree: ast.AST, place: int, which: int, function: FunctionType) -> None:
    target = list(ast.walk(tree))[place]
    _, new = _mutations(target, function)[which]
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(each is target for each in value):
                setattr(parent, name, [new if each is target else each for each in value])
                return
    raise AssertionError("a node without a parent")


def _mutations(node: ast.AST, function: FunctionType) -> list[tuple[str, ast.AST]]:
    match node:
        case ast.BinOp() | ast.AugAssign() | ast.BoolOp() if type(node.op) in SWAPPED:
            return [_with(node, "op", SWAPPED[type(node.op)]()), *_left_out(node)]
        case ast.Compare() if type(node.ops[0]) in SWAPPED:
            return [_with(node, "ops", [SWAPPED[type(node.ops[0])](), *node.ops[1:]])]
        case ast.UnaryOp(op=ast.USub()):
            return [(f"{ast.unparse(node)} -> {ast.unparse(node.operand)}", node.operand)]
        case ast.Call(func=ast.Name(id=name)) if name in OTHER:
            return [_with(node, "func", ast.Name(OTHER[name], ast.Load()))]
        case ast.Constant(value=float() | int() as value) if not isinstance(value, bool):
            return [_number(node, value)]
        case ast.Name(id=name, ctx=ast.Load()) if isinstance(function.__globals__.get(name), float):
            return [_number(node, function.__globals__[name])]
        case ast.Assign() | ast.Expr(value=ast.Call()):
            return _left_out(node)
        case _:
            return []


def _with(node: ast.AST, name: str, value: Any) -> tuple[str, ast.AST]:
    new = copy.deepcopy(node)
    setattr(new, name, value)
    return f"{ast.unparse(node)} -> {ast.unparse(ast.fix_missing_locations(new))}", new


def _number(node: ast.AST, value: float) -> tuple[str, ast.AST]:
    """0 becomes 1, and any other number half as much again; a whole number stays one."""
    other = 1 if value == 0 else (value + 1 if isinstance(value, int) else value * 1.5)
    return f"{ast.unparse(node)} -> {other}", ast.Constant(type(value)(other))


def _left_out(node: ast.AST) -> list[tuple[str, ast.AST]]:
    """The statement left out, where that leaves no name without a value."""
    names_something_new = isinstance(node, ast.Assign) and any(
        not isinstance(each, ast.Attribute) for each in node.targets
    )
    if not isinstance(node, ast.stmt) or names_something_new:
        return []
    return [(f"left out: {ast.unparse(node)}", ast.Pass())]
