"""The status of a study, read from its folder: how much is done, how fast it runs, and how long it will take."""

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sim.study.jobs import RUNS
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
    runs_per_second: float | None
    """Of the last chunks, while a process is at work."""
    seconds_left: float | None
    """Until all runs are done; analyses and figures come after that."""


RECENT = 40
"""Chunks that the rate is taken over, the last ones."""


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
    busy = folder.busy()
    ends = [
        (stored.file(key, RUNS).stat().st_mtime, plan.runs(chunk))
        for chunk, key in zip(plan.chunks, plan.keys, strict=True) if stored.has(key)
    ]  # fmt: skip
    rate = rate_of(ends, time.time()) if busy else None
    return Status(
        study=folder.manifest["study"],
        title=folder.manifest["title"],
        begun=folder.manifest["begun"],
        finished=folder.manifest["finished"] if runs_done == runs else None,  # chunks may have gone since
        busy=busy,
        runs=runs,
        runs_done=runs_done,
        chunks=len(plan.chunks),
        chunks_done=len(done),
        runs_per_second=rate,
        seconds_left=(runs - runs_done) / rate if rate else None,
    )


def rate_of(ends: Sequence[tuple[float, int]], now: float) -> float | None:
    """Runs a second over the last chunks; None with fewer than two, or where they were done at another time.

    Args:
        ends: when each chunk was done, and how many runs it holds.
        now: the time.
    """
    last = sorted(ends)[-RECENT - 1 :]
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(last)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    # What was done before an interruption says nothing of how fast it goes now.
    breaks = [place + 1 for place, gap in enumerate(gaps) if gap > max(60.0, 20 * usual)]
    recent = last[breaks[-1] if breaks else 0 :]
    if len(recent) < 2 or now <= recent[0][0]:
        return None
    return sum(runs for _, runs in recent[1:]) / (max(now, recent[-1][0]) - recent[0][0])
