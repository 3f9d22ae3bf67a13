"""The page Learn: a list of lessons, a lesson, or the page for teachers; which one, the address says."""

from collections.abc import Callable

import solara

from sim.app import fields
from sim.app.address import asked_for, use_address
from sim.app.guesses import Guesses
from sim.app.learn.lessons import Lesson, lessons
from sim.app.learn.round import Round
from sim.app.learn.teacher import Teacher
from sim.app.links import Links, link
from sim.app.plain_text import complain, say, say_paragraphs, sheet
from sim.app.session import use_session

TEACHER = "for-teachers"

INTRODUCTION = """
In each lesson you say what will happen before the model is run. Then it is run, many times over with different luck,
and you see whether your guess held, and how sure that is.
"""


@solara.component
def Learn() -> None:
    """Lessons, and the teacher's page."""
    address = use_address("learn")
    asked = asked_for(address.search).get("lesson", "")
    with sheet():
        if asked == TEACHER:
            Teacher(go=address.go)
        elif asked in lessons():
            _Lesson(asked, lessons()[asked], go=address.go).key(asked)
        else:
            _Contents(go=address.go, unknown=bool(asked))


@solara.component
def _Contents(go: Callable[[str], None], unknown: bool) -> None:
    guesses = use_session().guesses
    say("h1", "Learn: predict first, then see")
    if unknown:
        complain("The link asks for a lesson that there is not. These are the lessons:")
    say_paragraphs(INTRODUCTION)
    listed = [
        link(f"/learn?lesson={name}", f"{one.order}. {one.title}", f"{one.promise} ({_far(name, one, guesses)})")
        for name, one in lessons().items()
    ]
    Links(links=listed, label="Lessons", event_go=go)
    say("h2", "For teachers")
    more = "timing, notes on every lesson, prepared views; can be printed"
    Links(links=[link(f"/learn?lesson={TEACHER}", "How to run a class", more)], label="For teachers", event_go=go)


def _far(name: str, lesson: Lesson, guesses: Guesses) -> str:
    """How long a lesson takes, and how far the visitor is in it."""
    made = guesses.made(name)
    so_far = f"; {made} of {len(lesson.rounds)} predictions made" if made else ""
    return f"{lesson.minutes} minutes{so_far}"


@solara.component
def _Lesson(name: str, lesson: Lesson, go: Callable[[str], None]) -> None:
    say("h1", lesson.title)
    say("p", f"{lesson.promise}", "ts-note")
    say("h2", "The idea")
    say_paragraphs(lesson.idea)
    for place, asked in enumerate(lesson.rounds, 1):
        Round(name, place, len(lesson.rounds), asked).key(f"{name} {place}")
    say("h2", "An open question")
    say_paragraphs(lesson.open_question)
    say("p", "The model has no answer to this one.", "ts-faint")
    _Anew(name)
    Links(links=_onward(name), label="Other lessons", event_go=go)


@solara.component
def _Anew(name: str) -> None:
    """A way to take back all guesses of a lesson, once there are any."""
    guesses = use_session().guesses
    if not guesses.made(name):
        return
    say("p", "Your guesses stay while you look at other pages, and until you reload or close this one.", "ts-faint")
    anew = [fields.button("anew", "Begin this lesson anew")]
    fields.Fields(fields=anew, label="Begin anew", event_change=lambda _: guesses.begin_anew(name))


def _onward(name: str) -> list[dict[str, str]]:
    names = list(lessons())
    following = names[names.index(name) + 1 :][:1]
    onward = [link(f"/learn?lesson={after}", f"Next: {lessons()[after].title}") for after in following]
    return [*onward, link("/learn", "All lessons")]
