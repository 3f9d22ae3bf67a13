"""Estimates how long a study will take and how large it will be, by running a little of it."""

import time
from typing import NamedTuple

from sim.run import pool
from sim.study.jobs import Finished
from sim.study.plan import Chunk, Plan

SECONDS_OF_TRIAL = 0.4
"""That a study is tried for, at most, before it is said how long it takes."""


class Estimate(NamedTuple):
    """What a study will take: seconds, and bytes of its chunks."""

    seconds: float
    size: float


def estimate(plan: Plan, workers: int | None = None) -> Estimate:
    """Run a little of a study to see how long it will take with so many workers, and how large its chunks will be.

    Compiles the rules if they are not yet.
    """
    chunk = plan.chunks[0]
    plan.sample().run()
    some = plan.sample().run()
    # All replications of some points, since making a point ready takes as long as some of its runs.
    times = max(1, min(int(SECONDS_OF_TRIAL / max(some.seconds, 1e-6)), 2000))
    replications = chunk.replications[:times]
    points = chunk.points[: max(1, times // len(replications))]
    little = Chunk(chunk.situation, points, replications)
    begun = time.perf_counter()
    done = plan.job(little).run()
    seconds = time.perf_counter() - begun
    to_follow = plan.all_runs / sum(map(plan.runs, plan.chunks))
    share = to_follow * sum(map(plan.work, plan.chunks)) / plan.work(little)
    cores = min(workers or pool.cores_here(), pool.cores_here())
    # The more rows, the better they are packed, so that it is seen what a second half of them adds to the first.
    half = little._replace(points=points[: len(points) // 2]) if len(points) > 1 else little
    half = half._replace(replications=replications[: len(replications) // 2]) if len(points) == 1 else half
    first = plan.job(half).run() if plan.runs(half) else some
    rows = max(_size(done) - _size(first), 0) / max(done.runs - first.runs, 1)
    frame = max(_size(first) - rows * first.runs, 0.0)
    return Estimate(seconds * share / cores, to_follow * frame * len(plan.chunks) + rows * plan.all_runs)


def _size(done: Finished) -> int:
    return sum(map(len, done.files.values()))
