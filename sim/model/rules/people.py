"""Who is there at the start: people as the scenario gives them, or drawn for the development level it asks for."""

import math

from sim.model.rules.common import UNIFORM_SD, unit
from sim.model.rules.compiled import rule
from sim.model.rules.diagnosis import HIGH_COMPETENCE, MODERATE_COMPETENCE, develop
from sim.model.rules.morale import remember_mood
from sim.model.rules.team import differ
from sim.model.rules.turnover import ORDINARY_MORALE, ORDINARY_STRAIN, be_new, give_traits
from sim.model.state import EMPLOYED, NOT_GIVEN

ORDINARY_TRUST = 0.68  # about where trust comes into balance under the usual mix of leaders; only where it starts


@rule
def given_or(value, otherwise):
    """The value given, or the other where it is NaN."""
    return otherwise if math.isnan(value) else value


@rule
def typical(position, level, applicant):
    """Competence, confidence, motivation and tenure of a person at a development level (0 = D1 .. 3 = D4).

    Uniform around the middle of each level's range: D1 .32/.72/.85, D2 .45/.40/.50, D3 .75/.48/.65, D4 .89/.80/.80.
    """
    u = applicant.competence - 0.5
    if level == 0:
        position.competence, position.confidence, position.motivation = 0.32 + 0.20 * u, 0.72, 0.85
        position.tenure = math.floor(12.0 * applicant.tenure)
    elif level == 1:
        position.competence, position.confidence, position.motivation = 0.45 + 0.20 * u, 0.40, 0.50
        position.tenure = math.floor(10.0 + 30.0 * applicant.tenure)
    elif level == 2:
        position.competence, position.confidence, position.motivation = 0.75 + 0.10 * u, 0.48, 0.65
        position.tenure = math.floor(40.0 + 160.0 * applicant.tenure)
    else:
        position.competence, position.confidence, position.motivation = 0.89 + 0.14 * u, 0.80, 0.80
        position.tenure = math.floor(80.0 + 320.0 * applicant.tenure)
    position.confidence += 0.16 * (applicant.confidence - 0.5)
    position.motivation += 0.16 * (applicant.motivation - 0.5)


@rule
def settle(position, start, applicant, diversity, company, p):
    """Set up a position as the week before the first: empty, or with the person that the scenario gives or asks for.

    What no scenario says is made up for a start, and comes into balance before the first week: strain = 0.3, trust =
    0.68 + t_w (propensity - 0.5), morale = accustomed + m_a (affect - 0.5), accustomed = 0.6; private is
    drawn evenly, with spread σ_v.
    Where no level is given: D4 from a given competence of 0.82, D3 from 0.70, else D1.
    """
    position.status = start.status
    position.team = start.team
    position.tenure = 0.0
    if start.status != EMPLOYED:
        return
    level = start.level
    if level == NOT_GIVEN:
        level = 3 if start.competence >= HIGH_COMPETENCE else (2 if start.competence >= MODERATE_COMPETENCE else 0)
    typical(position, level, applicant)
    give_traits(position, applicant, diversity)
    position.competence = unit(given_or(start.competence, position.competence))
    position.mastered = position.competence
    position.confidence = unit(given_or(start.confidence, position.confidence))
    position.motivation = unit(given_or(start.motivation, position.motivation))
    position.tenure = given_or(start.tenure, position.tenure)
    position.learning_rate = given_or(start.learning_rate, position.learning_rate)
    position.need_for_autonomy = given_or(start.need_for_autonomy, position.need_for_autonomy)
    position.creativity = given_or(start.creativity, position.creativity)
    position.skill = given_or(start.skill, position.skill)
    position.affect = given_or(start.affect, position.affect)
    be_new(position)
    position.accustomed = ORDINARY_MORALE
    position.private = p.private_spread * (applicant.private - 0.5) / UNIFORM_SD
    position.morale = unit(position.accustomed + p.morale_of_affect * (position.affect - 0.5))
    position.strain = ORDINARY_STRAIN
    position.trust = unit(ORDINARY_TRUST + p.trust_of_propensity * (position.propensity - 0.5))
    develop(position, company)
    position.seen_competence = position.competence
    position.seen_commitment = position.commitment
    position.seen_level = position.level


@rule
def keep_in_mind(before, employees):
    """Note what people are used to, before a week changes it."""
    for i in range(employees.shape[0]):
        before[i].accustomed = employees[i].accustomed


@rule
def hold(employees, before, starts, company, first_day, p):
    """After a week before the first, put back what the scenario says of the first day; all else comes into balance.

    People whom it names, or whose mix it gives, keep competence, confidence, motivation and tenure, and are used to
    what work is worth here as far as they have been here: accustomed = worth + (m_h - worth)(1 - ρ_h)^tenure, worth =
    what the week has moved them toward. The company keeps its money, customers and place in the market.
    """
    for i in range(employees.shape[0]):
        if starts[i].held == 0 or employees[i].status != EMPLOYED:
            continue
        employee, given = employees[i], before[i]
        employee.competence = given.competence
        employee.mastered = given.mastered
        employee.confidence = given.confidence
        employee.motivation = given.motivation
        employee.tenure = given.tenure
        employee.newness = given.newness
        worth = given.accustomed + (employee.accustomed - given.accustomed) / p.adaptation_rate
        employee.accustomed = worth + (p.job_left - worth) * (1.0 - p.adaptation_rate) ** employee.tenure
        develop(employee, company)
    company.customer_satisfaction = first_day.customer_satisfaction
    company.reputation = first_day.reputation
    company.strategic_fit = first_day.strategic_fit
    company.demand_level = first_day.demand_level
    company.standing = first_day.standing
    company.cash = first_day.cash


@rule
def populate(world, starts, applicants, team_starts, parameters):
    """Set up all teams and positions as they are before the first week, under every arm.

    applicants: the people of that day; team_starts: how teams differ.
    """
    for a in range(world.employees.shape[0]):
        for t in range(world.teams.shape[1]):
            differ(world.teams[a, t], team_starts[t], parameters[0])
        for i in range(world.employees.shape[1]):
            position, start = world.employees[a, i], starts[i]
            settle(position, start, applicants[i], world.diversity[start.team], world.company[a, 0], parameters[0])
        remember_mood(world.mood[a], world.employees[a])
