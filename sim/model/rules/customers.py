"""Mechanism 13, customers: quality, speed, mood at the counter and power to help on the spot make satisfaction."""

from sim.model.rules.common import spread, toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.technology import in_hand


@rule
def power_on_the_spot(employee, week):
    """What one person can do for a customer without asking.

    (0.25 + 0.75 unit(delegation + participation / 3)) x competence.
    """
    return (0.25 + 0.75 * unit(week.delegation + week.participation / 3.0)) * employee.competence


@rule
def serve_customers(company, tally, p):
    """Satisfaction follows what customers get; reputation follows satisfaction; demand follows satisfaction and fit.

    standing += ρ_y (practised standing - standing), slowly;
    goal = c_0 + c_p process + c_k competence + c_v speed + c_m morale + c_h power on the spot (means over people)
    + c_s standing, speed = 1 / (1 + backlog in weeks), and answers given at once;
    satisfaction += ρ_k (unit(goal) - satisfaction);
    reputation += ρ_r (known for - reputation), known for = satisfaction, a share r_s standing of whose lack is made up;
    demand level += ρ_n (wanted - demand level), wanted = 1 + η_n (satisfaction + fit - 1.3), within [0.3, 2].
    Directions: service-profit chain (Hogreve et al. 2017).
    """
    n = max(tally.employed, 1.0)
    speed = 1.0 / (1.0 + tally.backlog / max(tally.positions, 1.0))
    speed = spread(speed, company.practised_answers * in_hand(company))
    company.standing = toward(company.standing, min(company.practised_standing, 1.0), p.standing_rate)
    goal = (
        p.customers_base
        + p.customers_of_process * tally.process / n
        + p.customers_of_competence * tally.competence / n
        + p.customers_of_speed * speed
        + p.customers_of_morale * tally.morale / n
        + p.customers_of_power * tally.on_the_spot / n
        + p.customers_of_standing * company.standing
    )
    company.customer_satisfaction = toward(company.customer_satisfaction, unit(goal), p.customer_rate)
    known_for = spread(company.customer_satisfaction, p.reputation_of_standing * company.standing)
    company.reputation = toward(company.reputation, known_for, p.reputation_rate)
    pull = p.demand_elasticity * (company.customer_satisfaction + company.strategic_fit - 1.3)
    company.demand_level = toward(company.demand_level, min(max(1.0 + pull, 0.3), 2.0), p.demand_rate)
