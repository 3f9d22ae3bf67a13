"""Runs comparisons for all visitors at once: in pieces, on as many threads as there are cores, newest question first.

`Newest` belongs to one visitor and forgets what is not wanted any more; `Turns` puts the first answers of many visitors
before what makes them more exact; `run` does the work of one question.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.run import luck
from sim.run.case import Case, run_case
from sim.run.pool import cores_here
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
        turns().look()

    def close(self) -> None:
        """Answer nothing any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        turns().look()

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


class Turns:
    """Lets the questions of many visitors take turns: a first answer goes before the rest of another one.

    Args:
        most: questions at once that are few, and rests that are worked on at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked = self._first = self._rests = 0
        self._changed = threading.Condition()

    @contextmanager
    def asked(self) -> Iterator[bool]:
        """While a question is answered; True where others wait for so many answers that it should be short at first."""
        with self._changed:
            many = self._asked >= self._most
            self._asked += 1
        try:
            yield many
        finally:
            with self._changed:
                self._asked -= 1

    @contextmanager
    def first(self) -> Iterator[None]:
        """While a first answer is worked on: no rest is begun."""
        with self._changed:
            self._first += 1
        try:
            yield
        finally:
            with self._changed:
                self._first -= 1
                self._changed.notify_all()

    @contextmanager
    def rest(self, stopped: Stopped) -> Iterator[None]:
        """While the rest of an answer is worked on, once it is its turn or not wanted any more."""
        with self._changed:
            self._changed.wait_for(lambda: stopped() or (not self._first and self._rests < self._most))
            self._rests += 1
        try:
            yield
        finally:
            with self._changed:
                self._rests -= 1
                self._changed.notify_all()

    def look(self) -> None:
        """Look again who is not wanted any more."""
        with self._changed:
            self._changed.notify_all()


@cache
def turns() -> Turns:
    """The turns that all visitors take."""
    return Turns(cores_here())


def run(
    job: "Job", metrics: Sequence[str], stopped: Stopped = lambda: False, replications: range | None = None
) -> Floats | None:
    """Run a question: the same numbers as `sim.compare` for these metrics, or nothing once it is `stopped`.

    Args:
        job: what to run.
        metrics: the metrics to keep.
        stopped: asked now and then whether to give up.
        replications: their numbers; by default all of the job's.

    Returns:
        The weeks of each metric: (metrics, styles, replications, weeks).
    """
    numbers = range(job.replications) if replications is None else replications
    case = Case(job.scenario, job.styles, {}, numbers, job.seed, job.weeks)
    record = Record(metrics=tuple(metrics), weekly=True)
    outcome = run_case(case, record, executor=threads(), stopped=stopped, drawing=luck.kept)
    return None if outcome is None or outcome.weekly is None else outcome.weekly.transpose(3, 1, 0, 2)


@cache
def threads() -> ThreadPoolExecutor:
    """The threads that all visitors share; to be called once before the first of them comes."""
    cores = cores_here()
    pool = ThreadPoolExecutor(cores, thread_name_prefix="weeks")
    # All are started at once: the framework would tie one that starts later to the visitor who happens to ask then.
    everybody = threading.Barrier(cores + 1)
    for _ in range(cores):
        pool.submit(everybody.wait)
    everybody.wait()
    return pool
