"""Mechanism 9, trust: builds slowly on support, fairness and kept promises, and breaks fast."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule


@rule
def give_trust(employee, week, leader, p):
    """Trust in the leader and the company: t += r (goal - t), r slow upward, fast downward (Slovic 1993).

    goal = 0.10 + 0.25 support + 0.15 say + 0.10 recognition + 0.10 service + 0.10 room + 0.25 kept;
    kept promises = attention, the share of what was intended that was done; room = 1 - over-supervision.
    The weights are assumed.
    """
    say = unit(week.participation + 0.8 * week.delegation)
    goal = unit(
        0.10
        + 0.25 * week.support
        + 0.15 * say
        + 0.10 * week.recognition
        + 0.10 * week.service
        + 0.15 * (1.0 - week.oversupervision)
        + 0.25 * leader.attention
    )
    rate = p.trust_builds if goal > employee.trust else p.trust_breaks
    employee.trust = toward(employee.trust, goal, rate)
