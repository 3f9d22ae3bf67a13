"""One round of a lesson: a question, a guess that is committed to, and then what the model shows."""

from collections.abc import Callable
from typing import Any

import solara

from sim.app import fields
from sim.app.charts import Chart
from sim.app.learn.lessons import Everywhere
from sim.app.learn.lessons import Round as Asked
from sim.app.learn.pictures import picture, standings
from sim.app.learn.runs import SEED, run_arms, run_everywhere
from sim.app.learn.verdicts import JUDGES, Verdict, options
from sim.app.words import complain, say, say_paragraphs, show_table, wait
from sim.view.sentences import name_of

WORDS = {"held": "Your guess held.", "open": "Your guess stays open.", "failed": "Your guess did not hold."}
MARKS = {"held": "✓", "open": "?", "failed": "✗"}


@solara.component_vue("guess.vue", vuetify=False)
def _Guess(
    question: str, options: list[dict[str, str]], guess: str | None, event_decide: Callable[[str], None]
) -> None:
    """The question with its answers, one of which is chosen for good."""


@solara.component
def Round(place: int, of: int, asked: Asked) -> None:
    """A round; nothing is run before the guess is made."""
    guess, decide = solara.use_state(None)
    known = {option.name for option in options(asked)}

    def commit(name: Any) -> None:
        if guess is None and name in known:
            decide(name)

    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", f"Round {place} of {of}" if of > 1 else "Your prediction")
        say_paragraphs(asked.situation)
        listed = [option._asdict() for option in options(asked)]
        _Guess(question=asked.question, options=listed, guess=guess, event_decide=commit)
        if guess is not None:
            _Reveal(asked, guess)


@solara.component
def _Reveal(asked: Asked, guess: str) -> None:
    """What the runs show; the luck can be changed, the guess cannot."""
    seed, set_seed = solara.use_state(SEED)
    shown = solara.lab.use_task(lambda: _judged(asked, guess, seed), dependencies=[seed], raise_error=False)
    if shown.error:
        complain("The runs could not be made. Reload the page and try again.")
    elif shown.value is None or shown.pending:
        wait(f"The model is run {asked.replications} times for each ...")
    else:
        verdict, drawn = shown.value
        said = f"{MARKS[verdict.outcome]} {WORDS[verdict.outcome]}"
        say("p", said, f"ts-verdict ts-{verdict.outcome}", role="status", data_outcome=verdict.outcome)
        say("p", verdict.shown)
        if isinstance(asked, Everywhere):
            show_table(f"Mean {name_of(asked.metric)} by situation and style", *drawn)
        else:
            Chart(spec=drawn)
        say("h3", "Why the model may do this")
        say_paragraphs(asked.mechanism)
        say("p", verdict.limits, "ts-faint ts-small")
        again = [fields.button("again", "The same guess with other luck")]
        fields.Fields(fields=again, label="Try again", event_change=lambda _: set_seed(seed + 1))
        say("p", f"Seed {seed}, {asked.replications} runs of each.", "ts-faint ts-small")


def _judged(asked: Asked, guess: str, seed: int) -> tuple[Verdict, Any]:
    """What came of the guess, and what is drawn of it."""
    if isinstance(asked, Everywhere):
        everywhere = run_everywhere(asked, seed)
        return JUDGES[asked.kind](asked, guess, everywhere), standings(asked, everywhere)
    ds = run_arms(asked, seed)
    return JUDGES[asked.kind](asked, guess, ds), picture(asked, ds)
