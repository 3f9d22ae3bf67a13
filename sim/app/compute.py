"""Runs comparisons for all visitors at once: in pieces, on as many threads as there are cores, newest question first.

`Newest` belongs to one visitor and forgets what is not wanted any more; `run` does the work of one question.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.run import luck
from sim.run.case import Case, run_case
from sim.run.record import Record

if TYPE_CHECKING:
    from sim.app.compare.setting import Job

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
    case = Case(job.scenario, job.styles, {}, range(job.replications), job.seed, job.weeks)
    record = Record(metrics=tuple(metrics), weekly=True)
    outcome = run_case(case, record, executor=threads(), stopped=stopped, drawing=luck.kept)
    return None if outcome is None or outcome.weekly is None else outcome.weekly.transpose(3, 1, 0, 2)


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
