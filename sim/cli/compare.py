"""`teamsim compare`: compares leadership styles on a scenario."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.chosen import Changes, Roster, check_targets, chosen_scenario
from sim.cli.terminal import AsJson, Plot, Seed, Weeks, console, counting, print_json, print_parts, progress

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def compare(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario, or the path of a TOML file.")] = "everyday",
    style: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A style to compare; repeat for more. (default: the usual ones)"),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The style to compare with. (default: how the business is led now)"),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=1_000_000,
            help="How often to repeat with other luck; with --uncertainty in all, shared"
            " among the worlds. (default: as in the scenario)",
        ),
    ] = None,
    weeks: Weeks = None,
    seed: Seed = None,
    roster: Roster = None,
    set_: Changes = None,
    uncertainty: Annotated[
        bool, typer.Option("--uncertainty", help="Run over plausible parameters and profiles of styles, too.")
    ] = False,
    worlds: Annotated[
        int, typer.Option(metavar="N", min=2, max=10_000, help="Plausible worlds that --uncertainty runs over.")
    ] = 100,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Save every week of every run as CSV.")] = None,
    parquet: Annotated[Path | None, typer.Option(metavar="FILE", help="The same as Parquet, with provenance.")] = None,
    plot: Plot = None,
) -> None:
    """Compare leadership styles on a scenario: means, intervals, paired differences, and what stands out."""
    from sim import results
    from sim.scenario.extras import extra

    chosen = chosen_scenario(scenario, roster, set_)
    styles = _styles_to_run(chosen, style or [], baseline)
    # Before anything is computed: can everything be written that will be asked for?
    check_targets(roster, csv=csv, parquet=parquet, plot=plot)
    if csv:
        extra("pyarrow", "study", f"Writing {csv}")

    if uncertainty:
        if csv or parquet or plot:
            from sim.scenario.problems import InputError

            raise InputError("--uncertainty prints a table or --json; leave out --csv, --parquet and --plot.")
        extra("pyarrow", "study", "--uncertainty")
        _compare_worlds(chosen, styles, baseline, worlds, replications, weeks, seed, as_json)
        return

    import sim
    from sim.analysis.paired import default_baseline, paired_differences
    from sim.analysis.summary import HEADLINE, styles_of, summarise
    from sim.scenario.prices import NO_MONEY, without_money
    from sim.scenario.problems import listed
    from sim.scenario.small_groups import SMALLEST_GROUP, hidden

    with progress() as shown:
        ds = sim.compare(
            chosen,
            styles=styles,
            replications=replications or chosen.run.replications,
            weeks=weeks,
            seed=chosen.run.seed if seed is None else seed,
            progress=shown,
        )
    if few := hidden(chosen, map(str, ds.data_vars)):
        ds = ds.drop_vars(few)
        typer.echo(f"{listed(few)}: left out, as they are of fewer than {SMALLEST_GROUP} people.", err=True)
    baseline = baseline or default_baseline(styles_of(ds), chosen.leader.style)
    metrics = HEADLINE if as_json else without_money(chosen, HEADLINE)
    if metrics != HEADLINE:
        typer.echo(NO_MONEY, err=True)
    summary, differences = summarise(ds, metrics), paired_differences(ds, baseline, metrics)
    # Files first: whoever reads only the beginning of the table, as `head` does, gets them all the same.
    for path in (csv, parquet):
        if path:
            results.save(ds, path)
            typer.echo(f"Saved {path}", err=True)
    if plot:
        from sim.view.charts import comparison_chart, save_chart

        save_chart(comparison_chart(ds, baseline, without_money(chosen, HEADLINE)), plot)
        typer.echo(f"Saved {plot}", err=True)

    if as_json:
        from sim.view.table import comparison_record

        print_json(comparison_record(ds, summary, differences, baseline))
    else:
        from sim.view.sentences import standing_out
        from sim.view.table import comparison_tables

        screen = console()
        print_parts(screen, [*comparison_tables(screen, ds, summary, differences, baseline), ""])
        print_parts(screen, [standing_out(differences, baseline), *_of_past(chosen)])


def _compare_worlds(
    chosen: "Scenario",
    styles: Sequence[str],
    baseline: str | None,
    worlds: int,
    replications: int | None,
    weeks: int | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Compare over plausible worlds: in how many each difference keeps its sign, and where the doubt comes from."""
    from sim.analysis.paired import default_baseline
    from sim.analysis.summary import HEADLINE
    from sim.analysis.uncertainty import RUNS_EACH, differences_over_worlds, gather, over_worlds
    from sim.scenario.prices import NO_MONEY, without_money
    from sim.scenario.problems import InputError
    from sim.view.table import worlds_record, worlds_tables

    if len(styles) < 2:
        text = f"got {styles[0]} alone; plausible worlds say how differences hold, which takes two styles or more"
        raise InputError(f"--style: {text}. Name another one, or leave --style out.")
    if replications is not None and replications < worlds:
        text = f"with --uncertainty these are the runs in all, and each of {worlds} worlds needs one"
        raise InputError(f"--replications {replications}: {text}. Give at least {worlds}, or fewer worlds (--worlds).")
    total = replications or max(chosen.run.replications, RUNS_EACH * worlds)
    metrics = HEADLINE if as_json else without_money(chosen, HEADLINE)
    if metrics != HEADLINE:
        typer.echo(NO_MONEY, err=True)
    runs = over_worlds(chosen, styles, worlds, total, weeks, chosen.run.seed if seed is None else seed, metrics)
    with counting("Simulating worlds", worlds) as step:
        values = gather(runs, step)
    if (done := values["world"].nunique()) < worlds:
        typer.echo(f"Stopped after {done} of {worlds} worlds; what they gave is shown.", err=True)
    baseline = baseline or default_baseline(list(dict.fromkeys(values["style"])), chosen.leader.style)
    differences = differences_over_worlds(values, baseline)
    if as_json:
        print_json({"scenario": chosen.name, **worlds_record(values, differences, baseline)})
        return
    screen = console()
    tables = worlds_tables(screen, values, differences, baseline, chosen.title, max(1, total // worlds))
    print_parts(screen, [*tables, *_of_past(chosen)])


def _of_past(chosen: "Scenario") -> list[str]:
    """Of a firm that was fitted to its past: how well that stands."""
    if chosen.fitted is None:
        return []
    from sim.view.fit import fitted_in_words

    return ["", fitted_in_words(chosen.fitted)]


def _styles_to_run(chosen: "Scenario", asked: Sequence[str], baseline: str | None) -> tuple[str, ...]:
    """The styles asked for, or else the usual ones, each once, and the baseline with them.

    Raises:
        InputError: a style that there is not.
    """
    from sim.run.compare import choose_styles

    wanted = [*asked, *([baseline] if baseline else [])]
    known = choose_styles(chosen, list(dict.fromkeys(wanted)) or None)
    if asked:
        return known
    usual = choose_styles(chosen, None)
    return usual if baseline is None or baseline in usual else (baseline, *usual)
