"""Many cases on all cores: what every run of each comes to, case by case as they are done."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace

import numpy as np

from sim.study.cases import WHOLE_RUN_ONLY, Case, Outcome, run_cases
from sim.study.plan import RUN_WORK
from sim.study.spec import Record
from sim.study.work import cores_here

PIECE_WORK = 1_000_000
"""Person-weeks that one thread is given at a time: some tenths of a second."""


def simulate(
    cases: Iterable[Case],
    record: Record = WHOLE_RUN_ONLY,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Iterator[Outcome]:
    """Run cases side by side and give what each came to, in their order.

    Cases that stand next to one another and share seed and replications are run together, for they share their chance.
    No more than a few are held at a time, so that any number can be asked for.

    Args:
        cases: any number; see `Case`.
        record: what to keep of each run; its `columns` name those of the values.
        workers: threads; by default one for each core. The values do not depend on it.
        executor: anything that runs functions elsewhere, instead of threads; `workers` then says how much at a time.

    Raises:
        InputError: a style that a case's scenario does not have.
    """
    workers = workers or cores_here()
    pool = nullcontext(executor) if executor is not None else ThreadPoolExecutor(workers)
    with pool as given:
        pending: deque[tuple[list[tuple[Case, bool]], Future[list[Outcome]]]] = deque()
        begun: list[Outcome] = []
        for pieces in _batches(cases):
            pending.append((pieces, given.submit(run_cases, [piece for piece, _ in pieces], record)))
            if len(pending) > 2 * workers:
                yield from _whole(*pending.popleft(), begun)
        while pending:
            yield from _whole(*pending.popleft(), begun)


def _batches(cases: Iterable[Case]) -> Iterator[list[tuple[Case, bool]]]:
    """Cases in batches of about PIECE_WORK, large ones cut up; with each piece whether it is the last of its case."""
    batch: list[tuple[Case, bool]] = []
    gathered = 0.0
    for case in cases:
        people = sum(team.size for team in case.scenario.teams)
        work = len(case.styles) * (people * case.scenario.run.weeks + RUN_WORK)
        size = max(1, int(PIECE_WORK // work))
        for first in range(0, len(case.replications), size):
            numbers = case.replications[first : first + size]
            batch.append((replace(case, replications=numbers), first + size >= len(case.replications)))
            gathered += work * len(numbers)
            if gathered >= PIECE_WORK:
                yield batch
                batch, gathered = [], 0.0
    if batch:
        yield batch


def _whole(pieces: list[tuple[Case, bool]], future: Future[list[Outcome]], begun: list[Outcome]) -> Iterator[Outcome]:
    """The cases that are complete with this batch; `begun` holds the pieces of one that is not, and is changed."""
    for (_, is_last), outcome in zip(pieces, future.result(), strict=True):
        begun.append(outcome)
        if is_last:
            yield _joined(begun)
            begun.clear()


def _joined(pieces: list[Outcome]) -> Outcome:
    if len(pieces) == 1:
        return pieces[0]
    errors, before = {}, 0
    for piece in pieces:
        errors.update({(before + r, s): text for (r, s), text in piece.errors.items()})
        before += len(piece.values)
    weekly = [piece.weekly for piece in pieces if piece.weekly is not None]
    people = [piece.people for piece in pieces if piece.people is not None]
    return Outcome(
        values=np.concatenate([piece.values for piece in pieces]),
        weekly=np.concatenate(weekly) if weekly else None,
        people=np.concatenate(people) if people else None,
        errors=errors,
    )
