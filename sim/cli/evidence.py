"""`teamsim evidence`: compares the model with published patterns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.terminal import INTERRUPTED, AsJson, console, counting, print_json, print_parts


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
    cross_validate: Annotated[
        bool,
        typer.Option(
            "--cross-validate", help="Judge each group of patterns by parameters that were fitted to all others, too."
        ),
    ] = False,
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

    if cross_validate:
        given = {"--parameters": parameters, "--html": html, "--markdown": markdown, "ID": ids}
        _cross_validate([name for name, value in given.items() if value], group or [], seeds, patterns, as_json, record)
        return
    from sim.analysis.cross_validation import predicted
    from sim.analysis.evidence import (
        evidence_fingerprint,
        evidence_json,
        evidence_record,
        findings,
        load_patterns,
        load_values,
        worlds,
    )  # fmt: skip
    from sim.view.evidence import evidence_table, predicted_in_words

    for path, ending in ((html, ".html"), (markdown, ".md"), (record, ".json")):
        if path:
            results.check_writable(path, (ending,))
    file = load_patterns(patterns)
    chosen = [pattern.id for pattern in file.chosen(ids or [], group or [])]
    values = load_values(parameters) if parameters else None
    count = seeds or file.protocol.seeds
    found = _run(worlds(file, chosen, count, parameters=values), count)
    shown = findings(file, found)
    left_out = None if values else predicted(evidence_fingerprint(file), chosen)
    if html:
        from sim.view.charts import save_chart
        from sim.view.evidence import evidence_chart

        save_chart(evidence_chart(shown), html)
    if markdown:
        from sim.view.evidence import save_markdown

        save_markdown(shown, file, markdown)
    if record:
        _keep(evidence_record(shown, file, left_out.rate if left_out else None), record)
    for path in (html, markdown, record):
        if path:
            typer.echo(f"Saved {path}", err=True)
    if as_json:
        print_json(evidence_json(shown, left_out.rate if left_out else None))
    else:
        screen = console()
        print_parts(screen, [*evidence_table(shown), *([predicted_in_words(left_out)] if left_out else [])])
    if len(found) < count:
        raise typer.Exit(INTERRUPTED)


def _cross_validate(
    given: list[str], groups: list[str], seeds: int | None, patterns: Path | None, as_json: bool, record: Path | None
) -> None:
    """Judge each group by the set that was fitted without it."""
    from sim import results
    from sim.analysis.cross_validation import cross_validation_record, judged, judging_sets, worlds
    from sim.analysis.evidence import load_patterns
    from sim.scenario.problems import InputError
    from sim.view.cross_validation import cross_validation_table

    if given:
        text = "goes with --group, --seeds, --patterns, --json and --record"
        raise InputError(f"--cross-validate: {text}, and not with {given[0]}. Leave one of the two out.")
    if record:
        results.check_writable(record, (".json",))
    file = load_patterns(patterns)
    file.chosen((), groups)
    count = seeds or file.protocol.seeds
    found = _run(worlds(file, judging_sets(file), groups, count), count)
    shown = judged(file, found)
    if record:
        _keep(cross_validation_record(shown, file), record)
        typer.echo(f"Saved {record}", err=True)
    if as_json:
        print_json(cross_validation_record(shown, file))
    else:
        print_parts(console(), cross_validation_table(shown))
    if len(found) < count:
        raise typer.Exit(INTERRUPTED)


def _run[T](worlds: Iterator[T], count: int) -> list[T]:
    """What each world of firms gives; after Ctrl-C, what those gave that were finished."""
    found: list[T] = []
    with counting("Running firms", count) as step:
        try:
            for one in worlds:
                found.append(one)
                step(len(found))
        except KeyboardInterrupt:
            typer.echo(f"Stopped after {len(found)} of {count} worlds; what they gave is shown.", err=True)
            if not found:
                raise
    return found


def _keep(content: dict[str, Any], path: Path) -> None:
    import json

    from sim import results

    with results.written_whole(path.resolve()) as unfinished:
        unfinished.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n", encoding="utf-8")
