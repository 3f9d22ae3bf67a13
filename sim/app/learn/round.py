"""One round of a lesson: a question, a final guess, and then the result of the model."""

from collections.abc import Callable
from typing import Any

import solara

from sim.app import form
from sim.app.charts import Chart
from sim.app.component import component_vue
from sim.app.guesses import Guess, Guesses
from sim.app.language import spoken_by_visitor
from sim.app.learn.lessons import Everywhere
from sim.app.learn.lessons import Round as Asked
from sim.app.learn.pictures import picture, standings
from sim.app.learn.runs import SEED, run_arms, run_everywhere
from sim.app.learn.verdicts import JUDGES, Verdict, leading, options
from sim.app.plain_text import complain, say, say_paragraphs, show_table, wait
from sim.app.session import use_session
from sim.view.language import english, said
from sim.view.sentences import name_of, unit_of
from sim.view.texts import paragraphs

WORDS = {
    "held": english("Your guess was right."),
    "open": english("It is not clear yet."),
    "failed": english("Your guess was wrong."),
}
FULL_CAPACITY = english(
    "Full capacity is the work of all positions in a usual week, if everybody is fully proficient, fully committed and "
    "of average ability. More than 100% is possible: with good tools, with little time for meetings and decisions, "
    "with people of high ability, or if leaders help."
)

MARKS = {"held": "✓", "open": "?", "failed": "✗"}


@component_vue("guess.vue")
def Choose(
    question: str, options: list[dict[str, str]], guess: str | None, place: str, event_decide: Callable[[str], None]
) -> None:
    """The question with its answers. The choice is final; until then it stays in the browser tab, by `place`."""


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
        say("h2", round_of(place, of))
        say_paragraphs(asked.situation)
        listed = [option._asdict() for option in options(asked)]
        Choose(
            question=told(asked.question),
            options=listed,
            guess=attempt.guess if attempt else None,
            place=f"{lesson} {place}",
            event_decide=commit,
        )
        if attempt is not None:
            Reveal(guesses, lesson, place, asked, attempt)


@solara.component
def Reveal(guesses: Guesses, lesson: str, place: int, asked: Asked, attempt: Guess) -> None:
    """The result of the runs. The student can change the luck, but not the guess."""
    language = spoken_by_visitor()

    def judge() -> None:
        if _in_language(guesses.outcome(lesson, place), language) is None:
            guesses.keep(lesson, place, attempt, (language, *judged(asked, attempt.guess, attempt.seed)))

    judging = solara.lab.use_task(judge, dependencies=[attempt, language], raise_error=False)
    known = _in_language(guesses.outcome(lesson, place), language)
    if known is None and judging.error:
        complain(said("The model could not run. Reload the page and try again."))
    elif known is None:
        wait(said("The model runs {many} times for each answer ...", many=asked.replications))
    else:
        verdict, drawn = known
        result = f"{MARKS[verdict.outcome]} {said(WORDS[verdict.outcome])}"
        say("p", result, f"ts-verdict ts-{verdict.outcome}", role="status", data_outcome=verdict.outcome)
        say("p", verdict.shown)
        if isinstance(asked, Everywhere):
            show_table(said("Mean {metric} by situation and style", metric=name_of(asked.metric)), *drawn)
            say("p", leading(asked), "ts-faint ts-small")
        else:
            Chart(spec=drawn)
        if unit_of(asked.metric) == "% of full capacity":
            say("p", said(FULL_CAPACITY), "ts-faint ts-small")
        say("h3", said("Why the model may do this"))
        say_paragraphs(asked.mechanism)
        say("p", verdict.limits, "ts-faint ts-small")
        again = [form.button("again", said("Try the same guess with other luck"))]
        form.Form(fields=again, label=said("Try again"), event_change=lambda _: guesses.try_again(lesson, place))
        runs = said("Seed {seed}, {runs} runs of each.", seed=str(attempt.seed), runs=asked.replications)
        say("p", runs, "ts-faint ts-small")


def round_of(place: int, of: int) -> str:
    """What a round is called."""
    return said("Round {place} of {all}", place=place, all=of) if of > 1 else said("Your prediction")


def told(text: str) -> str:
    """A text of a lesson in the visitor's language, in one line."""
    return " ".join(said(paragraph) for paragraph in paragraphs(text))


def _in_language(outcome: Any, language: str) -> Any:
    """A kept outcome without its language, if that is the one."""
    return outcome[1:] if outcome is not None and outcome[0] == language else None


def judged(asked: Asked, guess: str, seed: int) -> tuple[Verdict, Any]:
    """The verdict on the guess, and the chart or table."""
    if isinstance(asked, Everywhere):
        everywhere = run_everywhere(asked, seed)
        return JUDGES[asked.kind](asked, guess, everywhere), standings(asked, everywhere)
    ds = run_arms(asked, seed)
    return JUDGES[asked.kind](asked, guess, ds), picture(asked, ds)
