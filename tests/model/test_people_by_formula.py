"""Rules about people and teams by the formulas in their docstrings, written anew, on records of made-up numbers."""

import math

import numpy as np
import pytest

from sim.model import state
from sim.model.rules.attention import hours_for, intend, remember_contact, take_example
from sim.model.rules.climate import lead_itself, share_climate
from sim.model.rules.common import spread, unit
from sim.model.rules.decisions import ableness, arrive, decide, hours_for_decisions
from sim.model.rules.leading import add_capacity, clear_week
from sim.model.rules.learning import learn, reach
from sim.model.rules.market import drift, respond, sense
from sim.model.rules.morale import feel, worth
from sim.model.rules.motivation import (
    be_motivated,
    feel_needs,
    gain_confidence,
    latitude,
    mastery,
    relatedness,
    weigh_autonomy,
)
from sim.model.rules.strain import backing, threat, tire
from sim.model.rules.team import average_behaviour, count, differ
from sim.model.rules.trust import closeness, give_trust
from sim.model.rules.turnover import be_new, fill_chance, give_traits, hire, quit_hazard, recruit, stay_or_leave
from sim.model.rules.work import be_guided, help_newcomers, lend_a_hand, meet_demand, perform, work
from tests.model.formulas import SEEDS, P, Q, as_is, made_up
from tests.model.worlds import record, records

SD = math.sqrt(1.0 / 12.0)
every_seed = pytest.mark.parametrize("seed", SEEDS)


def world(seed, **company):
    """A person, the person's week, the team, the leader and the company, with what is in each."""
    kinds = (state.EMPLOYEE, state.WEEK, state.TEAM, state.LEADER, state.COMPANY)
    found = [made_up(kind, 10 * seed + place) for place, kind in enumerate(kinds)]
    found[0]["status"], found[2]["employed"] = state.EMPLOYED, 6.0
    for name, value in company.items():
        found[4][name] = value
    return (*found, *(as_is(one) for one in found))


# --- Motivation, trust, strain ----------------------------------------------------------------------------------------


@every_seed
def test_needs_are_met_by_the_week(seed):
    employee, week, team, leader, company, e, w, t, b, c = world(seed)
    feel_needs(employee, week, team, leader, company, P)
    meaning = 0.4 * w.inspiration + 0.25 * t.shared_direction + 0.2 * e.competence * w.autonomy_met
    meaning += 0.15 * w.challenge * e.competence
    meaning += c.practised_purpose * (1.0 - meaning)
    fairness = 0.4 * e.trust + 0.3 * w.recognition + 0.3 * unit(w.participation + 0.8 * w.delegation)
    fairness += 0.5 * c.practised_integrity * b.attention * b.conduct * (1.0 - fairness)
    able = 0.85 * w.success * (0.6 + 0.4 * w.guidance) + 0.15 * w.development
    wanted = 0.1 + 0.8 * (1.0 - e.confidence)
    behind = w.support + Q.peers_support * t.psychological_safety * (1.0 - w.support)
    helped = unit(1.0 - Q.lacking_support * (max(wanted - behind, 0.0) + 0.5 * max(w.support - wanted, 0.0)))
    belonging = 0.5 * helped + 0.3 * t.psychological_safety + 0.2 * e.trust
    total = 0.28 * w.autonomy_met + 0.37 * able + 0.25 * belonging + Q.need_meaning * (meaning + fairness)
    assert week["needs_met"] == pytest.approx(total / (0.9 + 2.0 * Q.need_meaning))
    assert mastery(week) == pytest.approx(able)
    assert relatedness(employee, week, team, P) == pytest.approx(belonging)
    assert backing(week, team, P) == pytest.approx(behind)


@every_seed
def test_autonomy_is_weighed_against_what_is_wanted(seed):
    for direction in (0.0, 0.9):
        employee, week, *_ = world(seed)
        week["direction"] = direction
        e, w = as_is(employee), as_is(week)
        weigh_autonomy(employee, week, P)
        granted = unit(0.5 * unit(1.0 - direction - w.unsaid) + 0.5 * (w.delegation + 0.6 * w.participation))
        able = e.competence * (0.4 + 0.6 * e.confidence)
        wanted = unit(Q.autonomy_of_able * able * (0.6 + 0.8 * e.need_for_autonomy))
        over, under = max(wanted - granted, 0.0), max(granted - wanted, 0.0)
        lost = Q.misfit_frustrates * (over + 2.0 * under * (1.0 - e.competence) * (1.0 - 0.5 * w.support))
        assert latitude(week) == pytest.approx(granted)
        found = [float(week[name]) for name in ("oversupervision", "underguidance", "autonomy_met")]
        assert found == pytest.approx([over, under, unit(1.0 - lost)])


@every_seed
def test_motivation_and_confidence_follow(seed):
    employee, week, _, _, _, e, w, *_ = world(seed)
    be_motivated(employee, week, P)
    gain_confidence(employee, week, P)
    goal = unit(Q.motivation_lift + (1.0 - Q.motivation_lift) * w.needs_met)
    assert employee["motivation"] == pytest.approx(e.motivation + Q.commitment_rate * (goal - e.motivation))
    doubt = 1.0 - e.confidence
    goal = w.success + Q.encouragement * doubt * (w.support * doubt + w.delegation * e.competence**2)
    goal -= w.underguidance * (1.0 - w.support) * (1.0 - e.competence)
    assert employee["confidence"] == pytest.approx(e.confidence + Q.commitment_rate * (unit(goal) - e.confidence))


@every_seed
@pytest.mark.parametrize("trust", [0.02, 0.98])
def test_trust_is_given_slowly_and_lost_fast(seed, trust):
    employee, week, team, leader, company, _, w, t, b, c = world(seed)
    employee["trust"] = trust
    give_trust(employee, week, team, leader, company, P)
    kept = b.attention * b.conduct
    feared = c.fear * (1.0 - 0.5 * (trust + t.shared_direction))
    goal = (
        Q.trust_of_benevolence * (w.support + w.recognition + w.service) / 3.0
        + Q.trust_of_respect * 0.5 * (unit(w.participation + 0.8 * w.delegation) + 1.0 - w.oversupervision)
        + Q.trust_of_promises * b.attention
        + Q.trust_of_propensity * (float(employee["propensity"]) - 0.5)
        + Q.trust_of_integrity * c.practised_integrity * (kept - 2.0 * (1.0 - kept) ** 2)
        - Q.trust_lost_to_threat * feared
    )
    rate = Q.trust_builds if unit(goal) > trust else Q.trust_breaks
    assert employee["trust"] == pytest.approx(trust + rate * (unit(goal) - trust))
    assert closeness(employee, P) == pytest.approx(
        1.0 + Q.leader_differentiates * (2.0 * float(employee["rapport"]) - 1.0)
    )


@every_seed
@pytest.mark.parametrize("pressure", [0.5, 1.3, 2.5])
def test_strain_is_demands_less_resources(seed, pressure):
    employee, week, team, _, company, e, w, t, _, c = world(seed)
    team["pressure"] = pressure
    tire(employee, week, team, company, P)
    feared = c.fear * (1.0 - 0.5 * (e.trust + t.shared_direction))
    overload = min(max(pressure - 0.9, 0.0), 1.0)
    demands = overload + w.challenge * e.commitment**2 + c.urgency + w.ambiguity + feared
    behind = w.support + Q.peers_support * t.psychological_safety * (1.0 - w.support)
    goal = Q.strain_base + Q.strain_of_demands * demands - Q.resources_relieve * (behind + w.service + w.autonomy_met)
    goal -= Q.person_relieves * (e.affect + e.resilience - 1.0)
    assert employee["strain"] == pytest.approx(e.strain + Q.strain_rate * (unit(goal) - e.strain))
    assert threat(employee, team, company) == pytest.approx(feared)


@every_seed
def test_morale_follows_what_work_is_worth_and_spreads(seed):
    employee, week, team, _, company, e, w, t, _, c = world(seed)
    mood, luck = np.array([0.3, -1.0, 0.6]), record(state.PERSON_LUCK, mood=0.7)
    value = (
        Q.morale_base + Q.morale_of_needs * w.needs_met + Q.morale_of_trust * e.trust
        + Q.morale_of_ease * (1.0 - e.strain) - Q.morale_lost_to_ambiguity * w.ambiguity
        + Q.morale_of_conditions * (c.conditions - 0.5) + t.conditions
        - Q.morale_lost_to_threat * c.fear * (1.0 - 0.5 * (e.trust + t.shared_direction))
    )  # fmt: skip
    assert worth(employee, week, team, company, P) == pytest.approx(value)
    feel(employee, week, team, company, np.array([0, 1, 2, state.NOBODY]), mood, luck, P)
    private = (1.0 - Q.private_pace) * e.private
    private += math.sqrt(Q.private_pace * (2.0 - Q.private_pace)) * Q.private_spread * 0.7
    goal = value + Q.contrast * (value - e.accustomed) + Q.morale_of_affect * (e.affect - 0.5) + private
    goal = unit(goal + Q.contagion * (0.45 - e.morale))
    assert employee["private"] == pytest.approx(private)
    assert employee["morale"] == pytest.approx(unit(e.morale + Q.morale_rate * (goal - e.morale)))
    assert employee["accustomed"] == pytest.approx(e.accustomed + Q.adaptation_rate * (value - e.accustomed))


# --- Work and learning ------------------------------------------------------------------------------------------------


@every_seed
def test_guidance_and_ambiguity(seed):
    employee, week, team, leader, company, e, w, t, b, c = world(seed)
    be_guided(employee, week, team, leader, company, P)
    alone = 1.0 - Q.colleagues_guide * t.competence**4
    guidance = 1.0 - (1.0 - w.direction) * (1.0 - 0.5 * w.feedback) * (1.0 - 0.5 * t.shared_direction) * alone
    task = unit((1.0 - e.competence) * (0.5 + c.complexity + c.novelty)) * (1.0 - guidance)
    roles = c.complexity * (1.0 - w.direction) * (1.0 - t.shared_direction) * (1.0 - t.self_leading) * alone
    ambiguity = (1.0 - (1.0 - task) * (1.0 - roles)) * (1.0 - Q.asking_guides * b.presence * b.attention)
    assert [float(week["guidance"]), float(week["ambiguity"])] == pytest.approx([guidance, ambiguity])


@every_seed
@pytest.mark.parametrize("meetings", [1.0, 35.0])
def test_capacity_is_hours_effort_proficiency_and_what_holds_up(seed, meetings):
    employee, week, team, leader, company, *_ = world(seed, practised_assistance=0.0, unfamiliarity=0.0)
    team["meeting_hours"], team["deciding_hours"], team["helping_hours"] = meetings, 2.0, 3.0
    e, w, t, b, c = (as_is(one) for one in (employee, week, team, leader, company))
    work(employee, week, team, leader, company, record(state.PERSON_LUCK, work=0.5), P)
    coached = Q.coaching_hours * (0.5 * w.development + 0.3 * w.support + 0.2 * w.feedback + w.data)
    spent = meetings + 2.0 + coached + 3.0 * unit(2.0 * e.competence - 0.5) + Q.replanning_hours * w.iteration
    practice = max(40.0 - spent - c.practice_time, 10.0) / 40.0
    effort = Q.effort_floor + (1.0 - Q.effort_floor) * e.commitment
    effort += 2.0 * Q.compliance * w.direction * (1.0 - c.complexity) * (1.0 - e.commitment)
    effort += Q.goals_spur * w.challenge * e.commitment * w.guidance
    effort *= max(1.0 + Q.mood_moves * (e.morale - 0.6), 0.0) * (1.0 - Q.strain_slows * e.strain**2)
    proficiency = e.competence + Q.guided_work * w.direction * max(b.competence - e.competence, 0.0)
    knack = max(1.0 + 2.0 * Q.ability_spread * c.complexity * (e.ability - 0.5) / SD, 0.1)
    freed = 1.0 / (1.0 - Q.routine_share * (1.0 - c.complexity) * c.automation)
    capacity = (
        practice * effort * proficiency * (1.0 - Q.ambiguity_costs * w.ambiguity)
        * (Q.process_floor + (1.0 - Q.process_floor) * t.process) * freed * (1.0 + Q.service_clears * w.service)
        * (1.0 - t.blocked) * (1.0 - Q.waits_for_word * w.unsaid * (1.0 - t.self_leading)) * knack
        * max(1.0 + Q.output_luck * 0.5, 0.2) / 0.64
    )  # fmt: skip
    found = {name: float(week[name]) for name in ("practice", "effort", "knack", "proficiency", "capacity")}
    expected = {"practice": practice, "effort": effort, "knack": knack, "proficiency": proficiency}
    assert found == pytest.approx(expected | {"capacity": capacity})


@every_seed
def test_success_is_how_it_went_against_what_was_asked(seed):
    employee, week, team, _, company, e, w, t, _, c = world(seed)
    perform(employee, week, team, company, record(state.PERSON_LUCK, work=-0.5), P)
    asked = 0.525 + 0.1 * c.complexity + 0.1 * w.challenge
    went = w.proficiency * w.knack * (1.0 - 0.8 * w.ambiguity) * (1.0 - 0.5 * Q.output_luck)
    success = unit(0.5 + Q.success_slope * (went - asked) + Q.self_view_spread * (e.self_view - 0.5) / SD)
    assert week["success"] == pytest.approx(success)
    assert employee["output"] == pytest.approx(w.capacity * t.utilisation)


@every_seed
@pytest.mark.parametrize("capacity", [0.5, 4.0, 0.0])
def test_what_there_is_capacity_for_gets_done(seed, capacity):
    team, company = made_up(state.TEAM, seed, capacity=capacity, positions=3.0), made_up(state.COMPANY, 9 + seed)
    t, c = as_is(team), as_is(company)
    meet_demand(team, company, record(state.COMPANY_LUCK, demand=0.8), P)
    asked = c.demand * c.demand_level * 3.0 * 1.04
    output = min(capacity, asked + t.backlog)
    assert team["output"] == pytest.approx(output)
    assert team["utilisation"] == pytest.approx(output / max(capacity, 0.001))
    assert team["pressure"] == pytest.approx(min((asked + 0.25 * t.backlog) / max(capacity, 0.001), 3.0))
    assert team["backlog"] == pytest.approx((asked + t.backlog - output) * (1.0 - Q.backlog_lost))


def test_newcomers_are_helped_and_the_leader_lends_a_hand():
    team = record(state.TEAM, employed=5.0, newcomers=2.0, capacity=1.0, process=0.5)
    help_newcomers(team, P)
    assert team["helping_hours"] == pytest.approx(min(Q.onboarding_help * 2.0 / 3.0, 8.0))
    team["newcomers"] = 5.0
    help_newcomers(team, P)
    assert team["helping_hours"] == pytest.approx(min(Q.onboarding_help * 5.0, 8.0))
    alone = record(state.TEAM, employed=1.0, newcomers=1.0)
    help_newcomers(alone, P)
    assert alone["helping_hours"] == pytest.approx(min(Q.onboarding_help, 8.0))
    lend_a_hand(team, record(state.LEADER, spare=10.0, competence=0.8), P)
    done = Q.leader_works * 0.25 * 0.8 * (Q.process_floor + (1.0 - Q.process_floor) * 0.5) / 0.64
    assert team["capacity"] == pytest.approx(1.0 + done)


def test_capacity_and_counts_begin_at_nothing_every_week():
    team = made_up(state.TEAM, 1)
    add_capacity(team, records(state.EMPLOYEE, 3, status=[2, 1, 2]), records(state.WEEK, 3, capacity=[0.5, 9.0, 0.7]))
    assert team["capacity"] == pytest.approx(1.2)
    clear_week(team)
    assert [float(team[name]) for name in ("quits", "hires", "capacity")] == [0.0, 0.0, 0.0]


@every_seed
@pytest.mark.parametrize("mastered", [0.05, 0.95])
def test_practice_leads_as_far_as_work_lets_it(seed, mastered):
    employee, week, team, leader, company, *_ = world(seed)
    employee["mastered"] = mastered
    e, w, t, b, c = (as_is(one) for one in (employee, week, team, leader, company))
    room = latitude(week)
    shown = 1.0 - (1.0 - w.development * b.competence) * (1.0 - t.psychological_safety * unit(t.best))
    deliberate = (shown + w.feedback + w.challenge) / 3.0
    active = room * 0.5 * (c.complexity + c.novelty)
    failure = (1.0 - w.success) * w.tolerance * t.psychological_safety * c.novelty
    lacking = (1.0 - Q.plateau) * (1.0 - deliberate) * (1.0 - active) * (1.0 - failure)
    goal = unit(1.0 - lacking + Q.plateau_spread * (2.0 * e.ability - 1.0))
    assert reach(employee, week, team, leader, company, P) == pytest.approx(goal)
    learn(employee, week, team, leader, company, P)
    k, use, outdated = e.competence, w.practice * t.utilisation, Q.skills_outdated * c.novelty
    pace = Q.learning_by_doing * use * e.motivation * (1.0 - w.ambiguity) / (0.5 + c.complexity)
    gained = e.learning_rate * pace * max(max(goal, mastered) - k, 0.0)
    after = unit(k + gained - (Q.skill_loss * (1.0 - use) + outdated) * k)
    assert employee["competence"] == pytest.approx(after)
    assert employee["mastered"] == pytest.approx(max(mastered * (1.0 - outdated), after))


# --- Teams and decisions ----------------------------------------------------------------------------------------------


@every_seed
def test_a_team_comes_to_share_safety_and_direction(seed):
    _, _, team, _, company, _, _, t, _, c = world(seed)
    share_climate(team, company, P)
    heard = t.participation + c.practised_voice * (1.0 - t.participation)
    safety = Q.safety_base + Q.safety_of_leading * (t.support + t.tolerance + heard) / 3.0
    safety = unit(safety - Q.safety_lost_to_direction * t.direction)
    led = 0.3 * (t.direction + t.inspiration) + 0.125 * (t.participation + t.feedback) + 0.15 * t.iteration
    direction = unit(Q.direction_of_leading * led + Q.direction_of_expertise * t.competence**2)
    direction += c.practised_clarity * (1.0 - direction)
    assert team["psychological_safety"] == pytest.approx(
        t.psychological_safety + Q.climate_rate * (safety - t.psychological_safety)
    )
    assert team["shared_direction"] == pytest.approx(
        t.shared_direction + Q.climate_rate * (direction - t.shared_direction)
    )
    before = as_is(team)
    lead_itself(team, P)
    able = unit(before.competence * before.confidence + 0.5 * before.shared_direction)
    assert ableness(team) == pytest.approx(able)
    goal = unit(before.deciding) * able
    assert team["self_leading"] == pytest.approx(before.self_leading + Q.climate_rate * (goal - before.self_leading))


def test_where_nobody_is_there_nothing_comes_to_be_shared():
    team = made_up(state.TEAM, 1, employed=0.0)
    before = as_is(team)
    share_climate(team, made_up(state.COMPANY, 2), P)
    lead_itself(team, P)
    assert as_is(team) == before


@every_seed
@pytest.mark.parametrize("away", [0.0, 3.0])
@pytest.mark.parametrize("behaviour", [(0.3, 0.4), (0.8, 0.1), (0.0, 0.0)])
def test_decisions_take_time_are_more_or_less_good_and_cost_hours(seed, away, behaviour):
    _, _, team, leader, company, *_ = world(seed)
    team["participation"], team["delegation"], leader["away"] = behaviour[0], behaviour[1], away
    leader["prompt"] = 0.0 if away else 0.8
    t, b, c = (as_is(one) for one in (team, leader, company))
    decide(team, leader, company, record(state.TEAM_LUCK, judgement=0.5), P)
    shared, lone = behaviour[0], 1.0 - sum(behaviour)
    taken = t.self_leading * (1.0 - b.prompt)
    asked = t.decisions * (lone + shared) + t.waiting
    decided, waiting = b.prompt * asked, 0.9 * (1.0 - b.prompt - taken) * asked
    by_team = t.decisions * behaviour[1] + taken * asked
    shared, lone = shared * (1.0 - taken), lone * (1.0 - taken)
    delegated = 1.0 - shared - lone
    busy = min(b.deciding, 0.9)
    wait = away - 0.5 if away else waiting / max(decided, 0.01) + Q.answer_wait * busy / (1.0 - busy)
    present, absent = 6.0 / 1.25, (1.0 - b.presence) ** 2
    able = unit(t.competence * t.confidence + 0.5 * t.shared_direction)
    delay = lone * (Q.delay_alone + Q.answer_wait * absent + wait)
    delay += shared * (Q.delay_alone + Q.delay_per_participant * present + wait)
    delay += delegated * (0.5 * Q.delay_alone + Q.answer_wait * (1.0 - able) * (0.5 + absent))
    skill, missing = (Q.judgement_error * c.complexity) ** 2, (Q.knowledge_apart * c.complexity) ** 2
    voice = t.psychological_safety + c.practised_voice * (1.0 - t.psychological_safety)
    alike, heard, own = 1.0 - 0.8 * t.diversity, 1.0 + (present - 1.0) * voice, skill * t.incompetence_squared
    apart = (1.0 - t.shared_direction) * (1.0 - t.self_leading)
    variance = lone * (skill * (1.0 - b.competence) ** 2 + missing)
    variance += shared * (own * (alike + (1.0 - alike) / heard) + missing * (1.0 - voice) ** 2)
    variance += delegated * (own + missing * apart**2)
    informed = t.data + min(c.practised_judgement * (0.5 + 0.5 * c.ai_readiness), 1.0) * (1.0 - t.data)
    variance *= (1.0 - Q.checking_corrects * informed) * (1.0 - Q.checking_corrects * t.iteration * c.novelty)
    held = Q.blocked_by_delay * c.urgency * t.decisions / 6.0 * delay
    together = decided * shared / max(lone + shared, 0.01)
    expected = {
        "waiting": waiting, "deciding": shared + delegated, "delay": delay,
        "quality": unit(1.0 / (1.0 + variance) + 0.04 * 0.5),
        "meeting_hours": min(together * Q.hours_per_decision * present / 6.0, 16.0),
        "deciding_hours": by_team * Q.hours_per_decision / 6.0, "blocked": held / (1.0 + held),
    }  # fmt: skip
    assert {name: float(team[name]) for name in expected} == pytest.approx(expected)


def test_decisions_come_up_and_take_the_leaders_hours():
    team = record(state.TEAM, positions=10.0, waiting=1.0)
    arrive(team, record(state.COMPANY, decision_rate=0.2), record(state.TEAM_LUCK, arrivals=1.0))
    assert team["decisions"] == pytest.approx(2.4)
    arrive(team, record(state.COMPANY, decision_rate=0.2), record(state.TEAM_LUCK, arrivals=-9.0))
    assert team["decisions"] == pytest.approx(1.0)
    for participation, delegation, parts in ((0.3, 0.2, 0.3 + 0.75), (0.9, 0.4, 0.6), (0.0, 0.0, 1.5)):
        hours = hours_for_decisions(team, participation, delegation, P)
        assert hours == pytest.approx(Q.hours_per_decision * 2.0 * parts)


@every_seed
def test_the_market_is_noticed_and_answered(seed):
    team, company, tally = made_up(state.TEAM, seed), made_up(state.COMPANY, 5 + seed), made_up(state.TALLY, 9 + seed)
    tally["employed"] = 4.0
    t, c, s = as_is(team), as_is(company), as_is(tally)
    ears = unit((t.delegation + 0.7 * t.participation) * t.competence)
    assert sense(team) == pytest.approx(0.25 * (1.0 + t.data + t.iteration + ears))
    assert respond(team) == pytest.approx(t.quality * (0.4 + 0.6 * t.shared_direction) / (1.0 + t.delay))
    drift(company, tally, record(state.COMPANY_LUCK, market=-0.6), P)
    sensing = s.sensing / 4.0 + c.practised_insight * (1.0 - s.sensing / 4.0)
    gain = Q.adaptation * sensing * s.deciding / 4.0 + Q.idea_improves * s.adopted / 4.0
    fit = c.strategic_fit + gain * (1.0 - c.strategic_fit) - Q.market_drift * c.turbulence * 0.7 * c.strategic_fit
    assert company["strategic_fit"] == pytest.approx(unit(fit))


def test_the_market_of_an_empty_company_drifts():
    company, tally = record(state.COMPANY, strategic_fit=0.5), record(state.TALLY, sensing=0.5, deciding=0.4)
    drift(company, tally, record(state.COMPANY_LUCK), P)
    assert company["strategic_fit"] == pytest.approx(0.5 + Q.adaptation * 0.5 * 0.4 * 0.5)


def test_where_nobody_is_employed_decisions_wait_for_one():
    team, leader = record(state.TEAM, decisions=2.0, delegation=1.0), record(state.LEADER, prompt=1.0, presence=1.0)
    decide(team, leader, record(state.COMPANY), record(state.TEAM_LUCK), P)
    assert team["deciding_hours"] == pytest.approx(2.0 * Q.hours_per_decision)


def test_a_team_is_counted_and_its_leading_averaged():
    members, weeks = records(state.EMPLOYEE, 4), records(state.WEEK, 4)
    for i, status in enumerate((2, 2, 1, 0)):
        members[i], weeks[i] = made_up(state.EMPLOYEE, i, status=status), made_up(state.WEEK, 9 + i)
    team = record(state.TEAM)
    count(team, members)
    average_behaviour(team, members, weeks)
    there = members[:2]
    assert (team["positions"], team["employed"]) == (3.0, 2.0)
    assert team["newcomers"] == pytest.approx(there["newness"].sum())
    for name in ("competence", "confidence", "commitment", "morale", "strain"):
        assert team[name] == pytest.approx(there[name].mean()), name
    assert team["incompetence_squared"] == pytest.approx(((1.0 - there["competence"]) ** 2).mean())
    assert team["diversity"] == pytest.approx(min(there["skill"].std() / SD, 1.0))
    led = ("participation", "delegation", "inspiration", "direction", "support", "tolerance", "feedback", "iteration",
           "data", "challenge")  # fmt: skip
    for name in led:
        assert team[name] == pytest.approx(weeks[:2][name].mean()), name
    members["status"] = state.VACANT
    count(team, members)
    average_behaviour(team, members, weeks)
    assert [float(team[name]) for name in led] == [0.0] * len(led)
    differ(team, record(state.TEAM_START, circumstances=0.5, conditions=-2.0), P)
    assert team["circumstances"] == pytest.approx(0.5 * Q.circumstances_spread)
    assert team["conditions"] == pytest.approx(-2.0 * Q.conditions_spread)


# --- Leading, coming and going ----------------------------------------------------------------------------------------


@every_seed
def test_leading_takes_hours(seed):
    employee, week, team, leader, company, e, w, *_ = world(seed)
    hours = w.direction + 0.8 * (w.support + w.development + w.service) + 0.4 * w.feedback * (1.0 - w.iteration)
    hours += 0.2 * (w.inspiration + w.recognition) + e.newness * (w.direction + w.support + w.development) / 3.0
    assert hours_for(employee, week, P) == pytest.approx(Q.leading_hours * hours)
    take_example(leader, company)
    assert leader["conduct"] == pytest.approx(spread(float(leader["fidelity"]), float(company["practised_example"])))
    remember_contact(leader, team)
    assert leader["contact"] == pytest.approx(unit(0.5 * (float(team["support"]) + float(team["feedback"]))))
    assert leader["data_use"] == team["data"]


def test_what_is_meant_is_what_the_style_says_of_that_level():
    tables = np.zeros((2, 4), state.BEHAVIOUR)
    for stage in range(2):
        for level in range(4):
            tables[stage, level] = made_up(state.BEHAVIOUR, 4 * stage + level)
    week = record(state.WEEK)
    intend(record(state.EMPLOYEE, seen_level=2), week, record(state.LEADER, stage=1), tables)
    for name in state.BEHAVIOUR.names or ():
        assert week[name] == tables[1, 2][name], name


@every_seed
def test_who_leaves_and_how_soon_somebody_comes(seed):
    employee, _, _, _, company, e, _, _, _, c = world(seed)
    push = Q.quit_morale * (0.6 - e.morale) + Q.quit_strain * (e.strain - 0.3) + Q.quit_newcomer * e.newness
    hazard = min(Q.quit_base * math.exp(push) * (0.5 + c.labour_tightness), 0.25)
    assert quit_hazard(employee, company, P) == pytest.approx(hazard)
    chance = min((0.5 + c.reputation) / (Q.vacancy_weeks * (0.5 + c.labour_tightness)), 0.9)
    assert fill_chance(company, P) == pytest.approx(chance)
    be_new(employee)
    assert employee["newness"] == pytest.approx(math.exp(-e.tenure / 24.0))


@every_seed
@pytest.mark.parametrize("employed", [0.0, 1.0, 6.0])
def test_a_newcomer_is_hopeful_and_brings_traits(seed, employed):
    position, applicant = made_up(state.EMPLOYEE, seed), made_up(state.APPLICANT, 7 + seed)
    team, company = made_up(state.TEAM, 8 + seed, employed=employed), record(state.COMPANY)
    hire(position, team, applicant, 0.6, company, P)
    a = as_is(applicant)
    affect = 0.1 + 0.8 * a.affect
    mood = float(team["morale"]) if employed else Q.job_left
    competence = unit(Q.newcomer_competence + 0.2 * (a.competence - 0.5))
    confidence, motivation = unit(0.7 + 0.2 * (a.confidence - 0.5)), unit(0.85 + 0.2 * (a.motivation - 0.5))
    expected = {
        "status": state.EMPLOYED, "tenure": 0.0, "newness": 1.0, "output": 0.0, "competence": competence,
        "mastered": competence, "confidence": confidence, "motivation": motivation,
        "commitment": 0.5 * (confidence + motivation), "strain": 0.25, "accustomed": Q.job_left,
        "trust": unit(0.55 + Q.trust_of_propensity * (a.propensity - 0.5)),
        "private": Q.private_spread * (a.private - 0.5) / SD,
        "morale": unit(mood + Q.contrast * (mood - Q.job_left) + Q.morale_of_affect * (affect - 0.5)),
        "learning_rate": 0.6 + 0.8 * a.learning_rate, "need_for_autonomy": 0.1 + 0.8 * a.need_for_autonomy,
        "skill": 0.5 + 0.6 * (a.skill - 0.5), "affect": affect, "seen_competence": competence,
    }  # fmt: skip
    expected |= {name: getattr(a, name) for name in ("creativity", "ability", "resilience", "regard", "propensity",
                                                     "self_view", "rapport")}  # fmt: skip
    assert {name: float(position[name]) for name in expected} == pytest.approx(expected)
    assert position["seen_commitment"] == position["commitment"]
    assert position["seen_level"] == position["level"]
    other = made_up(state.EMPLOYEE, 3)
    give_traits(other, applicant, 0.6)
    assert other["skill"] == position["skill"]


def test_who_stays_grows_older_and_who_leaves_leaves_a_vacancy():
    company, team = record(state.COMPANY, labour_tightness=0.5), record(state.TEAM)
    one, other = (record(state.EMPLOYEE, status=2, tenure=5.0, newness=0.5, output=1.0, morale=0.1) for _ in range(2))
    hazard = quit_hazard(one, company, P)
    stay_or_leave(one, team, company, 0.99 * hazard, P)
    stay_or_leave(other, team, company, 1.01 * hazard, P)
    assert [float(one[name]) for name in ("status", "tenure", "output")] == [state.VACANT, 0.0, 0.0]
    assert [float(other[name]) for name in ("status", "tenure", "output")] == [state.EMPLOYED, 6.0, 1.0]
    assert other["newness"] == pytest.approx(0.5 * math.exp(-1.0 / 24.0))
    assert team["quits"] == 1.0


@pytest.mark.parametrize(("waited", "chance", "comes"), [(0.0, 0.0, False), (1.0, 0.99, True), (1.0, 1.01, False)])
def test_a_vacancy_is_filled_by_chance_after_two_weeks(waited, chance, comes):
    position, team, company = (
        record(state.EMPLOYEE, status=1, tenure=waited),
        record(state.TEAM),
        made_up(state.COMPANY, 1),
    )
    recruit(position, team, made_up(state.APPLICANT, 2), 0.5, company, chance * fill_chance(company, P), P)
    assert (position["status"] == state.EMPLOYED) == comes
    assert team["hires"] == comes
    assert position["tenure"] == (0.0 if comes else waited + 1.0)


def test_nobody_leaves_or_comes_with_more_than_the_bounds():
    desperate = record(state.EMPLOYEE, morale=-9.0, strain=9.0, newness=1.0)
    assert quit_hazard(desperate, record(state.COMPANY, labour_tightness=1.0), P) == 0.25
    assert fill_chance(record(state.COMPANY, reputation=999.0), P) == 0.9
