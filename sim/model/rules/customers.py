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

    goal = c_m morale + (1 - c_m) service + c_o (offer - 0.5), service = mean of process, competence, speed, power on
    the spot and fit (means over people; fit: how well the offer suits), speed = 1 / (1 + backlog in weeks), and answers
    given at once; offer = product, price and place, which customers judge before the people who serve them (Fornell et
    al. 1996);
    satisfaction += ρ_k (unit(goal) - satisfaction);
    standing += ρ_r (practised standing - standing); reputation += ρ_r (known for - reputation), known for =
    satisfaction, a share r_s standing of whose lack is made up: what people say of a company changes slowly;
    demand level += ρ_r (wanted - demand level), wanted = 1 + η_n (satisfaction + fit - appeal), within [0.3, 2], appeal
    = what satisfaction and fit were on the first day: the demand that a scenario names is that of its customers.
    Directions: service-profit chain (Hogreve et al. 2017); content employees go with content customers (Harter, Schmidt
    & Hayes 2002).
    """
    n = max(tally.employed, 1.0)
    speed = 1.0 / (1.0 + tally.backlog / max(tally.positions, 1.0))
    speed = spread(speed, company.practised_answers * in_hand(company))
    company.standing = toward(company.standing, min(company.practised_standing, 1.0), p.reputation_rate)
    service = 0.2 * ((tally.process + tally.competence + tally.on_the_spot) / n + speed + company.strategic_fit)
    goal = p.customers_of_morale * tally.morale / n + (1.0 - p.customers_of_morale) * service
    goal += p.customers_of_offer * (company.offer - 0.5)
    company.customer_satisfaction = toward(company.customer_satisfaction, unit(goal), p.customer_rate)
    known_for = spread(company.customer_satisfaction, p.reputation_of_standing * company.standing)
    company.reputation = toward(company.reputation, known_for, p.reputation_rate)
    pull = p.demand_elasticity * (company.customer_satisfaction + company.strategic_fit - company.appeal)
    company.demand_level = toward(company.demand_level, min(max(1.0 + pull, 0.3), 2.0), p.reputation_rate)
