"""Runs the chunks of a study on threads, or on any executor, and keeps each as soon as it is done."""

import shlex
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sim.run.pool import run_tasks
from sim.scenario.problems import InputError, shown_path
from sim.study.jobs import Finished, Job, run_job
from sim.study.plan import Chunk, Plan
from sim.study.provenance import now
from sim.study.results_folder import Folder

type Progress = Callable[[int, int], None]
"""Called with (runs done, runs in all)."""

PATIENCE = 10
"""Seconds that chunks in progress have to finish after Ctrl-C."""


class Done(NamedTuple):
    """What a call of `run_plan` did: chunks it found, chunks it ran, and files that it found altered and made anew.

    `remade` are files of finished results that were missing or altered, though all chunks are as they were.
    """

    found: int
    ran: int
    damaged: tuple[str, ...]
    remade: tuple[str, ...] = ()


def run_plan(
    folder: Folder,
    plan: Plan,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    more: Callable[[Folder, Any], Plan | None] | None = None,
    finish: Callable[[Folder, Any], None] | None = None,
) -> Done:
    """Run the chunks that a folder does not have yet, and put all rows together.

    The rows do not depend on the number or kind of workers, on the size of chunks, or on interruptions.

    Args:
        folder: where chunks are kept.
        plan: the folder's.
        workers: threads; by default one for each core. With an executor, how many chunks it is given at a time.
        executor: anything that runs functions elsewhere; it is not shut down.
        progress: called after every chunk.
        more: the plan with what else is to be run, once the rows of those that were run are together; None if they
            are enough.
        finish: what else to make of the results once all rows are together.

    Raises:
        InputError: another process works in the folder; the model has changed; no space left; workers were lost.
            Whatever was finished is kept.
    """
    folder.check_model()
    with folder.locked():
        damaged: list[str] = []
        folder.sweep()
        remade = tuple(folder.to_be_remade())
        ran, begun = 0, time.monotonic()
        while True:
            stored = folder.stored(plan)
            folder.discard(stored.damaged)
            damaged += stored.damaged
            todo = [pair for pair in zip(plan.chunks, plan.keys, strict=True) if not stored.has(pair[1])]
            todo.sort(key=lambda pair: pair[0].points.start)  # claims are judged before they are tried in other worlds
            if not todo and folder.manifest["finished"] is not None and not remade:
                return Done(len(plan.chunks) - ran, ran, tuple(damaged))
            if todo:
                _warm_up(plan)
                _run_chunks(folder, plan, todo, workers, executor, progress)
                ran += len(todo)
            with _explained(folder, plan):
                folder.note(failed=folder.merge(plan))
                wanted = more(folder, plan) if more else None
                if wanted is None:
                    break
                plan = wanted
                folder.extend(plan)
        with _explained(folder, plan):
            if finish:
                finish(folder, plan)
            seconds = folder.manifest.get("seconds", 0.0) + time.monotonic() - begun
            folder.note(finished=now(), seconds=round(seconds, 1))
            folder.seal()
    return Done(len(plan.chunks) - ran, ran, tuple(damaged), remade)


def command_line() -> str:
    """The command that this process was started with."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])


def _warm_up(plan: Plan) -> None:
    """Compile the rules once here, and not in every worker at the same time."""
    run_job(plan.sample())


def _run_chunks(
    folder: Folder,
    plan: Plan,
    todo: Sequence[tuple[Chunk, str]],
    workers: int | None,
    executor: Executor | None,
    progress: Progress | None,
) -> None:
    """Run these chunks, and keep each as soon as it is done."""
    jobs = ((plan.job(chunk), key) for chunk, key in todo)
    total = plan.all_runs
    done = sum(map(plan.runs, plan.chunks)) - sum(plan.runs(chunk) for chunk, _ in todo)
    if progress:
        progress(done, total)
    results = _from_workers(
        run_tasks(_run, jobs, workers=workers, executor=executor, in_order=False, patience=PATIENCE), folder, plan
    )
    newest = None
    try:
        for newest in results:
            _keep(folder, plan, *newest)
            done += newest[1].runs
            if progress:
                progress(done, total)
    except KeyboardInterrupt as stop:  # wherever it came, what is nearly done is not thrown away
        if newest:
            _keep(folder, plan, *newest)
        _keep(folder, plan, *results.throw(stop))
        for newest in results:
            _keep(folder, plan, *newest)
        raise


def _run(job: tuple[Job, str]) -> Finished:
    return run_job(job[0])


type _Result = tuple[tuple[Job, str], Finished]


def _from_workers(results: Iterator[_Result], folder: Folder, plan: Plan) -> Generator[_Result]:
    """What workers give; a job notes its own errors, so whatever goes wrong here is that workers are lost."""
    try:
        yield from results
    except MemoryError:
        raise
    except Exception as error:
        text = f"the workers cannot go on ({type(error).__name__}: {error})"
        raise InputError(f"{text}. {_kept(folder, plan)}") from error


def _keep(folder: Folder, plan: Plan, job: tuple[Job, str], chunk: Finished) -> None:
    _, key = job
    try:
        folder.keep(key, chunk.files)
    except InputError as error:
        raise InputError(f"{error} {_kept(folder, plan)}") from None


def _kept(folder: Folder, plan: Plan) -> str:
    chunks = len(folder.stored(plan, check=False).chunks)
    text = f"{chunks} of {len(plan.chunks)} chunks are kept. When it is put right:"
    return f"{text} teamsim resume {shown_path(folder.path)}"


@contextmanager
def _explained(folder: Folder, plan: Plan) -> Iterator[None]:
    """Say with whatever goes wrong what is kept."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{error} {_kept(folder, plan)}") from None


__all__ = ["Done", "Progress", "command_line", "run_plan"]
