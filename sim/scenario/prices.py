"""Tells whether a scenario says what things cost; where it does not, no page or report names amounts of money."""

from collections.abc import Iterable

from sim.scenario.schema import Scenario
from sim.scenario.sections import Money

PRICES = ("price", "pay", "overhead", "hiring_cost")

MONEY = ("revenue", "cost", "profit")
"""Metrics that mean nothing where nobody has said what things cost."""

NO_MONEY = (
    "Money is left out, because nobody has said what things cost here: [money] takes price, pay, overhead and"
    " hiring_cost."
)


def money_is_given(scenario: Scenario) -> bool:
    """Whether somebody has said what things cost in this company: any price that is not the usual one, or a range."""
    usual, ranges = Money(), {f"money.{name}" for name in PRICES}
    own = any(getattr(scenario.money, name) != getattr(usual, name) for name in PRICES)
    return own or not ranges.isdisjoint(scenario.uncertain)


def without_money(scenario: Scenario, metrics: Iterable[str], asked: Iterable[str] = ()) -> tuple[str, ...]:
    """The metrics that are shown: all of them, or none of money where no prices are given, but for those asked for."""
    shown, wanted = money_is_given(scenario), set(asked)
    return tuple(name for name in metrics if shown or name not in MONEY or name in wanted)
