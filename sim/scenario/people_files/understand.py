"""What people files say, as people of a roster: columns, scales and units settled, and what was understood in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sim.scenario.checks import MAX_PEOPLE
from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import RATED, Found, find_columns, recognised
from sim.scenario.people_files.full_time import FullTime, read_full_time
from sim.scenario.people_files.grid import Cell, Row, Table, shown
from sim.scenario.people_files.numbers import decimal_signs
from sim.scenario.people_files.presence import Days, Presence, find_presence, note_rows, read_days, total_rows
from sim.scenario.people_files.rating_scales import Rated, read_ratings
from sim.scenario.people_files.teams import Teams, as_spoken, find_teams, written_once
from sim.scenario.people_files.tenure import read_tenure
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.problems import InputError, listed, shortened
from sim.scenario.small_groups import SMALLEST_GROUP

PERSONAL = ("name", "first_name", "last_name", "manager", "id")
"""What a column may say that must not get into a mapping."""

FIRST, LAST, ALL = "first", "last", "all"
MEANT_FOR = {"competence": "competence", "commitment": "commitment"}
"""What the model needs of everybody: drawn where nobody has rated it."""


class PersonRead(NamedTuple):
    """A person of the file: the row, who it is, and what the model takes; None where the file does not say it."""

    row: int
    who: str
    role: str
    team: str
    weeks: float | None
    shares: Mapping[str, float | None]
    fte: float | None = None


class Understood(NamedTuple):
    """The people; the period that everybody of the file was there, for a history; what was understood, in words."""

    people: tuple[PersonRead, ...]
    periods: tuple[tuple[date, date | None], ...]
    as_of: date | None
    summary: tuple[tuple[str, str], ...]
    choices: Choices


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
    table = _without_totals(table, found, out)
    table = _once_each(table, found, choices, out)
    _days_of_hire_instead_of_tenure(table, found, today, choices)
    days = read_days(table, found, choices, today)
    presence = find_presence(table, found, days, as_of, choices, today)
    out |= {row.number: why for row, why in zip(table.rows, presence.reasons, strict=True) if why}
    rows = [row for row, here in zip(table.rows, presence.here, strict=True) if here]
    _check_number(table, rows, presence)
    teams = _teams(table, found, rows, with_names, choices)
    out |= {row.number: why for row, why in zip(rows, teams.reasons, strict=True) if why}
    placed = [(row, team) for row, team in zip(rows, teams.team, strict=True) if team is not None]
    rows = [row for row, _ in placed]
    signs = decimal_signs(cell for row in table.rows for cell in row.cells)
    tenure = read_tenure(table, found, rows, days, presence.as_of, signs, choices)
    rated = _rated(table, found, rows, signs, choices)
    full_time = _full_time(table, found, rows, signs, choices)
    people = tuple(
        PersonRead(row.number, _name(row, found), _text(row, found, "role"), team, weeks,
                   {meaning: one.shares[place] for meaning, one in rated.items()}, full_time.shares[place])
        for place, ((row, team), weeks) in enumerate(zip(placed, tenure.weeks, strict=True))
    )  # fmt: skip
    summary = [
        ("People", _people_in_words(table, people, out)),
        ("As of", presence.as_of_words),
        ("Teams", _teams_in_words(people)),
        ("Tenure", _tenure_in_words(people, tenure.source)),
        *((_title(meaning), _rating_in_words(table, found, meaning, one)) for meaning, one in rated.items()),
        *((_title(meaning), "nobody is rated: drawn anew in every run of the model") for meaning in MEANT_FOR
          if not any(one.shares.get(meaning) is not None for one in people)),
        ("Part-time", full_time.note),
        ("Columns read", _columns_in_words(table, found)),
        ("Columns left", listed([shortened(text, 40) for text in _left(table, found)], 60)),
    ]  # fmt: skip
    _forget_the_personal(choices)
    return Understood(
        people, _periods(table, days), presence.as_of, tuple(pair for pair in summary if pair[1]), choices
    )


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


def _check_one_person_a_row(table: Table, found: Found) -> None:
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


def _without_totals(table: Table, found: Found, out: dict[int, str]) -> Table:
    totals, notes = total_rows(table, found), note_rows(table)
    out |= dict.fromkeys(notes, "is a remark")
    out |= dict.fromkeys(totals, "sums up others")
    totals |= notes
    who = [place for meaning in ("name", "id", "role") for place in found.places.get(meaning, ())]
    empty = {
        row.number for row in table.rows
        if who and row.number not in totals and all(is_missing(row.cells[place]) for place in who)
    }  # fmt: skip
    out |= dict.fromkeys(empty, "has no name, id or role")
    return table._replace(rows=[row for row in table.rows if row.number not in totals | empty])


def _once_each(table: Table, found: Found, choices: Choices, out: dict[int, str]) -> Table:
    """Every person in one row; where an id is there again with other cells, it has to be said which counts."""
    place = found.first("id")
    if place is None:
        return table
    by_id: dict[str, list[Row]] = {}
    for row in table.rows:
        who = folded(shown(row.cells[place]))
        by_id.setdefault(who or f"row {row.number}", []).append(row)
    how = choices.text("people", "repeated", (FIRST, LAST, ALL))
    dropped: dict[int, str] = {}
    for rows in by_id.values():
        differ = any(row.cells != rows[0].cells for row in rows[1:])
        if differ and how is None:
            where = listed([str(row.number) for row in rows], 5)
            question = f"{shortened(table.header[place])} is the same in rows {where}, and the rest is not."
            readings = (Reading(FIRST, "one person; the first row counts"),
                        Reading(LAST, "one person; the last row counts"),
                        Reading(ALL, "each row is a person"))  # fmt: skip
            raise Undecided(table.file, question, "people.repeated", readings)
        if not differ or how != ALL:
            kept = rows[-1] if how == LAST else rows[0]
            dropped |= {row.number: "says the same person again" for row in rows if row is not kept}
    out |= dropped
    return table._replace(rows=[row for row in table.rows if row.number not in dropped])


def _days_of_hire_instead_of_tenure(table: Table, found: Found, today: date, choices: Choices) -> None:
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


def _teams(table: Table, found: Found, rows: Sequence[Row], with_names: bool, choices: Choices) -> Teams:
    place = found.first("team")
    managers = [_text(row, found, "manager") for row in rows]
    ids = [folded(_text(row, found, "id")) for row in rows]
    by_id = bool({folded(name) for name in managers if name} & set(filter(None, ids)))
    who = ids if by_id else [as_spoken(_name(row, found)) for row in rows]
    heading = table.header[place] if place is not None else ""
    departments = written_once(table.file, heading, [_text(row, found, "team") for row in rows], choices)
    return find_teams(table.file, heading, who, departments, managers, with_names, choices)


def _rated(table: Table, found: Found, rows: Sequence[Row], signs: set[str], choices: Choices) -> dict[str, Rated]:
    rated = {}
    for meaning in RATED:
        place = found.first(meaning)
        if place is None:
            continue
        told = found.headings[meaning].scale
        heading = table.header[place]
        read = read_ratings(table.file, heading, meaning, rows, table.rows, place, told, signs, choices)
        if read is not None:
            rated[meaning] = read
    return rated


def _text(row: Row, found: Found, meaning: str) -> str:
    """A cell as one line of text; "" where it is empty or the column is not there."""
    place = found.first(meaning)
    cell: Cell = "" if place is None else row.cells[place]
    return "" if is_missing(cell) else " ".join(shown(cell).split())[:100]


def _name(row: Row, found: Found) -> str:
    texts = [" ".join(shown(row.cells[place]).split()) for place in found.places.get("name", ())
             if not is_missing(row.cells[place])]  # fmt: skip
    return (" ".join(texts) or _text(row, found, "id"))[:90]


def _periods(table: Table, days: Days) -> tuple[tuple[date, date | None], ...]:
    rows = len(table.rows)
    pairs = zip(days.of("hired", rows), days.of("left_on", rows), strict=True)
    return tuple((begun, ended) for begun, ended in pairs if begun and (ended is None or ended >= begun))


# --- What was understood, in words ------------------------------------------------------------------------------------


def _title(meaning: str) -> str:
    return meaning.replace("_", " ").capitalize()


def _people_in_words(table: Table, people: Sequence[PersonRead], out: Mapping[int, str]) -> str:
    by_reason: dict[str, list[int]] = {}
    for number, why in sorted(out.items()):
        by_reason.setdefault(why, []).append(number)
    left = "; ".join(
        f"{why}: {len(numbers)} (row {listed(map(str, numbers), 8)})" for why, numbers in by_reason.items()
    )
    read = f"{len(people)} of {len(people) + len(out)} rows"
    return "; ".join(filter(None, (read, *table.notes, left and f"left out: {left}")))


def _teams_in_words(people: Sequence[PersonRead]) -> str:
    sizes: dict[str, int] = {}
    for person in people:
        sizes[person.team] = sizes.get(person.team, 0) + 1
    if len(sizes) == 1:
        return f"1, with one leader for {len(people)} people"
    named = listed((f"{shortened(name, 30)} {size}" for name, size in sizes.items()), 12)
    return f"{len(sizes)}, each with a leader of its own and hours for leading: {named}"


def _tenure_in_words(people: Sequence[PersonRead], source: str) -> str:
    there = [person.weeks for person in people if person.weeks is not None]
    if not there:
        return f"{source}: drawn anew in every run of the model"
    missing = len(people) - len(there)
    mean = sum(there) / len(there)
    text = f"{mean / 52:.1f} years on average ({mean:.0f} weeks), {source}" if len(there) >= SMALLEST_GROUP else source
    return text + (f"; {missing} missing, drawn" if missing else "")


def _rating_in_words(table: Table, found: Found, meaning: str, one: Rated) -> str:
    there = [share for share in one.shares if share is not None]
    missing = len(one.shares) - len(there)
    heading = table.header[found.places[meaning][0]]
    text = f"from {heading}, scale {one.scale} ({one.known_by})"
    if len(there) >= SMALLEST_GROUP:
        text += f"; on average {100 * sum(there) / len(there):.0f}% of it"
    drawn = "drawn anew in every run of the model" if meaning in MEANT_FOR else "drawn, or as commitment"
    return text + (f"; {missing} missing, {drawn}" if missing else "")


def _full_time(table: Table, found: Found, rows: Sequence[Row], signs: set[str], choices: Choices) -> FullTime:
    place = found.first("fte") if found.places.get("fte") else found.first("gone")  # a status such as "Part-Time"
    decimal = choices.text("file", "decimal") or (next(iter(signs)) if len(signs) == 1 else None)
    if place is None:
        return FullTime([None] * len(rows), "")
    return read_full_time(table.file, table.header[place], [row.cells[place] for row in rows], decimal, choices)


def _columns_in_words(table: Table, found: Found) -> str:
    named = {meaning: " + ".join(table.header[place] for place in places) for meaning, places in found.places.items()}
    return ", ".join(f"{meaning} = {shortened(text, 60)}" for meaning, text in named.items() if text)


def _left(table: Table, found: Found) -> list[str]:
    taken = {place for places in found.places.values() for place in places}
    return [
        f"{text} (also {found.spare[place].replace('_', ' ')})" if place in found.spare else text
        for place, text in enumerate(table.header) if text and place not in taken
    ]  # fmt: skip


def _forget_the_personal(choices: Choices) -> None:
    """Take out of the mapping what may name a person: which manager's people were wanted."""
    for heading in list(choices.kept.get("only", {})):
        known = recognised(heading)
        if known is not None and known.meaning in PERSONAL:
            del choices.kept["only"][heading]
