"""The team as a whole: who is there, how they differ, and how the leader behaves toward them on average."""

import math

from sim.model.rules.common import UNIFORM_SD
from sim.model.rules.compiled import rule
from sim.model.state import CLOSED, EMPLOYED


@rule
def differ(team, start, p):
    """What sets the team apart from the beginning, from standard normal draws z of its own.

    circumstances = σ_z z, conditions = σ_c z, each with its own z and with the spread that each has among teams.
    """
    team.circumstances = p.circumstances_spread * start.circumstances
    team.conditions = p.conditions_spread * start.conditions


@rule
def count(team, members):
    """Count positions, people and newcomers, and take the means of people's state.

    diversity = sd of skill / sd of skills spread evenly over their whole range, at most 1.
    """
    positions = 0.0
    employed = 0.0
    newcomers = 0.0
    competence = 0.0
    confidence = 0.0
    commitment = 0.0
    morale = 0.0
    strain = 0.0
    squared = 0.0
    skill = 0.0
    skill_squared = 0.0
    for i in range(members.shape[0]):
        employee = members[i]
        if employee.status == CLOSED:
            continue
        positions += 1.0
        if employee.status != EMPLOYED:
            continue
        employed += 1.0
        newcomers += employee.newness
        competence += employee.competence
        confidence += employee.confidence
        commitment += employee.commitment
        morale += employee.morale
        strain += employee.strain
        squared += (1.0 - employee.competence) ** 2
        skill += employee.skill
        skill_squared += employee.skill**2
    team.positions = positions
    team.employed = employed
    team.newcomers = newcomers
    if employed == 0.0:
        return
    team.competence = competence / employed
    team.confidence = confidence / employed
    team.commitment = commitment / employed
    team.morale = morale / employed
    team.strain = strain / employed
    team.incompetence_squared = squared / employed
    mean = skill / employed
    spread = math.sqrt(max(skill_squared / employed - mean * mean, 0.0))
    team.diversity = min(spread / UNIFORM_SD, 1.0)


@rule
def average_behaviour(team, members, weeks):
    """Mean behaviour, as delivered, over the people employed."""
    team.participation = 0.0
    team.delegation = 0.0
    team.inspiration = 0.0
    team.direction = 0.0
    team.support = 0.0
    team.tolerance = 0.0
    team.feedback = 0.0
    team.iteration = 0.0
    team.data = 0.0
    team.challenge = 0.0
    n = team.employed
    if n == 0.0:
        return
    for i in range(members.shape[0]):
        if members[i].status != EMPLOYED:
            continue
        week = weeks[i]
        team.participation += week.participation
        team.delegation += week.delegation
        team.inspiration += week.inspiration
        team.direction += week.direction
        team.support += week.support
        team.tolerance += week.tolerance
        team.feedback += week.feedback
        team.iteration += week.iteration
        team.data += week.data
        team.challenge += week.challenge
    team.participation /= n
    team.delegation /= n
    team.inspiration /= n
    team.direction /= n
    team.support /= n
    team.tolerance /= n
    team.feedback /= n
    team.iteration /= n
    team.data /= n
    team.challenge /= n
