"""Turns ratings into shares, 0-1, by a scale that is declared, found in the file, or asked for."""

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.grid import Cell, Row, shown
from sim.scenario.people_files.numbers import number, numbers_of
from sim.scenario.people_files.rating_cells import best_by_words, mark, nudged, out_of, point, with_signs
from sim.scenario.people_files.rating_scale import (
    LOWEST_MARK,
    NONE,
    ONE_BASED,
    RatingScale,
    ends,
    fitting,
    percent_of,
    scale_named,
    turned,
    word_scales,
)
from sim.scenario.people_files.said_scale import LOW, UNCLEAR, SaidScale, best_end, worth
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.problems import Fault, InputError, listed, shortened


class Rated(NamedTuple):
    """A column as shares, 0-1, None where there is no rating; the scale; and how that is known."""

    shares: list[float | None]
    scale: str
    known_by: str


class Asked(NamedTuple):
    """A column of ratings: where it stands, what it is about, and what is said of its scale.

    Attributes:
        file: for messages.
        heading: of the column.
        meaning: what is rated.
        place: of the column.
        scale: that the heading names, such as "1-5", or None.
        best: the end that the heading calls the best, LOW or HIGH, or None.
        remark: what a remark beside the table says of the scale.
        languages: of the headings of the file.
    """

    file: str
    heading: str
    meaning: str
    place: int
    scale: str | None = None
    best: str | None = None
    remark: SaidScale | None = None
    languages: frozenset[str] = frozenset()


def read_ratings(
    column: Asked, rows: Sequence[Row], everybody: Sequence[Row], signs: set[str], choices: Choices
) -> Rated | None:
    """A column of ratings, or None where nobody is rated or the column is not to be used.

    Args:
        column: which one.
        rows: of the people.
        everybody: all rows, which tell more of the scale: those of people who left as well.
        signs: signs before decimals in the file.
        choices: may hold scales.<meaning>.

    Raises:
        InputError: ratings that are not on the scale.
        Undecided: more than one scale is likely.
    """
    file, heading, meaning, place = column.file, column.heading, column.meaning, column.place
    cells = [point(row.cells[place]) for row in rows]
    if signed := with_signs(cells, [point(row.cells[place]) for row in everybody]):
        cells = [mark for mark, _ in signed]
    there = [cell for cell in cells if not is_missing(cell)]
    declared = _declared(meaning, choices)
    if not there or (declared is not None and declared.name == NONE):
        return None
    wordy = sum(number(cell) is None for cell in there) > len(there) / 2
    values: list[float | None] = [None] * len(cells)
    if not wordy:
        values = numbers_of(file, heading, cells, lambda value: 0 <= value <= 100, signs, choices)
    numbers = [value for value in values if value is not None]
    percent = any(isinstance(cell, str) and cell.strip().endswith("%") for cell in there)
    told, best, by = (None, None, "") if declared is not None or wordy else _said(column, everybody, numbers)
    if declared is not None:
        scale, known_by = declared, "declared"
    elif told is not None:
        scale, known_by = scale_named(told), by
    elif percent and all(isinstance(cell, str) and cell.strip().endswith("%") for cell in there):
        scale, known_by = scale_named("0-100"), "percent signs"
    elif wordy:
        scale, known_by = _of_words(file, heading, meaning, there), f"found: {_words(there)}"
    else:
        all_cells = [mark(point(row.cells[place]))[0] if signed else point(row.cells[place]) for row in everybody]
        more = [value for cell in all_cells if not is_missing(cell) and (value := number(cell)) is not None]
        numbers = more if set(numbers) <= set(more) else numbers
        _check_outliers(file, heading, meaning, rows, cells, values)
        scale = _found(column, numbers, best)
        known_by = f"found: from {min(numbers):g} to {max(numbers):g}" + (f"; {by}" if best else "")
    if signed:
        values = [
            None if value is None else nudged(value, sign, scale)
            for value, (_, sign) in zip(values, signed, strict=True)
        ]
    shares = [None if is_missing(cell) else scale.share(cell, value) for cell, value in zip(cells, values, strict=True)]
    other = next((f"{low}-{high}" for low, high in ONE_BASED if high >= max(numbers, default=0) > scale.last), "1-7")
    wrong = [
        Fault(file, f"row {row.number}, column {shortened(heading)}", _off(cell, scale, known_by, meaning, other))
        for row, cell, share in zip(rows, cells, shares, strict=True) if share is None and not is_missing(cell)
    ]  # fmt: skip
    if wrong:
        raise InputError.listing(wrong)
    choices.keep("scales", meaning, scale.name)
    return Rated(shares, scale.name, known_by)


def _said(column: Asked, rows: Sequence[Row], numbers: Sequence[float]) -> tuple[str | None, str | None, str]:
    """The scale that heading, cells or a remark tell, which end of it is the best, and who tells it.

    Raises:
        Undecided: they contradict each other, or the scale is that of marks, of which either end may be the best.
    """
    cells = [row.cells[column.place] for row in rows]
    in_cells = None if column.scale else out_of(cells)
    told, by = column.scale or in_cells, f"named in the {'cells' if in_cells else 'heading'}"
    best, by_words = column.best, best_by_words(cells)
    if best == UNCLEAR and by_words is None:
        raise _marks(column, _both(told or _widest(numbers)))
    best = None if best == UNCLEAR else best
    if best and by_words and best != by_words:
        text = f"column {shortened(column.heading)}: the heading and the words in the cells call different ends best."
        raise Undecided(column.file, text, f"scales.{column.meaning}", _both(told or _widest(numbers)))
    if best is None and by_words:
        best, by = by_words, "the words in the cells say which end is the best"
    remark = column.remark
    if remark is not None and best is None and (told is None or remark.name is None or ends(told) == ends(remark.name)):
        told, best, by = told or remark.name, remark.best, "told by a remark in the file"
    if told is not None and best is None and _is_marks(column, *ends(told)):
        raise _marks(column, _both(told))
    if told is None and best is None and numbers and _is_marks(column, min(numbers), max(numbers), found=True):
        raise _marks(column, _marks_of(numbers))
    return (None if told is None else turned(told, best)), best, by


def _is_marks(column: Asked, low: float, high: float, found: bool = False) -> bool:
    """Whether ratings may be marks of a school, of which 1 is the best in Germany and Austria.

    In French and Spanish a "note" or "nota" rises. `found`: the ends are those of the ratings, and not of the scale.
    """
    words = parts(column.heading)
    german = "de" in column.languages
    named = any(word in group("marks") for word in words) and not column.languages <= {"fr", "es"}
    named = named or (any(word in group("marks") for word in words) and not column.languages)
    if low < 1 or high > LOWEST_MARK or (not found and (low > 1 or high < 4)):
        return False
    return named or (german and (high > 5 if not found else any(word in group("appraisals") for word in words)))


def _both(name: str) -> tuple[Reading, ...]:
    low, high = ends(name)
    return (
        Reading(f"{high:g}-{low:g}", f"{low:g} is the best"),
        Reading(f"{low:g}-{high:g}", f"{high:g} is the best"),
        Reading(NONE, "leave the column out"),
    )


def _marks_of(numbers: Sequence[float]) -> tuple[Reading, ...]:
    """What marks without a word of their scale may be."""
    six = (Reading("6-1", "1 is the best of six, as in German schools"),
           Reading("1-6", "6 is the best, as in Swiss schools"))  # fmt: skip
    five = (Reading("5-1", "1 is the best of five, as in Austrian schools"), Reading("1-5", "5 is the best"))
    out = Reading(NONE, "leave the column out")
    return (*six, out) if max(numbers) > LOWEST_MARK - 1 else (six[0], *five, six[1], out)


def _widest(numbers: Sequence[float]) -> str:
    return fitting(numbers)[0] if numbers and fitting(numbers) else "1-5"


def _declared(meaning: str, choices: Choices) -> RatingScale | None:
    value = choices.given.get("scales", {}).get(meaning)
    if value is None:
        return None
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    if text == NONE:
        return RatingScale(NONE)
    try:
        return scale_named(text)
    except InputError as error:
        raise InputError(f"{choices.source}: scales.{meaning}: {error}") from None


def _found(column: Asked, numbers: Sequence[float], best: str | None) -> RatingScale:
    file, heading, meaning = column.file, column.heading, column.meaning
    names = [turned(name, best) for name in fitting(numbers)]
    low, high = min(numbers), max(numbers)
    if not names:
        text = f"column {shortened(heading)}: from {low:g} to {high:g}, which is no scale of ratings that is known."
        raise InputError(f"{file}: {text} Name it: --set scales.{meaning}=0-200, or {NONE} to leave the column out.")
    sixes = best is None and "1-6" in names
    if len(names) == 1 and sixes:
        raise _marks(column, _both("1-6"))
    if len(names) > 1:
        readings = [Reading(name, f"{high:g} means {percent_of(name, high)} of what is possible") for name in names]
        if sixes:
            readings.append(Reading("6-1", f"1 is the best, and {high:g} means {percent_of('6-1', high)}"))
        readings.append(Reading(NONE, "leave the column out"))
        question = f"column {shortened(heading)}: which scale? {len(numbers)} ratings from {low:g} to {high:g}."
        raise Undecided(file, question, f"scales.{meaning}", readings)
    return scale_named(names[0])


def _of_words(file: str, heading: str, meaning: str, cells: Sequence[Cell]) -> RatingScale:
    words = {folded(shown(cell)) for cell in cells}
    able = [scale for scale in word_scales() if words <= frozenset().union(*scale.points)]
    whole = [scale for scale in able if all(words & point for point in scale.points)]
    if not able and (letters := _letters_in_order(heading, words)):
        return scale_named(letters)
    if not able:
        raise _unknown_words(file, heading, meaning, cells)
    best = sorted(whole, key=lambda scale: len(scale.points))[-1:] or able
    if len(best) > 1:
        readings = [
            Reading(
                scale.name, ", ".join(f"{word} {100 * (scale.share(word, None) or 0):.0f}%" for word in sorted(words))
            )
            for scale in best
        ]
        question = f"column {shortened(heading)}: how much do its words mean? ({_words(cells)})"
        raise Undecided(file, question, f"scales.{meaning}", readings)
    return best[0]


def _letters_in_order(heading: str, words: set[str]) -> str | None:
    """Letters from the lowest to the highest, if a heading tells that, as "(A = best, E = worst)" does."""
    letters = sorted(word.upper() for word in words)
    if len(letters) < 2 or any(len(word) != 1 for word in letters):
        return None
    told = re.findall(r"\b([A-F])\s*[=:]\s*([^,;)\]]+)", heading)
    points = [(ord(letter), value) for letter, words_of_it in told if (value := worth(words_of_it)) is not None]
    best = best_end(points, ord(letters[0]), ord(letters[-1]))
    return None if best is None else ",".join(reversed(letters) if best == LOW else letters)


def _unknown_words(file: str, heading: str, meaning: str, cells: Sequence[Cell]) -> InputError:
    """Words of no known scale; of letters, both orders are named, as A may be the best or the worst."""
    order = list(dict.fromkeys(shown(cell) for cell in cells[:200]))
    letters = sorted({word.upper() for word in order})
    if len(letters) > 1 and all(len(word) == 1 and word in "ABCDEF" for word in letters):
        readings = (Reading(",".join(reversed(letters)), f"{letters[0]} is the best"),
                    Reading(",".join(letters), f"{letters[-1]} is the best"),
                    Reading(NONE, "leave the column out"))  # fmt: skip
        question = f"column {shortened(heading)}: which letter is the best? It has {listed(letters)}."
        return Undecided(file, question, f"scales.{meaning}", readings)
    worths = {word: value for word in order if (value := worth(word)) is not None}
    if len(worths) == len(order) == len(set(worths.values())) > 1 and not any("," in word for word in order):
        rising = sorted(order, key=lambda word: worths[word])
        order_found = Reading(",".join(rising), "from the lowest to the highest, each as far from the next")
        question = f"column {shortened(heading)}: is this the order of its words?"
        return Undecided(file, question, f"scales.{meaning}", (order_found, Reading(NONE, "leave the column out")))
    text = f"column {shortened(heading)}: its words are no known scale: {_words(cells)}."
    example = f"--set 'scales.{meaning}=LOWEST,...,HIGHEST', with all of them in your order, from the lowest up"
    return InputError(f"{file}: {text} Say what they mean: {example}; or {NONE} to leave the column out.")


def _words(cells: Sequence[Cell]) -> str:
    return listed([shortened(word, 30) for word in dict.fromkeys(shown(cell) for cell in cells)], 7)


def _check_outliers(
    file: str, heading: str, meaning: str, rows: Sequence[Row], cells: Sequence[Cell], values: Sequence[float | None]
) -> None:
    """Raise InputError if a few numbers beyond 10 would make a scale up to 100 of ratings that are mostly below."""
    there = [value for value in values if value is not None]
    if not there or max(there) <= SMALL or median(there) > SMALL:
        return
    rest = max(value for value in there if value <= SMALL)
    text = f"but most are at most {rest:g}. Correct it, or name the scale: --set scales.{meaning}=0-100."
    raise InputError.listing([
        Fault(file, f"row {row.number}, column {shortened(heading)}", f"got {shown(cell)}, {text}")
        for row, cell, value in zip(rows, cells, values, strict=True) if value is not None and value > SMALL
    ])  # fmt: skip


SMALL = 10
"""The highest point of the usual scales, but for percent."""


def _marks(column: Asked, readings: Sequence[Reading]) -> Undecided:
    question = f"column {shortened(column.heading)}: is 1 the best or the worst?"
    return Undecided(column.file, question, f"scales.{column.meaning}", readings)


def _off(cell: Cell, scale: RatingScale, known_by: str, meaning: str, other: str) -> str:
    text = f'got "{shortened(shown(cell))}", which is not on the scale {scale.name} ({known_by.partition(":")[0]}).'
    return f"{text} Correct it, or name another scale, such as --set scales.{meaning}={other}."
