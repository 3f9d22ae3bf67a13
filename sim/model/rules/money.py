"""Mechanism 15, money: revenue less pay, overhead, hiring and practices."""

from sim.model.rules.compiled import rule


@rule
def keep_books(company, tally):
    """revenue = output x price x (0.7 + 0.4 fit); cost = people x (pay + practices) + positions x overhead + hires.

    Thousands of the scenario's currency a week; pay falls due for the people employed during the week.
    """
    company.revenue = tally.output * company.price * (0.7 + 0.4 * company.strategic_fit)
    company.cost = tally.employed * company.pay + tally.positions * company.overhead + tally.hires * company.hiring_cost
    company.cost += tally.employed * company.practice_money
    company.profit = company.revenue - company.cost
    company.cash += company.profit
