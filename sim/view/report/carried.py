"""Takes the difference that a report is about apart: by mechanisms, and by behaviours of either style."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sim.analysis.why import DIRECT, WAYS, affordable_replications, asked, contributions, explain, totals
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.view.report.numbers import Numbers, scale_against, step_for
from sim.view.why import Row, told

MOST_REPLICATIONS, FEWEST_REPLICATIONS = 16, 6
"""Runs of each coalition; `teamsim why` makes more."""

MOST_PERSON_WEEKS = 10_000_000
"""Of all coalitions of one way: a large company is run less often, so that nobody waits for long."""

WHOLE, REST = "difference", "rest"
"""What stands in the place of a part for the whole difference, and for what the sentence does not name."""


class Apart(NamedTuple):
    """The difference in one metric, taken apart in one way: its parts, those that make most of it first.

    `named` and `opposed` are those that a sentence names, as of `sim.view.why.told`; without `clear` there is nothing
    to say. `step` is what parts are rounded to.
    """

    parts: tuple[str, ...]
    clear: bool
    named: tuple[str, ...]
    opposed: tuple[str, ...]
    step: float


class Carried(NamedTuple):
    """What carries the difference of a style from today's: by way ("mechanisms", "behaviours") and metric.

    `ways` are those in which it could be taken apart. The numbers are the report's, by metric, style and part.
    """

    style: str
    replications: int
    ways: tuple[str, ...]
    apart: Mapping[tuple[str, str], Apart]


def table_of(by: str) -> str:
    """The table of the report's numbers in which a way's parts are."""
    return f"by {by}"


def carried(
    numbers: Numbers,
    scenario: Scenario,
    style: str,
    today: str,
    metrics: Sequence[str],
    most: int,
    weeks: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Carried:
    """Take the difference between a style and today's apart, and put what is found among the numbers.

    Args:
        numbers: of the report; what is found goes there.
        scenario: the company.
        style: whose difference is taken apart.
        today: how the company is led today.
        metrics: in what.
        most: replications that the report has; no more are made.
        weeks: length of the runs.
        seed: of all chance.
        progress: called now and then with (replications done, replications in all).
    """
    found: list[str] = []
    apart: dict[tuple[str, str], Apart] = {}
    many = min(MOST_REPLICATIONS, most)  # as many for either way, so that both take the same difference apart
    for place, by in enumerate(WAYS):

        def note(done: int, total: int, place: int = place) -> None:
            if progress:
                progress(place * total + done, len(WAYS) * total)

        try:
            once = asked(scenario, style, today, metrics, by, 1, weeks, seed)
            many = affordable_replications(once, MOST_PERSON_WEEKS, FEWEST_REPLICATIONS, many)
            ds = explain(scenario, style, today, metrics, by, many, weeks, seed, progress=note)
        except InputError:  # not one pattern of behaviour; no week with a value
            continue
        found.append(by)
        rows = contributions(ds).to_dict("records")
        for total in totals(ds).to_dict("records"):
            own = [row for row in rows if row["metric"] == total["metric"]]
            apart[by, str(total["metric"])] = take_apart(numbers, by, style, total, own)
    return Carried(style, many, tuple(found), apart)


def take_apart(numbers: Numbers, by: str, style: str, total: Row, rows: Sequence[Row]) -> Apart:
    """One difference in one way, from a row of `totals` and the rows of `contributions`; its numbers are kept."""
    table, metric = table_of(by), str(total["metric"])
    scale = scale_against(metric, float(total["baseline"]))
    names = {"today": "baseline", "then": "style", "mean": "mean", "low": "low", "high": "high"}
    ends = {name: float(total[column]) * scale for name, column in names.items()}
    numbers.put(table, metric, style, WHOLE, **ends)
    for row in rows:
        of_part = {name: float(row[name]) * scale for name in ("mean", "low", "high")}
        numbers.put(table, metric, style, str(row["part"]), **of_part)
    summary = told(total, rows)
    numbers.put(table, metric, style, REST, mean=summary.rest * scale if summary else math.nan)
    ranked = sorted(rows, key=lambda row: (row["part"] == DIRECT, -abs(row["mean"])))
    parts = tuple(str(row["part"]) for row in ranked if by == "mechanisms" or row["part"] != DIRECT)
    named, opposed = (
        [str(row["part"]) for row in some] for some in ((summary.named, summary.opposed) if summary else ((), ()))
    )
    step = step_for(ends["low"], ends["high"])
    for part in (*named, *opposed):  # none of them is said to be nothing
        step = min(step, 10.0 ** math.floor(math.log10(abs(numbers.of(table, metric, style, "mean", part)))))
    return Apart(parts, summary is not None, tuple(named), tuple(opposed), step)
