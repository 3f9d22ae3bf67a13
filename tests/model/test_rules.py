"""Rules one by one: what each adds to the model, and that it stays within its bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import state
from sim.model.rules.attention import deliver, share_attention
from sim.model.rules.decisions import decide
from sim.model.rules.leading import hours_asked
from sim.model.rules.learning import learn
from sim.model.rules.motivation import gain_confidence, latitude, weigh_autonomy
from sim.model.rules.strain import backing, tire
from sim.model.rules.tally import add_team
from sim.model.rules.work import be_guided, lend_a_hand, perform, work
from tests.model.worlds import parameters, record

share = st.floats(0, 1)


P = parameters()


def person(**values):
    return record(
        state.EMPLOYEE, **{"status": state.EMPLOYED, "learning_rate": 1.0, "ability": 0.5, "resilience": 0.5} | values
    )


def after_weeks(weeks, competence, ability=0.5, **behaviour):
    """Competence after some weeks of ordinary work under a leadership style."""
    employee, company = (
        person(competence=competence, ability=ability),
        record(state.COMPANY, complexity=0.5, novelty=0.3),
    )
    week = record(state.WEEK, practice=0.9, **behaviour)
    for _ in range(weeks):
        learn(employee, week, record(state.TEAM, utilisation=1.0), record(state.LEADER, competence=0.8), company, P)
    return float(employee["competence"])


def test_experience_alone_ends_on_a_plateau_and_coaching_leads_beyond_it():
    alone, longer = after_weeks(300, 0.4, guidance=0.7), after_weeks(600, 0.4, guidance=0.7)
    assert longer == pytest.approx(alone, abs=0.002)
    assert after_weeks(600, 0.4, guidance=0.7, development=0.8, feedback=0.8) > longer + 0.02


def test_beginners_learn_by_being_shown_and_the_able_by_finding_out():
    assert after_weeks(6, 0.3, guidance=0.9, direction=0.9) > after_weeks(6, 0.3, guidance=0.3, delegation=0.9) + 0.05
    assert after_weeks(26, 0.8, guidance=0.9, direction=0.9) < after_weeks(26, 0.8, guidance=0.7, delegation=0.9) - 0.01


def test_the_ablest_get_furthest():
    assert after_weeks(200, 0.4, ability=0.9, guidance=0.8) > after_weeks(200, 0.4, ability=0.1, guidance=0.8) + 0.05


@settings(deadline=None)
@given(share, share, share, share, share, share)
def test_competence_stays_within_its_bounds(competence, ability, guidance, direction, delegation, development):
    behaviour = {"guidance": guidance, "direction": direction, "delegation": delegation, "development": development}
    assert 0 <= after_weeks(3, competence, ability, **behaviour) <= 1


@settings(deadline=None)
@given(share, share, share, share)
def test_room_to_decide_shrinks_with_what_the_leader_keeps(direction, unsaid, delegation, participation):
    week = record(state.WEEK, direction=direction, unsaid=unsaid, delegation=delegation, participation=participation)
    more = record(state.WEEK, direction=direction, unsaid=min(unsaid + 0.2, 1.0), delegation=delegation,
               participation=participation)  # fmt: skip
    assert 0 <= latitude(more) <= latitude(week) <= 1


def delivered(hours, asked=(20.0, 5.0), **behaviour):
    leader, week = record(state.LEADER, hours=hours, conduct=1.0), record(state.WEEK, **behaviour)
    share_attention(leader, asked)
    deliver(week, leader, record(state.COMPANY))
    return leader, week


def test_direction_without_time_is_kept_back_and_people_wait_for_it():
    _, told = delivered(40.0, direction=0.8)
    leader, waiting = delivered(15.0, direction=0.8)
    assert (told["direction"], told["unsaid"]) == (0.8, 0.0)
    assert leader["attention"] == pytest.approx(0.5)
    assert (waiting["direction"], waiting["unsaid"]) == (pytest.approx(0.4), pytest.approx(0.4))
    assert capacity_of(waiting) < capacity_of(record(state.WEEK, direction=0.4))


def capacity_of(week, **who):
    employee = person(**{"competence": 0.8, "commitment": 0.7, "morale": 0.6} | who)
    luck, leader = record(state.PERSON_LUCK), record(state.LEADER, competence=0.8)
    work(employee, week, record(state.TEAM, process=0.7), leader, record(state.COMPANY, complexity=0.5), luck, P)
    return float(week["capacity"])


def test_frequent_replanning_gives_feedback_without_the_leaders_hours():
    _, rare = delivered(15.0, feedback=0.8)
    _, often = delivered(15.0, feedback=0.8, iteration=1.0)
    assert rare["feedback"] == pytest.approx(0.4)
    assert often["feedback"] == pytest.approx(0.8)


def test_hours_that_leading_leaves_go_into_the_work():
    leader, _ = delivered(40.0)
    team = record(state.TEAM, capacity=5.0, process=0.7)
    leader["competence"] = 0.8
    lend_a_hand(team, leader, P)
    assert leader["spare"] == pytest.approx(15.0)
    assert 5.0 < team["capacity"] < 5.4
    busy, _ = delivered(15.0)
    lend_a_hand(team_before := record(state.TEAM, capacity=5.0), busy, P)
    assert team_before["capacity"] == 5.0


def test_people_of_the_same_competence_differ_in_what_they_get_done_and_how_it_goes():
    able, other = record(state.WEEK), record(state.WEEK)
    assert capacity_of(able, ability=0.9) > 1.1 * capacity_of(other, ability=0.1)
    for week, ability in ((able, 0.9), (other, 0.1)):
        perform(
            person(ability=ability),
            week,
            record(state.TEAM),
            record(state.COMPANY, complexity=0.5),
            record(state.PERSON_LUCK),
            P,
        )
    assert able["success"] > other["success"]


def test_simple_work_can_be_watched_and_complex_work_cannot():
    def gained(complexity):
        found = []
        for direction in (0.0, 0.8):
            week = record(state.WEEK, direction=direction)
            employee = person(competence=0.8, commitment=0.4, morale=0.6)
            work(employee, week, record(state.TEAM, process=0.7), record(state.LEADER, competence=0.8),
                 record(state.COMPANY, complexity=complexity), record(state.PERSON_LUCK), P)  # fmt: skip
            found.append(float(week["effort"]))
        return found[1] - found[0]

    assert gained(0.1) > gained(0.6) > gained(1.0) == 0.0


def ambiguity(competence=0.5, presence=0.0, attention=1.0, colleagues=0.5, **behaviour):
    week = record(state.WEEK, **behaviour)
    leader = record(state.LEADER, presence=presence, attention=attention)
    company = record(state.COMPANY, complexity=0.5, novelty=0.3)
    be_guided(person(competence=competence), week, record(state.TEAM, competence=colleagues), leader, company, P)
    return float(week["ambiguity"])


def test_roles_are_clear_where_one_is_told_or_can_ask():
    alone = ambiguity()
    assert ambiguity(direction=0.8) < alone
    assert ambiguity(presence=0.8) < ambiguity(presence=0.8, attention=0.4) < alone
    assert ambiguity(colleagues=0.9) < alone
    assert ambiguity(competence=0.9) < alone


def test_presence_is_what_is_meant_and_not_what_there_is_time_for():
    members = np.zeros(2, state.EMPLOYEE)
    members["status"] = state.EMPLOYED
    weeks = np.zeros(2, state.WEEK)
    weeks["support"] = 0.6
    for hours in (80.0, 1.0):
        leader = record(state.LEADER, hours=hours, conduct=1.0)
        hours_asked(record(state.TEAM, employed=2.0), leader, members, weeks, record(state.COMPANY), P)
        assert leader["presence"] == pytest.approx(0.6)


def delay(people=12.0, deciding=0.0, presence=1.0, **behaviour):
    team = record(state.TEAM, employed=people, positions=people, decisions=0.5 * people, pace=1.0, competence=0.95,
               confidence=0.9, **behaviour)  # fmt: skip
    leader = record(state.LEADER, prompt=1.0, deciding=deciding, presence=presence)
    decide(team, leader, record(state.COMPANY), record(state.TEAM_LUCK), P)
    return float(team["delay"])


def test_decisions_wait_for_busy_leaders_and_meetings_and_hardly_for_those_who_may_decide():
    assert delay(delegation=1.0) < delay() < delay(participation=1.0)
    assert delay() < delay(deciding=0.3) < delay(deciding=0.6)
    assert delay(presence=0.2) > delay()
    assert delay(5.0, participation=1.0) < delay(25.0, participation=1.0)
    assert delay(participation=1.0, iteration=1.0) < delay(participation=1.0)


def test_of_a_large_team_not_everybody_takes_part_in_a_meeting():
    growth = [delay(people, participation=1.0) for people in (5.0, 10.0, 20.0, 40.0)]
    steps = np.diff(growth) / np.array([5.0, 10.0, 20.0])
    assert np.all(np.diff(steps) < 0)


def confidence(competence, **behaviour):
    employee, week = person(competence=competence, confidence=0.5), record(state.WEEK, success=0.5, **behaviour)
    weigh_autonomy(employee, week, P)
    gain_confidence(employee, week, P)
    return float(employee["confidence"])


def test_responsibility_lifts_the_able_and_worries_those_who_are_not():
    assert confidence(0.9, delegation=0.9) > confidence(0.9)
    assert confidence(0.2, delegation=0.9) < confidence(0.2)


@settings(deadline=None)
@given(share, share)
def test_colleagues_make_up_for_part_of_the_support_that_is_lacking(support, safety):
    week, team = record(state.WEEK, support=support), record(state.TEAM, psychological_safety=safety)
    assert support <= backing(week, team, P) <= 1


def test_the_resilient_tire_less():
    weary, tough = person(resilience=0.1, strain=0.4), person(resilience=0.9, strain=0.4)
    for employee in (weary, tough):
        tire(employee, record(state.WEEK), record(state.TEAM), record(state.COMPANY), P)
    assert tough["strain"] < weary["strain"]


def test_productivity_counts_what_a_person_week_yields():
    for productivity in (0.5, 2.0):
        tally, company = record(state.TALLY), record(state.COMPANY, productivity=productivity)
        add_team(tally, record(state.TEAM, output=3.0), record(state.LEADER), company, P)
        assert tally["output"] == pytest.approx(3.0 * productivity)
