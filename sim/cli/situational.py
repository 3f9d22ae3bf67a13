"""`teamsim situational`: tests situational leading, and takes its lead apart."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.terminal import AsJson, console, counting, print_json, print_parts


def situational(
    contexts: Annotated[
        list[str] | None, typer.Argument(metavar="[SCENARIO]...", help="Where, such as novices. (default: nine)")
    ] = None,
    worlds: Annotated[int, typer.Option(metavar="N", min=4, max=10_000, help="Plausible worlds in each.")] = 100,
    replications: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Runs in each world.")] = 4,
    as_json: AsJson = False,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Save a page for the docs: .md.")] = None,
) -> None:
    """Take the lead of situational leading apart: matching, the profiles of S1 to S4, diagnosis; by context."""
    from sim.analysis.situational import CONTEXTS, trial
    from sim.results import check_writable
    from sim.view.situational import save_markdown, trial_record, trial_tables

    if markdown:
        check_writable(markdown, (".md",))
    chosen = tuple(dict.fromkeys(contexts or CONTEXTS))
    with counting("Trying contexts", len(chosen)) as step:
        found = trial(worlds, replications, contexts=chosen, step=step)
    if as_json:
        print_json(trial_record(found))
    else:
        screen = console()
        print_parts(screen, trial_tables(found))
    if markdown:
        save_markdown(found, markdown)
        typer.echo(f"Saved {markdown}", err=True)
