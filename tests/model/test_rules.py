"""Rules one by one: what each adds to the model, and that it stays within its bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import state
from sim.model.rules.attention import deliver, share_attention
from sim.model.rules.climate import lead_itself
from sim.model.rules.common import UNIFORM_SD
from sim.model.rules.customers import serve_customers
from sim.model.rules.decisions import decide
from sim.model.rules.diagnosis import diagnose
from sim.model.rules.events import UNRELATED
from sim.model.rules.innovation import have_ideas
from sim.model.rules.leading import hours_asked
from sim.model.rules.learning import learn
from sim.model.rules.morale import feel
from sim.model.rules.motivation import gain_confidence, latitude, weigh_autonomy
from sim.model.rules.strain import backing, threat, tire
from sim.model.rules.tally import add_team
from sim.model.rules.trust import relate
from sim.model.rules.work import be_guided, lend_a_hand, perform, work
from tests.model.worlds import parameters, record

share = st.floats(0, 1)


P = parameters()


def person(**values):
    return record(
        state.EMPLOYEE, **{"status": state.EMPLOYED, "learning_rate": 1.0, "ability": 0.5, "resilience": 0.5} | values
    )


def after_weeks(weeks, competence, ability=0.5, safety=0.5, use=0.9, mastered=None, **behaviour):
    """Competence after some weeks of ordinary work under a leadership style."""
    employee, company = (
        person(competence=competence, mastered=competence if mastered is None else mastered, ability=ability),
        record(state.COMPANY, complexity=0.5, novelty=0.3),
    )
    employee["motivation"] = 0.7
    week = record(state.WEEK, practice=use, **behaviour)
    team = record(state.TEAM, utilisation=1.0, psychological_safety=safety, best=0.9)
    for _ in range(weeks):
        learn(employee, week, team, record(state.LEADER, competence=0.8), company, P)
    return float(employee["competence"])


def test_experience_alone_ends_on_a_plateau_and_coaching_leads_beyond_it():
    alone, longer = after_weeks(300, 0.4), after_weeks(600, 0.4)
    assert longer == pytest.approx(alone, abs=0.002)
    assert after_weeks(600, 0.4, development=0.8, feedback=0.8) > longer + 0.02


def test_beginners_learn_by_being_told_and_everybody_by_deciding():
    assert after_weeks(6, 0.3, ambiguity=0.1, direction=0.9) > after_weeks(6, 0.3, ambiguity=0.6, delegation=0.9) + 0.02
    assert after_weeks(104, 0.75, direction=0.9) < after_weeks(104, 0.75, delegation=0.9) - 0.01


def test_colleagues_teach_where_it_is_safe_to_ask():
    assert after_weeks(52, 0.5, safety=0.9) > after_weeks(52, 0.5, safety=0.2) + 0.02


def test_the_ablest_get_furthest():
    assert after_weeks(200, 0.4, ability=0.9) > after_weeks(200, 0.4, ability=0.1) + 0.05


def test_the_able_keep_what_they_know_and_lose_it_only_unused():
    """Half of what they know beyond newcomers is lost in six to thirteen months without use, and comes back quickly."""
    assert after_weeks(26, 0.9) > 0.84
    assert after_weeks(26, 0.9, use=0.0) > 0.65 > after_weeks(57, 0.9, use=0.0)
    assert after_weeks(13, 0.6, mastered=0.9) > after_weeks(13, 0.6) + 0.05


@settings(deadline=None)
@given(share, share, share, share, share, share)
def test_competence_stays_within_its_bounds(competence, ability, ambiguity, direction, delegation, development):
    behaviour = {"ambiguity": ambiguity, "direction": direction, "delegation": delegation, "development": development}
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


def capacity_of(week, team=None, **who):
    employee = person(**{"competence": 0.8, "commitment": 0.7, "morale": 0.6} | who)
    luck, leader = record(state.PERSON_LUCK), record(state.LEADER, competence=0.8)
    team = record(state.TEAM, process=0.7, **(team or {}))
    work(employee, week, team, leader, record(state.COMPANY, complexity=0.5), luck, P)
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


def ambiguity(competence=0.5, presence=0.0, attention=1.0, colleagues=0.5, complexity=0.5, team=None, **behaviour):
    week = record(state.WEEK, **behaviour)
    leader = record(state.LEADER, presence=presence, attention=attention)
    company = record(state.COMPANY, complexity=complexity, novelty=0.3)
    colleagues = record(state.TEAM, competence=colleagues, **(team or {}))
    be_guided(person(competence=competence), week, colleagues, leader, company, P)
    return float(week["ambiguity"])


def test_roles_are_clear_where_one_is_told_or_can_ask():
    alone = ambiguity()
    assert ambiguity(direction=0.8) < alone
    assert ambiguity(presence=0.8) < ambiguity(presence=0.8, attention=0.4) < alone
    assert ambiguity(colleagues=0.9) < alone
    assert ambiguity(competence=0.9) < alone


def test_who_does_what_is_clear_by_plan_by_word_or_among_themselves():
    """Each of the three does most where the others are missing, and direction keeps a use for the wholly able."""
    alone = ambiguity(1.0)
    assert ambiguity(1.0, direction=0.8) < 0.3 * alone
    assert ambiguity(1.0, team={"shared_direction": 0.8}) < 0.3 * alone
    assert ambiguity(1.0, team={"self_leading": 0.8}) < 0.3 * alone
    assert ambiguity(1.0, team={"self_leading": 1.0}) == 0.0
    assert ambiguity(1.0, complexity=0.1) < 0.3 * alone


def test_what_waits_for_word_goes_on_in_a_team_that_leads_itself():
    kept_back = record(state.WEEK, unsaid=0.8)
    left, used_to_it = (capacity_of(kept_back, team={"self_leading": used}) for used in (0.1, 0.9))
    assert left < 0.8 * used_to_it


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
    team = record(state.TEAM, employed=people, positions=people, decisions=0.5 * people, competence=0.95,
               confidence=0.9, **behaviour)  # fmt: skip
    leader = record(state.LEADER, prompt=1.0, deciding=deciding, presence=presence)
    decide(team, leader, record(state.COMPANY), record(state.TEAM_LUCK), P)
    return float(team["delay"])


def test_decisions_wait_for_busy_leaders_and_meetings_and_hardly_for_those_who_may_decide():
    assert delay(delegation=1.0) < delay() < delay(participation=1.0)
    assert delay() < delay(deciding=0.3) < delay(deciding=0.6)
    assert delay(presence=0.2) > delay()
    assert delay(5.0, participation=1.0) < delay(25.0, participation=1.0)


def away(self_leading, weeks=2.0):
    """A team in the week in which its leader leaves."""
    team = record(state.TEAM, employed=8.0, positions=8.0, decisions=4.0, participation=0.3, competence=0.8,
               confidence=0.8, self_leading=self_leading)  # fmt: skip
    leader = record(state.LEADER, away=weeks, hours=1.0)
    share_attention(leader, (20.0, 5.0))
    decide(team, leader, record(state.COMPANY, urgency=0.5, complexity=0.5), record(state.TEAM_LUCK), P)
    return team


def test_without_its_leader_a_team_decides_as_far_as_it_is_used_to():
    used, not_used = away(0.9), away(0.0)
    assert used["delay"] < 0.4 * not_used["delay"]
    assert used["waiting"] < 0.2 * not_used["waiting"]
    assert used["blocked"] < not_used["blocked"]
    assert used["deciding_hours"] > not_used["deciding_hours"]


@pytest.mark.parametrize("weeks", [1.0, 2.0, 6.0])
def test_what_nobody_dares_decide_waits_for_the_return_and_no_longer(weeks):
    answered = P["delay_alone"] + P["delay_per_participant"] * 8.0 + P["answer_wait"]  # what it takes beside that
    assert weeks - 0.5 < away(0.0, weeks)["delay"] <= weeks - 0.5 + answered


def led_for(weeks, **behaviour):
    """Self-leading of a team after some weeks under a leader who has time."""
    team = record(state.TEAM, employed=8.0, positions=8.0, decisions=4.0, **{"competence": 0.8, "confidence": 0.8}
               | behaviour)  # fmt: skip
    for _ in range(weeks):
        decide(team, record(state.LEADER, prompt=1.0), record(state.COMPANY), record(state.TEAM_LUCK), P)
        lead_itself(team, P)
    return float(team["self_leading"])


def test_a_team_slowly_gets_used_to_leading_itself_where_it_decides_and_is_able():
    assert led_for(4, delegation=0.8) < 0.5 * led_for(52, delegation=0.8)
    assert led_for(52, participation=0.4, delegation=0.4) == pytest.approx(led_for(52, delegation=0.8))
    assert led_for(52, delegation=0.1) < 0.3 * led_for(52, delegation=0.8)
    assert led_for(52, delegation=0.8, competence=0.3, confidence=0.4) < 0.3 * led_for(52, delegation=0.8)


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
        add_team(tally, record(state.TEAM, output=3.0), record(state.LEADER), company)
        assert tally["output"] == pytest.approx(3.0 * productivity)


@settings(deadline=None)
@given(share, share, share, share)
def test_a_leader_gives_more_to_those_with_whom_the_relation_is_good(rapport, support, participation, delegation):
    if participation + delegation > 1.0:
        participation, delegation = 0.5 * participation, 0.5 * delegation
    given_ = {"support": support, "participation": participation, "delegation": delegation}
    near, far = (record(state.WEEK, **given_) for _ in range(2))
    relate(person(rapport=0.5 + 0.5 * rapport), near, P)
    relate(person(rapport=0.5 - 0.5 * rapport), far, P)
    for name, meant in given_.items():
        assert 0 <= far[name] <= meant + 1e-12
        assert far[name] <= near[name] + 1e-12 <= 1 + 2e-12
    assert near["participation"] + near["delegation"] <= 1 + 1e-12


def test_trust_and_a_clear_direction_take_the_edge_off_a_threat():
    afraid = record(state.COMPANY, fear=0.8)
    lost, sure = record(state.TEAM, shared_direction=0.1), record(state.TEAM, shared_direction=0.9)
    assert threat(person(trust=0.9), sure, afraid) < threat(person(trust=0.9), lost, afraid)
    assert threat(person(trust=0.9), lost, afraid) < threat(person(trust=0.1), lost, afraid) <= 0.8
    assert threat(person(trust=0.1), lost, record(state.COMPANY)) == 0.0


def test_people_judge_by_what_they_are_used_to_and_get_used_to_what_they_have():
    week, team, company = record(state.WEEK, needs_met=0.8), record(state.TEAM), record(state.COMPANY, conditions=0.5)
    nobody, mood, luck = np.full(4, state.NOBODY), np.zeros(1), record(state.PERSON_LUCK)
    moods: dict[float, list[float]] = {}
    for accustomed in (0.2, 0.9):
        employee = person(accustomed=accustomed, morale=0.6, trust=0.6, affect=0.5)
        moods[accustomed] = []
        for _ in range(300):
            feel(employee, week, team, company, nobody, mood, luck, P)
            moods[accustomed].append(float(employee["morale"]))
    assert moods[0.2][10] > moods[0.9][10] + 0.05
    assert moods[0.2][-1] == pytest.approx(moods[0.9][-1], abs=1e-3)
    assert moods[0.2][-1] < max(moods[0.2]) - 0.03


def test_ability_counts_for_more_in_complex_work():
    def gain(complexity):
        done = []
        for ability in (0.2, 0.8):
            employee, week = person(competence=0.8, ability=ability, commitment=0.7, morale=0.6), record(state.WEEK)
            team, company = record(state.TEAM, process=0.7), record(state.COMPANY, complexity=complexity)
            work(employee, week, team, record(state.LEADER), company, record(state.PERSON_LUCK), P)
            done.append(float(week["capacity"]))
        return done[1] / done[0]

    assert 1 < gain(0.2) < gain(0.7)


def seen(regard, turned=0.0, luck=0.0, skill=0.5):
    """How able somebody of competence 0.5 looks to a leader who has no contact with them."""
    employee = record(state.EMPLOYEE, competence=0.5, commitment=0.5, regard=regard)
    leader = record(state.LEADER, diagnosis_skill=skill, turned=turned)
    diagnose(employee, leader, record(state.COMPANY), record(state.PERSON_LUCK, seen_competence=luck), P)
    return float(employee["seen_competence"])


def test_leaders_are_wrong_about_people_for_good_and_a_little_by_chance():
    assert seen(0.9, skill=1.0) == 0.5
    assert seen(0.9) > 0.5 > seen(0.1)
    lasting, passing = seen(0.5 + UNIFORM_SD / 2) - 0.5, seen(0.5, luck=0.5) - 0.5
    assert lasting == pytest.approx(2.0 * passing)


def test_another_leader_sees_other_people_in_a_good_light():
    regard = np.linspace(0.0, 1.0, 10_001)[:-1]
    assert abs(np.corrcoef(regard, (regard + UNRELATED) % 1.0)[0, 1]) < 0.001
    assert seen(0.9, turned=UNRELATED) < 0.5 < seen(0.9)


@given(share, share, share)
def test_who_thinks_well_of_what_they_do_feels_more_success_and_gets_no_more_done(low, high, competence):
    low, high = sorted((low, high))
    felt, done = [], []
    for self_view in (low, 0.5, high):
        employee, team = person(self_view=self_view), record(state.TEAM, utilisation=0.9)
        week = record(state.WEEK, proficiency=competence, knack=1.0, capacity=0.6)
        perform(employee, week, team, record(state.COMPANY, complexity=0.5), record(state.PERSON_LUCK), P)
        felt.append(float(week["success"]))
        done.append(float(employee["output"]))
    assert felt[0] <= felt[2]
    assert len(set(done)) == 1
    assert all(0.0 <= value <= 1.0 for value in felt)


@given(share, share, share)
def test_the_more_complex_and_novel_the_work_the_more_ideas_it_asks_for(complexity, novelty, more):
    def ideas(complexity, novelty):
        week, team = record(state.WEEK, delegation=0.5), record(state.TEAM, psychological_safety=0.6, pressure=1.0)
        have_ideas(
            person(creativity=0.5, motivation=0.7),
            week,
            team,
            record(state.COMPANY, complexity=complexity, novelty=novelty),
            P,
        )
        return float(week["ideas"])

    assert ideas(0.0, 0.0) == 0.0
    assert ideas(complexity, novelty) <= ideas(min(complexity + more, 1.0), novelty) + 1e-12


@given(share, share)
def test_customers_judge_the_offer_before_the_people_who_serve_them(offer, satisfaction):
    def satisfied(offer):
        company = record(
            state.COMPANY, offer=offer, customer_satisfaction=satisfaction, strategic_fit=0.7, demand_level=1.0
        )
        serve_customers(company, record(state.TALLY, employed=5.0, positions=5.0, morale=3.0, process=3.0), P)
        return float(company["customer_satisfaction"])

    assert satisfied(offer) <= satisfied(1.0) + 1e-12
    assert satisfied(0.0) <= satisfied(offer) + 1e-12
