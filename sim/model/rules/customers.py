"""Mechanism 13, customers: quality, speed, mood at the counter and power to help on the spot make satisfaction."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule


@rule
def power_on_the_spot(employee, week):
    """What one person can do for a customer without asking: (0.25 + 0.75 unit(delegation + participation / 3)) competence."""
    return (0.25 + 0.75 * unit(week.delegation + week.participation / 3.0)) * employee.competence


@rule
def serve_customers(company, tally, p):
    """Satisfaction follows what customers get; reputation follows satisfaction; demand follows both and fit.

    goal = 0.15 + 0.25 process + 0.15 competence + 0.20 speed + 0.15 morale + 0.20 power on the spot,
    speed = 1 / (1 + backlog in weeks); demand level -> 1 + e (satisfaction - 0.65 + fit - 0.65), within [0.3, 2].
    Direction: service-profit chain (Hogreve et al. 2017); the weights are assumed.
    """
    n = max(tally.employed, 1.0)
    speed = 1.0 / (1.0 + tally.backlog / max(tally.positions, 1.0))
    goal = (
        0.15
        + 0.25 * tally.process / n
        + 0.15 * tally.competence / n
        + 0.20 * speed
        + 0.15 * tally.morale / n
        + 0.20 * tally.on_the_spot / n
    )
    company.customer_satisfaction = toward(company.customer_satisfaction, unit(goal), p.customer_rate)
    company.reputation = toward(company.reputation, company.customer_satisfaction, p.reputation_rate)
    pull = p.demand_elasticity * (company.customer_satisfaction - 0.65 + company.strategic_fit - 0.65)
    company.demand_level = toward(company.demand_level, min(max(1.0 + pull, 0.3), 2.0), p.demand_rate)
