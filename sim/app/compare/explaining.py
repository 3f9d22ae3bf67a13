"""Explains in the background where a difference comes from, and stops when the visitor asks something else.

What is asked about is a style beside the baseline, what a visitor has changed, or an event of the scenario.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import solara

from sim.analysis.why import affordable_replications, asked, explain
from sim.app.compare.asking import Asked, about
from sim.app.compare.reasons import as_plain
from sim.model.mediated import needs_compiling
from sim.run import luck
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.view.language import english, said

if TYPE_CHECKING:
    from sim.app.compare.setting import Job

MOST_REPLICATIONS, FEWEST_REPLICATIONS = 30, 6
"""Runs of each coalition of mechanisms; the command line makes more."""

MOST_PERSON_WEEKS = 15_000_000
"""A large company is run less often, so that nobody waits for long."""

FAILED = english("The app could not find out why. Nothing else was lost. Try `teamsim why` on this machine.")

COMPILING = english("The model is compiled for this. That takes a minute or so, and happens once ...")

NOTHING = Asked()


@dataclass(frozen=True)
class Told:
    """What is being explained, percent done (None once it is done), what was found, and the problem if there is one."""

    asked: Asked = NOTHING
    percent: int | None = None
    patience: str = ""
    problem: str = ""
    found: dict[str, Any] = field(default_factory=dict)


class Explainer:
    """Explains differences to one visitor, the newest that was asked about."""

    def __init__(self) -> None:
        self.told = solara.reactive(Told())
        self._wanted = 0

    def ask(self, job: "Job", asked: Asked, before: Scenario | None = None) -> None:
        """Find out where a difference comes from; arguments as of `why`."""
        self._wanted += 1
        self.told.value = Told(asked, 0, said(COMPILING) if needs_compiling() else "")
        # The framework gives a thread the visitor in whose name it is started.
        threading.Thread(target=self._work, args=(job, asked, before, self._wanted), name="why", daemon=True).start()

    def forget(self) -> None:
        """Give up, and show nothing any more: something else is asked."""
        self._wanted += 1
        if self.told.value.asked.metric:
            self.told.value = Told()

    close = forget

    def _work(self, job: "Job", asked: Asked, before: Scenario | None, number: int) -> None:
        def stopped() -> bool:
            return number != self._wanted

        def note(done: int, total: int) -> None:
            percent = 99 * done // max(total, 1)
            if not stopped() and percent != self.told.value.percent:
                self.told.value = Told(asked, percent)

        try:
            found = why(job, asked, before, note, stopped)
            told = Told(asked, found=found) if found else None
        except InputError as error:
            told = Told(asked, problem=str(error))
        except Exception:
            logging.getLogger(__name__).exception("No answer to why: %s", asked)
            told = Told(asked, problem=said(FAILED))
        if told and not stopped():
            self.told.value = told


@cache
def _thread() -> ThreadPoolExecutor:
    """The one thread in which all that is asked here is run, so that sliders have the others."""
    return ThreadPoolExecutor(1, thread_name_prefix="why")


def why(
    job: "Job",
    wanted: Asked,
    before: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, Any] | None:
    """Where a difference comes from, as plain data; None once it is `stopped`.

    Args:
        job: what is shown.
        wanted: what is asked of it.
        before: the situation that a CHANGE is compared with.
        progress: called now and then with (replications done, replications in all).
        stopped: says whether to give up.

    Raises:
        InputError: the style is the baseline; the change brings other positions; the metric has no value.
    """
    it = about(job, wanted, before)
    question: dict[str, Any] = {
        "style": wanted.style, "baseline": wanted.style if it.before else job.baseline, "metrics": [wanted.metric],
        "weeks": job.weeks, "seed": job.seed, "before": it.before, "what": it.what, "during": it.during,
    }  # fmt: skip
    once = asked(job.scenario, by="mechanisms", replications=1, **question)
    most = min(MOST_REPLICATIONS, job.replications)
    many = affordable_replications(once, MOST_PERSON_WEEKS, FEWEST_REPLICATIONS, most)
    ds = explain(
        job.scenario, **question, replications=many,
        workers=1, executor=_thread(), progress=progress, stopped=stopped, drawing=luck.kept,
    )  # fmt: skip
    if not ds.sizes["replication"]:
        return None
    return as_plain(ds, wanted.metric, it.touched, it.begins)
