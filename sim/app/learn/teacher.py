"""The page for teachers: a timetable, notes on every lesson and links to prepared views; it can be printed."""

from collections.abc import Callable, Sequence

import solara

from sim.app.evidence.records import load, records
from sim.app.learn.lessons import Lesson, lessons
from sim.app.learn.teaching import teaching
from sim.app.links import Links, link
from sim.app.plain_text import say, say_paragraphs, show_table


@solara.component_vue("print.vue", vuetify=False)
def _Print() -> None:
    """A button that prints the page."""


@solara.component
def Teacher(go: Callable[[str], None]) -> None:
    """Everything on one page."""
    page = teaching()
    say("h1", page.title)
    say_paragraphs(page.introduction)
    _Print()
    say("h2", f"A class of {sum(step.minutes for step in page.timetable)} minutes")
    minutes = 0
    rows = []
    for step in page.timetable:
        rows.append((f"{minutes} to {minutes + step.minutes}", step.what))
        minutes += step.minutes
    show_table("The class minute by minute", ("Minutes", "What happens"), rows, prose=True)
    for part in page.sections:
        say("h2", part.title)
        say_paragraphs(part.text)
    say("h2", "Prepared views")
    Links(links=prepared_views(), label="Prepared views", event_go=go)
    say("h2", "The lessons")
    for name, lesson in lessons().items():
        _Notes(name, lesson, go)


@solara.component
def _Notes(name: str, lesson: Lesson, go: Callable[[str], None]) -> None:
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h3", f"{lesson.order}. {lesson.title} ({lesson.minutes} minutes)")
        say_paragraphs(lesson.teacher)
        questions = " ".join(asked.question for asked in lesson.rounds)
        say("p", f"They predict: {questions}")
        say("p", f"Last question: {' '.join(lesson.open_question.split())}")
        say("p", _status(lesson.claims), "ts-faint")
        Links(
            links=[{"to": f"/learn?lesson={name}", "text": "Open the lesson", "more": ""}],
            label=lesson.title,
            event_go=go,
        )


def _status(claims: Sequence[str]) -> str:
    """The verdicts of the page Evidence on the claims of a lesson."""
    if not claims:
        return "No claim on the page Evidence is about this lesson."
    measured = {record["id"]: record["verdict"] for record in records(load("claims.json"))}
    verdicts = ", ".join(f"{name} ({measured.get(name) or 'not measured yet'})" for name in claims)
    return f"Claims on the page Evidence about this lesson: {verdicts}."


def prepared_views() -> list[dict[str, str]]:
    """Runs to watch together. The class finds out what happens in them."""
    team = "/team?scenario={}&style={}".format
    return [
        link(team("novices", "democratic"), "Twelve novices", "When do the tiles change their shape?"),
        link(team("growth", "autocratic"), "From 8 people to 40, one leadership style", "Watch the leaders' hours."),
        link(team("crisis", "situational"), "A crisis, and a leader who adapts", "Whom does the leader misjudge?"),
        link(team("several-teams", "as-is"), "Three teams, three leaders", "One company, three climates?"),
        link("/styles", "S1 to S4 with D1 to D4, in numbers", "Below the profiles."),
        link("/evidence", "What is supported and what is not", "For the last fifteen minutes."),
    ]
