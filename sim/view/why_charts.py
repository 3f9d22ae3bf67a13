"""The decomposition of a difference in pictures: step by step, over time, and as a causal diagram."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from sim.analysis.why import DIRECT, contributions, totals
from sim.model.metrics import BY_NAME as METRICS
from sim.view import theme
from sim.view.causal import BOX, LESS, MORE, Box, layout
from sim.view.panels import Panel, name_and_unit, title
from sim.view.sentences import counted
from sim.view.why import OTHERS, by_quarters, sentence

if TYPE_CHECKING:
    import xarray as xr

WIDTH, ROW, COURSE = 440, 22, 240
"""Width of a panel, height of a step, and height of a course over time, in pixels."""

MOST_STEPS = 9
"""Parts that have a step, or a colour, of their own; the smallest others are put together."""

NOTHING = 1e-9
"""Share of the largest contribution below which another is rounding."""

LINE_HIGH = 13
"""Height of a line in a box of the causal diagram, in pixels."""

WHOLE = "#555555"
"""What a metric comes to."""

COLOURS = (
    "#1B5C96", "#BB5105", "#059553", "#CE84C2", "#29A7FF", "#DE8B05", "#332288", "#882255", "#117733", "#978889",
)  # fmt: skip
"""Of parts over time."""

LINE = 150
"""Characters of a line under the title."""


class Step(NamedTuple):
    """A bar of a waterfall: what it is, how large, what stands beside it, and half of its interval, if it is known."""

    label: str
    size: float
    text: str
    half: float = math.nan


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
    summaries = [sentence(ds, metric) for metric in ds["metric"].to_numpy().tolist()]
    run = (
        f"{attrs['style_label']} instead of {attrs['baseline_label']}; {counted(attrs['weeks'], 'week')},"
        f" {counted(attrs['replications'], 'replication')}, seed {attrs['seed']}"
    )
    chart: alt.VConcatChart = alt.vconcat(
        *rows,
        spacing=34,
        resolve=alt.Resolve(
            scale=alt.ScaleResolveMap(color="independent", size="independent", strokeWidth="independent")
        ),
        title=alt.TitleParams(
            str(attrs["title"]),
            subtitle=[run, *(line for text in summaries for line in textwrap.wrap(text, LINE))],
            fontSize=theme.LARGE,
            offset=20,
        ),
        description=" ".join([str(attrs["title"]), run, *summaries]),
        padding=16,
        config=alt.Config(**theme.config()),
    )
    return chart


def waterfall(ds: "xr.Dataset", metric: str, width: int = WIDTH) -> Panel:
    """From the baseline's value to the style's, a step for each part, the largest first; whiskers are 95% intervals."""
    total = next(row for row in totals(ds).to_dict("records") if row["metric"] == metric)
    rows = _largest(contributions(ds).query("metric == @metric")).to_dict("records")
    steps = [
        Step(str(row["label"]), row["mean"], f"{row['mean']:+.2g}", (row["high"] - row["low"]) / 2) for row in rows
    ]
    styles = {"baseline": ds.attrs["baseline_label"], "style": ds.attrs["style_label"]}
    ends = [Step(str(style), total[name], f"{total[name]:.3g}") for name, style in styles.items()]
    heading = title(f"{METRICS[metric].long_name}: what carries the difference")
    return steps_chart(ends[0], steps, ends[1], name_and_unit(metric), width).properties(title=heading)


def steps_chart(first: Step, steps: Sequence[Step], last: Step, axis: str, width: int = WIDTH) -> Panel:
    """A waterfall from one value to another; the axis is called as given."""
    at, rows = first.size, [_bar(first, 0.0, first.size, WHOLE)]
    for step in steps:
        rows.append(_bar(step, at, at + step.size, MORE if step.size >= 0 else LESS))
        at += step.size
    rows.append(_bar(last, 0.0, last.size, WHOLE))
    ends = [first.size, last.size, *(value for row in rows[1:-1] for value in (row["from"], row["to"]))]
    room = 0.12 * (max(ends) - min(ends)) or 0.05
    low, high = min(ends) - room, max(ends) + room
    for row in (rows[0], rows[-1]):
        row["from"] = low  # the scale does not begin at nothing; steps are what is to be read
    table = pd.DataFrame(rows)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, clamp=True)
    order = list(table["label"])
    labels = alt.Axis(labelColor=theme.INK, domain=False, ticks=False, labelLimit=300)
    base = alt.Chart(table).encode(alt.Y("label:N", sort=order, title=None, axis=labels))
    tooltip = [alt.Tooltip("label:N", title="Part"), alt.Tooltip("text:N", title=axis)]
    bars = base.mark_bar(height=13).encode(
        alt.X("from:Q", scale=scale, title=axis, axis=alt.Axis(tickCount=5)),
        alt.X2("to:Q"),
        alt.Color("colour:N", scale=None),
        tooltip=tooltip,
    )
    known = base.transform_filter("isValid(datum.low)").mark_rule(color=theme.INK, strokeWidth=1)
    whiskers = known.encode(alt.X("low:Q", scale=scale), alt.X2("high:Q"))
    texts = base.mark_text(align="left", dx=5, color=theme.INK).encode(alt.X("end:Q", scale=scale), alt.Text("text:N"))
    return alt.layer(bars, whiskers, texts, width=width, height=ROW * len(table))


def _bar(step: Step, start: float, end: float, colour: str) -> dict[str, Any]:
    return {
        "label": step.label,
        "from": start,
        "to": end,
        "colour": colour,
        "low": end - step.half,
        "high": end + step.half,
        "end": max(start, end) + (0.0 if math.isnan(step.half) else step.half),
        "text": step.text,
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
    table = by_quarters(ds, metric, MOST_STEPS)
    labels = [str(label) for label in table["label"].drop_duplicates()]
    colours = [theme.GRID if label == OTHERS else COLOURS[k % len(COLOURS)] for k, label in enumerate(labels)]
    whole = totals(ds, over_time=True).query("metric == @metric")
    for each in (table, whole):
        each["middle"] = (each["first_week"] + each["last_week"]) / 2
    last = int(table["last_week"].max())
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
    return alt.layer(bars, line, width=width, height=COURSE, title=title(heading))


def diagram(ds: "xr.Dataset", metric: str) -> Panel:
    """What acts on what, on the way from leading to a metric; the wider, the more goes through it.

    Boxes and arrows are read off the rules. Mechanisms that carry next to nothing are left out.
    """
    rows = contributions(ds).query("metric == @metric").set_index("part")
    return causal_diagram(metric, rows["mean"].to_dict())


def causal_diagram(metric: str, carried: Mapping[Any, float] | None = None) -> Panel:
    """The causal diagram of a metric; arguments as of `sim.view.causal.layout`."""
    found = layout(metric, carried)
    across = alt.Scale(domain=[0, found.width], nice=False)
    upright = alt.Scale(domain=[found.height, 0], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=across, axis=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=upright, axis=None)

    layers: list[alt.Chart] = []
    if found.lines:
        table = pd.DataFrame([{**line._asdict(), "angle": line.angle} for line in found.lines])
        stroke = alt.StrokeWidth("width:Q", scale=None)
        rule = alt.Chart(table).mark_rule(color="#9AA5AB", opacity=0.75)
        layers.append(rule.encode(x("x"), y("y"), alt.X2("x2"), alt.Y2("y2"), stroke))
        head = alt.Chart(table).mark_point(shape="triangle-up", filled=True, color="#7A868C", size=46)
        layers.append(head.encode(x("x2"), y("y2"), angle=alt.Angle("angle:Q", scale=alt.Scale(domain=[0, 360]))))
    base = alt.Chart(pd.DataFrame([_placed(box) for box in found.boxes]))
    box = base.mark_rect(cornerRadius=5, fill="white", strokeWidth=1.6)
    layers.append(
        box.encode(
            alt.X("left:Q", scale=across, axis=None), alt.X2("right"), alt.Y("top:Q", scale=upright, axis=None),
            alt.Y2("bottom"), alt.Stroke("colour:N", scale=None), tooltip=["label:N", "text:N"],
        )
    )  # fmt: skip
    colour = alt.Color("colour:N", scale=None)
    layers.append(
        base.mark_text(lineBreak="\n", lineHeight=LINE_HIGH, baseline="top", color=theme.INK).encode(
            x("x"), y("above"), text="lines:N"
        )
    )
    sizes = base.mark_text(fontWeight="bold", baseline="bottom")
    layers.append(sizes.encode(x("x"), y("below"), colour, text="text:N"))
    heading = title(f"{METRICS[metric].long_name}: what acts on what, read off the rules")
    return alt.layer(*layers, width=found.width, height=found.height, title=heading)


def _placed(box: Box) -> dict[str, Any]:
    colour = theme.MARK if box.more is None else MORE if box.more else LESS
    half_wide, half_high = BOX[0] / 2, BOX[1] / 2
    return {
        **box._asdict(), "lines": "\n".join(box.lines), "label": box.label, "colour": colour,
        "left": box.x - half_wide, "right": box.x + half_wide, "top": box.y - half_high, "bottom": box.y + half_high,
        "above": box.y - LINE_HIGH * (len(box.lines) + bool(box.text)) / 2 - 2, "below": box.y + half_high - 4,
    }  # fmt: skip
