"""The decomposition of a difference as sentences, tables and plain data."""

import math
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.why import DIRECT, contributions, totals
from sim.model.mechanisms import BY_NAME as MECHANISMS
from sim.model.metrics import BY_NAME as METRICS
from sim.view.language import english, said
from sim.view.sentences import (
    called,
    capitalised,
    counted,
    decimals,
    joined,
    name_of,
    number,
    plus_minus,
    rough,
    shown_unit,
    unit_of,
)

if TYPE_CHECKING:
    import xarray as xr

NAMED, OPPOSED = 3, 2
"""Parts that a sentence names, and such that work against them; the others are put together."""

WORTH_NAMING = 0.05
"""Share of the largest contribution from which a part is named."""

OTHERS = english("All others")
"""What small parts are called where they are put together."""

NOT_CLEAR = english(
    "It is not clear after {runs} {runs:replication|replications} whether {metric} differs under {style} from"
    " {baseline}, so that there is nothing to explain yet."
)

DIFFERS = {
    (False, True): english("{metric} is {size} higher under {style} than under {baseline}"),
    (False, False): english("{metric} is {size} lower under {style} than under {baseline}"),
    (True, True): english("{metric} are {size} higher under {style} than under {baseline}"),
    (True, False): english("{metric} are {size} lower under {style} than under {baseline}"),
}
"""Whether the metric is several things, and whether it is higher."""

type Row = dict[Hashable, Any]


def sentence(ds: "xr.Dataset", metric: str) -> str:
    """What carries the difference in one metric, the largest parts first.

    Args:
        ds: as of `sim.explain`.
        metric: one of its metrics.
    """
    total = next(row for row in totals(ds).to_dict("records") if row["metric"] == metric)
    rows = [row for row in contributions(ds).to_dict("records") if row["metric"] == metric]
    attrs = ds.attrs
    by = "change" if attrs["what"] else attrs["by"]
    return sentence_of(total, rows, attrs["style_label"], attrs["baseline_label"], by)


class Told(NamedTuple):
    """What a sentence tells of a difference: the parts that make it, those that work against it, and what is left.

    `named` is empty where no part stands out; `rest` is 0 where it is not worth telling.
    """

    named: tuple[Row, ...]
    opposed: tuple[Row, ...]
    rest: float


def told(total: Row, rows: Sequence[Row]) -> Told | None:
    """What to tell, from a row of `totals` and the rows of `contributions` of a metric; None if nothing is clear.

    Every sentence on what carries a difference is made of this, wherever it stands.
    """
    difference = float(total["mean"])
    if not math.isfinite(difference) or not _clear(total):
        return None
    sign = 1 if difference > 0 else -1
    known = [row for row in rows if math.isfinite(row["mean"])]
    largest = max((abs(row["mean"]) for row in known), default=0.0)
    clear = [row for row in known if _clear(row) and abs(row["mean"]) >= WORTH_NAMING * largest]
    toward = sorted((row for row in clear if sign * row["mean"] > 0), key=lambda row: -abs(row["mean"]))
    against = sorted((row for row in clear if sign * row["mean"] < 0), key=lambda row: -abs(row["mean"]))
    named, opposed = tuple(toward[:NAMED]), tuple(against[:OPPOSED])
    rest = difference - sum(row["mean"] for row in (*named, *opposed))
    return Told(named, opposed, rest if abs(rest) >= WORTH_NAMING * largest else 0.0)


def sentence_of(total: Row, rows: Sequence[Row], style: str, baseline: str, by: str) -> str:
    """The sentence, from a row of `totals` and the rows of `contributions` of the same metric."""
    metric, difference = str(total["metric"]), float(total["mean"])
    name, style, baseline = name_of(metric), called(style), called(baseline)
    if not math.isfinite(difference):
        return said("{metric} has no value in these runs.", metric=capitalised(name))
    found = told(total, rows)
    if found is None:
        return said(NOT_CLEAR, runs=int(total["n"]), metric=name, style=style, baseline=baseline)
    size = rough(difference) + ("" if unit_of(metric) in ("", "0-1", "share") else f" {shown_unit(metric)}")
    pattern = DIFFERS[metric in METRICS and METRICS[metric].long_name.endswith("ies"), difference > 0]
    what = said(pattern, metric=capitalised(name), size=size, style=style, baseline=baseline)
    if not found.named:
        return said("{what}; no part of it stands out.", what=what)
    text = f"{what}{said(': ', 'list')}{joined([f'{rough(row["mean"])} {_how(row, by)}' for row in found.named])}"
    if found.opposed:
        parts = joined([f"{rough(row['mean'])} {_how(row, by)}" for row in found.opposed])
        text += said("; against that, {parts}", parts=parts)
    if found.rest:
        size = number(found.rest, _places(found.rest), signed=True)
        text += said("; the rest ({size}) through several others", size=size)
    return text + "."


def _places(value: float) -> int:
    return max(1 - math.floor(math.log10(abs(value))), 0) if value else 0


def _clear(row: Row) -> bool:
    """Whether zero lies outside the interval; one run alone has none, and is taken as it is."""
    low, high = row["low"], row["high"]
    return bool(row["mean"]) if math.isnan(low) else bool(low > 0 or high < 0)


def _how(row: Row, by: str) -> str:
    """How a part comes into a sentence: 'through trust', 'from direction', 'directly'."""
    part = str(row["part"])
    if part == DIRECT:
        return said("directly") if by == "change" else said("directly, by how leaders behave")
    if by != "behaviours":
        return said("through {mechanism}", mechanism=said(MECHANISMS[part].through, "through"))
    return f"from {_small(str(row['label']))}"


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def tables(ds: "xr.Dataset", *, over_time: bool = False) -> list[RenderableType]:
    """What `teamsim why` prints: what was run, a sentence and a table for each metric, and how to read them."""
    attrs = ds.attrs
    title = Text.assemble((str(attrs["title"]), "bold"), f" ({attrs['scenario']})")
    run = (
        f"{attrs['style_label']} instead of {attrs['baseline_label']}; {counted(attrs['weeks'], 'week')},"
        f" {counted(attrs['replications'], 'replication')}, seed {attrs['seed']}"
    )
    parts: list[RenderableType] = [Text.assemble(title, f"\n{run}")]
    rows, whole = contributions(ds), totals(ds)
    spans = contributions(ds, over_time=True) if over_time else None
    for metric in ds["metric"].to_numpy().tolist():
        of_metric = rows[rows["metric"] == metric]
        total = whole[whole["metric"] == metric].iloc[0].to_dict()
        parts += ["", sentence(ds, metric), "", _table(metric, of_metric, total, attrs["by"])]
        if spans is not None:
            parts += ["", _over_time(metric, spans[spans["metric"] == metric])]
    return [*parts, "", Text(_how_to_read(attrs["by"], attrs["replications"]), style="dim")]


def _plain_table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))


def _title(metric: str) -> str:
    return f"{METRICS[metric].long_name}, {METRICS[metric].unit}"


def _table(metric: str, rows: pd.DataFrame, total: dict[Hashable, Any], by: str) -> Table:
    halves = (rows["high"] - rows["low"]) / 2
    places = decimals([*halves, (total["high"] - total["low"]) / 2])
    table = _plain_table(_title(metric))
    table.add_column("Through" if by == "mechanisms" else "From")
    for name in ("Contribution", "±", "Share", "Alone", "If cut"):
        table.add_column(name, justify="right")
    direct, others = rows[rows["part"] == DIRECT], rows[rows["part"] != DIRECT]
    for row in [*_largest_first(others), *(direct.to_dict("records") if by == "mechanisms" else [])]:
        half = (row["high"] - row["low"]) / 2
        table.add_row(
            Text(str(row["label"]), style="bold" if _clear(row) else ""),
            number(row["mean"], places, signed=True),
            plus_minus(half, places)[1:] if math.isfinite(half) else "",
            f"{number(100 * row['share'], 0)}%" if math.isfinite(row["share"]) and _clear(total) else "",
            number(row["alone"], places, signed=True) if math.isfinite(row["alone"]) else "",
            number(-row["removed"], places, signed=True) if math.isfinite(row["removed"]) else "",
        )
    half = (total["high"] - total["low"]) / 2
    table.add_row(
        Text("Difference", style="bold"),
        number(total["mean"], places, signed=True),
        plus_minus(half, places)[1:] if math.isfinite(half) else "",
        "100%" if _clear(total) else "",
        "",
        "",
    )
    return table


def _largest_first(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return sorted(rows.to_dict("records"), key=lambda row: -abs(row["mean"]) if math.isfinite(row["mean"]) else 0.0)


def by_quarters(ds: "xr.Dataset", metric: str, most: int) -> pd.DataFrame:
    """Contributions by quarters of a year: one row per label and quarter, the smallest parts put together.

    Args:
        ds: as of `sim.explain`.
        metric: one of its metrics.
        most: parts with a label of their own.
    """
    rows = contributions(ds, over_time=True).query("metric == @metric")
    sizes = rows.groupby("part", sort=False)["mean"].agg(lambda values: values.abs().max())
    large = list(sizes.sort_values(ascending=False, kind="stable").index[:most])
    large = [part for part in large if sizes[part] >= WORTH_NAMING * sizes.max()]
    shown = rows[["part", "label", "first_week", "last_week", "mean"]].copy()
    shown["label"] = [said(str(label), "label") for label in shown["label"]]
    shown.loc[~shown["part"].isin(large), "label"] = said(OTHERS, "others")
    return shown.groupby(["label", "first_week", "last_week"], sort=False)[["mean"]].sum().reset_index()


def _over_time(metric: str, rows: pd.DataFrame) -> Table:
    """Contributions by quarters of a year, for the parts that come to something."""
    table = _plain_table(f"{_title(metric)}: by quarters, weeks")
    table.add_column("")
    by_part = rows.pivot_table(index="part", columns="last_week", values="mean", sort=False, dropna=False)
    firsts = rows.drop_duplicates("last_week").set_index("last_week")["first_week"]
    labels = rows.drop_duplicates("part").set_index("part")["label"]
    places = decimals((rows["high"] - rows["low"]) / 2)
    for last in by_part.columns:
        table.add_column(f"{firsts[last]}-{last}", justify="right")
    sizes = by_part.abs().max(axis=1)
    for part in by_part.index[sizes >= WORTH_NAMING * sizes.max()]:
        table.add_row(Text(str(labels[part])), *(number(v, places, signed=True) for v in by_part.loc[part]))
    return table


def _how_to_read(by: str, replications: int) -> str:
    what = (
        "Contribution: what the difference owes to each mechanism (Shapley value); with what is direct, they add up to"
        " the difference."
        if by == "mechanisms"
        else "Contribution: what the difference owes to each of them (Shapley value); they add up to the difference."
    )
    text = (
        f"{what} Alone: what comes of it where all others are as under the baseline. If cut: how the difference changes"
        " where only this is as under the baseline."
    )
    if replications > 1:
        runs = counted(replications, "replication")
        text += f" ±: half of the 95% interval of the mean over {runs}; bold: clear of 0."
    return text + " This explains the model, not a company."


def record(ds: "xr.Dataset", *, over_time: bool = False) -> dict[str, Any]:
    """The same as plain data: what `teamsim why --json` prints. Unknown numbers are None."""
    attrs = ds.attrs
    metrics: dict[str, Any] = {}
    for row in totals(ds).to_dict("records"):
        metric = str(row["metric"])
        metrics[metric] = {
            "unit": unit_of(metric),
            "says": sentence(ds, metric),
            "difference": _known(row, ("baseline", "style", "mean", "low", "high")),
            "parts": {},
        }
    for row in contributions(ds).to_dict("records"):
        names = ("mean", "low", "high", "share", "alone", "removed")
        metrics[row["metric"]]["parts"][row["part"]] = {"label": row["label"], **_known(row, names)}
    if over_time:
        for row in contributions(ds, over_time=True).to_dict("records"):
            here = metrics[row["metric"]]["parts"][row["part"]].setdefault("over_time", [])
            weeks = {"weeks": [row["first_week"], row["last_week"]]}
            here.append(weeks | _known(row, ("mean", "low", "high")))
    told = ("scenario", "style", "practices", "by", "weeks", "replications", "seed")
    return {**{name: attrs[name] for name in told}, "baseline": attrs["baseline_style"], "metrics": metrics}


def _known(row: dict[Hashable, Any], names: Sequence[str]) -> dict[str, float | None]:
    return {name: None if pd.isna(row[name]) else float(row[name]) for name in names}
