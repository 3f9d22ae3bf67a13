"""How far a study has come, as its folder shows."""

from pathlib import Path
from typing import NamedTuple

from sim.study.results_folder import Folder


class Status(NamedTuple):
    """What is done of what; `busy` says whether a process is working in the folder, `begun` and `finished` when."""

    study: str
    title: str
    begun: str
    finished: str | None
    busy: bool
    runs: int
    runs_done: int
    chunks: int
    chunks_done: int


def status_of(path: str | Path) -> Status:
    """The state of a folder of results; nothing is changed, and a process that works there is not disturbed.

    Raises:
        InputError: not a folder of results, or a damaged one.
    """
    folder = Folder.at(path)
    plan = folder.plan()
    stored = folder.stored(plan, check=False)
    done = [chunk for chunk, key in zip(plan.chunks, plan.keys, strict=True) if stored.has(key)]
    runs, runs_done = plan.all_runs, sum(map(plan.runs, done))
    return Status(
        study=folder.manifest["study"],
        title=folder.manifest["title"],
        begun=folder.manifest["begun"],
        finished=folder.manifest["finished"] if runs_done == runs else None,  # chunks may have gone since
        busy=folder.busy(),
        runs=runs,
        runs_done=runs_done,
        chunks=len(plan.chunks),
        chunks_done=len(done),
    )
