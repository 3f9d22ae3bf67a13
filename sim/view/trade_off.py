"""Charts of one metric against another: what a style costs in one and gains in the other."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from sim.view import theme
from sim.view.label_placement import LINE, Box
from sim.view.panels import INK, Axis, Panel, colour, inks, name_and_unit, names_around, shape, title
from sim.view.sentences import long_name

WIDTH, HEIGHT = 410, 448
"""Size in pixels: as high as two courses below each other."""

BAR = 2
"""Pixels to either side of an error bar that a name keeps off."""


def trade_off_panel(means: pd.DataFrame, upright: str, across: str, baseline: str, front: Sequence[str] = ()) -> Panel:
    """A point per style with 95% intervals both ways, and its name; the baseline has a ring.

    Args:
        means: as of `summarise`.
        upright: the metric of the vertical axis.
        across: the metric of the horizontal axis.
        baseline: the style compared with.
        front: styles that none is better than in both, to be joined by a line.
    """
    one, two = (means[means["metric"] == metric].set_index("style") for metric in (across, upright))
    horizontal, vertical = Axis.around(one, WIDTH, 0.16), Axis.around(two, HEIGHT, 0.12)
    columns = ["mean", "low", "high"]
    table = one[columns].add_suffix("_x").join(two[columns].add_suffix("_y"))
    table = table.assign(ink=inks(list(table.index))).dropna(subset=["mean_x", "mean_y"]).reset_index()
    table = table.join(_places_of_names(table, horizontal, vertical))
    styles = list(one.index)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=horizontal.scale, title=name_and_unit(across), axis=alt.Axis(tickCount=6))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=vertical.scale, title=name_and_unit(upright), axis=alt.Axis(tickCount=6))

    plain = alt.Chart(table)
    base = plain.encode(colour(styles))
    bar = base.mark_rule(strokeWidth=1.5, opacity=0.6)
    ring = plain.transform_filter(alt.datum.style == baseline).mark_point(size=200, color=theme.INK, strokeWidth=1.2)
    tooltip = [
        alt.Tooltip("style:N"),
        alt.Tooltip("mean_x:Q", format=".4~g", title=long_name(across)),
        alt.Tooltip("mean_y:Q", format=".4~g", title=long_name(upright)),
    ]
    line = alt.Chart(table[table["style"].isin(front)]).mark_line(color=theme.MARK, strokeDash=[5, 4], strokeWidth=1.2)
    corner = alt.Chart(pd.DataFrame({"text": ["more of both ↗"]})).mark_text(
        align="right", baseline="top", color=theme.FAINT
    )
    return alt.layer(
        *([line.encode(x("mean_x"), y("mean_y"), order="mean_x:Q")] if front else []),
        bar.encode(x("low_x"), alt.X2("high_x:Q"), y("mean_y")),
        bar.encode(x("mean_x"), y("low_y"), alt.Y2("high_y:Q")),
        base.mark_rule(strokeWidth=0.8).encode(x("mean_x"), y("mean_y"), alt.X2("near_x:Q"), alt.Y2("near_y:Q")),
        ring.encode(x("mean_x"), y("mean_y")),
        base.mark_point(filled=True, size=70, opacity=1).encode(
            x("mean_x"), y("mean_y"), shape(styles), tooltip=tooltip
        ),
        plain.mark_text(align="left", baseline="middle").encode(INK, x("left"), y("middle"), text="style:N"),
        corner.encode(x=alt.value(WIDTH - 2), y=alt.value(2), text="text:N"),
        width=WIDTH,
        height=HEIGHT,
        title=title(
            f"{long_name(upright)} against {long_name(across).lower()}",
            subtitle=f"means of the whole run; ring: {baseline}",
        ),
    )


def _places_of_names(table: pd.DataFrame, horizontal: Axis, vertical: Axis) -> pd.DataFrame:
    """For each style the left end and middle line of its name, and where a stroke from its point to the name ends."""
    points, keep_off = [], [Box(WIDTH - 100, 0, WIDTH, LINE)]
    for row in table.to_dict("records"):
        x, y = horizontal.pixel(row["mean_x"]), HEIGHT - vertical.pixel(row["mean_y"])
        points.append((x, y))
        if pd.notna(row["low_x"]) and pd.notna(row["low_y"]):
            left, right = horizontal.pixel(row["low_x"]), horizontal.pixel(row["high_x"])
            top, bottom = HEIGHT - vertical.pixel(row["high_y"]), HEIGHT - vertical.pixel(row["low_y"])
            keep_off += [Box(left, y - BAR, right, y + BAR), Box(x - BAR, top, x + BAR, bottom)]
    return names_around(points, table["style"], horizontal, vertical, keep_off)
