"""The page of a class: students predict, the teacher sees the guesses come in, and then everybody sees the result."""

from collections.abc import Callable
from functools import lru_cache, partial
from threading import Lock
from typing import Any

import solara

from sim.app import form
from sim.app.charts import Chart
from sim.app.component import component_vue
from sim.app.language import spoken_by_visitor
from sim.app.learn.classroom import CODE, ROOMS, Room
from sim.app.learn.lessons import Everywhere, lessons
from sim.app.learn.round import WORDS, Choose, judged, told
from sim.app.learn.runs import SEED
from sim.app.learn.verdicts import Verdict, leading, options
from sim.app.links import Links, link
from sim.app.plain_text import complain, say, say_paragraphs, show_table, wait
from sim.app.session import use_session
from sim.view.language import english, said, speaking, spoken

ROLES = (
    (english("the owner"), english("What does this result cost, and what would you pay to have it otherwise?")),
    (
        english("somebody in the team"),
        english("What would you notice of this on a Monday, before any number shows it?"),
    ),
    (english("the leader"), english("What would you do differently tomorrow, and what would you need for it?")),
    (english("a sceptic"), english("What in the model could make this result come out wrong?")),
)
"""Roles in which students talk about a result afterwards, each with a question."""

GONE = english("There is no class with this code, or it has ended. Ask your teacher for the code.")

_one_at_a_time = Lock()


@component_vue("tally.vue")
def _Tally(rows: list[dict[str, Any]], label: str) -> None:
    """How many have made each guess, as bars."""


@component_vue("code.vue")
def _Code(code: str) -> None:
    """The code of a class, large, and the address that leads to it."""


def _show(room: Room, place: int, _message: object) -> None:
    room.show(place)


@solara.component
def OpenClass(go: Callable[[str], None]) -> None:
    """Lets a teacher open a class with one of the lessons."""
    session = use_session()
    chosen, choose = solara.use_state(next(iter(lessons())))
    full, set_full = solara.use_state(False)

    def change(message: dict[str, Any]) -> None:
        if message["name"] == "lesson":
            choose(message["value"])
            return
        room = ROOMS.open(chosen)
        set_full(room is None)
        if room is not None:
            session.classes.value = {**session.classes.value, room.code: room.key}
            go(f"/learn?class={room.code}")

    listed = [(name, said(lesson.title)) for name, lesson in lessons().items()]
    controls = [form.choice("lesson", said("Lesson"), chosen, listed), form.button("open", said("Open a class"))]
    form.Form(fields=controls, label=said("A class that predicts together"), event_change=change)
    if full:
        complain(said("There are too many classes at the moment. Try again later."))


@solara.component
def JoinClass(go: Callable[[str], None]) -> None:
    """Lets a student join a class by its code."""
    wrong, set_wrong = solara.use_state("")

    def change(message: dict[str, Any]) -> None:
        code = str(message["value"]).strip().upper()
        if len(code) < CODE:
            set_wrong("")
        elif ROOMS.find(code) is None:
            set_wrong(said(GONE))
        else:
            go(f"/learn?class={code}")

    fields = [
        form.text("code", said("Join a class"), "", 2 * CODE, said("the four letters that your teacher shows"), wrong)
    ]
    form.Form(fields=fields, label=said("A class"), event_change=change)


@solara.component
def Together(code: str, go: Callable[[str], None]) -> None:
    """A class, as its teacher or one of its students sees it."""
    session = use_session()
    room = solara.use_memo(lambda: ROOMS.find(code), [code])
    version, note = solara.use_state(-1)
    teacher = room is not None and session.classes.value.get(room.code) == room.key
    solara.use_effect(lambda: room.watch(note, teacher) if room is not None else None, [room, teacher])
    if room is None or not room.open:
        say("h1", said("A class that predicts together"))
        complain(said(GONE))
        Links(links=[link("/learn", said("All lessons"))], label=said("Lessons of your own"), event_go=go)
    elif teacher:
        _Teaching(room, version)
    else:
        _Attending(room, version)


@solara.component
def _Teaching(room: Room, version: int) -> None:
    """What the teacher sees; drawn anew with each version of the class."""
    lesson = lessons()[room.lesson]
    say("h1", said("{title}: your class", title=said(lesson.title)))
    _Code(code=room.code)
    say("p", said("{many} joined.", many=room.students), role="status", data_students=str(room.students))
    for place, asked in enumerate(lesson.rounds, 1):
        with solara.Div(classes=["ts-card", "ts-stack"]):
            say("h2", told(asked.question))
            say_paragraphs(asked.situation)
            made = sum(room.tally(place).values())
            guessed = said("{many} of {all} have guessed.", many=made, all=room.students)
            say("p", guessed, role="status", data_guessed=str(made))
            if room.is_shown(place):
                _Shown(room, place, None).key(f"shown {place}")
            else:
                show = [form.button("show", said("Show the guesses and the result"))]
                form.Form(
                    fields=show, label=said("Round {place}", place=place), event_change=partial(_show, room, place)
                )
    over = [form.button("end", said("End the class"))]
    form.Form(fields=over, label=said("The class"), event_change=lambda _: room.close())
    say("p", said("Nothing is kept after that: no guesses, and there never were any names."), "ts-faint ts-small")


@solara.component
def _Attending(room: Room, version: int) -> None:
    """What a student sees; drawn anew with each version of the class."""
    session = use_session()
    lesson = lessons()[room.lesson]

    def sit_down() -> None:
        if not session.arrived.value:  # perhaps the browser has kept a seat
            return
        seat = room.join(session.seats.value.get(room.code, ""))
        if seat is not None:
            session.seats.value = {**session.seats.value, room.code: seat}

    solara.use_effect(sit_down, [session.arrived.value])
    seat = session.seats.value.get(room.code, "")
    say("h1", said(lesson.title))
    say("p", said("Class {code}. Nobody sees which guess is yours.", code=room.code), "ts-note")
    say_paragraphs(lesson.idea)
    for place, asked in enumerate(lesson.rounds, 1):
        with solara.Div(classes=["ts-card", "ts-stack"]):
            say("h2", said("Round {place} of {all}", place=place, all=len(lesson.rounds)))
            say_paragraphs(asked.situation)
            mine = room.guess_of(seat, place)
            known = [option._asdict() for option in options(asked)]
            names = [option["name"] for option in known]

            def commit(name: Any, at: int = place, names: list[str] = names) -> None:
                if name in names:
                    room.guess(seat, at, name)

            if room.is_shown(place):
                say("h3", told(asked.question))
                _Shown(room, place, mine).key(f"shown {place}")
                role, question = ROLES[room.place_of(seat) % len(ROLES)]
                say(
                    "p",
                    said("For the talk afterwards, you are {role}.", role=said(role)) + " " + said(question),
                    "ts-note",
                )
            else:
                Choose(question=told(asked.question), options=known, guess=mine, event_decide=commit)
                if mine is not None:
                    say("p", said("Your guess is in. The result comes when your teacher shows it."), role="status")


@solara.component
def _Shown(room: Room, place: int, mine: str | None) -> None:
    """The guesses of everybody, and what the model does."""
    language = spoken_by_visitor()
    asked = lessons()[room.lesson].rounds[place - 1]
    known = options(asked)
    tally = room.tally(place)
    most = max([1, *tally.values()])
    rows = [
        {"text": one.text, "many": tally[one.name], "share": 100 * tally[one.name] / most, "mine": one.name == mine}
        for one in known
    ]
    _Tally(rows=rows, label=said("What the class has guessed"))
    run = solara.lab.use_task(
        lambda: result_of(room.lesson, place, mine or known[-1].name), dependencies=[mine, language], raise_error=False
    )
    if run.error:
        complain(said("The model could not run. Reload the page and try again."))
    elif run.value is None:
        wait(said("The model runs {many} times for each answer ...", many=asked.replications))
    else:
        verdict, drawn = run.value
        if mine is not None:
            say(
                "p",
                said(WORDS[verdict.outcome]),
                f"ts-verdict ts-{verdict.outcome}",
                role="status",
                data_outcome=verdict.outcome,
            )
        say("p", verdict.shown)
        if isinstance(asked, Everywhere):
            show_table(told(asked.question), *drawn)
            say("p", leading(asked), "ts-faint ts-small")
        else:
            Chart(spec=drawn)
        say_paragraphs(asked.mechanism)


def result_of(lesson: str, place: int, guess: str) -> tuple[Verdict, Any]:
    """The verdict on a guess and what is drawn; run once for a whole class, which asks at the same moment."""
    with _one_at_a_time:
        return _result_of(lesson, place, guess, spoken().name)


@lru_cache(maxsize=64)
def _result_of(lesson: str, place: int, guess: str, language: str) -> tuple[Verdict, Any]:
    with speaking(language):
        return judged(lessons()[lesson].rounds[place - 1], guess, SEED)
