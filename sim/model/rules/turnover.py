"""Mechanism 10, turnover: who leaves, how long the position stays empty, and who comes."""

import math

from sim.model.rules.common import UNIFORM_SD, unit
from sim.model.rules.compiled import rule
from sim.model.rules.diagnosis import develop
from sim.model.state import EMPLOYED, VACANT

SHORTEST_VACANCY = 2.0  # weeks
NEWNESS_WEEKS = 24.0
NEWNESS_KEPT = math.exp(-1.0 / NEWNESS_WEEKS)  # from one week to the next
ORDINARY_MORALE, ORDINARY_STRAIN = 0.6, 0.3  # where quitting is as usual
TRUST_AT_FIRST, STRAIN_AT_FIRST = 0.55, 0.25  # of newcomers, before they know better; assumed


@rule
def quit_hazard(employee, company, p):
    """Weekly probability of leaving, at most 0.25 (predictors: Griffeth et al. 2000).

    q_0 (0.5 + tightness) exp(q_m (0.6 - morale) + q_x (strain - 0.3) + q_n newness); trust and needs act by morale.
    """
    push = (
        p.quit_morale * (ORDINARY_MORALE - employee.morale)
        + p.quit_strain * (employee.strain - ORDINARY_STRAIN)
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
def be_new(employee):
    """How new somebody is after `tenure` weeks: newness = exp(-tenure / 24)."""
    employee.newness = math.exp(-employee.tenure / NEWNESS_WEEKS)


@rule
def grow_older(employee):
    """A week more in the position, and less new: newness x exp(-1 / 24)."""
    employee.tenure += 1.0
    employee.newness *= NEWNESS_KEPT


@rule
def stay_or_leave(employee, team, company, chance, p):
    """Leave if this week's draw says so; a week older otherwise."""
    if chance < quit_hazard(employee, company, p):
        leave(employee)
        team.quits += 1.0
    else:
        grow_older(employee)


@rule
def fill_chance(company, p):
    """Weekly probability that a vacancy is filled: (0.5 + reputation) / (τ_v (0.5 + tightness)), at most 0.9."""
    return min((0.5 + company.reputation) / (p.vacancy_weeks * (0.5 + company.labour_tightness)), 0.9)


@rule
def hire(position, team, applicant, diversity, company, p):
    """Fill the position with a newcomer: hopeful, new to the tasks (D1), different from whoever was there before.

    Around their means, from uniform draws: competence k_n, confidence 0.70, motivation 0.85; strain = 0.25;
    trust = 0.55 + t_w (propensity - 0.5) (initial trust; McKnight et al. 1998).
    Newcomers are used to the job that they left, which was worth m_h to them: leaving goes with dissatisfaction
    (Boswell et al. 2005). What they see of the new one is the mood of the team, its mean morale (m_h where nobody is
    there): morale = unit(mood + m_x (mood - accustomed) + m_a (affect - 0.5)). What life outside adds at the time is
    drawn evenly, with spread σ_v.
    """
    position.status = EMPLOYED
    position.tenure = 0.0
    be_new(position)
    position.competence = unit(p.newcomer_competence + 0.20 * (applicant.competence - 0.5))
    position.mastered = position.competence
    position.confidence = unit(0.70 + 0.20 * (applicant.confidence - 0.5))
    position.motivation = unit(0.85 + 0.20 * (applicant.motivation - 0.5))
    position.output = 0.0
    give_traits(position, applicant, diversity)
    position.strain = STRAIN_AT_FIRST
    position.trust = unit(TRUST_AT_FIRST + p.trust_of_propensity * (position.propensity - 0.5))
    position.private = p.private_spread * (applicant.private - 0.5) / UNIFORM_SD
    position.accustomed = p.job_left
    mood = team.morale if team.employed > 0.0 else p.job_left
    position.morale = unit(
        mood + p.contrast * (mood - position.accustomed) + p.morale_of_affect * (position.affect - 0.5)
    )
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
    position.propensity = applicant.propensity
    position.self_view = applicant.self_view
    position.rapport = applicant.rapport


@rule
def recruit(position, team, applicant, diversity, company, chance, p):
    """A week of a vacancy: filled if this week's draw says so, after the shortest time that filling takes."""
    position.tenure += 1.0
    if position.tenure >= SHORTEST_VACANCY and chance < fill_chance(company, p):
        hire(position, team, applicant, diversity, company, p)
        team.hires += 1.0
