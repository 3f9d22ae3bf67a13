"""Reads people from a joined table: settles columns, scales and units, and notes how it read them."""

from collections.abc import Sequence, Set
from datetime import date
from typing import NamedTuple

from sim.scenario.checks import MAX_PEOPLE
from sim.scenario.people_files.choices import Choices
from sim.scenario.people_files.columns import RATED, FoundColumns, find_columns, languages, recognised, remarked_scale
from sim.scenario.people_files.full_time import FullTime, read_full_time
from sim.scenario.people_files.grid import Cell, Row, Table, shown
from sim.scenario.people_files.identities import identity, once_each
from sim.scenario.people_files.in_words import (
    NEEDED,
    PersonRead,
    columns_in_words,
    columns_left,
    leaders_in_words,
    leavers_in_words,
    names_in_words,
    part_time_in_words,
    people_in_words,
    rating_in_words,
    teams_in_words,
    tenure_in_words,
    title,
)
from sim.scenario.people_files.leading import leads
from sim.scenario.people_files.numbers import decimal_signs
from sim.scenario.people_files.presence import (
    Days,
    Presence,
    find_presence,
    note_rows,
    numbered_rows,
    read_days,
    total_rows,
)
from sim.scenario.people_files.rating_scales import Asked, Rated, read_ratings
from sim.scenario.people_files.same_person import Finder
from sim.scenario.people_files.same_person import leaders as leaders_named
from sim.scenario.people_files.teams import Leaders, Teams, find_teams, written_once
from sim.scenario.people_files.tenure import read_tenure
from sim.scenario.people_files.unknown_ratings import unread_in_words, unread_ratings
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.personal_names import Names, parts_of, renamed
from sim.scenario.problems import InputError, listed, shortened

PERSONAL = ("name", "first_name", "last_name", "manager", "id")
"""What a column may say that must not get into a mapping."""


class Understood(NamedTuple):
    """The people; the period that everybody of the file was there, for a history; what was understood, in words."""

    people: tuple[PersonRead, ...]
    periods: tuple[tuple[date, date | None], ...]
    as_of: date | None
    summary: tuple[tuple[str, str], ...]
    choices: Choices
    names: Names


def understand(table: Table, choices: Choices, as_of: date | None, today: date, with_names: bool) -> Understood:
    """The people of a table.

    Args:
        table: of one file, or of several that were joined.
        choices: what was decided before.
        as_of: the day that the people are wanted for; None: the latest in the file.
        today: no day after it is taken for the day of the file.
        with_names: whether teams may be named after people.

    Raises:
        InputError: something cannot be read.
        Undecided: something can be read in two ways.
    """
    out: dict[int, str] = {}
    table = _only(table, choices, out)
    found = find_columns(table, choices)
    _check_one_person_a_row(table, found)
    table = _without_totals(table, found, today, out)
    table = _once_each(table, found, choices, out)
    _days_of_hire_instead_of_tenure(table, found, today, choices)
    days = read_days(table, found, choices, today)
    presence = find_presence(table, found, days, as_of, choices, today)
    out |= {row.number: why for row, why in zip(table.rows, presence.reasons, strict=True) if why}
    rows = [row for row, here in zip(table.rows, presence.here, strict=True) if here]
    _check_number(table, rows, presence)
    leaders = _leaders(found, rows)
    teams = _teams(table, found, rows, leaders, with_names, choices)
    leading = leaders_in_words(table, found, rows, leaders)
    out |= {row.number: why for row, why in zip(rows, teams.reasons, strict=True) if why}
    led_by_nobody = {row.number for row, why in zip(rows, teams.reasons, strict=True) if why}
    placed = [(row, team) for row, team in zip(rows, teams.team, strict=True) if team is not None]
    rows = [row for row, _ in placed]
    unread = unread_ratings(table, found, choices)
    signs = decimal_signs(cell for row in table.rows for cell in row.cells)
    tenure = read_tenure(table, found, rows, days, presence.as_of, signs, choices)
    rated = _rated(table, found, rows, signs, choices)
    full_time = _full_time(table, found, rows, signs, choices)
    people = tuple(
        PersonRead(row.number, _name(row, found), _text(row, found, "role"), team, weeks,
                   {meaning: one.shares[place] for meaning, one in rated.items()}, full_time.shares[place])
        for place, ((row, team), weeks) in enumerate(zip(placed, tenure.weeks, strict=True))
    )  # fmt: skip
    periods = _periods(table, days, presence, led_by_nobody)
    names, in_file = _names(table, found, usual=True), _names(table, found, usual=False)
    kept_back = _forget_the_personal(choices, names)
    called = {} if with_names else renamed((one.team for one in people), names)
    summary = [
        ("People", people_in_words(table, people, out)),
        ("Not read", unread_in_words(unread)),
        ("As of", presence.as_of_words),
        ("Leavers", leavers_in_words(table, presence, periods)),
        ("Teams", teams_in_words(people, called)),
        ("Leaders", leading),
        ("Tenure", tenure_in_words(people, tenure.source)),
        *((title(meaning), rating_in_words(table, found, meaning, one)) for meaning, one in rated.items()),
        *((title(meaning), "nobody is rated: drawn anew in every run of the model") for meaning in NEEDED
          if not any(one.shares.get(meaning) is not None for one in people)),
        ("Part-time", part_time_in_words(people, full_time)),
        ("Columns read", columns_in_words(table, found)),
        ("Columns left", listed([shortened(text, 40) for text in columns_left(table, found)], 60)),
        ("Names", "" if with_names else names_in_words(people, called, names, kept_back)),
    ]  # fmt: skip
    if not with_names:  # a heading may name somebody; teams do not any more
        summary = [(label, text if label == "Teams" else in_file.without(text)) for label, text in summary]
    return Understood(people, periods, presence.as_of, tuple(pair for pair in summary if pair[1]), choices, names)


# --- Which rows -------------------------------------------------------------------------------------------------------


def _only(table: Table, choices: Choices, out: dict[int, str]) -> Table:
    for heading, value in choices.given.get("only", {}).items():
        place = next((place for place, text in enumerate(table.header) if folded(text) == folded(heading)), None)
        if place is None:
            names = listed(map(shortened, filter(None, table.header)))
            raise InputError(
                f'{choices.source}: only: no column "{shortened(heading)}" in {table.file}. There are {names}.'
            )
        wanted = {folded(str(one)) for one in (value if isinstance(value, list) else [value])}
        kept = [row for row in table.rows if folded(shown(row.cells[place])) in wanted]
        if not kept:
            there = listed(dict.fromkeys(shortened(shown(cell), 30) for cell in table.column(place)), 12)
            raise InputError(f'{choices.source}: only: {heading} is "{value}" in no row; there are {there}.')
        numbers = {row.number for row in kept}
        out |= {row.number: f"not {value}" for row in table.rows if row.number not in numbers}
        table = table._replace(rows=kept)
    return table


def _check_one_person_a_row(table: Table, found: FoundColumns) -> None:
    """Raise InputError if there is nothing below the headings, or each row counts people, as in a pivot."""
    if not table.rows:
        raise InputError(f"{table.file}: nothing stands below the headings in row {table.header_row}. Add the people.")
    counted = next((text for text in table.header if _counts(text)), None)
    if counted is not None and not any(found.places.get(meaning) for meaning in ("name", "id")):
        raise InputError(
            f'{table.file}: column "{shortened(counted)}" counts people, so that a row is a group and no person. Give'
            " the list that it counts, with one person a row; in a workbook, name its sheet: --set file.sheet=NAME."
        )


def _counts(heading: str) -> bool:
    return folded(heading) in group("counts") or parts(heading)[:2] in (["count", "of"], ["anzahl", "von"])


def _without_totals(table: Table, found: FoundColumns, today: date, out: dict[int, str]) -> Table:
    totals, notes = total_rows(table, found, today), note_rows(table)
    numbered = numbered_rows(table, found, today)
    out |= dict.fromkeys(numbered, "has a number for a name and no day of hire")
    out |= dict.fromkeys(notes, "is a remark")
    out |= dict.fromkeys(totals, "sums up others")
    totals |= notes | numbered
    who = [place for meaning in ("name", "id", "role") for place in found.places.get(meaning, ())]
    empty = {
        row.number for row in table.rows
        if who and row.number not in totals and all(is_missing(row.cells[place]) for place in who)
    }  # fmt: skip
    out |= dict.fromkeys(empty, "has no name, id or role")
    return table._replace(rows=[row for row in table.rows if row.number not in totals | empty])


def _once_each(table: Table, found: FoundColumns, choices: Choices, out: dict[int, str]) -> Table:
    """Every person in one row: without rows of an id that was there before, and without the same row again."""
    place = found.first("id")
    if place is not None:
        ids = _without_zeros(
            [identity(row.cells[place]) for row in table.rows], [_name(row, found) for row in table.rows]
        )
        twice = once_each(table.file, table.header[place], table.rows, ids, choices, lambda row: _name(row, found))
    else:
        twice = _the_same_again(table, found)
    out |= {row.number: "says the same person again" for row in twice}
    dropped = {row.number for row in twice}
    return table._replace(rows=[row for row in table.rows if row.number not in dropped])


def _without_zeros(ids: Sequence[str], names: Sequence[str]) -> list[str]:
    """Ids of which 007 is 7 where the same name stands beside both."""
    short = [text.lstrip("0") or "0" if text.isdigit() else text for text in ids]
    seen: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for text, brief, name in zip(ids, short, names, strict=True):
        seen.setdefault((brief, parts_of(name)), set()).add(text)
    return [
        brief if len(seen[brief, parts_of(name)]) > 1 else text
        for text, brief, name in zip(ids, short, names, strict=True)
    ]


def _the_same_again(table: Table, found: FoundColumns) -> list[Row]:
    """Rows that are the same as an earlier one in every cell, where there is a name and enough else."""
    seen: set[tuple[str, ...]] = set()
    twice = []
    for row in table.rows:
        cells = tuple(shown(cell) for cell in row.cells)
        if found.places.get("name") and _name(row, found) and sum(map(bool, cells)) >= ENOUGH_TO_BE_THE_SAME:
            twice += [row] if cells in seen else []
            seen.add(cells)
    return twice


ENOUGH_TO_BE_THE_SAME = 5
"""Cells that are the same in two rows of one person; in fewer, two people may be alike."""


def _days_of_hire_instead_of_tenure(table: Table, found: FoundColumns, today: date, choices: Choices) -> None:
    """A column that is called tenure and holds days is one of days of hire."""
    from sim.scenario.people_files.dates import are_days

    place = found.first("tenure")
    if place is not None and found.first("hired") is None and are_days(table.column(place), today):
        found.places["hired"] = found.places.pop("tenure")
        choices.kept.get("columns", {}).pop("tenure", None)
        choices.keep("columns", "hired", table.header[place])


def _check_number(table: Table, rows: Sequence[Row], presence: Presence) -> None:
    if len(rows) < 2:
        gone = sum(why == "has left" for why in presence.reasons)
        hint = " To take them as still there: --set people.leavers=keep." if gone else " Is this the right file?"
        text = f"{len(rows) or 'no'} {'person' if len(rows) == 1 else 'people'} left of {len(table.rows)} rows"
        raise InputError(f"{table.file}: {text}, {gone} of them have left; it takes at least 2 to be a team.{hint}")
    if len(rows) > MAX_PEOPLE:
        text = f"{len(rows):,} people; the model is of small businesses with at most {MAX_PEOPLE}."
        raise InputError(f"{table.file}: {text} Take a part, such as one department: --set only.Department=Sales")


# --- What they are ----------------------------------------------------------------------------------------------------


def _teams(
    table: Table, found: FoundColumns, rows: Sequence[Row], leaders: Leaders, with_names: bool, choices: Choices
) -> Teams:
    place = found.first("team")
    heading = table.header[place] if place is not None else ""
    departments = written_once(table.file, heading, [_text(row, found, "team") for row in rows], choices)
    numbers = [row.number for row in rows]
    return find_teams(table.file, heading, departments, leaders, numbers, with_names, choices)


def _leaders(found: FoundColumns, rows: Sequence[Row]) -> Leaders:
    """Who leads whom: by the column of managers, which names people or their ids, and by roles."""
    place = found.first("id")
    finder = Finder([_name(row, found) for row in rows], ["" if place is None else row.cells[place] for row in rows])
    managers = [_manager(row, found) for row in rows]
    keys = leaders_named(managers, finder)
    called = {key: name for key, name in reversed(list(zip(keys, managers, strict=True))) if key}
    return Leaders(keys, called, [leads(_text(row, found, "role")) for row in rows])


def _manager(row: Row, found: FoundColumns) -> str:
    name = _text(row, found, "manager")
    return "" if folded(name) in group("nobody") else name


def _names(table: Table, found: FoundColumns, usual: bool) -> Names:
    """The names of everybody whom the file names; `usual`: and what is often a name."""
    there = [_name(row, found) for row in table.rows] + [_manager(row, found) for row in table.rows]
    addresses = (text for row in table.rows if "@" in (text := _text(row, found, "id")))
    return Names([*there, *addresses], usual)


def _rated(
    table: Table, found: FoundColumns, rows: Sequence[Row], signs: set[str], choices: Choices
) -> dict[str, Rated]:
    rated = {}
    remark, spoken = remarked_scale(table.remarks), languages(tuple(filter(None, table.header)))
    for meaning in RATED:
        place = found.first(meaning)
        if place is None:
            continue
        said = found.headings[meaning]
        column = Asked(table.file, table.header[place], meaning, place, said.scale, said.best, remark, spoken)
        read = read_ratings(column, rows, table.rows, signs, choices)
        if read is not None:
            rated[meaning] = read
    return rated


def _text(row: Row, found: FoundColumns, meaning: str) -> str:
    """A cell as one line of text; "" where it is empty or the column is not there."""
    place = found.first(meaning)
    cell: Cell = "" if place is None else row.cells[place]
    return "" if is_missing(cell) else " ".join(shown(cell).split())[:100]


def _name(row: Row, found: FoundColumns) -> str:
    texts = [" ".join(shown(row.cells[place]).split()) for place in found.places.get("name", ())
             if not is_missing(row.cells[place])]  # fmt: skip
    return (" ".join(texts) or _text(row, found, "id"))[:90]


def _periods(table: Table, days: Days, presence: Presence, without: Set[int]) -> tuple[tuple[date, date | None], ...]:
    """When everybody of the file was there; of those who came back, the time since then.

    Without the rows of those who lead, so that a history is of the people that the roster is of.
    """
    rows = len(table.rows)
    those = zip(table.rows, days.of("hired", rows), days.of("left_on", rows), presence.back, strict=True)
    periods = (
        (begun, None if again else ended) for row, begun, ended, again in those if row.number not in without
    )  # fmt: skip
    return tuple((begun, ended) for begun, ended in periods if begun and (ended is None or ended >= begun))


def _full_time(table: Table, found: FoundColumns, rows: Sequence[Row], signs: set[str], choices: Choices) -> FullTime:
    place = found.first("fte") if found.places.get("fte") else found.first("gone")  # a status such as "Part-Time"
    decimal = choices.text("file", "decimal") or (next(iter(signs)) if len(signs) == 1 else None)
    if place is None:
        return FullTime([None] * len(rows), "")
    return read_full_time(table.file, table.header[place], [row.cells[place] for row in rows], decimal, choices)


def _forget_the_personal(choices: Choices, names: Names) -> list[str]:
    """Take out of the mapping what names a person, and say what that was."""
    forgotten = []
    for section in ("columns", "merge", "only", "file", "join", "people"):
        for key, value in list(choices.kept.get(section, {}).items()):
            known = recognised(key) if section == "only" else None
            texts = [key, *(value if isinstance(value, list) else [value])] if section != "columns" else (
                value if isinstance(value, list) else [value]
            )  # fmt: skip
            if (known is not None and known.meaning in PERSONAL) or any(names.in_text(str(text)) for text in texts):
                del choices.kept[section][key]
                forgotten.append(section if section in ("merge", "only") else f"{section}.{key}")
    return list(dict.fromkeys(forgotten))
