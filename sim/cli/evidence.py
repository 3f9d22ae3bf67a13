"""`teamsim evidence`: the model held against published patterns."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.terminal import AsJson, console, counting, print_json, print_parts


def evidence(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Patterns, such as C1. (default: all)")
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=1000, help="Worlds of firms. (default: as in the file)")
    ] = None,
    patterns: Annotated[Path | None, typer.Option(metavar="FILE", help="Patterns of your own, as TOML.")] = None,
    parameters: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Other values of parameters, as TOML with a table [parameters].")
    ] = None,
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Save the picture as a page: .html.")] = None,
) -> None:
    """Hold the model against published patterns: which figures lie in their bands, and which do not."""
    from sim import results
    from sim.analysis.evidence import findings, load_patterns, load_values, record, worlds
    from sim.view.evidence import evidence_table

    if html:
        results.check_writable(html, (".html",))
    file = load_patterns(patterns)
    file.chosen(ids or [])
    values = load_values(parameters) if parameters else None
    count = seeds or file.protocol.seeds
    found = []
    with counting("Running firms", count) as step:
        try:
            for figures in worlds(file, ids or [], count, parameters=values):
                found.append(figures)
                step(len(found))
        except KeyboardInterrupt:
            typer.echo(f"Stopped after {len(found)} of {count} worlds; what they gave is shown.", err=True)
            if not found:
                raise
    shown = findings(file, found)
    if as_json:
        print_json({"seeds": len(found), "patterns": [record(finding) for finding in shown]})
    else:
        screen = console()
        print_parts(screen, evidence_table(shown))
    if html:
        from sim.view.charts import save_chart
        from sim.view.evidence import evidence_chart

        save_chart(evidence_chart(shown), html)
        typer.echo(f"Saved {html}", err=True)
