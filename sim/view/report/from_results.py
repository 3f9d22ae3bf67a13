"""Starts a report from saved results: those of a comparison, or one case of a study."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import xarray as xr

from sim import results
from sim.analysis.summary import run_values, styles_of
from sim.model.metrics import METRIC_NAMES, METRICS
from sim.run.case import Case
from sim.run.compare import compare, dataset
from sim.run.outcome import Outcome
from sim.run.record import Record
from sim.scenario.load import scenario_from, scenario_names
from sim.scenario.problems import InputError, listed, shown_path, unknown
from sim.scenario.schema import Scenario
from sim.study.results import ExperimentResults, open_results
from sim.study.results_folder import Folder

if TYPE_CHECKING:
    import pandas as pd

type Source = str | Path | xr.Dataset | ExperimentResults
"""A file of `teamsim compare --parquet` or a folder of `teamsim run`, or what they hold."""

MOST_NAMED = 6
"""Points of a study that an error gives as examples."""

SAME = 1e-9
"""What the same runs may differ by on another machine."""


class Saved(NamedTuple):
    """The scenario that was run, the weeks of its runs as of `sim.compare`, and how errors and the report call it."""

    scenario: Scenario
    ds: xr.Dataset
    where: str
    called: str


def is_saved(source: object) -> bool:
    """Whether this is results, and not a scenario."""
    if isinstance(source, xr.Dataset | ExperimentResults):
        return True
    return isinstance(source, str | Path) and (Path(source).suffix.lower() == ".parquet" or _is_folder(source))


def _is_folder(source: str | Path) -> bool:
    """A folder, unless it only happens to be called like a shipped scenario."""
    return Path(source).is_dir() and str(source) not in scenario_names()


def saved_results(source: Source, case: str | None, progress: Callable[[int, int], None] | None = None) -> Saved:
    """What a report is made from.

    Args:
        source: results.
        case: of a study with several scenarios or points, which one: SCENARIO, POINT or SCENARIO:POINT.
        progress: called now and then with (runs done, runs in all).

    Raises:
        InputError: not results, or not of this version of the model; a study whose case is not told.
    """
    if isinstance(source, ExperimentResults):
        return _of_study(source, case, progress)
    if not isinstance(source, xr.Dataset) and _is_folder(source):
        return _of_study(open_results(source), case, progress)
    if case is not None:
        raise InputError("case: only results of a study (`teamsim run`) have cases. Leave it out.")
    return _of_comparison(source)


def _of_comparison(source: str | Path | xr.Dataset) -> Saved:
    ds = source if isinstance(source, xr.Dataset) else results.load(source)
    where = "results" if isinstance(source, xr.Dataset) else str(source)
    try:
        scenario = scenario_from(json.loads(ds.attrs["scenario_json"]), source=where)
    except (KeyError, TypeError, ValueError) as error:
        detail = f" ({error})" if isinstance(error, InputError) else ""
        raise InputError(
            f"{where}: these results do not say which scenario they come from{detail}. Save them anew with "
            "`teamsim compare --parquet FILE`."
        ) from None
    missing = [metric.name for metric in METRICS if metric.name not in ds.data_vars]
    if missing:
        raise InputError(
            f"{where}: these results lack {listed(missing)}, so they come from another version of teamsim. Save them "
            "anew with `teamsim compare --parquet FILE`."
        )
    return Saved(scenario, ds, where, Path(where).name)


def _of_study(study: ExperimentResults, case: str | None, progress: Callable[[int, int], None] | None) -> Saved:
    """One case of a study, with its weeks as they were recorded; else they are run again, and their sums compared."""
    Folder.at(study.path).check_model()
    where = shown_path(study.path)
    name, point = _case(study, case, where)
    found = study.resolved.situations
    situation = next(one for one in found if one.scenario.name == name)
    scenario = situation.at(situation.values(study.resolved.points.rows[point]))
    rows = study.frame
    rows = rows[(rows["scenario"] == name) & (rows["point"] == point)]
    failed = rows[rows["error"].fillna("") != ""]
    if len(failed):
        text = f'{len(failed)} of the {len(rows)} runs of this case failed, the first with "{failed["error"].iloc[0]}"'
        raise InputError(f"{where}: {text}. A report needs all of them.")
    several = len(found) * len(study.resolved.points.rows) > 1
    called = f"{study.path.name}, {name}:{point}" if several else study.path.name
    many, seed = study.study.replications, study.study.seed
    record = study.study.record
    if record.weekly and set(METRIC_NAMES) <= set(record.metrics):
        case_run = Case(scenario, situation.styles, replications=range(many), seed=seed)
        return Saved(scenario, dataset(case_run, _recorded(study, name, point, case_run)), where, called)
    ds = compare(scenario, situation.styles, many, scenario.run.weeks, seed, progress=progress)
    _check_same(ds, rows, where)
    return Saved(scenario, ds, where, f"{called}, whose weeks were run again")


def _recorded(study: ExperimentResults, name: str, point: int, case: Case) -> Outcome:
    """The weeks of a case as the folder has them."""
    import pandas as pd

    parts = [rows[(rows["scenario"] == name) & (rows["point"] == point)] for rows in study.weekly_chunks()]
    weeks = pd.concat(parts)[list(METRIC_NAMES)].to_numpy(np.float64)
    shape = (len(case.replications), len(case.styles), case.length)
    outcome = Outcome.empty(shape[:2], 0, (), Record())
    outcome.weekly = weeks.reshape(*shape, len(METRIC_NAMES))
    return outcome


def _case(study: ExperimentResults, case: str | None, where: str) -> tuple[str, int]:
    """The scenario and the point that a report is about.

    Raises:
        InputError: no such case, or none told where there are several.
    """
    names = [situation.scenario.name for situation in study.resolved.situations]
    points = len(study.resolved.points.rows)
    given, _, number = (case or "").strip().partition(":")
    if given.isdecimal() and not number and len(names) == 1:
        given, number = "", given
    name = given or (names[0] if len(names) == 1 else "")
    point = number or ("0" if points == 1 else "")
    if name and name not in names:
        raise InputError(f"{where}: case: {unknown('scenario', name, names)}")
    if point and not (point.isdecimal() and int(point) < points):
        raise InputError(f'{where}: case: got point "{point}"; allowed are 0 to {points - 1}.')
    if name and point:
        return name, int(point)
    cases = [f"{one}:{place}" if points > 1 else one for one in ([name] if name else names) for place in range(points)]
    more = ", ..." if len(cases) > MOST_NAMED else ""
    text = f"holds {len(cases)} cases, and a report is about one: say which with --case, such as"
    raise InputError(f"{where}: {text} {', '.join(cases[:MOST_NAMED])}{more}")


def _check_same(ds: xr.Dataset, rows: "pd.DataFrame", where: str) -> None:
    """Raise InputError unless every run comes to what the study noted down."""
    metrics = [metric.name for metric in METRICS if metric.name in rows.columns]
    now = run_values(ds, metrics).to_numpy()
    for place, style in enumerate(styles_of(ds)):
        noted = rows[rows["style"] == style].sort_values("replication")[metrics].to_numpy(float).T
        if noted.shape != now[:, place].shape or not np.allclose(noted, now[:, place], SAME, SAME, equal_nan=True):
            raise InputError(f"{where}: {style} comes out differently now. See `teamsim verify {where}`.")
