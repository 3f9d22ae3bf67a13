"""`teamsim export`: writes a page that runs the model by itself, and results for other programs."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.chosen import Changes, Roster, chosen_scenario, named_in, numbers_of, refuse_to_replace
from sim.cli.study import export_results
from sim.scenario.problems import InputError

PAGES = (".html",)
"""The ending of a page."""

DEFAULT = "everyday"
"""The scenario of a page that names none."""


def export(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO|DIR",
            help="A scenario, for a page with --out (default: everyday); or a folder of finished results.",
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="Folder that results are written to, as files.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--as", metavar="KIND", help="csv, feather or parquet. (default: csv)")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The page to write: .html, one file that works offline.")
    ] = None,
    styles: Annotated[
        list[str] | None,
        typer.Option(
            "--styles", "--style", metavar="NAMES", help="Styles on the page, with commas between. (default: all)"
        ),
    ] = None,
    controls: Annotated[
        list[str] | None,
        typer.Option(
            "--controls",
            "--control",
            metavar="NAMES",
            help="Sliders on the page, with commas between, such as market.urgency. (default: those of the app)",
        ),
    ] = None,
    lesson: Annotated[str | None, typer.Option(metavar="NAME", help="A lesson of the app, for a page.")] = None,
    why: Annotated[
        bool, typer.Option("--why", help="A page that says why its styles differ; takes some seconds for each.")
    ] = False,
    report: Annotated[bool, typer.Option("--report", help="A report for a client, with the sliders in it.")] = False,
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=400,
            help="Runs of each style that the page begins with. (default: 100, or as many as it can run)",
        ),
    ] = None,
    roster: Roster = None,
    set_: Changes = None,
    language: Annotated[str, typer.Option(metavar="NAME", help="Language of the page: en, de, fr or es.")] = "en",
) -> None:
    """Put the model into one HTML file for everybody; or write results as files for R, Stata and spreadsheets."""
    if out is None:
        for given, option in (
            (styles, "--styles"), (controls, "--controls"), (lesson, "--lesson"), (report, "--report"),
            (why, "--why"), (roster, "--roster"), (set_, "--set"), (replications, "--replications"),
        ):  # fmt: skip
            if given:
                raise InputError(f"{option} is for a page. Name the file to write: --out page.html")
        if to is None:
            raise InputError("export: got no place to write to. For a page: --out page.html; for results: a folder.")
        export_results(Path(source or DEFAULT), to, kind or "csv")
        return
    if to is not None or kind is not None:
        raise InputError("--out writes a page; a folder and --as are for results. Leave one of both out.")
    _write_page(source, out, styles, controls, lesson, why, report, replications, roster, set_, language)


def _write_page(
    source: str | None,
    out: Path,
    styles: list[str] | None,
    controls: list[str] | None,
    lesson: str | None,
    why: bool,
    report: bool,
    replications: int | None,
    roster: Path | None,
    set_: list[str] | None,
    language: str,
) -> None:
    from sim.app.tab.make import Wanted, page_of
    from sim.scenario.problems import unknown
    from sim.scenario.writing import check_writable, written_whole
    from sim.view.language import LANGUAGES

    if language not in LANGUAGES:
        raise InputError(f"--language: {unknown('language', language, LANGUAGES)}")
    target = check_writable(out, PAGES)
    refuse_to_replace(target, roster)
    on_page, sliders = named_in(styles, "--styles"), named_in(controls, "--controls")
    name = source or DEFAULT
    if lesson is not None:
        name = _scenario_of_lesson(lesson, source, roster, set_)
    chosen = chosen_scenario(name, roster, set_)
    options: dict[str, Sequence[object]] = {
        "--lesson": [lesson] if lesson is not None else (),
        "--styles": [",".join(on_page)] if on_page else (),
        "--controls": [",".join(sliders)] if sliders else (),
        "--replications": [replications] if replications is not None else (),
        "--roster": [roster.name] if roster is not None else (),
        "--set": set_ or (),
        "--language": [language] if language != "en" else (),
        "--out": [out.name],
    }
    flags = [flag for flag, given in (("--why", why), ("--report", report)) if given]
    wanted = Wanted(
        chosen,
        styles=on_page,
        controls=sliders,
        replications=replications,
        command=_command(source, options, flags),
        source=name,
        roster=roster,
        set_=tuple(numbers_of(set_ or ()).items()),
        lesson=lesson,
        why=why,
        language=language,
    )
    if why:
        typer.echo("Finding out why its styles differ; some seconds for each ...", err=True)
    if report:
        from sim.app.tab.report import report_with_page

        text = report_with_page(wanted)
    else:
        text = page_of(wanted)
    with written_whole(target) as path:
        path.write_text(text, encoding="utf-8")
    if chosen.employees.people:
        many = len(chosen.employees.people)
        typer.echo(f"Note: the file holds what is known of {many} people, one by one, without their names.", err=True)
    typer.echo(f"Saved {out} ({target.stat().st_size / 1e6:.2f} MB)", err=True)


def _scenario_of_lesson(lesson: str, source: str | None, roster: Path | None, set_: list[str] | None) -> str:
    """The scenario of a lesson, whose rounds have their own companies.

    Raises:
        InputError: no such lesson; another scenario, people or numbers, which its rounds would not have.
    """
    from sim.app.tab.lesson import scenario_of

    own = scenario_of(lesson)
    if source not in (None, own):
        raise InputError(
            f'--lesson {lesson}: has a scenario of its own ({own}); got "{source}" as well, which its rounds would not'
            " be about. Leave one of both out."
        )
    for given, option in ((roster, "--roster"), (set_, "--set")):
        if given:
            raise InputError(
                f"--lesson {lesson}: its rounds have companies of their own, as its text says, and {option} would not"
                " reach them. Leave it out, or make a page without the lesson."
            )
    return own


def _command(source: str | None, options: dict[str, Sequence[object]], flags: Sequence[str]) -> str:
    """The command that this is, for the page to say: with file names without their folders, which may name a client."""
    from sim.app.tab.about import bare

    words = ["teamsim", "export", *([bare(source)] if source is not None else []), *flags]
    for option, values in options.items():
        for value in values:
            words += [option, str(value)]
    return shlex.join(words)
