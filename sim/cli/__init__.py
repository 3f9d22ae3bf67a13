"""The command `teamsim`: reads what the user asks for, runs it, and prints tables, data or one clear error.

A module here holds the commands of one purpose; nothing heavy is imported before a command runs, so that
`teamsim --help` answers at once.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from sim.cli import roster
from sim.cli.advise import advise
from sim.cli.calibrate import calibrate
from sim.cli.claims import claims
from sim.cli.compare import compare
from sim.cli.evidence import evidence
from sim.cli.export import export
from sim.cli.files import check, new
from sim.cli.fit import fit
from sim.cli.identify import identify
from sim.cli.interview import interview
from sim.cli.lists import metrics, parameters, plugins, practices, scenarios, styles
from sim.cli.report import report
from sim.cli.situational import situational
from sim.cli.study import resume, run, status, studies, verify
from sim.cli.terminal import BAD_INPUT, INTERRUPTED
from sim.cli.trial import trial
from sim.cli.ui import ui
from sim.cli.why import why


class _Commands(TyperGroup):
    """Turns what the user got wrong into one message and an exit status, for every command."""

    def invoke(self, ctx: Any) -> Any:
        from sim.scenario.extras import of_an_extra
        from sim.scenario.problems import InputError

        try:
            return super().invoke(ctx)
        except InputError as error:
            _complain(str(error))
        except ModuleNotFoundError as error:
            if (missing := of_an_extra(error)) is None:
                raise
            _complain(str(missing))
        except (MemoryError, ImportError, RuntimeError) as error:
            if not isinstance(error, MemoryError) and not any(sign in str(error) for sign in _SHORT_OF_MEMORY):
                raise
            _complain("not enough memory for this. Ask for fewer replications, styles or weeks, or free some memory.")
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read the output has enough of it; the framework ends quietly
            where = f"{error.filename}: " if error.filename else ""
            _complain(f"{where}{_reason(error)}")
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(INTERRUPTED) from None


_SHORT_OF_MEMORY = ("failed to map segment", "Cannot allocate memory", "can't start new thread")
"""What libraries say that find no memory."""


def _complain(text: str) -> NoReturn:
    typer.secho(f"Error: {text}", fg=typer.colors.RED, err=True)
    raise typer.Exit(BAD_INPUT) from None


def _reason(error: OSError) -> str:
    """What went wrong with the machine, and what to do about it."""
    try:
        Path.cwd()
    except OSError:
        return "the folder that you are in is gone. Change to another one."
    if error.errno == errno.ENOSPC:
        return "no space left to write on. Make room, or write elsewhere."
    return f"{error.strerror or error}. Check that it is there and may be read or written."


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Leadership and team dynamics in small businesses, simulated. Start with: teamsim compare",
)

COMMANDS = (
    compare,
    fit,
    why,
    advise,
    report,
    claims,
    evidence,
    situational,
    calibrate,
    scenarios,
    styles,
    practices,
    parameters,
    metrics,
    plugins,
    new,
    interview,
    check,
    ui,
    studies,
    run,
    resume,
    status,
    verify,
    export,
    trial,
    identify,
)

for command in COMMANDS:
    app.command()(command)
app.add_typer(roster.app, name="roster")


def main() -> None:
    """Run the command line; the entry point of `teamsim`."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 -- as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows a question mark instead
    try:
        _check_package()
        app(prog_name="teamsim")
    finally:
        _flush()


def _check_package() -> None:
    """See that `sim` is teamsim's own: other distributions have modules of that name, which pip installs over ours."""
    import sim

    if "TeamModel" not in getattr(sim, "__all__", ()):
        text = f"another package called sim is in the way ({getattr(sim, '__file__', None)}). Install teamsim into an"
        typer.secho(f"Error: {text} environment of its own.", fg=typer.colors.RED, err=True)
        sys.exit(BAD_INPUT)


def _flush() -> None:
    """Hand out what is printed while an error can still be told: Python would only print its trace at the end."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            typer.secho(f"Error: {_reason(error)}", fg=typer.colors.RED, err=True)
            sys.exit(BAD_INPUT)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        from sim.analysis.model_version import model_version

        typer.echo(f"teamsim {version('teamsim')} (model {model_version()})")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
