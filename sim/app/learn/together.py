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
from sim.app.learn.classroom import CODE, ROOMS, Room, Seat, Stage
from sim.app.learn.lessons import Everywhere, lessons
from sim.app.learn.round import WORDS, Choose, judged, told
from sim.app.learn.runs import SEED
from sim.app.learn.verdicts import Verdict, leading, options
from sim.app.links import Links, link
from sim.app.plain_text import complain, say, say_paragraphs, show_table, wait
from sim.app.session import Session, use_session
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

AWAY = english(
    "This class has ended, or the app was started again. As long as your teacher's page is open, the class goes on here"
    " by itself."
)

ENDED = english("Your teacher has ended the class, or it was open for too long. Nothing of it is kept.")

ENDED_BY_TEACHER = english("Your class has ended. Nothing of it is kept. You can open another one.")

NEXT = {Stage.GUESSES: english("Show everybody the guesses"), Stage.RESULT: english("Show everybody the result")}
"""What a teacher does next in a round."""

NO_SEAT = Seat("")

_one_at_a_time = Lock()


@component_vue("tally.vue")
def _Tally(rows: list[dict[str, Any]], label: str) -> None:
    """How many have made each guess, as bars."""


@component_vue("code.vue")
def _Code(code: str) -> None:
    """The code of a class, large, and the address that leads to it."""


def _go_on(session: Session, room: Room, place: int, stage: Stage, _message: object) -> None:
    """Show everybody more of a round, and have the teacher's browser keep how far it is."""
    room.go_on(place, stage)
    session.classes.value = {**session.classes.value, room.code: room.taught}


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
            session.classes.value = {**session.classes.value, room.code: room.taught}
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
    code = code.strip().upper()
    came, note_coming = solara.use_state(0)
    version, note = solara.use_state(-1)
    over = solara.use_ref("")
    taught, seated = session.classes.value.get(code), code in session.seats.value
    key = taught.key if taught else None

    def find() -> Room | None:
        return ROOMS.find(code) or (ROOMS.go_on(code, taught) if taught else None)

    room = solara.use_memo(find, [code, came, key])
    teacher = room is not None and room.key == key
    lost = room is None and seated  # its server was started again, and the teacher's page is still to come
    solara.use_effect(lambda: room.watch(note, teacher) if room is not None else None, [room, teacher])
    solara.use_effect(lambda: ROOMS.wait_for(code, lambda: note_coming(came + 1)) if lost else None, [code, lost])
    ended = room is not None and not room.open
    if ended:
        over.current = said(ENDED_BY_TEACHER if teacher else ENDED)
    solara.use_effect(lambda: session.leave(code) if ended else None, [ended])
    if room is None or ended:
        say("h1", said("A class that predicts together"))
        complain(over.current or said(AWAY if lost else GONE))
        Links(links=[link("/learn", said("All lessons"))], label=said("Lessons of your own"), event_go=go)
    elif teacher:
        _Teaching(room, version)
    else:
        _Attending(room, version)


@solara.component
def _Teaching(room: Room, version: int) -> None:
    """What the teacher sees; drawn anew with each version of the class."""
    session = use_session()
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
            stage = room.stage(place)
            _Shown(room, place, None, stage)
            if stage < Stage.RESULT:
                next_one = Stage(stage + 1)
                form.Form(
                    fields=[form.button("show", said(NEXT[next_one]))],
                    label=said("Round {place}", place=place),
                    event_change=partial(_go_on, session, room, place, next_one),
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
        before = session.seats.value.get(room.code, NO_SEAT)
        guesses = {place: guess for place, guess in before.guesses.items() if guess in answers.get(place, ())}
        seat = room.join(before.seat, guesses)
        if seat is not None:
            session.seats.value = {**session.seats.value, room.code: Seat(seat, guesses)}

    answers = {place: [one.name for one in options(asked)] for place, asked in enumerate(lesson.rounds, 1)}
    solara.use_effect(sit_down, [session.arrived.value, room])
    seat = session.seats.value.get(room.code, NO_SEAT).seat
    say("h1", said(lesson.title))
    say("p", said("Class {code}. Nobody sees which guess is yours.", code=room.code), "ts-note")
    say_paragraphs(lesson.idea)
    for place, asked in enumerate(lesson.rounds, 1):
        with solara.Div(classes=["ts-card", "ts-stack"]):
            say("h2", said("Round {place} of {all}", place=place, all=len(lesson.rounds)))
            say_paragraphs(asked.situation)
            mine = room.guess_of(seat, place)
            stage = room.stage(place)
            if stage == Stage.GUESSING:
                Choose(
                    question=told(asked.question),
                    options=[option._asdict() for option in options(asked)],
                    guess=mine,
                    place=f"{room.code} {place}",
                    event_decide=partial(_commit, session, room, place),
                )
            else:
                say("h3", told(asked.question))
                _Shown(room, place, mine, stage)
            if stage == Stage.RESULT:
                role, question = ROLES[room.place_of(seat) % len(ROLES)]
                say(
                    "p",
                    said("For the talk afterwards, you are {role}.", role=said(role)) + " " + said(question),
                    "ts-note",
                )
            elif mine is not None:
                say("p", said("Your guess is in. The result comes when your teacher shows it."), role="status")


def _commit(session: Session, room: Room, place: int, name: Any) -> None:
    """Take a student's guess, and have the browser keep it."""
    mine = session.seats.value.get(room.code)
    if mine is None or name not in [one.name for one in options(lessons()[room.lesson].rounds[place - 1])]:
        return
    room.guess(mine.seat, place, name)
    made = room.guess_of(mine.seat, place)
    if made is not None:
        kept = Seat(mine.seat, {**mine.guesses, place: made})
        session.seats.value = {**session.seats.value, room.code: kept}


def _Shown(room: Room, place: int, mine: str | None, stage: Stage) -> None:
    """What is shown of a round at this stage."""
    if stage >= Stage.GUESSES:
        _Guesses(room, place, mine).key(f"guesses {place}")
    if stage == Stage.RESULT:
        _Result(room, place, mine).key(f"result {place}")


@solara.component
def _Guesses(room: Room, place: int, mine: str | None) -> None:
    """How the guesses of everybody are distributed."""
    asked = lessons()[room.lesson].rounds[place - 1]
    known = options(asked)
    tally = room.tally(place)
    most = max([1, *tally.values()])
    rows = [
        {"text": one.text, "many": tally[one.name], "share": 100 * tally[one.name] / most, "mine": one.name == mine}
        for one in known
    ]
    _Tally(rows=rows, label=said("What the class has guessed"))


@solara.component
def _Result(room: Room, place: int, mine: str | None) -> None:
    """What the model does."""
    language = spoken_by_visitor()
    asked = lessons()[room.lesson].rounds[place - 1]
    known = options(asked)
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
