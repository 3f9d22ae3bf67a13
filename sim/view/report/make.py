"""`sim.report`: turns a scenario or results into a report, in the forms that are asked for."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sim.results import check_writable, written_whole
from sim.scenario.extras import extra
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.signs import seen
from sim.scenario.variants import with_roster, with_values
from sim.view.report.brand import Brand, read_brand
from sim.view.report.content import Content, content_of
from sim.view.report.document import Making
from sim.view.report.from_results import Source, is_saved
from sim.view.report.runs import Progress, run_results, run_scenario, within
from sim.view.report.wording import words_of

ENDINGS = (".html", ".pdf", ".docx", ".pptx")
"""Forms of a report: a page, a document to print, one to change, slides."""

READ = ("", ".toml", ".parquet")
"""Endings of the files that a report is made from."""

LONGEST_TITLE = 150


class Report(NamedTuple):
    """A report that can be given any form; `content` has its facts, `numbers` every number with where it stands."""

    content: Content
    making: Making

    @property
    def numbers(self) -> pd.DataFrame:
        """One row a number: table, metric, style, statistic, when, value (in the unit that the report has)."""
        rows = [(*key, value) for key, value in self.content.numbers.items()]
        return pd.DataFrame(rows, columns=["table", "metric", "style", "statistic", "when", "value"])

    def html(self) -> str:
        """A page that holds everything it needs."""
        from sim.view.report.html import page_of

        return page_of(self.content, self.making)

    def pdf(self) -> bytes:
        """A document that meets PDF/UA-1, the standard for readers who do not see it."""
        from sim.view.report.pdf import pdf_of

        return pdf_of(self.content, self.making)

    def docx(self) -> bytes:
        """A document whose texts and tables can be changed, for Word and its like."""
        from sim.view.report.word import word_of

        return word_of(self.content, self.making)

    def pptx(self) -> bytes:
        """Slides with charts that can be edited."""
        from sim.view.report.slides import slides_of

        return slides_of(self.content, self.making)

    def as_bytes(self, ending: str) -> bytes:
        """The report in the form of this ending, one of ENDINGS."""
        forms: dict[str, Callable[[], bytes]] = {
            ".html": lambda: self.html().encode("utf-8"),
            ".pdf": self.pdf,
            ".docx": self.docx,
            ".pptx": self.pptx,
        }
        return forms[ending]()


def report(
    source: Scenario | Source,
    out: str | Path | Sequence[str | Path] = (),
    *,
    styles: Sequence[str] | None = None,
    roster: str | Path | None = None,
    changes: Mapping[str, float] | None = None,
    case: str | None = None,
    title: str | None = None,
    brand: str | Path | Brand | None = None,
    replications: int | None = None,
    seed: int | None = None,
    names: bool = False,
    language: str = "en",
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Make a report on how a company is led, for the people who lead it.

    Everything is checked before anything is run, and nothing is written unless all of it can be.

    Args:
        source: a scenario, its name or path; or results of `sim.compare` or `sim.run_experiment`, or the Parquet file
            or the folder that they are in.
        out: files to write (.html, .pdf, .docx, .pptx); none writes nothing, and the report's methods give its forms.
        styles: leadership styles to compare; today's is always among them. By default the usual ones, or those in the
            results.
        roster: a CSV or Excel file with the people to put into the scenario; see `teamsim roster new`.
        changes: other numbers for the scenario, by where they stand, such as {"money.hiring_cost": 12}.
        case: of a study with several scenarios or points, which one: SCENARIO, POINT or SCENARIO:POINT.
        title: instead of the scenario's own.
        brand: the consultant's name, colour, logo and footer, or the TOML file that holds them.
        replications: runs of each style; by default as in the scenario. Results have their own.
        seed: of all chance; by default as in the scenario. Results have their own.
        names: whether people's names may stand in the report; without it they are left out everywhere.
        language: of words and numbers: en, de, fr or es.
        force: whether files that are there already are replaced.
        progress: called now and then with (percent done, 100).

    Raises:
        InputError: something is wrong with what was given, or a part of teamsim is missing that a form needs.
    """
    outs = [out] if isinstance(out, str | Path) else list(out)
    targets = [_target(path, force) for path in outs]
    words_of(language)
    if title is not None and not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise InputError(f"title: has {len(title.strip())} characters; allowed are 1 to {LONGEST_TITLE}.")
    house = read_brand(brand) if isinstance(brand, str | Path) else brand or Brand()
    if _is_results(source):
        own = {"roster": roster, "changes": changes, "replications": replications, "seed": seed}
        for name, value in own.items():
            if value is not None:
                raise InputError(f"{name}: results have their own, which cannot be changed any more. Leave it out.")
        runs = run_results(source, styles, case, progress)  # type: ignore[arg-type] # a scenario is no results
    else:
        scenario = _scenario(source, roster, changes)
        if case is not None:
            text = "is a scenario, and only results of a study (`teamsim run`) have cases. Leave it out"
            raise InputError(f"case: {scenario.name} {text}, or name a folder of results.")
        runs = run_scenario(scenario, styles, replications, seed, progress)
    content = content_of(runs, within(progress, 90, 100))
    options: dict[str, Sequence[object]] = {
        "--styles": styles or (),
        "--roster": [Path(roster)] if roster is not None else (),
        "--set": [f"{name}={value:.12g}" for name, value in (changes or {}).items()],
        "--case": [case] if case is not None else (),
        "--title": [title.strip()] if title else (),
        "--brand": [Path(brand)] if isinstance(brand, str | Path) else (),
        "--names": [True] if names else (),
        "--language": [language] if language != "en" else (),
    }
    command = _command(content, source, outs, options)
    made = Report(content, Making(seen(title or "").strip(), house, language, names, command))
    forms = [made.as_bytes(target.suffix.lower()) for target in targets]
    for target, form in zip(targets, forms, strict=True):
        with written_whole(target) as unfinished:
            unfinished.write_bytes(form)
    return made


def _is_results(source: Scenario | Source) -> bool:
    """Whether this is saved results, and not a scenario or the name of one."""
    if isinstance(source, str | Path) and Path(source).is_file() and Path(source).suffix.lower() not in READ:
        text = (
            "a report is made from a scenario (.toml), from results that `teamsim compare --parquet` saved, or from a "
            "folder of `teamsim run`"
        )
        raise InputError(f'{source}: {text}; got "{Path(source).suffix}". Give one of these.')
    return not isinstance(source, Scenario) and is_saved(source)


def _scenario(source: Scenario | Source, roster: str | Path | None, changes: Mapping[str, float] | None) -> Scenario:
    """The scenario with the people and the numbers that are to stand in it."""
    scenario = source if isinstance(source, Scenario) else load_scenario(source)  # type: ignore[arg-type]
    scenario = with_roster(scenario, roster) if roster is not None else scenario
    return with_values(scenario, changes) if changes else scenario


def _target(path: str | Path, force: bool) -> Path:
    """The file to write, if it may be written and what it needs is installed."""
    target = check_writable(path, ENDINGS)
    if target.exists() and not force:
        raise InputError(f"{path}: exists already; nothing was written. Take another name, or use --force.")
    needed = {".html": "jinja2", ".pdf": "typst", ".docx": "docx", ".pptx": "pptx"}
    extra(needed[target.suffix.lower()], "report", f"{path}: this form")
    return target


def _command(
    content: Content, source: Scenario | Source, outs: Sequence[str | Path], options: Mapping[str, Sequence[object]]
) -> str:
    """The command that makes this report again, with file names without their folders."""
    given = source if isinstance(source, str | Path) else content.scenario.name
    words = ["teamsim", "report", Path(given).name]
    if content.saved is None:
        words += ["--replications", str(content.replications), "--seed", str(content.seed)]
    for option, values in options.items():
        for value in values:
            words += (
                [option] if value is True else [option, Path(value).name if isinstance(value, Path) else str(value)]
            )
    for out in outs:
        words += ["--out", Path(out).name]
    return shlex.join(words)
