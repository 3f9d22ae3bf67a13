"""Golden results: what every shipped scenario gives under every usual style; `make golden` writes them anew."""

from pathlib import Path

import sim
from sim.analysis.summary import HEADLINE
from sim.scenario.load import load_scenario, scenario_names

FOLDER = Path(__file__).parent / "results"
REPLICATIONS, SEED = 3, 7
DIGITS = 10
"""Significant digits: fewer than two machines agree on, more than any change of a rule leaves alone."""


def table(name: str) -> str:
    """Headline metrics of one scenario in some weeks, mean over a few replications, as text."""
    scenario = load_scenario(name)
    weeks = sorted({1, 13, scenario.run.weeks // 2, scenario.run.weeks})
    ds = sim.compare(scenario, replications=REPLICATIONS, seed=SEED)
    lines = ["style,metric," + ",".join(f"week {week}" for week in weeks)]
    for style in ds["style"].to_numpy():
        for metric in HEADLINE:
            means = ds[metric].sel(style=style, week=weeks).mean("replication").to_numpy()
            lines.append(f"{style},{metric}," + ",".join(f"{value:.{DIGITS}g}" for value in means))
    return "\n".join(lines) + "\n"


def path(name: str) -> Path:
    """Where the golden results of a scenario lie."""
    return FOLDER / f"{name}.csv"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob("*.csv"):
        stale.unlink()
    for scenario_name in scenario_names():
        path(scenario_name).write_text(table(scenario_name), encoding="utf-8")
