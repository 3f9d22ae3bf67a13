"""The smallest group of people that a figure may describe, so that nobody can be recognised by it."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence

from sim.scenario.history import COUNTS, LEAST, History
from sim.scenario.problems import InputError, listed
from sim.scenario.schema import Scenario

SMALLEST_GROUP = 5

LEVELS = ("share_d1", "share_d2", "share_d3", "share_d4")
"""Metrics that say of few people how one of them is rated."""


def large_enough(counts: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Neighbouring groups put together until each has nobody, or as many people as a figure may be of.

    Args:
        counts: people of each group, in an order in which neighbours are alike.

    Returns:
        The places of the groups that are one; nothing, if all of them together are too few.
    """
    for cuts in range(len(counts) - 1, -1, -1):
        for ends in itertools.combinations(range(1, len(counts)), cuts):
            groups = [tuple(range(*pair)) for pair in itertools.pairwise((0, *ends, len(counts)))]
            sums = [sum(counts[place] for place in group) for group in groups]
            if sum(sums) and all(total == 0 or total >= SMALLEST_GROUP for total in sums):
                return tuple(groups)
    return ()


def counted_together(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts of groups in their order, neighbours together where one has too few: {"D1-D2": 5, "D3": 6, "D4": 0}."""
    names = list(counts)
    return {
        names[group[0]] + (f"-{names[group[-1]]}" if len(group) > 1 else ""): sum(
            counts[names[place]] for place in group
        )
        for group in large_enough(list(counts.values()))
    }


def is_small(scenario: Scenario) -> bool:
    """Whether people are listed one by one, and too few of them for figures about them."""
    return 0 < len(scenario.employees.people) < SMALLEST_GROUP


def hidden(scenario: Scenario, metrics: Iterable[str]) -> list[str]:
    """Those of some metrics that are not shown of so few people."""
    return [name for name in metrics if name in LEVELS] if is_small(scenario) else []


def refuse_small_groups(scenario: Scenario, metrics: Iterable[str]) -> None:
    """See that no metric is asked for that is not shown of so few people.

    Raises:
        InputError: one is.
    """
    if few := hidden(scenario, metrics):
        people = len(scenario.employees.people)
        raise InputError(
            f"{listed(few)}: {people} people are listed, and shares of levels are not shown of fewer than"
            f" {SMALLEST_GROUP}. Take another metric, such as output."
        )


def without_small_groups(history: History, people: int) -> tuple[History, tuple[str, ...]]:
    """A history without survey means of too few people, and the headings of columns of which nothing is left.

    Args:
        history: any.
        people: there, where the history does not say how many.

    Raises:
        InputError: nothing is left that could be foreseen.
    """
    counts = history.series["headcount"].values if "headcount" in history.series else (math.nan,) * len(history.labels)
    there = [people if math.isnan(count) else count for count in counts]
    series, gone = {}, []
    for name, one in history.series.items():
        if not one.is_survey:
            series[name] = one
            continue
        values = tuple(math.nan if n < SMALLEST_GROUP else v for n, v in zip(there, one.values, strict=True))
        if sum(not math.isnan(value) for value in values) < LEAST:
            gone.append(one.heading)
        else:
            series[name] = one._replace(values=values)
    if gone and not set(series) - set(COUNTS[:2]):
        raise InputError(
            f"{history.path}: {listed(gone)}: means of fewer than {SMALLEST_GROUP} people, which are not used, since"
            " they could tell who said what; nothing else is there to fit. Add who left, output or revenue."
        )
    return history._replace(series=series), tuple(gone)
