"""The command `teamsim`: reads what the user asks for, runs it, and prints tables, data or one clear error."""

# Nothing heavy is imported up here, so that `teamsim --help` answers at once; each command imports what it uses.
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.schema import Scenario
    from sim.view.reference import Page

BAD_INPUT, INTERRUPTED = 2, 130
"""Exit statuses, as shells know them."""

PICTURES = (".svg", ".png", ".pdf", ".html")
"""Kinds of file that a picture is saved in."""

NARROWEST, UNKNOWN_WIDTH = 80, 120
"""Columns that tables have at least, and where no terminal says how many there are."""


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

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


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


@app.command()
def compare(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario, or the path of a TOML file.")] = "everyday",
    style: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A style to compare; repeat for more. (default: the usual ones)"),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The style to compare with. (default: how the business is led now)"),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=1_000_000, help="How often to repeat with other luck. (default: as in the scenario)"
        ),
    ] = None,
    weeks: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=1040, help="How long to run. (default: as in the scenario)")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Where chance starts. (default: as in the scenario)")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Your own people: name, role, competence, commitment, tenure.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="PARAMETER=VALUE", help="Change a parameter; repeat for more.")
    ] = None,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Save every week of every run as CSV.")] = None,
    parquet: Annotated[Path | None, typer.Option(metavar="FILE", help="The same as Parquet, with provenance.")] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save a picture: .svg, .png, .pdf, or .html (works offline).")
    ] = None,
) -> None:
    """Compare leadership styles on a scenario: means, intervals, paired differences, and what stands out."""
    from sim import results
    from sim.scenario.load import load_scenario, with_parameters, with_roster

    chosen = load_scenario(scenario)
    chosen = with_roster(chosen, roster) if roster else chosen
    chosen = with_parameters(chosen, _overrides(set_)) if set_ else chosen
    styles = _styles_to_run(chosen, style or [], baseline)
    # Before anything is computed: can everything be written that will be asked for?
    for path, endings in ((csv, (".csv",)), (parquet, (".parquet",)), (plot, PICTURES)):
        if path:
            _refuse_to_replace_the_roster(results.check_writable(path, endings), roster)

    import sim
    from sim.analysis.paired import default_baseline, paired_differences
    from sim.analysis.summary import styles_of, summarise

    with _progress() as progress:
        ds = sim.compare(
            chosen,
            styles=styles,
            replications=replications or chosen.run.replications,
            weeks=weeks,
            seed=chosen.run.seed if seed is None else seed,
            progress=progress,
        )
    baseline = baseline or default_baseline(styles_of(ds), chosen.leader.style)
    summary, differences = summarise(ds), paired_differences(ds, baseline)
    if as_json:
        from sim.view.table import comparison_record

        _print_json(comparison_record(ds, summary, differences, baseline))
    else:
        from sim.view.sentences import standing_out
        from sim.view.table import comparison_tables

        console = _console()
        _print(console, [*comparison_tables(console, ds, summary, differences, baseline), ""])
        _print(console, [standing_out(differences, baseline)])

    for path in (csv, parquet):
        if path:
            results.save(ds, path)
            typer.echo(f"Saved {path}", err=True)
    if plot:
        from sim.view.charts import comparison_chart, save_chart

        save_chart(comparison_chart(ds, baseline), plot)
        typer.echo(f"Saved {plot}", err=True)


@app.command()
def scenarios(
    name: Annotated[str | None, typer.Argument(help="Explain this one: a shipped scenario or a file.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the scenarios that come with teamsim, or explain one."""
    from sim.view import reference

    _show(reference.scenario(name) if name else reference.scenarios(), as_json)


@app.command()
def styles(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None,
    scenario: Annotated[str | None, typer.Option(metavar="SCENARIO", help="Include the scenario's own styles.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the leadership styles, or explain one."""
    from sim.scenario.load import load_scenario
    from sim.view import reference

    own = load_scenario(scenario).styles if scenario else {}
    _show(reference.style(name, own) if name else reference.styles(own), as_json)


@app.command()
def parameters(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None, as_json: AsJson = False
) -> None:
    """List the parameters of the model, or explain one."""
    from sim.view import reference

    _show(reference.parameter(name) if name else reference.parameters(), as_json)


@app.command()
def metrics(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None, as_json: AsJson = False
) -> None:
    """List what is measured, or explain one of it."""
    from sim.view import reference

    _show(reference.metric(name) if name else reference.metrics(), as_json)


@app.command()
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


@app.command()
def check(files: Annotated[list[str], typer.Argument(help="Scenario files, or names of shipped ones.")]) -> None:
    """Check scenario files without running them."""
    from sim.scenario.problems import InputError
    from sim.scenario.starter import check as check_files

    wrong = 0
    for path, found in check_files(files):
        if isinstance(found, InputError):
            wrong += 1
            typer.secho(f"Error: {found}", fg=typer.colors.RED, err=True)
        else:
            people = sum(team.size for team in found.teams)
            typer.echo(f"{path}: in order ({found.title}; {people} people, {found.run.weeks} weeks)")
    if wrong:
        raise typer.Exit(BAD_INPUT)


def _styles_to_run(chosen: "Scenario", asked: Sequence[str], baseline: str | None) -> tuple[str, ...]:
    """The styles asked for, or else the usual ones, each once, and the baseline with them.

    Raises:
        InputError: a style that there is not.
    """
    from sim.model.engine import choose_styles

    wanted = [*asked, *([baseline] if baseline else [])]
    known = choose_styles(chosen, list(dict.fromkeys(wanted)) or None)
    if asked:
        return known
    usual = choose_styles(chosen, None)
    return usual if baseline is None or baseline in usual else (baseline, *usual)


def _overrides(pairs: Sequence[str]) -> dict[str, float]:
    """`--set` options as values by parameter; whether they are allowed is checked with the scenario."""
    from sim.scenario.problems import InputError

    values = {}
    for pair in pairs:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not (name and sign):
            raise InputError(f'--set: got "{pair}"; write it as PARAMETER=VALUE, such as --set diagnosis_error=0.1.')
        try:
            values[name] = float(value)
        except ValueError:
            raise InputError(f'--set {name}: got "{value}"; allowed is a number, with a point for decimals.') from None
    return values


def _refuse_to_replace_the_roster(target: Path, roster: Path | None) -> None:
    from sim.scenario.problems import InputError

    if roster and roster.resolve() == target:
        raise InputError(f"{target}: this is the roster and would be replaced by the results. Choose another name.")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Tell on stderr what takes time: compiling, and a bar that is gone when the run is done."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.model import engine

    if engine.needs_compiling():
        typer.echo("Compiling the model for this machine (first run only) ...", err=True)
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("Simulating"), BarColumn(), TextColumn("{task.percentage:.0f}%"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _console() -> "Console":
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal or "COLUMNS" in os.environ:
        console.width = max(console.width, NARROWEST)
    else:
        console.width = UNKNOWN_WIDTH
    return console


def _print(console: "Console", parts: Sequence[Any]) -> None:
    for part in parts:
        console.print(part)


def _show(page: "Page", as_json: bool) -> None:
    if as_json:
        _print_json(page.record)
    else:
        _print(_console(), page.parts)


def _print_json(record: Any) -> None:
    typer.echo(json.dumps(record, indent=2, allow_nan=False, ensure_ascii=False))


if __name__ == "__main__":
    main()
