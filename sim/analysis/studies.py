"""Experiments from beginning to end: run or resume a study, sum it up, and compute the analyses that it asks for."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.analysis.study_summary import SUMMARY, write_summary
from sim.experiment.execute import Progress, command_line, run_plan
from sim.experiment.loading import load_study, study_from
from sim.experiment.opening import ExperimentResults, open_results
from sim.experiment.plan import Plan, plan_study
from sim.experiment.resolving import ResolvedStudy
from sim.experiment.store import Folder
from sim.scenario.problems import InputError, unknown
from sim.scenario.writing import written_whole

if TYPE_CHECKING:
    import pandas as pd

TABLES = "tables"
"""Folder of the tables that analyses make, within the folder of results."""


class Analysis(NamedTuple):
    """Something that a study can have computed from its results.

    `tables` gives tables by name, each of which becomes tables/NAME.csv; it may raise InputError where the results do
    not allow it, such as a design that was not sampled.
    """

    name: str
    meaning: str
    tables: Callable[[ExperimentResults], Mapping[str, "pd.DataFrame"]]


ANALYSES: dict[str, Analysis] = {}
"""The analyses there are, by the name that a study's `analyses` gives."""


def run_experiment(
    study: str | Path | Mapping[str, Any] | ResolvedStudy,
    out: str | Path | None = None,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> ExperimentResults:
    """Run a study, or what is left of it, and open its results.

    Args:
        study: the name of a shipped study, the path of a TOML file, a dict with the same keys, or a loaded study.
        out: folder of the results; by default results/NAME. It is made, or taken up where it was left.
        workers: threads; by default one for each core. No result depends on it.
        executor: anything that runs functions elsewhere, such as a process pool or that of a Dask client.
        progress: called now and then with (runs done, runs in all).

    Raises:
        InputError: something is wrong with the study; the folder holds another one; no space left; workers lost.
            Whatever was finished is kept in the folder.
    """
    resolved = resolved_study(study)
    folder = Folder.begin(out or default_folder(resolved), plan_study(resolved), command_line())
    return _run(folder, folder.plan(), workers, executor, progress)


def resume_experiment(
    out: str | Path, *, workers: int | None = None, executor: Executor | None = None, progress: Progress | None = None
) -> ExperimentResults:
    """Run what is left of a study in its folder of results; arguments and errors as of `run_experiment`."""
    folder = Folder.at(out)
    folder.check_model()
    return _run(folder, folder.plan(), workers, executor, progress)


def resolved_study(study: str | Path | Mapping[str, Any] | ResolvedStudy) -> ResolvedStudy:
    """Load a study in whatever form it is given, and check that the analyses it asks for exist.

    Raises:
        InputError: anything wrong with it.
    """
    if isinstance(study, Mapping):
        resolved = study_from(study)
    elif isinstance(study, ResolvedStudy):
        resolved = study
    else:
        resolved = load_study(study)
    for place, name in enumerate(resolved.study.analyses, 1):
        if name not in ANALYSES:
            raise InputError(f"{resolved.source}: analyses[{place}]: {unknown('analysis', name, ANALYSES)}")
    return resolved


def default_folder(resolved: ResolvedStudy) -> Path:
    """Where results go unless one says otherwise."""
    return Path("results") / resolved.study.name


def _run(
    folder: Folder, plan: Plan, workers: int | None, executor: Executor | None, progress: Progress | None
) -> ExperimentResults:
    run_plan(folder, plan, workers=workers, executor=executor, progress=progress, finish=sum_up_and_analyse)
    return open_results(folder.path)


def sum_up_and_analyse(folder: Folder, plan: Plan) -> None:
    """Write summary.csv, and the tables of the analyses that the study asks for."""
    results = open_results(folder.path)
    write_summary(results, folder.path / SUMMARY)
    for name in plan.resolved.study.analyses:
        if name not in ANALYSES:
            raise InputError(f"{plan.resolved.source}: analyses: {unknown('analysis', name, ANALYSES)}")
        for table, rows in ANALYSES[name].tables(results).items():
            (folder.path / TABLES).mkdir(exist_ok=True)
            with written_whole(folder.path / TABLES / f"{table}.csv") as unfinished:
                rows.to_csv(unfinished, index=False)
