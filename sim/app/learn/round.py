"""One round of a lesson: a question, a final guess, and then the result of the model."""

from collections.abc import Callable
from typing import Any

import solara

from sim.app import form
from sim.app.charts import Chart
from sim.app.guesses import Guess, Guesses
from sim.app.learn.lessons import Everywhere
from sim.app.learn.lessons import Round as Asked
from sim.app.learn.pictures import picture, standings
from sim.app.learn.runs import SEED, run_arms, run_everywhere
from sim.app.learn.verdicts import JUDGES, Verdict, leading, options
from sim.app.plain_text import complain, say, say_paragraphs, show_table, wait
from sim.app.session import use_session
from sim.view.sentences import name_of, unit_of

WORDS = {"held": "Your guess was right.", "open": "It is not clear yet.", "failed": "Your guess was wrong."}
FULL_CAPACITY = (
    "Full capacity is the work of all positions in a usual week, if everybody is fully proficient, fully committed and "
    "of average ability. More than 100% is possible: with good tools, with little time for meetings and decisions, "
    "with people of high ability, or if leaders help."
)

MARKS = {"held": "✓", "open": "?", "failed": "✗"}


@solara.component_vue("guess.vue", vuetify=False)
def _Guess(
    question: str, options: list[dict[str, str]], guess: str | None, event_decide: Callable[[str], None]
) -> None:
    """The question with its answers. The choice is final."""


@solara.component
def Round(lesson: str, place: int, of: int, asked: Asked) -> None:
    """A round. Nothing runs before the guess is made."""
    guesses = use_session().guesses
    attempt = guesses.at(lesson, place)
    known = [option.name for option in options(asked)]

    def commit(name: Any) -> None:
        if name in known:
            guesses.commit(lesson, place, name, SEED)

    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", f"Round {place} of {of}" if of > 1 else "Your prediction")
        say_paragraphs(asked.situation)
        listed = [option._asdict() for option in options(asked)]
        _Guess(question=asked.question, options=listed, guess=attempt.guess if attempt else None, event_decide=commit)
        if attempt is not None:
            Reveal(guesses, lesson, place, asked, attempt)


@solara.component
def Reveal(guesses: Guesses, lesson: str, place: int, asked: Asked, attempt: Guess) -> None:
    """The result of the runs. The student can change the luck, but not the guess."""

    def judge() -> None:
        if guesses.outcome(lesson, place) is None:
            guesses.keep(lesson, place, attempt, judged(asked, attempt.guess, attempt.seed))

    judging = solara.lab.use_task(judge, dependencies=[attempt], raise_error=False)
    known = guesses.outcome(lesson, place)
    if known is None and judging.error:
        complain("The model could not run. Reload the page and try again.")
    elif known is None:
        wait(f"The model runs {asked.replications} times for each answer ...")
    else:
        verdict, drawn = known
        result = f"{MARKS[verdict.outcome]} {WORDS[verdict.outcome]}"
        say("p", result, f"ts-verdict ts-{verdict.outcome}", role="status", data_outcome=verdict.outcome)
        say("p", verdict.shown)
        if isinstance(asked, Everywhere):
            show_table(f"Mean {name_of(asked.metric)} by situation and style", *drawn)
            say("p", leading(asked), "ts-faint ts-small")
        else:
            Chart(spec=drawn)
        if unit_of(asked.metric) == "% of full capacity":
            say("p", FULL_CAPACITY, "ts-faint ts-small")
        say("h3", "Why the model may do this")
        say_paragraphs(asked.mechanism)
        say("p", verdict.limits, "ts-faint ts-small")
        again = [form.button("again", "Try the same guess with other luck")]
        form.Form(fields=again, label="Try again", event_change=lambda _: guesses.try_again(lesson, place))
        say("p", f"Seed {attempt.seed}, {asked.replications} runs of each.", "ts-faint ts-small")


def judged(asked: Asked, guess: str, seed: int) -> tuple[Verdict, Any]:
    """The verdict on the guess, and the chart or table."""
    if isinstance(asked, Everywhere):
        everywhere = run_everywhere(asked, seed)
        return JUDGES[asked.kind](asked, guess, everywhere), standings(asked, everywhere)
    ds = run_arms(asked, seed)
    return JUDGES[asked.kind](asked, guess, ds), picture(asked, ds)
