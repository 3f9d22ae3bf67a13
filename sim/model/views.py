"""Views of records: objects whose attributes read and set the fields of a record by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.world import Records

type Numbers = NDArray[np.float64]


def numbers(records: Records) -> Numbers:
    """Records as plain numbers in the same memory: (records, fields), where codes make no sense as numbers.

    NumPy is ten times as slow with a single record as with a row of numbers.
    """
    return records.view(np.float64).reshape(len(records), -1)


def names_of_numbers(record: np.dtype[np.void]) -> tuple[str, ...]:
    """The fields of a record that are numbers, and not codes or indices."""
    return tuple(name for name in record.names or () if record[name] == np.float64)


def code(row: Numbers, record: np.dtype[np.void], name: str) -> int:
    """A code or index in a row of `numbers`."""
    return int(row.view(np.int64)[(record.names or ()).index(name)])


def with_fields[C](record: np.dtype[np.void]) -> Callable[[type[C]], type[C]]:
    """Class decorator: an attribute for each number of the record, kept in `self._row`, a row of `numbers`."""

    def give(cls: type[C]) -> type[C]:
        for place, name in enumerate(record.names or ()):
            if record[name] == np.float64:
                setattr(cls, name, _field(place, name))
        return cls

    return give


def _field(place: int, name: str) -> property:
    def read(self: Any) -> float:
        value: float = self._row.item(place)
        return value

    def write(self: Any, value: float) -> None:
        self._row[place] = value

    return property(read, write, doc=f"The field `{name}` of the record; `sim.model.state` says what it means.")


class View:
    """One record by name; it stays one with the record."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> float: ...

        def __setattr__(self, name: str, value: Any) -> None: ...

    def __init__(self, row: Numbers) -> None:
        self._row = row

    def __repr__(self) -> str:
        names = (name for name, field in vars(type(self)).items() if isinstance(field, property))
        return f"<{type(self).__name__} " + ", ".join(f"{name}={getattr(self, name):.3g}" for name in names) + ">"


@with_fields(state.WEEK)
class Week(View):
    """What a week brings to an employee: behaviour as it arrives, guidance, autonomy, success and so on."""


@with_fields(state.COMPANY)
class Company(View):
    """The company, its market and its money."""
