"""Mechanism 3, decisions: who decides sets how long it takes, what it costs, and how good it is."""

from sim.model.rules.common import spread, unit
from sim.model.rules.compiled import rule
from sim.model.rules.technology import in_hand

DAYS = 5.0  # working days a week
ARRIVAL_LUCK = 0.2  # sd: how much the number of decisions varies from week to week; assumed
JUDGEMENT_LUCK = 0.04  # sd: how much the quality of decisions varies from week to week; assumed
SETTLES = 0.1  # share of what waits that settles itself in a week, one way or another; assumed
BUSIEST = 0.9  # share of the hours: a server busier than that is treated as this busy, or the wait would have no end
ALIKE = 0.2  # share of the error that judges as different as can be still have in common; assumed
FOR_OTHERS = 1.5  # hours to decide for others, of those that deciding takes: one asks before and explains after
MEETING = 24.0  # people: size of a team of which half takes part in a decision taken together; assumed
LONGEST_MEETINGS = 16.0  # h/person: two days of a week


@rule
def arrive(team, company, team_luck):
    """Decisions that come up this week, number: rate x positions x (1 + 0.2 z), not below half."""
    team.decisions = company.decision_rate * team.positions * max(1.0 + ARRIVAL_LUCK * team_luck.arrivals, 0.5)


@rule
def hours_for_decisions(team, participation, delegation, p):
    """Leader hours asked by the week's and the waiting decisions: alone, or in a meeting of the team.

    hours = h_a (decisions + waiting)(1.5 alone + together), shares together = min(participation, 1 - delegation) and
    alone = 1 - together - delegation, not below 0: what is decided for others has to be asked about and explained.
    What the leader decides alone takes longer the more of a person's work it reaches into (direction is counted apart).
    """
    shared = min(participation, 1.0 - delegation)
    alone = max(1.0 - shared - delegation, 0.0)
    return p.hours_per_decision * (team.decisions + team.waiting) * (FOR_OTHERS * alone + shared)


@rule
def ableness(team):
    """How far people are able and sure enough to decide by themselves, of the team's means.

    able = unit(competence x confidence + shared direction / 2): where nobody is able and sure, nobody decides.
    """
    return unit(team.competence * team.confidence + 0.5 * team.shared_direction)


@rule
def decide(team, leader, company, team_luck, p):
    """Take the week's decisions: delay, quality, hours spent, work held up.

    Shares: together = participation, delegated = delegation, alone = 1 - together - delegated, not below 0. Of what
    needs the leader, alone or together, new or waiting, and finds no time there or the leader away, the team decides a
    share itself, taken on = self-leading (1 - prompt), as if it were delegated (self-leading teams; Manz & Sims 1987);
    what nobody dares decide waits.
    Queue at the leader (Little's law): of those waiting and new that need the leader, the share `prompt` is decided,
    the share `taken on` by the team, and of the rest a tenth settles itself;
    wait = waiting / decided per week + τ_q busy / (1 - busy), busy = share of the leader's hours that decisions ask
    for, at most 0.9 (a single server's queue; Kleinrock 1975). Where the leader is away, what nobody dares decide waits
    from the middle of the week to the leader's return.
    Delay, weeks, the mean over the shares: alone τ_a + τ_q absent; together τ_a + τ_p present,
    present = people / (1 + people / 24): of a large team those concerned;
    delegated τ_a / 2 + τ_q (1 - able)(0.5 + absent), able as in `ableness`: nobody has to be asked, but where nobody is
    able and sure, nobody decides; and the wait for the share not delegated;
    absent = (1 - presence)^2: whoever keeps out is hard to get an answer from (Skogstad et al. 2007).
    Error variance, the mean over the shares (form: errors of judges with correlated noise; Vroom & Jago 1988 for the
    directions): own skill of a judge v = (ε_j complexity (1 - competence))^2, want of what others know
    u = (ε_k complexity)^2;
    alone v of the leader + u, as local knowledge is lacking;
    together mean v of the team [alike + (1 - alike) / heard] + u (1 - voice)^2, where
    alike = 1 - 0.8 diversity (errors of people alike in skill go together), heard = 1 + (present - 1) voice,
    voice = safety, and a share of its lack made up by practised voice;
    delegated mean v of the team + u [(1 - shared direction)(1 - self-leading)]^2, as decisions drift apart that neither
    a shared direction nor mutual adjustment keeps together (Siggelkow & Rivkin 2005; Stewart, Courtright & Manz 2011).
    Variance is reduced by data and, in novel work, by replanning: variance x (1 - κ_e informed)
    (1 - κ_e iteration novelty), informed = data, and a share of its lack made up by tools that help to judge: practised
    judgement x what people get out of tools (`in_hand`); quality = unit(1 / (1 + variance) + 0.04 z), z a standard
    normal draw.
    Hours for each person: in meetings h_a decided x together / (alone + together) x present / people, at most
    16; on what is delegated or taken on h_a x number / people.
    Work held up: held / (1 + held), held = b_u urgency x decisions per person x delay.
    """
    n = max(team.employed, 1.0)
    taken_on = team.self_leading * (1.0 - leader.prompt)
    shared = team.participation
    alone = max(1.0 - team.participation - team.delegation, 0.0)
    asked = team.decisions * (alone + shared) + team.waiting
    decided = leader.prompt * asked
    by_team = team.decisions * (1.0 - alone - shared) + taken_on * asked
    team.waiting = (1.0 - SETTLES) * (1.0 - leader.prompt - taken_on) * asked

    shared *= 1.0 - taken_on
    alone *= 1.0 - taken_on
    delegated = 1.0 - alone - shared
    team.deciding = shared + delegated
    busy = min(leader.deciding, BUSIEST)
    wait = team.waiting / max(decided, 0.01) + p.answer_wait * busy / (1.0 - busy)
    if leader.away > 0.0:
        wait = leader.away - 0.5

    present = n / (1.0 + n / MEETING)
    absent = (1.0 - leader.presence) ** 2
    delay_alone = p.delay_alone + p.answer_wait * absent
    delay_together = p.delay_alone + p.delay_per_participant * present
    delay_delegated = 0.5 * p.delay_alone + p.answer_wait * (1.0 - ableness(team)) * (0.5 + absent)
    team.delay = alone * (delay_alone + wait) + shared * (delay_together + wait) + delegated * delay_delegated

    skill_error = (p.judgement_error * company.complexity) ** 2
    missing = (p.knowledge_apart * company.complexity) ** 2
    alike = ALIKE + (1.0 - ALIKE) * (1.0 - team.diversity)
    voice = spread(team.psychological_safety, company.practised_voice)
    heard = 1.0 + max(present - 1.0, 0.0) * voice
    own = skill_error * team.incompetence_squared
    variance_alone = skill_error * (1.0 - leader.competence) ** 2 + missing
    variance_together = own * (alike + (1.0 - alike) / heard) + missing * (1.0 - voice) ** 2
    drift = (1.0 - team.shared_direction) * (1.0 - team.self_leading)
    variance_delegated = own + missing * drift**2
    variance = alone * variance_alone + shared * variance_together + delegated * variance_delegated
    informed = spread(team.data, company.practised_judgement * in_hand(company))
    variance *= 1.0 - p.checking_corrects * informed
    variance *= 1.0 - p.checking_corrects * team.iteration * company.novelty
    team.quality = unit(1.0 / (1.0 + variance) + JUDGEMENT_LUCK * team_luck.judgement)

    together = decided * shared / max(alone + shared, 0.01)
    team.meeting_hours = min(together * p.hours_per_decision * present / n, LONGEST_MEETINGS)
    team.deciding_hours = by_team * p.hours_per_decision / n
    held_up = p.blocked_by_delay * company.urgency * (team.decisions / n) * team.delay
    team.blocked = held_up / (1.0 + held_up)
