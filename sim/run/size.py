"""How large a run is, in positions and person-weeks, and how many replications come to so much work."""

from collections.abc import Mapping
from typing import Any

from sim.model.input_records import largest_sizes
from sim.scenario.schema import Scenario

RUN_WORK = 500
"""Person-weeks that setting up a run takes as long as."""


def positions(scenario: Scenario) -> int:
    """Positions that a company has room for: those of the first day, and all that growth opens."""
    return sum(largest_sizes(scenario))


def positions_of_table(table: Mapping[str, Any]) -> int:
    """The same of a scenario that is a table, of which nothing is checked."""
    opened = sum(int(event["people"]) for event in table["events"] if event["event"] == "growth")
    return sum(int(team["size"]) for team in table["teams"]) + opened


def person_weeks(scenario: Scenario, weeks: int, styles: int = 1) -> int:
    """Of one replication under some styles."""
    return positions(scenario) * weeks * styles


def work_of(people: int, weeks: int, styles: int) -> float:
    """Person-weeks of one replication under some styles, with what setting up takes as long as."""
    return float(styles * (people * weeks + RUN_WORK))


def affordable(budget: float, work: float, fewest: int, most: int) -> int:
    """How many replications come to no more work than the budget, but not fewer or more of them than these.

    Args:
        budget: person-weeks of all replications.
        work: of one of them, more than 0.
        fewest: replications that are made whatever they cost.
        most: replications that are enough.
    """
    return int(min(most, max(fewest, budget // work)))
