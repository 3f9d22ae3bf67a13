"""Constraints on a design: they leave out points whose values make no sense together."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.scenario.fields import Location
from sim.scenario.formula import Formula
from sim.scenario.paths import changed, locate, value_at
from sim.scenario.problems import InputError, nearest, shortened
from sim.study.design import AS_IS, Factor, Row
from sim.study.spec import Adaptive, Design, Factorial, LatinHypercube

if TYPE_CHECKING:
    from sim.study.resolve import Situation

type Allowed = Callable[[Row], bool]


def constraints_of(
    design: Design | None, factors: Sequence[Factor], situations: Sequence["Situation"]
) -> Allowed | None:
    """What says of a point whether it meets all constraints in every scenario; None where there are none.

    A constraint names things varied by their names, and any other place in a scenario by its path.

    Raises:
        InputError: a constraint that cannot be read, or names something that there is not.
    """
    texts = design.constraints if isinstance(design, Factorial | LatinHypercube | Adaptive) else ()
    if not texts:
        return None
    formulas = [Formula.read(text) for text in texts]
    columns = [factor.column for factor in factors]

    def is_switch(name: str) -> bool:
        if name in columns:
            factor = factors[columns.index(name)]
            return factor.values is not None and all(isinstance(value, bool) for value in factor.values)
        return all(isinstance(value_at(one.table, _located(name, columns, one)), bool) for one in situations)

    for formula, text in zip(formulas, texts, strict=True):
        if (number := formula.number_in(is_switch)) is not None:
            what = "" if number == text.strip() else f': "{shortened(number)}"'
            raise InputError(
                f'"{shortened(text)}"{what} is a number, and nothing that a point meets or not. Compare it: size > 5'
            )
        if not any(name in columns or _is_varied(name, columns, situations[0]) for name in formula.names):
            raise InputError(
                f'"{shortened(text)}" says nothing of what is varied, so that no point would differ by it.'
            )
        for situation in situations:
            for name in formula.names:
                if name not in columns:
                    _located(name, columns, situation)

    def allowed(row: Row) -> bool:
        return all(_met(formula, row, columns, situation) for situation in situations for formula in formulas)

    return allowed


def _located(name: str, columns: list[str], situation: "Situation") -> Location:
    try:
        return locate(situation.table, name)
    except InputError as error:
        meant = nearest(name, columns)
        raise InputError(f'"{shortened(name)}" is not varied; did you mean "{meant}"?') if meant else error from None


def _is_varied(name: str, columns: list[str], situation: "Situation") -> bool:
    place = _located(name, columns, situation)
    return any(place[: len(one)] == one[: len(place)] for places in situation.places for one in places)


def _met(formula: Formula, row: Row, columns: list[str], situation: "Situation") -> bool:
    table: Any = None
    values: dict[str, Any] = {}
    for name in formula.names:
        value: Any = AS_IS
        if name in columns:
            place = columns.index(name)
            value = row[place]
            if value is AS_IS:
                value = value_at(situation.table, situation.places[place][0])
        else:
            table = table or changed(situation.table, situation.values(row))
            value = value_at(table, locate(table, name))
        values[name] = value
    met = formula.of(values)
    return bool(met) and not (isinstance(met, float | np.floating) and np.isnan(met))
