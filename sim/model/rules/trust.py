"""Mechanism 9, trust: a relation of one's own with the leader; trust builds slowly, and breaks fast."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.strain import threat

LOSS = 2.0
"""Losses weigh about twice as much as gains (Tversky & Kahneman 1992: 2.25)."""


@rule
def closeness(employee, p):
    """What a person gets of a leader against the team's average: 1 + l_r (2 rapport - 1)."""
    return 1.0 + p.leader_differentiates * (2.0 * employee.rapport - 1.0)


@rule
def relate(employee, week, p):
    """A leader gives more to those with whom the relation is good (leader-member exchange; Dansereau et al. 1975).

    support, recognition, service, development, participation and delegation x closeness, at most 1 each, and the last
    two together: leaders differ toward the people of one team about as much as between teams (differentiation;
    Henderson et al. 2009). Instruction, vision, goals and stances are for all.
    """
    close = closeness(employee, p)
    week.support = min(week.support * close, 1.0)
    week.recognition = min(week.recognition * close, 1.0)
    week.service = min(week.service * close, 1.0)
    week.development = min(week.development * close, 1.0)
    both = max((week.participation + week.delegation) * close, 1.0)
    week.participation *= close / both
    week.delegation *= close / both


@rule
def give_trust(employee, week, team, leader, company, p):
    """Trust in the leader and the company grows slowly and breaks fast (Slovic 1993).

    trust += rate (goal - trust), rate = ρ_t where goal > trust (slow), ρ_b elsewhere (fast);
    goal = unit(t_s benevolence + t_v respect + t_p promises kept + t_w (propensity - 0.5)
    + t_i integrity (values kept - 2 (1 - values kept)^2) - t_j threat);
    benevolence = mean of support, recognition and service; respect = mean of say and freedom from over-supervision,
    say = unit(participation + 0.8 delegation); promises kept = attention, the share of what was meant that was done
    (benevolence and integrity; Mayer, Davis & Schoorman 1995); propensity to trust anybody (Colquitt et al. 2007);
    integrity is the practised one, values kept = attention x conduct: who proclaims values is held to them; a lapse is
    forgiven, a pattern is not, and it weighs twice (behavioural integrity; Simons 2002).
    """
    benevolence = (week.support + week.recognition + week.service) / 3.0
    say = unit(week.participation + 0.8 * week.delegation)
    respect = 0.5 * (say + 1.0 - week.oversupervision)
    kept = leader.attention * leader.conduct
    goal = unit(
        p.trust_of_benevolence * benevolence
        + p.trust_of_respect * respect
        + p.trust_of_promises * leader.attention
        + p.trust_of_propensity * (employee.propensity - 0.5)
        + p.trust_of_integrity * company.practised_integrity * (kept - LOSS * (1.0 - kept) ** 2)
        - p.trust_lost_to_threat * threat(employee, team, company)
    )
    rate = p.trust_builds if goal > employee.trust else p.trust_breaks
    employee.trust = toward(employee.trust, goal, rate)
