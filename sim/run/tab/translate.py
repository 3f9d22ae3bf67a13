"""Translates compiled rules into LLVM's language from their own source: a changed rule needs no change here.

All numbers of a run lie in one memory, each a float64. A record is the address of its first number, an array the
address of its first record with its lengths, and a field is a number beyond that. Of what kinds the arguments of the
first function are is told; for every function that it calls this follows from the call, and a function that is called
with arguments of different kinds is written once for each.

Rules use few words of Python. What is not among them is an error that names the file and the line.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.run.tab.expressions import Expressions
from sim.run.tab.kinds import NOTHING, NUMBER, REAL, TRUTH, WHOLE, WORD, Array, Known, Tuple, Value, Variable, types_of
from sim.run.tab.operators import OUTSIDE


class Translator:
    """Writes functions, and all that they call.

    Args:
        texts: the source of functions that are made of text.
    """

    def __init__(self, texts: Mapping[Any, str]) -> None:
        self.texts = texts
        self._written: dict[tuple[Any, tuple[Any, ...], str | None], tuple[str, Any]] = {}
        self._functions: list[str] = []

    def add(self, rule: Any, kinds: Sequence[Any], name: str) -> None:
        """Write a function for arguments of these kinds, to be called by this name."""
        self.called(rule.py_func, tuple(kinds), name)

    def text(self) -> str:
        """All that is written."""
        real = [f"declare double @{name}({', '.join(['double'] * many)}) #1" for name, many in OUTSIDE.items()]
        real += [f"declare double @llvm.{name}.f64(double)" for name in ("sqrt", "floor", "ceil", "trunc", "fabs")]
        real += ["declare i32 @llvm.fptosi.sat.i32.f64(double)"]
        # What is called outside changes nothing, and nothing here is to become a call of what is not there.
        about = ['attributes #0 = { alwaysinline nounwind "no-builtins" }', 'attributes #1 = { nounwind memory(none) }',
                 'attributes #2 = { nounwind "no-builtins" }']  # fmt: skip
        return "\n".join([*real, *self._functions, *about, ""])

    def called(self, function: Any, kinds: tuple[Any, ...], name: str | None = None) -> tuple[str, Any]:
        """Name of a function for arguments of these kinds, and the kind of what it gives."""
        key = (function, kinds, name)
        if key not in self._written:
            chosen = name or f"{function.__name__}.{len(self._written)}"
            text, gives = _Writer(self, function).whole(chosen, kinds, outer=name is not None)
            self._written[key] = (chosen, gives)
            self._functions.append(text)
        return self._written[key]

    def tree(self, function: Any) -> tuple[ast.FunctionDef, str, int]:
        """The syntax of a function, its file, and the number of the line before its first."""
        text = self.texts.get(function) or getattr(function, "written", None)
        first = 0
        if text is None:
            lines, first = inspect.getsourcelines(function)
            text, first = textwrap.dedent("".join(lines)), first - 1
        found = ast.parse(text).body[0]
        assert isinstance(found, ast.FunctionDef)  # noqa: S101  # a rule is a function
        return found, inspect.getfile(function), first


class _Writer(Expressions):
    """Writes one function, statement by statement."""

    def whole(self, name: str, kinds: tuple[Any, ...], *, outer: bool) -> tuple[str, Any]:
        """The text of the function, and the kind of what it gives."""
        parameters: list[str] = []
        for argument, kind in zip(self.node.args.args, kinds, strict=True):
            if isinstance(kind, Known):
                self.variables[argument.arg] = Variable(kind, ())
                continue
            given = tuple(f"%{argument.arg}.in{n}" for n, _ in enumerate(types_of(kind)))
            parameters += [f"{what} {one}" for what, one in zip(types_of(kind), given, strict=True)]
            self.keep(argument.arg, Value(kind, given))
        self.block(self.node.body)
        gives = self.gives or NOTHING
        kinds_given = types_of(gives)
        if not self.ended:
            if gives != NOTHING:
                self.refuse(self.node, "gives nothing at its end, and something elsewhere")
            self.line("ret void")
        typed = (
            "void" if not kinds_given else kinds_given[0] if len(kinds_given) == 1 else f"{{{', '.join(kinds_given)}}}"
        )
        head = f"define {'' if outer else 'internal '}{typed} @{name}({', '.join(parameters)}) #{2 if outer else 0} {{"
        return "\n".join([head, "entry:", *self.kept, *self.lines, "}"]), gives

    def block(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            if not self.ended:  # what comes after a way out is never reached
                self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass  # words about the rule
            case ast.Expr(value=ast.Call()):
                self.value(node.value)
            case ast.Assign(targets=[target]):
                self.assign(target, self.value(node.value))
            case ast.AnnAssign(value=ast.expr()):
                self.assign(node.target, self.value(node.value))  # type: ignore[arg-type]  # there is one
            case ast.AugAssign():
                changed = ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
                self.assign(node.target, self.value(changed))
            case ast.If():
                self.branch(node)
            case ast.While(orelse=[]):
                test, body, end = self.label("test", "body", "end")
                self.go(test)
                self.begin(test)
                self.line(f"br i1 {self.truth(node.test)}, label %{body}, label %{end}")
                self.loop(body, test, end, node.body)
                self.go(test)
                self.begin(end)
            case ast.For(orelse=[]):
                self.count(node)
            case ast.Return():
                self.give(node)
            case ast.Continue():
                self.go(self.around[-1][0])
            case ast.Break():
                self.go(self.around[-1][1])
            case _:
                self.refuse(node, f"has the statement `{ast.unparse(node).splitlines()[0]}`")

    def branch(self, node: ast.If) -> None:
        yes, no, end = self.label("yes", "no", "end")
        self.line(f"br i1 {self.truth(node.test)}, label %{yes}, label %{no}")
        ended = []
        for label, statements in ((yes, node.body), (no, node.orelse)):
            self.begin(label)
            self.block(statements)
            ended.append(self.ended)
            self.go(end)
        if all(ended):
            return
        self.begin(end)

    def loop(self, body: str, again: str, end: str, statements: Iterable[ast.stmt]) -> None:
        self.ended = True
        self.begin(body)
        self.around.append((again, end))
        self.block(statements)
        self.around.pop()

    def count(self, node: ast.For) -> None:
        """A loop over a range of whole numbers."""
        ranged = node.iter
        if not (
            isinstance(node.target, ast.Name) and isinstance(ranged, ast.Call) and self.given(ranged.func) is range
        ):
            self.refuse(node, "has a loop over something else than a range")
        name = node.target.id
        named = [one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == name]
        if sum(isinstance(one.ctx, ast.Store) for one in named) > 1:
            self.refuse(node, f"changes `{name}` within the loop over it")
        ends = [self.whole_number(self.value(one)) for one in ranged.args]
        start, stop, step = (["0", *ends, "1"] if len(ends) == 1 else [*ends, "1"])[:3]
        if step.startswith("-"):
            self.refuse(node, "has a loop that counts down")
        if self.variables.get(name, Variable(WHOLE, ())).kind != WHOLE:
            self.refuse(node, f"counts with `{name}`, which is something else before")
        self.keep(name, Value(WHOLE, (start,)))
        counter = self.variables[name].places[0]
        test, body, again, end = self.label("test", "body", "again", "end")
        self.go(test)
        self.begin(test)
        now = self.make(f"load i32, ptr {counter}")
        self.line(f"br i1 {self.make(f'icmp slt i32 {now}, {stop}')}, label %{body}, label %{end}")
        self.loop(body, again, end, node.body)
        self.go(again)
        self.begin(again)
        later = self.make(f"add nsw i32 {self.make(f'load i32, ptr {counter}')}, {step}")
        self.line(f"store i32 {later}, ptr {counter}")
        self.go(test)
        self.begin(end)

    def give(self, node: ast.Return) -> None:
        value = Value(NOTHING, ()) if node.value is None else self.value(node.value)
        if value.kind == WHOLE:
            value = Value(NUMBER, (self.real(value),))
        if self.gives not in (None, value.kind) or isinstance(value.kind, Known):
            self.refuse(node, "gives values of different kinds")
        self.gives = value.kind
        types = types_of(value.kind)
        if len(types) < 2:  # nothing, or one
            self.line("ret void" if not types else f"ret {types[0]} {value.parts[0]}")
        else:
            whole, typed = "poison", f"{{{', '.join(types)}}}"
            for n, (what, part) in enumerate(zip(types, value.parts, strict=True)):
                whole = self.make(f"insertvalue {typed} {whole}, {what} {part}, {n}")
            self.line(f"ret {typed} {whole}")
        self.ended = True

    def assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Tuple):
            if not isinstance(value.kind, Tuple) or len(value.kind.kinds) != len(target.elts):
                self.refuse(target, "takes apart what is no tuple of as many values")
            rest = value.parts
            for one, kind in zip(target.elts, value.kind.kinds, strict=True):
                many = len(types_of(kind))
                self.assign(one, Value(kind, rest[:many]))
                rest = rest[many:]
        elif isinstance(target, ast.Name):
            self.assign_name(target, value)
        elif isinstance(target, ast.Attribute | ast.Subscript):
            self.put(target, value)
        else:
            self.refuse(target, f"changes `{ast.unparse(target)}`")

    def assign_name(self, target: ast.Name, value: Value) -> None:
        known = self.variables.get(target.id)
        if value.kind == WHOLE and (known is None or known.kind != WHOLE):
            value = Value(NUMBER, (self.real(value),))  # only what loops count with stays whole
        if known is not None and known.kind == NUMBER and value.kind in REAL:
            value = Value(NUMBER, (self.real(value),))
        if known is not None and known.kind != value.kind:
            self.refuse(target, f"gives `{target.id}` values of different kinds")
        if isinstance(value.kind, Known) or value.kind == NOTHING:
            self.refuse(target, f"keeps in `{target.id}` what is no number, record or array")
        self.keep(target.id, value)

    def put(self, target: ast.expr, value: Value) -> None:
        there = self.place(target)
        if isinstance(there.kind, Array) and not there.kind.record and value.kind in REAL:
            self.fill(there, self.real(value))
        elif there.kind in (NUMBER, WORD) and value.kind in (*REAL, TRUTH):
            self.line(f"store double {self.real(value)}, ptr {there.parts[0]}")
        else:
            self.refuse(target, f"changes `{ast.unparse(target)}`, which is no field")
