"""The comparison as tables for a terminal, and as plain data for other programs."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import xarray as xr
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from sim.analysis.doubt import SOURCES
from sim.analysis.paired import NOTICEABLE, SIGNIFICANT
from sim.analysis.summary import styles_of
from sim.model.metrics import BY_NAME
from sim.view.sentences import counted, decimals, effect, joined, long_name, name_of, number, plus_minus, unit_of

BETTER, WORSE, OTHER = "▲", "▼", "●"
"""Marks of a clear difference: toward what a manager wants, away from it, or of a metric that is neither."""

AGREE = 0.95
"""Share of plausible worlds from which a difference counts as one that holds."""

type Cell = list[str]
"""What stands in one place of a table, in pieces that go beside or below each other as the width allows."""


def comparison_record(
    ds: xr.Dataset, summary: pd.DataFrame, differences: pd.DataFrame, baseline: str
) -> dict[str, Any]:
    """The whole comparison as plain data: what `teamsim compare --json` prints. Unknown numbers are None.

    Args:
        ds: results as of `sim.compare`, for what was run.
        summary: as of `summarise`.
        differences: as of `paired_differences`.
        baseline: the style compared with.
    """
    metrics: dict[str, Any] = {
        metric: {"unit": ds[metric].attrs.get("units", unit_of(metric)), "styles": {}, "differences": {}}
        for metric in summary["metric"].unique()
    }
    for rows, part, names in (
        (summary, "styles", ("mean", "low", "high")),
        (differences, "differences", ("mean", "low", "high", "effect_size", "p_adjusted")),
    ):
        for row in rows.to_dict("records"):
            values = {name: None if pd.isna(row[name]) else float(row[name]) for name in names}
            metrics[row["metric"]][part][row["style"]] = values
    return {
        "scenario": ds.attrs["scenario"],
        "weeks": ds.sizes["week"],
        "replications": ds.sizes["replication"],
        "seed": int(ds.attrs["seed"]),
        "baseline": baseline,
        "metrics": metrics,
    }


def comparison_tables(
    console: Console, ds: xr.Dataset, summary: pd.DataFrame, differences: pd.DataFrame, baseline: str
) -> list[RenderableType]:
    """What `teamsim compare` prints: what was run, means, paired differences, and how to read them.

    Numbers and their intervals stand side by side where the console is wide enough for it, else below each other.
    """
    metrics = list(summary["metric"].unique())
    styles = styles_of(ds)
    replications = ds.sizes["replication"]
    title = Text.assemble((str(ds.attrs["title"]), "bold"), f" ({ds.attrs['scenario']})")
    run = f"{counted(ds.sizes['week'], 'week')}, {counted(replications, 'replication')}, seed {ds.attrs['seed']}"
    means = _fitted(console, "Mean over the weeks", metrics, styles, _mean_cells(summary))
    parts: list[RenderableType] = [Text.assemble(title, f"\n{run}"), "", means]
    others = [style for style in styles if style != baseline]
    if others:
        header = f"Difference to {baseline}"
        parts += ["", _fitted(console, header, metrics, others, _difference_cells(differences))]
    return [*parts, "", Text(_how_to_read(metrics, replications, len(others) * len(metrics)), style="dim")]


def worlds_tables(
    console: Console, values: pd.DataFrame, differences: pd.DataFrame, baseline: str, title: str, replications: int
) -> list[RenderableType]:
    """What `teamsim compare --uncertainty` prints: differences over plausible worlds, and the doubt about them.

    Args:
        console: for its width.
        values: rows of `over_worlds`.
        differences: as of `differences_over_worlds`.
        baseline: the style compared with.
        title: of the scenario.
        replications: of a world.
    """
    worlds = int(values["world"].nunique())
    metrics, others = list(differences["metric"].unique()), list(differences["style"].unique())
    cells = {}
    for metric, rows in differences.groupby("metric", sort=False):
        places = decimals((rows["high"] - rows["low"]) / 20)
        for row in rows.to_dict("records"):
            span = f"{number(row['low'], places, True)}..{number(row['high'], places, True)}"
            mark = _mark(str(metric), row["mean"]) if row["same_sign"] >= AGREE else ""
            agree = "" if math.isnan(row["same_sign"]) else f"{row['same_sign']:.0%}{mark}"
            cells[str(metric), row["style"]] = [number(row["mean"], places, True), span, agree]
    run = f"{counted(worlds, 'plausible world')}, {counted(replications, 'replication')} in each"
    parts: list[RenderableType] = [Text.assemble((title, "bold"), f"\n{run}"), ""]
    parts += [_fitted(console, f"Difference to {baseline}", metrics, others, cells)]
    units = joined([f"{name_of(metric)} ({unit_of(metric)})" for metric in metrics])
    text = (
        f"Units: {units}. Median over worlds, then the 2.5th to 97.5th percentile over worlds, which holds what is not"
        " known about the model's numbers and about what a style's name stands for, and some luck. Last line:"
        f" share of worlds in which it has this sign; {BETTER} better, {WORSE} worse than the baseline in at least"
        f" {AGREE:.0%} of them."
    )
    parts += ["", Text(text, style="dim"), ""]
    if differences["luck"].isna().all():
        return [*parts, Text(TOO_FEW, style="dim")]
    split = {(str(row["metric"]), str(row["style"])): _shares(row) for row in differences.to_dict("records")}
    title = "Where the doubt comes from, in % of the variance: luck, parameters, profiles, the last two together"
    return [*parts, _table(title, metrics, others, split, beside=False), "", Text(HOW_DOUBT_SPLITS, style="dim")]


TOO_FEW = "Where the doubt comes from takes 20 worlds or more, with 2 replications or more in each."

HOW_DOUBT_SPLITS = (
    "Of how one firm's difference varies: first line luck, second the model's parameters, third the profiles that the"
    " styles' names stand for, fourth what parameters and profiles only make together; ±: half of the 95% interval over"
    " fours of worlds; with fewer than 100 worlds shares are rough, and what two sources make together looks too large."
    " More runs take away none of it: luck is the firm's own, parameters get surer by evidence, and"
    " profiles by describing the leader who is meant."
)


def _shares(row: dict[Any, Any]) -> Cell:
    if math.isnan(row["luck"]):
        return [""]
    return [_share(100 * row[name], 50 * (row[f"{name}_high"] - row[f"{name}_low"])) for name in SOURCES]


def _share(percent: float, half: float) -> str:
    """A share and half of its interval; "?" where the worlds do not tell it."""
    return f"{percent:.0f} ±?" if math.isnan(half) else f"{percent:.0f} {plus_minus(half, 0)}"


def worlds_record(values: pd.DataFrame, differences: pd.DataFrame, baseline: str) -> dict[str, Any]:
    """The same as plain data. Unknown numbers are None."""
    metrics: dict[str, Any] = {}
    for row in differences.to_dict("records"):
        of_metric = metrics.setdefault(row["metric"], {"unit": unit_of(row["metric"]), "differences": {}})
        kept = {name: row[name] for name in ("mean", "low", "high", "same_sign", "worlds")}
        doubt = {name: {"share": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]} for name in SOURCES}
        of_metric["differences"][row["style"]] = {
            **_without_nan(kept),
            "doubt": {name: _without_nan(share) for name, share in doubt.items()},
        }
    return {"worlds": int(values["world"].nunique()), "baseline": baseline, "metrics": metrics}


def _without_nan(values: dict[str, Any]) -> dict[str, Any]:
    return {name: None if pd.isna(value) else value for name, value in values.items()}


def _mean_cells(summary: pd.DataFrame) -> dict[tuple[str, str], Cell]:
    cells = {}
    for metric, rows in summary.groupby("metric", sort=False):
        halves = (rows["high"] - rows["low"]) / 2
        places = decimals(halves)
        for style, mean, half in zip(rows["style"], rows["mean"], halves, strict=True):
            cells[str(metric), style] = [number(mean, places), *_plus_minus(half, places)]
    return cells


def _difference_cells(differences: pd.DataFrame) -> dict[tuple[str, str], Cell]:
    cells = {}
    for metric, rows in differences.groupby("metric", sort=False):
        halves = (rows["high"] - rows["low"]) / 2
        places = decimals(halves)
        for half, row in zip(halves, rows.to_dict("records"), strict=True):
            mark = _mark(str(metric), row["mean"]) if row["clear"] else ""
            size = [] if pd.isna(row["effect_size"]) and not mark else [f"{effect(row['effect_size'])}{mark}"]
            cells[str(metric), row["style"]] = [number(row["mean"], places, True), *_plus_minus(half, places), *size]
    return cells


def _plus_minus(half: float, places: int) -> list[str]:
    return [] if math.isnan(half) else [plus_minus(half, places)]


def _mark(metric: str, difference: float) -> str:
    good = BY_NAME[metric].good if metric in BY_NAME else "neither"
    if good == "neither":
        return OTHER
    return BETTER if (difference > 0) == (good == "higher") else WORSE


def _fitted(
    console: Console, title: str, metrics: Sequence[str], styles: Sequence[str], cells: dict[tuple[str, str], Cell]
) -> Table:
    """The table in its widest form that the console has room for."""
    tables = [_table(title, metrics, styles, cells, beside) for beside in (True, False)]
    wide = Measurement.get(console, console.options.update(max_width=10_000), tables[0]).maximum
    return tables[0] if wide <= console.width else tables[1]


def _table(
    title: str, metrics: Sequence[str], styles: Sequence[str], cells: dict[tuple[str, str], Cell], beside: bool
) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold")
    for metric in metrics:
        table.add_column(Text(long_name(metric).replace(" ", "\n", 1)), justify="right", no_wrap=True, vertical="top")
    for style in styles:
        row = [cells[metric, style] for metric in metrics]
        table.add_row(Text(style), *(_cell_text(cell, beside) for cell in row))
    return table


def _cell_text(cell: Cell, beside: bool) -> Text:
    """Number and interval, in one line or two; the effect size has a line of its own. What is clear is bold."""
    first, *rest = [" ".join(cell[:2]), *cell[2:]] if beside else cell
    clear = cell[-1].endswith((BETTER, WORSE, OTHER))
    below = [("\n" + line, "bold" if clear and line is rest[-1] else "dim") for line in rest]
    return Text.assemble((first, "bold" if clear else ""), *below)


def _how_to_read(metrics: Sequence[str], replications: int, comparisons: int) -> str:
    units = joined([f"{name_of(metric)} ({unit_of(metric)})" for metric in metrics])
    text = f"Units: {units}."
    if replications < 2:
        return text + " One replication gives no interval."
    text += f" ±: half of the 95% interval of the mean over {replications} replications."
    if comparisons:
        text += (
            " Last line of a difference: effect size, in standard deviations between replications (0.2 small, 0.5"
            f" medium, 0.8 large); {BETTER} clearly better, {WORSE} clearly worse than the baseline:"
            f" p < {SIGNIFICANT:g} when adjusted for all {comparisons} comparisons, and at least {NOTICEABLE:g}."
        )
    return text
