"""Declares the fields of a record, with their meanings and units, as data that pages and tests read."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.scenario.plugins import plugins
from sim.scenario.problems import InputError


class Field(NamedTuple):
    """A number in a record, or a code or index if it has no unit.

    `group` names fields in a row that are explained together, where there are many.
    """

    name: str
    meaning: str = ""
    unit: str = "0-1"
    group: str = ""


class Record(NamedTuple):
    """A kind of record: its name, what it is, and its fields."""

    name: str
    says: str
    fields: tuple[Field, ...]


RECORDS: dict[str, Record] = {}
"""Every record that is declared, by name."""


def record(name: str, says: str, *fields: Field) -> np.dtype[np.void]:
    """Declare a record: codes and indices, which are whole numbers, come first in memory, fields of plug-ins last."""
    fields = (*fields, *_of_plugins(name, {field.name for field in fields}))
    RECORDS[name] = Record(name, says, fields)
    codes = [(field.name, np.int64) for field in fields if not field.unit]
    return np.dtype(codes + [(field.name, np.float64) for field in fields if field.unit])


def _of_plugins(record: str, taken: set[str]) -> Iterable[Field]:
    for plugin in plugins():
        for new in plugin.file.state:
            if new.record == record:
                if new.name in taken:
                    text = f'{record} has a field "{new.name}" already. Choose another name.'
                    raise InputError(f"{plugin.shown}: state ({new.name}): {text}")
                taken.add(new.name)
                yield Field(new.name, new.meaning, new.unit)


def many(names: Iterable[str], group: str, meaning: str, unit: str = "0-1") -> tuple[Field, ...]:
    """Fields that are explained together."""
    return tuple(Field(name, meaning, unit, group) for name in names)


def numbers(names: str, unit: str = "0-1") -> tuple[Field, ...]:
    """Fields that need no words of their own, as their record says what they are."""
    return tuple(Field(name, unit=unit) for name in names.split())


def codes(names: str) -> tuple[Field, ...]:
    """Codes and indices that need no words of their own."""
    return numbers(names, unit="")
