"""The week's sums over people and teams, and the metrics made from them."""

from sim.model.rules.compiled import rule
from sim.model.rules.customers import power_on_the_spot
from sim.model.rules.market import respond, sense
from sim.model.state import CLOSED, EMPLOYED

WEEKS_A_YEAR = 52.0
DAYS_A_WEEK = 5.0


@rule
def add_people(tally, members, weeks, p):
    """Add the people who were employed during the week."""
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
        if employee.strain >= p.burnout_threshold:
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
def add_team(tally, team, leader, company, p):
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
    tally.sensing += sense(team, p) * n
    tally.deciding += respond(team) * n
    if n > 0.0:
        tally.load += leader.load
        tally.leaders += 1.0


@rule
def note_people(rows, members, weeks, leader, company):
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


@rule
def measure(row, tally, company):
    """Write the metrics of `sim.model.metrics.METRICS`, in their order, into a row of the results."""
    n = max(tally.employed, 1.0)
    decisions = max(tally.decisions, 0.001)
    row[0] = tally.morale / n
    row[1] = 100.0 * tally.output / max(tally.positions, 1.0)
    row[2] = tally.commitment / n
    row[3] = tally.competence / n
    row[4] = tally.confidence / n
    row[5] = tally.motivation / n
    row[6] = tally.strain / n
    row[7] = tally.trust / n
    row[8] = tally.d1 / n
    row[9] = tally.d2 / n
    row[10] = tally.d3 / n
    row[11] = tally.d4 / n
    row[12] = 100.0 * WEEKS_A_YEAR * tally.quits / n
    row[13] = tally.employed
    row[14] = tally.positions - tally.employed
    row[15] = tally.burnt_out / n
    row[16] = DAYS_A_WEEK * tally.delay / decisions
    row[17] = tally.quality / decisions
    row[18] = 10.0 * WEEKS_A_YEAR * tally.adopted / n
    row[19] = tally.safety / n
    row[20] = tally.direction / n
    row[21] = company.strategic_fit
    row[22] = company.customer_satisfaction
    row[23] = tally.backlog / max(tally.positions, 1.0)
    row[24] = tally.load / max(tally.leaders, 1.0)
    row[25] = company.automation
    row[26] = company.revenue
    row[27] = company.cost
    row[28] = company.profit
    row[29] = company.ai_readiness
    row[30] = company.fear
