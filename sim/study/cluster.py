"""Offers the workers of a Dask cluster as an executor: a running cluster, or processes on this machine."""

import logging
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from sim.run.pool import cores_here
from sim.scenario.problems import InputError, shortened
from sim.study.jobs import fingerprint

LOCAL = "local"

CONNECTING, JOINING = 10, 30
"""Seconds that a scheduler has to answer, and that a first worker has to join."""


class Workers(NamedTuple):
    """An executor, and how many tasks it works on at once."""

    executor: Executor
    at_once: int


@contextmanager
def dask_workers(address: str, count: int | None = None, *, joining: float = JOINING) -> Iterator[Workers]:
    """Workers of the cluster whose scheduler has this address, or `count` processes on this machine for "local".

    A worker that is lost is made up for by the others: Dask gives them its work once more.

    Args:
        address: such as "tcp://10.0.0.5:8786", or "local".
        count: processes of a local cluster; by default one for each core.
        joining: seconds that a first worker has to join.

    Raises:
        InputError: Dask is not installed; the scheduler cannot be reached; it has no workers; a worker has another
            version of the model.
    """
    try:
        import distributed
    except ImportError:
        text = 'needs the package distributed. Install it with: pip install "teamsim[cluster]"'
        raise InputError(f"--dask: {text}") from None
    with ExitStack() as stack:
        target: Any = address
        if address == LOCAL:
            with _ignoring_ctrl_c():
                target = stack.enter_context(
                    distributed.LocalCluster(
                        n_workers=count or cores_here(),
                        threads_per_worker=1,
                        processes=True,
                        dashboard_address=":0",
                        silence_logs=logging.CRITICAL,
                    )
                )
        try:
            client = stack.enter_context(distributed.Client(target, timeout=CONNECTING))
        except (OSError, ValueError, TypeError) as error:
            text = f'the scheduler "{shortened(address)}" cannot be reached ({_reason(error)}). '
            raise InputError(f"--dask: {text}Check the address, such as tcp://10.0.0.5:8786.") from None
        try:
            client.wait_for_workers(1, timeout=joining)
        except TimeoutError:
            text = f'the scheduler "{shortened(address)}" has no workers. Start one: dask worker {shortened(address)}'
            raise InputError(f"--dask: {text}") from None
        others = [worker for worker, found in client.run(fingerprint).items() if found != fingerprint()]
        if others:
            text = f"{others[0]} has another version of the model. Install the same version of teamsim everywhere."
            raise InputError(f"--dask: {text}")
        yield Workers(client.get_executor(), sum(client.nthreads().values()))


@contextmanager
def _ignoring_ctrl_c() -> Iterator[None]:
    """Processes that are started meanwhile leave Ctrl-C to this one, which lets them finish what they are at."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _reason(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return shortened(text[-1], 120) if text else type(error).__name__
