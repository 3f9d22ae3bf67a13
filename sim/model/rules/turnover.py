"""Mechanism 10, turnover: who leaves, how long the position stays empty, and who comes."""

import math

from sim.model.rules.common import unit
from sim.model.rules.compiled import rule
from sim.model.rules.diagnosis import develop
from sim.model.state import EMPLOYED, VACANT

SHORTEST_VACANCY = 2.0  # weeks
NEWNESS_WEEKS = 24.0
NEWNESS_KEPT = math.exp(-1.0 / NEWNESS_WEEKS)  # from one week to the next


@rule
def quit_hazard(employee, company, p):
    """Weekly probability of leaving, at most 0.25 (predictors: Griffeth et al. 2000).

    q_0 (0.5 + tightness) exp(q_m (0.6 - morale) + q_c (0.6 - commitment) + q_x (strain - 0.3) + q_t (0.6 - trust)
    + q_n newness)
    """
    push = (
        p.quit_morale * (0.6 - employee.morale)
        + p.quit_commitment * (0.6 - employee.commitment)
        + p.quit_strain * (employee.strain - 0.3)
        + p.quit_trust * (0.6 - employee.trust)
        + p.quit_newcomer * employee.newness
    )
    return min(p.quit_base * math.exp(push) * (0.5 + company.labour_tightness), 0.25)


@rule
def leave(employee):
    """Leave the position vacant."""
    employee.status = VACANT
    employee.tenure = 0.0
    employee.output = 0.0


@rule
def be_new(employee, p):
    """How new somebody is after `tenure` weeks, and what they still hope for.

    newness = exp(-tenure / 24); expectation = m_x (1 - 1 / τ_n)^tenure (shape: Boswell et al. 2005).
    """
    employee.newness = math.exp(-employee.tenure / NEWNESS_WEEKS)
    employee.expectation = p.honeymoon * (1.0 - 1.0 / p.honeymoon_weeks) ** employee.tenure


@rule
def grow_older(employee, p):
    """A week more in the position: less new, and expectations fade.

    newness x exp(-1 / 24); expectation x (1 - 1 / τ_n).
    """
    employee.tenure += 1.0
    employee.newness *= NEWNESS_KEPT
    employee.expectation *= 1.0 - 1.0 / p.honeymoon_weeks


@rule
def stay_or_leave(employee, team, company, chance, p):
    """Leave if this week's draw says so; a week older otherwise."""
    if chance < quit_hazard(employee, company, p):
        leave(employee)
        team.quits += 1.0
    else:
        grow_older(employee, p)


@rule
def fill_chance(company, p):
    """Weekly probability that a vacancy is filled: (0.5 + reputation) / (τ_v (0.5 + tightness)), at most 0.9."""
    return min((0.5 + company.reputation) / (p.vacancy_weeks * (0.5 + company.labour_tightness)), 0.9)


@rule
def hire(position, applicant, diversity, company, p):
    """Fill the position with a newcomer: hopeful, new to the tasks (D1), different from whoever was there before.

    Around their means, from uniform draws: competence k_n, confidence 0.70, motivation 0.85, morale m_h;
    strain = 0.25, trust = 0.55.
    """
    position.status = EMPLOYED
    position.tenure = 0.0
    be_new(position, p)
    position.competence = unit(p.newcomer_competence + 0.20 * (applicant.competence - 0.5))
    position.mastered = position.competence
    position.confidence = unit(0.70 + 0.20 * (applicant.confidence - 0.5))
    position.motivation = unit(0.85 + 0.20 * (applicant.motivation - 0.5))
    position.morale = unit(p.newcomer_morale + 0.30 * (applicant.affect - 0.5))
    position.strain = 0.25
    position.trust = 0.55
    position.output = 0.0
    give_traits(position, applicant, diversity)
    develop(position, company)
    position.seen_competence = position.competence
    position.seen_commitment = position.commitment
    position.seen_level = position.level


@rule
def give_traits(position, applicant, diversity):
    """Traits fixed at hire, from uniform draws u: learning rate around 1, the others on [0, 1].

    skill = 0.5 + diversity (u - 0.5): the more alike the team is, the nearer to the middle.
    """
    position.learning_rate = 0.6 + 0.8 * applicant.learning_rate
    position.need_for_autonomy = 0.1 + 0.8 * applicant.need_for_autonomy
    position.creativity = applicant.creativity
    position.skill = 0.5 + diversity * (applicant.skill - 0.5)
    position.affect = 0.1 + 0.8 * applicant.affect
    position.ability = applicant.ability
    position.resilience = applicant.resilience
    position.regard = applicant.regard


@rule
def recruit(position, team, applicant, diversity, company, chance, p):
    """A week of a vacancy: filled if this week's draw says so, after the shortest time that filling takes."""
    position.tenure += 1.0
    if position.tenure >= SHORTEST_VACANCY and chance < fill_chance(company, p):
        hire(position, applicant, diversity, company, p)
        team.hires += 1.0
