"""Small studies to test with."""

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sim.study.execute import Done, Progress, run_plan
from sim.study.load import study_from
from sim.study.plan import Plan, plan_study
from sim.study.resolve import ResolvedStudy
from sim.study.results_folder import Folder
from sim.view.study.making import make_of_it, more_runs

SMALL: dict[str, Any] = {
    "name": "small",
    "title": "A small study",
    "scenarios": ["everyday"],
    "styles": ["autocratic", "democratic"],
    "replications": 3,
    "weeks": 6,
}

TINY_CHUNK = 3_000.0
"""Person-weeks, so that even the small study is cut into several chunks."""


def vary(path: str, *values: Any, **more: Any) -> dict[str, Any]:
    """An entry of [[design.vary]]."""
    return {"path": path, **({"values": list(values)} if values else {}), **more}


def small(folder: Path = Path(), **keys: Any) -> ResolvedStudy:
    """The small study, with other keys; `vary` makes a factorial design."""
    if "vary" in keys:
        keys["design"] = {"kind": "factorial", "vary": keys.pop("vary")}
    return study_from({**SMALL, **keys}, folder=folder)


def begun(path: Path, study: ResolvedStudy, chunk_work: float | None = TINY_CHUNK) -> Folder:
    """A folder for a study, in which nothing has been run yet."""
    return Folder.begin(path, plan_study(study, chunk_work), "a test")


def plan_in(folder: Folder) -> Plan:
    """The plan of a study's folder."""
    plan = folder.plan()
    assert isinstance(plan, Plan)
    return plan


def run(
    folder: Folder, workers: int | None = None, executor: Executor | None = None, progress: Progress | None = None
) -> Done:
    """Run what is left of a study in its folder."""
    return run_plan(
        folder, folder.plan(), workers=workers, executor=executor, progress=progress, more=more_runs, finish=make_of_it
    )
