"""Dotted paths into a scenario, such as `market.urgency` or `teams[1].size`: what stands there, and how to change it.

Entries of a list are counted from 1, `events[1].weeks`, or named, `teams.Sales.size` or `teams[Front desk].size`: a
team or person by its name, an event by its kind, a practice by its own. A scenario is taken as the table that
`Scenario.model_dump` gives.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.explain import as_written, described
from sim.scenario.fields import Location
from sim.scenario.problems import InputError, shortened, unknown

_STEP = re.compile(r"\.?([^.\[\]]+)|\[([^\[\]]+)\]")
_NAMES = ("name", "event", "practice")
"""The key that a list's entries are known by: the first of these that an entry has."""

_NOT_VARIED = ("name", "title", "question", "description", "note", "role")
_UNCERTAIN = "uncertain"
_SAID_BY_THE_STUDY = (("run", "replications"), ("run", "seed"))


def locate(table: Mapping[str, Any], path: str) -> Location:
    """Where a path leads in a scenario: keys, and places in lists counted from 0.

    Raises:
        InputError: the path cannot be read, or nothing stands there; names what is nearest.
    """
    here: Any = table
    found: list[str | int] = []
    for step in _steps(path):
        key, here = _inside(here, step, tuple(found), path)
        found.append(key)
    if found[-1] in _NOT_VARIED:
        raise InputError(f'"{path}" is text for the reader and has no effect on a run. Choose something else.')
    if found[0] == _UNCERTAIN:
        raise InputError(f'"{path}" says how well a value is known; a run goes by the value itself. Vary that.')
    if tuple(found) in _SAID_BY_THE_STUDY:
        raise InputError(f'"{path}" is said by the study itself: its keys replications and seed. Set those.')
    return tuple(found)


def value_at(table: Mapping[str, Any], location: Location) -> Any:
    """What stands there; None for a parameter that the scenario does not set."""
    here: Any = table
    for key in location:
        here = here[key] if isinstance(key, int) else here.get(key)
    return here


def kind_at(table: Mapping[str, Any], location: Location) -> Mapping[str, Any]:
    """What the schema says about the place: `type` ("integer", "number" ...), bounds, `unit`, `description`."""
    keys: list[str | int] = []
    here: Any = table
    for key in location:
        here = here[key] if isinstance(key, int) else here.get(key)
        keys.append(key)
        if isinstance(here, Mapping) and "event" in here:
            keys.append(str(here["event"]))
    return described(tuple(keys))


def changed(table: Mapping[str, Any], values: Mapping[Location, Any]) -> dict[str, Any]:
    """The table with other values in some places; the one given stays as it is.

    Where some shares of a mix are given, the others are scaled so that all add up to 1 again.
    """
    new: Any = dict(table)
    mixes: dict[Location, set[str]] = {}
    for location, value in values.items():
        here: Any = new
        for key in location[:-1]:
            inner = here[key]
            here[key] = dict(inner) if isinstance(inner, Mapping) else list(inner)
            here = here[key]
        here[location[-1]] = value
        if location[-2:-1] == ("mix",):
            mixes.setdefault(location[:-1], set()).add(str(location[-1]))
    for location, given in mixes.items():
        _fill_up(value_at(new, location), given)
    return dict(new)


def overlap(one: Location, other: Location) -> bool:
    """Whether two places are the same, or one of them is inside the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _steps(path: str) -> list[str]:
    steps, end = [], 0
    while end < len(path) and (match := _STEP.match(path, end)) and (end > 0 or not path.startswith((".", "["))):
        steps.append((match[1] or match[2]).strip())
        end = match.end()
    if not steps or end < len(path):
        raise InputError(f'cannot read "{shortened(path)}"; write a path such as market.urgency or teams[1].size.')
    return steps


def _inside(here: Any, step: str, above: Location, path: str) -> tuple[str | int, Any]:
    """The key and the value that a step leads to."""
    where = _written(above) or "the scenario"
    if isinstance(here, Mapping):
        known = _keys(here, above)
        if step in known:
            return step, here.get(step)
        raise InputError(f'"{path}": {unknown("key", step, known)} That is what {where} has.')
    if isinstance(here, Sequence) and not isinstance(here, str):
        return _entry(here, step, where, path)
    if here is None:
        text = "which this scenario does not give. Give it a value there, in the file or in [changes]"
        raise InputError(f'"{path}" leads through {where}, {text}.')
    raise InputError(f'"{path}" goes on after {where}, which is {as_written(here)}. End the path there.')


def _entry(entries: Sequence[Any], step: str, where: str, path: str) -> tuple[int, Any]:
    if not entries:
        raise InputError(f'"{path}": {where} is empty in this scenario. Choose another path, or add an entry.')
    if step.isascii() and step.isdigit():
        place = int(step) - 1
        if not 0 <= place < len(entries):
            raise InputError(f'"{path}": there is no {where}[{step}]; entries are counted from 1 to {len(entries)}.')
        return place, entries[place]
    names = [_name(entry) for entry in entries]
    if step not in names:
        raise InputError(f'"{path}": {unknown("entry", step, dict.fromkeys(names))} Or count: {where}[1].')
    if names.count(step) > 1:
        raise InputError(f'"{path}": more than one of {where} is called "{step}". Count instead: {where}[1].')
    place = names.index(step)
    return place, entries[place]


def _name(entry: Any) -> str:
    return next((str(entry[key]) for key in _NAMES if isinstance(entry, Mapping) and key in entry), "")


def _keys(table: Mapping[str, Any], above: Location) -> Iterable[str]:
    """Keys that may be named; tables that list only what departs from the usual may be given more."""
    if above == ("parameters",):
        from sim.scenario.parameters import BY_NAME

        return list(BY_NAME)
    return list(BEHAVIOURS) if above[-1:] == ("behaviour",) else list(table)


def _fill_up(mix: dict[str, Any], given: set[str]) -> None:
    missing = 1.0 - math.fsum(mix[level] for level in given)
    others = [level for level in mix if level not in given]
    total = math.fsum(mix[level] for level in others)
    if total > 0 and missing >= 0:
        mix.update({level: mix[level] * missing / total for level in others})


def _written(location: Location) -> str:
    text = ""
    for key in location:
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else key
    return text
