"""The same company in other situations: what is changed, what is left alone, and what cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.load import load_scenario, scenario_from, scenario_names
from sim.scenario.practices import practices
from sim.scenario.sections import LARGEST_TEAM
from sim.scenario.timeline import sizes_over_time
from sim.scenario.what_if import situations, toggled


def of(name, weeks=104):
    return {situation.name: situation for situation in situations(load_scenario(name), weeks)}


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_has_situations_and_comes_first_itself(name):
    scenario = load_scenario(name)
    found = situations(scenario, scenario.run.weeks)
    assert found[0].name == "described"
    assert found[0].scenario == scenario
    assert len(found) >= 3
    for situation in found:
        assert 1 <= situation.first <= situation.last <= scenario.run.weeks
        assert situation.scenario.leader == scenario.leader
        assert situation.scenario.market == scenario.market


@given(weeks=st.integers(13, 1040))
def test_windows_and_events_lie_within_the_run(weeks):
    for situation in situations(load_scenario("everyday"), weeks):
        assert 1 <= situation.first <= situation.last <= weeks
        assert all(event.week <= weeks for event in situation.scenario.events)


def test_a_crisis_is_added_where_there_is_none_and_taken_out_where_there_is_one():
    assert [event.event for event in of("everyday")["crisis"].scenario.events] == ["crisis"]
    assert "crisis" not in of("crisis")
    assert of("crisis")["calm"].scenario.events == ()


def test_half_of_the_people_of_each_team_are_newcomers():
    before = load_scenario("client-roster").employees.people
    after = of("client-roster")["newcomers"].scenario.employees.people
    new = [now for then, now in zip(before, after, strict=True) if then != now]
    assert len(before) // 2 - 1 <= len(new) <= len(before) // 2
    assert {person.competence for person in new} == {0.3}
    assert [person.name for person in after] == [person.name for person in before]


def test_a_mix_gets_half_beginners():
    mix = of("everyday")["newcomers"].scenario.employees.mix
    before = load_scenario("everyday").employees.mix
    assert mix is not None
    assert before is not None
    assert mix.d1 == pytest.approx(0.5 + before.d1 / 2)
    assert sum(mix.shares) == pytest.approx(1)


@pytest.mark.parametrize("name", ["everyday", "several-teams", "client-roster"])
def test_growth_adds_half_within_what_a_team_can_hold(name):
    growth = of(name)["growth"]
    course = [moment.sizes for moment in sizes_over_time(growth.scenario.teams, growth.scenario.events)]
    assert sum(course[-1]) - sum(course[0]) == growth.facts["people"]
    assert max(max(sizes) for sizes in course) <= LARGEST_TEAM


def test_a_full_team_cannot_grow():
    table = load_scenario("everyday").model_dump()
    table["teams"][0]["size"] = LARGEST_TEAM
    assert "growth" not in {situation.name for situation in situations(scenario_from(table), 104)}


@pytest.mark.parametrize("practice", list(practices()))
def test_a_practice_is_added_where_there_is_none_and_taken_out_again(practice):
    scenario = load_scenario("everyday")
    with_it, kept_up = toggled(scenario, practice)
    assert not kept_up
    assert [entry.practice for entry in with_it.practices] == [practice]
    without, kept_up = toggled(with_it, practice)
    assert kept_up
    assert without == scenario


def test_a_practice_that_events_start_and_stop_is_taken_out_with_them():
    table = load_scenario("everyday").model_dump()
    table["practices"] = [{"practice": "recognition"}]
    table["events"] = [
        {"event": "practice_started", "week": 5, "practice": "empowerment"},
        {"event": "practice_stopped", "week": 9, "practice": "empowerment"},
        {"event": "crisis", "week": 9, "weeks": 3},
    ]
    without, kept_up = toggled(scenario_from(table), "empowerment")
    assert kept_up
    assert [event.event for event in without.events] == ["crisis"]
    assert [entry.practice for entry in without.practices] == ["recognition"]
