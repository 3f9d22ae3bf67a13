"""The week's sums over people and teams, and the metrics made from them."""

import math

from sim.model.rules.compiled import rule
from sim.model.rules.customers import power_on_the_spot
from sim.model.rules.market import respond, sense
from sim.model.rules.motivation import mastery, relatedness
from sim.model.rules.trust import closeness
from sim.model.state import CLOSED, EMPLOYED

WEEKS_A_YEAR = 52.0
DAYS_A_WEEK = 5.0
BURNT_OUT = 0.70
"""Strain from which a person counts as burnt out: where the line is drawn, and nothing that happens. Assumed."""


@rule
def clear_sums(sums):
    """Start the week's sums at nothing; sums: the tallies as plain numbers."""
    sums[:, :] = 0.0


@rule
def add_people(tally, members, weeks):
    """Add the people who were employed during the week; burnt out are those with a strain of 0.7 or more."""
    for i in range(members.shape[0]):
        employee = members[i]
        if employee.status == CLOSED:
            continue
        tally.positions += 1.0
        if employee.status != EMPLOYED:
            continue
        tally.employed += 1.0
        tally.morale += employee.morale
        tally.commitment += employee.commitment
        tally.competence += employee.competence
        tally.confidence += employee.confidence
        tally.motivation += employee.motivation
        tally.strain += employee.strain
        tally.trust += employee.trust
        tally.on_the_spot += power_on_the_spot(employee, weeks[i])
        if employee.strain >= BURNT_OUT:
            tally.burnt_out += 1.0
        if employee.level == 0:
            tally.d1 += 1.0
        elif employee.level == 1:
            tally.d2 += 1.0
        elif employee.level == 2:
            tally.d3 += 1.0
        else:
            tally.d4 += 1.0


@rule
def add_team(tally, team, leader, company):
    """Add what the team did in the week; what is a state of a team counts once for each of its people."""
    n = team.employed
    tally.output += team.output * company.productivity
    tally.quits += team.quits
    tally.hires += team.hires
    tally.decisions += team.decisions
    tally.delay += team.delay * team.decisions
    tally.quality += team.quality * team.decisions
    tally.adopted += team.adopted
    tally.backlog += team.backlog
    tally.safety += team.psychological_safety * n
    tally.direction += team.shared_direction * n
    tally.process += team.process * n
    tally.sensing += sense(team) * n
    tally.deciding += respond(team) * n
    if n > 0.0:
        tally.load += leader.load
        tally.leaders += 1.0


@rule
def add_teams(sums):
    """Add the teams' sums up to the company's."""
    for t in range(1, sums.shape[0]):
        for k in range(sums.shape[1]):
            sums[0, k] += sums[t, k]


@rule
def note_people(rows, members, weeks, team, leader, company, p):
    """Write what a study asks of each person, as the week has left them, into records of PERSON."""
    for i in range(members.shape[0]):
        employee = members[i]
        row = rows[i]
        row.employed = 1.0 if employee.status == EMPLOYED else 0.0
        row.tenure = employee.tenure
        row.competence = employee.competence
        row.commitment = employee.commitment
        row.morale = employee.morale
        row.strain = employee.strain
        row.trust = employee.trust
        row.output = employee.output * company.productivity
        row.ambiguity = weeks[i].ambiguity
        row.level = employee.level
        row.delivered = leader.attention * leader.conduct
        row.motivation = employee.motivation
        row.competence_met = mastery(weeks[i])
        row.autonomy_met = weeks[i].autonomy_met
        row.relatedness_met = relatedness(employee, weeks[i], team, p)
        row.ideas = weeks[i].ideas
        row.safety = team.psychological_safety
        row.closeness = closeness(employee, p)


@rule
def per(total, number):
    """The total for each of a number of people or questions; no value (NaN) where there are none."""
    return total / number if number > 0.0 else math.nan


@rule
def measure(measures, tally, company):
    """Make the week's metrics of the sums; `sim.model.metrics` says what each means, and which weeks have no value."""
    n = tally.employed
    measures.morale = per(tally.morale, n)
    measures.output = 100.0 * tally.output / max(tally.positions, 1.0)
    measures.commitment = per(tally.commitment, n)
    measures.competence = per(tally.competence, n)
    measures.confidence = per(tally.confidence, n)
    measures.motivation = per(tally.motivation, n)
    measures.strain = per(tally.strain, n)
    measures.trust = per(tally.trust, n)
    measures.share_d1 = per(tally.d1, n)
    measures.share_d2 = per(tally.d2, n)
    measures.share_d3 = per(tally.d3, n)
    measures.share_d4 = per(tally.d4, n)
    measures.turnover = per(100.0 * WEEKS_A_YEAR * tally.quits, n)
    measures.headcount = tally.employed
    measures.vacancies = tally.positions - tally.employed
    measures.burnout_share = per(tally.burnt_out, n)
    measures.decision_delay = per(DAYS_A_WEEK * tally.delay, tally.decisions)
    measures.decision_quality = per(tally.quality, tally.decisions)
    measures.ideas_adopted = per(10.0 * WEEKS_A_YEAR * tally.adopted, n)
    measures.psychological_safety = per(tally.safety, n)
    measures.shared_direction = per(tally.direction, n)
    measures.strategic_fit = company.strategic_fit
    measures.customer_satisfaction = company.customer_satisfaction
    measures.backlog = tally.backlog / max(tally.positions, 1.0)
    measures.leader_load = per(tally.load, tally.leaders)
    measures.automation = company.automation
    measures.revenue = company.revenue
    measures.cost = company.cost
    measures.profit = company.profit
    measures.ai_readiness = company.ai_readiness
    measures.fear_for_jobs = company.fear
