"""The pictures of a report: one question each, few colours, every line and point with its name beside it."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Literal

import altair as alt
import pandas as pd

from sim.analysis.why import DIRECT, WAYS
from sim.view import theme
from sim.view.label_placement import LINE, Box, rows_for, spread
from sim.view.panels import Axis, Panel, names_around
from sim.view.report.carried import WHOLE, table_of
from sim.view.report.content import Content
from sim.view.report.document import compared_styles
from sim.view.report.numbers import Key, rounded
from sim.view.report.runs import COMPARED_ON
from sim.view.report.wording import Wording
from sim.view.sentences import capitalised
from sim.view.why_charts import MOST_STEPS, Step, steps_chart

WIDTH, HEIGHT = 500, 250
"""Size of a panel in pixels; names beside it come on top."""

GUTTER = 14
"""Pixels between the end of a line and its name."""

GREY = "#C4C4C4"

LEVEL_COLOURS = ("#F2C14E", "#D9713C", "#7FB2D9", "#1B5C96")
"""D1 to D4: warm for those who need to be led, cool for those who do not; told apart in grey too."""


NUMBERS_AS: Mapping[str, Literal["en-US", "de-DE", "fr-FR", "es-ES"]] = {
    "en": "en-US",
    "de": "de-DE",
    "fr": "fr-FR",
    "es": "es-ES",
}
"""What the program that draws calls the way in which each language writes numbers."""


def draw(picture: str, content: Content, wording: Wording) -> alt.TopLevelMixin:
    """One of the pictures, by the name that templates use."""
    makers: dict[str, Callable[[Content, Wording], Panel | alt.HConcatChart]] = {
        "trade-off": _trade_off,
        **{f"course-{metric}": partial(_course, metric=metric) for metric in COMPARED_ON},
        "development": _development,
        "leavers": _leavers,
        "sums": _sums,
        **{f"{by}-{metric}": partial(_carried, by=by, metric=metric) for by in WAYS for metric in COMPARED_ON},
    }
    chart = makers[picture](content, wording)
    # In place, for to copy a chart takes as long as to make it.
    chart.padding, chart.config = 6, alt.Config(**theme.config())
    return chart


def svg_of(picture: str, content: Content, wording: Wording) -> str:
    """The picture as SVG."""
    return _svg(draw(picture, content, wording).to_json(validate=False), wording.language.name)


@lru_cache(maxsize=32)
def _svg(chart: str, language: str) -> str:
    """A chart as SVG; page and document show the same ones, and drawing them takes the longest."""
    import vl_convert

    text: str = vl_convert.vegalite_to_svg(chart, format_locale=NUMBERS_AS[language])
    return text


def colours_of(content: Content) -> dict[str, str]:
    """The colour of every style: its own where it stands out, grey otherwise."""
    looks = theme.looks(content.styles)
    return {style: looks[style].colour if style in content.key_styles else GREY for style in content.styles}


def _inks(content: Content) -> dict[str, str]:
    looks = theme.looks(content.styles)
    return {style: looks[style].ink if style in content.key_styles else theme.FAINT for style in content.styles}


def _colour(content: Content) -> alt.Color:
    colours = colours_of(content)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color("style:N", scale=scale, legend=None)


INK = alt.Color("ink:N", scale=None)


def _trade_off(content: Content, wording: Wording) -> Panel:
    """Differences to today, output across and morale upward, with the ranges of the futures."""
    across, upright = COMPARED_ON[1], COMPARED_ON[0]
    rows = []
    for style in content.styles:
        row: dict[str, Any] = {"style": style, "label": wording.label(style), "key": style in content.key_styles}
        for end, metric in (("x", across), ("y", upright)):
            for name in ("median", "low", "high"):
                here = style == content.today
                row[f"{name}_{end}"] = 0.0 if here else content.numbers.of("differences", metric, style, name)
        rows.append(row)
    table = pd.DataFrame(rows)
    height = WIDTH * 0.72
    x_axis, y_axis = (_axis(table, end, size) for end, size in (("x", WIDTH), ("y", height)))
    table["ink"] = table["style"].map(_inks(content))
    table = table.join(_names_around(table, x_axis, y_axis, height))

    def place(axis: type[alt.X] | type[alt.Y], field: str) -> Any:
        of_x = axis is alt.X
        metric = across if of_x else upright
        title = wording.words["pictures"]["change"].format(
            metric=capitalised(wording.metric(metric)), unit=wording.unit(metric, change=True)
        )
        scale = (x_axis if of_x else y_axis).scale
        return axis(f"{field}:Q", scale=scale, title=title, axis=alt.Axis(tickCount=6, grid=False))

    base = alt.Chart(table).encode(_colour(content))
    bars = base.transform_filter(alt.datum.key)
    cross = [
        alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK, strokeDash=[3, 3]).encode(encoding)
        for encoding in (place(alt.X, "zero"), place(alt.Y, "zero"))
    ]
    corner = (
        alt.Chart(pd.DataFrame({"text": [wording.words["pictures"]["better_both"] + " ↗"]}))
        .mark_text(align="right", baseline="top", color=theme.FAINT)
        .encode(x=alt.value(WIDTH - 3), y=alt.value(3), text="text:N")
    )
    return alt.layer(
        *cross,
        bars.mark_rule(strokeWidth=2, opacity=0.45).encode(
            place(alt.X, "low_x"), alt.X2("high_x:Q"), place(alt.Y, "median_y")
        ),
        bars.mark_rule(strokeWidth=2, opacity=0.45).encode(
            place(alt.X, "median_x"), place(alt.Y, "low_y"), alt.Y2("high_y:Q")
        ),
        base.mark_rule(strokeWidth=0.7).encode(
            place(alt.X, "median_x"), place(alt.Y, "median_y"), alt.X2("near_x:Q"), alt.Y2("near_y:Q")
        ),
        base.mark_point(filled=True, opacity=1).encode(
            place(alt.X, "median_x"),
            place(alt.Y, "median_y"),
            size=alt.condition("datum.key", alt.value(95), alt.value(45)),
        ),
        alt.Chart(table)
        .mark_text(align="left", baseline="middle", stroke="white", strokeWidth=4)
        .encode(place(alt.X, "left"), place(alt.Y, "middle"), text="label:N"),
        alt.Chart(table)
        .mark_text(align="left", baseline="middle")
        .encode(INK, place(alt.X, "left"), place(alt.Y, "middle"), text="label:N"),
        corner,
        width=WIDTH,
        height=height,
    )


def _axis(table: pd.DataFrame, end: str, size: float) -> Axis:
    """Room for every point, and for the ranges of the styles that stand out."""
    points = list(table[f"median_{end}"])
    ranges = table[table["key"]]
    values = [*points, *ranges[f"low_{end}"], *ranges[f"high_{end}"], 0.0]
    low, high = min(values), max(values)
    room = 0.1 * (high - low) or 1.0
    return Axis(low - room, high + room, size)


def _names_around(table: pd.DataFrame, across: Axis, upright: Axis, height: float) -> pd.DataFrame:
    """Where each style's name stands, and where a stroke from its point to the name ends."""
    points = [
        (across.pixel(row["median_x"]), height - upright.pixel(row["median_y"])) for row in table.to_dict("records")
    ]
    keep_off = [Box(WIDTH - 110, 0, WIDTH, LINE + 4)]
    for row, (x, y) in zip(table.to_dict("records"), points, strict=True):
        if row["key"]:
            keep_off += [
                Box(across.pixel(row["low_x"]), y - 2, across.pixel(row["high_x"]), y + 2),
                Box(x - 2, height - upright.pixel(row["high_y"]), x + 2, height - upright.pixel(row["low_y"])),
            ]
    return names_around(points, table["label"], across, upright, keep_off)


def _course(content: Content, wording: Wording, metric: str) -> Panel:
    """One metric week by week: the styles that stand out in colour with their band, the others in grey."""
    table = content.courses[content.courses["metric"] == metric]
    upright = Axis.around(table, HEIGHT)
    across = Axis(1, max(content.weeks, 2), WIDTH)
    title = wording.words["pictures"]["level"].format(
        metric=capitalised(wording.metric(metric)), unit=wording.unit(metric)
    )
    x, y = _weeks(across, wording), alt.Y("mean:Q", scale=upright.scale, title=title, axis=alt.Axis(tickCount=6))
    shown = table[["style", "week", "mean", "low", "high"]]
    grey, coloured = (shown[shown["style"].isin(content.key_styles) == key] for key in (False, True))
    lines = [
        alt.Chart(grey).mark_line(strokeWidth=1, color=GREY).encode(x, y, detail="style:N"),
        alt.Chart(coloured).mark_area(opacity=0.2).encode(
            x, alt.Y("low:Q", scale=upright.scale, title=title), alt.Y2("high:Q"), _colour(content)
        ),
        alt.Chart(coloured).mark_line(strokeWidth=2.4).encode(x, y, _colour(content)),
    ]  # fmt: skip
    ends = coloured.groupby("style", sort=False)["mean"].last()
    marks = _event_marks(content, wording, across)
    return alt.layer(*marks, *lines, *_names_beside(ends, upright, content, wording), width=WIDTH, height=HEIGHT)


def _weeks(across: Axis, wording: Wording) -> alt.X:
    ticks = alt.Axis(grid=False, format="d", tickCount=int(min(9, across.high - across.low)))
    return alt.X("week:Q", scale=across.scale, title=wording.words["pictures"]["week"], axis=ticks)


def _names_beside(ends: "pd.Series[float]", upright: Axis, content: Content, wording: Wording) -> list[alt.Chart]:
    """The names of lines at their right ends, spread so that none covers another."""
    places = spread([upright.pixel(end) for end in ends], LINE + 1, 2, upright.size - 2)
    styles = [str(style) for style in ends.index]
    table = pd.DataFrame(
        {
            "style": styles,
            "label": [wording.label(style) for style in styles],
            "end": ends.to_numpy(),
            "at": [upright.value(place) for place in places],
        }
    )
    table["ink"] = table["style"].map(_inks(content))
    base = alt.Chart(table)
    return [
        base.mark_rule(strokeWidth=0.8).encode(
            _colour(content), x=alt.value(WIDTH + 1), x2=alt.value(WIDTH + GUTTER - 3), y="end:Q", y2="at:Q"
        ),
        base.mark_text(align="left", baseline="middle").encode(
            INK, x=alt.value(WIDTH + GUTTER), y="at:Q", text="label:N"
        ),
    ]


def _event_marks(content: Content, wording: Wording, across: Axis) -> list[alt.Chart]:
    """A stroke where something happens, and what it is in words above the panel."""
    events = sorted((event for event in content.scenario.events if event.week <= content.weeks), key=lambda e: e.week)
    if not events:
        return []
    found = {(event.week, wording.event(event, short=True)): event for event in events}
    table = pd.DataFrame(
        [
            {"week": week, "text": text, "until": min(week + (getattr(event, "weeks", None) or 0), content.weeks)}
            for (week, text), event in found.items()
        ]
    )
    base = alt.Chart(table).encode(x=alt.X("week:Q", scale=across.scale))
    rows = rows_for([across.pixel(week) for week in table["week"]], list(table["text"]))
    texts = [
        alt.Chart(table[[row == one for one in rows]])
        .mark_text(align="left", baseline="bottom", color=theme.FAINT, dx=-2)
        .encode(x="week:Q", y=alt.value(-3 - LINE * row), text="text:N")
        for row in sorted(set(rows))
    ]
    return [
        base.mark_rect(color=theme.MARK, opacity=0.12).encode(x2="until:Q"),
        base.mark_rule(color=theme.MARK, strokeDash=[3, 3], strokeWidth=1),
        *texts,
    ]


def _development(content: Content, wording: Wording) -> alt.HConcatChart:
    """People at each level over time: a panel for today's leadership style, and one for the better."""
    names = [wording.level_name(f"d{level}") for level in range(1, 5)]
    table = content.development.assign(
        level=content.development["metric"].map({f"share_d{i}": name for i, name in enumerate(names, 1)}),
        order=content.development["metric"].str[-1].astype(int),
    )
    styles = compared_styles(content)
    width = WIDTH if len(styles) == 1 else WIDTH * 0.55
    across = Axis(1, max(content.weeks, 2), width)
    colour = alt.Color(
        "level:N",
        scale=alt.Scale(domain=names, range=list(LEVEL_COLOURS)),
        legend=alt.Legend(title=None, orient="bottom", columns=2, labelLimit=300, symbolType="square"),
    )
    panels = [
        alt.Chart(table[table["style"] == style])
        .mark_area()
        .encode(
            _weeks(across, wording),
            alt.Y(
                "mean:Q", stack="zero", scale=alt.Scale(domain=[0, 100]),
                title=wording.words["pictures"]["share_of_people"] if place == 0 else None,
            ),
            colour,
            order=alt.Order("order:Q", sort="descending"),
        )
        .properties(width=width, height=HEIGHT, title=capitalised(wording.label(style)))
        for place, style in enumerate(styles)
    ]  # fmt: skip
    both: alt.HConcatChart = alt.hconcat(*panels, spacing=22)
    return both


def _leavers(content: Content, wording: Wording) -> Panel:
    """People who leave in a year: a point with its interval for each style, the fewest on top."""
    rows = [
        {
            "style": style, "label": wording.label(style),
            **{end: content.numbers.of("money", "leavers", style, end) for end in ("mean", "low", "high")},
        }
        for style in content.styles
    ]  # fmt: skip
    table = pd.DataFrame(rows).sort_values("mean")
    axis = alt.Axis(title=None, domain=False, ticks=False, labelColor=theme.INK, labelLimit=300)
    scale = alt.Scale(domain=[0, max(float(table["high"].max()), 0.5) * 1.05], nice=False)
    base = alt.Chart(table).encode(alt.Y("label:N", sort=list(table["label"]), axis=axis), _colour(content))

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            scale=scale,
            title=capitalised(wording.metric("leavers")),
            axis=alt.Axis(tickCount=6, labelFlush=False),
        )

    return alt.layer(
        base.mark_rule(strokeWidth=2.4).encode(x("low"), alt.X2("high:Q")),
        base.mark_point(filled=True, size=70, opacity=1).encode(x("mean")),
        width=WIDTH,
        height=21 * len(table),
    )


def _sums(content: Content, wording: Wording) -> Panel:
    """Profit added up, less today's: when it pays."""
    table = content.sums[content.sums["style"].isin(content.key_styles)]
    upright = Axis.around(pd.concat([table, pd.DataFrame([{"mean": 0.0, "low": 0.0, "high": 0.0}])]), HEIGHT)
    across = Axis(1, max(content.weeks, 2), WIDTH)
    title = wording.words["pictures"]["sum"].format(currency=wording.currency)
    x = _weeks(across, wording)
    base = alt.Chart(table[["style", "week", "mean", "low", "high"]]).encode(x, _colour(content))
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK)
    zero = zero.encode(alt.Y("zero:Q", scale=upright.scale, title=title))
    ends = table.groupby("style", sort=False)["mean"].last()
    banded = content.answer.better or str(table["style"].iloc[0])  # bands of all would hide each other
    return alt.layer(
        zero,
        base.transform_filter(alt.datum.style == banded)
        .mark_area(opacity=0.18)
        .encode(alt.Y("low:Q", scale=upright.scale, title=title), alt.Y2("high:Q")),
        base.mark_line(strokeWidth=2.4).encode(alt.Y("mean:Q", scale=upright.scale, title=title)),
        *_names_beside(ends, upright, content, wording),
        width=WIDTH,
        height=HEIGHT,
    )


def carried_steps(content: Content, wording: Wording, by: str, metric: str) -> tuple[Step, list[Step], Step]:
    """A waterfall: today's value, what each part adds, the smallest together, and the value of the style."""
    told, apart, table = content.carried, content.carried.apart[by, metric], table_of(by)

    def value(part: str, statistic: str = "mean") -> float:
        return content.numbers[Key(table, metric, told.style, statistic, part)]

    def step(part: str) -> Step:
        half = (value(part, "high") - value(part, "low")) / 2
        return Step(capitalised(wording.part(by, part)), value(part), _signed(value(part), apart.step, wording), half)

    inner = [part for part in apart.parts if part != DIRECT]
    steps = [step(part) for part in inner[:MOST_STEPS]]
    others = sum(value(part) for part in inner[MOST_STEPS:])
    if abs(others) >= apart.step / 2:
        steps.append(Step(wording.words["pictures"]["others"], others, _signed(others, apart.step, wording)))
    if DIRECT in apart.parts:
        steps.append(step(DIRECT))
    ends = [
        Step(capitalised(wording.label(style)), value(WHOLE, name), wording.write(value(WHOLE, name), apart.step))
        for style, name in ((content.today, "today"), (told.style, "then"))
    ]
    return ends[0], steps, ends[1]


def _signed(value: float, step: float, wording: Wording) -> str:
    text = wording.write(value, step)
    return f"+{text}" if rounded(value, step) > 0 else text


def _carried(content: Content, wording: Wording, by: str, metric: str) -> Panel:
    """What carries a difference, step by step."""
    axis = wording.words["pictures"]["compared"].format(
        metric=capitalised(wording.metric(metric)), unit=wording.unit(metric, change=True)
    )
    first, steps, last = carried_steps(content, wording, by, metric)
    return steps_chart(first, steps, last, axis, WIDTH)
