"""The causal diagram, read off the rules: which mechanism acts on which, and where leading and metrics come in."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from sim.model.flows import Place, Places, flow, rules_in_order
from sim.model.mechanisms import MECHANISMS, mechanism_of
from sim.model.plugged import measure
from sim.scenario.behaviours import BEHAVIOURS

LEADING = "leading"
"""What leaders do, which everything begins with; or what a change of the situation touches, in its place."""


METRIC = "metric"
"""What everything ends with."""


class Arrow(NamedTuple):
    """That something acts on something: a mechanism by name, LEADING, or METRIC."""

    source: str
    target: str


@cache
def sources(touched: Places | None = None) -> Mapping[str, frozenset[str]]:
    """What each mechanism depends on by some rule, and not by way of another mechanism.

    Args:
        touched: fields that everything begins with, instead of what leaders do.
    """
    acts = _acts()
    found = {
        mechanism.name: _behind(frozenset().union(*(acts[place] for place in mechanism.places)), touched)
        - {mechanism.name}
        for mechanism in MECHANISMS
    }  # fmt: skip
    if touched is None:
        return found
    return {
        mechanism.name: found[mechanism.name] | ({LEADING} if touched & mechanism.places else set())
        for mechanism in MECHANISMS
    }


@cache
def made_of(metric: str, touched: Places | None = None) -> frozenset[str]:
    """What a metric depends on by some rule, and not by way of a mechanism other than the one that it measures."""
    acts, measured = _acts(), set(flow(measure).acts["MEASURES", metric])
    found: set[str] = set()
    for place in list(measured):
        if place[0] == "TALLY":
            measured |= acts[place]
    for place in measured:
        mechanism = mechanism_of(place)
        if mechanism is None and place[0] != "TALLY":
            found |= _behind(frozenset([place]), touched)
        elif mechanism is not None:
            found |= sources(touched)[mechanism.name] if mechanism.name != "people" else {"people"}
    return frozenset(found)


@cache
def _acts() -> Mapping[Place, Places]:
    """As `flows.influences`; what those who hire write of newcomers comes from who is there."""
    found: dict[Place, Places] = {}
    for _, rule in rules_in_order():
        acts = flow(rule).acts
        hires = ("EMPLOYEE", "status") in acts
        for place, others in acts.items():
            mechanism = mechanism_of(place)
            of_people = mechanism is not None and mechanism.name == "people"
            found[place] = found.get(place, frozenset()) | (
                {("EMPLOYEE", "status")} if hires and not of_people and place[0] == "EMPLOYEE" else others
            )  # fmt: skip
    return found


def _behind(places: Places, touched: Places | None = None) -> frozenset[str]:
    """The mechanisms, and LEADING, that fields are or are made of."""
    acts, waiting = _acts(), list(places)
    found: set[str] = set()
    seen: set[Place] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        if mechanism := mechanism_of(place):
            found.add(mechanism.name)
        elif _is_led(place) if touched is None else place in touched:
            found.add(LEADING)
        else:
            waiting += acts.get(place, ())
    return frozenset(found)


def _is_led(place: Place) -> bool:
    return (place[0] in ("WEEK", "TEAM") and place[1] in BEHAVIOURS) or place[0] == "BEHAVIOUR"


def arrows(metric: str, touched: Places | None = None) -> tuple[Arrow, ...]:
    """What acts on what on the way from leading to a metric.

    Args:
        metric: its name.
        touched: fields that everything begins with, instead of what leaders do.
    """
    acts, waiting = sources(touched), sorted(made_of(metric, touched))
    found = [Arrow(source, METRIC) for source in waiting]
    reached = {LEADING, *waiting}
    while waiting:
        target = waiting.pop(0)
        if target == LEADING:
            continue
        for source in sorted(acts[target]):
            found.append(Arrow(source, target))
            if source not in reached:
                reached.add(source)
                waiting.append(source)
    return tuple(found)
