"""Writes lines in LLVM's language: values, variables, conversions of numbers, places in memory."""

import ast
from typing import TYPE_CHECKING, Any, NoReturn

from sim.run.tab.kinds import LONG, NOTHING, NUMBER, WORD, Plain, Value, Variable, as_double, types_of
from sim.scenario.problems import InputError

if TYPE_CHECKING:
    from sim.run.tab.translate import Translator


class Lines:
    """The lines of one function."""

    def __init__(self, translator: "Translator", function: Any) -> None:
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

    def refuse(self, node: ast.AST, why: str) -> NoReturn:
        """Raise what says which line of which rule cannot be written.

        Raises:
            InputError: always.
        """
        line = self.first + getattr(node, "lineno", 1)
        text = f"{self.file}, line {line}: the rule {self.function.__name__} {why}"
        raise InputError(f"{text}, and a page without Python cannot do that. Write it as other rules are written.")

    def line(self, text: str) -> None:
        """Write a line."""
        self.lines.append(f"  {text}")

    def make(self, text: str) -> str:
        """A value that an instruction makes."""
        self.many += 1
        name = f"%v{self.many}"
        self.line(f"{name} = {text}")
        return name

    def label(self, *names: str) -> list[str]:
        """Names of blocks of lines that nothing else has."""
        self.many += 1
        return [f"{name}{self.many}" for name in names]

    def go(self, label: str) -> None:
        """Go on elsewhere, unless the function went on elsewhere already."""
        if not self.ended:
            self.line(f"br label %{label}")
        self.ended = True

    def begin(self, label: str) -> None:
        """Begin a block of lines."""
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

    def fill(self, there: Value, number: str) -> None:
        """Put a number at every place of an array."""
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

    def real(self, value: Value) -> str:
        """A number as a float64."""
        (part,) = value.parts
        match value.kind:
            case Plain("whole"):
                return as_double(int(part)) if not part.startswith("%") else self.make(f"sitofp i32 {part} to double")
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

    def beyond(self, at: str, numbers: str) -> str:
        """The address so many numbers further on."""
        return at if numbers == "0" else self.make(f"getelementptr inbounds nuw double, ptr {at}, i32 {numbers}")

    def load(self, there: Value) -> Value:
        """What lies at a place: a number is read, a record stays where it is."""
        if there.kind not in (NUMBER, WORD):
            return there
        found = self.make(f"load double, ptr {there.parts[0]}")
        return Value(there.kind, (found if there.kind == NUMBER else self.make(f"fptoui double {found} to i32"),))
