"""The guesses of one visitor in the lessons, which stay while the visitor looks at other pages."""

import operator
from dataclasses import dataclass, replace
from typing import Any

import solara


@dataclass(frozen=True)
class Guess:
    """A final guess, and the seed of its last runs."""

    guess: str
    seed: int


class Guesses:
    """The guesses of one visitor, by lesson and place of the round."""

    def __init__(self) -> None:
        self._made: solara.Reactive[dict[tuple[str, int], Guess]] = solara.reactive({})
        self._outcomes: solara.Reactive[dict[tuple[str, int], tuple[Guess, Any]]] = solara.reactive(
            {}, equals=operator.is_
        )

    def at(self, lesson: str, place: int) -> Guess | None:
        """The guess in this round; None before there is one."""
        made: dict[tuple[str, int], Guess] = self._made.value
        return made.get((lesson, place))

    def made(self, lesson: str) -> int:
        """The number of guesses in a lesson."""
        return sum(name == lesson for name, _ in self._made.value)

    def commit(self, lesson: str, place: int, guess: str, seed: int) -> None:
        """Make a final guess. An earlier guess stays."""
        if self.at(lesson, place) is None:
            self._made.value = {**self._made.value, (lesson, place): Guess(guess, seed)}

    def try_again(self, lesson: str, place: int) -> None:
        """Try the same guess with the next seed."""
        guess = self.at(lesson, place)
        if guess is not None:
            self._made.value = {**self._made.value, (lesson, place): replace(guess, seed=guess.seed + 1)}

    def restart(self, lesson: str) -> None:
        """Delete all guesses of a lesson."""
        self._made.value = {key: guess for key, guess in self._made.value.items() if key[0] != lesson}

    def forget(self) -> None:
        """Delete all guesses of all lessons."""
        self._made.value = {}

    def as_plain(self) -> list[list[Any]]:
        """Every guess as [lesson, place of the round, guess, seed]."""
        return [[lesson, place, made.guess, made.seed] for (lesson, place), made in self._made.value.items()]

    def outcome(self, lesson: str, place: int) -> Any:
        """The outcome of the guess in this round; None until it is computed."""
        guess, outcome = self._outcomes.value.get((lesson, place), (None, None))
        return outcome if guess is not None and guess == self.at(lesson, place) else None

    def keep(self, lesson: str, place: int, guess: Guess, outcome: Any) -> None:
        """Keep the outcome of a guess. Each round keeps only its newest outcome."""
        self._outcomes.value = {**self._outcomes.value, (lesson, place): (guess, outcome)}
