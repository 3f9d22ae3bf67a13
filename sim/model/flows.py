"""Which fields of which records each rule reads and writes, read off the rules' own source.

Mechanisms, the causal diagram and the tests on both stand on this, so that none of them can fall behind the rules.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from sim.model import state
from sim.model.fields import RECORDS
from sim.model.plugged import STEPS
from sim.model.week import COMPANY, Step

type Place = tuple[str, str]
"""A field: the name of its record, and its own."""

type Places = frozenset[Place]

MOOD: Place = ("MOOD", "mood")
"""What colleagues notice of one another, which is no record."""

SUMS: Place = ("TALLY", "*")
"""The tallies as plain numbers: all of their fields."""

RECORD_OF = {
    **dict.fromkeys(("employee", "position", "members", "employees"), "EMPLOYEE"),
    **dict.fromkeys(("week", "weeks"), "WEEK"),
    **dict.fromkeys(("leader", "leaders"), "LEADER"),
    "team": "TEAM",
    "company": "COMPANY",
    "practices": "PRACTICE",
    "tally": "TALLY",
    "tables": "BEHAVIOUR",
    "measures": "MEASURES",
    "p": "PARAMETER",
}
"""The record that an argument of a rule of the week is, or consists of."""

NUMBERS = {"mood": MOOD, "sums": SUMS}
"""Arguments that are plain numbers of the state."""


class Flow(NamedTuple):
    """What a rule does: `acts` holds each field that it writes, with the fields that this depends on."""

    acts: Mapping[Place, Places]
    gives: Places
    """What its result depends on."""

    @property
    def writes(self) -> Places:
        """The fields that it writes."""
        return frozenset(self.acts)


class _Known(NamedTuple):
    """What is known of a value: the record that it is, if it is one, and the fields that it depends on."""

    record: str | None
    places: Places


NOTHING: Places = frozenset()
_PLAIN = _Known(None, NOTHING)


@cache
def flow(rule: Any) -> Flow:
    """What a rule of the week reads and writes, its arguments being called as `compile_steps.MEANS` has it."""
    names = inspect.signature(rule.py_func).parameters
    known = {
        name: _Known(RECORD_OF.get(name), frozenset([NUMBERS[name]]) if name in NUMBERS else NOTHING) for name in names
    }
    return _Reader(rule, known).flow()


def rules_in_order() -> Iterator[tuple[Step, Any]]:
    """Every rule of the week with its step, in the order in which they are followed."""
    for step in STEPS.values():
        for rule in step.rules:
            yield step, rule


@cache
def influences() -> Mapping[Place, Places]:
    """Each field that a week changes, with the fields that its changes depend on."""
    found: dict[Place, set[Place]] = {}
    for _, rule in rules_in_order():
        for place, sources in flow(rule).acts.items():
            found.setdefault(place, set()).update(sources)
    return {place: frozenset(sources) for place, sources in found.items()}


def of_company(rule: Any) -> bool:
    """Whether a rule is one that the company follows, for all teams at once."""
    return any(each is rule and step.who is COMPANY for step, each in rules_in_order())


class _Reader:
    """Reads one rule, statement by statement; a rule that it calls is read with what it is given."""

    def __init__(self, rule: Any, known: dict[str, _Known], under: Places = NOTHING) -> None:
        self.globals = rule.py_func.__globals__
        self.known = known
        self.under = under
        self.acts: dict[Place, set[Place]] = {}
        self.gives: set[Place] = set()
        tree = ast.parse(_source(rule.py_func)).body[0]
        assert isinstance(tree, ast.FunctionDef)  # noqa: S101  # a rule is a function
        self.block(tree.body)

    def flow(self) -> Flow:
        return Flow({place: frozenset(sources) for place, sources in self.acts.items()}, frozenset(self.gives))

    def block(self, statements: Iterable[ast.stmt]) -> None:
        before = self.under
        for statement in statements:
            self.statement(statement)
            # What comes after a way out depends on its not having been taken.
            if isinstance(statement, ast.If) and isinstance(statement.body[-1], ast.Continue | ast.Return):
                self.under |= self.value(statement.test).places
        self.under = before

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign():
                value = self.value(node.value)
                for target in node.targets:
                    self.assign(target, value)
            case ast.AnnAssign() if node.value:
                self.assign(node.target, self.value(node.value))
            case ast.AugAssign():
                self.assign(node.target, _Known(None, self.value(node.value).places | self.value(node.target).places))
            case ast.If() | ast.While():
                before, self.under = self.under, self.under | self.value(node.test).places
                self.block([*node.body, *node.orelse])
                self.under = before
            case ast.For():
                self.assign(node.target, _Known(None, self.value(node.iter).places))
                self.block([*node.body, *node.orelse])
            case ast.Return() if node.value:
                self.gives |= self.value(node.value).places | self.under
            case ast.Expr():
                self.value(node.value)
            case _:
                pass

    def assign(self, target: ast.expr, value: _Known) -> None:
        places = value.places | self.under
        match target:
            case ast.Tuple():
                for part in target.elts:
                    self.assign(part, _Known(None, value.places))
            case ast.Name():
                before = self.known.get(target.id, _PLAIN).places
                self.known[target.id] = _Known(value.record, places | before)
            case ast.Attribute() if (record := self.value(target.value).record) and _is_field(record, target.attr):
                self.acts.setdefault((record, target.attr), set()).update(places)
            case ast.Subscript() if isinstance(target.value, ast.Name) and target.value.id in NUMBERS:
                self.acts.setdefault(NUMBERS[target.value.id], set()).update(places)
            case _:
                pass

    def value(self, node: ast.expr) -> _Known:
        match node:
            case ast.Name():
                return self.known.get(node.id, _PLAIN)
            case ast.Attribute():
                base = self.value(node.value)
                if base.record and _is_field(base.record, node.attr):
                    return _Known(None, base.places | {(base.record, node.attr)})
                return _Known(None, base.places if base.record is None else NOTHING)
            case ast.Subscript():
                base = self.value(node.value)
                return _Known(base.record, base.places | self.value(node.slice).places)
            case ast.Call():
                return self.call(node)
            case _:
                places = (self.value(part).places for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
                return _Known(None, frozenset().union(*places))

    def call(self, node: ast.Call) -> _Known:
        given = [self.value(argument) for argument in node.args]
        named = {word.arg: self.value(word.value) for word in node.keywords if word.arg}
        called = self.globals.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if not hasattr(called, "py_func"):
            return _Known(None, frozenset().union(*(each.places for each in (*given, *named.values()))))
        assert called is not None  # noqa: S101  # it has a py_func
        names = inspect.signature(called.py_func).parameters
        inner = _Reader(called, dict(zip(names, given, strict=False)) | named, self.under).flow()
        for place, sources in inner.acts.items():
            self.acts.setdefault(place, set()).update(sources)
        return _Known(None, inner.gives)


def _source(function: Any) -> str:
    """The text of a function; one that is made of text carries it."""
    return getattr(function, "written", None) or textwrap.dedent(inspect.getsource(function))


def _is_field(record: str, name: str) -> bool:
    return any(field.name == name for field in RECORDS[record].fields)


STATE = ("EMPLOYEE", "WEEK", "LEADER", "TEAM", "COMPANY")
"""The records that the week's rules pass things on by."""

assert all(name in RECORDS for name in STATE), state.__name__  # noqa: S101  # declared there
