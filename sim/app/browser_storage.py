"""Keeps in the browser what a visitor would miss after a reload: guesses, a style in the making, unanswered questions.

Nothing of it stays on the server. Anybody can change what a browser keeps, so everything is checked when it comes back.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import solara

from sim.app.browser_input import is_number, is_text, is_whole
from sim.app.learn.classroom import Seat, Stage, Taught, is_code
from sim.app.learn.lessons import lessons
from sim.app.learn.verdicts import options
from sim.app.session import Session, use_session
from sim.app.style_choices import FIRST, StyleChoices
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.styles import builtin_styles

LONGEST_TEXT = 300
"""Characters of a text of a style in the making."""

MOST_CLASSES = 50
"""Classes that a browser tab may have been in."""

LONGEST_TOKEN = 40
"""Characters of the key of a class, or of a seat in one."""

MOST_ROUNDS = 20
PLACES = tuple(str(place) for place in range(1, MOST_ROUNDS + 1))
"""Rounds of a lesson, as the browser names them."""

MOST_ASKED = 200
"""What is asked again once a lost connection is back."""


@solara.component_vue("browser_storage.vue", vuetify=False)
def _Browser(guesses: str, making: str, own: str, taken: bool, event_found: Any, event_refused: Any) -> None:
    """Shows nothing. It reads what the browser has kept, and from then on keeps these texts there."""


@solara.component
def Kept() -> None:
    """Takes what the browser has kept, and keeps there what the visitor does from then on."""
    session = use_session()
    taken, set_taken = solara.use_state(False)

    def found(message: Any) -> None:
        if not taken:
            take(session, message)
            session.arrived.value = True
            set_taken(True)

    guesses = json.dumps(session.guesses.as_plain())
    _Browser(
        guesses=guesses,
        making=json.dumps({**making(session.style_choices), **in_classes(session)}),
        own=json.dumps(session.controller.own.value),
        taken=taken,
        event_found=found,
        event_refused=lambda _: session.controller.not_kept(),
    )


def making(chosen: StyleChoices) -> dict[str, Any]:
    """The style that the visitor is making, as plain data."""
    parts = {"choices": chosen.choices, "sliders": chosen.changed_sliders, "weights": chosen.weights}
    return {name: dict(part.value) for name, part in parts.items()}


def in_classes(session: Session) -> dict[str, dict[str, Any]]:
    """What the visitor needs to come back to a class, also after a restart of the server.

    Those that he or she teaches, as [key, lesson, {place: stage}], and seats in others, as [seat, {place: guess}].
    """
    return {
        "classes": {code: [one.key, one.lesson, dict(one.stages)] for code, one in session.classes.value.items()},
        "seats": {code: [one.seat, dict(one.guesses)] for code, one in session.seats.value.items()},
    }


def take(session: Session, message: Any) -> None:
    """Take what a browser has kept: {"guesses": [...], "making": {...}, "own": {...}, "asked": [...]}; no nonsense."""
    if not isinstance(message, Mapping):
        return
    session.controller.keep(message.get("own"))
    for row in _listed(message.get("guesses")):
        _take_guess(session, row)
    found = message.get("making")
    if isinstance(found, Mapping):
        _take_style(session.style_choices, found)
        session.classes.value = {**_of_classes(found.get("classes"), _taught), **session.classes.value}
        session.seats.value = {**_of_classes(found.get("seats"), _seat), **session.seats.value}
    asked = [one for one in _listed(message.get("asked"))[:MOST_ASKED] if isinstance(one, Mapping)]
    if asked:
        session.controller.ask_again(asked)


def _of_classes[One](found: Any, read: Callable[[Any], One | None]) -> dict[str, One]:
    """What belongs to each class, by its code; without what cannot be read."""
    known = {code: read(one) for code, one in _named(found).items() if is_code(code)}
    return {code: one for code, one in list(known.items())[:MOST_CLASSES] if one is not None}


def _taught(one: Any) -> Taught | None:
    key, lesson, stages = one if isinstance(one, list) and len(one) == 3 else ("", "", {})
    if not (_is_token(key) and is_text(lesson) and lesson in lessons()):
        return None
    known = {str(stage.value): stage for stage in Stage}
    places = {str(place): place for place in range(1, len(lessons()[lesson].rounds) + 1)}
    shown = {place: str(stage) for place, stage in _named(stages).items()}
    return Taught(key, lesson, {places[p]: known[s] for p, s in shown.items() if p in places and s in known})


def _seat(one: Any) -> Seat | None:
    """A seat; whether there are such rounds and guesses, its class says."""
    seat, guesses = one if isinstance(one, list) and len(one) == 2 else ("", {})
    if not _is_token(seat):
        return None
    made = list(_named(guesses).items())[:MOST_ROUNDS]
    return Seat(seat, {int(place): one for place, one in made if str(place) in PLACES and is_text(one)})


def _is_token(value: Any) -> bool:
    return is_text(value) and 0 < len(value) <= LONGEST_TOKEN


def _take_guess(session: Session, row: Any) -> None:
    """A guess as `Guesses.as_plain` has it, if the lesson has this round and this answer."""
    if not isinstance(row, list) or len(row) != 4:
        return
    lesson, place, guess, seed = row
    if not (is_text(lesson) and lesson in lessons() and is_whole(place) and is_whole(seed) and seed >= 0):
        return
    rounds = lessons()[lesson].rounds
    if 1 <= place <= len(rounds) and guess in [option.name for option in options(rounds[int(place) - 1])]:
        session.guesses.commit(lesson, int(place), guess, int(seed))


def _take_style(chosen: StyleChoices, found: Mapping[str, Any]) -> None:
    choices = {name: one for name, one in _named(found.get("choices")).items() if _can_be(name, one)}
    chosen.choices.value = {**FIRST, **choices}
    for kept, names, most in ((chosen.changed_sliders, BEHAVIOURS, 1.0), (chosen.weights, builtin_styles(), 100.0)):
        part = _named(found.get("sliders" if names is BEHAVIOURS else "weights"))
        numbers = {n: float(one) for n, one in part.items() if n in names and is_number(one) and 0 <= one <= most}
        if numbers:
            kept.value = numbers


def _can_be(name: str, value: Any) -> bool:
    from sim.app.styles.make import can_be  # imported here, because the pages import the session

    return name in FIRST and is_text(value) and len(value) <= LONGEST_TEXT and can_be(name, value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _named(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
