"""Writes compiled rules in LLVM's language, from their own source, so that a change of a rule needs no hand here.

All numbers of a run lie in one memory, each a float64. A record is the address of its first number, an array the
address of its first record with its lengths, and a field is a number beyond that. Of what kinds the arguments of the
first function are is told; for every function that it calls this follows from the call, and a function that is called
with arguments of different kinds is written once for each.

Rules use few words of Python. What is not among them is an error that names the file and the line.
"""

import ast
import inspect
import math
import struct
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.model import state
from sim.model.fields import RECORDS
from sim.scenario.problems import InputError


class Plain(NamedTuple):
    """A number or a truth value, by the type that a machine has for it."""

    what: str


class Rec(NamedTuple):
    """A record of this name."""

    record: str


class Array(NamedTuple):
    """Records of this name, plain numbers ("") or words of 32 bits (WORDS), along some axes, one after the other."""

    record: str
    axes: int


WORDS = "words"
"""Random words: kept as float64 like everything else, and read as whole numbers without a sign."""


class Tuple(NamedTuple):
    """Some values in a row."""

    kinds: tuple[Any, ...]


class Struct(NamedTuple):
    """Values by name, as in a NamedTuple."""

    name: str
    fields: tuple[tuple[str, Any], ...]


class Known(NamedTuple):
    """A constant tuple of numbers."""

    values: tuple[Any, ...]


NUMBER, WHOLE, WORD, LONG, TRUTH, NOTHING = (
    Plain("double"), Plain("whole"), Plain("word"), Plain("long"), Plain("truth"), Plain("nothing"),
)  # fmt: skip
"""float64; a whole number of 32 bits, with a sign and without; one of 64 bits without; true or false; nothing."""

TYPES = {NUMBER: "double", WHOLE: "i32", WORD: "i32", LONG: "i64", TRUTH: "i1"}
REAL = (NUMBER, WHOLE, WORD, LONG)


class Value(NamedTuple):
    """A value: its kind, and what it consists of, several for an array; `given` is what Python knows of it."""

    kind: Any
    parts: tuple[str, ...]
    given: Any = None


class Variable(NamedTuple):
    """Where the parts of a variable of a kind are kept."""

    kind: Any
    places: tuple[str, ...]


COMPARED = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}
WITH_POINT = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
WITHOUT = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.LShift: "shl", ast.RShift: "lshr", ast.BitOr: "or",
    ast.BitAnd: "and", ast.BitXor: "xor",
}  # fmt: skip

OUTSIDE = {"exp": 1, "log": 1, "pow": 2, "fmod": 2, "tanh": 1, "log1p": 1, "expm1": 1, "sin": 1, "cos": 1}
"""Functions that the browser has, and how many numbers they take."""

MATHEMATICS: Mapping[Any, str] = {
    math.exp: "@exp", math.log: "@log", math.pow: "@pow", math.tanh: "@tanh", math.log1p: "@log1p",
    math.expm1: "@expm1", math.sin: "@sin", math.cos: "@cos", math.sqrt: "@llvm.sqrt.f64", math.floor: "@llvm.floor.f64",
    math.ceil: "@llvm.ceil.f64", math.fabs: "@llvm.fabs.f64", abs: "@llvm.fabs.f64", np.exp: "@exp", np.log: "@log",
    np.sqrt: "@llvm.sqrt.f64", np.floor: "@llvm.floor.f64", np.abs: "@llvm.fabs.f64",
}  # fmt: skip

TURNED = {float: NUMBER, int: WHOLE, np.float64: NUMBER, np.int64: WHOLE, np.uint32: WORD, np.uint64: LONG}
"""Functions that turn a number into one of another kind."""


def kind_of(thing: Any) -> Any:
    """The kind of an array, a number, or a NamedTuple of such."""
    if isinstance(thing, np.ndarray):
        return Array(_record_of(thing.dtype), thing.ndim)
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        named = zip(thing._fields, thing, strict=True)
        return Struct(type(thing).__name__, tuple((name, kind_of(value)) for name, value in named))
    return WHOLE if isinstance(thing, int) else NUMBER


def _record_of(dtype: np.dtype[Any]) -> str:
    if dtype.names is None:
        return WORDS if dtype == np.uint32 else ""
    return next(name for name in RECORDS if getattr(state, name, None) == dtype)


def fields_of(record: str) -> tuple[str, ...]:
    """Fields of a record, in the order in which they lie."""
    return tuple(getattr(state, record).names or ())


def types_of(kind: Any) -> list[str]:
    """What a value of a kind consists of, as types of LLVM."""
    match kind:
        case Plain():
            return [] if kind == NOTHING else [TYPES[kind]]
        case Rec():
            return ["ptr"]
        case Array():
            return ["ptr", *["i32"] * kind.axes]
        case Tuple():
            return [one for inner in kind.kinds for one in types_of(inner)]
        case Struct():
            return [one for _, inner in kind.fields for one in types_of(inner)]
        case _:
            return []


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


class _Writer:
    """Writes one function."""

    def __init__(self, translator: Translator, function: Any) -> None:
        self.translator = translator
        self.function = function
        self.node, self.file, self.first = translator.tree(function)
        self.variables: dict[str, Variable] = {}
        self.kept: list[str] = []
        self.lines: list[str] = []
        self.ended = False
        self.around: list[tuple[str, str]] = []  # of each loop: where it goes on, and where it ends
        self.gives: Any = None
        self.many = 0

    # --- the function -------------------------------------------------------------------------------------------------

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

    def refuse(self, node: ast.AST, why: str) -> Any:
        """Raise what says which line of which rule cannot be written.

        Raises:
            InputError: always.
        """
        line = self.first + getattr(node, "lineno", 1)
        text = f"{self.file}, line {line}: the rule {self.function.__name__} {why}"
        raise InputError(f"{text}, and a page without Python cannot do that. Write it as other rules are written.")

    def line(self, text: str) -> None:
        self.lines.append(f"  {text}")

    def make(self, text: str) -> str:
        """A value that an instruction makes."""
        self.many += 1
        name = f"%v{self.many}"
        self.line(f"{name} = {text}")
        return name

    def label(self, *names: str) -> list[str]:
        self.many += 1
        return [f"{name}{self.many}" for name in names]

    def go(self, label: str) -> None:
        """Go on elsewhere, unless the function went on elsewhere already."""
        if not self.ended:
            self.line(f"br label %{label}")
        self.ended = True

    def begin(self, label: str) -> None:
        self.lines.append(f"{label}:")
        self.ended = False

    def keep(self, name: str, value: Value) -> None:
        """Make a variable, or change one."""
        variable = self.variables.get(name)
        if variable is None or variable.kind == NOTHING:
            self.many += 1
            places = tuple(f"%{name}.{self.many}.{n}" for n, _ in enumerate(value.parts))
            self.kept += [
                f"  {place} = alloca {what}" for place, what in zip(places, types_of(value.kind), strict=True)
            ]
            variable = self.variables[name] = Variable(value.kind, places)
        for place, what, part in zip(variable.places, types_of(variable.kind), value.parts, strict=True):
            self.line(f"store {what} {part}, ptr {place}")

    # --- statements ---------------------------------------------------------------------------------------------------

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
        assert isinstance(node.target, ast.Name) and isinstance(ranged, ast.Call)  # noqa: S101, PT018  # as refused above
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

    def fill(self, there: Value, number: str) -> None:
        at, *lengths = there.parts
        many = lengths[0]
        for length in lengths[1:]:
            many = self.make(f"mul nsw i32 {many}, {length}")
        test, body, end = self.label("test", "body", "end")
        counter = f"%fill.{self.many}"
        self.kept.append(f"  {counter} = alloca i32")
        self.line(f"store i32 0, ptr {counter}")
        self.go(test)
        self.begin(test)
        now = self.make(f"load i32, ptr {counter}")
        self.line(f"br i1 {self.make(f'icmp slt i32 {now}, {many}')}, label %{body}, label %{end}")
        self.begin(body)
        self.line(f"store double {number}, ptr {self.beyond(at, now)}")
        later = self.make(f"add nsw i32 {now}, 1")
        self.line(f"store i32 {later}, ptr {counter}")
        self.go(test)
        self.begin(end)

    # --- numbers ------------------------------------------------------------------------------------------------------

    def truth(self, node: ast.expr) -> str:
        value = self.value(node)
        if value.kind != TRUTH:
            self.refuse(node, f"takes `{ast.unparse(node)}` for true or false")
        return value.parts[0]

    def real(self, value: Value) -> str:
        """A number as a float64."""
        (part,) = value.parts
        match value.kind:
            case Plain("whole"):
                return _double(int(part)) if not part.startswith("%") else self.make(f"sitofp i32 {part} to double")
            case Plain("word"):
                return self.make(f"uitofp i32 {part} to double")
            case Plain("long"):
                return self.make(f"uitofp i64 {part} to double")
            case Plain("truth"):
                return self.make(f"uitofp i1 {part} to double")
            case _:
                return part

    def whole_number(self, value: Value) -> str:
        """A number as a whole one of 32 bits, without what is behind the point."""
        if value.kind == NUMBER:
            return self.make(f"call i32 @llvm.fptosi.sat.i32.f64(double {value.parts[0]})")
        if value.kind == LONG:
            return self.make(f"trunc i64 {value.parts[0]} to i32")
        return value.parts[0]

    def number(self, node: ast.expr) -> Value:
        value = self.value(node)
        if value.kind not in REAL:
            self.refuse(node, f"reckons with `{ast.unparse(node)}`, which is no number")
        return value

    # --- expressions --------------------------------------------------------------------------------------------------

    def given(self, node: ast.expr) -> Any:
        """What Python knows a name as, outside the function."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name) and node.id not in self.variables:
            return self.known(node)
        return None

    def value(self, node: ast.expr) -> Value:  # one line for each form
        match node:
            case ast.Constant():
                return self.constant(node.value)
            case ast.Name():
                return self.read(node)
            case ast.Attribute():
                return self.attribute(node)
            case ast.Subscript():
                return self.item(node)
            case ast.Call():
                return self.call(node)
            case ast.BinOp():
                return self.reckon(node)
            case ast.UnaryOp(op=ast.Not()):
                return Value(TRUTH, (self.make(f"xor i1 {self.truth(node.operand)}, true"),))
            case ast.UnaryOp(op=ast.USub()):
                value = self.number(node.operand)
                if value.kind == WHOLE and not value.parts[0].startswith("%"):
                    return Value(WHOLE, (str(-int(value.parts[0])),))
                return Value(NUMBER, (self.make(f"fneg double {self.real(value)}"),))
            case ast.BoolOp():
                return self.both(node)
            case ast.Compare():
                return self.compare(node)
            case ast.IfExp():
                return self.choose(node)
            case ast.Tuple():
                values = [self.value(one) for one in node.elts]
                parts = tuple(part for one in values for part in one.parts)
                return Value(Tuple(tuple(one.kind for one in values)), parts)
            case _:
                return self.refuse(node, f"has `{ast.unparse(node)}`")

    def read(self, node: ast.Name) -> Value:
        variable = self.variables.get(node.id)
        if variable is None:
            return self.constant(self.known(node))
        if isinstance(variable.kind, Known):
            return Value(variable.kind, (), variable.kind.values)
        typed = zip(types_of(variable.kind), variable.places, strict=True)
        return Value(variable.kind, tuple(self.make(f"load {what}, ptr {place}") for what, place in typed))

    def known(self, node: ast.Name) -> Any:
        """What a name means outside the function."""
        builtins = self.function.__globals__.get("__builtins__", {})
        for names in (self.function.__globals__, builtins if isinstance(builtins, dict) else vars(builtins)):
            if node.id in names:
                return names[node.id]
        return self.refuse(node, f"uses `{node.id}`, which nothing is known of here")

    def constant(self, thing: Any) -> Value:
        match thing:
            case bool() | np.bool_():
                return Value(TRUTH, ("true" if thing else "false",), thing)
            case np.uint32():
                return Value(WORD, (str(int(thing)),), thing)
            case np.uint64():
                return Value(LONG, (str(int(thing)),), thing)
            case int() | np.integer() if -(2**31) <= int(thing) < 2**31:
                return Value(WHOLE, (str(int(thing)),), thing)
            case int() | float() | np.integer() | np.floating():
                return Value(NUMBER, (_double(float(thing)),), thing)
            case tuple() if thing and all(isinstance(one, int | float | np.number) for one in thing):
                return Value(Known(thing), (), thing)
            case _:
                return Value(NOTHING, (), thing)

    def attribute(self, node: ast.Attribute) -> Value:
        base = self.value(node.value)
        kind, name = base.kind, node.attr
        if isinstance(kind, Rec):
            return self.load(self.field(node, base))
        if isinstance(kind, Array) and name == "shape":
            return Value(Tuple((WHOLE,) * kind.axes), base.parts[1:])
        if isinstance(kind, Array) and name == "size":
            many = base.parts[1]
            for length in base.parts[2:]:
                many = self.make(f"mul nsw i32 {many}, {length}")
            return Value(WHOLE, (many,))
        if isinstance(kind, Struct):
            at = 0
            for field, inner in kind.fields:
                many = len(types_of(inner))
                if field == name:
                    return Value(inner, base.parts[at : at + many])
                at += many
        if kind == NOTHING and base.given is not None and hasattr(base.given, name):  # of a module
            return self.constant(getattr(base.given, name))
        return self.refuse(node, f"has `{ast.unparse(node)}`")

    def field(self, node: ast.Attribute, base: Value) -> Value:
        """Where a field of a record lies."""
        fields = fields_of(base.kind.record)
        if node.attr not in fields:
            self.refuse(node, f"has `{ast.unparse(node)}`, and {base.kind.record} has no such field")
        return Value(NUMBER, (self.beyond(base.parts[0], str(fields.index(node.attr))),))

    def beyond(self, at: str, numbers: str) -> str:
        return at if numbers == "0" else self.make(f"getelementptr inbounds nuw double, ptr {at}, i32 {numbers}")

    def load(self, there: Value) -> Value:
        if there.kind not in (NUMBER, WORD):
            return there
        found = self.make(f"load double, ptr {there.parts[0]}")
        return Value(there.kind, (found if there.kind == NUMBER else self.make(f"fptoui double {found} to i32"),))

    def place(self, node: ast.expr) -> Value:
        """Where something lies that can be changed."""
        if isinstance(node, ast.Attribute):
            base = self.value(node.value)
            if isinstance(base.kind, Rec):
                return self.field(node, base)
        if isinstance(node, ast.Subscript):
            base = self.value(node.value)
            if isinstance(base.kind, Array):
                return self.part(node, base)
        return self.refuse(node, f"changes `{ast.unparse(node)}`, which is no field")

    def item(self, node: ast.Subscript) -> Value:
        base = self.value(node.value)
        if isinstance(base.kind, Known | Tuple):
            at = self.given(node.slice)
            if not isinstance(at, int):
                self.refuse(node, f"has `{ast.unparse(node)}`, whose place is no constant")
            if isinstance(base.kind, Known):
                return self.constant(base.kind.values[at])
            before = sum(len(types_of(kind)) for kind in base.kind.kinds[:at])
            kind = base.kind.kinds[at]
            return Value(kind, base.parts[before : before + len(types_of(kind))])
        if not isinstance(base.kind, Array):
            self.refuse(node, f"has `{ast.unparse(node)}`, which is no part of an array")
        return self.load(self.part(node, base))

    def part(self, node: ast.Subscript, base: Value) -> Value:
        """A part of an array: places first, then at most one stretch, then all there is of further axes."""
        wanted = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
        at, *lengths = base.parts
        if len(wanted) > len(lengths):
            self.refuse(node, f"has `{ast.unparse(node)}`, and there are not so many axes")
        left: list[str] = []
        place = "0"
        for axis, length in enumerate(lengths):
            one = wanted[axis] if axis < len(wanted) else ast.Slice()
            begins = "0"
            if isinstance(one, ast.Slice):
                if one.step is not None or (left and (one.lower or one.upper)):
                    self.refuse(node, f"has `{ast.unparse(node)}`, which does not lie in one piece")
                ends = length
                if one.lower is not None:
                    begins = self.whole_number(self.number(one.lower))
                if one.upper is not None:
                    upper = self.whole_number(self.number(one.upper))
                    less = self.make(f"icmp slt i32 {upper}, {length}")
                    ends = self.make(f"select i1 {less}, i32 {upper}, i32 {length}")
                left.append(ends if begins == "0" else self.make(f"sub nsw i32 {ends}, {begins}"))
            elif left:
                self.refuse(node, f"has `{ast.unparse(node)}`, which does not lie in one piece")
            else:
                begins = self.whole_number(self.number(one))
            if place != "0":
                place = self.make(f"mul nuw nsw i32 {place}, {length}")
            if begins != "0":
                place = begins if place == "0" else self.make(f"add nuw nsw i32 {place}, {begins}")
        record = base.kind.record
        width = 1 if record in ("", WORDS) else len(fields_of(record))
        if place != "0":
            at = self.beyond(at, place if width == 1 else self.make(f"mul nuw nsw i32 {place}, {width}"))
        if left:
            return Value(Array(record, len(left)), (at, *left))
        return Value({"": NUMBER, WORDS: WORD}.get(record) or Rec(record), (at,))

    def both(self, node: ast.BoolOp) -> Value:
        """`and` and `or`: what comes later is looked at only if it matters."""
        (end,) = self.label("end")
        place = f"%both.{self.many}"
        self.kept.append(f"  {place} = alloca i1")
        for n, one in enumerate(node.values):
            found = self.truth(one)
            self.line(f"store i1 {found}, ptr {place}")
            if n < len(node.values) - 1:
                (more,) = self.label("more")
                ways = (more, end) if isinstance(node.op, ast.And) else (end, more)
                self.line(f"br i1 {found}, label %{ways[0]}, label %{ways[1]}")
                self.begin(more)
        self.go(end)
        self.begin(end)
        return Value(TRUTH, (self.make(f"load i1, ptr {place}"),))

    def compare(self, node: ast.Compare) -> Value:
        values = [self.value(one) for one in (node.left, *node.comparators)]
        found = ""
        for sign, one, other in zip(node.ops, values, values[1:], strict=False):
            if type(sign) not in COMPARED:
                self.refuse(node, f"compares `{ast.unparse(node)}`")
            word = COMPARED[type(sign)]
            if one.kind == other.kind and one.kind in (WHOLE, TRUTH):
                typed = TYPES[one.kind]
                how = word if word in ("eq", "ne") else f"s{word}"
                this = self.make(f"icmp {how} {typed} {one.parts[0]}, {other.parts[0]}")
            elif one.kind in REAL and other.kind in REAL:
                how = "une" if word == "ne" else f"o{word}"
                this = self.make(f"fcmp {how} double {self.real(one)}, {self.real(other)}")
            else:
                self.refuse(node, f"compares `{ast.unparse(node)}`")
            found = this if not found else self.make(f"and i1 {found}, {this}")
        return Value(TRUTH, (found,))

    def choose(self, node: ast.IfExp) -> Value:
        yes, no, end = self.label("yes", "no", "end")
        self.line(f"br i1 {self.truth(node.test)}, label %{yes}, label %{no}")
        found, texts, ends = [], [], []
        before = self.lines
        for label, one in ((yes, node.body), (no, node.orelse)):
            self.lines = []
            self.begin(label)
            value = self.value(one)
            if value.kind == WHOLE:
                value = Value(NUMBER, (self.real(value),))
            found.append(value)
            ends.append(next(text[:-1] for text in reversed(self.lines) if text.endswith(":")))
            self.go(end)
            texts.append(self.lines)
        self.lines = before + texts[0] + texts[1]
        one, other = found
        if one.kind != other.kind or isinstance(one.kind, Known) or one.kind == NOTHING:
            self.refuse(node, f"has `{ast.unparse(node)}`, whose two values differ in kind")
        self.begin(end)
        parts = zip(types_of(one.kind), one.parts, other.parts, strict=True)
        return Value(one.kind, tuple(self.make(f"phi {t} [{a}, %{ends[0]}], [{b}, %{ends[1]}]") for t, a, b in parts))

    def reckon(self, node: ast.BinOp) -> Value:
        if isinstance(node.op, ast.Pow):
            return self.power(node)
        left, right = self.number(node.left), self.number(node.right)
        if isinstance(node.op, ast.Mod | ast.FloorDiv):
            return self.divide(node, left, right)
        is_whole = left.kind in (WHOLE, WORD, LONG) and right.kind in (WHOLE, WORD, LONG)
        if is_whole and not isinstance(node.op, ast.Div):
            kind = left.kind if left.kind == right.kind else LONG if LONG in (left.kind, right.kind) else WORD
            if type(node.op) in WITHOUT and (kind != LONG or left.kind == right.kind):
                made = self.make(f"{WITHOUT[type(node.op)]} {TYPES[kind]} {left.parts[0]}, {right.parts[0]}")
                return Value(kind, (made,))
        if type(node.op) not in WITH_POINT:
            self.refuse(node, f"has `{ast.unparse(node)}`")
        made = self.make(f"{WITH_POINT[type(node.op)]} double {self.real(left)}, {self.real(right)}")
        return Value(NUMBER, (made,))

    def divide(self, node: ast.BinOp, left: Value, right: Value) -> Value:
        """Division with a remainder, which has the sign of what is divided by."""
        mod = isinstance(node.op, ast.Mod)
        if left.kind == right.kind == WHOLE:
            whole = self.make(f"sdiv i32 {left.parts[0]}, {right.parts[0]}")
            rest = self.make(f"srem i32 {left.parts[0]}, {right.parts[0]}")
            off = self.make(f"icmp ne i32 {rest}, 0")
            signs = self.make(f"icmp slt i32 {self.make(f'xor i32 {rest}, {right.parts[0]}')}, 0")
            wrong = self.make(f"and i1 {off}, {signs}")
            if mod:
                more = self.make(f"add i32 {rest}, {right.parts[0]}")
                return Value(WHOLE, (self.make(f"select i1 {wrong}, i32 {more}, i32 {rest}"),))
            less = self.make(f"sub i32 {whole}, 1")
            return Value(WHOLE, (self.make(f"select i1 {wrong}, i32 {less}, i32 {whole}"),))
        a, b = self.real(left), self.real(right)
        if b == _double(1):  # what is behind the point
            rest = self.make(f"fsub double {a}, {self.make(f'call double @llvm.trunc.f64(double {a})')}")
        else:
            rest = self.make(f"call double @fmod(double {a}, double {b})")
        off = self.make(f"fcmp une double {rest}, 0.0")
        signs = self.make(
            f"xor i1 {self.make(f'fcmp olt double {rest}, 0.0')}, {self.make(f'fcmp olt double {b}, 0.0')}"
        )
        wrong = self.make(f"and i1 {off}, {signs}")
        more = self.make(f"fadd double {rest}, {b}")
        rest = self.make(f"select i1 {wrong}, double {more}, double {rest}")
        if mod:
            return Value(NUMBER, (rest,))
        exact = self.make(f"fdiv double {self.make(f'fsub double {a}, {rest}')}, {b}")
        return Value(
            NUMBER, (self.make(f"call double @llvm.floor.f64(double {self.make(f'fadd double {exact}, 0.5')})"),)
        )

    def power(self, node: ast.BinOp) -> Value:
        """A power: of a small whole number by multiplying, as compiled rules do."""
        base, times = self.real(self.number(node.left)), self.given(node.right)
        if isinstance(times, int) and times in (2, 3, 4):
            squared = self.make(f"fmul double {base}, {base}")
            other = {3: base, 4: squared}.get(times)
            return Value(NUMBER, (self.make(f"fmul double {squared}, {other}") if other else squared,))
        made = self.make(f"call double @pow(double {base}, double {self.real(self.number(node.right))})")
        return Value(NUMBER, (made,))

    # --- calls --------------------------------------------------------------------------------------------------------

    def call(self, node: ast.Call) -> Value:
        if isinstance(node.func, ast.Attribute) and node.func.attr == "reshape" and len(node.args) == 1:
            base = self.value(node.func.value)
            if isinstance(base.kind, Array):
                return Value(Array(base.kind.record, 1), (base.parts[0], self.whole_number(self.number(node.args[0]))))
        called = self.value(node.func).given
        if called in (min, max) and len(node.args) > 1:
            return self.extreme(called, node)
        if called in (math.isnan, np.isnan):
            one = self.real(self.number(node.args[0]))
            return Value(TRUTH, (self.make(f"fcmp uno double {one}, {one}"),))
        if called in TURNED and len(node.args) == 1:
            return self.turned(self.number(node.args[0]), TURNED[called])
        if callable(called) and not hasattr(called, "py_func") and called in MATHEMATICS:
            given = ", ".join(f"double {self.real(self.number(one))}" for one in node.args)
            return Value(NUMBER, (self.make(f"call double {MATHEMATICS[called]}({given})"),))
        if isinstance(called, type) and hasattr(called, "_fields"):
            return self.named(node, called)
        if not hasattr(called, "py_func"):
            self.refuse(node, f"calls `{ast.unparse(node.func)}`")
        return self.rule(node, called)

    def extreme(self, called: Any, node: ast.Call) -> Value:
        """The least or the greatest, of equals the first, as in Python."""
        values = [self.number(one) for one in node.args]
        sign = "lt" if called is min else "gt"
        if all(one.kind == WHOLE for one in values):
            found = values[0].parts[0]
            for one in values[1:]:
                test = self.make(f"icmp s{sign} i32 {one.parts[0]}, {found}")
                found = self.make(f"select i1 {test}, i32 {one.parts[0]}, i32 {found}")
            return Value(WHOLE, (found,))
        reals = [self.real(one) for one in values]
        found = reals[0]
        for real in reals[1:]:
            found = self.make(
                f"select i1 {self.make(f'fcmp o{sign} double {real}, {found}')}, double {real}, double {found}"
            )
        return Value(NUMBER, (found,))

    def turned(self, value: Value, kind: Any) -> Value:
        """A number as one of another kind."""
        (part,) = value.parts
        if kind == NUMBER:
            return Value(NUMBER, (self.real(value),))
        if kind == LONG and value.kind in (WORD, WHOLE):
            return Value(LONG, (self.make(f"zext i32 {part} to i64"),))
        if kind == WORD and value.kind == NUMBER:  # up to 2^32, which is more than a whole number has
            return Value(WORD, (self.make(f"trunc i64 {self.make(f'fptosi double {part} to i64')} to i32"),))
        return value if kind == LONG == value.kind else Value(kind, (self.whole_number(value),))

    def named(self, node: ast.Call, called: Any) -> Value:
        """A NamedTuple."""
        values = [self.value(one) for one in node.args]
        if len(values) != len(called._fields) or node.keywords:
            self.refuse(node, f"has `{ast.unparse(node)}`, in which not every field stands in its turn")
        kinds = tuple((name, one.kind) for name, one in zip(called._fields, values, strict=True))
        return Value(Struct(called.__name__, kinds), tuple(part for one in values for part in one.parts))

    def rule(self, node: ast.Call, called: Any) -> Value:
        """A call of another rule."""
        names = list(inspect.signature(called.py_func).parameters)
        given = {name: self.value(one) for name, one in zip(names, node.args, strict=False)}
        given |= {word.arg: self.value(word.value) for word in node.keywords if word.arg}
        if set(given) != set(names):
            self.refuse(node, f"calls `{ast.unparse(node)}` without naming every argument")
        values = [given[name] for name in names]
        name, gives = self.translator.called(called.py_func, tuple(one.kind for one in values))
        parts = [f"{t} {part}" for one in values for t, part in zip(types_of(one.kind), one.parts, strict=True)]
        types = types_of(gives)
        if not types:
            self.line(f"call void @{name}({', '.join(parts)})")
            return Value(NOTHING, ())
        if len(types) == 1:
            return Value(gives, (self.make(f"call {types[0]} @{name}({', '.join(parts)})"),))
        typed = f"{{{', '.join(types)}}}"
        found = self.make(f"call {typed} @{name}({', '.join(parts)})")
        return Value(gives, tuple(self.make(f"extractvalue {typed} {found}, {n}") for n, _ in enumerate(types)))


def _double(number: float) -> str:
    """A float64 to the last bit."""
    return f"0x{struct.unpack('>Q', struct.pack('>d', number))[0]:016X}"
