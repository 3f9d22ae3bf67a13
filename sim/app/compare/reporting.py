"""Makes a report on the present situation in the background: as a page, a PDF or slides."""

import base64
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import solara

from sim.app.compare.setting import Setting, prepared, prepared_both
from sim.scenario.load import scenario_names, shipped_scenario, to_toml
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.view.language import english, said, spoken

PAGE = "page"
"""The page itself, in one file that works without the app."""

FORMS = {
    ".html": english("as a page"),
    ".pdf": english("as a PDF"),
    ".pptx": english("as slides"),
    PAGE: english("as a page with these sliders"),
}
"""Forms of a report by their endings, as the visitor reads them."""

NEEDED = {".pdf": "typst", ".pptx": "pptx"}
"""Packages that forms need."""

MOST_REPLICATIONS = 100
"""Runs of each style in a report that is made here; the command line makes larger ones."""

FAILED = english(
    "The app could not make the report. Nothing else was lost. Try another form, or `teamsim report` on this machine."
)


@dataclass(frozen=True)
class Progress:
    """The progress of a report: percent done (None if none is being made), the problem, and the finished file."""

    percent: int | None = None
    problem: str = ""
    file: dict[str, str] = field(default_factory=dict)


class Unwanted(Exception):  # noqa: N818 - nothing went wrong
    """The visitor has left."""


_one_at_a_time = threading.Lock()
"""All visitors share the machine, and a report uses it for some seconds."""


def forms() -> dict[str, str]:
    """The forms that can be made with what is installed."""
    return {ending: name for ending, name in FORMS.items() if ending not in NEEDED or find_spec(NEEDED[ending])}


class Reporter:
    """Makes the reports of one visitor, one at a time."""

    def __init__(self) -> None:
        self.progress = solara.reactive(Progress())
        self._closed = False

    def make(self, setting: Setting, ending: str) -> None:
        """Start a report, unless one is being made or its form is not known."""
        if self.progress.value.percent is not None or ending not in forms():
            return
        self.progress.value = Progress(percent=0)
        # The framework gives a thread the visitor in whose name it is started.
        threading.Thread(target=self._work, args=(setting, ending), name="report", daemon=True).start()

    def complain(self, text: str) -> None:
        """Say why no report can be made."""
        self.progress.value = Progress(problem=text)

    def close(self) -> None:
        """Make nothing any more."""
        self._closed = True

    def _work(self, setting: Setting, ending: str) -> None:
        try:
            with _one_at_a_time:
                made = report_of(setting, ending, self._note)
        except Unwanted:
            return
        except InputError as error:
            self.complain(said("No report is possible: {error}", error=error))
        except Exception:
            # Whatever it is, the visitor goes on, and whoever runs the server can read on its terminal what it was.
            logging.getLogger(__name__).exception("No report on %s as %s", setting.scenario, ending)
            self.complain(said(FAILED))
        else:
            content = base64.b64encode(made).decode()
            self.progress.value = Progress(file={"name": file_name(setting.starting.name, ending), "content": content})

    def _note(self, done: int, total: int) -> None:
        if self._closed:
            raise Unwanted
        percent = 99 * done // max(total, 1)
        if percent != self.progress.value.percent:
            self.progress.value = Progress(percent=percent)


def file_name(scenario: str, ending: str) -> str:
    """What the file is called."""
    return f"{scenario}.html" if ending == PAGE else f"{scenario}-report{ending}"


def report_of(setting: Setting, ending: str, progress: Callable[[int, int], None]) -> bytes:
    """The report on a question, with the command that makes it again: for a changed scenario, from its saved file.

    Raises:
        InputError: see `sim.report`, and `sim.app.tab.make.page_of`.
    """
    if ending == PAGE:
        progress(0, 1)
        return _page_of(setting).encode()
    from sim.view.report.make import report

    job = prepared(setting)
    with TemporaryDirectory() as folder:
        made = report(
            source_of(job.whole, Path(folder)),
            styles=job.styles,
            replications=min(job.replications, MOST_REPLICATIONS),
            seed=job.seed,
            language=spoken().name,
            progress=progress,
        )
    return made.as_bytes(ending)


def _page_of(setting: Setting) -> str:
    """The page in one file that begins with what the visitor sees: its sliders are moved as they are in the app."""
    from sim.app.tab.make import Seen, Wanted, page_of

    job, _ = prepared_both(setting)
    start = setting.starting
    seen = Seen(job.styles, setting.baseline, job.metric, setting.changes, setting.pinned)
    run = start.run.model_copy(update={"weeks": job.weeks, "seed": job.seed})
    scenario = start.model_copy(update={"run": run})
    return page_of(Wanted(scenario, seen=seen, replications=job.replications, language=spoken().name))


def source_of(scenario: Scenario, folder: Path) -> str | Path:
    """The name of a shipped scenario that is as it was shipped, or a file like the one that a visitor can save."""
    if scenario.name in scenario_names() and shipped_scenario(scenario.name) == scenario:
        return scenario.name
    path = folder / f"{scenario.name}.toml"
    path.write_text(to_toml(scenario), encoding="utf-8")
    return path
