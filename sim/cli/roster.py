"""The commands about a client's team: roster new, roster check, roster import."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.roster_import import import_

if TYPE_CHECKING:
    from sim.scenario.roster import Roster

ENDINGS = (".csv", ".xlsx")

app = typer.Typer(no_args_is_help=True, help="A client's team: a list of people to fill in, to check, or to import.")
app.command("import")(import_)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="The file to make, such as team.xlsx or team.csv.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")] = False,
) -> None:
    """Make an empty roster with instructions: people, roles, tenure, and ratings from 1 to 5."""
    from sim.scenario.roster_template import csv_template, workbook

    target = _writable(file, force)
    _write(target, text=csv_template()) if target.suffix.lower() == ".csv" else _write(target, book=workbook())
    typer.echo(f"Made {file}")
    typer.echo(f"Fill it in, then: teamsim roster check {file} && teamsim compare --roster {file}")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A roster as .csv or .xlsx.")],
    pseudonyms: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a copy with Person 1, Person 2 ... instead of names (.csv or .xlsx)."),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="CSV", help="With --pseudonyms: also write down who is who.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
) -> None:
    """Check a roster, and name every fault by row and column."""
    from sim.scenario.problems import InputError
    from sim.scenario.roster import read_roster

    roster = read_roster(file)
    if key and not pseudonyms:
        raise InputError("--key: says who is who in a copy with pseudonyms. Ask for one with --pseudonyms FILE.")
    typer.echo(f"{file}: in order ({_summary(roster)})")
    if leading := _leading(roster):
        typer.echo(f"Note: {leading}", err=True)
    if pseudonyms:
        _write_pseudonyms(roster, file, pseudonyms, key, force)


def _summary(roster: "Roster") -> str:
    from collections import Counter

    from sim.scenario.small_groups import SMALLEST_GROUP
    from sim.scenario.weeks import WEEKS_A_YEAR

    teams = Counter(person.team or "" for person in roster.people)
    known = [person.tenure for person in roster.people if person.tenure is not None]
    mean = (
        f", there for {sum(known) / len(known) / WEEKS_A_YEAR:.1f} years on average"
        if len(known) >= SMALLEST_GROUP
        else ""
    )
    people = f"{len(roster.people)} people{mean}"
    if len(teams) == 1:
        return people
    sizes = ", ".join(f"{team or 'the first team'} {size}" for team, size in teams.items())
    return f"{people}; {len(teams)} teams, each with a leader of its own: {sizes}"


def _leading(roster: "Roster") -> str:
    """Who is in the list and leads by the role, in words, or nothing."""
    from sim.scenario.people_files.leading import Leads, leads
    from sim.scenario.problems import listed

    pairs = zip(roster.people, roster.rows, strict=True)
    rows = [str(row) for person, row in pairs if leads(person.role) == Leads.FIRM]
    if not rows or len(rows) == len(roster.people):
        return ""
    return (
        f"by the role, row {listed(rows, 6)} leads the others. A leader is no team member in the model: take the row"
        " out, unless somebody else leads."
    )


def _write_pseudonyms(roster: "Roster", file: Path, copy: Path, key: Path | None, force: bool) -> None:
    from sim.scenario.problems import InputError
    from sim.scenario.pseudonyms import replaced_rows
    from sim.scenario.roster import cells_of
    from sim.scenario.roster_template import workbook

    targets = [_writable(path, force, (".csv",) if path == key else ENDINGS) for path in (copy, key) if path]
    if len({file.resolve(), *targets}) <= len(targets):
        raise InputError(f"{copy}: the roster, its copy and the key have to be different files. Choose other names.")
    header, rows, called = replaced_rows(roster, cells_of(file))
    if targets[0].suffix.lower() == ".csv":
        _write(targets[0], rows=[header, *rows])
    else:
        _write(targets[0], book=workbook(header, rows))
    typer.echo(f"Made {copy}: no names in it; roles and ratings may still tell insiders who is who.")
    if key:
        _write(targets[1], rows=[["pseudonym", "name"], *([new, old] for old, new in called.items())])
        typer.echo(f"Made {key}: keep it apart from the copy.")


def _writable(path: Path, force: bool, endings: Sequence[str] = ENDINGS) -> Path:
    from sim.results import check_writable
    from sim.scenario.problems import InputError

    target = check_writable(path, endings)
    if target.exists() and not force:
        raise InputError(f"{path}: exists already; nothing was written. Take another name, or use --force.")
    return target


def _write(
    target: Path, *, text: str | None = None, rows: Sequence[Sequence[str]] | None = None, book: object = None
) -> None:
    from sim.results import written_whole
    from sim.scenario.signs import harmless

    with written_whole(target) as unfinished:
        if text is not None:
            unfinished.write_text(text, encoding="utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
        elif rows is not None:
            with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(map(harmless, row) for row in rows)
        else:
            book.save(unfinished)  # type: ignore[attr-defined]
