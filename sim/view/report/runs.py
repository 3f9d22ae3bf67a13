"""Runs what a report needs: the comparison, the futures, and the company in other situations."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import xarray as xr

from sim.analysis.futures import futures
from sim.analysis.paired import paired_differences
from sim.analysis.practice_effects import Worth, practices_worth
from sim.analysis.summary import styles_of, summarise
from sim.model.engine import AS_IS
from sim.model.metrics import METRICS
from sim.run.compare import choose_styles, compare
from sim.scenario.problems import InputError, listed, unknown
from sim.scenario.schema import Scenario
from sim.scenario.what_if import Situation, situations
from sim.view.report.from_results import Source, saved_results

COMPARED_ON = ("morale", "output")
"""What the report weighs against each other."""

FEWEST_RUNS, FEWEST_WEEKS = 10, 13
"""Less than this gives no report: nothing could be said about luck, or about time."""

MOST_RUNS_ELSEWHERE = 200
"""Replications of each other situation, at most."""

DIRECTED = tuple(metric.name for metric in METRICS if metric.good != "neither")
"""Metrics that a manager wants high or low."""

type Progress = Callable[[int, int], None]


class Runs(NamedTuple):
    """Everything simulated.

    `ds` are the results of the scenario; `futures` has dimensions metric, style, future; `elsewhere` a table as of
    `summarise` per situation; `level` per situation and metric the styles that only luck tells from the best there;
    `worth` says per practice what it brings as the company is led today; `saved` is the file that the results were in.
    """

    scenario: Scenario
    ds: xr.Dataset
    today: str
    futures: xr.DataArray
    elsewhere: Mapping[str, pd.DataFrame]
    level: Mapping[tuple[str, str], frozenset[str]]
    situations: tuple[Situation, ...]
    worth: Mapping[str, Worth]
    saved: str | None


def run_scenario(
    scenario: Scenario,
    styles: Sequence[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Runs:
    """Run a scenario for its report; the way in which the company is led today is always among the styles.

    Raises:
        InputError: unknown style, none other than today's, too few replications, too short a run.
    """
    today = todays_style(scenario)
    asked = choose_styles(scenario, styles)
    names = asked if today in asked else (today, *asked)
    _check_enough(replications or scenario.run.replications, scenario.run.weeks, names, today)
    ds = compare(
        scenario,
        names,
        replications=replications or scenario.run.replications,
        seed=scenario.run.seed if seed is None else seed,
        progress=within(progress, 0, 30),
    )
    return _with_the_rest(scenario, ds, today, None, progress)


def run_results(
    source: Source, styles: Sequence[str] | None = None, case: str | None = None, progress: Progress | None = None
) -> Runs:
    """Take results of `sim.compare` or of a study, and run what is missing.

    Raises:
        InputError: not such results, results without today's leadership style, unknown style, too few replications.
    """
    scenario, ds, where, called = saved_results(source, case, within(progress, 0, 30))
    known, today = styles_of(ds), todays_style(scenario)
    if today not in known:
        raise InputError(
            f"{where}: holds {listed(known)}, but not {today}, which is how the company is led today and what a report "
            f"compares with. Run it anew with {today} among the styles."
        )
    for style in styles or ():
        if style not in known:
            raise InputError(f"{where}: {unknown('style', style, known)}")
    names = [style for style in known if not styles or style in styles or style == today]
    _check_enough(ds.sizes["replication"], ds.sizes["week"], names, today)
    return _with_the_rest(scenario, ds.sel(style=names), today, called, progress)


def todays_style(scenario: Scenario) -> str:
    """How the company is led today: "as-is" where leaders differ or change, else the style that all of them have."""
    return AS_IS if AS_IS in choose_styles(scenario, None) else scenario_style(scenario)


def scenario_style(scenario: Scenario) -> str:
    """The style of the first team's leader."""
    return (scenario.teams[0].leader or scenario.leader).style


def _with_the_rest(
    scenario: Scenario, ds: xr.Dataset, today: str, saved: str | None, progress: Progress | None
) -> Runs:
    _check_work(ds, today)
    names, weeks, seed = styles_of(ds), ds.sizes["week"], int(ds.attrs["seed"])
    many = min(ds.sizes["replication"], MOST_RUNS_ELSEWHERE)
    found = situations(scenario, weeks)
    elsewhere, level = {}, {}
    for number, situation in enumerate(found, 1):
        own = situation.name == "described"
        run = ds if own else compare(situation.scenario, names, many, weeks, seed)
        window = None if own else (situation.first, situation.last)
        means = summarise(run, COMPARED_ON, window)
        elsewhere[situation.name] = means
        for metric in COMPARED_ON:
            rows = means[means["metric"] == metric]
            level[situation.name, metric] = _level_with(
                run, str(rows.set_index("style")["mean"].idxmax()), metric, window
            )
        if progress:
            progress(30 + 20 * number // len(found), 100)
    drawn = futures(scenario, names, DIRECTED, weeks, seed, progress=within(progress, 50, 80))
    worth = practices_worth(scenario, today, COMPARED_ON, weeks, seed, within(progress, 80, 90))
    return Runs(scenario, ds, today, drawn, elsewhere, level, found, worth, saved)


def within(progress: Progress | None, first: int, last: int) -> Progress | None:
    """Progress of a part of the work, told as the percentage of all of it from `first` to `last`."""
    return progress and (lambda done, total: progress(first + (last - first) * done // max(total, 1), 100))


def _level_with(run: xr.Dataset, best: str, metric: str, window: tuple[int, int] | None) -> frozenset[str]:
    """The best style, and those that are not clearly behind it."""
    behind = paired_differences(run, best, [metric], window)
    return frozenset({best, *map(str, behind[~behind["clear"]]["style"])})


def _check_enough(replications: int, weeks: int, names: Sequence[str], today: str) -> None:
    if set(names) <= {today}:
        raise InputError(f"styles: got {today}, which is how the company is led today. Name at least one other.")
    if replications < FEWEST_RUNS:
        text = f"replications: got {replications}; a report needs {FEWEST_RUNS} or more to tell a difference from luck."
        raise InputError(text)
    if weeks < FEWEST_WEEKS:
        raise InputError(f"weeks: the run has {weeks}; a report needs {FEWEST_WEEKS} or more to show a course.")


def _check_work(ds: xr.Dataset, today: str) -> None:
    if not ds["output"].sel(style=today).any():
        text = f"output: nothing gets done in this company as it is led today ({today}), so that a report has nothing"
        raise InputError(f"{text} to compare with. See market.demand, and how able and willing its people are.")
