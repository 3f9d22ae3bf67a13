"""Recognises what each column means: by its heading in four languages (headers.toml), or by the mapping."""

import itertools
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.dates import are_days
from sim.scenario.people_files.grid import Cell, Table, shown
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.said_scale import HIGH, LOW, SaidScale, said_scale
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.problems import InputError, listed, nearest, shortened, unknown
from sim.scenario.toml_files import read_table

RATED = ("competence", "commitment", "confidence", "motivation", "need_for_autonomy", "creativity", "affect")
"""What people are rated on."""

UNITS = ("years", "months", "weeks", "days")
LANGUAGES = ("en", "de", "fr", "es")

_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$|\s*(?:out of|von|sur|sobre|/)\s*\d+\s*$", re.I)
"""What is said behind a heading, such as "(dd/mm/yyyy)" or "out of 5"."""

_OUT_OF = re.compile(r"(?:out of|max\.?|von|sur|sobre|/)\s*(\d+)\s*[)\]]?\s*$", re.I)

_SCALE = re.compile(r"[\s_(\[]*(\d{1,3})\s*(?:-|–|_|to|bis|à)\s*(\d{1,3})[\s)\]]*$")


_WHEN = re.compile(
    r"[\s_(\[-]*\b(?:(?:fy|gj|wj|h[12]|q[1-4]|s[12]|t[1-4])[\s_/.-]*)?(?:19|20)\d\d(?:\s*[/–-]\s*(?:20)?\d\d)?\b[)\]]?"
    r"|[\s_(\[-]*\b(?:fy|gj)[\s_]?\d\d\b[)\]]?", re.I
)  # fmt: skip
"""A year or a part of one in a heading, such as "Rating 2023" or "Beurteilung H1/2024"."""

_CUT = re.compile(r"\s*[(\[:;,|–—/]|\s+-\s|\s*\d")
"""Where a heading may end and what it says of the scale begin."""


_NUMBER_SIGN = re.compile(r"\b[Nn]\.?\s?[º°]\.?\s*|\bN[or]\.\s+")
_GENDER = re.compile(r"(?:[/:*·]|_(?=in))-?(?:innen|in|r|as?|es?|ne|rice|trice)\b|\((?:in|innen|r|a|e)\)", re.I)
"""Such as ":in", "/a" or "(e)" behind a word."""


class Heading(NamedTuple):
    """What a heading says: the meaning, how well it fits (0 is best), and a unit or a scale that it names.

    `best` is the end of the scale that it calls the best, LOW or HIGH; None where it does not say it.
    """

    meaning: str
    rank: int
    unit: str | None = None
    scale: str | None = None
    best: str | None = None


class FoundColumns(NamedTuple):
    """The columns of a table: places by meaning (a name may have two), and what the headings say besides."""

    places: dict[str, tuple[int, ...]]
    headings: dict[str, Heading]
    spare: dict[int, str]  # columns that say the same as another that was taken

    def first(self, meaning: str) -> int | None:
        """The place of a column, or None."""
        return self.places[meaning][0] if self.places.get(meaning) else None


@cache
def meanings() -> dict[str, str]:
    """What a column can say, in words, by name."""
    return {name: str(entry["meaning"]) for name, entry in _headers().items()}


@cache
def _headers() -> dict[str, dict[str, object]]:
    return read_table(Path(__file__).parent / "headers.toml")


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Meaning and rank of every folded heading."""
    known: dict[str, tuple[str, int]] = {folded(name): (name, 0) for name in _headers()}
    for name, entry in _headers().items():
        for language in LANGUAGES:
            words = entry[language]
            for rank, heading in enumerate(words if isinstance(words, list) else ()):
                known.setdefault(folded(heading), (name, rank))
    return known


@cache
def recognised(text: str) -> Heading | None:
    """What a heading says, or None for an unknown one."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    text = _NUMBER_SIGN.sub("numero ", text.replace("#", " number ")).strip()
    text = re.sub("güe", "gue", text, flags=re.I)  # Spanish "antigüedad", where ü is no German one
    scale = _SCALE.search(text)
    bare = text[: scale.start()] if scale else text
    named = f"{scale[1]}-{scale[2]}" if scale else None
    if "%" in bare:
        bare, named = bare.replace("%", ""), named or "0-100"
    words = parts(bare)
    unit = next((unit for unit in UNITS for word in words if word in group(unit) and len(word) > 1), None)
    unit = unit or ("years" if any(word.endswith("jahre") for word in words) else None)
    without = [word for word in words if not (unit and word in group(unit)) and word not in ("in", "en")]
    for key in dict.fromkeys((folded(bare), "".join(without))):
        if key in _known():
            meaning, rank = _known()[key]
            return Heading(meaning, rank, unit if meaning == "tenure" else None, named if meaning in RATED else None)
    if (heading := _with_a_scale(text)) is not None:
        return heading
    if (behind := _BEHIND.search(bare)) and (heading := recognised(bare[: behind.start()])) is not None:
        top = _OUT_OF.search(bare)
        named = named or (scale_out_of(int(top[1])) if top else None)
        unit = unit if heading.meaning == "tenure" else None
        return heading._replace(unit=unit, scale=named if heading.meaning in RATED else None)
    return next((heading for plainer in _plainer(text) if (heading := recognised(plainer)) is not None), None)


def _plainer(text: str) -> list[str]:
    """The same heading without a year, without endings for men and women, without "current" and the like, and parts."""
    plainer = [_WHEN.sub(" ", text).strip(" -_/"), _GENDER.sub("", text)]
    words = re.split(r"[\s_.]+", text)
    if len(words) > 1 and folded(words[0]) in group("before_headings"):
        plainer.append(" ".join(words[1:]))
    apart = [part for part in re.split(r"\s*[/|&]\s*|\s+(?:-|–|or|oder|ou|o)\s+", text) if part]
    plainer += apart if 1 < len(apart) <= MOST_PARTS else []
    return [one for one in dict.fromkeys(plainer) if one and one != text]


LONGEST_HEADING, MOST_CUTS, MOST_PARTS = 200, 6, 4


def _with_a_scale(text: str) -> Heading | None:
    """What a heading says that tells the points of its scale in words, such as "Rating (1=best, 5=worst)"."""
    for cut in itertools.islice(_CUT.finditer(text), MOST_CUTS):
        said = said_scale(text[cut.start() :]) if cut.start() else None
        heading = recognised(text[: cut.start()]) if said is not None else None
        if said is not None and heading is not None and heading.meaning in RATED:
            return heading._replace(scale=said.name, best=said.best)
    return None


def remarked_scale(remarks: Sequence[str]) -> SaidScale | None:
    """What remarks say of the scale of ratings, if they call an end of it the best, and all the same one."""
    said = []
    for text in remarks:
        words = parts(text[:LONGEST_REMARK])
        about = any(word in group("scale_words") for word in words) or any(
            (heading := recognised(word)) is not None and heading.meaning in RATED for word in words
        )
        if about and (one := said_scale(text[:LONGEST_REMARK])) is not None and one.best in (LOW, HIGH):
            said.append(one)
    return said[0] if said and len({one.best for one in said}) == 1 else None


LONGEST_REMARK = 500


@cache
def languages(headings: tuple[str, ...]) -> frozenset[str]:
    """The languages that most of these headings are known in; one, unless they are known in several alike."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for language in LANGUAGES:
        counts[language] = sum(folded(_WHEN.sub(" ", text.partition("(")[0])) in _of(language) for text in headings)
    most = max(counts.values())
    return frozenset(language for language, count in counts.items() if most and count == most)


@cache
def _of(language: str) -> frozenset[str]:
    lists = (entry[language] for entry in _headers().values())
    return frozenset(folded(heading) for words in lists if isinstance(words, list) for heading in words)


def scale_out_of(top: int) -> str | None:
    """The scale of ratings "out of" so many points, if it is plain where that begins: of 10 it may be 0 or 1."""
    return f"1-{top}" if 3 <= top <= 7 else f"0-{top}" if 10 < top <= 100 else None


def find_columns(table: Table, choices: Choices) -> FoundColumns:
    """The columns of a table by what they say.

    Raises:
        InputError: the mapping names a column that is not there, or something that no column says.
        Undecided: two columns say the same, and differ.
    """
    places: dict[str, tuple[int, ...]] = {}
    headings: dict[str, Heading] = {}
    spare: dict[int, str] = {}
    for meaning, value in choices.given.get("columns", {}).items():
        if meaning not in meanings():
            raise InputError(f"{choices.source}: columns: {unknown('meaning', meaning, meanings())}")
        named = [value] if isinstance(value, str) else list(value)
        places[meaning] = tuple(_place(table, str(heading), choices) for heading in named if heading)
        for place in places[meaning]:
            headings[meaning] = _named(table.header[place], meaning)
    taken = {place for those in places.values() for place in those}
    seen = [(place, recognised(text)) for place, text in enumerate(table.header) if place not in taken]
    candidates: dict[str, list[tuple[int, Heading]]] = {}
    for place, heading in seen:
        if heading is not None and not (heading.meaning in RATED and _is_prose(table.column(place))):
            # "Left" may say whether, or on which day.
            on_days = heading.meaning == "gone" and are_days(table.column(place), date.today())
            meant = heading._replace(meaning="left_on") if on_days else heading
            candidates.setdefault(meant.meaning, []).append((place, meant))
    for meaning, those in candidates.items():
        if meaning in places:
            spare |= {place: meaning for place, _ in those}
            continue
        best = min(heading.rank for _, heading in those)
        same = [(place, heading) for place, heading in those if heading.rank == best]
        place, heading = _one_of(table, meaning, same)
        places[meaning], headings[meaning] = (place,), heading
        spare |= {other: meaning for other, _ in those if other != place}
    _settle_names(places, table)
    if not any(places.get(meaning) for meaning in ("name", "id")) and (unnamed := _names_without_heading(table)):
        places["name"] = unnamed
    for meaning, of_meaning in places.items():
        named = [table.header[place] for place in of_meaning]
        if all(named):
            choices.keep("columns", meaning, named if len(named) > 1 else (named or [""])[0])
    return FoundColumns(places, headings, spare)


def _names_without_heading(table: Table) -> tuple[int, ...]:
    """The first column, if it has no heading and a text in nearly each row that is another than the others."""
    texts = [shown(cell) for cell in table.column(0) if isinstance(cell, str) and not is_missing(cell)]
    plain = [text for text in texts if number(text) is None]
    enough = len(plain) > 0.8 * len(table.rows) and len(set(plain)) > 0.9 * len(plain)
    return (0,) if table.header and not table.header[0] and enough else ()


def _named(text: str, meaning: str) -> Heading:
    """What a heading says that the mapping calls by a meaning, whether it is known or not."""
    known = recognised(text)
    said = said_scale(text) if meaning in RATED and (known is None or known.scale is None) else None
    heading = (known or Heading(meaning, 0))._replace(meaning=meaning)
    return heading if said is None else heading._replace(scale=said.name, best=said.best)


def _is_prose(cells: Sequence[Cell]) -> bool:
    """Whether cells under a heading of ratings hold none: days, or texts of which nearly each is another."""
    there = [cell for cell in cells if not is_missing(cell)]
    days = [cell for cell in there if isinstance(cell, date)]
    texts = [shown(cell) for cell in there if isinstance(cell, str) and number(cell) is None]
    if len(days) > len(there) / 2 or (there and are_days(there, date.today())):
        return True
    long = [text for text in texts if len(text.split()) > LONGEST_RATING]
    return len(texts) >= FEWEST_TEXTS and (len(long) > len(texts) / 2 or len(set(texts)) > 0.8 * len(texts))


LONGEST_RATING, FEWEST_TEXTS = 6, 8
"""Words of a rating at most; texts from which on it tells whether they differ."""


def _settle_names(places: dict[str, tuple[int, ...]], table: Table) -> None:
    """A first and a last name are the name, unless a column holds both; one of them alone is the name as well.

    A name beside a first name alone is the last name, unless it has the first name in it.
    """
    first, last = places.pop("first_name", ()), places.pop("last_name", ())
    if "name" not in places:
        places |= {"name": first + last} if first + last else {}
    elif first and not last and len(places["name"]) == 1:
        pairs = [(shown(row.cells[first[0]]), shown(row.cells[places["name"][0]])) for row in table.rows]
        there = [(folded(one), folded(whole)) for one, whole in pairs if one and whole]
        if sum(one in whole for one, whole in there) <= len(there) / 2:
            places["name"] = first + places["name"]


def _one_of(table: Table, meaning: str, same: Sequence[tuple[int, Heading]]) -> tuple[int, Heading]:
    """The first of some columns that fit as well, if they say the same."""
    first, heading = same[0]
    for other, _ in same[1:]:
        if any(_apart(row.cells[first], row.cells[other]) for row in table.rows):
            names = dict.fromkeys(table.header[place] for place, _ in same)
            if len(names) == 1:
                text = f'column "{shortened(table.header[first])}" is there twice, with different cells. Take one out.'
                raise InputError(f"{table.file}: row {table.header_row}: {text}")
            latest = sorted(names, key=lambda name: max(re.findall(r"(?:19|20)\d\d", name), default=""), reverse=True)
            readings = [Reading(name, f"the column {shortened(name)} says it") for name in latest]
            question = f"which column says {meanings()[meaning]}?"
            raise Undecided(table.file, question, f"columns.{meaning}", readings)
    return first, heading


def _apart(one: object, other: object) -> bool:
    """Whether two cells say different things; yes and 1, or an empty cell and anything, do not."""
    texts = [folded(shown(cell)) for cell in (one, other)]  # type: ignore[arg-type]
    kinds = ["yes" if text in group("yes") else "no" if text in group("no") else text for text in texts]
    return all(texts) and kinds[0] != kinds[1]


def _place(table: Table, heading: str, choices: Choices) -> int:
    fitting = [place for place, text in enumerate(table.header) if text == heading]
    fitting = fitting or [place for place, text in enumerate(table.header) if folded(text) == folded(heading)]
    if fitting:
        return fitting[0]
    meant = nearest(heading, filter(None, table.header))
    question = f'; did you mean "{meant}"?' if meant else "."
    text = f'{choices.source}: columns: {table.file} has no column "{shortened(heading)}"{question}'
    raise InputError(f"{text} There are {listed(map(shortened, filter(None, table.header)))}.")
