"""The decisions about a people file, kept as TOML, and the questions where two readings are possible.

A mapping names headings, scales and units; of the people it says nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.scenario.people_files.words import folded
from sim.scenario.problems import InputError, listed, nearest, shortened, unknown

SECTIONS: dict[str, tuple[str, ...] | None] = {
    "file": ("sheet", "header_row", "encoding", "separator", "decimal"),
    "columns": None,  # by what the program needs: see headers.toml
    "scales": None,  # the same
    "units": ("tenure", "full_time"),
    "dates": ("order", "year"),
    "people": ("leavers", "left_words", "part_time", "repeated", "contradiction", "leading", "came_back"),
    "teams": ("rule", "blank", "small", "large"),
    "merge": None,  # by name of a team
    "only": None,  # by heading
    "join": ("by", "how"),
}
"""The sections of a mapping and their keys; None: names of the file."""

BEGINNING = """\
# How a people file is read by `teamsim roster import`: written by it, to be used again and changed at will.
# Nothing about a person stands here.

"""


class Reading(NamedTuple):
    """One way to read the file: what to write for it, and what it would mean."""

    value: str
    meaning: str


class Undecided(InputError):  # noqa: N818 (what it is: not a fault of the file)
    """Two readings are possible. Says both, and how to decide; `key` and `readings` are for who asks at a terminal."""

    def __init__(self, file: str, question: str, key: str, readings: Iterable[Reading]) -> None:
        self.file, self.question, self.key, self.readings = file, question, key, tuple(readings)
        super().__init__(f"{self.asked}\nSay which, with one of these options or in the map.")

    @property
    def asked(self) -> str:
        """The question and its readings."""
        lines = [f"  {option(self.key, reading.value)}: {reading.meaning}" for reading in self.readings]
        return "\n".join([f"{self.file}: {self.question}", *lines])

    def with_others(self, others: "Sequence[Undecided]") -> "Undecided":
        """The same; the message holds other questions as well."""
        if others:
            self.args = (
                "\n".join(
                    [*(one.asked for one in (self, *others)), "Say which, with one option of each, or in the map."]
                ),
            )
        return self


def option(key: str, value: str) -> str:
    """An option of the command that decides, as one types it."""
    pair = f"{key}={value}"
    return f"--set '{pair}'" if any(not (sign.isalnum() or sign in "=._-") for sign in pair) else f"--set {pair}"


class Choices:
    """What was decided before, and what is found on the way: `kept` is the mapping to write.

    Args:
        given: a mapping, by section and key.
        source: where it stands, for messages.

    Raises:
        InputError: an unknown section or key.
    """

    def __init__(self, given: Mapping[str, Any] | None = None, source: str = "map") -> None:
        self.source = source
        self.given: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        for section, keys in (given or {}).items():
            if section not in SECTIONS:
                raise InputError(f"{source}: {unknown('section', section, SECTIONS)}")
            if not isinstance(keys, Mapping):
                raise InputError(f"{source}: {section}: got one value; allowed is a table, [{section}].")
            known = SECTIONS[section]
            for key, value in keys.items():
                if known is not None and key not in known:
                    raise InputError(f"{source}: {section}: {unknown('key', key, known)}")
                self.given.setdefault(section, {})[key] = value
        self.kept = {section: dict(keys) for section, keys in self.given.items()}

    def text(self, section: str, key: str, allowed: Iterable[str] | None = None) -> str | None:
        """What was decided about a key, as text, or None.

        Raises:
            InputError: not one of the values allowed.
        """
        value = self.given.get(section, {}).get(key)
        if value is None:
            return None
        if not isinstance(value, str | int | float):
            raise InputError(f"{self.source}: {section}.{key}: got a list or a table; allowed is one value.")
        text = str(value).strip()
        if allowed is not None and text not in (known := tuple(allowed)):
            raise InputError(f'{self.source}: {section}.{key}: got "{shortened(text)}"; allowed are {listed(known)}.')
        return text

    def keep(self, section: str, key: str, value: Any) -> None:
        """Note what was found, so that the next file is read in the same way."""
        self.kept.setdefault(section, {})[key] = value

    def with_decision(self, key: str, value: str) -> "Choices":
        """The same with one thing more decided: `key` is a section and a key, with a point between them.

        Raises:
            InputError: no such section or key.
        """
        section, _, name = key.partition(".")
        if section not in SECTIONS or not name:
            meant = nearest(section, SECTIONS)
            question = f' Did you mean "{meant}.{name or "..."}"?' if meant else ""
            raise InputError(f"--set {key}: names no part of the map.{question} Parts: {listed(SECTIONS)}.")
        given = {part: dict(keys) for part, keys in self.given.items()}
        given.setdefault(section, {})[name] = value
        return Choices(given, self.source)

    def of_team(self, team: str) -> str:
        """The team that a team was merged into, or itself."""
        for name, into in self.given.get("merge", {}).items():
            if folded(name) == folded(team):
                return str(into)
        return team


def read_map(path: Path) -> Choices:
    """A mapping from its file.

    Raises:
        InputError: not readable, or with unknown parts.
    """
    from sim.scenario.toml_files import read_table

    return Choices(read_table(path, "Without such a file the mapping is found, and written there."), str(path))


def map_text(choices: Choices) -> str:
    """A mapping as TOML."""
    import tomli_w

    return BEGINNING + tomli_w.dumps({section: keys for section, keys in choices.kept.items() if keys})
