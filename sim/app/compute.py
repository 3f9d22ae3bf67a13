"""Runs comparisons for all visitors at once: in pieces, on as many threads as there are cores, newest question first.

`Newest` belongs to one visitor and forgets what is not wanted any more; `run` does the work of one question.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.model.build import Blueprint, Timetable
from sim.model.chance import Block, Chance
from sim.model.engine import advance
from sim.model.metrics import METRICS
from sim.model.rules.compiled import rule

if TYPE_CHECKING:
    from sim.app.compare.setting import Job

PIECE = 100_000
"""About how many person-weeks are run before looking whether the answer is still wanted (some 10 to 20 ms)."""

MOST_KEPT = 400
"""Replications whose luck is kept: a slider changes what the same people meet, and not their luck."""

LARGEST_KEPT = 2_700
"""Person-weeks of a replication whose luck is kept; all that are kept have less than 100 MB."""

_PLACES = {metric.name: place for place, metric in enumerate(METRICS)}

type Floats = NDArray[np.float64]
type Stopped = Callable[[], bool]


class Newest[Question]:
    """Answers the newest question of one visitor, in a thread of its own; older ones are dropped, even half-way.

    Args:
        answer: called with a question and a function that says whether the answer is not wanted any more.
    """

    def __init__(self, answer: Callable[[Question, Stopped], None]) -> None:
        self._answer = answer
        self._wanted: list[Question] = []
        self._changed = threading.Condition()
        self._closed = False
        # The framework gives a thread the visitor in whose name it is started.
        threading.Thread(target=self._work, name="newest", daemon=True).start()

    def ask(self, question: Question) -> None:
        """Answer this as soon as possible, and nothing that was asked before."""
        with self._changed:
            self._wanted = [question]
            self._changed.notify()

    def close(self) -> None:
        """Answer nothing any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._closed)
                if self._closed:
                    return
                question = self._wanted.pop()
            try:
                self._answer(question, lambda: bool(self._wanted) or self._closed)
            except Exception:  # whatever it was, the visitor has more questions
                logging.getLogger(__name__).exception("No answer to %r", question)


def run(job: "Job", metrics: Sequence[str], stopped: Stopped = lambda: False) -> Floats | None:
    """Run a question: the same numbers as `sim.compare` for these metrics, or nothing once it is `stopped`.

    Args:
        job: what to run.
        metrics: the metrics to keep.
        stopped: asked now and then whether to give up.

    Returns:
        The weeks of each metric: (metrics, styles, replications, weeks).
    """
    blueprint = Blueprint(job.scenario)
    timetable = blueprint.timetable(job.styles)
    places = np.array([_PLACES[metric] for metric in metrics])
    found = np.empty((len(metrics), len(job.styles), job.replications, job.weeks))
    cores = os.cpu_count() or 1
    work = max(sum(blueprint.team_sizes) * job.weeks * len(job.styles), 1)
    many = max(1, min(PIECE // work, -(-job.replications // (2 * cores))))

    def piece(first: int) -> bool:
        # One replication's weeks with all metrics stay in the processor's cache, and only what is wanted leaves it.
        rows = np.empty((len(job.styles), job.weeks, len(METRICS)))
        for r in range(first, min(first + many, job.replications)):
            if stopped():
                return False
            _replicate(blueprint, timetable, job, r, rows)
            keep(rows, places, found[:, :, r])
        return True

    pieces = [threads().submit(piece, first) for first in range(0, job.replications, many)]
    done = [one.result() for one in pieces]
    return found if all(done) else None


@rule
def keep(rows: Floats, places: NDArray[np.int64], found: Floats) -> None:
    """Copy some metrics of every week, (styles, weeks, metrics), to (metrics, styles, weeks), and hold nobody up."""
    for m in range(places.shape[0]):
        for s in range(rows.shape[0]):
            for w in range(rows.shape[1]):
                found[m, s, w] = rows[s, w, places[m]]


def _replicate(blueprint: Blueprint, timetable: Timetable, job: "Job", replication: int, rows: Floats) -> None:
    """One replication, as of `sim.model.engine.replicate`."""
    sizes = blueprint.team_sizes
    drawn = _kept_luck if sum(sizes) * job.weeks <= LARGEST_KEPT else _luck
    chance, blocks = drawn(sizes, job.weeks, job.seed, replication)
    world = blueprint.world(chance, timetable)
    teams = np.empty((len(rows), 0, len(sizes), len(METRICS)))
    for block in blocks:
        span = slice(block.first_week - 1, block.first_week - 1 + block.weeks)
        advance(world, timetable, block, blueprint, rows[:, span], teams)


def _luck(sizes: tuple[int, ...], weeks: int, seed: int, replication: int) -> tuple[Chance, Iterable[Block]]:
    """The luck of a replication: of its first day, and block by block of its weeks."""
    chance = Chance(seed, replication, sizes)
    return chance, chance.blocks(weeks)


@lru_cache(maxsize=MOST_KEPT)
def _kept_luck(sizes: tuple[int, ...], weeks: int, seed: int, replication: int) -> tuple[Chance, Iterable[Block]]:
    chance, blocks = _luck(sizes, weeks, seed, replication)
    return chance, tuple(blocks)


@cache
def threads() -> ThreadPoolExecutor:
    """The threads that all visitors share; to be called once before the first of them comes."""
    cores = os.cpu_count() or 1
    pool = ThreadPoolExecutor(cores, thread_name_prefix="weeks")
    # All are started at once: the framework would tie one that starts later to the visitor who happens to ask then.
    everybody = threading.Barrier(cores + 1)
    for _ in range(cores):
        pool.submit(everybody.wait)
    everybody.wait()
    return pool
