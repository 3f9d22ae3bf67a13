"""Computes what follows from the answers, so that people can check it: headcount, yearly money, cost of leaving."""

from collections.abc import Mapping

from sim.scenario.as_run import mean_fte
from sim.scenario.interview.questions import answered, money_answered
from sim.scenario.interview.writing import DONE_AT_MOST
from sim.scenario.problems import listed
from sim.scenario.schema import Scenario
from sim.scenario.weeks import WEEKS_A_YEAR

NAMES = {"revenue": "revenue", "pay": "pay and charges", "overhead": "rooms and tools"}


def what_follows(scenario: Scenario, answers: Mapping[str, str]) -> list[str]:
    """Sentences that somebody who knows the business can say yes or no to; what was not answered is named as such.

    Work that gets done is taken to be what customers want, but no more than the share that usually does.
    """
    if not money_answered(answers):
        return ["Money: no figure was given, so that nothing is said of it here or in reports."]
    money, people = scenario.money, sum(team.size for team in scenario.teams)
    full_time = people * mean_fte(scenario)
    done = min(scenario.market.demand, DONE_AT_MOST)
    sold = WEEKS_A_YEAR * full_time * done * money.price
    spent = WEEKS_A_YEAR * (full_time * money.pay + people * money.overhead)
    left = sold - spent
    result = f"which leaves about {_shown(left)}" if left >= 0 else f"which is a loss of about {_shown(-left)}"
    usual = [name for key, name in NAMES.items() if not answered(answers, key)]
    assumed = f" As usual, because nobody answered: {listed(usual)}." if usual else ""
    leaving = (
        f"Each person who leaves costs {money.hiring_cost:g} thousand to replace, and the work that is lost meanwhile."
    )
    return [
        f"{people} people sell for about {_shown(sold)} thousand {money.currency} a year,"
        f" {_shown(sold / people)} each.",
        f"Pay and charges, rooms and tools come to about {_shown(spent)}, {result} a year before hiring."
        f"{assumed} Is that right?",
        *([leaving] if answered(answers, "hiring") else []),
    ]


def _shown(amount: float) -> str:
    return f"{float(f'{amount:.3g}'):,.0f}" if abs(amount) >= 10 else f"{amount:.2g}"
