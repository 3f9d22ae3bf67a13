"""The commands about experiments: run, resume, status, verify, studies."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.terminal import AsJson, print_json, say_if_compiling

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sim.study.estimate import Estimate
    from sim.study.execute import Done
    from sim.study.plan import Plan
    from sim.study.results_folder import Folder
    from sim.study.status import Status

DIFFERENT = 1
"""Exit status of `verify` when something is not as it was."""

MANY_RUNS, LONG = 1_000_000, 3600.0
"""Runs and seconds from which on a study is only begun when that is confirmed."""

SECONDS_BETWEEN_LOOKS = 2.0
"""Of watching a study in which another process is at work."""

SECONDS_BETWEEN_LINES = 10.0
"""Of progress, where nobody watches a terminal."""

Workers = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=1024, help="Threads, or with --dask processes. (default: cores)")
]
Dask = Annotated[str | None, typer.Option(metavar="ADDRESS", help='Run on a Dask cluster: its scheduler, or "local".')]


def run(
    study: Annotated[str, typer.Argument(help="A shipped study (teamsim studies), or the path of a TOML file.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the results. (default: results/STUDY)")
    ] = None,
    precision: Annotated[
        list[str] | None,
        typer.Option(
            metavar="METRIC=HALF",
            help="Add replications until 95% intervals of means are this narrow, such as morale=0.01. Repeatable.",
        ),
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
    reuse: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Take the runs that this folder of an earlier study has already.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and how long it takes.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Begin even a very long study without asking.")] = False,
) -> None:
    """Run an experiment, or what is left of it: every chunk that is finished is kept."""
    from sim.scenario.extras import extra
    from sim.scenario.problems import InputError

    extra("pyarrow", "study", "Running a study")
    from sim.study.estimate import estimate
    from sim.view.study.catalog import other_in, plan_of, resolved_study, with_precision
    from sim.view.study.run import default_folder
    from sim.view.study.time_needed import seconds_of_making

    if precision and (other := other_in(study)):
        raise InputError(f"--precision: {other.name} are no study, and their files say how much is run. Leave it out.")
    plan = plan_of(with_precision(resolved_study(study), _half_widths(precision)) if precision else study)
    say_if_compiling()
    needed, making = estimate(plan, workers), seconds_of_making(plan)
    typer.echo(_overview(plan, needed, making))
    if dry_run:
        return
    _confirm(plan, needed.seconds + making, yes)
    run_work(plan, out or default_folder(study, plan), workers, dask, reuse)


def run_work(plan: "Plan", folder: Path, workers: int | None, dask: str | None, reuse: Path | None = None) -> None:
    """Run some work in its folder, or what is left of it, with progress; say in the end what came of it."""
    from sim.study.repair import is_lost
    from sim.study.results_folder import MANIFEST, Folder
    from sim.view.study.run import run_experiment

    if is_lost(folder):
        typer.echo(f"{folder / MANIFEST}: damaged or gone; it is made anew from the study and its chunks.", err=True)
    elif (folder / MANIFEST).is_file() and (begun := Folder.at(folder)).manifest.get("digest") == plan.digest:
        _name_damaged(begun)
    say_if_compiling()
    with _resumable(folder), _workers(dask, workers) as (executor, at_once), _progress() as shown:
        results = run_experiment(plan, folder, workers=at_once, executor=executor, progress=shown, reuse=reuse)
    _say_done(results)


def resume(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of results.")],
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Go on with an experiment where it stopped, however it stopped."""
    from sim.study.results_folder import Folder
    from sim.view.study.run import resume_experiment

    begun = Folder.at(folder)
    begun.check_model()
    _name_damaged(begun)
    say_if_compiling()
    with _resumable(folder), _workers(dask, workers) as (executor, at_once), _progress() as shown:
        results = resume_experiment(folder, workers=at_once, executor=executor, progress=shown)
    _say_done(results)


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of results.")],
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Say it again every few seconds until it ends.")] = False,
) -> None:
    """Say how far an experiment has come, how fast it goes, and how long it will take."""
    from sim.study.status import status_of

    found = status_of(folder)
    if as_json:
        print_json(found._asdict())
        return
    typer.echo(f'{folder}: "{found.title}" ({found.study}), begun {found.begun}')
    typer.echo(_how_far(found))
    while watch and found.busy and not found.finished:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        before, found = found, status_of(folder)
        if found != before:
            typer.echo(_how_far(found))
    if not found.finished and not found.busy:
        typer.echo(f"Go on with: teamsim resume {folder}")


def _how_far(found: "Status") -> str:
    state = "finished" if found.finished else "at work" if found.busy else "stopped"
    text = f"{state}: {found.runs_done:,} of {found.runs:,} runs, {found.chunks_done} of {_chunks(found.chunks)}"
    if found.busy and found.runs_done == found.runs:
        return f"{text}; now analyses and figures"
    if found.runs_per_second and found.seconds_left is not None:
        return f"{text}, {_per_second(found.runs_per_second)}, about {_duration(found.seconds_left)} left"
    return text


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of finished results.")],
    sample: Annotated[int, typer.Option(metavar="N", min=0, help="Runs to do once more.")] = 20,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Which runs. (default: others every time)")] = None,
) -> None:
    """Check that results are as they were written, and that some runs, done again, give the same to the last bit."""
    from sim.study.repair import remedy
    from sim.study.results_folder import Folder
    from sim.study.verify import verify as check

    say_if_compiling()
    found = check(folder, sample, seed)
    for fault in found.faults:
        typer.secho(f"{folder}: {fault}", fg=typer.colors.RED, err=True)
    if found.faults:
        typer.echo(remedy(Folder.at(folder)), err=True)
        raise typer.Exit(DIFFERENT)
    typer.echo(f"{folder}: in order ({found.files} files as they were written, {found.rows} rows the same again)")


def export_results(folder: Path, out: Path, kind: str) -> None:
    """Write results as files that R, Stata, Julia and spreadsheets read."""
    from sim.study.results import open_results

    for path in open_results(folder).export(out, kind):
        typer.echo(f"{path} ({path.stat().st_size:,} bytes)")


def studies(as_json: AsJson = False) -> None:
    """List the experiments that come with teamsim."""
    from sim.study.load import shipped_studies
    from sim.view.study.catalog import OTHERS

    found = [(one.name, one.title, one.question) for one in shipped_studies()]
    found += [(one.name, one.title, one.question) for one in OTHERS]
    if as_json:
        print_json([dict(zip(("name", "title", "question"), one, strict=True)) for one in found])
        return
    width = max(len(name) for name, _, _ in found)
    for name, title, question in found:
        typer.echo(f"{name:{width}}  {title}")
        if question:
            typer.echo(f"{'':{width}}  {question}")


def _name_damaged(folder: "Folder") -> None:
    """Name the chunks that will be made anew, and the files of finished results."""
    for name in folder.damaged():
        typer.echo(f"{name}: truncated or altered; it is made anew.", err=True)
    for name in folder.to_be_remade():
        typer.echo(f"{name}: missing or altered; what is made of the runs is made anew.", err=True)


def _overview(plan: "Plan", needed: "Estimate", making: float) -> str:
    """What is going to be run, in words."""
    from sim.study.resolve import impossible_points

    size = f"{needed.size / 1e6:,.0f} MB" if needed.size >= 1e6 else f"{needed.size / 1e3:,.0f} kB"
    takes = f"about {_duration(needed.seconds)} on this machine, and {size}"
    if making >= 1:
        takes = f"about {_duration(needed.seconds)} on this machine, {_duration(making)} more for summary, analyses and"
        takes += f" figures, and {size}"
    if plan.kind != "study":
        return f"{plan.facts['title']}\n{plan.all_runs:,} runs: {takes}"
    resolved, study = plan.resolved, plan.resolved.study
    counts = sorted({len(situation.styles) for situation in resolved.situations})
    styles = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    parts = (
        (str(len(resolved.situations)), "scenario"), (f"{len(resolved.points.rows):,}", "point"), (styles, "style"),
        (f"{study.replications:,}", "replication"),
    )  # fmt: skip
    product = " x ".join(f"{count} {what}{'' if count == '1' else 's'}" for count, what in parts)
    lines = [study.title, f"{resolved.runs:,} runs = {product}, in {_chunks(len(plan.chunks))}: {takes}"]
    if study.precision:
        aims = ", ".join(f"{column} ±{half:g}" for column, half in study.precision.items())
        lines.append(f"More replications, {study.most_replications:,} at most, until means are known to {aims}")
    lines += resolved.notes
    if wrong := impossible_points(resolved):
        scenario, point, why = wrong[0]
        text = f"{len(wrong):,} points cannot be run and become rows with an error; the first, point {point}"
        lines.append(f"{text} of {scenario}: {why}")
    return "\n".join(lines)


def _chunks(many: int) -> str:
    return f"{many:,} chunk{'' if many == 1 else 's'}"


def _half_widths(given: list[str]) -> dict[str, float]:
    """What --precision says, such as morale=0.01.

    Raises:
        InputError: something else.
    """
    from sim.scenario.problems import InputError, shortened

    found = {}
    for text in given:
        column, _, half = text.partition("=")
        try:
            found[column.strip()] = float(half)
        except ValueError:
            example = "Give a metric and half the width of its interval, such as --precision morale=0.01."
            raise InputError(f'--precision: got "{shortened(text)}". {example}') from None
    return found


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _confirm(plan: "Plan", seconds: float, yes: bool) -> None:
    """Ask before something very large is begun.

    Raises:
        InputError: it is not confirmed, and nobody is there to ask.
    """
    from sim.scenario.problems import InputError

    if yes or (plan.all_runs <= MANY_RUNS and seconds <= LONG):
        return
    text = f"{plan.all_runs:,} runs take about {_duration(seconds)}"
    if not sys.stdin.isatty():
        raise InputError(f"{plan.facts['study']}: {text}. Vary less, or begin it with --yes.")
    typer.confirm(f"{text}. Begin?", abort=True)


@contextmanager
def _resumable(folder: Path) -> Iterator[None]:
    """Say how to go on when Ctrl-C is pressed."""
    try:
        yield
    except KeyboardInterrupt:
        if folder.exists():
            typer.echo(f"What is finished is kept. Go on with: teamsim resume {folder}", err=True)
        raise


@contextmanager
def _workers(dask: str | None, workers: int | None) -> Iterator[tuple["Executor | None", int | None]]:
    """What runs the chunks, and how many at once; None is threads of this process."""
    if dask is None:
        yield None, workers
        return
    from sim.study.cluster import dask_workers

    with dask_workers(dask, workers) as found:
        yield found.executor, found.at_once


def _per_second(rate: float) -> str:
    """How fast it goes; less than ten a second with a digit more, since a world of firms may take seconds."""
    return f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.2g}/s"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Runs done, how fast, and the time left: a bar on a terminal, now and then a line elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield ProgressLines()
        return
    columns = (
        TextColumn("Running"), BarColumn(), MofNCompleteColumn(), TextColumn("runs"),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("running", total=None, rate="")

        def shown(done: int, total: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=_per_second(speed) if speed else "")

        yield shown


class ProgressLines:
    """Progress as lines of text."""

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None
        self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, now and then."""
        now = time.monotonic()
        if self._begun is None:
            self._begun = (now, done)
        if now - self._said < SECONDS_BETWEEN_LINES or done == total:
            return
        self._said = now
        begun, before = self._begun
        rate = (done - before) / max(now - begun, 1e-9)
        left = f", about {_duration((total - done) / rate)} left" if rate else ""
        typer.echo(f"{done:,} of {total:,} runs, {_per_second(rate)}{left}", err=True)


def _what_was_there(done: "Done") -> str:
    """What a run that was taken up again found, and what it did."""
    chunks = done.found + done.ran
    if not (done.ran or done.remade):
        there = "The one chunk was" if chunks == 1 else f"All {chunks:,} chunks were"
        return f"{there} there, and nothing was left to do."
    text = f"Of {_chunks(chunks)} {done.found:,} were there, and {done.ran:,} were run now"
    again = f", {len(done.damaged):,} of these because they had been altered" if done.damaged else ""
    anew = f"; made anew: {', '.join(done.remade[:5])}" if done.remade else ""
    return f"{text}{again}{anew}{' and more' if len(done.remade) > 5 else ''}."


def _say_done(results: Any) -> None:
    from sim.analysis.study.summary import SUMMARY
    from sim.view.study.making import FIGURES, TABLES
    from sim.view.study.words import what_came_of_it

    failed = int(results.manifest["failed"])
    seconds = results.manifest["seconds"]
    typer.echo(f"{results.manifest['runs']:,} runs in {results.path} ({_duration(seconds)})")
    if results.done is not None and results.done.found:
        typer.echo(_what_was_there(results.done))
    if failed:
        text = f"{failed:,} of them failed: see the column `error` of results.parquet"
        typer.secho(text, fg=typer.colors.YELLOW, err=True)
    for analysis, why in results.manifest["not_made"].items():
        typer.secho(f"analysis {analysis}: not made: {why}", fg=typer.colors.YELLOW, err=True)
    for sentence in what_came_of_it(results):
        typer.echo(sentence)
    if made := [name for name in (TABLES, FIGURES) if any((results.path / name).glob("*"))]:
        typer.echo(f"Analyses: {' and '.join(f'{results.path}/{name}' for name in made)}")
    summed = f"Means and intervals: {results.path}/summary.csv; in" if (results.path / SUMMARY).is_file() else "In"
    typer.echo(f'{summed} Python: sim.open_results("{results.path}")')
