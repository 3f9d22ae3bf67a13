"""Practices: what they are made of, when they are kept up, and what is refused."""

import pytest

from sim.scenario.behaviours import BEHAVIOURS, CHANNELS
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.practices import GROUPS, practices, spans
from sim.scenario.problems import InputError


def with_practices(*entries, events=()):
    return scenario_from(load_scenario("everyday").model_dump() | {"practices": list(entries), "events": list(events)})


def started(practice, week, **more):
    return {"event": "practice_started", "practice": practice, "week": week, **more}


def stopped(practice, week):
    return {"event": "practice_stopped", "practice": practice, "week": week}


def test_there_are_those_of_the_four_groups():
    count = {group: [p.group for p in practices().values()].count(group) for group in GROUPS}
    assert count == {"culture": 7, "strategy": 5, "technology": 7, "ethics": 7}


@pytest.mark.parametrize("name", practices())
def test_each_costs_something_and_acts_through_something(name):
    practice = practices()[name]
    assert practice.hours_leader + practice.hours_people + practice.money > 0
    assert practice.acts
    assert set(practice.acts) <= {*BEHAVIOURS, *CHANNELS}
    assert all(-1 <= share <= 1 for share in practice.acts.values())
    assert practice.description.endswith(".")


def test_every_channel_is_used():
    assert set(CHANNELS) <= {channel for practice in practices().values() for channel in practice.acts}


def test_spans_follow_the_list_and_the_timeline():
    scenario = with_practices(
        {"practice": "recognition", "intensity": 0.5},
        {"practice": "inclusion", "from_week": 5, "until_week": 9},
        events=[started("recognition", 40, intensity=0.9), stopped("recognition", 20)],
    )
    kept_up = [(span.practice, span.intensity, span.from_week, span.until_week) for span in spans(scenario)]
    assert kept_up == [("recognition", 0.5, 1, 19), ("inclusion", 0.6, 5, 9), ("recognition", 0.9, 40, None)]


@pytest.mark.parametrize(
    ("entries", "events", "says"),
    [
        ([{"practice": "recogniton"}], [], 'practices[1].practice: unknown practice "recogniton"; did you mean'),
        ([], [started("recogniton", 3)], 'events[1].practice (practice_started): unknown practice "recogniton"'),
        ([{"practice": "inclusion", "intensity": 1.5}], [], "practices[1].intensity: got 1.5; allowed is a number"),
        ([{"practice": "inclusion", "from_week": 9, "until_week": 8}], [], "practices[1].until_week: got 8, which is"),
        ([{"practice": "inclusion", "from_week": 105}], [], "practices[1].from_week: got 105, which is after the end"),
        ([{"practice": "inclusion"}, {"practice": "inclusion"}], [], 'practices[2].practice: "inclusion" is kept up'),
        ([{"practice": "inclusion"}], [started("inclusion", 9)], 'events[1].practice (practice_started): "inclusion"'),
        ([], [stopped("inclusion", 9)], 'events[1].practice (practice_stopped): "inclusion" is not kept up before'),
        ([{"practice": "inclusion", "strength": 1}], [], "practices[1].strength: unknown key"),
        ([{"intensity": 0.5}], [], "practices[1].practice: missing (which practice)"),
    ],
)
def test_what_cannot_be_is_refused(entries, events, says):
    with pytest.raises(InputError) as caught:
        with_practices(*entries, events=events)
    assert says in str(caught.value)
