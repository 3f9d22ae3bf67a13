"""`teamsim identify`: says which measurements in real firms would tell most."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.chosen import Changes, Roster, check_targets, chosen_scenario
from sim.cli.terminal import AsJson, Plot, console, counting, print_json, print_parts


def identify(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario, or the path of a TOML file.")] = "everyday",
    style: Annotated[str, typer.Option(metavar="NAME", help="The style whose effects are to be known.")] = "democratic",
    baseline: Annotated[str, typer.Option(metavar="NAME", help="The style that it is compared with.")] = "autocratic",
    firms: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="Firms that are measured.")] = 20,
    reliability: Annotated[
        float, typer.Option(metavar="R", min=0.05, max=1.0, help="Of what is measured, from 0 to 1.")
    ] = 0.8,
    week: Annotated[
        list[int] | None,
        typer.Option(metavar="N", min=13, max=1040, help="Last week of a quarter that is measured; repeat for more."),
    ] = None,
    sets: Annotated[int, typer.Option(metavar="N", min=50, max=500, help="Sets of plausible parameters.")] = 500,
    replications: Annotated[int, typer.Option(metavar="N", min=4, max=1_000, help="Runs of each set and style.")] = 20,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Where chance starts.")] = 1,
    roster: Roster = None,
    set_: Changes = None,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Save every thing by every measurement.")] = None,
    plot: Plot = None,
) -> None:
    """Say which further measurement in real firms would narrow which parameter and which conclusion most."""
    from sim.analysis.identifiability import Field, identifiability
    from sim.view.identifiability import identifiability_chart, identifiability_tables, in_words

    chosen = chosen_scenario(scenario, roster, set_)
    check_targets(roster, csv=csv, plot=plot)
    weeks = tuple(week or sorted({13, min(52, chosen.run.weeks)}))
    with counting("Sets", sets) as step:
        found = identifiability(
            chosen, style, baseline, Field(firms, reliability), weeks=weeks, sets=sets, replications=replications,
            seed=seed, progress=lambda done, _: step(done),
        )  # fmt: skip
    if csv:
        from sim.study.tables import write_table

        write_table(found.narrowing, csv)
        typer.echo(f"Saved {csv}", err=True)
    if plot:
        from sim.view.charts import save_chart

        save_chart(identifiability_chart(found, f"What measuring would tell: {style} or {baseline}"), plot)
        typer.echo(f"Saved {plot}", err=True)
    if as_json:
        clear = found.narrowing[found.narrowing["clear"]]
        print_json(
            {
                "conclusions": found.conclusions.to_dict("records"), "together": found.together.to_dict("records"),
                "narrowing": clear.to_dict("records"),
            }
        )  # fmt: skip
        return
    print_parts(console(), list(identifiability_tables(found)))
    typer.echo(in_words(found, sets))
