"""A leader's week as a whole: adding up the hours that the intended behaviour would take."""

from sim.model.rules.attention import hours_for, share_attention
from sim.model.rules.common import spread
from sim.model.rules.compiled import rule
from sim.model.rules.decisions import hours_for_decisions
from sim.model.state import EMPLOYED


@rule
def hours_asked(team, leader, members, weeks, company, p):
    """Hours that people and practices, and that decisions ask of the leader this week, h each.

    On the way, presence: mean of 1 - (1 - direction)(1 - support)(1 - feedback), as meant x conduct. Whoever keeps out
    is hard to get an answer from (Skogstad et al. 2007); being short of time is another matter, which the queue shows.
    """
    hours = 0.0
    participation = 0.0
    delegation = 0.0
    absence = 0.0
    for i in range(members.shape[0]):
        if members[i].status != EMPLOYED:
            continue
        week = weeks[i]
        hours += hours_for(members[i], week, p)
        participation += week.participation
        delegation += week.delegation
        absence += (
            (1.0 - leader.conduct * week.direction)
            * (1.0 - leader.conduct * week.support)
            * (1.0 - leader.conduct * week.feedback)
        )
    n = max(team.employed, 1.0)
    leader.presence = 1.0 - absence / n
    shared = spread(leader.conduct * participation / n, company.practised_participation)
    delegated = spread(leader.conduct * delegation / n, company.practised_delegation)
    hours += company.practice_hours * team.employed
    both = max(shared + delegated, 1.0)
    return hours, hours_for_decisions(team, shared / both, delegated / both, p)


@rule
def share_out_hours(team, leader, members, weeks, company, p):
    """See what is asked of the leader, and share out the hours there are."""
    share_attention(leader, hours_asked(team, leader, members, weeks, company, p))


@rule
def add_capacity(team, members, weeks):
    """The team's capacity: the sum of its people's."""
    team.capacity = 0.0
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            team.capacity += weeks[i].capacity


@rule
def clear_week(team):
    """Start the week's counts at nothing."""
    team.quits = 0.0
    team.hires = 0.0
    team.capacity = 0.0
