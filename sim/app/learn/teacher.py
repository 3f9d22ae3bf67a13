"""The page for teachers: a timetable, notes on every lesson and links to prepared views; it can be printed."""

from collections.abc import Callable, Sequence

import solara

from sim.app.component import component_vue
from sim.app.evidence.records import NOT_MEASURED, load, records
from sim.app.learn.lessons import Lesson, lessons
from sim.app.learn.round import told
from sim.app.learn.teaching import teaching
from sim.app.links import Links, link
from sim.app.plain_text import say, say_paragraphs, show_table
from sim.view.language import said


@component_vue("print.vue")
def _Print() -> None:
    """A button that prints the page."""


@solara.component
def Teacher(go: Callable[[str], None]) -> None:
    """Everything on one page."""
    page = teaching()
    say("h1", said(page.title))
    say_paragraphs(page.introduction)
    _Print()
    say("h2", said("A class of {many} minutes", many=sum(step.minutes for step in page.timetable)))
    minutes = 0
    rows = []
    for step in page.timetable:
        rows.append((said("{low} to {high}", low=str(minutes), high=str(minutes + step.minutes)), told(step.what)))
        minutes += step.minutes
    show_table(said("The class minute by minute"), (said("Minutes"), said("What happens")), rows, prose=True)
    for part in page.sections:
        say("h2", said(part.title))
        say_paragraphs(part.text)
    say("h2", said("Prepared views"))
    Links(links=prepared_views(), label=said("Prepared views"), event_go=go)
    say("h2", said("The lessons"))
    for name, lesson in lessons().items():
        _Notes(name, lesson, go)


@solara.component
def _Notes(name: str, lesson: Lesson, go: Callable[[str], None]) -> None:
    with solara.Div(classes=["ts-card", "ts-stack"]):
        minutes = said("{many} minutes", many=lesson.minutes)
        say("h3", f"{lesson.order}. {said(lesson.title)} ({minutes})")
        say_paragraphs(lesson.teacher)
        questions = " ".join(told(asked.question) for asked in lesson.rounds)
        say("p", said("They predict: {questions}", questions=questions))
        say("p", said("Last question: {question}", question=told(lesson.open_question)))
        say("p", _status(lesson.claims), "ts-faint")
        Links(
            links=[{"to": f"/learn?lesson={name}", "text": said("Open the lesson"), "more": ""}],
            label=said(lesson.title),
            event_go=go,
        )


def _status(claims: Sequence[str]) -> str:
    """The verdicts of the page Evidence on the claims of a lesson."""
    if not claims:
        return said("No claim on the page Evidence is about this lesson.")
    measured = {record["id"]: record["verdict"] for record in records(load("claims.json"))}
    verdicts = ", ".join(f"{name} ({said(measured.get(name) or NOT_MEASURED)})" for name in claims)
    return said("Claims on the page Evidence about this lesson: {verdicts}.", verdicts=verdicts)


def prepared_views() -> list[dict[str, str]]:
    """Runs to watch together. The class finds out what happens in them."""
    team = "/team?scenario={}&style={}".format
    return [
        link(team("novices", "democratic"), said("Twelve novices"), said("When do the tiles change their shape?")),
        link(
            team("growth", "autocratic"),
            said("From 8 people to 40, one leadership style"),
            said("Watch the leaders' hours."),
        ),
        link(
            team("crisis", "situational"),
            said("A crisis, and a leader who adapts"),
            said("Whom does the leader misjudge?"),
        ),
        link(team("several-teams", "as-is"), said("Three teams, three leaders"), said("One company, three climates?")),
        link("/styles", said("S1 to S4 with D1 to D4, in numbers"), said("Below the profiles.")),
        link("/evidence", said("What is supported and what is not"), said("For the last fifteen minutes.")),
    ]
