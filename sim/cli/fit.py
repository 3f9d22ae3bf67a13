"""`teamsim fit`: fits a scenario to the past of a firm."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.chosen import Changes, Roster, chosen_scenario
from sim.cli.terminal import AsJson, Seed, console, print_json, print_parts, progress


def fit(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario, or the path of a TOML file: the firm today.")],
    history: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="The firm's past by week, month or quarter: headcount, left, output, revenue, survey means.",
        ),
    ],
    roster: Roster = None,
    set_: Changes = None,
    worlds: Annotated[
        int, typer.Option(metavar="N", help="Plausible worlds to hold against it (50 to 20,000).")
    ] = 1000,
    seed: Seed = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="TOML", help="Write the fitted firm there; every command takes it as a scenario."),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Write one file that needs no other, for the browser; people under pseudonyms."),
    ] = False,
    as_json: AsJson = False,
    force: Annotated[bool, typer.Option("--force", help="Replace that file if it is there already.")] = False,
) -> None:
    """Fit a scenario to a firm's past, and say how well the model would have foreseen its last months."""
    from sim import results
    from sim.scenario.extending import refuse_named_teams
    from sim.scenario.history_file import read_history
    from sim.scenario.problems import InputError

    chosen = chosen_scenario(scenario, roster, set_)
    past = read_history(history)
    target = results.check_writable(out, (".toml",)) if out else None
    if target and target.exists() and not force:
        raise InputError(f"{out}: exists already; nothing was done. Take another name, or use --force.")
    if target and not whole:
        refuse_named_teams(chosen, roster, bool(set_), Path(str(out)))
    if target and Path(scenario).is_file() and Path(scenario).resolve() == target:
        raise InputError(f"{out}: this is the scenario itself. Choose another name.")

    from sim.analysis.fit import fit as find
    from sim.view.fit import fit_parts, fit_record

    with progress() as shown:
        found = find(chosen, past, worlds, chosen.run.seed if seed is None else seed, progress=shown)
    if target:
        from sim.analysis.fit.written import fitted_toml

        text = fitted_toml(found, target, scenario, roster, changed=bool(set_), whole=whole)
        with results.written_whole(target) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
        typer.echo(
            f"Saved {out}; use it as any scenario: teamsim compare {out} --uncertainty, teamsim advise {out}", err=True
        )
    if as_json:
        print_json(fit_record(found))
    else:
        print_parts(console(), fit_parts(found))
