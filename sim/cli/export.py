"""`teamsim export`: a page that runs the model by itself, and finished results for other programs."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.chosen import Changes, Roster, chosen_scenario, numbers_of, refuse_to_replace
from sim.cli.study import export_results
from sim.scenario.problems import InputError

PAGES = (".html",)
"""The ending of a page."""


def export(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO|DIR", help="A scenario, for a page with --out; or a folder of finished results."
        ),
    ] = "everyday",
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
        int, typer.Option(metavar="N", min=1, max=400, help="Runs of each style that the page begins with.")
    ] = 100,
    roster: Roster = None,
    set_: Changes = None,
    language: Annotated[str, typer.Option(metavar="NAME", help="Language of the page: en, de, fr or es.")] = "en",
) -> None:
    """Put the model into one HTML file for everybody; or write results as files for R, Stata and spreadsheets."""
    if out is None:
        for given, option in (
            (styles, "--styles"), (controls, "--controls"), (lesson, "--lesson"), (report, "--report"),
            (why, "--why"), (roster, "--roster"), (set_, "--set"),
        ):  # fmt: skip
            if given:
                raise InputError(f"{option} is for a page. Name the file to write: --out page.html")
        if to is None:
            raise InputError("export: got no place to write to. For a page: --out page.html; for results: a folder.")
        export_results(Path(source), to, kind or "csv")
        return
    if to is not None or kind is not None:
        raise InputError("--out writes a page; a folder and --as are for results. Leave one of both out.")
    _write_page(source, out, styles, controls, lesson, why, report, replications, roster, set_, language)


def _write_page(
    source: str,
    out: Path,
    styles: list[str] | None,
    controls: list[str] | None,
    lesson: str | None,
    why: bool,
    report: bool,
    replications: int,
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
    if lesson is not None:
        from sim.app.tab.lesson import scenario_of

        source = scenario_of(lesson)
    chosen = chosen_scenario(source, roster, set_)
    wanted = Wanted(
        chosen,
        styles=_named(styles),
        controls=_named(controls),
        replications=replications,
        command=_command(),
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


def _named(given: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for one in given or () for name in one.split(",") if name.strip()))


def _command() -> str:
    """The command that this is, for the page to say."""
    return shlex.join(["teamsim", *sys.argv[1:]]) if sys.argv[1:2] == ["export"] else ""
