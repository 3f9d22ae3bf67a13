"""Where a difference comes from, in pictures: step by step, over time, and as a causal diagram."""

import math
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.why import DIRECT, contributions, totals
from sim.model.diagram import LEADING, METRIC, arrows
from sim.model.mechanisms import BY_NAME as MECHANISMS
from sim.model.metrics import BY_NAME as METRICS
from sim.view import theme
from sim.view.parts import Panel, name_and_unit, title
from sim.view.sentences import counted
from sim.view.why import WORTH_NAMING, sentence

if TYPE_CHECKING:
    import xarray as xr

WIDTH, ROW, COURSE = 440, 22, 240
"""Width of a panel, height of a step, and height of a course over time, in pixels."""

MOST_STEPS = 9
"""Parts that have a step, or a colour, of their own; the smallest others are put together."""

NOTHING = 1e-9
"""Share of the largest contribution below which another is rounding."""

OTHERS = "All others"

MORE, LESS, WHOLE = "#1B5C96", "#BB5105", "#555555"
"""What adds to a metric, what takes away from it, and what it comes to."""

COLOURS = (
    "#1B5C96", "#BB5105", "#059553", "#CE84C2", "#29A7FF", "#DE8B05", "#332288", "#882255", "#117733", "#978889",
)  # fmt: skip
"""Of parts over time."""

LAYERS: Mapping[str, int] = {
    LEADING: 0, "attention": 1, "guidance": 1, "decisions": 1, "climate": 1, "practices": 1, "motivation": 2, "work": 2,
    "trust": 2, "threat": 2, "strain": 3, "mood": 3, "learning": 3, "ideas": 3, "people": 4, "market": 4, METRIC: 5,
}  # fmt: skip
"""How far to the right something stands in the causal diagram; what is not named stands in the middle."""

LINE = 150
"""Characters of a line under the title."""

COLUMN, BOX = 196, (160, 34)
"""Distance of two columns of the causal diagram, and size of a box in it, in pixels."""


def why_chart(ds: "xr.Dataset", *, over_time: bool = False) -> alt.VConcatChart:
    """All pictures of what was asked: for each metric a waterfall, the diagram of mechanisms, and its course over time.

    Args:
        ds: as of `sim.explain`.
        over_time: whether to draw contributions by quarters.
    """
    rows: list[Panel | alt.HConcatChart] = []
    for metric in ds["metric"].to_numpy().tolist():
        panels = [waterfall(ds, metric)]
        if over_time:
            panels.append(course(ds, metric))
        rows.append(alt.hconcat(*panels, spacing=60))
        if ds.attrs["by"] == "mechanisms":
            rows.append(diagram(ds, metric))
    attrs = ds.attrs
    said = [sentence(ds, metric) for metric in ds["metric"].to_numpy().tolist()]
    run = (
        f"{attrs['style']} instead of {attrs['baseline_style']}; {counted(attrs['weeks'], 'week')},"
        f" {counted(attrs['replications'], 'replication')}, seed {attrs['seed']}"
    )
    chart: alt.VConcatChart = (
        alt.vconcat(*rows, spacing=34)
        .resolve_scale(color="independent", size="independent", strokeWidth="independent")
        .properties(
            title=alt.TitleParams(
                str(attrs["title"]),
                subtitle=[run, *(line for text in said for line in textwrap.wrap(text, LINE))],
                fontSize=theme.LARGE,
                offset=20,
            ),
            description=" ".join([str(attrs["title"]), run, *said]),
            padding=16,
        )
        .configure(**theme.config())
    )
    return chart


def waterfall(ds: "xr.Dataset", metric: str, width: int = WIDTH) -> Panel:
    """From the baseline's value to the style's, a step for each part, the largest first; whiskers are 95% intervals."""
    total = next(row for row in totals(ds).to_dict("records") if row["metric"] == metric)
    steps = _largest(contributions(ds).query("metric == @metric"))
    at, rows = float(total["baseline"]), [_bar(str(ds.attrs["baseline_style"]), 0.0, float(total["baseline"]), WHOLE)]
    for label, step, half in zip(steps["label"], steps["mean"], (steps["high"] - steps["low"]) / 2, strict=True):
        rows.append(_bar(str(label), at, at + step, MORE if step >= 0 else LESS, half))
        at += step
    rows.append(_bar(str(ds.attrs["style"]), 0.0, float(total["style"]), WHOLE))
    ends = [value for row in rows[1:-1] for value in (row["from"], row["to"])] or [0.0, at]
    ends += [float(total["baseline"]), float(total["style"])]
    room = 0.12 * (max(ends) - min(ends)) or 0.05
    low, high = min(ends) - room, max(ends) + room
    for row in (rows[0], rows[-1]):
        row["from"] = low  # the scale does not begin at nothing; steps are what is to be read
    table = pd.DataFrame(rows)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, clamp=True)
    order = list(table["label"])
    base = alt.Chart(table).encode(
        alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelColor=theme.INK, domain=False, ticks=False))
    )
    tooltip = [alt.Tooltip("label:N", title="Part"), alt.Tooltip("text:N", title=name_and_unit(metric))]
    bars = base.mark_bar(height=13).encode(
        alt.X("from:Q", scale=scale, title=name_and_unit(metric), axis=alt.Axis(tickCount=5)),
        alt.X2("to:Q"),
        alt.Color("colour:N", scale=None),
        tooltip=tooltip,
    )
    known = base.transform_filter("isValid(datum.low)").mark_rule(color=theme.INK, strokeWidth=1)
    whiskers = known.encode(alt.X("low:Q", scale=scale), alt.X2("high:Q"))
    texts = base.mark_text(align="left", dx=5, color=theme.INK).encode(alt.X("end:Q", scale=scale), alt.Text("text:N"))
    return alt.layer(bars, whiskers, texts).properties(
        width=width, height=ROW * len(table), title=title(f"{METRICS[metric].long_name}: what carries the difference")
    )


def _bar(label: str, start: float, end: float, colour: str, half: float = math.nan) -> dict[str, Any]:
    value = end if colour == WHOLE else end - start
    return {
        "label": label,
        "from": start,
        "to": end,
        "colour": colour,
        "low": end - half,
        "high": end + half,
        "end": max(start, end) + (0.0 if math.isnan(half) else half),
        "text": f"{value:.3g}" if colour == WHOLE else f"{value:+.2g}",
    }


def _largest(rows: pd.DataFrame) -> pd.DataFrame:
    """The largest parts, then the others in one, then what is direct."""
    parts = rows[rows["part"] != DIRECT]
    ranked = parts.reindex(parts["mean"].abs().sort_values(ascending=False, kind="stable").index)
    shown, rest = ranked.iloc[:MOST_STEPS], ranked.iloc[MOST_STEPS:]
    shown = shown[shown["mean"].abs() > NOTHING * ranked["mean"].abs().max()]
    columns = ["part", "label", "mean", "low", "high"]
    pieces = [shown[columns]]
    if rest["mean"].abs().sum() > NOTHING * ranked["mean"].abs().max():
        pieces.append(
            pd.DataFrame(
                [{"part": OTHERS, "label": OTHERS, "mean": rest["mean"].sum(), "low": math.nan, "high": math.nan}]
            )
        )
    direct = rows[(rows["part"] == DIRECT) & (rows["mean"] != 0)]
    found: pd.DataFrame = pd.concat([*pieces, direct[columns]], ignore_index=True)
    return found


def course(ds: "xr.Dataset", metric: str, width: int = WIDTH) -> Panel:
    """Contributions quarter by quarter, stacked up and down from nothing; the line is their sum, the difference."""
    rows = contributions(ds, over_time=True).query("metric == @metric")
    sizes = rows.groupby("part", sort=False)["mean"].agg(lambda values: values.abs().max())
    large = list(sizes.sort_values(ascending=False, kind="stable").index[:MOST_STEPS])
    large = [part for part in large if sizes[part] >= WORTH_NAMING * sizes.max()]
    shown = rows[["part", "label", "first_week", "last_week", "mean"]].copy()
    shown.loc[~shown["part"].isin(large), "label"] = OTHERS
    table = shown.groupby(["label", "first_week", "last_week"], sort=False, as_index=False)["mean"].sum()
    labels = [str(label) for label in table["label"].drop_duplicates()]
    colours = [theme.GRID if label == OTHERS else COLOURS[k % len(COLOURS)] for k, label in enumerate(labels)]
    whole = totals(ds, over_time=True).query("metric == @metric")
    for each in (table, whole):
        each["middle"] = (each["first_week"] + each["last_week"]) / 2
    last = int(rows["last_week"].max())
    weeks = alt.Scale(domain=[0, last + 1], nice=False)
    x = alt.X("middle:Q", scale=weeks, title="week", axis=alt.Axis(grid=False, format="d"))
    stacked = alt.Chart(table).mark_bar(size=max(width / (len(whole) + 1) - 6, 2))
    bars = stacked.encode(
        x,
        alt.Y("mean:Q", stack="zero", title=f"contribution ({METRICS[metric].unit})"),
        alt.Color(
            "label:N", scale=alt.Scale(domain=labels, range=colours), legend=alt.Legend(title=None, labelLimit=220)
        ),
        tooltip=["label:N", alt.Tooltip("mean:Q", format="+.3g"), "first_week:Q", "last_week:Q"],
    )
    line = alt.Chart(whole).mark_line(color=theme.INK, point=alt.OverlayMarkDef(color=theme.INK)).encode(x, y="mean:Q")
    heading = f"{METRICS[metric].long_name}: contributions by quarters (line: the difference)"
    return alt.layer(bars, line).properties(width=width, height=COURSE, title=title(heading))


def diagram(ds: "xr.Dataset", metric: str) -> Panel:
    """What acts on what, on the way from leading to a metric; the wider, the more goes through it.

    Boxes and arrows are read off the rules. Mechanisms that carry next to nothing are left out.
    """
    rows = contributions(ds).query("metric == @metric").set_index("part")
    return causal_diagram(metric, rows["mean"].to_dict())


def causal_diagram(metric: str, carried: Mapping[Any, float] | None = None) -> Panel:
    """The causal diagram of a metric.

    Args:
        metric: its name.
        carried: what goes through each mechanism, and DIRECT; by default all are drawn alike.
    """
    sizes = {name: abs(float((carried or {}).get(name, 0.0 if carried else 1.0))) for name in (*MECHANISMS, DIRECT)}
    largest = max(sizes.values()) or 1.0
    shown = {name for name in MECHANISMS if sizes[name] >= WORTH_NAMING * largest} | {LEADING, METRIC}
    boxes = _boxes(metric, shown, {} if carried is None else carried)
    places = boxes.set_index("name")
    lines = []
    for source, target in arrows(metric):
        if source not in shown or target not in shown:
            continue
        ends = [sizes[name] for name in (source, target) if name in sizes] or [sizes[DIRECT]]
        width = min(ends) / largest
        if width < WORTH_NAMING:
            continue
        lines.append(_arrow(places, source, target, 0.7 + 5.0 * width))
    height = int(places["y"].max()) + BOX[1]
    wide = int(places["x"].max()) + BOX[0] // 2 + 10
    across, upright = alt.Scale(domain=[0, wide], nice=False), alt.Scale(domain=[height, 0], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=across, axis=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=upright, axis=None)

    layers: list[alt.Chart] = []
    if lines:
        table = pd.DataFrame(lines)
        stroke = alt.StrokeWidth("width:Q", scale=None)
        rule = alt.Chart(table).mark_rule(color="#9AA5AB", opacity=0.75)
        layers.append(rule.encode(x("x"), y("y"), alt.X2("x2"), alt.Y2("y2"), stroke))
        head = alt.Chart(table).mark_point(shape="triangle-up", filled=True, color="#7A868C", size=46)
        layers.append(head.encode(x("x2"), y("y2"), angle=alt.Angle("angle:Q", scale=alt.Scale(domain=[0, 360]))))
    base = alt.Chart(boxes)
    box = base.mark_rect(cornerRadius=5, fill="white", strokeWidth=1.6)
    layers.append(
        box.encode(
            alt.X("left:Q", scale=across, axis=None), alt.X2("right"), alt.Y("top:Q", scale=upright, axis=None),
            alt.Y2("bottom"), alt.Stroke("colour:N", scale=None), tooltip=["label:N", "text:N"],
        )
    )  # fmt: skip
    layers.append(base.mark_text(dy=-6, color=theme.INK, limit=BOX[0] - 8).encode(x("x"), y("y"), text="label:N"))
    layers.append(
        base.mark_text(dy=9, fontWeight="bold").encode(
            x("x"), y("y"), text="text:N", color=alt.Color("colour:N", scale=None)
        )
    )
    heading = title(f"{METRICS[metric].long_name}: what acts on what, read off the rules")
    return alt.layer(*layers).properties(width=wide, height=height, title=heading)


def _boxes(metric: str, shown: set[str], carried: Mapping[Any, float]) -> pd.DataFrame:
    """Place and text of every box, column by column."""
    columns: dict[int, list[str]] = {}
    for name in (LEADING, *MECHANISMS, METRIC):
        if name in shown:
            columns.setdefault(LAYERS.get(name, 2), []).append(name)
    most = max(map(len, columns.values()))
    rows = []
    for place, column in enumerate(sorted(columns)):
        names = columns[column]
        for k, name in enumerate(names):
            x = BOX[0] / 2 + 4 + place * COLUMN
            # Neighbouring columns are set off against each other, so that arrows do not run behind boxes.
            y = (most * (k + 0.5) / len(names)) * (BOX[1] + 22) + (9 if place % 2 else 0)
            value = carried.get(DIRECT if name == LEADING else name)
            total = sum(carried.values()) if name == METRIC and carried else None
            value = total if total is not None else value
            text = "" if value is None else f"{'directly ' if name == LEADING else ''}{value:+.2g}"
            label = {LEADING: "How leaders behave", METRIC: METRICS[metric].long_name}.get(name)
            colour = theme.MARK if value is None else MORE if value >= 0 else LESS
            rows.append(
                {
                    "name": name, "label": label or MECHANISMS[name].label, "x": x, "y": y, "text": text,
                    "colour": colour, "left": x - BOX[0] / 2, "right": x + BOX[0] / 2, "top": y - BOX[1] / 2,
                    "bottom": y + BOX[1] / 2,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _arrow(places: pd.DataFrame, source: str, target: str, width: float) -> dict[str, float]:
    """From the border of one box to that of another."""
    one, two = (places.loc[[name], ["x", "y"]].iloc[0].to_numpy(float) for name in (source, target))
    (x, y), (x2, y2) = _border(one, two), _border(two, one)
    angle = (90.0 + math.degrees(math.atan2(y2 - y, x2 - x))) % 360.0
    return {"x": x, "y": y, "x2": x2, "y2": y2, "width": width, "angle": angle}


def _border(box: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float]:
    """Where a line from the middle of a box, (x, y), to that of another leaves it."""
    dx, dy = (other - box).tolist()
    share = 0.5 / max(abs(dx) / (BOX[0] + 8), abs(dy) / (BOX[1] + 8), 1e-9)
    return float(box[0]) + dx * share, float(box[1]) + dy * share
