"""Writes the operators and calls of a rule in LLVM's language."""

import ast
import inspect
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.run.tab.kinds import (
    LONG,
    NOTHING,
    NUMBER,
    REAL,
    TRUTH,
    TYPES,
    WHOLE,
    WORD,
    Array,
    Struct,
    Value,
    as_double,
    types_of,
)
from sim.run.tab.lines import Lines

WITH_POINT = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
WITHOUT = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.LShift: "shl", ast.RShift: "lshr", ast.BitOr: "or",
    ast.BitAnd: "and", ast.BitXor: "xor",
}  # fmt: skip

OUTSIDE = {"exp": 1, "log": 1, "pow": 2, "fmod": 2, "tanh": 1, "log1p": 1, "expm1": 1, "sin": 1, "cos": 1}
"""Functions that the browser has, and how many numbers they take."""

MATHEMATICS: Mapping[Any, str] = {
    math.exp: "@exp", math.log: "@log", math.pow: "@pow", math.tanh: "@tanh", math.log1p: "@log1p",
    math.expm1: "@expm1", math.sin: "@sin", math.cos: "@cos", math.sqrt: "@llvm.sqrt.f64",
    math.floor: "@llvm.floor.f64",
    math.ceil: "@llvm.ceil.f64", math.fabs: "@llvm.fabs.f64", abs: "@llvm.fabs.f64", np.exp: "@exp", np.log: "@log",
    np.sqrt: "@llvm.sqrt.f64", np.floor: "@llvm.floor.f64", np.abs: "@llvm.fabs.f64",
}  # fmt: skip

TURNED = {float: NUMBER, int: WHOLE, np.float64: NUMBER, np.int64: WHOLE, np.uint32: WORD, np.uint64: LONG}
"""Functions that turn a number into one of another kind."""


class Operators(Lines):
    """Operators and calls; what stands for a value is written by `sim.run.tab.expressions`."""

    def value(self, node: ast.expr) -> Value:
        """A value, with the lines that make it."""
        raise NotImplementedError

    def given(self, node: ast.expr) -> Any:
        """What Python knows a name as, outside the function."""
        raise NotImplementedError

    def number(self, node: ast.expr) -> Value:
        """A number of any kind."""
        value = self.value(node)
        if value.kind not in REAL:
            self.refuse(node, f"reckons with `{ast.unparse(node)}`, which is no number")
        return value

    def reckon(self, node: ast.BinOp) -> Value:
        """Two numbers with an operator between them."""
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
        if b == as_double(1):  # what is behind the point
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

    def call(self, node: ast.Call) -> Value:
        """A call: of mathematics, of a NamedTuple, or of another rule."""
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
