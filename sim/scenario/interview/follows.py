"""What follows from the answers, to be checked by whoever gave them: people, money in a year, what leaving costs."""

from sim.scenario.as_run import mean_fte
from sim.scenario.interview.writing import DONE_AT_MOST
from sim.scenario.schema import Scenario

WEEKS_A_YEAR = 52


def what_follows(scenario: Scenario) -> list[str]:
    """Sentences that somebody who knows the business can say yes or no to.

    Work that gets done is taken to be what customers want, but no more than the share that usually does.
    """
    money, people = scenario.money, sum(team.size for team in scenario.teams)
    full_time = people * mean_fte(scenario)
    done = min(scenario.market.demand, DONE_AT_MOST)
    sold = WEEKS_A_YEAR * full_time * done * money.price
    spent = WEEKS_A_YEAR * (full_time * money.pay + people * money.overhead)
    left = sold - spent
    result = f"which leaves about {_shown(left)}" if left >= 0 else f"which is a loss of about {_shown(-left)}"
    return [
        f"{people} people sell for about {_shown(sold)} thousand {money.currency} a year,"
        f" {_shown(sold / people)} each.",
        f"Pay and charges, rooms and tools come to about {_shown(spent)}, {result} a year before hiring."
        " Is that right?",
        f"Each person who leaves costs {money.hiring_cost:g} thousand to replace, and the work that is lost meanwhile.",
    ]


def _shown(amount: float) -> str:
    return f"{float(f'{amount:.3g}'):,.0f}" if abs(amount) >= 10 else f"{amount:.2g}"
