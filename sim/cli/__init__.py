"""The command `teamsim`: reads what the user asks for, runs it, and prints tables, data or one clear error.

A module here holds the commands of one purpose; nothing heavy is imported before a command runs, so that
`teamsim --help` answers at once.
"""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sim.cli import roster
from sim.cli.advise import advise
from sim.cli.calibrate import calibrate
from sim.cli.claims import claims
from sim.cli.compare import compare
from sim.cli.evidence import evidence
from sim.cli.files import check, new
from sim.cli.interview import interview
from sim.cli.lists import metrics, parameters, practices, scenarios, styles
from sim.cli.report import report
from sim.cli.study import resume, run, status, studies, verify
from sim.cli.terminal import BAD_INPUT, INTERRUPTED
from sim.cli.ui import ui


class _Commands(TyperGroup):
    """Turns what the user got wrong into one message and an exit status, for every command."""

    def invoke(self, ctx: Any) -> Any:
        from sim.scenario.problems import InputError

        try:
            return super().invoke(ctx)
        except InputError as error:
            typer.secho(f"Error: {error}", fg=typer.colors.RED, err=True)
            raise typer.Exit(BAD_INPUT) from None
        except MemoryError:
            text = "Error: not enough memory for this. Ask for fewer replications, styles or weeks."
            typer.secho(text, fg=typer.colors.RED, err=True)
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Leadership and team dynamics in small businesses, simulated. Start with: teamsim compare",
)

COMMANDS = (
    compare,
    advise,
    report,
    claims,
    evidence,
    calibrate,
    scenarios,
    styles,
    practices,
    parameters,
    metrics,
    new,
    interview,
    check,
    ui,
    studies,
    run,
    resume,
    status,
    verify,
)

for command in COMMANDS:
    app.command()(command)
app.add_typer(roster.app, name="roster")


def main() -> None:
    """Run the command line; the entry point of `teamsim`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows a question mark instead
    app(prog_name="teamsim")


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"teamsim {version('teamsim')}")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
