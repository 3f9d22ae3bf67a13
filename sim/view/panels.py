"""What all panels of a picture share: axes whose pixels are known, looks of styles, titles and tooltips."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from sim.view import theme
from sim.view.label_placement import Box, around
from sim.view.sentences import long_name, unit_of

type Panel = alt.LayerChart | alt.FacetChart


class Axis(NamedTuple):
    """One axis of a panel: the values at its ends, and its length in pixels, counted from the low end."""

    low: float
    high: float
    size: float

    @classmethod
    def around(cls, table: pd.DataFrame, size: float, margin: float = 0.06) -> "Axis":
        """An axis that holds all means and intervals of a table, with some room."""
        values = table[["mean", "low", "high"]].to_numpy(dtype=float)
        if not np.isfinite(values).any():
            return cls(0.0, 1.0, size)
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        room = margin * (high - low) if high > low else max(abs(high), 1.0) * 0.05
        return cls(low - room, high + room, size)

    def pixel(self, value: float) -> float:
        """Where a value is drawn."""
        return (value - self.low) / (self.high - self.low) * self.size

    def value(self, pixel: float) -> float:
        """Which value is drawn there."""
        return self.low + pixel / self.size * (self.high - self.low)

    @property
    def scale(self) -> alt.Scale:
        """The axis as Vega-Lite needs it: exactly from end to end."""
        return alt.Scale(domain=[self.low, self.high], nice=False, zero=False)


def names_around(
    points: Sequence[tuple[float, float]], names: pd.Series, across: Axis, upright: Axis, keep_off: Sequence[Box]
) -> pd.DataFrame:
    """For each name its left end and middle line, and where a stroke from its point to the name ends; index of `names`.

    Args:
        points: in pixels from the upper left corner.
        names: what stands beside each.
        across: the axis below.
        upright: the axis on the left.
        keep_off: boxes that no name may cover.
    """
    height, places = upright.size, []
    for (x, y), box in zip(points, around(points, list(names), across.size, height, keep_off), strict=True):
        middle = (box.top + box.bottom) / 2
        near_x, near_y = min(max(x, box.left - 2), box.right + 2), min(max(y, middle - 4), middle + 4)
        places.append(
            {
                "left": across.value(box.left), "middle": upright.value(height - middle),
                "near_x": across.value(near_x), "near_y": upright.value(height - near_y),
            }
        )  # fmt: skip
    return pd.DataFrame(places, index=names.index)


def colour(styles: Sequence[str], legend: alt.Legend | None = None) -> alt.Color:
    """Each style in its colour; where names stand beside the marks, no legend is needed."""
    colours = [look.colour for look in theme.looks(styles).values()]
    return alt.Color("style:N", scale=alt.Scale(domain=list(styles), range=colours), legend=legend)


def inks(styles: Sequence[str]) -> list[str]:
    """The colours that the styles' names are written in; a column of them is drawn with `INK`."""
    return [look.ink for look in theme.looks(styles).values()]


INK = alt.Color("ink:N", scale=None)


def dash(styles: Sequence[str]) -> alt.StrokeDash:
    """Each style's line in its dashes."""
    dashes = [list(look.dash) for look in theme.looks(styles).values()]
    return alt.StrokeDash("style:N", scale=alt.Scale(domain=list(styles), range=dashes), legend=None)


def shape(styles: Sequence[str]) -> alt.Shape:
    """Each style's points in their shape."""
    shapes = [look.shape for look in theme.looks(styles).values()]
    return alt.Shape("style:N", scale=alt.Scale(domain=list(styles), range=shapes), legend=None)


def title(text: str, **more: Any) -> alt.TitleParams:
    """A title that begins above the plot itself and not above its labels."""
    return alt.TitleParams(text, frame="group", **more)


def tooltip(metric: str, *more: alt.Tooltip) -> list[alt.Tooltip]:
    """What appears beside the mouse, in pages: style, mean and interval."""
    mean = alt.Tooltip("mean:Q", format=".4~g", title=long_name(metric))
    low, high = (alt.Tooltip(f"{end}:Q", format=".4~g", title=f"95% interval, {end}") for end in ("low", "high"))
    return [alt.Tooltip("style:N"), mean, low, high, *more]


def name_and_unit(metric: str) -> str:
    """The metric's name with its unit."""
    return f"{long_name(metric)} ({unit_of(metric)})" if unit_of(metric) else long_name(metric)
