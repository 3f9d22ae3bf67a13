"""Finds the table of people: its sheet and its row of headings, or takes those that the mapping names."""

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
    header, labels = _with_labels(sheet, number, header, choices)
    rows, again = [], [folded(text) for text in header]
    for row in sheet.rows:
        if (
            row.number <= number
            or row.number == labels
            or not any(shown(cell) for cell in row.cells)
            or _is_note(row.cells[0])
        ):
            continue
        cells = _padded(sheet, row, len(header))
        if any(folded(shown(cell)) != text for cell, text in zip(cells, again, strict=True)):  # said anew on every page
            rows.append(Row(row.number, cells))
    header, rows = _with_sections(header, rows)
    notes = [sheet.note] if sheet.note else []
    if len(sheets) > 1:
        notes.append(f'sheet "{sheet.name}" of {len(sheets)}')
    if number > 1:
        notes.append(f"headings in row {number}")
    others = [other for other in sheets if other is not sheet]
    alike = [
        other.name
        for other in others
        if max((_score(row.cells, choices) for row in other.rows[:LOOKED_AT]), default=0) > 1
    ]
    if alike:
        notes.append(f"not read, though it looks like people as well: sheet {listed(alike, 5)}")
    return Table(sheet.file, header, rows, number, tuple(notes), _remarks(sheets, sheet, number))


def _with_labels(sheet: Sheet, number: int, header: list[str], choices: Choices) -> tuple[list[str], int]:
    """Headings, with those of a second row below where they are better known; and the number of that row, or 0.

    Personnel systems write a row of keys and one of labels.
    """
    below = next((row for row in sheet.rows if row.number > number and any(map(shown, row.cells))), None)
    top = next(row for row in sheet.rows if row.number == number)
    least = max(FEWEST_LABELS, _score(top.cells, choices) / 2)
    if below is None or _score(below.cells, choices) < least:
        return header, 0
    labels = [" ".join(shown(cell).split()) for cell in below.cells]
    labels += [""] * (len(header) - len(labels))
    taken = {folded(text) for text in header if recognised(text) is not None}
    better = [
        label if recognised(text) is None and recognised(label) is not None and folded(label) not in taken else text
        for text, label in zip(header, labels, strict=False)
    ]  # fmt: skip
    return better, below.number


FEWEST_LABELS = 3
"""Known headings in a row below the headings that make it a second row of headings."""


def _with_sections(header: list[str], rows: list[Row]) -> tuple[list[str], list[Row]]:
    """Rows such as "Abteilung Lager" above those of the department, as a column of their own."""
    sections = {row.number: text for row in rows if (text := _section(row)) is not None}
    if not sections or len(header) < FEWEST_COLUMNS:
        return header, rows
    known = any((heading := recognised(text)) is not None and heading.meaning == "team" for text in header)
    kept, section = [], ""
    for row in rows:
        section = sections.get(row.number, section)
        if row.number not in sections:
            alone = len(_filled(row)) < FEWEST_COLUMNS  # a remark or a sum
            kept.append(row if known else Row(row.number, [*row.cells, "" if alone else section]))
    return (header if known else [*header, SECTION]), kept


SECTION, FEWEST_COLUMNS = "Team", 2


def _section(row: Row) -> str | None:
    """The department that a row is the heading of: one cell, which begins with "Abteilung" or the like; or None."""
    texts = _filled(row)
    words = texts[0].split() if len(texts) == 1 and isinstance(row.cells[0], str) else []
    sums = any(folded(word) in group("sums") for word in words)
    known = recognised(words[0].rstrip(":")) if len(words) > 1 and not sums else None
    return " ".join(words[1:]).strip(" :") if known is not None and known.meaning == "team" else None


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
