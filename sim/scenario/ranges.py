"""The section [uncertain]: numbers of a scenario that are known only roughly, each with its two bounds.

    [uncertain]
    market.urgency = [0.2, 0.6]
    teams.Sales.size = [8, 12]
    employees.mix.d1 = [0.1, 0.3]

A key is the path of one number in the same scenario (see `sim.scenario.paths`); one with brackets stands in quotes. The
number itself stays where it always stands, as the best guess; whatever runs a scenario once goes by it and carries this
section along. What runs in plausible worlds (`compare --uncertainty`, advice, reports) draws from the ranges, every
value equally likely and each key for itself. A whole number stays one.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from sim.scenario.problems import as_written


def _two_numbers(data: Any) -> Any:
    if isinstance(data, list | tuple) and len(data) == 2:
        return data
    text = f"got {as_written(data)}; a range is two numbers, the lowest and the highest, such as [0.2, 0.6]."
    raise PydanticCustomError("fault", "{text}", {"text": text})


Bounds = Annotated[tuple[float, float], Field(strict=False), BeforeValidator(_two_numbers)]


def _flat(data: Any) -> Any:
    """TOML reads `market.urgency` as a table in a table; here a path is one key."""
    if not isinstance(data, Mapping):
        return data
    flat: dict[str, Any] = {}
    for key, value in data.items():
        inner = _flat(value)
        if isinstance(inner, Mapping):
            flat |= {f"{key}.{below}": bounds for below, bounds in inner.items()}
        else:
            flat[key] = inner
    return flat


_ROUGHLY = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
    "description": "the lowest and the highest value that may be the case",
}

Uncertain = Annotated[
    dict[str, Bounds],
    BeforeValidator(_flat),
    WithJsonSchema({"type": "object", "additionalProperties": {"anyOf": [_ROUGHLY, {"type": "object"}]}}),
]
"""Lowest and highest value by path."""
