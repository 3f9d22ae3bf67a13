"""Matches names and ids of the same person, in either order of names and without a middle name too.

Nobody is found where two people fit as well.
"""

from collections.abc import Sequence

from sim.scenario.people_files.grid import Cell
from sim.scenario.people_files.identities import identity
from sim.scenario.people_files.words import folded
from sim.scenario.personal_names import parts_of


class Finder:
    """Finds people of a list by what another column calls them.

    Args:
        names: of the people.
        ids: of the people, "" where there is none.
    """

    def __init__(self, names: Sequence[str], ids: Sequence[Cell]) -> None:
        self._parts = [parts_of(name) for name in names]
        self._by_parts = _alone(self._parts)
        known = [identity(one) for one in ids]
        self._by_id = _alone(known)
        self._by_short_id = _alone([text.lstrip("0") if text.isdigit() else "" for text in known])

    def find(self, called: str) -> int | None:
        """The place of the one person that is called so, or None."""
        text = identity(called)
        if text in self._by_id:
            return self._by_id[text]
        if text.isdigit():
            return self._by_short_id.get(text.lstrip("0"))
        return self._by_name(parts_of(called))

    def _by_name(self, wanted: tuple[str, ...]) -> int | None:
        if not wanted or wanted in self._by_parts or len(self._parts) > MOST_LOOKED_THROUGH:
            return self._by_parts.get(wanted)
        for fits in (_one_has_more, _by_initials, _by_one_name):
            found = [place for place, parts in enumerate(self._parts) if parts and fits(wanted, parts)]
            if found:
                return found[0] if len(found) == 1 else None
        return None


MOST_LOOKED_THROUGH = 1_000
"""People among whom names are looked for that are not written alike."""


def _alone[Key](keys: Sequence[Key]) -> dict[Key, int | None]:
    """The place of each key; None for one that is there twice. What is empty is left out."""
    places: dict[Key, int | None] = {}
    for place, key in enumerate(keys):
        if key:
            places[key] = None if key in places else place
    return places


def _one_has_more(wanted: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether one of two names is the other with a middle name."""
    one, other = set(wanted), set(parts)
    return min(len(one), len(other)) >= 2 and (one <= other or other <= one)


def _by_initials(wanted: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether names are the same but for first names of which one has the initial only: "A. Aldermann"."""
    for brief, whole in ((wanted, parts), (parts, wanted)):
        initials = [part for part in brief if len(part) == 1]
        rest = [part for part in brief if len(part) > 1]
        others = [part for part in whole if part not in rest]
        if initials and rest and all(part in whole for part in rest) and all(
            any(other.startswith(initial) for other in others) for initial in initials
        ):  # fmt: skip
            return True
    return False


def _by_one_name(wanted: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether a single name is one of the person's."""
    return len(wanted) == 1 and len(wanted[0]) > 1 and wanted[0] in parts


def leaders(called: Sequence[str], finder: Finder) -> list[str]:
    """A key for whoever leads each person, "" for nobody: "#3" for the person in place 3 of the list.

    Others have their name as it is compared, so that "Aldermann, Anna" and "Anna Aldermann" are one.
    """
    keys = []
    for name in called:
        place = finder.find(name) if name else None
        keys.append("" if not name else f"#{place}" if place is not None else " ".join(parts_of(name)) or folded(name))
    return keys
