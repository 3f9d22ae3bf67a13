"""Compares the ids of people, and finds people who occur twice."""

import re
from collections.abc import Callable, Sequence

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.grid import Cell, Row, shown
from sim.scenario.people_files.words import folded, is_missing
from sim.scenario.personal_names import parts_of
from sim.scenario.problems import listed, shortened

FIRST, LAST, ALL = "first", "last", "all"

_WHOLE = re.compile(r"(\d+)[.,]0+", re.ASCII)
"""An id that a program took for a number with decimals, such as 1001.0."""


def identity(cell: Cell) -> str:
    """An id as it is compared: without case and signs, 17.0 as 17; "" where there is none."""
    if is_missing(cell):
        return ""
    text = shown(cell).strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else folded(text)


def identities(*columns: Sequence[Cell]) -> list[list[str]]:
    """Columns of ids as they are compared: 007 as 7, unless that makes one of two in any of the columns."""
    found = [[identity(cell) for cell in cells] for cells in columns]
    short = [[text.lstrip("0") or "0" if text.isdigit() else text for text in texts] for texts in found]
    same = all(len(set(one)) == len(set(other)) for one, other in zip(short, found, strict=True))
    return short if same else found


def once_each(
    file: str, heading: str, rows: Sequence[Row], ids: Sequence[str], choices: Choices,
    name_of: Callable[[Row], str] = lambda row: "", all_allowed: bool = True,
) -> list[Row]:  # fmt: skip
    """The rows that are too many because an id stands there before; where they differ it has to be said which counts.

    Args:
        file: for messages.
        heading: of the ids.
        rows: of a table.
        ids: of the rows, "" where there is none.
        choices: may hold people.repeated.
        name_of: the name in a row, which tells whether one id is of two people.
        all_allowed: whether each row may be a person of its own.

    Raises:
        Undecided: rows of one id differ, and which of them counts was not said.
    """
    how = choices.text("people", "repeated", (FIRST, LAST, ALL))
    by_id: dict[str, list[Row]] = {}
    for row, who in zip(rows, ids, strict=True):
        by_id.setdefault(who or f"row {row.number}", []).append(row)
    doubled = [those for those in by_id.values() if len(those) > 1]
    differs = [any(row.cells != those[0].cells for row in those[1:]) for those in doubled]
    differing = [those for those, one in zip(doubled, differs, strict=True) if one]
    if differing and (how is None or (how == ALL and not all_allowed)):
        raise _question(file, heading, differing, name_of, all_allowed)
    dropped = []
    for those, one in zip(doubled, differs, strict=True):
        if not one or how != ALL:
            kept = those[-1] if how == LAST else those[0]
            dropped += [row for row in those if row is not kept]
    return dropped


def _question(
    file: str, heading: str, differing: Sequence[Sequence[Row]], name_of: Callable[[Row], str], all_allowed: bool
) -> Undecided:
    where = "; ".join(listed([str(row.number) for row in those], 5) for those in differing[:5])
    more = f" and {len(differing) - 5} more" if len(differing) > 5 else ""
    named = [{parts_of(name) for row in those if (name := name_of(row))} for those in differing]
    others = sum(len(names) > 1 for names in named)
    question = f"{shortened(heading)} is the same in rows {where}{more}, and the rest is not."
    if others:
        question += f" The names differ in {'all' if others == len(differing) else others} of them: a mistyped number?"
    readings = [Reading(FIRST, "one person; the first row counts"), Reading(LAST, "one person; the last row counts")]
    if all_allowed:
        readings.insert(0 if others else 2, Reading(ALL, "each row is a person"))
    return Undecided(file, question, "people.repeated", readings)
