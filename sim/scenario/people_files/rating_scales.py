"""Scales that ratings stand on: declared, told by a heading, or found from the column; and ratings as shares, 0-1.

A scale is found where nothing else is likely: with as many people as there are, somebody would have a rating above it
if the scale went on (taken: 15% above 4 of 5, 35% above 5 of 7 or 7 of 10; sure from 1% on). Otherwise both are named.
"""

import re
from collections.abc import Sequence
from functools import cache
from statistics import median
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import scale_out_of
from sim.scenario.people_files.grid import Cell, Row, shown
from sim.scenario.people_files.numbers import number, numbers_of
from sim.scenario.people_files.said_scale import LOW, SaidScale, best_end, worth
from sim.scenario.people_files.words import folded, group, is_missing, parts, table
from sim.scenario.problems import Fault, InputError, listed, shortened

ZERO_BASED, ONE_BASED = ((0, 4), (0, 5), (0, 10), (0, 100)), ((1, 4), (1, 5), (1, 7), (1, 10), (0, 100))
MARKS = (1, 6)
"""A scale that whole numbers above 5 may stand on as well."""

SURE_FROM = {4: 28, 5: 11, 6: 28, 7: 11, 10: 3, 100: 1}
"""People from whom on nobody above the highest point means that it is the highest, by that point."""

BOTH_ENDS_FROM = 5
"""People from whom on ratings at both ends of a scale tell it."""

_OUT_OF = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|out of|von|sur|de)\s*(\d{1,3})", re.I)
_STARS = re.compile(r"([★⭐]+|\*+)[☆ ]*")

NONE = "none"
"""Declares that a column is not to be used."""

_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)")
_POINT = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*[-–—:=(.)/|]\s*([^\W\d].*)")
_POINT_BEHIND = re.compile(r"([^\W\d][^()\d]*?)\s*[-–—:=(\[/|]\s*(\d{1,3}(?:[.,]\d+)?)\s*[)\]]?\s*")
"""Such as "4 - exceeds expectations" and "exceeds expectations (4)"."""


class RatingScale(NamedTuple):
    """A scale by its ends, where `first` may be the higher number; or by words from the lowest to the highest."""

    name: str
    first: float = 0.0
    last: float = 1.0
    points: tuple[frozenset[str], ...] = ()

    def share(self, cell: Cell, value: float | None) -> float | None:
        """A rating as a share of the scale, or None where it is not on it."""
        if self.points:
            place = next((place for place, words in enumerate(self.points) if folded(shown(cell)) in words), None)
            return None if place is None else place / (len(self.points) - 1)
        if value is None or not min(self.first, self.last) <= value <= max(self.first, self.last):
            return None
        return (value - self.first) / (self.last - self.first) + 0.0  # and not -0


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
    cells = [_point(row.cells[place]) for row in rows]
    if signed := _with_signs(cells, [_point(row.cells[place]) for row in everybody]):
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
        all_cells = [_mark(_point(row.cells[place]))[0] if signed else _point(row.cells[place]) for row in everybody]
        more = [value for cell in all_cells if not is_missing(cell) and (value := number(cell)) is not None]
        numbers = more if set(numbers) <= set(more) else numbers
        _check_outliers(file, heading, meaning, rows, cells, values)
        scale = _found(column, numbers, best)
        known_by = f"found: from {min(numbers):g} to {max(numbers):g}" + (f"; {by}" if best else "")
    if signed:
        values = [
            None if value is None else _nudged(value, sign, scale)
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


_MARK = re.compile(r"([1-6])(?:[.,]0)?\s*([+-]?)|([1-6])\s*[-–/]\s*([1-6])")
"""A mark as teachers write it: "2", "2+" (a little better), "2-", "1-2" (between the two)."""

STEP = 0.3
"""What a sign behind a mark is worth."""


def _mark(cell: Cell) -> tuple[Cell, str]:
    """A mark without its sign, and the sign; another cell as it is."""
    found = _MARK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        return cell, ""
    if found[1]:
        return found[1], found[2]
    return (f"{(int(found[3]) + int(found[4])) / 2:g}", "") if int(found[4]) - int(found[3]) == 1 else (cell, "")


def _with_signs(cells: Sequence[Cell], everybody: Sequence[Cell]) -> list[tuple[Cell, str]]:
    """Marks and their signs, if all cells are marks and some have a sign or are between two; else nothing."""
    texts = [cell for cell in (*cells, *everybody) if not is_missing(cell)]
    all_marks = all(isinstance(cell, float) or number(_mark(cell)[0]) is not None for cell in texts)
    signed = any(isinstance(cell, str) and number(cell) is None for cell in texts)
    return [_mark(cell) for cell in cells] if all_marks and signed else []


def _nudged(value: float, sign: str, scale: RatingScale) -> float:
    """A mark with its sign: a little nearer to the best for "+", and to the worst for "-", but not beyond."""
    towards = {"+": scale.last, "-": scale.first}.get(sign)
    if towards is None or towards == value:
        return value
    return value + min(STEP, abs(towards - value)) * (1 if towards > value else -1)


def _said(column: Asked, rows: Sequence[Row], numbers: Sequence[float]) -> tuple[str | None, str | None, str]:
    """The scale that heading, cells or a remark tell, which end of it is the best, and who tells it.

    Raises:
        Undecided: they contradict each other, or the scale is that of marks, of which either end may be the best.
    """
    cells = [row.cells[column.place] for row in rows]
    in_cells = None if column.scale else _out_of(cells)
    told, by = column.scale or in_cells, f"named in the {'cells' if in_cells else 'heading'}"
    best, by_words = column.best, _best_by_words(cells)
    if best and by_words and best != by_words:
        text = f"column {shortened(column.heading)}: the heading and the words in the cells call different ends best."
        raise Undecided(column.file, text, f"scales.{column.meaning}", _both(told or _widest(numbers)))
    if best is None and by_words:
        best, by = by_words, "the words in the cells say which end is the best"
    remark = column.remark
    if (
        remark is not None
        and best is None
        and (told is None or remark.name is None or _ends(told) == _ends(remark.name))
    ):
        told, best, by = told or remark.name, remark.best, "told by a remark in the file"
    if told is not None and best is None and _is_marks(column, *_ends(told)):
        raise _marks(column, _both(told))
    if told is None and best is None and numbers and _is_marks(column, min(numbers), max(numbers), found=True):
        raise _marks(column, _marks_of(numbers))
    return (None if told is None else turned(told, best)), best, by


def turned(name: str, best: str | None) -> str:
    """A scale with the best end last: "1-6" as "6-1" where the low end is the best."""
    if best is None or not _RANGE.fullmatch(name):
        return name
    low, high = _ends(name)
    return f"{high:g}-{low:g}" if best == LOW else f"{low:g}-{high:g}"


def _ends(name: str) -> tuple[float, float]:
    found = _RANGE.fullmatch(name.strip())
    first, last = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return min(first, last), max(first, last)


def _best_by_words(cells: Sequence[Cell]) -> str | None:
    """Which end is the best by cells such as "1 - sehr gut" or "exceeds (4)", or None."""
    points = []
    for cell in cells:
        if isinstance(cell, str) and len(cell) < LONGEST_CELL:
            ahead, behind = _POINT.fullmatch(cell), _POINT_BEHIND.fullmatch(cell)
            pair = (ahead[1], ahead[2]) if ahead else (behind[2], behind[1]) if behind else ("", "")
            value = worth(pair[1]) if pair[0] else None
            if value is not None:
                points.append((float(pair[0].replace(",", ".")), value))
    return best_end(points)


LONGEST_CELL = 200


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
    low, high = _ends(name)
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


@cache
def scale_named(text: str) -> RatingScale:
    """A scale by its ends ("1-5"; "6-1" where 1 is best), by the name of a list of words, or by words in order.

    Raises:
        InputError: nothing of the kind.
    """
    if found := _RANGE.fullmatch(text.strip()):
        first, last = float(found[1]), float(found[2])
        if first != last:
            return RatingScale(text.strip(), first, last)
    for known in _word_scales():
        if folded(known.name) == folded(text):
            return known
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) >= 2:
        return RatingScale(text, points=tuple(frozenset({folded(word)}) for word in words))
    allowed = f"ends such as 1-5 (6-1 where 1 is best), words from low to high such as C,B,A, {NONE}"
    raise InputError(
        f'got "{shortened(text)}"; allowed are {allowed}, or {listed(one.name for one in _word_scales())}.'
    )


def fitting(numbers: Sequence[float]) -> list[str]:
    """The scales that ratings are likely to stand on; one, where there is no doubt."""
    low, high = min(numbers), max(numbers)
    if low < 0 or high > 100:
        return []
    whole = all(value.is_integer() for value in numbers)
    if high <= 1:
        return ["0-1"] if not whole else ["0-1", "1-5"] if low == 1 else []  # 0 and 1 alone are a flag, and no ratings
    usual: tuple[tuple[int, int], ...] = ONE_BASED if low >= 1 else ZERO_BASED
    if low >= 1 and 5 < high <= LOWEST_MARK and all((2 * value).is_integer() for value in numbers):
        usual = (MARKS, *ONE_BASED)
    containing = [scale for scale in usual if scale[1] >= high]
    (bottom, top), more = containing[0], containing[1:]
    names = [f"{first}-{last}" for first, last in (containing[0], *more[: 2 if low == high else 1])]
    if low == high and top < 100:
        return names
    both_ends = low == bottom and high == top and len(numbers) >= BOTH_ENDS_FROM
    nobody_above = len(numbers) >= SURE_FROM[top] and (top > 4 or (high == top and whole))
    return names[:1] if both_ends or nobody_above else names


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
        readings = [Reading(name, f"{high:g} means {_percent(name, high)} of what is possible") for name in names]
        if sixes:
            readings.append(Reading("6-1", f"1 is the best, and {high:g} means {_percent('6-1', high)}"))
        readings.append(Reading(NONE, "leave the column out"))
        question = f"column {shortened(heading)}: which scale? {len(numbers)} ratings from {low:g} to {high:g}."
        raise Undecided(file, question, f"scales.{meaning}", readings)
    return scale_named(names[0])


def _percent(name: str, value: float) -> str:
    share = scale_named(name).share("", value)
    return f"{100 * (share or 0):.0f}%"


@cache
def _word_scales() -> tuple[RatingScale, ...]:
    return tuple(
        RatingScale(entry["name"], points=tuple(frozenset(map(folded, words)) for words in entry["points"]))
        for entry in table()["ratings"]
    )


def are_words_of_a_scale(texts: Sequence[str]) -> bool:
    """Whether words, two or more different ones, all stand on one of the scales that are known."""
    words = {folded(text) for text in texts}
    return len(words) > 1 and any(words <= frozenset().union(*scale.points) for scale in _word_scales())


def _of_words(file: str, heading: str, meaning: str, cells: Sequence[Cell]) -> RatingScale:
    words = {folded(shown(cell)) for cell in cells}
    able = [scale for scale in _word_scales() if words <= frozenset().union(*scale.points)]
    whole = [scale for scale in able if all(words & point for point in scale.points)]
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
        readings = (Reading(",".join(rising), "from the lowest to the highest, each as far from the next"),
                    Reading(NONE, "leave the column out"))  # fmt: skip
        question = f"column {shortened(heading)}: is this the order of its words?"
        return Undecided(file, question, f"scales.{meaning}", readings)
    known = sorted(order, key=lambda word: 0.5 if (value := worth(word)) is None else value)
    text = f"column {shortened(heading)}: its words are no known scale: {_words(cells)}."
    example = f"--set 'scales.{meaning}={shortened(','.join(known), 400)}', in order from the lowest to the highest"
    return InputError(f"{file}: {text} Say what they mean: {example}, or {NONE} to leave the column out.")


def _words(cells: Sequence[Cell]) -> str:
    return listed([shortened(word, 30) for word in dict.fromkeys(shown(cell) for cell in cells)], 7)


def _point(cell: Cell) -> Cell:
    """The number of a rating such as "4 - exceeds expectations"; else the cell."""
    if not isinstance(cell, str) or len(cell) >= 200:
        return cell
    if stars := _STARS.fullmatch(cell.strip()):
        return str(len(stars[1]))
    if behind := _POINT_BEHIND.fullmatch(cell):
        return behind[2]
    found = _OUT_OF.fullmatch(cell.strip()) or _POINT.fullmatch(cell)
    return found[1] if found else cell


def _out_of(cells: Sequence[Cell]) -> str | None:
    """The scale of ratings such as "3/5", if all are out of as many points, or of one to five stars."""
    there = [cell.strip() for cell in cells if isinstance(cell, str) and not is_missing(cell)]
    if there and all(_STARS.fullmatch(cell) and len(cell) <= STARS for cell in there):
        return scale_out_of(STARS)
    tops = {found[2] if (found := _OUT_OF.fullmatch(cell)) else "" for cell in there}
    return scale_out_of(int(top)) if len(tops) == 1 and (top := tops.pop()) else None


STARS = 5
LOWEST_MARK = 6
"""Of German schools, where 1 is the best."""


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
