"""Other processes for tests: copies of one that has imported what they need, which are there in no time."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

ELSEWHERE = get_context("forkserver")
"""Processes that share nothing with the tests but what has been imported."""

ELSEWHERE.set_forkserver_preload(
    ["sim.view.study.run", "sim.analysis.study.registry", "scipy.stats", "pyarrow.parquet"]
)


def pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes."""
    return ProcessPoolExecutor(workers, mp_context=ELSEWHERE)


def exit_status(function: Callable[..., Any], *given: Any) -> int | None:
    """Call a function in a process of its own; the number of the signal that ended it is negative."""
    process = ELSEWHERE.Process(target=function, args=given)
    process.start()
    process.join(120)
    status = process.exitcode
    process.kill()
    process.join()
    process.close()
    return status
