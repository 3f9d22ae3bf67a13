"""Where the causal diagram of a change begins: in the fields that it touches, and in no others."""

from typing import Any

import numpy as np
import pytest

from sim.model.build import AS_IS, Blueprint
from sim.model.changed_fields import BY_EVENT, by_change
from sim.model.diagram import LEADING, arrows, sources
from sim.model.mechanisms import mechanism_of
from sim.model.rules.events import happen
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.variants import with_values

NEXT = ("policy", "turned")
"""Written beside what counts: which style a leader has from now on, and who the next leader is."""

HAPPENING: dict[str, dict[str, Any]] = {
    "crisis": {"weeks": 8}, "demand": {"factor": 1.3}, "market_shock": {"size": 0.4}, "growth": {"people": 2},
    "layoff": {"people": 2}, "new_technology": {"size": 0.3}, "key_person_leaves": {},
    "leader_replaced": {"leader": {"style": "servant", "hours": 12.0, "competence": 0.2, "diagnosis_skill": 0.3,
                                   "fidelity": 0.2}},
    "leader_away": {"weeks": 3}, "style_changed": {"style": "servant"},
}  # fmt: skip


@pytest.fixture(scope="module")
def everyday():
    return load_scenario("everyday")


@pytest.mark.parametrize("kind", HAPPENING)
def test_an_event_touches_what_its_rule_writes(kind, everyday):
    event = {"event": kind, "week": 3, **HAPPENING[kind]}
    blueprint = Blueprint(scenario_from({**everyday.model_dump(exclude_none=True), "events": [event]}))
    timetable = blueprint.timetable((AS_IS,))
    found = {}
    for week in (2, 3):
        world = blueprint.world(blueprint.chance(1, 0), timetable).arm(0)
        happen(timetable.events[0], world.employees, world.leaders, world.company[0], week)
        found[week] = {"EMPLOYEE": world.employees, "LEADER": world.leaders, "COMPANY": world.company}
    stayed = found[2]["EMPLOYEE"]["status"] == found[3]["EMPLOYEE"]["status"]  # with who goes, all goes
    written = set()
    for record in found[2]:
        for name in found[2][record].dtype.names or ():
            then, now = (found[week][record][name] for week in (2, 3))
            if record == "EMPLOYEE" and name != "status":
                then, now = then[stayed], now[stayed]
            if name not in NEXT and not np.array_equal(then, now):
                written.add((record, name))
    assert written or kind == "style_changed"
    carried = [one for one in map(mechanism_of, BY_EVENT[kind]) if one is not None]
    assert all(place in BY_EVENT[kind] or mechanism_of(place) in carried for place in written)


def test_every_kind_of_event_touches_something():
    assert {*HAPPENING, "practice_started", "practice_stopped"} == set(BY_EVENT)


def test_a_change_touches_the_fields_in_which_the_situations_differ(everyday):
    def touched(changes):
        return by_change(Blueprint(everyday), Blueprint(with_values(everyday, changes)))

    assert touched({}) == frozenset()
    assert touched({"market.urgency": 0.9}) == {("COMPANY", "urgency"), ("COMPANY", "base_urgency")}
    assert touched({"leader.hours": 10.0}) == {("LEADER", "hours")}
    assert touched({"quit_base": 0.001}) == {("PARAMETER", "quit_base")}
    assert ("PRACTICE", "support") in touched({"practices.recognition": 0.5})
    assert ("EMPLOYEE", "competence") in touched({"employees.mix.d1": 1.0, "employees.mix.d2": 0.0,
                                                  "employees.mix.d3": 0.0, "employees.mix.d4": 0.0})  # fmt: skip


def test_the_diagram_of_a_crisis_begins_with_decisions_and_not_with_what_leaders_do():
    begins = {target for source, target in arrows("morale", BY_EVENT["crisis"]) if source == LEADING}
    assert {"decisions", "threat"} <= begins
    assert "climate" not in begins
    assert LEADING in sources()["climate"]
