"""Turns an explanation of a difference into plain data for the browser: bars, a course, a causal diagram."""

import math
from typing import Any

from sim.analysis.why import DIRECT, contributions, totals
from sim.model.flows import Places
from sim.view.causal import BEGINS, BOX, layout
from sim.view.language import english, said
from sim.view.sentences import called, decimals, number, plus_minus, shown_unit, title_of
from sim.view.why import OTHERS, by_quarters, sentence

COLOURS, GREY = ("#3B7DBD", "#CC6622", "#159A66", "#B9699F", "#C79A0E", "#7A6BD0", "#8C8C8C"), "#B9BFC2"
"""Of parts over time, seen on light and on dark; of all others."""

WIDE, HIGH, GAP = 640, 200, 4
"""Size of the picture of the course, and half of what is between two columns, in pixels."""

MOST_LABELS = 16
"""Quarters whose last week is named below them."""

ABOUT = english(
    "What goes through each mechanism, {runs} {runs:replication|replications}; it adds up. This explains the model,"
    " not a company."
)

MOST_ARROWS_SAID = 5
"""Arrows of the diagram that its text names."""


def as_plain(ds: Any, metric: str, touched: Places | None = None, begins: str = BEGINS) -> dict[str, Any]:
    """What `sim.explain` found of a metric, as texts and as bars from 0 to 100.

    Args:
        ds: as of `sim.explain`.
        metric: one of its metrics.
        touched: fields where a change of the situation begins.
        begins: what that is called.
    """
    rows = contributions(ds)
    total = totals(ds).iloc[0]
    halves = (rows["high"] - rows["low"]) / 2
    places = decimals([*halves, (total["high"] - total["low"]) / 2])
    ends = [0.0, *rows["mean"]]
    low, high = min(ends), max(ends)
    wide = (high - low) or 1.0
    order = rows["mean"].abs().where(rows["part"] != DIRECT, -1.0).sort_values(ascending=False, kind="stable").index
    bars = []
    for place in order:
        row, half = rows.loc[place], float(halves[place])
        bars.append(
            {
                "label": said(str(row["label"]), "label"),
                "text": number(row["mean"], places, signed=True),
                "interval": plus_minus(half, places) if math.isfinite(half) else "",
                "left": round(100 * (min(row["mean"], 0.0) - low) / wide, 2),
                "width": round(100 * abs(row["mean"]) / wide, 2),
                "more": bool(row["mean"] >= 0),
            }
        )
    attrs = ds.attrs
    weeks = (int(total["first_week"]), int(total["last_week"]))
    name = title_of(metric)
    if weeks != (1, attrs["weeks"]):
        name = said("{metric} in weeks {first} to {last}", metric=name, first=str(weeks[0]), last=str(weeks[1]))
    style, baseline = called(attrs["style"]), called(attrs["baseline_style"])
    return {
        "title": (
            said("{metric}: what {what} does under {style}", metric=name, what=attrs["what"], style=style)
            if attrs["what"]
            else said("{metric}: why {style} differs from {baseline}", metric=name, style=style, baseline=baseline)
        ),
        "sentence": sentence(ds, metric),
        "unit": shown_unit(metric),
        "bars": bars,
        "zero": round(100 * (0.0 - low) / wide, 2),
        "total": number(total["mean"], places, signed=True),
        "course": _course(ds, metric),
        "diagram": _diagram(metric, dict(zip(rows["part"], rows["mean"], strict=True)), touched, begins),
        "about": said(ABOUT, runs=int(attrs["replications"])),
    }


def _course(ds: Any, metric: str) -> dict[str, Any]:
    """Contributions by quarters as columns, stacked up and down from nothing, in pixels of a picture WIDE x HIGH."""
    rows = by_quarters(ds, metric, len(COLOURS))
    sums = totals(ds, over_time=True)
    table = rows.pivot_table(index="label", columns="last_week", values="mean", sort=False, dropna=False).fillna(0.0)
    ups, downs = table.clip(lower=0).sum(), table.clip(upper=0).sum()
    high, low = max(float(ups.max()), 0.0), min(float(downs.min()), 0.0)
    scale = HIGH / ((high - low) or 1.0)
    quarters = list(table.columns)
    apart = WIDE / max(len(quarters), 1)
    gap = min(GAP, 0.1 * apart)
    others = said(OTHERS, "others")
    colours = [GREY if label == others else COLOURS[k % len(COLOURS)] for k, label in enumerate(table.index)]
    pieces, by_quarter = [], []
    for c, last in enumerate(quarters):
        up, down = 0.0, 0.0
        for colour, value in zip(colours, table[last], strict=True):
            top = up + value if value > 0 else down
            up, down = (up + value, down) if value > 0 else (up, down + value)
            pieces.append(
                {"x": round(apart * c + gap, 1), "y": round((high - top) * scale, 1),
                 "height": round(abs(value) * scale, 1), "colour": colour}
            )  # fmt: skip
    line = [
        (apart * (c + 0.5), (high - min(max(value, low), high)) * scale)
        for c, value in enumerate(sums["mean"])
        if math.isfinite(value)
    ]
    places = decimals((sums["high"] - sums["low"]) / 2)
    sizes = [number(value, places, signed=True) for value in sums["mean"]]
    for row, size in zip(sums.to_dict("records"), sizes, strict=True):
        first, last = str(row["first_week"]), str(row["last_week"])
        by_quarter.append(said("weeks {first} to {last} {size}", first=first, last=last, size=size))
    return {
        "width": WIDE,
        "height": HIGH,
        "bar": round(apart - 2 * gap, 1),
        "zero": round(high * scale, 1),
        "pieces": pieces,
        "line": " ".join(f"{x:.1f},{y:.1f}" for x, y in line),
        "weeks": [
            {"x": round(apart * (c + 0.5), 1), "text": str(last), "size": sizes[c]}
            for c, last in enumerate(quarters)
            if c % math.ceil(len(quarters) / MOST_LABELS) == 0
        ],
        "legend": [{"label": str(label), "colour": colour} for label, colour in zip(table.index, colours, strict=True)],
        "says": said("The difference by quarters: {quarters}", quarters="; ".join(by_quarter)),
    }


def _diagram(metric: str, carried: dict[str, float], touched: Places | None, begins: str) -> dict[str, Any]:
    """The causal diagram in pixels: boxes, arrows, and a text that says the widest of them."""
    found = layout(metric, carried, touched, begins)
    labels = {box.name: box.label for box in found.boxes}
    widest = sorted(found.lines, key=lambda line: -line.width)[:MOST_ARROWS_SAID]
    return {
        "width": found.width,
        "height": found.height,
        "box": list(BOX),
        "boxes": [box._asdict() for box in found.boxes],
        "lines": [{**line._asdict(), "angle": line.angle} for line in found.lines],
        "says": said(
            "What acts on what; the widest arrows: {arrows}",
            arrows="; ".join(
                said("{source} to {target}", source=labels[line.source], target=labels[line.target]) for line in widest
            ),
        ),
    }
