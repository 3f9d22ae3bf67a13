"""Runs tasks side by side, on threads or any executor: how large a task is, and what happens when one fails."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice

TASK_WORK = 250_000
"""Work of a task, in person-weeks: long enough to outweigh its overhead, short enough for progress to move."""

CHUNK_WORK = 8_000_000
"""Work of a chunk of a study, which is a file of its own: one to five seconds of one processor core."""

SMALLEST_CHUNK = 500_000
MANY_CHUNKS = 16
"""A small study is cut into about as many chunks, unless they get smaller than that."""

AHEAD = 2
"""Tasks handed out for each worker: one that it works on and one that waits."""


def cores_here() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chunk_work(total: float) -> float:
    """How much work a chunk of a study holds at most, when all of it is `total`."""
    return min(max(total / MANY_CHUNKS, SMALLEST_CHUNK), CHUNK_WORK)


def parts(numbers: range, work: float, most: float | None = None, fewest: int = 1) -> Iterator[range]:
    """Replications in equal parts, the last one perhaps smaller.

    Args:
        numbers: of the replications.
        work: of one of them.
        most: work that a part holds, unless one replication is more; by default TASK_WORK.
        fewest: parts there shall be, as far as there are replications.
    """
    size = max(1, min(int((TASK_WORK if most is None else most) // work), -(-len(numbers) // fewest)))
    return (numbers[first : first + size] for first in range(0, len(numbers), size))


def run_tasks[Item, Result](
    task: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    in_order: bool = True,
    patience: float = 0.0,
) -> Iterator[tuple[Item, Result]]:
    """Do a task with each item, and give item and result as soon as they are there.

    No more than AHEAD tasks a worker are handed out at a time, so that memory stays flat. What has not begun is dropped
    when a task fails, on Ctrl-C, and when no further result is asked for.

    Args:
        task: what to do; it must be one that can be sent, where the executor's workers are other processes.
        items: any number.
        workers: threads; by default one for each core. With an executor, how many tasks it works on at once.
        executor: anything that runs functions elsewhere, instead of threads; it is not shut down.
        in_order: whether results come in the order of the items, or as they are done.
        patience: seconds that tasks in progress have to finish after Ctrl-C; what they give then comes, too.
    """
    workers = workers or cores_here()
    pool = executor or ThreadPoolExecutor(workers)
    waiting = iter(items)
    pending: dict[Future[Result], Item] = {}

    def hand_out() -> None:
        for item in islice(waiting, AHEAD * workers - len(pending)):
            pending[pool.submit(task, item)] = item

    try:
        hand_out()
        while pending:
            done = [next(iter(pending))] if in_order else wait(pending, return_when=FIRST_COMPLETED).done
            for future in done:
                result = future.result()
                item = pending.pop(future)
                hand_out()
                yield item, result
    except KeyboardInterrupt:
        running = {future for future in pending if not future.cancel()}
        for future in wait(running, timeout=patience).done:
            if future.exception() is None:  # workers that are other processes get Ctrl-C, too
                yield pending.pop(future), future.result()
        raise
    finally:
        for future in pending:
            future.cancel()
        if executor is None:
            pool.shutdown(wait=False, cancel_futures=True)
