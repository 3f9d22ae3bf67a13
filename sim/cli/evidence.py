"""`teamsim evidence`: the model held against published patterns."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.terminal import AsJson, console, counting, print_json, print_parts


def evidence(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Patterns, such as C1. (default: all)")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="All patterns of a group, such as learning; repeatable.")
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
    markdown: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Save a page for the docs, its picture in images/ beside it: .md."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save what --json prints, and all words beside it: .json.")
    ] = None,
) -> None:
    """Hold the model against published patterns: which figures lie in their bands, and which do not."""
    from sim import results
    from sim.analysis.evidence import evidence_json, evidence_record, findings, load_patterns, load_values, worlds
    from sim.view.evidence import evidence_table

    for path, ending in ((html, ".html"), (markdown, ".md"), (record, ".json")):
        if path:
            results.check_writable(path, (ending,))
    file = load_patterns(patterns)
    chosen = [pattern.id for pattern in file.chosen(ids or [], group or [])]
    values = load_values(parameters) if parameters else None
    count = seeds or file.protocol.seeds
    found = []
    with counting("Running firms", count) as step:
        try:
            for figures in worlds(file, chosen, count, parameters=values):
                found.append(figures)
                step(len(found))
        except KeyboardInterrupt:
            typer.echo(f"Stopped after {len(found)} of {count} worlds; what they gave is shown.", err=True)
            if not found:
                raise
    shown = findings(file, found)
    if as_json:
        print_json(evidence_json(shown))
    else:
        screen = console()
        print_parts(screen, evidence_table(shown))
    if html:
        from sim.view.charts import save_chart
        from sim.view.evidence import evidence_chart

        save_chart(evidence_chart(shown), html)
    if markdown:
        from sim.view.evidence import save_markdown

        save_markdown(shown, file, markdown)
    if record:
        import json

        with results.written_whole(record.resolve()) as unfinished:
            text = json.dumps(evidence_record(shown, file), indent=1, allow_nan=False)
            unfinished.write_text(text + "\n", encoding="utf-8")
    for path in (html, markdown, record):
        if path:
            typer.echo(f"Saved {path}", err=True)
