"""`teamsim roster import`: reads the files on people that a client has, and writes a roster."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.terminal import AsJson, print_json

if TYPE_CHECKING:
    import datetime

    from sim.scenario.people_files import Choices, Imported, Undecided


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="People files: .csv, .xlsx, .xls, .ods; several are joined.")
    ],
    map_: Annotated[
        Path | None,
        typer.Option("--map", metavar="TOML", help="How to read them: used if the file is there, else written."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day that tenure is counted up to, as 2026-01-31. (default: the one that the file tells)",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the roster there (.csv or .xlsx).")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Decide a part of the map, as units.tenure=years; repeatable."),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Write real names instead of Person 1, Person 2 ...")] = False,
    key: Annotated[Path | None, typer.Option(metavar="CSV", help="With --out: also write down who is who.")] = None,
    history: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Write headcount, hired and left by month; names nobody.")
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help="Ask at a terminal where two readings are possible.")
    ] = True,
    as_json: AsJson = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
) -> None:
    """Read the people files that a client has, of any layout, and make a roster of them; nothing is guessed."""
    from sim.scenario.people_files.choices import Choices, read_map
    from sim.scenario.people_files.importing import checked_target, write_table
    from sim.scenario.problems import InputError, is_file

    if key and not out:
        raise InputError("--key: says who is who in the roster that is written. Ask for one with --out FILE.")
    targets = [(out, (".csv", ".xlsx")), (key, (".csv",)), (history, (".csv",))]
    checked = [checked_target(path, force, endings) for path, endings in targets if path]
    _check_apart(files, map_, checked)
    given = map_ is not None and is_file(map_)
    if map_ is not None and not given:
        checked_target(map_, force, (".toml",))
    choices = read_map(map_) if map_ is not None and given else Choices()
    choices = _decided(choices, set_ or [])
    asking = ask and not as_json and at_terminal()
    imported = _imported(files, choices, _day(as_of), names, asking)
    past = imported.history() if history else None  # where there can be none, nothing is written
    if as_json:
        print_json(_record(imported, names))
    else:
        _show(imported)
    if map_ is not None and not given:
        _write_text(map_, imported.map, f"Made {map_}: how the file was read; it holds no personal data.", as_json)
    elif map_ is not None and _others(choices, imported):
        typer.echo(f"{map_} was left as it is; what was decided otherwise here is not in it.", err=True)
    if out:
        write_table(imported.roster(names=names), out, force)
        text = (
            "real names are in it."
            if names
            else "no names in it; roles and ratings may still tell insiders who is who."
        )
        typer.echo(f"Made {out}: {text}", err=as_json)
    if key:
        write_table(imported.key(), key, force, (".csv",))
        typer.echo(f"Made {key}: who is who. Keep it apart from the roster.", err=as_json)
    if history and past:
        write_table(past, history, force, (".csv",))
        text = "headcount, hired and left by month, from the first leaver on"
        typer.echo(f"Made {history}: {text}.", err=as_json)
    if out and not as_json:
        typer.echo(f"Then: teamsim roster check {out} && teamsim compare --roster {out}")


def at_terminal() -> bool:
    """Whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _imported(
    files: Sequence[Path], choices: "Choices", as_of: "datetime.date | None", names: bool, asking: bool
) -> "Imported":
    """The files, read; at a terminal somebody is asked where two readings are possible."""
    from sim.scenario.people_files import Undecided, import_roster

    while True:
        try:
            return import_roster(list(files), map=choices, as_of=as_of, names=names)
        except Undecided as doubt:
            if not asking:
                raise
            choices = choices.with_decision(doubt.key, _asked(doubt))


def _asked(doubt: "Undecided") -> str:
    """What somebody at the terminal chooses."""
    typer.echo(f"\n{doubt.file}: {doubt.question}", err=True)
    for place, reading in enumerate(doubt.readings, 1):
        typer.echo(f"  {place}  {reading.value or 'none of them'}: {reading.meaning}", err=True)
    while True:
        answer: str = typer.prompt(f"Which one? (1-{len(doubt.readings)})", err=True).strip()
        if answer.isdigit() and 1 <= int(answer) <= len(doubt.readings):
            return doubt.readings[int(answer) - 1].value
        known = [reading.value for reading in doubt.readings]
        if answer in known:
            return answer


def _decided(choices: "Choices", pairs: Sequence[str]) -> "Choices":
    from sim.scenario.problems import InputError

    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            raise InputError(f'--set: got "{pair}"; write it as KEY=VALUE, such as --set units.tenure=years.')
        choices = choices.with_decision(key.strip(), value.strip())
    return choices


def _day(text: str | None) -> "datetime.date | None":
    import datetime

    from sim.scenario.problems import InputError

    try:
        return None if text is None else datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f'--as-of: got "{text}"; write the day as 2026-01-31.') from None


def _check_apart(files: Sequence[Path], map_: Path | None, targets: Sequence[Path]) -> None:
    """Raise InputError if a file that is read would be replaced, or two that are written are one."""
    from sim.scenario.problems import InputError

    read = {path.resolve() for path in files} | ({map_.resolve()} if map_ else set())
    if (
        len(set(targets)) < len(targets)
        or read & set(targets)
        or (map_ and map_.resolve() in {f.resolve() for f in files})
    ):
        raise InputError("what is read and what is written have to be different files. Choose other names.")


def _others(choices: "Choices", imported: "Imported") -> bool:
    """Whether something was decided that the map does not say."""
    from sim.scenario.toml_files import table_from_text

    return table_from_text(imported.map, "the map") != choices.kept


def _show(imported: "Imported") -> None:
    import textwrap

    from sim.cli.terminal import console

    place = next(place for place, (label, _) in enumerate(imported.summary, 1) if label == "Tenure")
    summary = [*imported.summary[:place], ("Levels", _levels(imported)), *imported.summary[place:]]
    indent = max(len(label) for label, _ in summary) + 2
    for label, text in summary:
        lines = textwrap.wrap(text, max(console().width - indent, 40)) or [""]
        typer.echo(f"{label:<{indent}}" + f"\n{'':<{indent}}".join(lines))


def _levels(imported: "Imported") -> str:
    from sim.scenario.small_groups import SMALLEST_GROUP, counted_together

    counts = _level_counts(imported)
    rated = sum(counts.values())
    if 0 < rated < SMALLEST_GROUP:
        return f"not shown of fewer than {SMALLEST_GROUP} people"
    together = counted_together(counts)
    text = ", ".join(f"{level} {count}" for level, count in together.items())
    if len(together) not in (0, len(counts)):
        text += f" (together where one has fewer than {SMALLEST_GROUP})"
    drawn = len(imported.people) - rated
    return "; ".join(filter(None, (text, f"{drawn} drawn anew in every run of the model" if drawn else "")))


def _level_counts(imported: "Imported") -> dict[str, int]:
    """How many people are at each development level, of those whose competence and commitment are known."""
    from sim.model.rules.diagnosis import level_of
    from sim.model.state import SLII

    counts = dict.fromkeys(("D1", "D2", "D3", "D4"), 0)
    for person in imported.people:
        competence, commitment = person.shares.get("competence"), person.shares.get("commitment")
        parts = [
            commitment if (own := person.shares.get(part)) is None else own for part in ("confidence", "motivation")
        ]
        if competence is not None and None not in parts:
            level = level_of.py_func(competence, sum(part for part in parts if part is not None) / 2, SLII)
            counts[f"D{level + 1}"] += 1
    return counts


def _record(imported: "Imported", names: bool) -> dict[str, Any]:
    from sim.scenario.small_groups import counted_together

    roster = imported.roster(names=names)
    return {
        "people": [dict(zip(roster.header, row, strict=True)) for row in roster.rows],
        "understood": dict(imported.summary),
        "levels": counted_together(_level_counts(imported)) or None,
        "as_of": imported.as_of.isoformat() if imported.as_of else None,
    }


def _write_text(path: Path, text: str, message: str, as_json: bool) -> None:
    from sim.scenario.writing import written_whole

    with written_whole(path.expanduser().resolve()) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    typer.echo(message, err=as_json)
