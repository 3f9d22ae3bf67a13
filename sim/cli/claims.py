"""`teamsim claims`: judges what the model is said to show, claim by claim."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.terminal import INTERRUPTED, AsJson, console, print_json, print_parts, progress

if TYPE_CHECKING:
    from sim.analysis.claims.study import ClaimsStudy


def claims(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Claims to judge, such as C03. (default: all)")
    ] = None,
    replications: Annotated[
        int | None, typer.Option(metavar="N", min=2, max=100_000, help="Runs of each arm. (default: 200)")
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, max=100_000, help="Plausible worlds to judge robustness in. (default: 50)"),
    ] = None,
    file: Annotated[Path | None, typer.Option(metavar="TOML", help="Claims of your own.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the runs in this folder, as `teamsim run claims` does; or go on there."),
    ] = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save a page with a picture: .html (works offline).")
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Save a page for the docs, its picture in images/ beside it: .md."),
    ] = None,
    record: Annotated[Path | None, typer.Option(metavar="FILE", help="Save what --json prints: .json.")] = None,
) -> None:
    """Judge what the model is said to show: each claim with its effect, a verdict, and how robust that is."""
    from sim.analysis.claims.load import load_claims
    from sim.results import check_writable

    chosen = load_claims(file).chosen(tuple(ids or ()))
    saved = ((html, ".html"), (markdown, ".md"), (record, ".json"))
    # Before anything is computed: can everything be written that will be asked for?
    for path, ending in saved:
        if path:
            check_writable(path, (ending,))

    from sim.analysis.claims import study as running
    from sim.analysis.plausible import plausible_worlds
    from sim.view.study.claims_and_calibration import make_of_claims

    draws = running.DRAWS if draws is None else draws
    worlds = plausible_worlds(draws, running.WORLDS_SEED) if draws else ()
    study = running.ClaimsStudy.planned(chosen, replications or running.REPLICATIONS, worlds)
    stopped = False
    with progress() as shown:
        try:
            study.run(shown, out=out, finish=make_of_claims if out else None)
        except KeyboardInterrupt:
            stopped = True
    _tell(study, as_json, in_full=bool(ids))
    if stopped:
        _say_how_far(study, any(path for path, _ in saved), out)
        raise typer.Exit(INTERRUPTED)
    _save(study, html, markdown, record)


def _tell(study: "ClaimsStudy", as_json: bool, in_full: bool) -> None:
    from sim.analysis.claims.record import claims_record

    results = study.results()
    if as_json:
        print_json(claims_record(results, study.claims, study.replications))
    elif results:
        from sim.view.claims import claims_tables

        print_parts(console(), claims_tables(results, study.replications, in_full))


def _say_how_far(study: "ClaimsStudy", files: bool, out: Path | None) -> None:
    results = study.results()
    text = f"Stopped: {len(results)} of {len(study.claims.claims)} claims were judged"
    text += f", in {min((result.draws for result in results), default=0)} of {len(study.worlds)} plausible worlds"
    text += ". No file was written." if files else "."
    typer.echo(text + (f" Go on with: teamsim resume {out}" if out else ""), err=True)


def _save(study: "ClaimsStudy", html: Path | None, markdown: Path | None, record: Path | None) -> None:
    import json

    from sim.analysis.claims.record import claims_record
    from sim.results import check_writable, written_whole

    results, data = study.results(), None
    if html or markdown:
        from sim.view import claims_page

        if html:
            claims_page.save_html(results, study.replications, html)
        if markdown:
            claims_page.save_markdown(results, study.claims, study.replications, markdown)
    if record:
        data = claims_record(results, study.claims, study.replications)
        with written_whole(check_writable(record, (".json",))) as unfinished:
            unfinished.write_text(json.dumps(data, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    for path in (html, markdown, record):
        if path:
            typer.echo(f"Saved {path}", err=True)
