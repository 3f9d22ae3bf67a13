"""A class that predicts together: students join by a short code, and guesses have no names and stay in memory."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NamedTuple

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of codes; I and O are too like 1 and 0."""

CODE = 4
"""Letters of a code."""

MOST_ROOMS, MOST_SEATS = 20, 200
"""Classes at once, and students of one of them."""

LONGEST, DESERTED = 4 * 3600.0, 900.0
"""Seconds after which a class ends by itself: at the latest, and without its teacher."""


def is_code(text: object) -> bool:
    """Whether this can be the code of a class."""
    return isinstance(text, str) and len(text) == CODE and set(text) <= set(LETTERS)


class Stage(IntEnum):
    """How far a round is: students guess, all see how the guesses are distributed, all see the result."""

    GUESSING = 0
    GUESSES = 1
    RESULT = 2


class Taught(NamedTuple):
    """What a teacher's browser keeps of a class, so that it goes on after a restart of the server."""

    key: str
    lesson: str
    stages: Mapping[int, Stage] = {}  # of rounds, by their places


class Seat(NamedTuple):
    """What a student's browser keeps of a class: the seat, and the guess of each round."""

    seat: str
    guesses: Mapping[int, str] = {}


class Room:
    """A class with one lesson. `key` is what only its teacher has; nobody knows whose a student's seat is.

    Args:
        code: what students type.
        lesson: name of the lesson.
        before: the same class before the server was started again; seats of that time are known then.
    """

    def __init__(self, code: str, lesson: str, before: Taught | None = None) -> None:
        self.code, self.lesson = code, lesson
        self.key = before.key if before else secrets.token_urlsafe(16)
        self._again = before is not None
        self._stages = dict(before.stages) if before else {}
        self.open = True
        self.version = 0
        self._began = self._seen = time.monotonic()
        self._teachers = 0
        self._seats: dict[str, int] = {}
        self._guesses: dict[int, dict[str, str]] = {}
        self._changed = threading.Condition()

    def join(self, seat: str = "", guesses: Mapping[int, str] | None = None) -> str | None:
        """A seat: the one that somebody had before, or a new one; None if there is no room.

        In a class that goes on after a restart, a seat of before is taken again, with its guesses.
        """
        with self._changed:
            if seat in self._seats:
                return seat
            if not self.open or len(self._seats) >= MOST_SEATS:
                return None
            if not (seat and self._again):
                seat, guesses = secrets.token_urlsafe(12), None
            self._seats[seat] = len(self._seats)
            for place, guess in (guesses or {}).items():
                self._guesses.setdefault(place, {})[seat] = guess
            self._note()
            return seat

    def place_of(self, seat: str) -> int:
        """The number of a seat, by which roles are given out."""
        return self._seats.get(seat, 0)

    @property
    def students(self) -> int:
        """How many have joined."""
        return len(self._seats)

    def guess(self, seat: str, place: int, guess: str) -> None:
        """Take a guess in a round: the first that a seat makes, and only before guesses are shown."""
        with self._changed:
            if self.open and seat in self._seats and self.stage(place) == Stage.GUESSING:
                self._guesses.setdefault(place, {}).setdefault(seat, guess)
                self._note()

    def guess_of(self, seat: str, place: int) -> str | None:
        """What a seat has guessed in a round."""
        return self._guesses.get(place, {}).get(seat)

    def tally(self, place: int) -> Counter[str]:
        """How often each guess was made in a round."""
        with self._changed:
            return Counter(self._guesses.get(place, {}).values())

    def stage(self, place: int) -> Stage:
        """How far a round is."""
        return self._stages.get(place, Stage.GUESSING)

    def go_on(self, place: int, stage: Stage) -> None:
        """Show everybody more of a round; once guesses are shown, no more are taken."""
        with self._changed:
            self._stages[place] = max(stage, self.stage(place))
            self._note()

    @property
    def taught(self) -> Taught:
        """What the teacher's browser keeps."""
        return Taught(self.key, self.lesson, dict(self._stages))

    def close(self) -> None:
        """End the class, and forget everything."""
        with self._changed:
            self.open = False
            self._seats.clear()
            self._guesses.clear()
            self._note()

    def watch(self, note: Callable[[int], None], teacher: bool = False) -> Callable[[], None]:
        """Have `note` called with the version after each change, in a thread of its own; returns how to stop that."""
        stopped = threading.Event()

        def wait() -> None:
            seen = -1
            while not stopped.is_set():
                with self._changed:
                    while self.version == seen and not stopped.is_set():
                        self._changed.wait()
                    seen = self.version
                if not stopped.is_set():
                    note(seen)

        def stop() -> None:
            stopped.set()
            with self._changed:
                self._teachers -= teacher
                self._seen = time.monotonic()
                self._changed.notify_all()

        with self._changed:
            self._teachers += teacher
        # The framework gives a thread the visitor in whose name it is started.
        threading.Thread(target=wait, name="class", daemon=True).start()
        return stop

    def is_over(self, now: float) -> bool:
        """Whether it has ended, by a word of its teacher or by itself."""
        deserted = not self._teachers and now - self._seen > DESERTED
        return not self.open or deserted or now - self._began > LONGEST

    def _note(self) -> None:
        self.version += 1
        self._changed.notify_all()


class Rooms:
    """All classes of this server."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._changed = threading.Condition()

    def open(self, lesson: str) -> Room | None:
        """Open a class; None if there are too many."""
        with self._changed:
            self._sweep()
            if len(self._rooms) >= MOST_ROOMS:
                return None
            code = self._new_code()
            self._rooms[code] = Room(code, lesson)
            return self._rooms[code]

    def go_on(self, code: str, before: Taught) -> Room | None:
        """Open a class again that there was before the server was started again; None if there are too many."""
        with self._changed:
            self._sweep()
            if code not in self._rooms and len(self._rooms) < MOST_ROOMS:
                self._rooms[code] = Room(code, before.lesson, before)
                self._changed.notify_all()
            return self._rooms.get(code)

    def wait_for(self, code: str, note: Callable[[], None]) -> Callable[[], None]:
        """Have `note` called once there is this class, in a thread of its own; returns how to stop that."""
        stopped = threading.Event()

        def wait() -> None:
            with self._changed:
                self._changed.wait_for(lambda: stopped.is_set() or code in self._rooms)
            if not stopped.is_set():
                note()

        def stop() -> None:
            stopped.set()
            with self._changed:
                self._changed.notify_all()

        threading.Thread(target=wait, name="waits for a class", daemon=True).start()
        return stop

    def find(self, code: str) -> Room | None:
        """The class of a code, as anybody may type it; None if there is none, or not any more."""
        with self._changed:
            self._sweep()
            return self._rooms.get(code.strip().upper())

    def _new_code(self) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
            if code not in self._rooms:
                return code

    def _sweep(self) -> None:
        now = time.monotonic()
        for code, room in list(self._rooms.items()):
            if room.is_over(now):
                del self._rooms[code]
                if room.open:
                    room.close()


ROOMS = Rooms()
"""The classes that all visitors share."""
