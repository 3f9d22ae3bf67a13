"""Joins several files into one table: side by side, matched by person, or one below the other."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import recognised
from sim.scenario.people_files.grid import Cell, Row, Table, shown
from sim.scenario.people_files.identities import identities, identity, once_each
from sim.scenario.people_files.same_person import Finder
from sim.scenario.people_files.words import folded, is_missing
from sim.scenario.problems import InputError, listed, shortened

JOIN, APPEND = "side by side", "below each other"


def joined(tables: Sequence[Table], choices: Choices) -> Table:
    """One table of several; the first is the list of people, to which the others add columns.

    Raises:
        InputError: nothing identifies a person in all of them; somebody is there twice in a file that adds columns.
        Undecided: more than one column could identify a person.
    """
    if len(tables) == 1:
        return tables[0]
    how = choices.text("join", "how", (JOIN, APPEND))
    same = all(list(map(folded, table.header)) == list(map(folded, tables[0].header)) for table in tables)
    if how == APPEND or (how is None and same):
        if not same:
            raise InputError(f'{choices.source}: join.how: "{APPEND}" needs files with the same headings.')
        rows = [row for table in tables for row in table.rows]
        files = " + ".join(table.file for table in tables)
        return Table(files, tables[0].header, rows, tables[0].header_row, (f"{len(tables)} files below each other",),
                     tuple(remark for table in tables for remark in table.remarks))  # fmt: skip
    whole = tables[0]
    for other in tables[1:]:
        whole = _beside(whole, other, choices)
    return whole


class Pairing(NamedTuple):
    """How rows of two tables belong together: by what, a key for each row of either, and places that both have."""

    by: str
    here: list[str]
    there: list[str]
    said_twice: frozenset[int]  # columns of the second that the first has as well


def _beside(one: Table, other: Table, choices: Choices) -> Table:
    by, here, there, said_twice = _paired(one, other, choices)
    twice = once_each(other.file, by, other.rows, there, choices, all_allowed=False)
    too_many = {row.number for row in twice}
    rows = {who: row for who, row in zip(there, other.rows, strict=True) if who and row.number not in too_many}
    kept = [place for place in range(len(other.header)) if place not in said_twice]
    empty: list[Cell] = [""] * len(kept)
    wide = [
        Row(row.number, [*row.cells, *([rows[who].cells[place] for place in kept] if who in rows else empty)])
        for who, row in zip(here, one.rows, strict=True)
    ]
    alone, without = len(set(rows) - set(here)), sum(who not in rows for who in here)
    if alone == len(rows):
        raise InputError(f"{one.file} and {other.file}: no {shortened(by)} is in both. Are they of the same people?")
    choices.keep("join", "by", by)
    note = f"joined with {other.file} by {by}: {len(here) - without} of {len(here)} are in both"
    note += f", {alone} only in the second and left out" if alone else ""
    note += f", rows of the second that say somebody again left out: {len(twice)}" if twice else ""
    return Table(one.file, [*one.header, *(other.header[place] for place in kept)], wide, one.header_row,
                 (*one.notes, *other.notes, note), (*one.remarks, *other.remarks))  # fmt: skip


def _paired(one: Table, other: Table, choices: Choices) -> Pairing:
    """Which rows belong together: by an id, else by names however they are written, else by a column of one heading.

    An id or a name may be there twice, which is asked about later; any other column has to tell people apart.

    Raises:
        InputError: nothing identifies a person in both.
        Undecided: several columns may.
    """
    told = choices.text("join", "by")
    pairs = []
    for place, text in enumerate(one.header):
        for place_there, text_there in enumerate(other.header):
            alike = bool(text) and folded(text) == folded(text_there)
            kinds = {heading.meaning if heading else "" for heading in (recognised(text), recognised(text_there))}
            kind = "name" if kinds <= NAMES else "id" if kinds == {"id"} else ""
            if (alike or kind) and (told is None or folded(told) == folded(text)):
                pairs.append((text, (place, place_there), kind))
    able = [
        (text, places, kind) for text, places, kind in pairs
        if kind != "name" and _tells_apart(one.column(places[0]), bool(kind))
        and _tells_apart(other.column(places[1]), bool(kind))
    ]  # fmt: skip
    able = [pair for pair in able if _in_common(one.column(pair[1][0]), other.column(pair[1][1]))] or able
    best = [pair for pair in able if pair[2]]
    meant = recognised(told) if told else None
    by_names = not best and (told is None or (meant is not None and meant.meaning in {*NAMES, "id"}))
    named = _by_names(one, other) if by_names else None
    if named is not None:
        return named
    best = best or able
    if not best:
        raise InputError(f"{one.file} and {other.file}: {_no_key(one, other, told, [pair[0] for pair in pairs])}")
    if len(best) > 1:
        whole = [pair for pair in best if all(_doubled(table.column(place)) == 0 for table, place in
                                              zip((one, other), pair[1], strict=True))]  # fmt: skip
        best = whole if len(whole) == 1 else best
    if len(best) > 1:
        readings = [Reading(pair[0], "it identifies the person in both files") for pair in best]
        raise Undecided(one.file, f"which column joins it with {other.file}?", "join.by", readings)
    text, (place, place_there), _ = best[0]
    here, there = identities(one.column(place), other.column(place_there))
    return Pairing(text, here, there, frozenset({place_there}))


NAMES = {"name", "first_name", "last_name"}


def _by_names(one: Table, other: Table) -> Pairing | None:
    """Rows paired by names, or by addresses made of names; None where most are found in one of the tables only."""
    here, there = _names(one), _names(other)
    if here is None or there is None:
        return None
    finder = Finder(here[1], [""] * len(here[1]))
    found = [finder.find(name) if name else None for name in there[1]]
    if sum(place is not None for place in found) < FOUND * sum(map(bool, there[1])):
        return None
    keys = [f"other {row}" if place is None else str(place) for row, place in enumerate(found)]
    return Pairing(here[0], [str(place) for place in range(len(here[1]))], keys, frozenset(there[2]))


FOUND = 0.5
"""Share of the names of a file that have to be found in the other."""


def _names(table: Table) -> tuple[str, list[str], list[int]] | None:
    """Where the names of a table stand: the heading, the names, and the places; e-mail addresses serve as well."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(table.header):
        if (heading := recognised(text)) is not None and heading.meaning in {*NAMES, "id"}:
            places.setdefault(heading.meaning, []).append(place)
    addresses = [place for place in places.get("id", ()) if any("@" in shown(cell) for cell in table.column(place))]
    halves = places.get("first_name", [])[:1] + (places.get("last_name") or places.get("name") or [])[:1]
    for those in (halves if len(halves) == 2 else [], places.get("name", [])[:1], addresses[:1]):
        if those:
            cells = [
                [shown(row.cells[place]) for place in those if not is_missing(row.cells[place])] for row in table.rows
            ]
            return table.header[those[-1]], [" ".join(texts) for texts in cells], those
    return None


def _no_key(one: Table, other: Table, told: str | None, shared: Sequence[str]) -> str:
    if shared:
        return (
            f"{listed(map(shortened, dict.fromkeys(shared)))} is in both, but tells people apart in neither: most"
            " values stand in several rows. Add a column with an id of the person to both."
        )
    named = [
        shortened(text) for table in (one, other) for text in table.header if told and folded(text) == folded(told)
    ]
    if named:
        return f"{named[0]} is in one of them only. Name a column that is in both: --set join.by=HEADING."
    return (
        "no column with an id of the person is in both. Add one, or give the columns the same heading and name it:"
        " --set join.by=HEADING."
    )


def _in_common(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    here, there = identities(one, other)
    return bool((set(here) & set(there)) - {""})


def _doubled(cells: Sequence[Cell]) -> int:
    there = [text for cell in cells if (text := identity(cell))]
    return len(there) - len(set(there))


def _tells_apart(cells: Sequence[Cell], is_identity: bool) -> bool:
    there = sum(not is_missing(cell) for cell in cells)
    return there > 0 and _doubled(cells) <= (MOST_DOUBLED_IDS if is_identity else MOST_DOUBLED) * there


MOST_DOUBLED, MOST_DOUBLED_IDS = 0.05, 0.5
"""Shares of cells that may say somebody again in a column that tells people apart; and in one that is called an id."""
