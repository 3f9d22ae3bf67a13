"""Invented names for people without a name in the scenario: the same in the same run, and no name twice."""

import random
from collections.abc import Iterable

GIVEN = (
    "Ada", "Aiko", "Aldo", "Amara", "Amir", "Anouk", "Arjun", "Asta", "Aya", "Bela", "Bo", "Bruno", "Carla", "Chidi",
    "Clara", "Dalia", "Dario", "Dina", "Edda", "Eero", "Elif", "Emil", "Enzo", "Esra", "Eva", "Farah", "Felix", "Fina",
    "Gaia", "Greta", "Hana", "Hugo", "Ida", "Ilja", "Imani", "Ines", "Iris", "Ivo", "Jana", "Jin", "Jonas", "Juna",
    "Kai", "Kalle", "Kamal", "Karla", "Kofi", "Lale", "Lars", "Leila", "Lena", "Levi", "Lin", "Liv", "Luca", "Lucia",
    "Maja", "Malik", "Mara", "Marek", "Mei", "Mila", "Milan", "Mina", "Nadia", "Naoki", "Nela", "Nico", "Nils", "Nora",
    "Ola", "Olga", "Omar", "Oskar", "Pablo", "Petra", "Pia", "Quinn", "Rana", "Ravi", "Rita", "Robin", "Rosa", "Runa",
    "Said", "Samir", "Sana", "Selma", "Sena", "Silvio", "Sofia", "Sven", "Tara", "Teo", "Tessa", "Tilda", "Timo",
    "Tuva", "Uma", "Vera", "Viktor", "Wanda", "Wim", "Yara", "Yuki", "Yusuf", "Zara", "Zeno", "Zita", "Zoe",
)  # fmt: skip
"""Short given names from many places."""


class Names:
    """Gives names. The same person in the same run always gets the same name."""

    def __init__(self, seed: int, replication: int, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._order = list(GIVEN)
        # Names have a generator of their own, so they do not change the chance of the model.
        random.Random(f"{seed}/{replication}").shuffle(self._order)  # noqa: S311
        self._given = 0

    def next(self) -> str:
        """A name that nobody had before: "Ada", and after all names are used, "Ada 2"."""
        while True:
            turn, place = divmod(self._given, len(self._order))
            self._given += 1
            name = self._order[place] + (f" {turn + 1}" if turn else "")
            if name not in self._taken:
                self._taken.add(name)
                return name
