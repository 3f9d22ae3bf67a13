"""Finds names of persons in texts, such as a team's name or a role, and removes them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.toml_files import read_table

HIDDEN = "[name]"
"""What stands for a name in a text."""

SHORTEST = 3
"""Letters of a part of a name that can be told from an ordinary word."""

_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?<![\w.])[A-ZÄÖÜÉ]\.\s*(?:[A-ZÄÖÜÉ]\.\s*)?[A-ZÄÖÜÉ][a-zà-ÿß]{2,}")
"""Such as "A. Aldermann"."""

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})


@cache
def plain(text: str) -> str:
    """A name as it is compared: without case and accents, "Müller" like "Mueller" and "Muller"."""
    spelt = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().translate(_SPELT))
    letters = "".join(sign for sign in spelt if sign.isalnum())
    return re.sub("([aou])e", r"\1", letters)


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    table: Mapping[str, Any] = read_table(Path(__file__).parent / "personal_names.toml")
    lists = {key: frozenset(map(plain, words)) for key, words in table.items()}
    return {**lists, "often": lists["first_names"] | lists["surnames"]}


@cache
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name as they are compared, without titles, numbers, remarks in brackets, or the order they have.

    "Dr. Anna-Maria Aldermann (1001)", "ALDERMANN, Anna Maria" and "anna-maria.aldermann@acme.example" have the same.
    """
    local = name.partition("@")[0] if _ADDRESS.fullmatch(name.strip()) else name
    bare = re.sub(r"[(\[][^)\]]*[)\]]?", " ", local)
    words = [plain(word) for word in re.split(r"[\W\d_]+", bare) if word]
    kept = [word for word in words if word and word not in _lists()["titles"]]
    return tuple(sorted(kept or words))


class Names:
    """The names of some persons, to be found in texts; what is often a name is found as well.

    Args:
        names: of persons, as a list has them. One with a digit in it ("Person 7") is a pseudonym and left out.
        usual: whether what is often a name is found as well, whoever is in the list.
    """

    def __init__(self, names: Iterable[str], usual: bool = True) -> None:
        self.usual = usual
        real = [name for name in names if "@" in name or not any(sign.isdigit() for sign in name)]
        particles = _lists()["particles"]
        self.words = frozenset(
            part for name in real for part in parts_of(name) if len(part) >= SHORTEST and part not in particles
        )

    def in_text(self, text: str) -> bool:
        """Whether a text names somebody."""
        return self.without(text) != text

    def without(self, text: str) -> str:
        """A text with HIDDEN in place of names."""
        if plain(text) in _lists()["trades"]:
            return text
        patterns = (_ADDRESS, _INITIAL) if self.usual else ()
        spans = [found.span() for pattern in patterns for found in pattern.finditer(text)]
        previous = ""
        for found in _WORD.finditer(text):
            word = plain(found[0])
            usual = self.usual and previous not in _lists()["before_a_place"]
            called = (usual and previous in _lists()["before_a_name"]) or self._is_name(word, usual)
            if called and (found[0][0].isupper() or (word in self.words and len(word) > SHORTEST)):
                spans.append(found.span())
            previous = word
        return _replaced(text, spans)

    def _is_name(self, word: str, usual: bool) -> bool:
        if len(word) < SHORTEST or word in _lists()["titles"]:
            return False
        often = _lists()["often"] if usual else frozenset[str]()
        owner = word.removesuffix("s") if len(word) > SHORTEST + 1 else word  # "Annas Team"
        return any(one in self.words or one in often for one in (word, owner))


def _replaced(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text with HIDDEN in place of some parts; one for neighbours."""
    apart: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    for begin, end in reversed(apart):
        text = text[:begin] + HIDDEN + text[end:]
    hidden = re.escape(HIDDEN)
    text = re.sub(rf"{hidden}['’]s\b", HIDDEN, text)
    return re.sub(rf"{hidden}(?:[\s,.-]*{hidden})+", HIDDEN, text)


def renamed(teams: Iterable[str], names: Names) -> dict[str, str]:
    """Another name for each team that is called after somebody: "Team 1", "Team 2", ..., unless that is taken."""
    known = list(dict.fromkeys(teams))
    taken, called = set(known), dict[str, str]()
    number = 0
    for team in known:
        if names.in_text(team):
            number += 1
            while f"Team {number}" in taken:
                number += 1
            called[team] = f"Team {number}"
    return called
