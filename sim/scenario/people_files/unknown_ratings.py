"""Finds columns that look like ratings under unknown headings, and asks about them or reports them."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import FoundColumns
from sim.scenario.people_files.grid import Cell, Table, shown
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.rating_scale import are_words_of_a_scale
from sim.scenario.people_files.words import folded, group, is_missing
from sim.scenario.problems import listed, shortened

STEMS = {"competence": "like_competence", "commitment": "like_commitment"}
"""What the model needs of everybody, and beginnings of words that a heading about it has (words.toml)."""

FEWEST, MOST_DIFFERENT, HIGHEST = 4, 11, 10
"""People who are rated, at least; different ratings, and the highest, at most."""


class Unread(NamedTuple):
    """A column that looks like ratings: its heading, and what stands in it."""

    heading: str
    holds: str


def unread_ratings(table: Table, found: FoundColumns, choices: Choices) -> list[Unread]:
    """Columns that look like ratings and are not read, where the file has nothing else for what the model needs.

    Raises:
        Undecided: a heading sounds as if it were what the model needs and does not know.
    """
    taken = {place for places in found.places.values() for place in places} | set(found.spare)
    missing = [meaning for meaning in STEMS if meaning not in found.places]
    unread = [
        (text, holds)
        for place, text in enumerate(table.header)
        if text and place not in taken and (holds := _ratings_in_words(table.column(place)))
    ]
    for meaning in missing:
        alike = [text for text, _ in unread if any(stem in folded(text) for stem in group(STEMS[meaning]))]
        if alike:
            readings = [Reading(text, f"{meaning} ({dict(unread)[text]})") for text in dict.fromkeys(alike)]
            readings.append(Reading("", f"nobody's {meaning} is known: it is drawn"))
            question = f"no heading is known to say {meaning}, but {_named(alike)} may. Which column says it?"
            raise Undecided(table.file, question, f"columns.{meaning}", readings)
    return [Unread(*one) for one in unread] if missing else []


def _named(headings: Sequence[str]) -> str:
    return listed([shortened(text, 40) for text in headings], 5)


def _ratings_in_words(cells: Sequence[Cell]) -> str:
    """What a column holds that looks like ratings, or nothing."""
    there = [cell for cell in cells if not is_missing(cell)]
    values = [value for cell in there if (value := number(cell)) is not None]
    if len(there) < FEWEST:
        return ""
    if len(values) == len(there):
        low, high = min(values), max(values)
        steps = all((2 * value).is_integer() for value in values)
        fits = 1 <= low < high <= HIGHEST and high >= 3 and len(set(values)) <= MOST_DIFFERENT and steps
        counting = values == sorted(values) and len(set(values)) == len(values)  # 1, 2, 3 ...
        return f"from {low:g} to {high:g}" if fits and not counting else ""
    words = [shown(cell) for cell in there]
    return listed(dict.fromkeys(words), 4) if not values and are_words_of_a_scale(words) else ""


def unread_in_words(unread: Sequence[Unread]) -> str:
    """What is said of such columns."""
    if not unread:
        return ""
    named = listed((f"{shortened(one.heading, 40)} ({one.holds})" for one in unread), 8)
    return f"{named}. They look like ratings and are not read; to take one: --set columns.competence=HEADING"
