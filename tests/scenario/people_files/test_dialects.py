"""The same people, written in any dialect, are read as the same people."""

import csv
import datetime
import io
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.people_files import Undecided, import_roster

AS_OF = datetime.date(2024, 6, 30)

HEADINGS = {
    "en": ("Employee ID", "Full Name", "Job Title", "Date of Hire", "Performance Rating", "Engagement"),
    "de": (
        "Personalnummer",
        "Mitarbeiter",
        "Stellenbezeichnung",
        "Eintrittsdatum",
        "Leistungsbeurteilung",
        "Engagement",
    ),
    "fr": ("Matricule", "Nom complet", "Intitulé de poste", "Date d'embauche", "Évaluation", "Niveau d'engagement"),
    "es": ("Nº empleado", "Nombre y apellidos", "Puesto de trabajo", "Fecha de ingreso", "Desempeño", "Compromiso"),
}
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
SCALES = {"0-1": (0, 1), "1-4": (1, 4), "1-5": (1, 5), "1-7": (1, 7), "1-10": (1, 10), "0-100": (0, 100), "6-1": (6, 1)}

names = st.text(st.sampled_from("abcdefgäöüéñçßABCDEÄÖÜÉÑ -"), min_size=1, max_size=12).map(
    lambda text: f"P {text.strip() or 'x'} Q"
)
shares = st.integers(0, 20).map(lambda value: value / 20)


class Person(NamedTuple):
    name: str
    role: str
    hired: datetime.date
    competence: float | None
    commitment: float


people = st.lists(
    st.builds(
        Person,
        names,
        st.sampled_from(["Koch", "Bäcker, 1. Lehrjahr", "Sales; field", "Chef d'équipe", 'the "boss"', "Peón"]),
        st.dates(datetime.date(1985, 1, 1), AS_OF),
        st.one_of(st.none(), shares),
        shares,
    ),
    min_size=2,
    max_size=25,
)


class Dialect(NamedTuple):
    language: str
    separator: str
    encoding: str
    decimal: str
    day: str
    scale: str
    named_in_heading: bool
    above: int
    ending: str
    total: bool
    newline: str


dialects = st.builds(
    Dialect,
    st.sampled_from(sorted(HEADINGS)),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"]),
    st.sampled_from(".,"),
    st.sampled_from(["iso", "dots", "day first", "month first", "month in letters", "compact", "short"]),
    st.sampled_from(sorted(SCALES)),
    st.booleans(),
    st.integers(0, 4),
    st.sampled_from([*[".csv"] * 8, ".txt", ".xlsx"]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


def day_as_text(one: datetime.date, dialect: Dialect) -> str:
    month = MONTHS[dialect.language][one.month - 1]
    return {
        "iso": one.isoformat(),
        "dots": f"{one:%d.%m.%Y}",
        "day first": f"{one:%d/%m/%Y}",
        "month first": f"{one.month}/{one.day}/{one.year}",
        "month in letters": f"{one.day}-{month[:4] if month in ('juin', 'juillet') else month[:3]}-{one.year}",
        "compact": f"{one:%Y%m%d}",
        "short": f"{one:%d.%m.%y}",
    }[dialect.day]


def rating(share: float | None, dialect: Dialect) -> float | None:
    first, last = SCALES[dialect.scale]
    return None if share is None else round(first + (last - first) * share, 4)


def rows_of(group: list[Person], dialect: Dialect) -> list[list[Any]]:
    headings = list(HEADINGS[dialect.language])
    if dialect.named_in_heading and dialect.scale != "6-1":
        headings[4:] = [f"{heading} ({dialect.scale})" for heading in headings[4:]]
    rows: list[list[Any]] = [["Acme, people"] + [""] * 5][: dialect.above] + [[""] * 6] * max(dialect.above - 1, 0)
    rows.append(headings)
    for place, one in enumerate(group, 1):
        ratings = [rating(one.competence, dialect), rating(one.commitment, dialect)]
        rows.append([f"{place:04}", one.name, one.role, one.hired, *ratings])
    if dialect.total:
        rows.append(["", "Total", "", "", 3, 3])
    return rows


def as_text(cell: Any, dialect: Dialect) -> str:
    if isinstance(cell, datetime.date):
        return day_as_text(cell, dialect)
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", dialect.decimal)
    return "" if cell is None else str(cell)


def write(folder: Path, group: list[Person], dialect: Dialect) -> Path:
    path = folder / f"people{dialect.ending}"
    rows = rows_of(group, dialect)
    if dialect.ending == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append(["Zeilenbeschriftungen", "Anzahl"])  # a pivot table on the first sheet
        sheet.append(["Koch", 3])
        sheet = book.create_sheet("Data")
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        book.save(path)
        return path
    text = io.StringIO()
    writer = csv.writer(text, delimiter=dialect.separator, lineterminator=dialect.newline)
    writer.writerows([[as_text(cell, dialect) for cell in row] for row in rows])
    path.write_bytes(text.getvalue().encode(dialect.encoding))
    return path


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(group=people, dialect=dialects)
def test_a_known_roster_is_read_back_from_any_dialect(tmp_path, group, dialect):
    path = write(tmp_path, group, dialect)
    decisions = {"teams.rule": "one", "people.leading": "members", "file.decimal": dialect.decimal,
                 "scales.competence": dialect.scale,
                 "scales.commitment": dialect.scale}  # fmt: skip
    if dialect.day in ("day first", "month first"):
        decisions["dates.order"] = dialect.day
    if dialect.named_in_heading and dialect.scale != "6-1":
        del decisions["scales.competence"], decisions["scales.commitment"]
    read = import_roster(path, decisions=decisions, as_of=AS_OF)
    assert len(read.people) == len(group)
    for one, person in zip(read.people, group, strict=True):
        assert one.who == " ".join(person.name.split())
        assert one.role == person.role
        assert one.weeks == pytest.approx((AS_OF - person.hired).days * 52 / 365.25, abs=1e-6)
        known = {meaning: one.shares.get(meaning) for meaning in ("competence", "commitment")}
        expected = {"competence": person.competence, "commitment": person.commitment}
        assert known == pytest.approx(expected, abs=1e-4)
    assert "Total" not in read.roster(names=True).csv


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(group=people, dialect=dialects)
def test_without_a_decision_it_is_right_or_it_asks(tmp_path, group, dialect):
    """Nothing is guessed wrongly: without any decision the same is read, or a question names the true reading."""
    dialect = dialect._replace(named_in_heading=True, scale="1-5" if dialect.scale == "6-1" else dialect.scale)
    path = write(tmp_path, group, dialect)
    read = doubt = None
    try:
        read = import_roster(path, as_of=AS_OF, decisions={"people.leading": "members"})
    except Undecided as raised:
        doubt = raised
    if doubt is not None:
        true = {"dates.order": dialect.day, "file.decimal": dialect.decimal}[doubt.key]
        assert true in [reading.value for reading in doubt.readings]
    if read is None:
        return
    expected = [(AS_OF - person.hired).days * 52 / 365.25 for person in group]
    assert [one.weeks for one in read.people] == pytest.approx(expected, abs=1e-6)
    assert [one.shares.get("commitment") for one in read.people] == pytest.approx(
        [person.commitment for person in group], abs=1e-4
    )
