"""Mechanism 9, trust: builds slowly on support, fairness and kept promises, and breaks fast."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule


@rule
def give_trust(employee, week, leader, company, p):
    """Trust in the leader and the company grows slowly and breaks fast (Slovic 1993).

    trust += rate (goal - trust), rate = ρ_t where goal > trust (slow), ρ_b elsewhere (fast);
    goal = unit(t_0 + t_s support + t_v say + t_r recognition + t_o service + t_f (1 - over-supervision)
    + t_p promises kept + t_i integrity x values kept - t_h integrity (1 - values kept)^2 - t_j fear);
    say = unit(participation + 0.8 delegation); promises kept = attention, the share of what was meant that was done;
    integrity is the practised one, values kept = attention x conduct: who proclaims values is held to them; a lapse is
    forgiven, a pattern is not (behavioural integrity; Simons 2002).
    """
    say = unit(week.participation + 0.8 * week.delegation)
    kept = leader.attention * leader.conduct
    goal = unit(
        p.trust_base
        + p.trust_of_support * week.support
        + p.trust_of_say * say
        + p.trust_of_recognition * week.recognition
        + p.trust_of_service * week.service
        + p.trust_of_freedom * (1.0 - week.oversupervision)
        + p.trust_of_promises * leader.attention
        + p.trust_of_integrity * company.practised_integrity * kept
        - p.trust_lost_to_hypocrisy * company.practised_integrity * (1.0 - kept) ** 2
        - p.trust_lost_to_fear * company.fear
    )
    rate = p.trust_builds if goal > employee.trust else p.trust_breaks
    employee.trust = toward(employee.trust, goal, rate)
