"""Mechanism 3, decisions: who decides sets how long it takes, what it costs, and how good it is."""

from sim.model.rules.common import spread, unit
from sim.model.rules.compiled import rule
from sim.model.rules.technology import in_hand

DAYS = 5.0  # working days a week


@rule
def arrive(team, company, team_luck):
    """Decisions that come up this week, number: rate x positions x (1 + 0.2 z), not below half."""
    team.decisions = company.decision_rate * team.positions * max(1.0 + 0.2 * team_luck.arrivals, 0.5)


@rule
def hours_for_decisions(team, participation, delegation, p):
    """Leader hours asked by the week's and the waiting decisions: alone, or in a meeting of the team.

    hours = (decisions + waiting)(alone h_a + together h_m), shares together = min(participation, 1 - delegation) and
    alone = 1 - together - delegation, not below 0.
    What the leader decides alone takes longer the more of a person's work it reaches into (direction is counted apart).
    """
    shared = min(participation, 1.0 - delegation)
    alone = max(1.0 - shared - delegation, 0.0)
    led = team.decisions + team.waiting
    return led * (alone * p.hours_per_decision + shared * p.hours_per_meeting)


@rule
def decide(team, leader, company, team_luck, p):
    """Take the week's decisions: delay, quality, hours spent, work held up.

    Shares: participation, delegation, alone = 1 - participation - delegation, not below 0.
    Queue at the leader (Little's law): of those waiting and new that need the leader, the share `prompt` is decided;
    wait = waiting / decided per week + τ_q busy / (1 - busy), busy = share of the leader's hours that decisions ask
    for, at most 0.9 (a single server's queue; Kleinrock 1975); a tenth of what waits settles itself. Where the leader
    is away, what needs the leader waits until then: from the middle of the week to the leader's return.
    Delay, weeks, the mean over the shares, over the team's pace: alone τ_a + τ_r absent;
    together (τ_m + τ_p present)(1 - κ_m iteration), as short cycles bring people together anyway,
    present = people / (1 + people / N_m): of a large team those concerned;
    delegated τ_d + τ_h (1 - able)(0.5 + absent); and, whatever the pace, the wait for the share not delegated;
    able = unit(competence x confidence + shared direction / 2), of the team's means: where nobody is able and sure,
    nobody decides; absent = (1 - presence)^2: whoever keeps out is hard to get an answer from (Skogstad et al. 2007).
    Error variance, the mean over the shares (form: errors of judges with correlated noise; Vroom & Jago 1988 for the
    directions): own skill of a judge v = (ε_j complexity (1 - competence))^2;
    alone v of the leader + (ε_k complexity)^2, as local knowledge is lacking;
    together mean v of the team [alike + (1 - alike) / heard] + (ε_k complexity (1 - voice))^2, where
    alike = 1 - 0.8 diversity (errors of people alike in skill go together), heard = 1 + (present - 1) voice,
    voice = unit(safety (0.4 + 0.6 participation)), and a share of its lack made up by practised voice;
    delegated mean v of the team + (ε_d (0.4 + 0.6 complexity)(1 - shared direction)(1 - (mean competence)^4))^2,
    as decisions drift apart: experts know by themselves what goes together (substitutes for leadership; Kerr & Jermier
    1978). Variance is reduced by data and, in novel work, by replanning: variance x (1 - κ_e informed)
    (1 - κ_i iteration novelty), informed = data, and a share of its lack made up by tools that help to judge: practised
    judgement x what people get out of tools (`in_hand`); quality = unit(1 / (1 + variance) + 0.04 z), z a standard
    normal draw.
    Hours for each person: in meetings h_m decided x participation / (alone + participation) x present / people, at most
    16; on what is delegated h_a decisions x delegation / people.
    Work held up: held / (1 + held), held = b_u urgency x decisions per person x delay.
    """
    n = max(team.employed, 1.0)
    shared = team.participation
    delegated = team.delegation
    alone = max(1.0 - shared - delegated, 0.0)

    led = team.decisions * (alone + shared)
    decided = leader.prompt * (led + team.waiting)
    team.waiting = 0.9 * (led + team.waiting - decided)  # a tenth of what waits settles itself, one way or another
    busy = min(leader.deciding, 0.9)
    wait = team.waiting / max(decided, 0.01) + p.queue_wait * busy / (1.0 - busy)
    if leader.away > 0.0:
        wait = leader.away - 0.5

    able = unit(team.competence * team.confidence + 0.5 * team.shared_direction)
    present = n / (1.0 + n / p.meeting_limit)
    delay_together = p.delay_meeting + p.delay_per_participant * present
    delay_together *= 1.0 - p.iteration_convenes * team.iteration
    absent = (1.0 - leader.presence) ** 2
    delay_alone = p.delay_alone + p.hard_to_reach * absent
    delay_delegated = p.delay_delegated + p.hesitation * (1.0 - able) * (0.5 + absent)
    deciding = alone * delay_alone + shared * delay_together + delegated * delay_delegated
    team.delay = deciding / team.pace + (alone + shared) * wait

    skill_error = (p.judgement_error * company.complexity) ** 2
    missing = (p.dispersed_knowledge * company.complexity) ** 2
    alike = 1.0 - 0.8 * team.diversity
    voice = spread(unit(team.psychological_safety * (0.4 + 0.6 * shared)), company.practised_voice)
    heard = 1.0 + max(present - 1.0, 0.0) * voice
    own = skill_error * team.incompetence_squared
    variance_alone = skill_error * (1.0 - leader.competence) ** 2 + missing
    variance_together = own * (alike + (1.0 - alike) / heard) + missing * (1.0 - voice) ** 2
    drift = p.drift_apart * (0.4 + 0.6 * company.complexity) * (1.0 - team.shared_direction)
    variance_delegated = own + (drift * (1.0 - team.competence**4)) ** 2
    variance = alone * variance_alone + shared * variance_together + delegated * variance_delegated
    informed = spread(team.data, company.practised_judgement * in_hand(company))
    variance *= 1.0 - p.data_helps_judgement * informed
    variance *= 1.0 - p.iteration_corrects * team.iteration * company.novelty
    team.quality = unit(1.0 / (1.0 + variance) + 0.04 * team_luck.judgement)

    together = decided * shared / max(alone + shared, 0.01)
    team.meeting_hours = min(together * p.hours_per_meeting * present / n, 16.0)
    team.deciding_hours = team.decisions * delegated * p.hours_per_decision / n
    held_up = p.blocked_by_delay * company.urgency * (team.decisions / n) * team.delay
    team.blocked = held_up / (1.0 + held_up)
