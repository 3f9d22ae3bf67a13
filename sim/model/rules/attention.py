"""Mechanism 2, attention: a leader's week has so many hours, and what does not fit into it is not done."""

from sim.model.rules.common import spread, unit
from sim.model.rules.compiled import rule
from sim.model.rules.practices import reach

# Leader hours that a way of leading takes, of those that directing takes. Assumed: supporting, coaching and clearing
# the way take talks of their own, as directing does, feedback is part of such a talk, a good word is said in passing.
TALK = 0.8
PART = 0.4
PASSING = 0.2


@rule
def intend(employee, week, leader, tables):
    """Set down the behaviour that the leader means to show a person this week, as the stage of the style says."""
    behaviour = tables[leader.stage, employee.seen_level]
    week.direction = behaviour.direction
    week.support = behaviour.support
    week.participation = behaviour.participation
    week.delegation = behaviour.delegation
    week.inspiration = behaviour.inspiration
    week.challenge = behaviour.challenge
    week.development = behaviour.development
    week.recognition = behaviour.recognition
    week.service = behaviour.service
    week.feedback = behaviour.feedback
    week.tolerance = behaviour.tolerance
    week.iteration = behaviour.iteration
    week.data = behaviour.data


@rule
def hours_for(employee, week, p):
    """Leader hours a week that the intended behaviour toward one person costs; a newcomer costs more.

    hours = h_l [direction + 0.8 (support + development + service) + 0.4 feedback (1 - iteration)
    + 0.2 (inspiration + recognition) + newness (direction + support + development) / 3].
    Where plans are revisited often, the work and colleagues give the feedback (feedback from the job itself; Hackman &
    Oldham 1976): only feedback x (1 - iteration) is the leader's.
    """
    return p.leading_hours * (
        week.direction
        + TALK * (week.support + week.development + week.service)
        + PART * week.feedback * (1.0 - week.iteration)
        + PASSING * (week.inspiration + week.recognition)
        + employee.newness * (week.direction + week.support + week.development) / 3.0
    )


@rule
def take_example(leader, company):
    """Conduct: how much of what is meant comes across; fidelity, and what leading by example adds to it."""
    leader.conduct = spread(leader.fidelity, company.practised_example)


@rule
def share_attention(leader, asked):
    """Decisions come first, as people wait for them; what is left of the hours is shared out evenly.

    asked: (hours for people and practices, hours for decisions); prompt = min(1, hours / for decisions),
    attention = min(1, (hours - for decisions) / for people), not below a tenth; load = all hours asked / hours;
    deciding = for decisions / hours; spare = hours that nobody asks for. Who is away has no hour for anybody, and
    cannot be asked.
    """
    if leader.away > 0.0:
        leader.load = 0.0
        leader.prompt = 0.0
        leader.attention = 0.0
        leader.deciding = 0.0
        leader.spare = 0.0
        leader.presence = 0.0
        return
    for_people, for_decisions = asked
    leader.load = (for_people + for_decisions) / leader.hours
    leader.prompt = min(1.0, leader.hours / max(for_decisions, 0.001))
    left = max(leader.hours - for_decisions, 0.1 * leader.hours)
    leader.attention = min(1.0, left / max(for_people, 0.001))
    leader.deciding = min(for_decisions / leader.hours, 1.0)
    leader.spare = max(leader.hours - for_people - for_decisions, 0.0)


@rule
def deliver(week, leader, company):
    """Turn intended into delivered behaviour: x conduct, and x attention for what costs the leader's hours.

    Letting decide, tolerating, challenging, replanning and using data are stances: they cost no hours of their own here
    (decisions cost theirs), so that shortage of time does not thin them out. Nor does it loosen control: direction that
    is meant and not given stays reserved to the leader, and people wait for it (unsaid).
    """
    a = leader.attention * leader.conduct
    week.unsaid = (1.0 - leader.attention) * leader.conduct * week.direction
    week.direction *= a
    week.support *= a
    week.inspiration *= a
    week.development *= a
    week.recognition *= a
    week.service *= a
    week.feedback *= week.iteration * leader.conduct + (1.0 - week.iteration) * a
    week.participation *= leader.conduct
    week.delegation *= leader.conduct
    week.challenge *= leader.conduct
    week.tolerance *= leader.conduct
    week.iteration *= leader.conduct
    week.data *= leader.conduct
    if company.practising > 0.0:
        reach(week, company)
        week.unsaid = spread(week.unsaid, min(company.practised_direction, 0.0))
    both = week.participation + week.delegation
    if both > 1.0:
        week.participation /= both
        week.delegation /= both


@rule
def remember_contact(leader, team):
    """What sharpens next week's diagnosis: the support and feedback that reached people, and the use of data."""
    leader.contact = unit(0.5 * (team.support + team.feedback))
    leader.data_use = team.data
