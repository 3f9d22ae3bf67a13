"""`teamsim advise`: searches for the leadership style that serves a goal best."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.chosen import Changes, Roster, chosen_scenario
from sim.cli.terminal import AsJson, Seed, console, print_json, print_parts, say_if_compiling

if TYPE_CHECKING:
    from sim.analysis.advice import Advice
    from sim.analysis.advice.advisor import Progress


def advise(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario, or the path of a TOML file.")] = "everyday",
    goal: Annotated[
        str, typer.Option(metavar="METRIC=WEIGHT,...", help="What counts, and how much.")
    ] = "output=0.5,morale=0.5",
    constraint: Annotated[
        list[str] | None,
        typer.Option(metavar="'METRIC<NUMBER'", help="A bound to keep, in quotes, such as 'turnover<25%'; repeat."),
    ] = None,
    roster: Roster = None,
    set_: Changes = None,
    trials: Annotated[int | None, typer.Option(metavar="N", min=1, help="Leadership styles to try.")] = None,
    seed: Seed = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the scenario with the advised style as a TOML file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that file if it is there already.")] = False,
) -> None:
    """Search for a leadership style that serves a goal, whatever luck and the model's uncertain numbers may be.

    Ctrl-C ends the search and goes on with the best until then.
    """
    from sim import results
    from sim.analysis.advice.goals import read_constraints, read_goal
    from sim.scenario.extending import refuse_named_teams
    from sim.scenario.problems import InputError

    chosen = chosen_scenario(scenario, roster, set_)
    read_goal(goal)
    read_constraints(constraint or [])
    target = results.check_writable(out, (".toml",)) if out else None
    if target and target.exists() and not force:
        raise InputError(f"{out}: exists already; nothing was done. Take another name, or use --force.")
    if target:
        refuse_named_teams(chosen, roster, bool(set_), Path(str(out)))
    if target and Path(scenario).is_file() and Path(scenario).resolve() == target:
        raise InputError(f"{out}: this is the scenario itself, which the advice goes beside. Choose another name.")

    from sim.analysis.advice import advise as search
    from sim.analysis.advice.advisor import TRIALS

    with _progress() as told:
        advice = search(chosen, goal, constraint or (), TRIALS if trials is None else trials, seed, progress=told)
    if target:
        _write(advice, target, str(out), scenario, roster, changed=bool(set_))
    from sim.view.advice import advice_parts, advice_record

    if as_json:
        print_json(advice_record(advice))
    else:
        print_parts(console(), advice_parts(advice))


def _write(advice: "Advice", target: Path, shown: str, source: str, roster: Path | None, changed: bool) -> None:
    """Write the scenario with the advised style beside the one that it is for; nobody's name or rating is in it."""
    from sim.analysis.advice.advisor import advised_scenario
    from sim.results import written_whole
    from sim.scenario.extending import beside
    from sim.view.advice import plan_in_words
    from sim.view.sentences import capitalised

    if not advice.beats_now:
        typer.echo(f"{shown} was not written: the advice is to stay as now.", err=True)
        return
    words = plan_in_words(advice.plan)
    scenario = advised_scenario(advice, f"{capitalised(words)}.")
    head = (
        f'# The scenario {advice.scenario.name} with the advised leadership style as the style "advised":\n'
        f"# {words}.\n"
        f"# Searched for the goal {advice.goal} with seed {advice.seed}, {advice.tried} plans.\n"
        f"# The leader's own style is left as it is, to compare with: teamsim compare {target.name}\n"
    )
    with written_whole(target) as unfinished:
        text = beside(scenario, target, source, ("styles",), roster, changed)
        unfinished.write_text(f"{head}\n{text}", encoding="utf-8")
    typer.echo(
        f"Saved {shown}; see for yourself: teamsim compare {shown}, or for the client: teamsim report {shown}", err=True
    )


@contextmanager
def _progress() -> "Iterator[Progress | None]":
    """Tell on stderr what is being done and how far it is."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    say_if_compiling()
    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("Searching", total=None)

        def told(doing: str, done: int, total: int) -> None:
            bar.update(task, description=doing, completed=done, total=total)

        yield told
