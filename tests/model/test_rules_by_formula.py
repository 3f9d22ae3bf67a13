"""Rules by the formulas in their docstrings, written anew, on records full of made-up numbers.

What the other tests of rules leave open: that each term is there, with its sign, and that nothing is forgotten.
"""

import math

import numpy as np
import pytest

from sim.model import state
from sim.model.rules.attention import deliver, share_attention
from sim.model.rules.common import spread, toward, unit
from sim.model.rules.customers import power_on_the_spot, serve_customers
from sim.model.rules.decisions import hours_for_decisions
from sim.model.rules.diagnosis import LASTING, PASSING, diagnose, level_of
from sim.model.rules.events import (
    UNRELATED,
    begin_anew,
    change_leaders,
    happen,
    lay_off,
    lose_key_person,
    open_positions,
    send_away,
)  # fmt: skip
from sim.model.rules.innovation import hear_ideas, innovate
from sim.model.rules.leading import hours_asked
from sim.model.rules.market import respond, sense
from sim.model.rules.money import keep_books
from sim.model.rules.morale import remember_mood
from sim.model.rules.motivation import mastery, relatedness
from sim.model.rules.people import hold, keep_in_mind, settle, typical
from sim.model.rules.policy import choose_stage, observe
from sim.model.rules.practices import add, forget, practise, reach
from sim.model.rules.tally import add_people, add_team, measure, note_people
from sim.model.rules.technology import adopt_technology, freed, helped, see_the_best
from sim.model.rules.trust import closeness, relate
from tests.model.formulas import SEEDS, P, Q, as_is, made_up
from tests.model.worlds import record, records

every_seed = pytest.mark.parametrize("seed", SEEDS)


@pytest.mark.parametrize(
    ("x", "share", "becomes"), [(0.4, 0.5, 0.7), (0.4, 2.0, 1.0), (0.4, -0.5, 0.2), (0.4, -3.0, 0.0), (0.4, 0.0, 0.4)]
)
def test_a_share_of_what_is_lacking_is_made_up_or_taken(x, share, becomes):
    assert spread(x, share) == pytest.approx(becomes)


# --- Practices --------------------------------------------------------------------------------------------------------


def test_each_practice_adds_to_what_it_acts_through_and_to_nothing_else():
    company = made_up(state.COMPANY, 1)
    forget(company)
    one, two = made_up(state.PRACTICE, 2), made_up(state.PRACTICE, 3)
    add(company, one, 0.5)
    add(company, two, 0.25)
    for name in state.PRACTISED:
        through = name.removeprefix("practised_")
        assert company[name] == pytest.approx(0.5 * one[through] + 0.25 * two[through]), name
    forget(company)
    for name in (*state.PRACTISED, "practice_hours", "practice_time", "practice_money"):
        assert company[name] == 0.0, name


def test_what_is_practised_reaches_people_behaviour_by_behaviour():
    week, company = made_up(state.WEEK, 1), made_up(state.COMPANY, 2)
    before = as_is(week)
    reach(week, company)
    for name in state.BEHAVIOUR.names or ():
        if f"practised_{name}" in (state.COMPANY.names or ()) and name in (state.WEEK.names or ()):
            expected = spread(getattr(before, name), float(company[f"practised_{name}"]))
            assert week[name] == pytest.approx(expected), name


def test_practices_cost_at_their_full_intensity_while_they_are_kept_up():
    company, leaders = record(state.COMPANY), records(state.LEADER, 2, attention=[0.2, 0.6])
    kept = records(state.PRACTICE, 2, from_week=[1, 5], until_week=[9, 9], intensity=[0.5, 0.8], adopted=[0.1, 0.3],
                   hours_leader=[2.0, 9.0], hours_people=[1.0, 9.0], money=[0.4, 9.0], pace=[2.0, 1.0])  # fmt: skip
    practise(company, kept, leaders, 3, P)
    assert (company["practice_hours"], company["practice_time"], company["practice_money"]) == (1.0, 0.5, 0.2)
    assert kept["adopted"][0] == pytest.approx(toward(0.1, 0.4, min(2.0 * Q.practice_rate, 1.0)))
    assert kept["adopted"][1] == pytest.approx(toward(0.3, 0.0, Q.practice_rate))
    kept["pace"] = 1_000.0
    practise(company, kept, leaders, 5, P)
    assert kept["adopted"].tolist() == pytest.approx([0.4, 0.4])


# --- What is counted --------------------------------------------------------------------------------------------------


def test_people_are_counted_one_by_one():
    members, weeks = records(state.EMPLOYEE, 6), records(state.WEEK, 6)
    for i, (status, level) in enumerate(((2, 0), (2, 1), (2, 2), (2, 3), (state.VACANT, 0), (state.CLOSED, 0))):
        members[i] = made_up(state.EMPLOYEE, i, status=status, level=level, strain=(0.7, 0.69, 0.9, 0.1, 0.9, 0.9)[i])
        weeks[i] = made_up(state.WEEK, 10 + i)
    tally = record(state.TALLY)
    add_people(tally, members, weeks)
    there = members[:4]
    assert (tally["positions"], tally["employed"], tally["burnt_out"]) == (5.0, 4.0, 2.0)
    assert [tally[f"d{level}"] for level in (1, 2, 3, 4)] == [1.0] * 4
    for name in ("morale", "commitment", "competence", "confidence", "motivation", "strain", "trust"):
        assert tally[name] == pytest.approx(there[name].sum()), name
    spot = sum(power_on_the_spot(members[i], weeks[i]) for i in range(4))
    assert tally["on_the_spot"] == pytest.approx(spot)


def test_a_team_counts_once_for_each_of_its_people():
    team, leader, company = made_up(state.TEAM, 1, employed=3.0), made_up(state.LEADER, 2), made_up(state.COMPANY, 3)
    tally = record(state.TALLY)
    for _ in range(2):
        add_team(tally, team, leader, company)
    t = as_is(team)
    each = {"output": t.output * float(company["productivity"]), "quits": t.quits, "hires": t.hires, "leaders": 1.0,
            "decisions": t.decisions, "delay": t.delay * t.decisions, "quality": t.quality * t.decisions,
            "adopted": t.adopted, "backlog": t.backlog, "safety": 3.0 * t.psychological_safety,
            "direction": 3.0 * t.shared_direction, "process": 3.0 * t.process, "sensing": 3.0 * sense(team),
            "deciding": 3.0 * respond(team), "load": float(leader["load"])}  # fmt: skip
    for name, value in each.items():
        assert tally[name] == pytest.approx(2.0 * value), name
    team["employed"] = 0.0
    add_team(tally, team, leader, company)
    assert tally["leaders"] == 2.0


def test_a_person_is_noted_as_the_week_has_left_them():
    members, weeks, rows = records(state.EMPLOYEE, 2), records(state.WEEK, 2), records(state.PERSON, 2)
    for i in range(2):
        members[i] = made_up(state.EMPLOYEE, i, status=state.EMPLOYED if i == 0 else state.VACANT, level=i + 1)
        weeks[i] = made_up(state.WEEK, 5 + i)
    team, leader, company = made_up(state.TEAM, 7), made_up(state.LEADER, 8), made_up(state.COMPANY, 9)
    note_people(rows, members, weeks, team, leader, company, P)
    for i in range(2):
        same = {name: members[i][name] for name in ("tenure", "competence", "commitment", "morale", "strain", "trust",
                                                    "motivation", "level")}  # fmt: skip
        same |= {name: weeks[i][name] for name in ("ambiguity", "autonomy_met", "ideas")}
        same |= {"employed": float(i == 0), "output": members[i]["output"] * company["productivity"],
                 "delivered": leader["attention"] * leader["conduct"], "competence_met": mastery(weeks[i]),
                 "relatedness_met": relatedness(members[i], weeks[i], team, P), "safety": team["psychological_safety"],
                 "closeness": closeness(members[i], P)}  # fmt: skip
        assert set(same) == set(state.PERSON.names or ())
        for name, value in same.items():
            assert rows[i][name] == pytest.approx(value), name


@pytest.mark.parametrize("employed", [0.0, 3.0])
def test_metrics_are_made_of_the_sums(employed):
    tally = made_up(state.TALLY, 4, employed=employed, positions=employed and 4.0)
    company, found = made_up(state.COMPANY, 5), record(state.MEASURES)
    measure(found, tally, company)
    t = as_is(tally)
    n = t.employed or math.nan
    expected = {name: getattr(t, name) / n for name in ("morale", "commitment", "competence", "confidence",
                                                        "motivation", "strain", "trust")}  # fmt: skip
    expected |= {f"share_d{level}": getattr(t, f"d{level}") / n for level in (1, 2, 3, 4)}
    expected |= {name: float(company[name]) for name in ("strategic_fit", "customer_satisfaction", "automation",
                                                         "revenue", "cost", "profit", "ai_readiness")}  # fmt: skip
    expected |= {
        "output": 100.0 * t.output / max(t.positions, 1.0), "turnover": 5200.0 * t.quits / n, "headcount": t.employed,
        "vacancies": t.positions - t.employed, "burnout_share": t.burnt_out / n,
        "decision_delay": 5.0 * t.delay / t.decisions, "decision_quality": t.quality / t.decisions,
        "ideas_adopted": 520.0 * t.adopted / n, "psychological_safety": t.safety / n,
        "shared_direction": t.direction / n, "backlog": t.backlog / max(t.positions, 1.0),
        "leader_load": t.load / t.leaders, "fear_for_jobs": float(company["fear"]),
    }  # fmt: skip
    assert set(expected) == set(state.MEASURES.names or ())
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, nan_ok=True), name


def test_money_adds_up_line_by_line():
    company, tally = made_up(state.COMPANY, 1), made_up(state.TALLY, 2)
    c, t = as_is(company), as_is(tally)
    keep_books(company, tally, P)
    price = 0.7 + 0.4 * c.strategic_fit + Q.price_of_reputation * (c.reputation - 0.6)
    assert company["revenue"] == pytest.approx(t.output * c.price * price)
    cost = t.employed * (c.pay + c.practice_money) + t.positions * c.overhead + t.hires * c.hiring_cost
    assert company["cost"] == pytest.approx(cost)
    assert company["profit"] == pytest.approx(company["revenue"] - company["cost"])
    assert company["cash"] == pytest.approx(c.cash + company["profit"])


# --- Leaders ----------------------------------------------------------------------------------------------------------


def test_a_leader_who_is_away_has_no_hour_for_anybody():
    leader = made_up(state.LEADER, 1, away=1.0)
    share_attention(leader, (10.0, 5.0))
    for name in ("load", "prompt", "attention", "deciding", "spare", "presence"):
        assert leader[name] == 0.0, name


@pytest.mark.parametrize(
    ("asked", "prompt", "attention", "deciding", "spare"),
    [
        ((10.0, 5.0), 1.0, 1.0, 0.25, 5.0),
        ((30.0, 5.0), 1.0, 0.5, 0.25, 0.0),
        ((10.0, 40.0), 0.5, 0.2, 1.0, 0.0),
        ((0.0, 0.0), 1.0, 1.0, 0.0, 20.0),
    ],
)
def test_decisions_come_first_and_a_tenth_is_left_for_people(asked, prompt, attention, deciding, spare):
    leader = record(state.LEADER, hours=20.0)
    share_attention(leader, asked)
    assert leader["load"] == pytest.approx(sum(asked) / 20.0)
    found = [float(leader[name]) for name in ("prompt", "attention", "deciding", "spare")]
    assert found == pytest.approx([prompt, attention, deciding, spare])


def test_who_lets_decide_in_two_ways_at_once_does_each_by_halves():
    members, weeks = records(state.EMPLOYEE, 2, status=state.EMPLOYED), records(state.WEEK, 2)
    weeks["participation"], weeks["delegation"] = 0.9, 0.6
    team, leader = made_up(state.TEAM, 1, employed=2.0), record(state.LEADER, conduct=1.0, hours=20.0)
    _, deciding = hours_asked(team, leader, members, weeks, record(state.COMPANY), P)
    assert deciding == pytest.approx(hours_for_decisions(team, 0.6, 0.4, P))
    assert leader["presence"] == 0.0


@pytest.mark.parametrize("which", range(8))
def test_a_leader_goes_by_what_is_named(which):
    team, company = made_up(state.TEAM, 1, positions=4.0), made_up(state.COMPANY, 2)
    t, c = as_is(team), as_is(company)
    seen = (c.urgency, t.competence, t.commitment, t.morale, t.strain, c.strategic_fit, t.backlog / 4.0, t.employed)
    assert observe(which, team, company) == pytest.approx(seen[which])
    team["positions"] = 0.5
    assert observe(6, team, company) == pytest.approx(t.backlog)


@every_seed
def test_an_impression_is_what_is_so_and_an_error_of_two_parts(seed):
    employee = made_up(state.EMPLOYEE, seed, competence=0.5, confidence=0.4, motivation=0.6, commitment=0.5)
    leader = made_up(state.LEADER, 10 + seed, diagnosis_skill=0.7)
    luck = record(state.PERSON_LUCK, seen_competence=0.3, seen_commitment=-0.4)
    diagnose(employee, leader, record(state.COMPANY), luck, P)
    looked = 1.0 - (1.0 - leader["contact"]) * (1.0 - leader["data_use"])
    blur = Q.diagnosis_error * 0.3 / 0.7 * (1.0 - Q.looking_sharpens * looked)
    regard = ((employee["regard"] + leader["turned"]) % 1.0 - 0.5) * math.sqrt(12.0)
    for side, z in (("competence", 0.3), ("commitment", -0.4)):
        expected = unit(0.5 + blur * (LASTING * regard + PASSING * z))
        assert employee[f"seen_{side}"] == pytest.approx(expected)
    assert employee["seen_level"] == level_of(employee["seen_competence"], employee["seen_commitment"], state.SLII)


@pytest.mark.parametrize(
    ("competence", "commitment", "slii", "readiness"),
    [
        (0.69, 0.70, 0, 1), (0.69, 0.69, 1, 0), (0.70, 0.69, 2, 2), (0.70, 0.70, 2, 3), (0.81, 0.70, 2, 3),
        (0.82, 0.70, 3, 3), (0.82, 0.69, 2, 2),
    ],
)  # fmt: skip
def test_levels_begin_where_they_are_said_to(competence, commitment, slii, readiness):
    assert level_of(competence, commitment, state.SLII) == slii
    assert level_of(competence, commitment, state.READINESS) == readiness


@pytest.mark.parametrize(
    ("week", "urgency", "stage"),
    [(1, 0.1, 0), (200, 0.1, 0), (4, 0.1, 1), (6, 0.1, 1), (7, 0.1, 0), (5, 0.5, 2), (5, 0.7, 1), (9, 0.5, 2)],
)
def test_the_stage_is_the_last_whose_conditions_hold(week, urgency, stage):
    leader, company = record(state.LEADER, policy=1, stage=9), record(state.COMPANY, urgency=urgency)
    policies = records(state.POLICY, 2, first=[0, 3], last=[3, 6])
    stages = records(state.STAGE, 6, from_week=[9, 9, 9, 0, 4, 5], until_week=[9, 9, 9, 99, 6, 99],
                     observed=[-1, -1, -1, -1, -1, 0], at_least=0.5, below=0.7)  # fmt: skip
    choose_stage(leader, record(state.TEAM), company, policies, stages, week)
    assert leader["stage"] == 3 + stage


@every_seed
@pytest.mark.parametrize("practising", [0.0, 1.0])
def test_what_is_meant_is_delivered_as_far_as_time_and_conduct_reach(seed, practising):
    week, leader = made_up(state.WEEK, seed), made_up(state.LEADER, 5 + seed)
    company = made_up(state.COMPANY, 7 + seed, practising=practising, practised_direction=-0.3)
    w, b = as_is(week), as_is(leader)
    deliver(week, leader, company)
    a = b.attention * b.conduct
    expected = {name: getattr(w, name) * a for name in ("direction", "support", "inspiration", "development",
                                                        "recognition", "service")}  # fmt: skip
    stances = ("participation", "delegation", "challenge", "tolerance", "iteration", "data")
    expected |= {name: getattr(w, name) * b.conduct for name in stances}
    expected["feedback"] = w.feedback * (w.iteration * b.conduct + (1.0 - w.iteration) * a)
    unsaid = (1.0 - b.attention) * b.conduct * w.direction
    if practising:
        unsaid *= 0.7
        expected = {name: spread(value, float(company[f"practised_{name}"])) for name, value in expected.items()}
    both = max(expected["participation"] + expected["delegation"], 1.0)
    expected |= {"unsaid": unsaid} | {name: expected[name] / both for name in ("participation", "delegation")}
    assert {name: float(week[name]) for name in expected} == pytest.approx(expected)


@every_seed
@pytest.mark.parametrize("rapport", [0.1, 0.95])
def test_those_with_a_good_relation_get_more_and_nobody_more_than_all(seed, rapport):
    employee, week = record(state.EMPLOYEE, rapport=rapport), made_up(state.WEEK, seed)
    for name in ("support", "recognition", "service", "development"):
        week[name] = 0.95
    w = as_is(week)
    relate(employee, week, P)
    close = 1.0 + Q.leader_differentiates * (2.0 * rapport - 1.0)
    expected = {
        name: min(getattr(w, name) * close, 1.0) for name in ("support", "recognition", "service", "development")
    }
    both = max((w.participation + w.delegation) * close, 1.0)
    expected |= {name: getattr(w, name) * close / both for name in ("participation", "delegation")}
    assert {name: float(week[name]) for name in expected} == pytest.approx(expected)


# --- Events -----------------------------------------------------------------------------------------------------------


def event(what=state.GROWTH, **values):
    made = record(state.EVENT, **{"team": state.ANY_TEAM, "person": state.NOBODY, "policy": state.NOBODY} | values)
    made["kind"] = what
    return made


def test_with_a_new_leader_everybodys_relation_of_that_team_begins_anew():
    people = records(state.EMPLOYEE, 3, team=[0, 1, 0], rapport=0.9)
    begin_anew(people, event(team=0))
    assert people["rapport"].tolist() == [0.5, 0.9, 0.5]


def test_a_new_leader_brings_skills_and_another_style_brings_itself_only():
    leaders = records(state.LEADER, 2, policy=1, hours=20.0, competence=0.5, diagnosis_skill=0.5, fidelity=0.5,
                      contact=0.4, turned=0.9)  # fmt: skip
    new = {"policy": 3, "hours": 30.0, "competence": 0.8, "diagnosis_skill": 0.7, "fidelity": 0.9}
    change_leaders(leaders[1:], event(state.STYLE_CHANGED, **new))
    assert (leaders["policy"].tolist(), leaders["hours"].tolist()) == ([1, 3], [20.0, 20.0])
    change_leaders(leaders, event(state.LEADER_REPLACED, team=0, **new))
    assert [float(leaders[0][name]) for name in new] == list(new.values())
    assert leaders["contact"].tolist() == [0.0, 0.4]
    assert leaders["turned"].tolist() == pytest.approx([(0.9 + UNRELATED) % 1.0, 0.9])
    assert leaders["hours"][1] == 20.0


def test_a_leader_is_away_until_the_end_of_the_longest_absence():
    leaders = records(state.LEADER, 2, away=[5.0, 0.0])
    send_away(leaders, event(until=6), 4)
    assert leaders["away"].tolist() == [5.0, 3.0]


def test_vacancies_are_closed_first_and_then_who_came_last():
    people = records(state.EMPLOYEE, 5, status=[2, 1, 2, 2, 2], team=[0, 0, 0, 0, 1], tenure=[9.0, 0.0, 3.0, 5.0, 1.0])
    lay_off(people, event(team=0, count=3))
    assert people["status"].tolist() == [2, 0, 0, 0, 2]
    lay_off(people, event(team=0, count=9))
    assert people["status"].tolist() == [0, 0, 0, 0, 2]


def test_growth_opens_as_many_positions_as_it_says_in_its_team():
    people = records(state.EMPLOYEE, 5, status=[2, 0, 0, 0, 0], team=[0, 0, 1, 0, 0], tenure=3.0)
    open_positions(people, event(team=0, count=2))
    assert people["status"].tolist() == [2, 1, 0, 1, 0]
    assert people["tenure"].tolist() == [3.0, 0.0, 3.0, 0.0, 3.0]


def happened(what, week=3, **values):
    """The company, a leader and three people of a week in which something happens."""
    company = record(state.COMPANY, base_urgency=0.2, base_decisions=0.1, base_demand=0.6, strategic_fit=0.8, fear=0.1)
    leaders = records(state.LEADER, 1, policy=1, away=9.0)
    people = records(state.EMPLOYEE, 3, status=[2, 1, 0], competence=0.5, mastered=0.6, rapport=0.9)
    events = np.array([event(what, week=2, until=4, **values)])
    happen(events, people, leaders, company, week)
    return as_is(company), leaders[0], people


def test_what_happens_is_what_the_timeline_says():
    crisis, leader, _ = happened(state.CRISIS, urgency=0.7, decisions=2.0, demand=0.5)
    assert [crisis.urgency, crisis.decision_rate, crisis.demand, crisis.fear] == pytest.approx([0.7, 0.2, 0.3, 0.7])
    assert leader["away"] == 0.0
    mild, _, _ = happened(state.CRISIS, urgency=0.05, decisions=1.0, demand=1.0)
    assert [mild.urgency, mild.fear] == [0.2, 0.1]
    for week in (1, 5):
        before, _, _ = happened(state.CRISIS, week=week, urgency=0.7, decisions=2.0, demand=0.5)
        assert [before.urgency, before.decision_rate, before.demand, before.fear] == [0.2, 0.1, 0.6, 0.1]
    assert happened(state.DEMAND, demand=1.5)[0].demand == pytest.approx(0.9)
    assert happened(state.MARKET_SHOCK, size=0.25)[0].strategic_fit == pytest.approx(0.6)
    assert happened(state.GROWTH, count=1)[2]["status"].tolist() == [2, 1, 1]
    fewer, _, people = happened(state.LAYOFF, count=1)
    assert (fewer.fear, people["status"].tolist()) == (1.0, [2, 0, 0])
    skills = happened(state.NEW_TECHNOLOGY, size=0.2)[2]
    assert skills["competence"].tolist() == pytest.approx([0.4, 0.5, 0.5])
    assert skills["mastered"].tolist() == pytest.approx([0.48, 0.6, 0.6])
    assert happened(state.KEY_PERSON_LEAVES)[2]["status"].tolist() == [1, 1, 0]
    _, new, people = happened(state.LEADER_REPLACED, policy=2, hours=30.0)
    assert (new["policy"], new["hours"], people["rapport"][0]) == (2, 30.0, 0.5)
    _, same, people = happened(state.STYLE_CHANGED, policy=2, hours=30.0)
    assert (same["policy"], same["hours"], people["rapport"][0]) == (2, 0.0, 0.9)
    assert happened(state.LEADER_AWAY)[1]["away"] == 2.0


@pytest.mark.parametrize(("person", "leaves"), [(state.NOBODY, 2), (0, 0), (1, None)])
def test_the_key_person_is_who_is_named_or_the_ablest(person, leaves):
    people = records(state.EMPLOYEE, 4, status=[2, 1, 2, 2], competence=[0.5, 0.9, 0.8, 0.6])
    lose_key_person(people, event(person=person))
    expected = [2, 1, 2, 2]
    if leaves is not None:
        expected[leaves] = state.VACANT
    assert people["status"].tolist() == expected


# --- People -----------------------------------------------------------------------------------------------------------


def test_what_people_are_used_to_is_kept_in_mind():
    before = records(state.EMPLOYEE, 2)
    keep_in_mind(before, records(state.EMPLOYEE, 2, accustomed=[0.4, 0.7]))
    assert before["accustomed"].tolist() == [0.4, 0.7]


@pytest.mark.parametrize(
    ("level", "competence", "as_level"),
    [(1, 0.3, 1), (-1, 0.85, 3), (-1, 0.82, 3), (-1, 0.75, 2), (-1, 0.7, 2), (-1, 0.4, 0)],
)
def test_a_position_is_settled_with_whom_the_scenario_says(level, competence, as_level):
    given = {"confidence": 0.61, "motivation": 0.67, "tenure": 30.0, "learning_rate": 1.1, "need_for_autonomy": 0.2,
             "creativity": 0.3, "skill": 0.4, "affect": 0.9}  # fmt: skip
    applicant, company = made_up(state.APPLICANT, 1), record(state.COMPANY)
    a = as_is(applicant)
    for told in (given, dict.fromkeys(given, math.nan)):
        start = record(state.START, status=state.EMPLOYED, team=1, level=level, competence=competence, **told)
        position, middle = made_up(state.EMPLOYEE, 2), record(state.EMPLOYEE)
        settle(position, start, applicant, 0.6, company, P)
        typical(middle, as_level, applicant)
        made = {name: float(middle[name]) for name in ("confidence", "motivation", "tenure")}
        made |= {"learning_rate": 0.6 + 0.8 * a.learning_rate, "need_for_autonomy": 0.1 + 0.8 * a.need_for_autonomy,
                 "creativity": a.creativity, "skill": 0.5 + 0.6 * (a.skill - 0.5),
                 "affect": 0.1 + 0.8 * a.affect}  # fmt: skip
        expected = given if told is given else made
        commitment = 0.5 * (expected["confidence"] + expected["motivation"])
        expected = expected | {
            "team": 1, "competence": competence, "mastered": competence, "accustomed": 0.6, "strain": 0.3,
            "newness": math.exp(-expected["tenure"] / 24.0), "commitment": commitment, "seen_commitment": commitment,
            "seen_competence": competence, "private": Q.private_spread * (a.private - 0.5) * math.sqrt(12.0),
            "morale": unit(0.6 + Q.morale_of_affect * (expected["affect"] - 0.5)),
            "trust": unit(0.68 + Q.trust_of_propensity * (a.propensity - 0.5)),
        }  # fmt: skip
        assert {name: float(position[name]) for name in expected} == pytest.approx(expected)
        assert position["seen_level"] == position["level"] == level_of(competence, commitment, state.SLII)


def test_an_empty_position_is_settled_with_nobody():
    position = made_up(state.EMPLOYEE, 1)
    morale = float(position["morale"])
    settle(
        position,
        record(state.START, status=state.VACANT, team=2),
        record(state.APPLICANT),
        0.5,
        record(state.COMPANY),
        P,
    )
    assert (position["status"], position["team"], position["tenure"]) == (state.VACANT, 2, 0.0)
    assert position["morale"] == morale


def test_mood_is_kept_of_those_who_are_there():
    mood = np.zeros(2)
    remember_mood(mood, records(state.EMPLOYEE, 2, status=[2, 1], morale=[0.4, 0.6]))
    assert mood.tolist() == [0.4, -1.0]


@pytest.mark.parametrize(
    ("level", "middle", "spread_of", "tenure"),
    [(0, (0.32, 0.72, 0.85), 0.20, 9), (1, (0.45, 0.40, 0.50), 0.20, 32), (2, (0.75, 0.48, 0.65), 0.10, 160),
     (3, (0.89, 0.80, 0.80), 0.14, 320)],
)  # fmt: skip
def test_people_of_a_level_lie_around_its_middle(level, middle, spread_of, tenure):
    position = record(state.EMPLOYEE)
    typical(position, level, record(state.APPLICANT, competence=0.75, confidence=0.25, motivation=1.0, tenure=0.75))
    found = [float(position[name]) for name in ("competence", "confidence", "motivation", "tenure")]
    expected = [middle[0] + 0.25 * spread_of, middle[1] - 0.04, middle[2] + 0.08, tenure]
    assert found == pytest.approx(expected)


def test_whom_a_scenario_names_are_put_back_after_a_week_before_the_first():
    people, before = records(state.EMPLOYEE, 3, status=[2, 2, 1]), records(state.EMPLOYEE, 3)
    for i in range(3):
        before[i] = made_up(state.EMPLOYEE, 5 + i)
    people["accustomed"], people["morale"] = 0.5, 0.3
    starts = records(state.START, 3, held=[1, 0, 1])
    company, first_day = record(state.COMPANY), made_up(state.COMPANY, 9)
    hold(people, before, starts, company, first_day, P)
    given = as_is(before[0])
    for name in ("competence", "mastered", "confidence", "motivation", "tenure", "newness"):
        assert people[name].tolist() == [pytest.approx(getattr(given, name)), 0.0, 0.0], name
    worth = given.accustomed + (0.5 - given.accustomed) / Q.adaptation_rate
    used_to = worth + (Q.job_left - worth) * (1.0 - Q.adaptation_rate) ** given.tenure
    assert people["accustomed"].tolist() == pytest.approx([used_to, 0.5, 0.5])
    assert people["commitment"][0] == pytest.approx(0.5 * (given.confidence + given.motivation))
    for name in ("customer_satisfaction", "reputation", "strategic_fit", "demand_level", "standing", "cash"):
        assert company[name] == first_day[name], name


# --- Customers, ideas, technology -------------------------------------------------------------------------------------


@every_seed
def test_customers_judge_by_what_they_get(seed):
    company = made_up(state.COMPANY, seed, practised_standing=0.4)
    tally = made_up(state.TALLY, 10 + seed, employed=3.0, positions=4.0)
    c, t = as_is(company), as_is(tally)
    serve_customers(company, tally, P)
    speed = 1.0 / (1.0 + t.backlog / 4.0)
    speed += min(c.practised_answers * (0.5 + 0.5 * c.ai_readiness), 1.0) * (1.0 - speed)
    service = 0.2 * ((t.process + t.competence + t.on_the_spot) / 3.0 + speed + c.strategic_fit)
    share = Q.customers_of_morale
    goal = share * t.morale / 3.0 + (1.0 - share) * service + Q.customers_of_offer * (c.offer - 0.5)
    satisfaction = c.customer_satisfaction + Q.customer_rate * (unit(goal) - c.customer_satisfaction)
    standing = c.standing + Q.reputation_rate * (0.4 - c.standing)
    known = satisfaction + Q.reputation_of_standing * standing * (1.0 - satisfaction)
    wanted = min(max(1.0 + Q.demand_elasticity * (satisfaction + c.strategic_fit - c.appeal), 0.3), 2.0)
    assert company["customer_satisfaction"] == pytest.approx(satisfaction)
    assert company["standing"] == pytest.approx(standing)
    assert company["reputation"] == pytest.approx(c.reputation + Q.reputation_rate * (known - c.reputation))
    assert company["demand_level"] == pytest.approx(c.demand_level + Q.reputation_rate * (wanted - c.demand_level))


@every_seed
def test_ideas_arrive_are_tried_and_improve_the_process(seed):
    team, company = made_up(state.TEAM, seed, employed=3.0), made_up(state.COMPANY, 10 + seed)
    t, c, luck = as_is(team), as_is(company), record(state.TEAM_LUCK, innovation=0.5 * seed)
    innovate(team, company, luck, P)
    heard = t.participation + c.practised_voice * (1.0 - t.participation)
    arriving = t.heard * (0.7 + 0.6 * t.diversity * heard) * (1.0 + 0.2 * seed)
    tried = Q.trial_pace ** (1.0 - t.iteration) * t.ideas
    adopted = tried * (0.4 + 0.6 * t.quality) * (0.6 + 0.4 * t.tolerance)
    goal = 0.75 * t.quality + 0.25 * t.shared_direction + t.circumstances
    goal -= Q.replanning_unsettles * t.iteration * (1.0 - c.novelty)
    process = unit(t.process + Q.process_rate * (goal - t.process) + Q.idea_improves * adopted / 3.0)
    assert team["adopted"] == pytest.approx(adopted)
    assert team["ideas"] == pytest.approx(0.97 * (t.ideas - tried) + arriving)
    assert team["process"] == pytest.approx(process)


def test_bad_luck_leaves_a_tenth_of_the_ideas():
    team = record(state.TEAM, heard=1.0, iteration=1.0)
    innovate(team, record(state.COMPANY), record(state.TEAM_LUCK, innovation=-9.0), P)
    assert team["ideas"] == pytest.approx(0.07)


def test_customers_of_an_empty_company_are_not_lost_track_of():
    company, tally = record(state.COMPANY), record(state.TALLY, process=0.5, backlog=0.5)
    serve_customers(company, tally, P)
    goal = (1.0 - Q.customers_of_morale) * 0.2 * (0.5 + 1.0 / 1.5) - 0.5 * Q.customers_of_offer
    assert company["customer_satisfaction"] == pytest.approx(Q.customer_rate * unit(goal))


def test_ideas_of_those_who_are_there_are_heard():
    team, members = made_up(state.TEAM, 1), records(state.EMPLOYEE, 3, status=[2, 1, 2])
    hear_ideas(team, members, records(state.WEEK, 3, ideas=[0.1, 0.7, 0.3]))
    assert team["heard"] == pytest.approx(0.4)


@every_seed
def test_technology_comes_in_is_learned_and_is_feared(seed):
    company = made_up(state.COMPANY, seed, automation=0.1, practised_automation=0.6, practised_training=0.3)
    c = as_is(company)
    adopt_technology(company, P)
    gained = 0.5 * (1.0 - c.fear)
    tools = min(c.practised_assistance + c.practised_answers + c.practised_judgement, 1.0)
    readiness = unit(c.ai_readiness + Q.adoption_learning * (0.3 + 0.1 * tools) * (1.0 - c.ai_readiness))
    unfamiliar = unit(c.unfamiliarity + gained - Q.adoption_learning * (0.2 + readiness) * c.unfamiliarity)
    threat = unit(Q.job_threat * unfamiliar) * (1.0 - c.practised_openness)
    expected = {"automation": 0.1 + gained, "ai_readiness": readiness, "unfamiliarity": unfamiliar,
                "fear": c.fear + Q.fear_rate * (threat - c.fear)}  # fmt: skip
    assert {name: float(company[name]) for name in expected} == pytest.approx(expected)


@every_seed
def test_technology_frees_time_and_passes_on_what_the_best_do(seed):
    company, team = made_up(state.COMPANY, seed, unfamiliarity=0.05), record(state.TEAM, best=0.8)
    c = as_is(company)
    routine = Q.routine_share * (1.0 - c.complexity) * c.automation
    assert freed(company, P) == pytest.approx((1.0 - Q.adoption_dip * 0.05) / (1.0 - routine))
    lacking = max(Q.assistance_quality * 0.8 / 0.9 - 0.3, 0.0)
    expected = 0.3 + min(c.practised_assistance, 1.0) * (0.5 + 0.5 * c.ai_readiness) * lacking
    assert helped(0.3, 0.9, team, company, P) == pytest.approx(expected)
    assert helped(0.99, 0.9, team, company, P) == pytest.approx(0.99)


def test_the_best_is_who_gets_most_out_of_what_they_know():
    team, members = made_up(state.TEAM, 1), records(state.EMPLOYEE, 3, status=[2, 2, 1], competence=[0.8, 0.6, 0.9])
    see_the_best(team, members, records(state.WEEK, 3, knack=[1.0, 1.5, 2.0]))
    assert team["best"] == pytest.approx(0.9)
