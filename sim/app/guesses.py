"""What one visitor has guessed in the lessons, round by round; it stays while they look at other pages."""

import operator
from dataclasses import dataclass, replace
from typing import Any

import solara


@dataclass(frozen=True)
class Guess:
    """A guess that was committed to, and the luck it was last tried with."""

    guess: str
    seed: int


class Guesses:
    """The guesses of one visitor, by the lesson and the place of the round in it."""

    def __init__(self) -> None:
        self._made: solara.Reactive[dict[tuple[str, int], Guess]] = solara.reactive({})
        self._outcomes: solara.Reactive[dict[tuple[str, int], tuple[Guess, Any]]] = solara.reactive(
            {}, equals=operator.is_
        )

    def at(self, lesson: str, place: int) -> Guess | None:
        """What was guessed there; None before anything is committed to."""
        made: dict[tuple[str, int], Guess] = self._made.value
        return made.get((lesson, place))

    def made(self, lesson: str) -> int:
        """How many guesses were made in a lesson."""
        return sum(name == lesson for name, _ in self._made.value)

    def commit(self, lesson: str, place: int, guess: str, seed: int) -> None:
        """Make a guess for good; one that was made before stays."""
        if self.at(lesson, place) is None:
            self._made.value = {**self._made.value, (lesson, place): Guess(guess, seed)}

    def try_again(self, lesson: str, place: int) -> None:
        """The same guess with other luck."""
        attempt = self.at(lesson, place)
        if attempt is not None:
            self._made.value = {**self._made.value, (lesson, place): replace(attempt, seed=attempt.seed + 1)}

    def begin_anew(self, lesson: str) -> None:
        """Forget everything that was guessed in a lesson."""
        self._made.value = {key: attempt for key, attempt in self._made.value.items() if key[0] != lesson}

    def outcome(self, lesson: str, place: int) -> Any:
        """What came of the guess that stands there; None until it is computed."""
        attempt, outcome = self._outcomes.value.get((lesson, place), (None, None))
        return outcome if attempt is not None and attempt == self.at(lesson, place) else None

    def keep(self, lesson: str, place: int, attempt: Guess, outcome: Any) -> None:
        """Keep what came of a guess; only the newest of a round is kept."""
        self._outcomes.value = {**self._outcomes.value, (lesson, place): (attempt, outcome)}
