"""Finds who is employed on which day, from dates of hire and leaving, flags, words of status, and the file's date."""

import re
from collections.abc import Sequence, Set
from datetime import date
from typing import NamedTuple

from sim.scenario.people_files import dates
from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import FoundColumns
from sim.scenario.people_files.grid import Cell, Row, Table, shown
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.problems import Fault, InputError, listed, shortened

DROP, KEEP = "drop", "keep"
DATES, STATUS = "dates", "status"

NO_DAYS = (date(1, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1970, 1, 1))
"""What systems write where there is no day, such as that of leaving of somebody who has not left."""


class Days(NamedTuple):
    """Days by meaning (hired, left_on, dated), one for each row, None where there is none; and how they were read."""

    by_meaning: dict[str, list[date | None]]
    order: str | None

    def of(self, meaning: str, rows: int) -> list[date | None]:
        """The days of a column; nothing but None where there is no such column."""
        return self.by_meaning.get(meaning, [None] * rows)


class Presence(NamedTuple):
    """For each row whether the person is there, why not, and the day that the file is taken to be of.

    `back` tells for each row whether the person had left before the day of hire, and has come back.
    """

    here: list[bool]
    reasons: list[str]
    as_of: date | None
    as_of_words: str
    back: list[bool]


def read_days(table: Table, found: FoundColumns, choices: Choices, today: date) -> Days:
    """The days of all columns that hold some; the order of day and month is found from all of them together.

    Raises:
        InputError: a cell that is no day; cells that need different orders.
        Undecided: no cell tells whether the day or the month comes first.
    """
    columns = {meaning: table.column(place) for meaning in ("hired", "left_on", "dated")
               if (place := found.first(meaning)) is not None}  # fmt: skip
    everything = [cell for cells in columns.values() for cell in cells]
    order = choices.text("dates", "order", (dates.DAY_FIRST, dates.MONTH_FIRST))
    if order is None:
        told = {dates.order_named(table.header[found.places[meaning][0]]) for meaning in columns} - {None}
        order = next(iter(told)) if len(told) == 1 and told <= dates.orders(everything) else None
    if order is None:
        fitting = dates.orders(everything)
        doubt = dates.example(everything)
        if not fitting:
            fault = "days such as 31/12 and 12/31 are mixed in one file. Write all of them as 2019-12-31."
            raise InputError(f"{table.file}: {fault}")
        if len(fitting) == 2 and doubt is not None:
            readings = [
                Reading(one, f"{doubt} is {_written(dates.day(doubt, one, today))}")
                for one in (dates.DAY_FIRST, dates.MONTH_FIRST)
            ]
            names = listed(table.header[found.places[meaning][0]] for meaning in columns)
            raise Undecided(table.file, f"does the day or the month come first in {names}?", "dates.order", readings)
        order = next(iter(fitting)) if len(fitting) == 1 else None
        if order and doubt:
            choices.keep("dates", "order", order)
    by_meaning: dict[str, list[date | None]] = {}
    faults = []
    for meaning, cells in columns.items():
        read = [None if is_missing(cell) else _day(cell, order, today, choices) for cell in cells]
        heading = table.header[found.places[meaning][0]]
        if meaning != "dated":
            faults += [
                Fault(table.file, f"row {row.number}, column {shortened(heading)}", _no_day(cell))
                for row, cell, one in zip(table.rows, cells, read, strict=True) if one is None and not is_missing(cell)
            ]  # fmt: skip
        by_meaning[meaning] = [None if one in NO_DAYS else one for one in read]
    if faults:
        raise InputError.listing(faults)
    return Days(by_meaning, order)


def _day(cell: Cell, order: str | None, today: date, choices: Choices) -> date | None:
    """The day in a cell; that of a year alone, if it was decided which one to take."""
    within = choices.text("dates", "year")
    if within is not None and (year := re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?", shown(cell).strip())):
        found = dates.day(f"{year[1]}-{within}", order, today)
        if found is None:
            raise InputError(f'{choices.source}: dates.year: got "{shortened(within)}"; write a day as 07-01.')
        return found
    return dates.day(cell, order, today)


def find_presence(
    table: Table, found: FoundColumns, days: Days, as_of: date | None, choices: Choices, today: date
) -> Presence:
    """Who of the rows is there on the day `as_of`; without one, on the day that a remark in the file tells.

    Without that, on the latest day in the file that is not to come.

    Raises:
        InputError: a status in words that nobody knows.
        Undecided: a status and a day of leaving contradict each other.
    """
    rows = len(table.rows)
    hired, left = days.of("hired", rows), days.of("left_on", rows)
    latest = max((one for those in days.by_meaning.values() for one in those if one and one <= today), default=None)
    as_of_words = ""
    if as_of is None and latest is not None:
        told = _day_of_the_file(table.remarks, days.order, latest, today)
        as_of = told or latest
        as_of_words = (
            f"{as_of.isoformat()}, {'by a remark' if told else 'the latest day'} in the file (another: --as-of)"
        )
        if told is None and set(days.by_meaning) == {"hired"} and (today - latest).days > OLD:
            as_of_words += "; it has days of hire only, and if nobody was hired since, tenure is too short"
    elif as_of is not None:
        as_of_words = as_of.isoformat()
    here, reasons = [], []
    if choices.text("people", "leavers", (DROP, KEEP)) == KEEP:
        return Presence([True] * rows, [""] * rows, as_of, as_of_words, [False] * rows)
    gone = _flags(table, found, choices)
    back = _came_back(table, hired, left, gone, choices)
    left = [None if again else ended for again, ended in zip(back, left, strict=True)]
    _check_agreement(table, gone, left, as_of, choices)
    trusted = choices.text("people", "contradiction", (DATES, STATUS))
    for begun, ended, flag, again in zip(hired, left, gone, back, strict=True):
        by_date = ended is not None and as_of is not None and ended <= as_of
        later = ended is not None and as_of is not None and ended > as_of
        leaver = by_date if trusted == DATES else bool(flag) if trusted == STATUS and flag is not None else (
            by_date or (bool(flag) and not later)
        )  # fmt: skip
        to_come = begun is not None and as_of is not None and begun > as_of and not again
        here.append(not leaver and not to_come)
        early = leaver and begun is not None and ended is not None and ended < begun
        reasons.append(LEFT_EARLY if early else "has left" if leaver else _to_come(begun, today) if to_come else "")
    return Presence(here, reasons, as_of, as_of_words, back)


OLD = 400
"""Days without anybody hired after which a file is likely to be of a later day than the last hire."""


def _day_of_the_file(remarks: Sequence[str], order: str | None, latest: date, today: date) -> date | None:
    """The one day that remarks beside the table tell, such as "Stand 31.10.2026", if it can be that of the file."""
    told = set()
    for text in remarks:
        spoken = set(parts(text))
        if len(text) < LONGEST_REMARK and spoken & group("as_of_words"):
            words = text.replace(",", " ").replace("(", " ").replace(")", " ").split()
            for length in (3, 2, 1):
                pieces = (" ".join(words[place : place + length]) for place in range(len(words) - length + 1))
                found = {
                    one
                    for piece in pieces
                    if not piece.isdigit() and not dates.is_month(piece) and (one := dates.day(piece, order, today))
                }
                if found:
                    told |= found
                    break
    return told.pop() if len(told) == 1 and latest <= max(told) <= today else None


LONGEST_REMARK = 200
LEFT_EARLY = "has left, by the file before the day of hire"
SOON = 366
"""Days ahead that a contract may well begin."""


def _to_come(begun: date | None, today: date) -> str:
    far = begun is not None and (begun - today).days > SOON
    return "begins more than a year from today: a mistyped day of hire?" if far else "begins later"


def _came_back(
    table: Table, hired: Sequence[date | None], left: Sequence[date | None], gone: Sequence[bool | None],
    choices: Choices,
) -> list[bool]:  # fmt: skip
    """Who has left before the day of hire and is there again: by the status, or as it was decided.

    Raises:
        Undecided: nothing tells.
    """
    told = choices.text("people", "came_back", (YES, NO))
    early = [
        begun is not None and ended is not None and ended < begun for begun, ended in zip(hired, left, strict=True)
    ]
    open_ = [row.number for row, one, flag in zip(table.rows, early, gone, strict=True) if one and flag is None]
    if open_ and told is None:
        where = listed(map(str, open_), 8)
        question = f"the day of leaving is before the day of hire (row {where}). Has the person come back?"
        readings = (Reading(YES, "hired again after having left, and there"),
                    Reading(NO, "the days are wrong: leave the person out"))  # fmt: skip
        raise Undecided(table.file, question, "people.came_back", readings)
    return [
        one and (flag is False or (flag is None and told == YES)) for one, flag in zip(early, gone, strict=True)
    ]  # fmt: skip


YES, NO = "yes", "no"


def _flags(table: Table, found: FoundColumns, choices: Choices) -> list[bool | None]:
    """Whether each person has left, as a column of flags or of words says; None where it does not say."""
    place = found.first("gone")
    if place is None:
        return [None] * len(table.rows)
    heading = table.header[place]
    inverted = folded(heading) in group("flags_of_being_here")
    own = choices.given.get("people", {}).get("left_words")
    words = {folded(word) for word in (own if isinstance(own, list) else str(own).split(","))} if own else None
    flags, unknown_words = [], []
    for cell in table.column(place):
        word = folded(shown(cell))
        flag: bool | None = None
        if is_missing(cell):
            pass
        elif words is not None:
            flag = word in words
        elif word in group("full_time") or word in group("part_time"):  # who has left is not called so
            flag = False
        elif word in group("still_here") or word in group("has_left"):
            flag = word in group("has_left") and word not in group("still_here")
        elif word in group("yes") or word in group("no"):
            flag = (word in group("yes")) != inverted
        elif (first := next(iter(parts(shown(cell))), "")) in group("has_left") ^ group("still_here"):
            flag = first in group("has_left")  # "Terminated - voluntary"
        else:
            unknown_words.append(shown(cell))
        flags.append(flag)
    if unknown_words:
        seen = listed([shortened(word, 30) for word in dict.fromkeys(unknown_words)], 7)
        text = f"column {shortened(heading)}: which of its words mean that somebody has left? It has {seen}."
        example = f"--set 'people.left_words={shortened(unknown_words[0], 30)}' (several with commas)"
        raise InputError(f"{table.file}: {text} Say it: {example}, or leave the column out: --set columns.gone=")
    return flags


def _check_agreement(
    table: Table, gone: Sequence[bool | None], left: Sequence[date | None], as_of: date | None, choices: Choices
) -> None:
    """Raise Undecided if somebody is there by status and gone by date."""
    against = [
        row for row, flag, ended in zip(table.rows, gone, left, strict=True)
        if flag is False and ended is not None and as_of is not None and ended <= as_of
    ]  # fmt: skip
    if against and choices.text("people", "contradiction", (DATES, STATUS)) is None:
        where = listed((f"{row.number}" for row in against), 10)
        question = f"by the day of leaving somebody is gone, by the status still there (row {where})."
        readings = (Reading(DATES, "the day of leaving counts"), Reading(STATUS, "the status counts"))
        raise Undecided(table.file, question, "people.contradiction", readings)


def total_rows(table: Table, found: FoundColumns, today: date) -> set[int]:
    """The numbers of rows that sum up others: "Total" or "Mittelwert" instead of a person.

    A row with a day of hire or of leaving of its own is a person, who may be called Total, but for one of averages.
    """
    texts = [place for meaning in ("name", "id", "role", "team") for place in found.places.get(meaning, ())]
    texts = texts or [0]
    usual = {
        place for place in range(len(table.header))
        if sum(_begins_or_ends(cell, "sums") for cell in table.column(place)) > len(table.rows) / 2
    }  # fmt: skip
    return {
        row.number for row in table.rows
        if (_sums_up(row, texts) or _counts_others(row, found, usual)) and not _has_own_day(row, found, today)
    }  # fmt: skip


def numbered_rows(table: Table, found: FoundColumns, today: date) -> set[int]:
    """The numbers of rows that have a number where the others have a name, or nothing else, and no day of their own."""
    if not (places := found.places.get("name", ())):
        return set()
    numbered = set()
    for row in table.rows:
        named = [row.cells[place] for place in places if not is_missing(row.cells[place])]
        alone = [cell for cell in row.cells if not is_missing(cell)]
        there = named or (alone if len(alone) == 1 else [])
        if there and all(number(cell) is not None for cell in there):
            numbered.add(row.number)
    if len(numbered) > len(table.rows) / 2:
        return set()
    return {row.number for row in table.rows if row.number in numbered and not _has_own_day(row, found, today)}


def _has_own_day(row: Row, found: FoundColumns, today: date) -> bool:
    days = [row.cells[place] for meaning in ("hired", "left_on") for place in found.places.get(meaning, ())]
    if not any(dates.day(one, order, today) for one in days for order in (dates.DAY_FIRST, dates.MONTH_FIRST)):
        return False
    who = [shown(row.cells[place]) for meaning in ("name", "id") for place in found.places.get(meaning, ())]
    return not any(folded(text) in group("averages") for text in who)


def _counts_others(row: Row, found: FoundColumns, usual: Set[int]) -> bool:
    """Whether a row has a word for a total in any cell, and nothing for a name and an id but that and numbers.

    `usual`: columns where such a word says nothing, as most rows have it.
    """
    ids, names = ([row.cells[place] for place in found.places.get(meaning, ()) if not is_missing(row.cells[place])]
                  for meaning in ("id", "name"))  # fmt: skip
    there, who = [*ids, *names], {place for meaning in ("id", "name") for place in found.places.get(meaning, ())}
    texts = [cell for cell in there if number(cell) is None]
    numbered = bool(ids) and bool(names) and number(ids[0]) is not None  # "7, Anna Total" is a person
    both = len(texts) == 1 and bool(found.places.get("id")) and bool(found.places.get("name"))
    said = [
        cell for cell in texts
        if _is_total(cell, alone=numbered) or (both and not numbered and _begins_or_ends(cell, "may_be_sums"))
    ]  # fmt: skip
    if not who or any(cell not in said and not shown(cell).strip()[:1].isdigit() for cell in texts):
        return False
    if said:
        return True
    elsewhere = [cell for place, cell in enumerate(row.cells) if place not in usual and place not in who]
    if there and not found.places.get("name"):  # a number is an id
        return any(folded(shown(cell)) in group("sums") for cell in elsewhere if isinstance(cell, str))
    return any(_begins_or_ends(cell, "sums") for cell in elsewhere)


def _is_total(cell: Cell, alone: bool) -> bool:
    """Whether the cell of a name or an id says that the row sums up others; `alone`: without any other word."""
    if isinstance(cell, str) and folded(cell).rstrip("0123456789") in group("total") | group("counts"):
        return True
    return not alone and _begins_or_ends(cell, "sums")


def _begins_or_ends(cell: Cell, words: str) -> bool:
    """Whether one or two words of a group stand first or last in a text."""
    if not isinstance(cell, str) or number(cell) is not None:
        return False
    those = parts(cell)
    ends = (those[:1], those[:2], those[-1:], those[-2:])
    return any("".join(some) in group(words) for some in ends if some)


def note_rows(table: Table) -> set[int]:
    """The numbers of rows that are a remark below or between the people, such as "Exported on 30 June 2025"."""
    return {row.number for row in table.rows if len(table.header) > 1 and _is_remark(row)}


def _is_remark(row: Row) -> bool:
    """One cell, with what no name of a person has: a sign such as ":", a number among words, or a whole sentence."""
    there = [cell for cell in row.cells if not is_missing(cell)]
    if len(there) != 1 or not isinstance(there[0], str):
        return False
    words = there[0].split()
    numbered = len(words) > 2 and any(sign.isdigit() for sign in there[0])
    return any(sign in there[0] for sign in ":=*©") or numbered or len(words) > 6


def _sums_up(row: Row, places: Sequence[int]) -> bool:
    there = [row.cells[place] for place in places if not is_missing(row.cells[place])]
    there = [*there[:1], *(cell for cell in there[1:] if number(cell) is None)]  # "Count" beside a number
    first: list[Cell] = [cell for cell in row.cells if not is_missing(cell)][:1]
    said = [shown(cell) for cell in (there[:1] or first)]
    if first and sum(not is_missing(cell) for cell in row.cells) <= FEW and parts(shown(first[0]))[:1]:
        begins = parts(shown(first[0]))[0]
        if begins in group("sums") and isinstance(first[0], str):
            return True
    if not said or len(there) > 1:
        return False
    words = parts(said[0])
    alone = folded(said[0]).rstrip("0123456789") in group("total")
    return alone or any(word in group("sums") for word in (*words[:1], *words[-1:]))


FEW = 3
"""Cells of a row that begins with "Total" and is no person, whatever columns they are in."""


def _no_day(cell: Cell) -> str:
    if re.fullmatch(r"(19|20)\d\d", shown(cell)):
        return (
            f"got {shown(cell)}, a year alone. Write a day; {shown(cell)}-07-01 where half a year does not matter, or"
            " for all of them: --set dates.year=07-01."
        )
    return f'got "{shortened(shown(cell))}", which is no day. Write it as 2019-12-31, or leave the cell empty.'


def _written(one: date | None) -> str:
    return f"{one.day} {one:%B %Y}" if one else "no day"
