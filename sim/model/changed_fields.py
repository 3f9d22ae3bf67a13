"""Which fields of the records an event or a change of the scenario alters directly: its causal diagram begins there."""

from collections.abc import Mapping

import numpy as np

from sim.model import state
from sim.model.build import Blueprint
from sim.model.flows import Place, Places
from sim.model.world import Records
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.events import Event

_PRACTICES: Places = frozenset(("PRACTICE", name) for name in state.PRACTICE.names or ())

_BEHAVIOUR: Places = frozenset((record, name) for record in ("WEEK", "TEAM") for name in BEHAVIOURS)

BY_EVENT: Mapping[str, Places] = {
    "crisis": frozenset(("COMPANY", name) for name in ("urgency", "decision_rate", "demand", "fear")),
    "demand": frozenset([("COMPANY", "demand")]),
    "market_shock": frozenset([("COMPANY", "strategic_fit")]),
    "growth": frozenset([("EMPLOYEE", "status")]),
    "layoff": frozenset([("EMPLOYEE", "status"), ("COMPANY", "fear")]),
    "new_technology": frozenset([("EMPLOYEE", "competence"), ("EMPLOYEE", "mastered")]),
    "key_person_leaves": frozenset([("EMPLOYEE", "status")]),
    "leader_replaced": _BEHAVIOUR
    | {("LEADER", name) for name in ("hours", "competence", "diagnosis_skill", "fidelity", "contact")}
    | {("EMPLOYEE", "rapport")},
    "leader_away": frozenset([("LEADER", "away")]),
    "style_changed": _BEHAVIOUR,
    "practice_started": _PRACTICES,
    "practice_stopped": _PRACTICES,
}
"""What the rule `events.happen` writes, by the kind of event."""

_BY_LEVEL: Places = frozenset(("EMPLOYEE", name) for name in ("competence", "mastered", "motivation", "confidence"))
"""What people are like on the first day, by their development level."""


def by_event(event: Event) -> Places:
    """What an event touches."""
    return BY_EVENT[event.event]


def by_change(before: Blueprint, after: Blueprint) -> Places:
    """The fields in which two situations with as many positions differ before the first week."""
    found: set[Place] = set()
    leads = np.zeros((1, len(after.team_sizes)), np.int64)
    ours, theirs = (blueprint.beginning(leads).world for blueprint in (before, after))
    found.update(("COMPANY", name) for name in _differing(ours.company, theirs.company))
    found.update(("LEADER", name) for name in _differing(ours.leaders, theirs.leaders))
    found.update(("PARAMETER", name) for name in _differing(before.parameters, after.parameters))
    if ours.practices.shape != theirs.practices.shape or _differing(ours.practices, theirs.practices):
        found |= _PRACTICES
    if not np.array_equal(before.diversity, after.diversity):
        found.add(("TEAM", "diversity"))
    if _people(before) != _people(after):
        found |= _BY_LEVEL
    return frozenset(found)


def _people(blueprint: Blueprint) -> tuple[object, ...]:
    """What is said of the people of the first day."""
    scenario = blueprint.scenario
    return (scenario.employees, *((team.size, team.mix) for team in scenario.teams))


def _differing(ours: Records, theirs: Records) -> list[str]:
    """Fields, all of which are numbers, that are not the same everywhere."""
    names = ours.dtype.names or ()
    return [name for name in names if not np.array_equal(ours[name], theirs[name], equal_nan=True)]
