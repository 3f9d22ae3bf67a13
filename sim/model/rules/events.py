"""The timeline: what happens to the company from outside, or by the owner's hand."""

import math

from sim.model.rules.common import unit
from sim.model.rules.compiled import rule
from sim.model.rules.turnover import leave
from sim.model.state import (
    ANY_TEAM,
    CLOSED,
    CRISIS,
    DEMAND,
    EMPLOYED,
    GROWTH,
    KEY_PERSON_LEAVES,
    LAYOFF,
    LEADER_AWAY,
    LEADER_REPLACED,
    MARKET_SHOCK,
    NEW_TECHNOLOGY,
    NOBODY,
    STYLE_CHANGED,
    VACANT,
)

UNRELATED = 0.5 - math.sqrt(1.0 / 12.0)
"""Turned by so much, a number that is uniform on [0, 1) is not correlated with what it was: 1 - 6 s (1 - s) = 0."""


@rule
def concerns(event, team):
    """Whether the event is about this team (an index)."""
    return event.team == ANY_TEAM or event.team == team


@rule
def open_positions(employees, event):
    """Growth: open `count` more positions in the team; they are vacant until somebody is hired."""
    left = event.count
    for i in range(employees.shape[0]):
        if left > 0 and employees[i].status == CLOSED and concerns(event, employees[i].team):
            employees[i].status = VACANT
            employees[i].tenure = 0.0
            left -= 1


@rule
def lay_off(employees, event):
    """Layoff: vacancies are closed first, then the positions of those who came last; who stays fears to be next."""
    left = event.count
    for i in range(employees.shape[0]):
        if left > 0 and employees[i].status == VACANT and concerns(event, employees[i].team):
            employees[i].status = CLOSED
            left -= 1
    while left > 0:
        last_come = NOBODY
        for i in range(employees.shape[0]):
            if employees[i].status != EMPLOYED or not concerns(event, employees[i].team):
                continue
            if last_come == NOBODY or employees[i].tenure < employees[last_come].tenure:
                last_come = i
        if last_come == NOBODY:
            break
        leave(employees[last_come])
        employees[last_come].status = CLOSED
        left -= 1


@rule
def lose_key_person(employees, event):
    """The person named leaves, or else the most competent one."""
    key = event.person
    if key == NOBODY:
        for i in range(employees.shape[0]):
            if employees[i].status != EMPLOYED or not concerns(event, employees[i].team):
                continue
            if key == NOBODY or employees[i].competence > employees[key].competence:
                key = i
    if key != NOBODY and employees[key].status == EMPLOYED:
        leave(employees[key])


@rule
def age_skills(employees, event):
    """New technology: a share of everybody's competence is about tasks that are no more."""
    for i in range(employees.shape[0]):
        if employees[i].status == EMPLOYED:
            employees[i].competence *= 1.0 - event.size
            employees[i].mastered *= 1.0 - event.size


@rule
def change_leaders(leaders, event):
    """A leader is replaced (skills, hours; trust and habits of the team remain), or takes up another style."""
    for t in range(leaders.shape[0]):
        if not concerns(event, t):
            continue
        if event.policy != NOBODY:
            leaders[t].policy = event.policy
        if event.kind == LEADER_REPLACED:
            leaders[t].hours = event.hours
            leaders[t].competence = event.competence
            leaders[t].diagnosis_skill = event.diagnosis_skill
            leaders[t].fidelity = event.fidelity
            leaders[t].contact = 0.0
            leaders[t].turned = (leaders[t].turned + UNRELATED) % 1.0


@rule
def begin_anew(employees, event):
    """With a new leader nobody has a relation yet, better or worse than others': rapport = 0.5."""
    for i in range(employees.shape[0]):
        if concerns(event, employees[i].team):
            employees[i].rapport = 0.5


@rule
def send_away(leaders, event, week_number):
    """A leader is away until the event is over."""
    for t in range(leaders.shape[0]):
        if concerns(event, t):
            leaders[t].away = max(leaders[t].away, event.until - week_number + 1.0)


@rule
def happen(events, employees, leaders, company, week_number):
    """Let the week's events happen, and set the week's urgency, rate of decisions and demand.

    A crisis threatens: fear <- max(fear, urgency of the crisis), as long as it lasts; a layoff wholly: fear <- 1. What
    comes at once fades over weeks (`rules.technology`), and bears on strain, trust and morale (`strain.threat`; job
    insecurity, Sverke, Hellgren & Näswall 2002; survivors of layoffs, Brockner et al. 1987).
    """
    company.urgency = company.base_urgency
    company.decision_rate = company.base_decisions
    company.demand = company.base_demand
    for t in range(leaders.shape[0]):
        leaders[t].away = 0.0
    for e in range(events.shape[0]):
        event = events[e]
        if week_number < event.week or week_number > event.until:
            continue
        if event.kind == CRISIS:
            company.urgency = max(company.urgency, event.urgency)
            company.decision_rate *= event.decisions
            company.demand *= event.demand
            company.fear = max(company.fear, event.urgency)
        elif event.kind == DEMAND:
            company.demand *= event.demand
        elif event.kind == MARKET_SHOCK:
            company.strategic_fit = unit(company.strategic_fit * (1.0 - event.size))
        elif event.kind == GROWTH:
            open_positions(employees, event)
        elif event.kind == LAYOFF:
            lay_off(employees, event)
            company.fear = 1.0
        elif event.kind == NEW_TECHNOLOGY:
            age_skills(employees, event)
        elif event.kind == KEY_PERSON_LEAVES:
            lose_key_person(employees, event)
        elif event.kind == LEADER_REPLACED or event.kind == STYLE_CHANGED:
            change_leaders(leaders, event)
            if event.kind == LEADER_REPLACED:
                begin_anew(employees, event)
        elif event.kind == LEADER_AWAY:
            send_away(leaders, event, week_number)
