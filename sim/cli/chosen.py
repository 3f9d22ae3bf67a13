"""The scenario that a command is given, with the options that change its people or numbers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.terminal import PICTURES

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

Roster = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Your own people, as .csv or .xlsx: see teamsim roster new.")
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Change a parameter, a number of the scenario (market.urgency) or a practice (practices.recognition);"
        " repeat for more.",
    ),
]


def chosen_scenario(name: str, roster: Path | None, changes: Sequence[str] | None) -> "Scenario":
    """A scenario with the people of a roster and other numbers, where these are given.

    Raises:
        InputError: no such scenario; anything wrong with the roster or a change.
    """
    from sim.scenario.load import load_scenario
    from sim.scenario.variants import with_roster, with_values

    chosen = load_scenario(name)
    if roster:
        before, chosen = chosen, with_roster(chosen, roster)
        tell_of_leaders(before, chosen, changes)
    return with_values(chosen, numbers_of(changes)) if changes else chosen


def tell_of_leaders(before: "Scenario", after: "Scenario", changes: Sequence[str] | None) -> None:
    """Say on stderr that a roster's teams have leaders of their own, unless their hours were decided on."""
    from sim.scenario.variants import leaders_added

    decided = any(change.partition("=")[0].strip() == "leader.hours" for change in changes or ())
    if not decided and (note := leaders_added(before, after)):
        typer.echo(f"Note: {note}", err=True)


def numbers_of(pairs: Sequence[str]) -> dict[str, float]:
    """`--set` options as values by name, true and false as 1 and 0; what is allowed is checked with the scenario.

    Raises:
        InputError: not NAME=VALUE, or no number.
    """
    from sim.scenario.paths import HAPPENS
    from sim.scenario.problems import InputError

    values = {}
    for pair in pairs:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not (name and sign):
            raise InputError(f'--set: got "{pair}"; write it as NAME=VALUE, such as --set diagnosis_error=0.1.')
        if name.endswith(f".{HAPPENS}") and value in ("true", "false"):
            values[name] = float(value == "true")
            continue
        try:
            values[name] = float(value)
        except ValueError:
            text = "allowed is a number, with a point for decimals; anything else stands in a scenario file or a study"
            raise InputError(f'--set {name}: got "{value}"; {text}.') from None
    return values


def named_in(given: Sequence[str] | None, option: str) -> tuple[str, ...]:
    """The names in an option that may be repeated and has commas between names; none where it is not given.

    Raises:
        InputError: it is given without a name.
    """
    from sim.scenario.problems import InputError

    for one in given or ():
        if not any(name.strip() for name in one.split(",")):
            raise InputError(f'{option}: got "{one}", which names nothing. Name one or more, or leave it out for all.')
    return tuple(dict.fromkeys(name.strip() for one in given or () for name in one.split(",") if name.strip()))


def refuse_to_replace(target: Path, roster: Path | None) -> None:
    """Raise InputError if what is to be written would take the place of the roster."""
    from sim.scenario.problems import InputError

    if roster and roster.resolve() == target.resolve():
        raise InputError(f"{target}: this is the roster and would be replaced by the results. Choose another name.")


def check_targets(
    roster: Path | None, *, csv: Path | None = None, parquet: Path | None = None, plot: Path | None = None
) -> None:
    """Before anything is computed: look whether all files that are asked for can be written.

    Raises:
        InputError: one cannot be written, has another ending, is the roster, or needs a library that is not installed.
    """
    from sim.results import check_writable
    from sim.scenario.extras import extra

    for path, endings, module, of_extra in (
        (csv, (".csv",), "", ""), (parquet, (".parquet",), "pyarrow", "study"), (plot, PICTURES, "altair", "plot"),
    ):  # fmt: skip
        if path:
            refuse_to_replace(check_writable(path, endings), roster)
            if module:
                extra(module, of_extra, f"Writing {path}")
