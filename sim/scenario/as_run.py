"""Prepares a scenario for a run: turns part-time staff and seasons into numbers and events that the rules know.

No rule knows either. Who works part-time counts as a person everywhere but in what the work yields and costs: output is
multiplied by the mean share of a full-time position, and so is pay; a vacancy is filled by somebody of that share.
Demand stays relative to what the people there can do in their hours. A season is a demand of so many times the usual.
"""

import math
from collections.abc import Sequence

from sim.scenario.events import Demand
from sim.scenario.schema import Scenario
from sim.scenario.weeks import WEEKS_A_YEAR

LONGEST_RUN = 1_040


def as_run(scenario: Scenario) -> Scenario:
    """The scenario itself, if nobody works part-time and no season is named; else one in which both are expressed."""
    share, season = mean_fte(scenario), scenario.market.season
    if share != 1.0:
        company = scenario.company.model_copy(update={"productivity": scenario.company.productivity * share})
        money = scenario.money.model_copy(update={"pay": scenario.money.pay * share})
        scenario = scenario.model_copy(update={"company": company, "money": money})
    if season:
        events = (*scenario.events, *seasons(by_week(season)))
        scenario = scenario.model_copy(update={"events": events})
    return scenario


def mean_fte(scenario: Scenario) -> float:
    """The mean share of a full-time position; 1 where nothing is said of it."""
    usual, people = scenario.employees.fte, scenario.employees.people
    if not people:
        return usual
    return math.fsum(usual if person.fte is None else person.fte for person in people) / len(people)


def by_week(season: Sequence[float]) -> tuple[float, ...]:
    """The factors of a year for each of its weeks: of 4 quarters, 12 months or 52 weeks."""
    return tuple(season[week * len(season) // WEEKS_A_YEAR] for week in range(WEEKS_A_YEAR))


def season_before(season: Sequence[float], weeks: int) -> tuple[float, ...]:
    """The season of a past of so many weeks, after which the year that is named begins; nothing where none is named."""
    weekly = by_week(season) if season else ()
    return tuple(weekly[(place - weeks) % WEEKS_A_YEAR] for place in range(len(weekly)))


def seasons(weekly: Sequence[float]) -> list[Demand]:
    """A year's factors as events, year after year; weeks of the same factor are one event, usual ones none."""
    found: list[Demand] = []
    start = 0
    while start < LONGEST_RUN:
        factor, end = weekly[start % WEEKS_A_YEAR], start + 1
        while end < LONGEST_RUN and weekly[end % WEEKS_A_YEAR] == factor:
            end += 1
        if factor != 1.0:
            found.append(Demand(event="demand", week=start + 1, weeks=end - start, factor=factor))
        start = end
    return found
