"""`teamsim report`: writes a report for a client."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.chosen import Changes, Roster, chosen_scenario, named_in, numbers_of
from sim.cli.terminal import Seed, progress


def default_name(source: str, case: str | None) -> Path:
    """What a report is called unless one says otherwise: after what it is about, so that two have two names."""
    about = "-".join(filter(None, (Path(source).stem or Path(source).resolve().name, (case or "").replace(":", "-"))))
    return Path(f"{Path(about).name}-report.html")


def report(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO|RESULTS",
            help="A shipped scenario, the path of a TOML file, results that `teamsim compare --parquet` saved, or a"
            " folder of `teamsim run`.",
        ),
    ],
    out: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="What to write: .html, .pdf, .docx or .pptx; repeat for more. (default: NAME-report.html)",
        ),
    ] = None,
    styles: Annotated[
        list[str] | None,
        typer.Option(
            "--styles",
            "--style",
            metavar="NAMES",
            help="Styles to compare, with commas between. (default: the usual ones)",
        ),
    ] = None,
    roster: Roster = None,
    set_: Changes = None,
    case: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO:POINT", help="Which scenario or point, where the results of a study have several."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Instead of the scenario's title.")] = None,
    brand: Annotated[
        Path | None, typer.Option(metavar="TOML", help="Your house: name, colour, logo (PNG or JPEG) and footer.")
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=1_000_000, help="Runs of each style. (default: as in the scenario)"),
    ] = None,
    seed: Seed = None,
    names: Annotated[bool, typer.Option("--names", help="Let people's names stand in the report.")] = False,
    language: Annotated[str, typer.Option(metavar="NAME", help="Language of the report: en, de, fr or es.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
) -> None:
    """Write a report for a client: what wins, what it costs, how sure, and what to do on Monday."""
    outs = out or [default_name(source, case)]
    chosen = named_in(styles, "--styles")
    from sim.view.report.from_results import is_saved
    from sim.view.report.make import report as make

    if roster and not is_saved(source):
        chosen_scenario(source, roster, set_)  # says what the roster says without saying so

    with progress() as shown:
        make(
            source, outs, styles=list(chosen) or None, roster=roster, changes=numbers_of(set_) if set_ else None,
            case=case, title=title, brand=brand, replications=replications, seed=seed, names=names, language=language,
            force=force, progress=shown,
        )  # fmt: skip
    for path in outs:
        typer.echo(f"Saved {path}", err=True)
