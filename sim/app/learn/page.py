"""The page Learn: the list of lessons, a lesson, or the page for teachers, as the address asks."""

import csv
import io
from collections.abc import Callable
from typing import Any

import solara

from sim.app import form
from sim.app.address import asked_for, use_address
from sim.app.component import component_vue
from sim.app.downloads import Downloads, file
from sim.app.guesses import Guesses
from sim.app.learn.lessons import Lesson, lessons
from sim.app.learn.round import Round, told
from sim.app.learn.teacher import Teacher
from sim.app.learn.together import JoinClass, OpenClass, Together
from sim.app.learn.verdicts import options
from sim.app.links import Links, link
from sim.app.plain_text import complain, page_body, say, say_paragraphs
from sim.app.session import use_session
from sim.scenario.signs import harmless
from sim.view.language import english, said

TEACHER = "for-teachers"

INTRODUCTION = english("""
In each lesson you predict a result first. Then the model runs many times, each time with different luck. You see
whether your guess was right, and how certain this is.
""")


@component_vue("lessons.vue")
def _Lessons(lessons: list[dict[str, Any]], event_go: Callable[[str], None]) -> None:
    """Lessons as cards, each with a small picture of what is predicted in it, and how far the visitor is."""


@solara.component
def Learn() -> None:
    """Lessons, and the teacher's page."""
    address = use_address("learn")
    asked = asked_for(address.search).get("lesson", "")
    code = asked_for(address.search).get("class", "")
    with page_body():
        if code:
            Together(code=code, go=address.go).key(f"class {code}")
        elif asked == TEACHER:
            Teacher(go=address.go)
        elif asked in lessons():
            _Lesson(asked, lessons()[asked], go=address.go).key(asked)
        else:
            _Contents(go=address.go, unknown=bool(asked))


@solara.component
def _Contents(go: Callable[[str], None], unknown: bool) -> None:
    guesses = use_session().guesses
    say("h1", said("Learn: predict first, then see"))
    if unknown:
        complain(said("There is no such lesson. These are the lessons:"))
    say_paragraphs(INTRODUCTION)
    listed = [
        {
            **link(
                f"/learn?lesson={name}",
                f"{one.order}. {said(one.title)}",
                f"{told(one.promise)} ({_progress(name, one, guesses)})",
            ),
            "order": one.order,
            "kind": one.rounds[0].kind,
            "made": guesses.made(name),
            "rounds": len(one.rounds),
        }
        for name, one in lessons().items()
    ]
    _Lessons(lessons=listed, event_go=go)
    _Predictions(guesses)
    JoinClass(go=go)
    say("h2", said("For teachers"))
    OpenClass(go=go)
    more = said("timetable, notes on every lesson, prepared views; you can print it")
    how = link(f"/learn?lesson={TEACHER}", said("How to run a class"), more)
    Links(links=[how], label=said("For teachers"), event_go=go)


def _progress(name: str, lesson: Lesson, guesses: Guesses) -> str:
    """The length of a lesson, and the number of predictions that the visitor has made in it."""
    made = guesses.made(name)
    so_far = said("{many} of {all} predictions made", many=made, all=len(lesson.rounds))
    minutes = said("{many} minutes", many=lesson.minutes)
    return f"{minutes}; {so_far}" if made else minutes


@solara.component
def _Predictions(guesses: Guesses) -> None:
    """What somebody has predicted, to be taken along or forgotten; nothing before there is something."""
    made = guesses.as_plain()
    if not made:
        return
    say("p", said("Your predictions are kept in this browser, and nowhere else."), "ts-faint ts-small")
    with solara.Div(classes=["ts-row"]):
        Downloads(files=[file(said("Download my predictions"), "my-predictions.csv", predictions(made))])
        forget = [form.button("forget", said("Forget my predictions"))]
        form.Form(fields=forget, label=said("My predictions"), event_change=lambda _: guesses.forget())


def predictions(made: list[list[Any]]) -> str:
    """The guesses of `Guesses.as_plain` as a table (CSV), in words."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["lesson", "round", "question", "my guess", "seed"])
    for lesson, place, guess, seed in made:
        asked = lessons()[lesson].rounds[place - 1]
        words = {option.name: option.text for option in options(asked)}
        table.writerow(map(harmless, [lesson, place, told(asked.question), words[guess], seed]))
    return text.getvalue()


@solara.component
def _Lesson(name: str, lesson: Lesson, go: Callable[[str], None]) -> None:
    say("h1", said(lesson.title))
    say("p", told(lesson.promise), "ts-note")
    say("h2", said("The idea"))
    say_paragraphs(lesson.idea)
    for place, asked in enumerate(lesson.rounds, 1):
        Round(name, place, len(lesson.rounds), asked).key(f"{name} {place}")
    say("h2", said("An open question"))
    say_paragraphs(lesson.open_question)
    say("p", said("The model has no answer to this question."), "ts-faint")
    _Restart(name)
    Links(links=_onward(name), label=said("Other lessons"), event_go=go)


@solara.component
def _Restart(name: str) -> None:
    """A button that deletes all guesses of a lesson, if there are any."""
    guesses = use_session().guesses
    if not guesses.made(name):
        return
    say("p", said("Your guesses are kept in this browser, also when you close the page."), "ts-faint")
    restart = [form.button("restart", said("Start this lesson again"))]
    form.Form(fields=restart, label=said("Start again"), event_change=lambda _: guesses.restart(name))


def _onward(name: str) -> list[dict[str, str]]:
    names = list(lessons())
    following = names[names.index(name) + 1 :][:1]
    onward = [
        link(f"/learn?lesson={after}", said("Next: {title}", title=said(lessons()[after].title))) for after in following
    ]
    return [*onward, link("/learn", said("All lessons"))]
