"""`teamsim why`: says where the difference between two leadership styles comes from."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.chosen import Changes, Roster, check_targets, chosen_scenario
from sim.cli.terminal import AsJson, Plot, Seed, Weeks, console, print_json, print_parts, progress


def why(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario, or the path of a TOML file.")] = "everyday",
    style: Annotated[str, typer.Option(metavar="NAME", help="The style whose effects are explained.")] = "autocratic",
    baseline: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The style to compare with. (default: how the business is led now)"),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What to explain; repeat for more. (default: the usual ones)"),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="WAY", help="mechanisms: through what it comes about. behaviours: from what.")
    ] = "mechanisms",
    mechanism: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this mechanism; repeat for more. (default: all)")
    ] = None,
    practice: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A practice that there is under the style only; repeat for more."),
    ] = None,
    over_time: Annotated[bool, typer.Option("--over-time", help="Also by quarters of a year.")] = False,
    replications: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="How often to repeat with other luck.")
    ] = 100,
    weeks: Weeks = None,
    seed: Seed = None,
    roster: Roster = None,
    set_: Changes = None,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Save all contributions as CSV.")] = None,
    plot: Plot = None,
) -> None:
    """Say where a difference comes from: through which mechanisms, or from which behaviours, in numbers that add up."""
    chosen = chosen_scenario(scenario, roster, set_)
    check_targets(roster, csv=csv, plot=plot)

    import sim
    from sim.analysis.paired import default_baseline
    from sim.analysis.summary import HEADLINE
    from sim.analysis.why import asked
    from sim.run.compare import choose_styles
    from sim.scenario.prices import NO_MONEY, without_money
    from sim.scenario.small_groups import refuse_small_groups

    baseline = baseline or default_baseline(choose_styles(chosen, None), chosen.leader.style)
    told = metric or without_money(chosen, HEADLINE)
    if not metric and told != HEADLINE:
        typer.echo(NO_MONEY, err=True)
    question = {
        "style": style, "baseline": baseline, "metrics": told, "by": by, "replications": replications,
        "weeks": weeks, "seed": chosen.run.seed if seed is None else seed, "mechanisms": mechanism,
        "practices": practice or (),
    }  # fmt: skip
    refuse_small_groups(chosen, metric or ())
    asked(chosen, **question)  # type: ignore[arg-type]  # before anything is compiled
    if by == "mechanisms":
        from sim.model.mediated import needs_compiling

        if needs_compiling():
            typer.echo("Compiling the week with mechanisms cut (first run only), a minute or so ...", err=True)
    with progress() as shown:
        ds = sim.explain(chosen, **question, progress=shown)  # type: ignore[arg-type]
    # Files first: whoever reads only the beginning of the table, as `head` does, gets them all the same.
    if csv:
        import pandas as pd

        from sim.analysis.why import contributions
        from sim.study.tables import write_table

        kinds = [contributions(ds), *([contributions(ds, over_time=True)] if over_time else [])]
        write_table(pd.concat(kinds), csv)
        typer.echo(f"Saved {csv}", err=True)
    if plot:
        from sim.view.charts import save_chart
        from sim.view.why_charts import why_chart

        save_chart(why_chart(ds, over_time=over_time), plot)
        typer.echo(f"Saved {plot}", err=True)
    if as_json:
        from sim.view.why import record

        print_json(record(ds, over_time=over_time))
    else:
        from sim.view.why import tables

        screen = console()
        print_parts(screen, tables(ds, over_time=over_time))
