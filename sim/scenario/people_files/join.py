"""Several files as one table: put side by side by what identifies a person, or below each other."""

from collections.abc import Sequence

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import recognised
from sim.scenario.people_files.grid import Cell, Row, Table, shown
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
        return Table(files, tables[0].header, rows, tables[0].header_row, (f"{len(tables)} files below each other",))
    whole = tables[0]
    for other in tables[1:]:
        whole = _beside(whole, other, choices)
    return whole


def _beside(one: Table, other: Table, choices: Choices) -> Table:
    by, places = _key(one, other, choices)
    here, there = (_identities(table.column(place)) for table, place in zip((one, other), places, strict=True))
    rows: dict[str, Row] = {}
    for identity, row in zip(there, other.rows, strict=True):
        if identity and identity in rows:
            both = f"rows {rows[identity].number} and {row.number}"
            raise InputError(f"{other.file}: {both} have the same {shortened(by)}. Leave one row for each person.")
        rows[identity] = row
    rows.pop("", None)
    kept = [place for place in range(len(other.header)) if place != places[1]]
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
    return Table(one.file, [*one.header, *(other.header[place] for place in kept)], wide, one.header_row,
                 (*one.notes, *other.notes, note))  # fmt: skip


def _key(one: Table, other: Table, choices: Choices) -> tuple[str, tuple[int, int]]:
    """What identifies a person in both tables: its heading in the first, and its place in each."""
    told = choices.text("join", "by")
    pairs = []
    for place, text in enumerate(one.header):
        for place_there, text_there in enumerate(other.header):
            alike = bool(text) and folded(text) == folded(text_there)
            ids = [recognised(heading) for heading in (text, text_there)]
            both = {heading.meaning if heading else "" for heading in ids} in ({"id"}, {"name"})
            if (alike or both) and (told is None or folded(told) == folded(text)):
                pairs.append((text, (place, place_there), both))
    able = [pair for pair in pairs if _unique(one.column(pair[1][0])) and _unique(other.column(pair[1][1]))]
    able = [pair for pair in able if _in_common(one.column(pair[1][0]), other.column(pair[1][1]))] or able
    best = [pair for pair in able if pair[2]] or able
    if not best:
        twice = f" ({listed(pair[0] for pair in pairs)} is in both, but not different for everybody)" if pairs else ""
        text = f"no column with an id of the person is in both{twice}. Add one, or name it: --set join.by=HEADING."
        raise InputError(f"{one.file} and {other.file}: {text}")
    if len(best) > 1:
        readings = [Reading(pair[0], "it identifies the person in both files") for pair in best]
        raise Undecided(one.file, f"which column joins it with {other.file}?", "join.by", readings)
    return best[0][0], best[0][1]


def _identities(cells: Sequence[Cell]) -> list[str]:
    """Cells as they are compared: without case, and 007 as 7 where that tells people apart as well."""
    texts = ["" if is_missing(cell) else folded(shown(cell)) for cell in cells]
    short = [text.lstrip("0") or "0" if text.isdigit() else text for text in texts]
    return short if len(set(short)) == len(set(texts)) else texts


def _in_common(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    return bool((set(_identities(one)) & set(_identities(other))) - {""})


def _unique(cells: Sequence[Cell]) -> bool:
    there = [folded(shown(cell)) for cell in cells if not is_missing(cell)]
    return len(there) > 0 and len(set(there)) >= 0.95 * len(there)
