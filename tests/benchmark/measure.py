"""What the benchmarks share: figures shown, and what a process of its own takes in time and memory.

Where a figure is of work and not of waiting, processor time is taken, which other programs disturb little. Ratios are
of things measured in turn within one run, each at its quickest.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

LAUNCH = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
done = subprocess.run(json.loads(sys.argv[1]), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024, done.stderr]))
sys.exit(done.returncode)
"""
"""A small process starts the one that is measured, which would else be said to have used as much memory as we have."""


class Spent(NamedTuple):
    """What a process took."""

    processor: float  # s, on all cores together
    waited: float  # s
    memory: float  # MB, the most at any time
    stderr: str  # on standard error


def spent(*arguments: str, folder: Path = ROOT) -> Spent:
    """What Python takes with these arguments, and the `sim` that lies in the folder."""
    launch = [sys.executable, "-c", LAUNCH, json.dumps([sys.executable, *arguments])]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(launch, stdout=subprocess.PIPE, text=True, cwd=folder, env=environment)
    took = Spent(*json.loads(done.stdout))
    assert done.returncode == 0, took.stderr
    return took


def teamsim(*arguments: str, folder: Path = ROOT) -> Spent:
    """What the command `teamsim` takes."""
    return spent("-m", "sim.cli", *arguments, folder=folder)


def quickest[Name](
    works: Mapping[Name, Callable[[], object]], times: int = 3, clock: Callable[[], float] = time.process_time
) -> dict[Name, float]:
    """The least seconds that each work takes, all of them done in turn as often as said."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(times):
        for name, work in works.items():
            begun = clock()
            work()
            best[name] = min(best[name], clock() - begun)
    return best


def digests(workers: int) -> None:
    """Work on as many threads that shares nothing, of about the engine's length."""
    with ThreadPoolExecutor(workers) as pool:
        assert len(list(pool.map(lambda _: hashlib.sha256(bytes(16_000_000)).digest(), range(60)))) == 60


def gains(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """How much faster a work is with two workers than with one, and how much faster one is that shares nothing."""
    works: dict[tuple[str, int], Callable[[], object]] = {}
    for workers in (1, 2):
        works |= {("work", workers): partial(work, workers), ("digests", workers): partial(digests, workers)}
    took = quickest(works, times, clock=time.perf_counter)
    return took["work", 1] / took["work", 2], took["digests", 1] / took["digests", 2]


def say(text: str) -> None:
    """Show a figure; `make bench` lets it through."""
    sys.stdout.write(f"\n{text}\n")
