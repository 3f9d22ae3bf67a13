"""Reads and changes values at dotted paths of a scenario, such as `market.urgency` or `teams[1].size`.

It is the one language for places in a scenario: for `--set`, what studies vary, [uncertain], and links of the app.

- Keys are joined by points. Entries of a list are counted from 1, `events[1].weeks` or `events.1.weeks`, or named,
  `teams.Sales.size` or `teams[Front desk].size`: a team or person by its name, an event by its kind, a practice by its
  own. A name wins over a count, and may hold points itself.
- The name of a parameter of the model may stand alone: `contagion` is `parameters.contagion`.
- `events.KIND.happens` is true or false: whether the event takes place.
- `practices.NAME` is how strongly a practice is kept up: 0 takes it out, and one that the scenario does not have is
  kept up from the first week on. What else there is to say of it lies below its entry: `practices.NAME.from_week`.

Shares of a mix: those that are given stay as they are given, and the others are scaled so that all add up to 1 again.
If that cannot be, a value that somebody gave is refused; values that chance gave are scaled themselves (see `fitting`).

A scenario is taken as the table that `Scenario.model_dump` gives.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.explain import described
from sim.scenario.fields import Location
from sim.scenario.parameters import BY_NAME
from sim.scenario.practices import practices
from sim.scenario.problems import InputError, as_written, listed, nearest, shortened, unknown

PRACTICES = "practices"

EVENTS, HAPPENS = "events", "happens"

_NAMES = ("name", "event", "practice")
"""The key that a list's entries are known by: the first of these that an entry has."""

_NOT_VARIED = ("name", "title", "question", "description", "note", "role")
_HOW_OFTEN = (("run", "replications"), ("run", "seed"))


def locate(table: Mapping[str, Any], path: str) -> Location:
    """Where a path leads in a scenario: keys, and places in lists counted from 0; a practice by itself by its name.

    Raises:
        InputError: the path cannot be read, or nothing stands there; names what is nearest.
    """
    if path in BY_NAME:
        return "parameters", path
    here: Any = table
    found: list[str | int] = []
    rest = path
    while rest or not found:
        step, rest = _step(rest, here, tuple(found), path)
        if found == [PRACTICES] and not rest and isinstance(here, Sequence) and not _counts(step, here):
            return PRACTICES, _known_practice(step, here, path)
        if _is_event(tuple(found)) and step == HAPPENS and not rest:
            return (*found, HAPPENS)
        key, here = _inside(here, step, tuple(found), path)
        found.append(key)
    if _may_change(tuple(found)):
        return tuple(found)
    if found[-1] in _NOT_VARIED:
        raise InputError(f'"{path}" is text for the reader and has no effect on a run. Choose something else.')
    if found[0] == "fitted":
        raise InputError(f'"{path}" is what a past has told. Fit anew, or change the number itself.')
    if found[0] == "uncertain":
        raise InputError(f'"{path}" says how well a value is known; a run goes by the value itself. Name that.')
    text = "says how often to run and with which luck. Set replications and seed where the run is started"
    raise InputError(f'"{path}" {text}: by their options, or by these keys of a study.')


def _may_change(location: Location) -> bool:
    """Whether a place has an effect on a run that a path may change."""
    return location[-1] not in _NOT_VARIED and location[0] not in ("uncertain", "fitted") and location not in _HOW_OFTEN


def value_at(table: Mapping[str, Any], location: Location) -> Any:
    """What stands there: a parameter that the scenario does not set has its usual value, a practice without entry 0."""
    if _is_practice(location):
        return next((entry["intensity"] for entry in table[PRACTICES] if entry["practice"] == location[1]), 0.0)
    if _is_switch(location):
        return True
    here: Any = table
    for key in location:
        if location[0] == "parameters" and key not in here:
            return BY_NAME[str(key)].default
        here = here[key] if isinstance(key, int) else here.get(key)
    return here


def takes_whole_numbers(table: Mapping[str, Any], location: Location, model: type[BaseModel]) -> bool:
    """Whether a whole number stands at a place, by what the schema of `model`, which is `Scenario`, says of it."""
    if _is_practice(location) or _is_switch(location):
        return False
    keys: list[str | int] = []
    here: Any = table
    for key in location:
        here = here[key] if isinstance(key, int) else here.get(key)
        keys.append(key)
        if isinstance(here, Mapping) and "event" in here:
            keys.append(str(here["event"]))
    return described(tuple(keys), model).get("type") == "integer"


def changed(table: Mapping[str, Any], values: Mapping[Location, Any]) -> dict[str, Any]:
    """The table with other values in some places; the one given stays as it is."""
    new: Any = dict(table)
    mixes: dict[Location, set[str]] = {}
    for location, value in values.items():
        if _is_practice(location):
            continue
        here: Any = new
        for key in location[:-1]:
            inner = here[key]
            here[key] = dict(inner) if isinstance(inner, Mapping) else list(inner)
            here = here[key]
        here[location[-1]] = value
        if location[-2:-1] == ("mix",):
            mixes.setdefault(location[:-1], set()).add(str(location[-1]))
    for location, given in mixes.items():
        if all(_is_number(values[*location, level]) for level in given):  # what is none is told of with the scenario
            _fill_up(value_at(new, location), given)
    for location, value in values.items():  # last, because entries of the list may come and go
        if _is_practice(location):
            new[PRACTICES] = _with_practice(new[PRACTICES], str(location[1]), value)
    if switches := {location: value for location, value in values.items() if _is_switch(location)}:
        new[EVENTS] = _happening(new[EVENTS], switches)
    return dict(new)


def _happening(events: Sequence[Mapping[str, Any]], switches: Mapping[Location, Any]) -> list[dict[str, Any]]:
    """The events that take place."""
    for (_, place, _), value in switches.items():
        if not isinstance(value, bool | int | float) or value not in (0, 1):
            text = f"got {as_written(value)}; allowed is true or false, without quotes; or 1 and 0."
            raise InputError(f"{_written((EVENTS, place, HAPPENS))}: {text}")
    return [
        {key: inner for key, inner in event.items() if key != HAPPENS}
        for place, event in enumerate(events) if switches.get((EVENTS, place, HAPPENS), True)
    ]  # fmt: skip


def fitting(table: Mapping[str, Any], values: Mapping[Location, Any]) -> dict[Location, Any]:
    """Values that chance gave, with shares of a mix that `changed` can go by.

    They are left as they are where the other shares can make room. Where those of one mix exceed 1, or the others are
    nothing that could be scaled, they are scaled so that they add up to 1.
    """
    fitted = dict(values)
    for mix in {location[:-1] for location in values if location[-2:-1] == ("mix",)}:
        given = [location for location in values if location[:-1] == mix]
        if not all(_is_number(values[location]) for location in given):
            continue
        total = math.fsum(values[location] for location in given)
        others = math.fsum(share for level, share in value_at(table, mix).items() if (*mix, level) not in values)
        sound = all(0 <= values[location] <= 1 for location in given)
        if sound and total > 0 and (total > 1 or others == 0):
            fitted |= {location: values[location] / total for location in given}
            left = [(*mix, level) for level in value_at(table, mix) if (*mix, level) not in values]
            fitted |= dict.fromkeys(left, 0.0)
    return fitted


def named(table: Mapping[str, Any], location: Location) -> tuple[Any, ...]:
    """The same place, with entries of lists by their names: by that it can be known again once lists have changed."""
    here: Any = table
    keys: list[Any] = []
    for key in location:
        here = here[key] if isinstance(key, int) else here.get(key) if isinstance(here, Mapping) else None
        keys.append(_name(here) or key if isinstance(key, int) else key)
    return tuple(keys)


def overlap(one: Location, other: Location) -> bool:
    """Whether two places are the same, or one of them is inside the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def locate_beside(table: Mapping[str, Any], path: str, taken: dict[str, Location]) -> Location:
    """Where a path leads, if that does not overlap with any of the places taken; it is added to them.

    Raises:
        InputError: as `locate`; it overlaps with another.
    """
    place = locate(table, path)
    for other, at in taken.items():
        by_name = _is_practice(place) or _is_practice(at)
        if overlap(named(table, place), named(table, at)) if by_name else overlap(place, at):
            raise InputError(f'"{path}" and "{other}" overlap: the one would undo the other. Take one of them.')
    taken[path] = place
    return place


def _is_event(location: Location) -> bool:
    return len(location) == 2 and location[0] == EVENTS and isinstance(location[1], int)


def _is_switch(location: Location) -> bool:
    return len(location) == 3 and _is_event(location[:2]) and location[2] == HAPPENS


def _is_practice(location: Location) -> bool:
    return len(location) == 2 and location[0] == PRACTICES and isinstance(location[1], str)


def _step(rest: str, here: Any, above: Location, path: str) -> tuple[str, str]:
    """The next step of a path, and what is left of the path after it."""
    if rest.startswith("[") and above:
        step, end, rest = rest[1:].partition("]")
        sound = bool(end) and "[" not in step
    else:
        # A name may hold points itself, so the longest that fits is the one that is meant.
        names = _names_in(here, above)
        fits = [name for name in names if rest.startswith(name) and rest[len(name) :][:1] in ("", ".", "[")]
        ends = [place for place in (rest.find("."), rest.find("[")) if place >= 0]
        step = max(fits, key=len, default=rest[: min(ends, default=len(rest))])
        rest, sound = rest[len(step) :], "]" not in step or step in names
    if rest.startswith("."):
        rest = rest[1:]
        sound = sound and bool(rest) and rest[0] not in ".["
    elif rest:
        sound = sound and rest.startswith("[") and not rest.startswith("[]")
    if not sound or not step.strip():
        raise InputError(f'cannot read "{shortened(path)}"; write a path such as market.urgency or teams[1].size.')
    return step.strip(), rest


def _names_in(here: Any, above: Location) -> list[str]:
    if isinstance(here, Mapping):
        return list(_keys(here, above))
    if isinstance(here, Sequence) and not isinstance(here, str):
        return [name for name in map(_name, here) if name]
    return []


def _inside(here: Any, step: str, above: Location, path: str) -> tuple[str | int, Any]:
    """The key and the value that a step leads to."""
    where = _written(above) or "the scenario"
    if isinstance(here, Mapping):
        known = _keys(here, above)
        if step in known:
            return step, here.get(step)
        changeable = [key for key in known if _may_change((*above, key))]
        if not above:
            raise InputError(_no_beginning(step, path, changeable))
        raise InputError(f'"{path}": {unknown("key", step, changeable)} That is what can be changed of {where}.')
    if isinstance(here, Sequence) and not isinstance(here, str):
        return _entry(here, step, where, path)
    if here is None:
        text = "which this scenario does not give. Give it a value there first"
        raise InputError(f'"{path}" leads through {where}, {text}.')
    raise InputError(f'"{path}" goes on after {where}, which is {as_written(here)}. End the path there.')


def _no_beginning(step: str, path: str, known: Iterable[str]) -> str:
    meant = nearest(step, [*known, *(BY_NAME if step == path else ())])
    question = f'; did you mean "{meant}"?' if meant else "."
    text = (
        f'unknown key or parameter "{shortened(step)}"{question} A path begins with one of {listed(known)}, or is the'
    )
    return f'"{path}": {text} name of a parameter, which the command "teamsim parameters" lists.'


def _entry(entries: Sequence[Any], step: str, where: str, path: str) -> tuple[int, Any]:
    if not entries:
        raise InputError(f'"{path}": {where} is empty in this scenario. Choose another path, or add an entry.')
    names = [_name(entry) for entry in entries]
    if step not in names and step.isascii() and step.isdigit():
        place = int(step) - 1
        if not 0 <= place < len(entries):
            raise InputError(f'"{path}": there is no {where}[{step}]; entries are counted from 1 to {len(entries)}.')
        return place, entries[place]
    if step not in names:
        raise InputError(f'"{path}": {unknown("entry", step, dict.fromkeys(names))} Or count: {where}[1].')
    if names.count(step) > 1:
        raise InputError(f'"{path}": more than one of {where} is called "{step}". Count instead: {where}[1].')
    place = names.index(step)
    return place, entries[place]


def _counts(step: str, entries: Any) -> bool:
    """Whether a step counts an entry instead of naming a practice."""
    return step.isascii() and step.isdigit() and bool(entries)


def _known_practice(name: str, entries: Any, path: str) -> str:
    known = dict.fromkeys([*practices(), *map(_name, entries)])
    if name not in known:
        raise InputError(f'"{path}": {unknown("practice", name, known)}')
    return name


def _name(entry: Any) -> str:
    return next((str(entry[key]) for key in _NAMES if isinstance(entry, Mapping) and key in entry), "")


def _keys(table: Mapping[str, Any], above: Location) -> Iterable[str]:
    """Keys that may be named; tables that list only what departs from the usual may be given more."""
    if above == ("parameters",):
        return list(BY_NAME)
    return list(BEHAVIOURS) if above[-1:] == ("behaviour",) else list(table)


def _fill_up(mix: dict[str, Any], given: set[str]) -> None:
    missing = 1.0 - math.fsum(mix[level] for level in given)
    others = [level for level in mix if level not in given]
    total = math.fsum(mix[level] for level in others)
    if total > 0 and missing >= 0:
        mix.update({level: mix[level] * missing / total for level in others})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with_practice(entries: Sequence[Any], name: str, value: Any) -> list[Any]:
    """The list of practices with one more, or one kept up otherwise: a number says how strongly, a table says all."""
    strength = _is_number(value)
    if strength and value == 0:
        return [entry for entry in entries if _name(entry) != name]
    if name not in map(_name, entries):
        return [*entries, {"practice": name, "intensity": value} if strength else value]
    return [
        entry if _name(entry) != name else {**entry, "intensity": value} if strength else value for entry in entries
    ]


def _written(location: Location) -> str:
    text = ""
    for key in location:
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else key
    return text
