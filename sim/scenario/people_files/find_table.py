"""Where the table of people is: the sheet and the row of headings are found, or named in the mapping."""

from collections.abc import Sequence

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.columns import recognised
from sim.scenario.people_files.grid import Cell, Row, Sheet, Table, shown
from sim.scenario.people_files.words import folded, group
from sim.scenario.problems import InputError, listed, shortened, unknown

LOOKED_AT = 60
"""Filled rows from the top among which the headings are looked for."""


def find_table(sheets: Sequence[Sheet], choices: Choices) -> Table:
    """The table of people in a file.

    Raises:
        InputError: no row of headings; a row with more cells than there are headings.
        Undecided: several sheets look like it.
    """
    sheet = _sheet(sheets, choices)
    number = _header_row(sheet, choices)
    top = next(row for row in sheet.rows if row.number == number)
    header = [shortened(" ".join(shown(cell).split()), 200) for cell in top.cells]
    while header and not header[-1]:
        header.pop()
    rows = []
    for row in sheet.rows:
        if row.number <= number or not any(shown(cell) for cell in row.cells) or _is_note(row.cells[0]):
            continue
        cells = _padded(sheet, row, len(header))
        if [folded(shown(cell)) for cell in cells] != [folded(text) for text in header]:  # said anew on every page
            rows.append(Row(row.number, cells))
    notes = [sheet.note] if sheet.note else []
    if len(sheets) > 1:
        notes.append(f'sheet "{sheet.name}" of {len(sheets)}')
    if number > 1:
        notes.append(f"headings in row {number}")
    return Table(sheet.file, header, rows, number, tuple(notes), _remarks(sheets, sheet, number))


def _remarks(sheets: Sequence[Sheet], sheet: Sheet, header_row: int) -> tuple[str, ...]:
    """Text beside the table: rows above the headings, single cells below, and other sheets that are short."""
    texts = [
        " ".join(_filled(row)) for row in sheet.rows if row.number < header_row or len(_filled(row)) == 1
    ]  # fmt: skip
    texts += [
        "; ".join(" = ".join(_filled(row)) for row in other.rows) for other in sheets
        if other is not sheet and len(other.rows) <= LONGEST_LEGEND
    ]  # fmt: skip
    return tuple(text for text in texts if text)


LONGEST_LEGEND = 30
"""Rows of a sheet that may explain another one."""


def _filled(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := shown(cell))]


def _sheet(sheets: Sequence[Sheet], choices: Choices) -> Sheet:
    names = [sheet.name for sheet in sheets]
    named = choices.text("file", "sheet")
    if named is not None and len(sheets) > 1:
        if named not in names:
            raise InputError(f"{sheets[0].file}: {unknown('sheet', named, names)}")
        return sheets[names.index(named)]
    scores = [max((_score(row.cells, choices) for row in sheet.rows[:LOOKED_AT]), default=0) for sheet in sheets]
    best = [sheet for sheet, score in zip(sheets, scores, strict=True) if score == max(scores)]
    if len(best) > 1 and max(scores) > 0:
        readings = [Reading(sheet.name, f"the people are in it ({len(sheet.rows) - 1} rows)") for sheet in best]
        raise Undecided(best[0].file, "more than one sheet looks like a list of people.", "file.sheet", readings)
    return best[0]


def _header_row(sheet: Sheet, choices: Choices) -> int:
    told = choices.text("file", "header_row")
    numbers = [row.number for row in sheet.rows]
    if told is not None:
        if not told.isdigit() or int(told) not in numbers:
            text = f'file.header_row: got "{told}"; allowed is the number of a row with cells'
            raise InputError(f"{choices.source}: {text}, from {numbers[0]} to {numbers[-1]}.")
        return int(told)
    scored = [(_score(row.cells, choices), -row.number) for row in sheet.rows[:LOOKED_AT]]
    score, number = max(scored)
    if score < 2 and not (score == 1 and -number == numbers[0]):
        first = listed([shortened(shown(cell), 30) for cell in sheet.rows[0].cells if shown(cell)], 8)
        where = f'{sheet.file}, sheet "{sheet.name}"' if sheet.name else sheet.file
        if any(folded(shown(cell)) in group("pivot") for row in sheet.rows[:LOOKED_AT] for cell in row.cells):
            raise InputError(f"{where}: a pivot table, which counts people. Give the list that it is made from.")
        raise InputError(
            f"{where}: no row of headings was found; the first row has {first}. Known are headings such as Name,"
            " Position, Department, Hire Date, Performance Rating, in English, German, French and Spanish. Say which"
            " row it is and what is in it: --set file.header_row=1 --set columns.name=HEADING"
            " --set columns.competence=HEADING."
        )
    return -number


def _score(cells: Sequence[Cell], choices: Choices) -> int:
    """How many different things the cells of a row say as headings."""
    named = {
        folded(heading)
        for value in choices.given.get("columns", {}).values()
        for heading in ([value] if isinstance(value, str) else value)
    }
    texts = {cell for cell in cells if isinstance(cell, str)}
    meanings = {heading.meaning for text in texts if (heading := recognised(shown(text))) is not None}
    return len(meanings) + len({text for text in texts if folded(text) in named})


def _is_note(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.startswith("# ")


def _padded(sheet: Sheet, row: Row, width: int) -> list[Cell]:
    more = [shown(cell) for cell in row.cells[width:]]
    if any(more) and not sheet.name:
        text = f"row {row.number}: has {len(row.cells)} cells, but there are {width} headings."
        raise InputError(f"{sheet.file}: {text} Put cells that hold a separator into quotation marks, or save it anew.")
    return [*row.cells[:width], *[""] * (width - len(row.cells))]
