"""Runs or resumes a study, sums it up, analyses it, and draws its figures.

This is where everything comes together, and so it lies above the analyses and the charts. The claims and the
calibration go the same way.
"""

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sim.analysis.calibration.plan import more_sets
from sim.study.execute import Progress, command_line, run_plan
from sim.study.load import named_file
from sim.study.plan import Plan
from sim.study.repair import is_lost, make_manifest, mend_points, mend_study
from sim.study.results import ExperimentResults, open_results
from sim.study.results_folder import Folder
from sim.study.reuse import planned_beside, take_runs
from sim.view.study import claims_and_calibration, making
from sim.view.study.catalog import Something, plan_of

_STEPS: dict[str, Any] = {
    "study": {"more": making.more_runs, "finish": making.make_of_it},
    "claims": {"finish": claims_and_calibration.make_of_claims},
    "calibration": {"more": more_sets, "finish": claims_and_calibration.make_of_calibration},
}
"""What decides whether there is more to run, and what is made of the results, by kind of study."""


def run_experiment(
    study: Something,
    out: str | Path | None = None,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    reuse: str | Path | None = None,
) -> ExperimentResults:
    """Run a study, or what is left of it, and open its results.

    Args:
        study: the name of a shipped study ("claims" and "calibration" are run like studies), the path of a TOML file, a
            dict with the same keys, or a loaded study.
        out: folder of the results; by default results/NAME. It is made, or taken up where it was left.
        workers: threads; by default one for each core. No result depends on it.
        executor: anything that runs functions elsewhere, such as a process pool or that of a Dask client.
        progress: called now and then with (runs done, runs in all).
        reuse: the folder of an earlier study, from which the runs are taken that it has, too; it stays as it is.

    Raises:
        InputError: something is wrong with the study; the folder holds another one; no space left; workers lost.
            Whatever was finished is kept in the folder.
    """
    plan = plan_of(study)
    path = Path(out or default_folder(study, plan))
    if is_lost(path):
        make_manifest(path, plan, command_line())
    earlier = None if reuse is None else Folder.at(reuse)
    if earlier is not None:
        plan = planned_beside(plan, earlier.plan())
    folder = Folder.begin(path, plan, command_line())
    mend_study(folder, plan)
    if plan.kind == "study":
        folder.take_analyses(plan.resolved.study)
    if earlier is not None:
        with folder.locked():
            take_runs(folder, folder.plan(), earlier)
    return _run(folder, folder.plan(), workers, executor, progress)


def resume_experiment(
    out: str | Path, *, workers: int | None = None, executor: Executor | None = None, progress: Progress | None = None
) -> ExperimentResults:
    """Run what is left of a study in its folder of results; arguments and errors as of `run_experiment`."""
    folder = Folder.at(out)
    folder.check_model()
    mend_points(folder)
    return _run(folder, folder.plan(), workers, executor, progress)


def default_folder(study: Something, plan: Plan) -> Path:
    """Where results go unless one says otherwise: a folder named after the file, or the study."""
    file = named_file(study) if isinstance(study, str | Path) else None
    return Path("results") / (file.stem if file else str(plan.facts["study"]))


def _run(
    folder: Folder, plan: Plan, workers: int | None, executor: Executor | None, progress: Progress | None
) -> ExperimentResults:
    done = run_plan(folder, plan, workers=workers, executor=executor, progress=progress, **_STEPS[plan.kind])
    results = open_results(folder.path)
    results.done = done
    return results
