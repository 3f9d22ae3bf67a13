"""`teamsim trial`: plans a real trial, and says with what power it finds what it looks for."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.terminal import AsJson, console, counting, print_json


def trial(
    file: Annotated[Path, typer.Argument(metavar="TRIAL.toml", help="What the trial is like.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also write trial.json, power.csv, worlds.csv, power.svg.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Plan a real trial: firms are randomised, asked and analysed as they would be; power, sample size, effect."""
    from sim.analysis.trial.power import plan_trial
    from sim.analysis.trial.spec import load_trial
    from sim.view.trial import in_words, power_table

    plan = load_trial(file)
    if out is not None:
        from sim.scenario.extras import extra

        extra("altair", "plot", "Drawing the power curve")
        from sim.study.tables import write_table
        from sim.view.charts import save_chart
        from sim.view.trial import power_chart
    with counting("Trials", plan.trials * len(plan.firms)) as shown:
        found = plan_trial(plan, progress=lambda done, _: shown(done))
    record = {
        "trial": plan.plain, "needed": found.needed, "sizes": found.sizes.to_dict("records"),
        "worlds": found.worlds.to_dict("records"),
    }  # fmt: skip
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "trial.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        write_table(found.sizes, out / "power.csv")
        write_table(found.worlds, out / "worlds.csv")
        save_chart(power_chart(plan, found), out / "power.svg")
    if as_json:
        print_json(record)
        return
    console().print(power_table(plan, found))
    for sentence in in_words(plan, found):
        typer.echo(sentence)
