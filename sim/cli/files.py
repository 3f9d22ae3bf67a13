"""The commands `new` and `check`: they write and check scenario files."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.terminal import BAD_INPUT


def new(
    file: Annotated[Path, typer.Argument(help="The file to make, such as mine.toml.")],
    from_: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="The scenario to start from.")] = "everyday",
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")] = False,
) -> None:
    """Make a scenario file of your own, with a comment on everything that you may change."""
    from sim.scenario.starter import new_scenario

    for written in new_scenario(file, from_, force):
        typer.echo(f"Made {written}")
    typer.echo(f"Change it, then: teamsim check {file} && teamsim compare {file}")


def check(files: Annotated[list[str], typer.Argument(help="Scenario files, or names of shipped ones.")]) -> None:
    """Check scenario files without running them."""
    from sim.scenario.load import left_out_by
    from sim.scenario.problems import InputError
    from sim.scenario.starter import check as check_files

    wrong = 0
    for given, (path, found) in zip(files, check_files(files), strict=True):
        if isinstance(found, InputError):
            wrong += 1
            typer.secho(f"Error: {found}", fg=typer.colors.RED, err=True)
        else:
            people = sum(team.size for team in found.teams)
            typer.echo(f"{path}: in order ({found.title}; {people} people, {found.run.weeks} weeks)")
            if gone := left_out_by(given):
                typer.echo(f"  it leaves out of what it extends: {'; '.join(gone)}")
    if wrong:
        raise typer.Exit(BAD_INPUT)
