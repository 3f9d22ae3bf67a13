"""Writes a roster (without names unless they are asked for), a list of who is who, and a history."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sim.scenario.history import LONGEST
from sim.scenario.people_files.columns import RATED
from sim.scenario.people_files.in_words import NEEDED, PersonRead
from sim.scenario.personal_names import Names, renamed
from sim.scenario.problems import InputError
from sim.scenario.pseudonyms import pseudonyms
from sim.scenario.roster import NOT_KNOWN
from sim.scenario.scales import ENDING, HIGHEST, LOWEST
from sim.scenario.signs import harmless

MOST_MONTHS = LONGEST * 12 // 52
"""Months that a history has at most."""


class Written(NamedTuple):
    """A table of text."""

    header: list[str]
    rows: list[list[str]]

    @property
    def csv(self) -> str:
        """As the text of a CSV file."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.header, *(map(harmless, row) for row in self.rows)])
        return text.getvalue()


def roster_table(people: Sequence[PersonRead], with_names: bool, known: Names) -> Written:
    """The people as a roster that `read_roster` reads; names are pseudonyms unless they are asked for.

    So are those of teams that are called after somebody, and roles are without them; `known` are all names of a file.
    """
    names = called(people, with_names)
    if not with_names:
        teams = renamed((one.team for one in people), known)
        people = [
            one._replace(team=teams.get(one.team, one.team), role=known.without(one.role)) for one in people
        ]  # fmt: skip
    rated = [meaning for meaning in RATED if meaning in NEEDED or any(_is(one.shares.get(meaning)) for one in people)]
    several = len({one.team for one in people}) > 1
    part_time = any(one.fte not in (None, 1.0) for one in people)
    header = ["name", "role", *(["team"] if several else []), "tenure_years", *(f"{one}{ENDING}" for one in rated)]
    header += ["fte"] if part_time else []
    rows = [
        [
            plain(names[place]), plain(one.role), *([plain(one.team)] if several else []),
            NOT_KNOWN if one.weeks is None else _short(one.weeks / 52, 3),
            *(_rating(one.shares, meaning) for meaning in rated),
            *([_short(1.0 if one.fte is None else one.fte, 3)] if part_time else []),
        ]
        for place, one in enumerate(people)
    ]  # fmt: skip
    return Written(header, rows)


def key_table(people: Sequence[PersonRead]) -> Written:
    """Who is who."""
    names, real = called(people, with_names=False), called(people, with_names=True)
    rows = [[new, plain(old), str(one.row)] for new, old, one in zip(names, real, people, strict=True)]
    return Written(["pseudonym", "name", "row"], rows)


def history_table(periods: Sequence[tuple[date, date | None]], until: date) -> Written:
    """Month by month, up to the last whole month: how many were there on the first day, came, and left.

    It begins in the month in which the first leaver that the files know of left, as before that nobody would seem ever
    to have gone; and ten years back at most, which is what a fit takes.

    Raises:
        InputError: the files know of nobody who left.
    """
    endings = [ended for _, ended in periods if ended is not None]
    if not endings:
        raise InputError(
            "a history needs those who left, too, and the files have only those who are there: it would look as if"
            " nobody ever left. Add the leavers with their last day, or leave --history out and write headcount and"
            " leavers by month yourself."
        )
    tomorrow = until + timedelta(days=1)  # on its last day a month is whole
    first, last = min(endings), tomorrow.year * 12 + tomorrow.month - 1
    begin = max(first.year * 12 + first.month - 1, last - MOST_MONTHS)
    if begin >= last:
        raise InputError("a history has whole months, and whoever left did so in the last one, which is not over yet.")
    months = [(place // 12, place % 12 + 1) for place in range(begin, last)]
    rows = []
    for year, month in months:
        start, end = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
        there = sum(begun < start and (ended is None or ended >= start) for begun, ended in periods)
        came = sum(start <= begun < end for begun, _ in periods)
        left = sum(ended is not None and start <= ended < end for _, ended in periods)
        rows.append([f"{year}-{month:02}", str(there), str(came), str(left)])
    return Written(["month", "headcount", "hired", "left"], rows)


def called(people: Sequence[PersonRead], with_names: bool) -> list[str]:
    """What each person is called in what is written; namesakes are told apart by a number."""
    if not with_names:
        return list(pseudonyms([str(place) for place in range(len(people))]).values())
    names: list[str] = []
    taken: set[str] = set()
    for place, one in enumerate(people, 1):
        name, count = one.who or f"Person {place}", 1
        while name in taken:
            count += 1
            name = f"{one.who or 'Person'} ({count})"
        taken.add(name)
        names.append(name)
    return names


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return text.lstrip("=+-@\t\r ") or text.strip("=+@\t\r ")


def _rating(shares: Mapping[str, float | None], meaning: str) -> str:
    share = shares.get(meaning)
    if share is None:
        return NOT_KNOWN if meaning in NEEDED else ""
    return _short(LOWEST + (HIGHEST - LOWEST) * share, 4)


def _short(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def _is(share: float | None) -> bool:
    return share is not None
