"""Imports people files of clients as a roster, in one function."""

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.scenario.people_files.choices import Choices, Undecided, map_text, read_map
from sim.scenario.people_files.find_table import find_table
from sim.scenario.people_files.grid import Sheet
from sim.scenario.people_files.in_words import PersonRead
from sim.scenario.people_files.join import joined
from sim.scenario.people_files.read_sheets import read_sheets
from sim.scenario.people_files.roster_file import Written, history_table, key_table, roster_table
from sim.scenario.people_files.understand import Understood, understand
from sim.scenario.personal_names import Names
from sim.scenario.problems import InputError


class Imported(NamedTuple):
    """What people files hold: the people with their real names, what was understood, and how they were read."""

    people: tuple[PersonRead, ...]
    summary: tuple[tuple[str, str], ...]
    map: str  # as TOML, to read the next file in the same way; holds no personal data
    periods: tuple[tuple[datetime.date, datetime.date | None], ...]
    as_of: datetime.date | None
    names: Names  # all that the files have

    def roster(self, *, names: bool = False) -> Written:
        """The roster as a table of text; `names` puts the real names in, else they are Person 1, Person 2, ...

        Without them, teams called after somebody are Team 1, Team 2, ..., and roles have "[name]" in place of a name.
        """
        return roster_table(self.people, names, self.names)

    def key(self) -> Written:
        """Who is who: pseudonym, name and row of the file."""
        return key_table(self.people)

    def history(self) -> Written:
        """Headcount, people hired and people who left, month by month.

        Raises:
            InputError: the files have no days of hire, or know of nobody who left.
        """
        if not self.periods or self.as_of is None:
            raise InputError("a history needs days of hire and of leaving, and the files have no days of hire.")
        return history_table(self.periods, self.as_of)


def import_roster(
    files: str | Path | Sequence[str | Path],
    *,
    map: str | Path | Choices | None = None,  # noqa: A002 (the option's name)
    decisions: Mapping[str, str] | None = None,
    as_of: datetime.date | None = None,
    names: bool = False,
    out: str | Path | None = None,
    force: bool = False,
) -> Imported:
    """Read people files (.csv and other text, .xlsx, .xls, .ods) of any layout as a roster.

    Sheet, headings (in English, German, French, Spanish), separators, encodings, days, scales and units are found;
    where two readings are possible, nothing is guessed.

    Args:
        files: one, or several that have an id of the person in common or the same headings.
        map: a mapping in TOML from an earlier import; None finds everything.
        decisions: what overrides it, by section and key, such as {"units.tenure": "years"}.
        as_of: the day that tenure is counted up to; None: the latest day in the files that is not to come.
        names: put real names into what is written.
        out: write the roster there, as .csv or .xlsx.
        force: replace a file that is there already.

    Returns:
        The people, what was understood, and the mapping as TOML.

    Raises:
        InputError: something cannot be read; as `Undecided`, with `key` and `readings`, where two readings are there.
    """
    paths = [Path(file) for file in ([files] if isinstance(files, str | os.PathLike) else files)]
    if not paths:
        raise InputError("no file to import. Give the path of a people file.")
    choices = map if isinstance(map, Choices) else read_map(Path(map)) if map is not None else Choices()
    for key, value in (decisions or {}).items():
        choices = choices.with_decision(key, value)
    encoding, separator = choices.text("file", "encoding"), choices.text("file", "separator")
    sheets = [read_sheets(path, encoding, separator) for path in paths]
    try:
        understood = _understood(sheets, choices, as_of, names)
    except Undecided as doubt:
        raise doubt.with_others(_further_doubts(doubt, sheets, choices, as_of, names)) from None
    imported = Imported(
        understood.people, understood.summary, map_text(choices), understood.periods, understood.as_of, understood.names
    )
    if out is not None:
        write_table(imported.roster(names=names), out, force)
    return imported


def _understood(
    sheets: Sequence[Sequence[Sheet]], choices: Choices, as_of: datetime.date | None, names: bool
) -> Understood:
    table = joined([find_table(of_file, choices) for of_file in sheets], choices)
    return understand(table, choices, as_of, datetime.date.today(), names)


def _further_doubts(
    first: Undecided, sheets: Sequence[Sequence[Sheet]], choices: Choices, as_of: datetime.date | None, names: bool
) -> list[Undecided]:
    """What would be asked next if each question got its first answer, so that all of it can be said at once."""
    doubts = [first]
    while True:
        choices = choices.with_decision(doubts[-1].key, doubts[-1].readings[0].value)
        try:
            _understood(sheets, choices, as_of, names)
        except Undecided as doubt:
            if doubt.key in {one.key for one in doubts}:
                return doubts[1:]
            doubts.append(doubt)
        except InputError:
            return doubts[1:]
        else:
            return doubts[1:]


def write_table(
    table: Written, path: str | Path, force: bool = False, endings: Sequence[str] = (".csv", ".xlsx")
) -> None:
    """Write a table as .csv or .xlsx, whole or not at all.

    Raises:
        InputError: another ending; a place that cannot be written to, or that is taken.
    """
    from sim.scenario.roster_template import workbook
    from sim.scenario.writing import written_whole

    target = checked_target(path, force, endings)
    book: Any = None if target.suffix.lower() == ".csv" else workbook(table.header, table.rows)
    with written_whole(target) as unfinished:
        if book is None:
            unfinished.write_text(table.csv, encoding="utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
        else:
            book.save(unfinished)


def checked_target(path: str | Path, force: bool, endings: Sequence[str]) -> Path:
    """The file that will be written.

    Raises:
        InputError: another ending; a place that cannot be written to, or that is taken.
    """
    from sim.scenario.writing import check_writable

    target = check_writable(path, endings)
    if target.exists() and not force:
        raise InputError(f"{path}: exists already; nothing was written. Take another name, or use --force.")
    return target
