"""What is known only roughly: an [uncertain] section that says between which bounds a number of the scenario may lie.

    [uncertain]
    market.urgency = [0.2, 0.6]
    teams.Sales.size = [8, 12]
    employees.mix.d1 = [0.1, 0.3]

A key is the place of one number in the same scenario: the keys on the way to it joined by points, entries of a list by
their name, or counted from 1. The number itself stays where it always stands, as the best guess; whatever runs a
scenario once goes by it and carries this section along. `teamsim advise` draws from the ranges, every value equally
likely and each key for itself. A whole number stays one. The four shares of a mix are scaled after a draw so that they
add up to 1 again.
"""

import math
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from sim.scenario.explain import as_written, dotted, explain
from sim.scenario.fields import Faults
from sim.scenario.problems import Fault, InputError, nearest, shortened

if TYPE_CHECKING:
    from sim.scenario.parameters import Parameter
    from sim.scenario.schema import Scenario

_ANY_NUMBER = sys.maxsize
"""People: how many has been checked before, perhaps against a limit of the caller's own."""

_FIXED = ("run", "uncertain", "name", "title", "question", "description")
"""Parts that say what to look at and not what is the case."""


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


class _Found(NamedTuple):
    """A number of a scenario: what it is now, whether it is a whole one, where it stands, and in which mix, if any."""

    value: float
    whole: bool
    holder: Any
    key: str | int
    mix: dict[str, Any] | None


def check_ranges(scenario: "Scenario", faults: Faults) -> None:
    """Note what is wrong with the scenario's ranges: no such number, bounds the wrong way round or not allowed."""
    for path, (low, high) in scenario.uncertain.items():
        here = ("uncertain", path)
        try:
            found = _find(scenario.model_dump(), path)
        except InputError as error:
            faults.add(here, str(error))
            continue
        if low > high:
            faults.add(here, f"got [{low:g}, {high:g}]; the lower number comes first. Change them round.")
        elif found.whole and not (low.is_integer() and high.is_integer()):
            faults.add(here, f"got [{low:g}, {high:g}]; {path} is a whole number, and so are its bounds. Round them.")
        else:
            for value in dict.fromkeys((low, high)):
                if text := _not_allowed(scenario, path, value):
                    faults.add(here, f"{value:g} cannot be: {text}")


def check_best_guesses(scenario: "Scenario", source: str) -> None:
    """Make sure that every uncertain number of a file lies within its own range.

    Raises:
        InputError: one that does not; lists them all.
    """
    table = scenario.model_dump()
    found = []
    for path, (low, high) in scenario.uncertain.items():
        value = _find(table, path).value
        if not _within(low, value, high):
            middle = (low + high) / 2
            text = f"{path} is {value:g}, outside [{low:g}, {high:g}]. Write the best guess there"
            found.append(Fault(source, f"uncertain.{path}", f"{text}, such as {middle:g}, or correct the range."))
    if found:
        raise InputError.listing(found)


def with_values(scenario: "Scenario", values: Mapping[str, float]) -> "Scenario":
    """The scenario with other numbers in some places, which count as certain from then on.

    Args:
        scenario: any.
        values: by path, as in [uncertain]; a place that holds a whole number takes the nearest one.

    Raises:
        InputError: no such place, or a value that is not allowed there or does not go with the others.
    """
    from sim.scenario.load import scenario_from

    return scenario_from(_changed(scenario, values), source=scenario.name, max_people=_ANY_NUMBER)


def drawn(scenario: "Scenario", shares: Mapping[str, float]) -> "Scenario":
    """The scenario at a point of its ranges: 0 is the lower bound of a path, 1 the upper; all become certain.

    Args:
        scenario: any.
        shares: by path, 0-1; what is not named keeps its best guess.

    Raises:
        InputError: as `with_values`.
    """
    table = scenario.model_dump()
    values = {}
    for path, share in shares.items():
        low, high = scenario.uncertain[path]
        if _find(table, path).whole:
            values[path] = min(math.floor(low + share * (high - low + 1)), high)  # every whole number as likely
        else:
            values[path] = min(low + share * (high - low), high)  # not beyond it by rounding
    certain = scenario.model_copy(update={"uncertain": {}})
    return with_values(certain, values) if values else certain


def after_roster(uncertain: Mapping[str, tuple[float, float]], table: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """The ranges that still mean something once a roster has said who works in which team.

    Args:
        uncertain: the ranges of the scenario before.
        table: the scenario afterwards, as plain values.
    """
    told = re.compile(r"employees\..*|teams\..*\.(size|mix\..*)")
    kept = {path: bounds for path, bounds in uncertain.items() if not told.fullmatch(path)}
    return {path: bounds for path, bounds in kept.items() if _exists(table, path)}


def without(uncertain: Mapping[str, tuple[float, float]], *beginnings: str) -> dict[str, tuple[float, float]]:
    """The ranges but for those whose path is, or begins with, one of these."""
    return {
        path: bounds
        for path, bounds in uncertain.items()
        if not any(path == start or path.startswith(f"{start}.") for start in beginnings)
    }


def _changed(scenario: "Scenario", values: Mapping[str, float]) -> dict[str, Any]:
    table: dict[str, Any] = _with_lists(scenario.model_dump())
    mixes = []
    for path, value in values.items():
        found = _find(table, path)
        found.holder[found.key] = round(value) if found.whole else float(value)
        if found.mix is not None:
            mixes.append(found.mix)
    for mix in mixes:
        total = math.fsum(mix.values())
        if total > 0 and all(0 <= share <= 1 for share in mix.values()):
            mix.update({level: share / total for level, share in mix.items()})
    table["uncertain"] = without(scenario.uncertain, *values)
    return table


def _not_allowed(scenario: "Scenario", path: str, value: float) -> str:
    """Why a value cannot stand at a path, or nothing."""
    from sim.scenario.schema import Scenario

    table = {**_changed(scenario, {path: value}), "uncertain": {}}
    try:
        Scenario.model_validate(table, context={"max_people": _ANY_NUMBER})
    except ValidationError as error:
        return str(explain(error, lambda location: ("", dotted(location, table))))
    return ""


def _find(table: dict[str, Any], path: str) -> _Found:
    """The number at a path.

    Raises:
        InputError: there is none.
    """
    here: Any = table
    holder: Any = table
    above: list[str] = []
    key: str | int = ""
    rest, mix = path, None
    while isinstance(here, dict | list | tuple) and rest:
        names = _names(here, above)
        # A name may hold points itself, so the longest that fits is the one that is meant.
        fitting = [name for name in names if rest == name or rest.startswith(f"{name}.")]
        if not fitting:
            raise InputError(_no_such(rest, above, list(names)))
        name = max(fitting, key=len)
        mix = here[names[name]] if name == "mix" else mix
        holder, key = here, names[name]
        here = _parameter(holder, name) if above == ["parameters"] else holder[key]
        above, rest = [*above, name], rest[len(name) + 1 :]
    if rest or isinstance(here, bool) or not isinstance(here, int | float):
        raise InputError(f"got {as_written(here)} there; a range takes the place of one number, as in market.urgency.")

    return _Found(float(here), isinstance(here, int) and above[0] != "parameters", holder, key, mix)


def _names(here: Any, above: list[str]) -> dict[str, Any]:
    """What can come next in a path, with the key or the place in a list that it stands for."""
    if above == ["parameters"]:
        return {name: name for name in _parameters()}
    if isinstance(here, dict):
        return {str(key): key for key in here if above or key not in _FIXED}
    counted = {str(place + 1): place for place in range(len(here))}
    return counted | {str(entry["name"]): place for place, entry in enumerate(here) if "name" in entry}


def _parameters() -> "Mapping[str, Parameter]":
    from sim.scenario.parameters import BY_NAME  # here, so that a scenario without ranges loads faster

    return BY_NAME


def _parameter(given: Any, name: str) -> float:
    return float(given.get(name, _parameters()[name].default))


def _no_such(rest: str, above: list[str], names: list[str]) -> str:
    if not above and rest.split(".", maxsplit=1)[0] in _FIXED:
        return f"{shortened(rest)} says what to look at, and not what is the case. Take the range out."
    meant = nearest(rest.split(".", maxsplit=1)[0], names)
    question = f'; did you mean "{shortened(".".join([*above, meant]))}"?' if meant else "."
    here = shortened(".".join(above)) or "the scenario"
    return f'there is no "{shortened(rest)}" in {here}{question} Name a number that the scenario has.'


def _exists(table: dict[str, Any], path: str) -> bool:
    try:
        _find(table, path)
    except InputError:
        return False
    return True


def _within(low: float, value: float, high: float) -> bool:
    return low - 1e-9 <= value <= high + 1e-9


def _with_lists(value: Any) -> Any:
    """A copy whose lists can be changed."""
    if isinstance(value, dict):
        return {key: _with_lists(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_lists(inner) for inner in value]
    return value
