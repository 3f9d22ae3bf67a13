"""`teamsim interview`: asks about a business, and writes a scenario from the answers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.terminal import INTERRUPTED

if TYPE_CHECKING:
    from sim.scenario.interview import Question
    from sim.scenario.schema import Scenario

BACK = "back"


def interview(
    file: Annotated[Path, typer.Argument(help="The scenario file to make.")] = Path("my-business.toml"),
    answers: Annotated[
        Path | None,
        typer.Option(metavar="TOML", help='Take the answers from a file (question = "answer") and ask nothing.'),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")] = False,
) -> None:
    """Ask some thirty short questions about a business, and make a scenario of the answers.

    Enter takes the usual answer; a range such as 3-5 or "a bit to much" is kept as uncertainty; ? says no idea.
    Ctrl-C keeps what was answered, and the same command goes on from there.
    """
    from sim.results import check_writable, written_whole
    from sim.scenario.interview import scenario_text, what_follows
    from sim.scenario.load import load_scenario
    from sim.scenario.problems import InputError

    target = check_writable(file, (".toml",))
    if target.exists() and not force:
        raise InputError(f"{file}: exists already; nothing was asked. Take another name, or use --force.")
    draft = target.with_suffix(".draft.toml")
    given = _from_file(answers) if answers else _asked(draft)
    text = scenario_text(given, str(answers or file))
    with written_whole(target) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    if not answers:
        draft.unlink(missing_ok=True)
    typer.echo(f"Made {file}. What follows from the answers, and may be wrong:")
    scenario = load_scenario(target)
    for sentence in [*what_follows(scenario, given), *_last_year(scenario, given)]:
        typer.echo(f"  {sentence}")
    typer.echo("If a number is not right, correct an answer. Where you know who left and what was sold: teamsim fit.")
    typer.echo(f"Look through it, then: teamsim compare {file}, teamsim report {file}, teamsim advise {file}")


def _last_year(scenario: "Scenario", given: dict[str, str]) -> list[str]:
    """The last year as the model has it, beside what was answered; it takes some runs, if anything was."""
    from sim.scenario.interview import known_of_last_year

    known = known_of_last_year(given)
    if not known:
        return []
    from sim.analysis.first_year import first_year
    from sim.cli.terminal import say_if_compiling
    from sim.view.last_year import last_year_sentences

    say_if_compiling()
    return last_year_sentences(known, first_year(scenario))


def _asked(draft: Path) -> dict[str, str]:
    """The answers that somebody types, after those of an earlier time; on Ctrl-C they are kept in the draft."""
    from sim.scenario.interview import QUESTIONS
    from sim.scenario.problems import InputError

    given: dict[str, str] = {}
    if draft.exists():
        given = _from_file(draft)
        typer.echo(f"Going on after {len(given)} answers in {draft.name}; delete it to begin anew.", err=True)
    typer.echo(
        f"{len(QUESTIONS)} short questions. Enter takes what stands in brackets; ranges such as 3-5 are fine; ? for no "
        "idea; back goes back.",
        err=True,
    )
    place = next((place for place, question in enumerate(QUESTIONS) if question.name not in given), len(QUESTIONS))
    try:
        part = ""
        while place < len(QUESTIONS):
            question = QUESTIONS[place]
            if question.part != part:
                part = question.part
                typer.echo(f"\n{part}", err=True)
            text = _line(question)
            if text.strip().lower() == BACK:
                place = max(place - 1, 0)
            elif _sound(question, text):
                given[question.name] = text
                place += 1
    except (KeyboardInterrupt, EOFError) as stopped:
        _keep(draft, given)
        kept = "1 answer is" if len(given) == 1 else f"{len(given)} answers are"
        text = f"{kept} kept in {draft.name}; the same command goes on from there."
        if isinstance(stopped, KeyboardInterrupt) or sys.stdin.isatty():
            typer.echo(f"\nStopped: {text}", err=True)
            raise typer.Exit(INTERRUPTED) from None
        ended = QUESTIONS[place].name
        raise InputError(f"the answers end before the question {ended}; {text}") from None
    except InputError:
        _keep(draft, given)
        raise
    return given


def _line(question: "Question") -> str:
    """One line of what is typed or piped."""
    from sim.scenario.signs import seen

    typer.echo(f"{question.words} [{question.usual}] ", nl=False, err=True)
    text = seen(sys.stdin.readline())
    if not text:
        raise EOFError
    if not sys.stdin.isatty():
        typer.echo(text.rstrip("\n"), err=True)
    return text.rstrip("\n")


def _sound(question: "Question", text: str) -> bool:
    """Whether an answer can be read; if not, a person is asked again, and a pipe has failed.

    Raises:
        InputError: an answer from a pipe that cannot be read.
    """
    from sim.scenario.interview import read_answer
    from sim.scenario.problems import InputError

    try:
        read_answer(question, text)
    except InputError as error:
        if not sys.stdin.isatty():
            raise InputError(f"{question.name}: {error}") from None
        typer.secho(f"  {error}", fg=typer.colors.RED, err=True)
        return False
    return True


def _from_file(path: Path) -> dict[str, str]:
    """Answers by question.

    Raises:
        InputError: no such file, or not one of answers.
    """
    from sim.scenario.toml_files import read_table

    table = read_table(path, 'A file of answers has lines such as size = "10-14".')
    return {name: str(answer) for name, answer in table.items()}


def _keep(draft: Path, given: dict[str, str]) -> None:
    import tomli_w

    from sim.results import written_whole

    if given:
        with written_whole(draft) as unfinished:
            unfinished.write_text(tomli_w.dumps(given), encoding="utf-8")
