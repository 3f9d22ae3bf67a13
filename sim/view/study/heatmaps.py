"""Maps of a design: heat maps of means, ranks of styles, and the box in which a style wins."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from sim.analysis.study.blocks import metric_of
from sim.analysis.study.discovery import victories
from sim.study.results import ExperimentResults
from sim.view import theme
from sim.view.panels import Panel
from sim.view.study.figure_labels import (
    MOST_ROWS,
    column_name,
    finished,
    first_rows,
    in_two_lines,
    short,
    situations,
    styles_in,
    value_in_words,
)

CELL = 46
WIN, LOSS = "#1B5C96", "#D9A273"


def heat_map(results: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str) -> alt.TopLevelMixin:
    """Means over the design, a field a style: the first two things varied, or the one thing and the styles.

    Where more is varied, it is averaged over. A point in a field: the style has the best mean there.
    """
    across, *further = results.varied
    upright = further[0] if further else "style"
    keys = list(dict.fromkeys([across, upright, "style"]))
    means = rows.groupby(keys, sort=False, as_index=False)[["mean"]].mean()
    wished = metric_of(metric).sign * means["mean"]
    best = wished.groupby([means[key] for key in keys if key != "style"]).transform("max")
    means["mark"] = np.where(wished >= best, "●", "")
    orders = {key: [value_in_words(value) for value in dict.fromkeys(means[key])] for key in keys}
    shown = means.assign(**{key: means[key].map(value_in_words) for key in keys}).rename(
        columns={across: "x", upright: "y"}
    )
    fields: Any
    if upright == "style":
        fields = _field(shown, orders[across], orders["style"], across, "style", metric, means)
    else:
        fields = alt.concat(
            *(
                _field(shown[shown["style"] == style], orders[across], orders[upright][::-1], across, upright,
                       metric, means).properties(title=str(style))
                for style in styles_in(rows)
            ),
            columns=3,
        )  # fmt: skip
    rest = f"; averaged over {', '.join(map(short, further[1:]))}" if further[1:] else ""
    if rest and len(set(rows.groupby(keys).size())) > 1:
        rest += ", of which constraints leave other values in each place"
    return finished(
        fields, f"{column_name(metric)} over the design", f"Means in {scenario}{rest}; ●: best style there."
    )


def rank_map(results: ExperimentResults, rows: pd.DataFrame, metric: str) -> alt.TopLevelMixin:
    """How likely each style is the best in each situation, with its rank."""
    rows = rows.assign(situation=situations(results, rows))
    order = list(dict.fromkeys(rows["situation"]))
    kept = order[:MOST_ROWS]
    rows = rows[rows["situation"].isin(kept)]
    shown = rows.assign(
        rank=[rank_with_range(*triple) for triple in rows[["rank", "rank_low", "rank_high"]].to_numpy()],
        ink=np.where(rows["best"] > 0.6, "white", theme.INK),
    )[["situation", "style", "best", "rank", "ink"]]
    best, said_of_ranks = ["probability", "of being best"], "Rank of the mean, and in brackets its 95% interval."
    if not results.study.lists_points:
        best = ["share of points", "where it is best"]
        said_of_ranks = "Mean of the ranks at all points of the design, and in brackets its 95% interval."
    base = alt.Chart(shown).encode(
        alt.X("style:N", sort=styles_in(rows), title=None, axis=alt.Axis(labelAngle=-35, orient="top")),
        alt.Y("situation:N", sort=kept, title=None, axis=alt.Axis(labelColor=theme.INK)),
    )
    plot = _written_over(
        base.mark_rect(stroke="white").encode(
            alt.Color("best:Q", scale=alt.Scale(domain=[0, 1], range=["#F4F7FA", WIN]),
                      legend=alt.Legend(title=best, format="%"))
        ),
        base.mark_text().encode(text="rank:N"),
    ).properties(width=58 * shown["style"].nunique(), height=24 * len(kept))  # fmt: skip
    return finished(
        plot, f"{column_name(metric)}: ranks of the styles", said_of_ranks,
        *first_rows(len(order), MOST_ROWS, "situations"),
    )  # fmt: skip


def prim_box(
    results: ExperimentResults, rows: pd.DataFrame, metric: str, scenario: str, style: str
) -> alt.TopLevelMixin | None:
    """The points of the design on its two most telling ranges: where the style wins, and the box that was found."""
    return box_figure(results.points, victories(results, scenario, metric, style), rows, metric, scenario, style)


def box_figure(
    places: pd.DataFrame, won: Any, rows: pd.DataFrame, metric: str, scenario: str, style: str, *more: str
) -> alt.TopLevelMixin | None:
    """Some places on the two most telling ranges, where a style wins, and a box; None where fewer than two count."""
    ranged = rows[rows["low"].notna()].sort_values("quasi_p", kind="stable")
    numbers = list(places.select_dtypes("number").columns)
    names = [*ranged["varied"], *(name for name in numbers if name not in set(ranged["varied"]))][:2]
    if len(names) < 2 or ranged.empty:
        return None
    points = pd.DataFrame({"x": places[names[0]], "y": places[names[1]],
                           "won": np.where(won, f"{style} is best", "another is")})  # fmt: skip
    scale = alt.Scale(domain=[f"{style} is best", "another is"], range=[WIN, LOSS])
    x, y = (alt.Scale(zero=False, nice=False, padding=8) for _ in names)
    box = pd.DataFrame([{**_limits(ranged, points, names[0], "x"), **_limits(ranged, points, names[1], "y")}])
    plot = alt.layer(
        alt.Chart(points).mark_point(filled=True, size=26, opacity=0.75).encode(
            alt.X("x:Q", title=short(names[0]), scale=x), alt.Y("y:Q", title=short(names[1]), scale=y),
            alt.Color("won:N", scale=scale, legend=alt.Legend(title=None, orient="right")),
            alt.Shape("won:N", scale=alt.Scale(domain=scale["domain"], range=["circle", "triangle-down"])),
        ),
        alt.Chart(box).mark_rect(fill=None, fillOpacity=0, stroke=theme.INK, strokeWidth=2).encode(
            alt.X("x:Q", title=""), alt.X2("x2:Q"), alt.Y("y:Q", title=""), alt.Y2("y2:Q")
        ),
        width=420, height=360,
    )  # fmt: skip
    first = rows.iloc[0]
    return finished(
        plot, f"{column_name(metric)}: where {style} is best, in {scenario}",
        f"Box: {'; '.join(_in_words(row) for row in rows.to_dict('records'))}.",
        f"It holds {first['coverage']:.0%} of the points where {style} is best; of the points in it {style} is best"
        f" in {first['density']:.0%}, of all points in {first['wins']:.0%}.",
        *more,
    )  # fmt: skip


def _field(shown: pd.DataFrame, x: list[str], y: list[str], across: str, upright: str, metric: str,
           means: pd.DataFrame) -> Panel:  # fmt: skip
    low, high = float(means["mean"].min()), float(means["mean"].max())
    digits = max(0, 2 - int(np.floor(np.log10(max(high - low, 1e-9)))) - 1)
    cells = shown.assign(
        text=[
            f"{mean:.{digits}f}{mark and ' ' + mark}" for mean, mark in zip(shown["mean"], shown["mark"], strict=True)
        ],
        ink=np.where(shown["mean"] > low + 0.6 * (high - low), "white", theme.INK),
    )
    base = alt.Chart(cells[["x", "y", "mean", "text", "ink"]]).encode(
        alt.X("x:N", sort=x, title=short(across), axis=alt.Axis(labelAngle=0)),
        alt.Y("y:N", sort=y, title=None if upright == "style" else short(upright)),
    )
    heat = alt.Color(
        "mean:Q", scale=alt.Scale(domain=[low, high], range=["#EEF4F9", WIN]),
        legend=alt.Legend(title=in_two_lines(metric)),
    )  # fmt: skip
    return _written_over(
        base.mark_rect(stroke="white").encode(heat), base.mark_text(fontSize=10).encode(text="text:N")
    ).properties(width=max(CELL * len(x), 120), height=26 * len(y))


def _written_over(heat: alt.Chart, text: alt.Chart) -> Panel:
    """Text on coloured cells, dark on light ones and light on dark ones, as their `ink` says."""
    inks = {ink: text.transform_filter(alt.datum.ink == ink) for ink in ("white", theme.INK)}
    written = [part.encode(color=alt.value(ink)) for ink, part in inks.items()]
    return alt.layer(heat, *written)


def rank_with_range(rank: float, low: float, high: float) -> str:
    """A rank as text, with the ranks that it may be: "1 (1–2)", or, of a mean of ranks, "1.6 (1.4–1.9)"."""
    digits = 0 if float(rank).is_integer() else 1
    if np.isnan(low) or low == high:
        return f"{rank:.{digits}f}"
    return f"{rank:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def _limits(ranged: pd.DataFrame, points: pd.DataFrame, name: str, axis: str) -> dict[str, float]:
    own = ranged[ranged["varied"] == name]
    if own.empty:
        return {axis: float(points[axis].min()), f"{axis}2": float(points[axis].max())}
    return {axis: float(own["low"].iloc[0]), f"{axis}2": float(own["high"].iloc[0])}


def _in_words(row: dict[Any, Any]) -> str:
    name = short(str(row["varied"]))
    if row["values"]:
        return f"{name} is {row['values']}"
    if row["low"] <= row["lowest"]:
        return f"{name} up to {row['high']:.3g}"
    if row["high"] >= row["highest"]:
        return f"{name} from {row['low']:.3g}"
    return f"{name} {row['low']:.3g} to {row['high']:.3g}"
