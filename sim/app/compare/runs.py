"""Runs what questions of visitors ask for, and keeps the newest results for whoever asks the same."""

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np

from sim.analysis.summary import HEADLINE, per_block, per_run
from sim.app import charts
from sim.app.compare.setting import Job
from sim.app.compute import Stopped, run
from sim.model.metrics import BY_NAME
from sim.scenario.weeks import QUARTER

OVER_TIME = ("morale", "output")
"""The metrics that are always drawn over time and against each other."""

MOST_POINTS = 104
"""Points of a line. In longer runs, each point is the mean of several weeks."""

type Course = tuple[charts.Floats, charts.Floats, charts.Floats]
"""Mean and ends of the interval of each point of the lines, (style, point) each."""

type Weekly = Mapping[str, charts.Floats]
"""The weeks of each metric, (style, replication, week)."""


class Ran(NamedTuple):
    """The results of a question.

    `values` has the value of each whole run: (metric, style, replication); `asked` the same of the weeks that the
    question is about. `weekly` has, for each metric that is drawn,
    the mean and the ends of the interval at each point of the lines: (style, point) each.
    """

    metrics: tuple[str, ...]
    values: charts.Floats
    asked: charts.Floats
    weekly: Mapping[str, Course]

    def of(self, metrics: Sequence[str]) -> charts.Floats:
        """The values of whole runs for some of the metrics."""
        return self.values[[self.metrics.index(metric) for metric in metrics]]

    def asked_of(self, metrics: Sequence[str]) -> charts.Floats:
        """The values of the weeks that the question is about for some of the metrics."""
        return self.asked[[self.metrics.index(metric) for metric in metrics]]


class Kept:
    """Keeps the newest results of all visitors: in a class, many visitors ask the same question.

    Args:
        most: how many are kept, of some 50 kB each.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[object, Ran] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Ran | None:
        """The results of a question, if they are kept."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: object, ran: Ran) -> None:
        """Keep these results, and drop those that were not asked for the longest time."""
        with self._lock:
            self._found[key] = ran
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def clear(self) -> None:
        """Drop all results."""
        with self._lock:
            self._found.clear()


KEPT = Kept(200)
"""The results of this server."""


def results_of(job: Job, stopped: Stopped, begun: Weekly | None = None) -> Ran | None:
    """The results of a question; None if the visitor has asked something else meanwhile.

    Args:
        job: the question.
        stopped: says whether to give up; it is called now and then.
        begun: the weeks of the first replications, where they were run already.
    """
    found = KEPT.get(key_of(job))
    if found is None:
        done = 0 if begun is None else next(iter(begun.values())).shape[1]
        rest = weeks_of(job, range(done, job.replications), stopped)
        if rest is None:
            return None
        whole = rest if begun is None else {name: np.concatenate([begun[name], rest[name]], axis=1) for name in rest}
        found = from_weeks(job, whole)
        KEPT.put(key_of(job), found)
    return found


def key_of(job: Job) -> object:
    """What results are kept by."""
    return job.key, job.metric


def weeks_of(job: Job, replications: range, stopped: Stopped) -> Weekly | None:
    """The weeks of some replications; None if the visitor has asked something else meanwhile."""
    metrics = tuple(dict.fromkeys((*OVER_TIME, job.metric, *HEADLINE)))
    found = run(job, metrics, stopped, replications)
    return None if found is None or stopped() else dict(zip(metrics, found, strict=True))


def from_weeks(job: Job, weekly: Weekly) -> Ran:
    """The results of a question, from the weeks of each metric: (style, replication, week)."""
    values = np.stack([per_run(metric, weeks) for metric, weeks in weekly.items()])
    asked = values
    if job.focus is not None:
        first, last = job.focus
        asked = np.stack([per_run(metric, weeks[..., first - 1 : last]) for metric, weeks in weekly.items()])
    return Ran(
        tuple(weekly), values, asked, _courses_of(job, {metric: weekly[metric] for metric in (*OVER_TIME, job.metric)})
    )


def _courses_of(job: Job, weekly: Weekly) -> dict[str, Course]:
    """The course of each metric. Metrics with the same number of points are computed together."""
    together: dict[int, list[str]] = {}
    for metric in weekly:
        together.setdefault(weeks_per_point(metric, job.weeks), []).append(metric)
    found: dict[str, Course] = {}
    for every, alike in together.items():
        known = per_block([weekly[metric] for metric in alike], every)
        found |= {metric: (known.mean[m], known.low[m], known.high[m]) for m, metric in enumerate(alike)}
    return found


def weeks_per_point(metric: str, weeks: int) -> int:
    """Weeks for each point of a line. Rare events, counted by the year, are shown by the quarter."""
    return QUARTER if "a year" in BY_NAME[metric].unit and weeks >= 4 * QUARTER else math.ceil(weeks / MOST_POINTS)
