"""Mechanism 9, trust: builds slowly on support, fairness and kept promises, and breaks fast."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule


@rule
def give_trust(employee, week, leader, company, p):
    """Trust in the leader and the company: t += r (goal - t), r slow upward, fast downward (Slovic 1993).

    goal = base + s support + y say + g recognition + v service + f (1 - over-supervision) + k kept promises
    + i integrity kept - h integrity (1 - kept)^2 - j fear;
    say = unit(participation + 0.8 delegation); promises kept = attention, the share of what was meant that was done;
    kept = attention x conduct: who proclaims values is held to them; a lapse is forgiven, a pattern is not
    (behavioural integrity; Simons 2002).
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
