"""Tries many damaged inputs on one reader: each is read or refused with one clear error, soon and in little memory."""

import contextlib
import json
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim.scenario.problems import InputError

PATIENCE = 20
"""Seconds of the processor that an input may take; by the clock, on a busy machine, SLOWER times as many."""

SLOWER = 9

LONGEST = 4_000
"""Characters of an error."""


class TooLong(BaseException):
    """An input took longer than PATIENCE; not an Exception, so that nothing on the way takes it for its own."""


def tried(name: str, count: int, seed: int) -> dict[str, Any]:
    """What came of so many damaged inputs of a reader: counts, faults with how to make each again, the slowest."""
    from tests.hostile import folders
    from tests.hostile.readers import READERS

    one_input = folders.prepared() if name == folders.NAME else _one_input(READERS[name])
    found: dict[str, Any] = {"reader": name, "tried": 0, "refused": 0, "slowest": 0.0, "faults": []}
    for number in range(count):
        place = Path(tempfile.mkdtemp(prefix="hostile-"))
        begun = time.process_time()
        try:
            with _no_longer_than(PATIENCE):
                one_input(place, random.Random(f"{seed} {number}"))  # noqa: S311 -- no secret
        except InputError as error:
            found["refused"] += 1
            if not 0 < len(str(error)) < LONGEST or "Traceback" in str(error):
                found["faults"].append(f"{name} {seed} {number}: an odd error: {str(error)[:500]!r}")
        except (Exception, TooLong):
            found["faults"].append(f"{name} {seed} {number}: {traceback.format_exc()[-1500:]}")
        finally:
            found["tried"] += 1
            found["slowest"] = max(found["slowest"], time.process_time() - begun)
            shutil.rmtree(place, ignore_errors=True)
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return found | {"slowest": round(found["slowest"], 1), "megabytes": max(used) // 1024}


def _one_input(reader: Any) -> Callable[[Path, random.Random], None]:
    examples = reader.examples()
    reader.prepare()
    with (
        contextlib.suppress(Exception, TooLong),
        _no_longer_than(10 * PATIENCE),
    ):  # whatever is imported or compiled at first use is no fault of an input
        reader.read(Path(tempfile.mkdtemp(prefix="hostile-")), examples[0])

    def one_input(place: Path, rng: random.Random) -> None:
        reader.read(place, reader.damage(rng.choice(examples), rng, examples))

    return one_input


@contextlib.contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLong(f"more than {seconds} seconds")

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, seconds), (signal.SIGALRM, signal.ITIMER_REAL, seconds * SLOWER))
    before = [signal.signal(sign, stop) for sign, _, _ in timers]
    for _, timer, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for (sign, timer, _), former in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(sign, former)


if __name__ == "__main__":
    print(json.dumps(tried(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
