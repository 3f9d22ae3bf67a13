"""Mechanism 15, money: revenue less pay, overhead, hiring and practices."""

from sim.model.rules.compiled import rule


@rule
def keep_books(company, tally, p):
    """Add up the week's money.

    revenue = output x price x (0.7 + 0.4 fit + r_p (reputation - 0.6)): a good name fetches a better price (Homburg,
    Koschate & Hoyer 2005); cost = people x (pay + practices) + positions x overhead + hires x cost of a hire.

    Thousands of the scenario's currency a week; pay falls due for the people employed during the week.
    """
    company.revenue = (
        tally.output
        * company.price
        * (0.7 + 0.4 * company.strategic_fit + p.price_of_reputation * (company.reputation - 0.6))
    )
    company.cost = tally.employed * company.pay + tally.positions * company.overhead + tally.hires * company.hiring_cost
    company.cost += tally.employed * company.practice_money
    company.profit = company.revenue - company.cost
    company.cash += company.profit
