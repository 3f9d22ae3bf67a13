"""What practices are worth to a company: runs it with and without each, on the same people and luck."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.analysis.break_even import BreakEven, break_even
from sim.analysis.summary import Floats, Interval, mean_interval
from sim.run.compare import compare
from sim.run.size import affordable, person_weeks
from sim.scenario.practices import practices
from sim.scenario.schema import Scenario
from sim.scenario.what_if import toggled

REPLICATIONS = 100
"""Paired runs of each practice, unless the company is large."""

FEWEST, PERSON_WEEKS = 20, 150_000
"""A large company is run less often, so that each practice takes about this much work, but not less often than this."""


class Worth(NamedTuple):
    """A practice against doing without it.

    `kept_up` says whether the scenario has it already; `money` is in thousands over the run; `gains` are the paired
    differences in some metrics, as means over the run in the metrics' units.
    """

    kept_up: bool
    money: BreakEven
    gains: Mapping[str, Interval]


def practices_worth(
    scenario: Scenario,
    style: str,
    metrics: tuple[str, ...],
    weeks: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Worth]:
    """Every practice with and without, under one leadership style; in the order of `teamsim practices`.

    Practices that the scenario has are taken out, one at a time; the others are added in their usual strength from the
    first week on.

    Args:
        scenario: the company.
        style: how it is led, as of `sim.compare`.
        metrics: what else to compare, besides money.
        weeks: length of the runs.
        seed: of all chance.
        progress: called now and then with (practices done, practices in all).
    """
    many = affordable(PERSON_WEEKS, person_weeks(scenario, weeks), FEWEST, REPLICATIONS)

    def run(situation: Scenario) -> dict[str, Floats]:
        ds = compare(situation, [style], many, weeks, seed)
        return {name: ds[name].sel(style=style).to_numpy() for name in ("profit", *metrics)}

    usual, found = run(scenario), {}
    for number, practice in enumerate(practices(), 1):
        other, kept_up = toggled(scenario, practice)
        changed = run(other)
        with_it, without = (usual, changed) if kept_up else (changed, usual)
        gains = {name: mean_interval(mean_interval(with_it[name] - without[name]).mean) for name in metrics}
        found[practice] = Worth(kept_up, break_even(with_it["profit"], without["profit"]), gains)
        if progress:
            progress(number, len(practices()))
    return found
