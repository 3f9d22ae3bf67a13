"""Experiments from beginning to end: run or resume a study, sum it up, analyse it as it asks, and draw the figures.

This is where everything comes together, and so it lies above the analyses and the charts.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.analysis.study.enough import next_round, reached
from sim.analysis.study.registry import ANALYSES, check_analyses
from sim.analysis.study.summary import SUMMARY, write_summary
from sim.experiment.execute import Progress, command_line, run_plan
from sim.experiment.loading import checked_study, load_study, study_from
from sim.experiment.opening import ExperimentResults, open_results
from sim.experiment.plan import Plan, plan_study
from sim.experiment.resolving import ResolvedStudy
from sim.experiment.store import Folder
from sim.scenario.problems import InputError
from sim.scenario.writing import written_whole

TABLES, FIGURES = "tables", "figures"
"""Folders of what analyses make, within the folder of results."""


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
    folder.take_analyses(resolved.study)
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
    check_analyses(resolved)
    return resolved


def with_precision(resolved: ResolvedStudy, half_widths: Mapping[str, float]) -> ResolvedStudy:
    """The study, run until the intervals of these columns' means are as narrow as this, and not as its file says.

    Raises:
        InputError: something that is not a column of its results; a width that is not above 0.
    """
    table = resolved.study.model_dump(exclude_none=True) | {"precision": dict(half_widths)}
    return replace(resolved, study=checked_study(table, f"{resolved.source}, --precision"))


def default_folder(resolved: ResolvedStudy) -> Path:
    """Where results go unless one says otherwise."""
    return Path("results") / resolved.study.name


def _run(
    folder: Folder, plan: Plan, workers: int | None, executor: Executor | None, progress: Progress | None
) -> ExperimentResults:
    run_plan(folder, plan, workers=workers, executor=executor, progress=progress, more=more_runs, finish=make_of_it)
    return open_results(folder.path)


def more_runs(folder: Folder, plan: Plan) -> int | None:
    """How many replications every point shall have for the precision that the study asks for; None if it has them."""
    return next_round(open_results(folder.path, plan), plan) if plan.resolved.study.precision else None


def make_of_it(folder: Folder, plan: Plan) -> None:
    """Write summary.csv, and the tables and figures of the analyses that the study asks for.

    An analysis that the results do not allow is noted in the manifest with the reason, and the others are made; so is
    how many figures of an analysis are not drawn because there would be too many of them.
    """
    results = open_results(folder.path, plan)
    write_summary(results, folder.path / SUMMARY)
    for name in (TABLES, FIGURES):
        for old in (folder.path / name).glob("*"):
            old.unlink()
    not_made, not_drawn = {}, {}
    for name in results.study.analyses:
        try:
            tables = ANALYSES[name].tables(results)
            _write_tables(folder, tables)
            if results.study.analysis.figures:
                not_drawn[name] = _draw(folder, results, name, tables)
        except MemoryError:
            raise
        except InputError as error:
            not_made[name] = str(error)
        except Exception as error:  # of a library that the results are too odd for; they are worth more than this
            not_made[name] = f"{type(error).__name__}: {error}"
    precision = reached(results) if results.study.precision else {}
    left_out = {name: many for name, many in not_drawn.items() if many}
    folder.note(not_made=not_made, not_drawn=left_out, half_widths=precision)


def _write_tables(folder: Folder, tables: Mapping[str, Any]) -> None:
    (folder.path / TABLES).mkdir(exist_ok=True)
    for name, table in tables.items():
        with written_whole(folder.path / TABLES / f"{name}.csv") as unfinished:
            table.to_csv(unfinished, index=False)


def _draw(folder: Folder, results: ExperimentResults, analysis: str, tables: Mapping[str, Any]) -> int:
    """Save the figures of an analysis, and say how many are not drawn."""
    from sim.view.charts import save_chart
    from sim.view.study.figures import figures

    (folder.path / FIGURES).mkdir(exist_ok=True)
    found = figures(results, analysis, tables)
    for name, chart in found.charts.items():
        for kind in results.study.analysis.figures:
            save_chart(chart, folder.path / FIGURES / f"{name}.{kind}")
    return found.left_out
