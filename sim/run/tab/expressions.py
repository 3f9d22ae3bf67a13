"""Writes the expressions of a rule in LLVM's language: names, fields, parts of arrays, comparisons, choices."""

import ast
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
    WORDS,
    Array,
    Known,
    Rec,
    Struct,
    Tuple,
    Value,
    as_double,
    fields_of,
    types_of,
)
from sim.run.tab.operators import Operators

COMPARED = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}

WORD_BYTES = 4


class Expressions(Operators):
    """Everything that has a value."""

    def truth(self, node: ast.expr) -> str:
        """A truth value; a number is none."""
        value = self.value(node)
        if value.kind != TRUTH:
            self.refuse(node, f"takes `{ast.unparse(node)}` for true or false")
        return value.parts[0]

    def given(self, node: ast.expr) -> Any:
        """What Python knows a name as, outside the function."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name) and node.id not in self.variables:
            return self.known(node)
        return None

    def value(self, node: ast.expr) -> Value:  # one line for each form
        """What an expression stands for."""
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
        """The value of a variable, or of a name outside the function."""
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
        """A constant."""
        if isinstance(thing, bool | np.bool_):
            return Value(TRUTH, ("true" if thing else "false",), thing)
        if isinstance(thing, np.unsignedinteger):
            return Value(LONG if thing.itemsize > WORD_BYTES else WORD, (str(int(thing)),), thing)
        if isinstance(thing, int | np.integer) and abs(int(thing)) < 2**31:
            return Value(WHOLE, (str(int(thing)),), thing)
        if isinstance(thing, int | float | np.integer | np.floating):
            return Value(NUMBER, (as_double(float(thing)),), thing)
        if isinstance(thing, tuple) and thing and all(isinstance(one, int | float | np.number) for one in thing):
            return Value(Known(thing), (), thing)
        return Value(NOTHING, (), thing)

    def attribute(self, node: ast.Attribute) -> Value:
        """A field of a record, a length of an array, a value by its name."""
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
                end = at + len(types_of(inner))
                if field == name:
                    return Value(inner, base.parts[at:end])
                at = end
        if kind == NOTHING and base.given is not None and hasattr(base.given, name):  # of a module
            return self.constant(getattr(base.given, name))
        return self.refuse(node, f"has `{ast.unparse(node)}`")

    def field(self, node: ast.Attribute, base: Value) -> Value:
        """Where a field of a record lies."""
        fields = fields_of(base.kind.record)
        if node.attr not in fields:
            self.refuse(node, f"has `{ast.unparse(node)}`, and {base.kind.record} has no such field")
        return Value(NUMBER, (self.beyond(base.parts[0], str(fields.index(node.attr))),))

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
        """A part of an array, or of a tuple."""
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
        """One comparison, or several in a row."""
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
        """One value or another; only that one is worked out."""
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
        first, second = found
        if first.kind != second.kind or isinstance(first.kind, Known) or first.kind == NOTHING:
            self.refuse(node, f"has `{ast.unparse(node)}`, whose two values differ in kind")
        self.begin(end)
        parts = zip(types_of(first.kind), first.parts, second.parts, strict=True)
        return Value(first.kind, tuple(self.make(f"phi {t} [{a}, %{ends[0]}], [{b}, %{ends[1]}]") for t, a, b in parts))
