"""Reads a firm's past from a file: the sheet, the headings, the periods and the numbers, in four languages."""

import math
import re
import statistics
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sim.scenario.history import COUNTS, LEAST, SURVEYS, WORK, History, Series
from sim.scenario.history_periods import PERIODS, cell_at, periods_of
from sim.scenario.people_files.choices import Choices, Undecided
from sim.scenario.people_files.columns import LONGEST_HEADING, recognised
from sim.scenario.people_files.grid import Cell, Row, Sheet, shown
from sim.scenario.people_files.numbers import both_readings, decimal_signs, numbers_of
from sim.scenario.people_files.read_sheets import read_sheets
from sim.scenario.people_files.said_scale import LOW, UNCLEAR, said_scale
from sim.scenario.people_files.words import folded, group, is_missing, parts
from sim.scenario.problems import Fault, InputError, listed, nearest, shortened

COUNT_NAMES = {
    "headcount": (
        "headcount", "staff", "employees", "people", "number of employees", "employee count", "total employees",
        "mitarbeiter", "mitarbeitende", "mitarbeiterzahl", "mitarbeiteranzahl", "anzahl mitarbeiter", "kopfzahl",
        "personalbestand", "belegschaft", "beschäftigte", "effectif", "effectifs", "nombre de salariés",
        "nombre d'employés", "salariés", "plantilla", "número de empleados", "empleados", "número de trabajadores",
    ),
    "hired": (
        "hired", "hires", "new hires", "joined", "joiners", "came", "eintritte", "einstellungen", "neueinstellungen",
        "zugänge", "eingestellt", "eingetreten", "neu eingestellt", "embauchés", "recrutés", "entrés", "contratados",
        "incorporados", "ingresados", "embauches", "recrutements", "entrées", "arrivées", "altas", "contrataciones",
        "incorporaciones",
    ),
    "left": (
        "left", "leavers", "exits", "quits", "resignations", "departures", "terminations", "separations", "austritte",
        "abgänge", "ausgetreten", "ausgeschieden", "gekündigt", "partis", "sortis", "démissionnés", "salidos",
        "egresados", "dados de baja", "despedidos", "kündigungen", "départs", "sorties", "démissions", "bajas",
        "salidas", "renuncias",
    ),
}  # fmt: skip
WORK_NAMES = {
    "output": ("output", "production", "units", "pieces", "produktion", "stück", "producción"),
    "revenue": ("revenue", "sales", "umsatz", "chiffre d'affaires", "ventas", "ingresos"),
}
SURVEY_NAMES = {
    "morale": (
        "morale", "satisfaction", "job satisfaction", "mood", "zufriedenheit", "arbeitszufriedenheit", "stimmung",
        "satisfacción", "moral",
    ),
    "commitment": ("commitment", "engagement", "bindung", "compromiso"),
    "strain": ("strain", "exhaustion", "stress", "belastung", "erschöpfung", "épuisement", "estrés"),
    "trust": ("trust", "vertrauen", "confiance", "confianza"),
}  # fmt: skip
"""Headings of what can be known of each period; a survey's by the metric of the model that stands for it."""

NOTES = ("note", "notes", "comment", "comments", "bemerkung", "remarque", "nota")
"""Headings of columns for the reader."""

TWO_MEANINGS = ("turnover", "fluktuation", "rotation", "rotación")

_SCALE = re.compile(r"(?<!\d)(\d{1,9})\s*(?:_|-|–|to|bis|à|a)\s*(\d{1,9})\)?$", re.I)
_PERCENT = re.compile(r"(?:%|percent|prozent)\)?$", re.I)


def read_history(path: str | Path) -> History:
    """Read a history: a column for the period, one or more for what was, in .csv, .xlsx, .xls or .ods.

    Known columns, in English, German, French and Spanish: headcount, hired, left; output, revenue; means of surveys
    (morale or satisfaction, commitment or engagement, strain, trust) with the scale at the end of the heading, as
    satisfaction_1_5. Periods may stand in any order, but none may be missing.

    Raises:
        InputError: not readable as a history; lists what is wrong by row and column.
    """
    path = Path(path)
    sheet, header = _found(path, read_sheets(path, kind="history", row="period"))
    headings = [_heading(cell) for cell in header.cells]
    rows = [row for row in sheet.rows if row.number > header.number and any(shown(cell) for cell in row.cells)]
    rows = [row for row in rows if not shown(row.cells[0]).startswith("#")]
    meanings = _meanings(path, header.number, headings)
    every, rows, labels = periods_of(path, meanings, headings, rows)
    series, faults = {}, list[Fault]()
    columns = {place: [cell_at(row, place) for row in rows] for place in meanings}
    for place, name in meanings.items():
        if name not in PERIODS:
            one, wrong = _series(path, name, headings[place], columns, place, rows)
            faults += wrong
            if not all(math.isnan(value) for value in one.values):
                series[name] = one
    if faults:
        raise InputError.listing(faults)
    history = History(path, every, labels, series)
    _check(history)
    return history


def _found(path: Path, sheets: Sequence[Sheet]) -> tuple[Sheet, Row]:
    """The sheet and the row of headings: where most columns are known."""
    best = (0, 0, sheets[0], sheets[0].rows[0])
    for number, sheet in enumerate(sheets):
        for row in sheet.rows[:20]:
            headings = [_heading(cell) for cell in row.cells]
            score = sum(_meaning(heading) is not None or _has_two(heading) for heading in headings)
            if score > best[0]:
                best = (score, -number, sheet, row)
    score, _, sheet, row = best
    if score < 2:
        first = listed([shortened(shown(cell), 30) for cell in sheets[0].rows[0].cells if shown(cell)], 8)
        raise InputError(
            f"{path}: no headings of a history; the first row has {first}. It needs a column week, month or quarter,"
            f" and one or more of {listed([*COUNTS, *WORK])}, or survey means such as satisfaction_1_5."
            + (_PEOPLE if _lists_people(sheets) else "")
        )
    return sheet, row


_PEOPLE = " It looks like a list of people, of whom teamsim roster import makes a history, with --history."


def _lists_people(sheets: Sequence[Sheet]) -> bool:
    told = {"id", "name", "first_name", "last_name", "hired", "role"}
    meant = (recognised(shown(cell)) for sheet in sheets for row in sheet.rows[:20] for cell in row.cells)
    return any(heading is not None and heading.meaning in told for heading in meant)


def _heading(cell: Cell) -> str:
    """What a cell says as a heading."""
    return shortened(" ".join(shown(cell).split()), LONGEST_HEADING)


@cache
def _meaning(heading: str) -> str | None:
    """What a heading stands for; None if it is not known."""
    name = _all_names().get(folded(heading)) or _all_names().get(folded(_without_scale(heading)[0]))
    if name is None and said_scale(heading) is not None:  # "Satisfaction (1 = low, 5 = high)"
        before = _all_names().get(folded(heading.partition("(")[0]))
        return before if before in SURVEYS and "(" in heading else None
    return name


@cache
def _has_two(heading: str) -> bool:
    """Whether a heading is a word that means people who left as well as sales."""
    return folded(_without_scale(heading)[0]) in map(folded, TWO_MEANINGS)


def _without_scale(heading: str) -> tuple[str, float, float]:
    heading = heading.strip()
    if found := _SCALE.search(heading):
        return heading[: found.start()], float(found[1]), float(found[2])
    if found := _PERCENT.search(heading):
        return heading[: found.start()], 0.0, 100.0
    return heading, math.nan, math.nan


@cache
def _all_names() -> dict[str, str]:
    tables = (PERIODS, COUNT_NAMES, WORK_NAMES, SURVEY_NAMES)
    return {folded(word): name for table in tables for name, words in table.items() for word in words}


def _meanings(path: Path, row: int, headings: Sequence[str]) -> dict[int, str]:
    """What each column stands for; those of notes and without a name are left out."""
    found: dict[int, str] = {}
    faults = []
    for place, heading in enumerate(headings):
        if not heading or folded(heading) in NOTES:
            continue
        name = _meaning(heading)
        if name is None and _has_two(heading):
            text = f'"{shortened(heading)}" can be people who left, or what was sold. Call it left, or revenue.'
        elif name is None:
            meant = nearest(folded(heading), _all_names())
            question = f'; did you mean "{_all_names()[meant]}"?' if meant and _all_names()[meant] else "."
            known = listed(["week, month or quarter", *COUNTS, *WORK, *(f"{one}_1_5" for one in SURVEYS), "note"])
            text = f'unknown column "{shortened(heading)}"{question} Known: {known}. Rename it, or take it out.'
        elif (name in PERIODS and any(one in PERIODS for one in found.values())) or name in found.values():
            text = f'"{shortened(heading)}" says the same as another column. Keep one of them.'
        else:
            found[place] = name
            continue
        faults.append(Fault(str(path), f"row {row}", text))
    if not faults and not any(name in PERIODS for name in found.values()):
        text = f"no column says when; found {listed(headings)}. Add a column week, month or quarter."
        faults.append(Fault(str(path), f"row {row}", text))
    if faults:
        raise InputError.listing(faults)
    return found


def _series(
    path: Path, name: str, heading: str, columns: dict[int, list[Cell]], place: int, rows: Sequence[Row]
) -> tuple[Series, list[Fault]]:
    """A column with its values, and what is wrong with its cells."""
    whole, survey = name in COUNTS, name in SURVEYS
    low, high = _survey_scale(heading) if survey else (0.0, math.inf)
    elsewhere = decimal_signs(cell for other, cells in columns.items() if other != place for cell in cells)

    def plausible(value: float) -> bool:
        return value >= 0 and (not whole or value.is_integer()) and (not survey or value <= 100)

    cells = columns[place]
    try:
        numbers = numbers_of(str(path), heading, cells, plausible, elsewhere, Choices())
    except Undecided as doubt:
        small, large = (reading.meaning.removeprefix("it is ") for reading in doubt.readings)
        text = f"{doubt.question} Write {small} or {large.replace(',', '')}, or any other number with its decimals."
        raise InputError(f"{path}: {text}") from None
    values, faults = [], _out_of_place(path, heading, cells, numbers, rows)
    for row, cell, number in zip(rows, cells, numbers, strict=True):
        here = f"row {row.number}, column {heading}"
        if number is None and not is_missing(cell):
            faults.append(Fault(str(path), here, f'got "{shortened(shown(cell))}", which is not a number. Correct it.'))
        elif number is not None and (number < 0 or (whole and not number.is_integer())):
            allowed = "a whole number, 0 or more" if whole else "0 or more"
            faults.append(Fault(str(path), here, f"got {number:g}; allowed is {allowed}. Correct it."))
        elif number == 0 and name in WORK:
            text = "got 0. Leave the cell empty where nobody knows it; a firm that stands still cannot be fitted."
            faults.append(Fault(str(path), here, text))
        values.append(math.nan if number is None else number)
    known = [value for value in values if not math.isnan(value)]
    if survey and not faults and (fault := _doubt_of_direction(name, heading)):
        faults.append(Fault(str(path), f"column {heading}", fault))
    elif survey and not faults:
        if math.isnan(low) and all(value <= 1 for value in known):
            low, high = 0.0, 1.0
        if math.isnan(low):
            text = (
                f"does not say its scale, and goes up to {max(known):g}. Call it {name}_1_5, {name}_0_10 or the like."
            )
            faults.append(Fault(str(path), f"column {heading}", text))
        elif not low < high or any(not low <= value <= high for value in known):
            text = (
                f"has {min(known):g} to {max(known):g}, but its heading says {low:g} to {high:g}. Correct one of them."
            )
            faults.append(Fault(str(path), f"column {heading}", text))
    return Series(name, heading, tuple(values), low, high), faults


def _survey_scale(heading: str) -> tuple[float, float]:
    """The ends of a survey's scale by its heading; NaN where it does not tell."""
    low, high = _without_scale(heading)[1:]
    said = said_scale(heading)
    if math.isnan(low) and said is not None and said.low is not None and said.high is not None:
        return float(said.low), float(said.high)
    return low, high


def _doubt_of_direction(name: str, heading: str) -> str:
    """What is wrong with a scale whose low end may be the best, in words, or nothing."""
    said = said_scale(heading)
    best = None if said is None else said.best
    marks = best is None and any(word in group("marks") for word in parts(heading))
    if best not in (LOW, UNCLEAR) and not marks:
        return ""
    low, high = _survey_scale(heading)
    ends, turn = (1, 5) if math.isnan(low) else (low, high), "" if math.isnan(low) else f" ({low + high:g} minus each)"
    what = "says that the low end is the best" if best == LOW else "does not tell which end is the best"
    return (
        f"its heading {what}; a history needs numbers that rise with {name}. Turn them round if 1 is the most{turn},"
        f" and call the column {name}_{ends[0]:g}_{ends[1]:g}."
    )


OUT_OF_PLACE = 30
"""Times that a number such as 1.233 is further from the others of its column than its other reading would be."""


def _out_of_place(
    path: Path, heading: str, cells: Sequence[Cell], numbers: Sequence[float | None], rows: Sequence[Row]
) -> list[Fault]:
    """Numbers with two readings that were read as the one that does not go with the rest of the column."""
    both = [both_readings(cell) for cell in cells]
    plain = [number for number, two in zip(numbers, both, strict=True) if two is None and number]
    if not plain:
        return []
    middle, faults = statistics.median(map(abs, plain)), []
    for row, number, two, cell in zip(rows, numbers, both, cells, strict=True):
        if two is None or number is None:
            continue
        other = two[0] if number == two[1] else two[1]
        if _apart(number, middle) > OUT_OF_PLACE * _apart(other, middle):
            small, large = two
            text = (
                f'"{shown(cell)}" is {small:g} or {large:,.0f}; the rest of the column is about {middle:g}. Write'
                f" {large:.0f}, or {small:.4f} if that is meant."
            )
            faults.append(Fault(str(path), f"row {row.number}, column {heading}", text))
    return faults


def _apart(one: float, other: float) -> float:
    """How many times the larger of two is the smaller."""
    return max(one, other) / max(min(one, other), 1e-12)


def _check(history: History) -> None:
    """See that there is something to fit, and that the columns go together.

    Raises:
        InputError: if not.
    """
    path, series = history.path, history.series
    if not set(series) - {"headcount", "hired"}:
        text = f"nothing that could be foreseen: found {listed(one.heading for one in series.values())}."
        raise InputError(f"{path}: {text} Add who left, survey means, output or revenue.")
    if "left" in series and any(math.isnan(value) for value in series["left"].values):
        place = next(place for place, value in enumerate(series["left"].values) if math.isnan(value))
        text = f"{history.labels[place]}: nobody knows who left? An empty cell is no 0."
        raise InputError(f"{path}: {text} Write 0 where nobody did, or take the column out.")
    if {"left", "headcount"} <= set(series):
        most = max(count for count in series["headcount"].values if not math.isnan(count))
        for place, label in enumerate(history.labels):
            left, there = series["left"].values[place], series["headcount"].values[place]
            there = most if math.isnan(there) else there
            came = series["hired"].values[place] if "hired" in series else 0.0
            if left > there + (0.0 if math.isnan(came) else came):
                raise InputError(f"{path}: {label}: {left:g} left, but {there:g} were there. Correct one of them.")
    if text := history.contradiction():
        raise InputError(f"{path}: {text}")
    few = [one.heading for one in series.values() if one.name not in COUNTS
           and sum(not math.isnan(value) for value in one.values) < LEAST]  # fmt: skip
    for name in [one for one in series if series[one].heading in few]:
        del series[name]
    if not set(series) - {"headcount", "hired"}:
        text = f"{listed(few)}: fewer than {LEAST} values each, which is too few to learn from and to test on."
        raise InputError(f"{path}: {text} Give more of them, or do without: teamsim compare --uncertainty.")
