"""What the code says of itself: comments beside the fields of records, docstrings of rules."""

import ast
import inspect
import io
import re
import tokenize
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from sim.model import rules

RULES = Path(rules.__file__).parent


class FieldLine(NamedTuple):
    """A line in the declaration of a record: the fields on it, and the comment beside them."""

    fields: tuple[str, ...]
    comment: str


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


def records(module: ModuleType) -> dict[str, str]:
    """The records that a module declares, in their order, each with the text that stands below it."""
    body = ast.parse(inspect.getsource(module)).body
    found = {}
    for node, below in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _declares_a_record(node.value):
            found[node.targets[0].id] = _text(below)
    return found


def record_lines(module: ModuleType, record: str) -> list[FieldLine]:
    """The lines in which a module declares a record, in their order; `NAME = _record("field",  # comment ...)`."""
    source = inspect.getsource(module)
    comments = _comments(source)
    call = _assigned(ast.parse(source), record)
    if not isinstance(call, ast.Call):
        raise TypeError(f"{record} is not declared by a call")
    codes = [name for keyword in call.keywords for name in getattr(keyword.value, "elts", ())]
    declared: dict[int, list[str]] = {}
    for node in (*call.args, *codes):
        declared.setdefault(node.lineno, []).extend(_names(node, module))
    return [FieldLine(tuple(names), comments.get(line, "")) for line, names in sorted(declared.items())]


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


def _declares_a_record(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "_record"


def _names(node: ast.expr, module: ModuleType) -> list[str]:
    """The fields that an argument names: one, or with a star as many as the module's own names come to."""
    if not isinstance(node, ast.Starred):
        return [ast.literal_eval(node)]
    expression = ast.Expression(ast.List([node], ast.Load()))
    code = compile(ast.fix_missing_locations(expression), module.__name__, "eval")
    return list(eval(code, vars(module)))  # noqa: S307 -- the project's own source


def _text(node: ast.stmt) -> str:
    """A text that stands by itself, as below a declaration; nothing if it is something else."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return ""


def _assigned(tree: ast.Module, name: str) -> ast.expr:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return node.value
    raise KeyError(name)


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
