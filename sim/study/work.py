"""What a folder of results is filled with: work that is cut into chunks, each of them a job that any worker can do.

A study is such work, and so are the claims and the calibration: all of them are run, kept, resumed and verified alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol

from sim.run.pool import cores_here

RUNS = "runs"
"""The kind of file that every chunk has: its rows are those of results.parquet."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a job: how many runs, how many of them failed, and the bytes of its files by kind."""

    runs: int
    failed: int
    files: Mapping[str, bytes]
    seconds: float


class Estimate(NamedTuple):
    """What some work will take: seconds, and bytes of its chunks."""

    seconds: float
    size: float


class Job(Protocol):
    """Something for one worker, who needs nothing but it and the package. Jobs with the same key give the same rows."""

    @property
    def key(self) -> str:
        """Digest of everything that the rows depend on, the model included."""

    @property
    def runs(self) -> int:
        """How many runs it holds."""

    def run(self) -> Finished:
        """Do it, in this thread."""


class Workload(Protocol):
    """Work as chunks, in the order of the results.

    `kind` says who can read it back; `labels` are the columns that tell one row of the results from all others, and
    every table of rows has a column `error`, empty where nothing failed.
    """

    kind: ClassVar[str]
    labels: ClassVar[tuple[str, ...]]

    @property
    def chunks(self) -> tuple[Any, ...]:
        """All chunks that are known so far."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each chunk's job."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of files that every chunk has."""

    @property
    def all_runs(self) -> int:
        """Runs of all chunks, and of those that are sure to follow."""

    @property
    def digest(self) -> str:
        """Of everything that the results depend on, the model aside."""

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says about it, `study` (its name), `title` and `seed` among it."""

    def job(self, chunk: Any) -> Job:
        """What a worker needs to run a chunk."""

    def runs(self, chunk: Any) -> int:
        """How many runs a chunk holds."""

    def sample(self) -> Job:
        """A small job, which compiles the rules."""

    def estimate(self, workers: int | None) -> Estimate:
        """Run a little of it, to see what all of it will take with so many workers."""

    def once_more(self, row: Mapping[str, Any]) -> Job:
        """A job whose rows have one with the same labels as this row of the results."""

    def write(self, folder: Path) -> None:
        """Write down all that it takes to read it back."""


def extrapolated(plan: Workload, chunk: Any, share: float, workers: int | None) -> Estimate:
    """Run one chunk, which is a share of everything, and say what everything will take."""
    plan.sample().run()
    done = plan.job(chunk).run()
    size = sum(map(len, done.files.values()))
    return Estimate(done.seconds / share / min(workers or cores_here(), cores_here()), size / share)


def run_job(job: Job) -> Finished:
    """Do a job in this thread; a function of its own, because that can be sent to other machines."""
    return job.run()
