"""The types of values that rules work on, and what each type consists of in memory."""

import struct
from typing import Any, NamedTuple

import numpy as np

from sim.model import state
from sim.model.fields import RECORDS


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


def as_double(number: float) -> str:
    """A float64 to the last bit."""
    return f"0x{struct.unpack('>Q', struct.pack('>d', number))[0]:016X}"
