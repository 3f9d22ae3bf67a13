"""Bars of what matters: Sobol indices, Morris's screening, a tornado of things varied one at a time, regret."""

import altair as alt
import pandas as pd

from sim.experiment.opening import ExperimentResults
from sim.view import theme
from sim.view.parts import colour
from sim.view.study.parts import (
    column_and_unit,
    column_name,
    each,
    file_name,
    finished,
    said,
    short,
    situations,
    styles_in,
)

WIDTH, ROW = 420, 22

MOST_BARS = 25
"""Things varied that are drawn, the most important ones."""

STRONG, PALE, LOW, HIGH = "#1B5C96", "#A9C6E0", "#BB5105", "#1B5C96"

type Charts = dict[str, alt.TopLevelMixin]


def sobol_bars(_: ExperimentResults, table: pd.DataFrame) -> Charts:
    """First-order and total index of each thing varied, with intervals; a picture for each metric and style."""
    charts = {}
    if table.empty:
        return {}
    for (scenario, metric, style), rows in each(table, ["scenario", "metric", "style"]):
        top = rows.nlargest(MOST_BARS, "total").assign(varied=lambda t: t["varied"].map(short))
        order = list(top["varied"])
        long = pd.concat(
            top[["varied"]].assign(kind=words, value=top[name], low=top[f"{name}_low"], high=top[f"{name}_high"])
            for name, words in (("first", "alone"), ("total", "with others"))
        )
        kinds = alt.Scale(domain=["alone", "with others"], range=[STRONG, PALE])
        base = alt.Chart(long).encode(
            alt.Y("varied:N", sort=order, axis=_names()), yOffset=alt.YOffset("kind:N", sort=["alone", "with others"])
        )
        plot = alt.layer(
            base.mark_bar().encode(
                alt.X("value:Q", title="share of the variance", axis=alt.Axis(tickCount=6)),
                alt.Color("kind:N", scale=kinds, legend=alt.Legend(title=None, orient="bottom-right")),
            ),
            base.mark_rule(color=theme.INK).encode(alt.X("low:Q", title=""), alt.X2("high:Q")),
        ).properties(width=WIDTH, height=ROW * 1.3 * len(order))
        charts[file_name("sobol", metric, scenario, style)] = finished(
            plot, f"{column_name(str(metric))}: what its variance goes back to",
            f"Sobol indices, {style} in {scenario}, {int(rows['points'].iloc[0]):,} points; bars: 95% intervals.",
            *_left_out(rows),
        )  # fmt: skip
    return charts


def morris_bars(_: ExperimentResults, table: pd.DataFrame) -> Charts:
    """Mean size of the effect of each thing varied with its interval, and how much it hangs on all else."""
    charts = {}
    if table.empty:
        return {}
    for (scenario, metric, style), rows in each(table, ["scenario", "metric", "style"]):
        top = rows.nlargest(MOST_BARS, "effect").assign(varied=lambda t: t["varied"].map(short))
        columns = ["varied", "effect", "effect_low", "effect_high", "direction", "spread"]
        shown = top[columns].assign(sign=top["direction"].map(lambda mu: "raises it" if mu > 0 else "lowers it"))
        signs = alt.Scale(domain=["raises it", "lowers it"], range=[STRONG, LOW])
        base = alt.Chart(shown).encode(alt.Y("varied:N", sort=list(top["varied"]), axis=_names()))
        plot = alt.layer(
            base.mark_bar(opacity=0.75).encode(
                alt.X(
                    "effect:Q",
                    title=f"change over its whole range: {column_and_unit(str(metric))}",
                    axis=alt.Axis(tickCount=6),
                ),
                alt.Color("sign:N", scale=signs, legend=alt.Legend(title=None, orient="bottom-right")),
            ),
            base.mark_rule(color=theme.INK).encode(alt.X("effect_low:Q", title=""), alt.X2("effect_high:Q")),
            base.mark_tick(color=theme.INK, thickness=2, size=ROW * 0.6).encode(alt.X("spread:Q", title="")),
        ).properties(width=WIDTH, height=ROW * len(top))
        charts[file_name("morris", metric, scenario, style)] = finished(
            plot, f"{column_name(str(metric))}: what moves it",
            f"Morris's screening, {style} in {scenario}. Bars: mean size of the effect with its 95% interval;",
            "ticks: how much the effect itself varies with all else (interaction and curvature).", *_left_out(rows),
        )  # fmt: skip
    return charts


def tornado(_: ExperimentResults, table: pd.DataFrame) -> Charts:
    """What the lowest and the highest value of each thing varied change, the most important on top."""
    charts = {}
    if table.empty:
        return {}
    for (scenario, metric, style), rows in each(table, ["scenario", "metric", "style"]):
        ends = pd.concat(
            part.iloc[[0, -1] if len(part) > 1 else [0]].assign(end=["first value", "last value"][: min(len(part), 2)])
            for _, part in rows.groupby("varied", sort=False)
        )
        ends = ends.assign(varied=ends["varied"].map(short), level=ends["level"].map(said))
        sizes = ends.assign(size=ends["mean"].abs()).groupby("varied")["size"].max()
        order = list(sizes.sort_values(ascending=False, kind="stable").index[:MOST_BARS])
        shown = ends[ends["varied"].isin(order)][["varied", "end", "level", "mean", "low", "high"]]
        shown = shown.assign(at=shown["high"].where(shown["mean"] > 0, shown["low"]))
        scale = alt.Scale(domain=["first value", "last value"], range=[LOW, HIGH])
        base = alt.Chart(shown).encode(alt.Y("varied:N", sort=order, axis=_names()), yOffset="end:N")
        text = base.encode(alt.X("at:Q", title=""), text="level:N")
        plot = alt.layer(
            alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(alt.X("zero:Q", title="")),
            base.mark_bar().encode(
                alt.X(
                    "mean:Q",
                    title=f"change against as it is: {column_and_unit(str(metric))}",
                    axis=alt.Axis(tickCount=6),
                ),
                alt.Color("end:N", scale=scale, legend=alt.Legend(title=None, orient="bottom-right")),
            ),
            base.mark_rule(color=theme.INK).encode(alt.X("low:Q", title=""), alt.X2("high:Q")),
            text.transform_filter("datum.at > 0").mark_text(align="left", dx=4, color=theme.FAINT),
            text.transform_filter("datum.at <= 0").mark_text(align="right", dx=-4, color=theme.FAINT),
        ).properties(width=WIDTH, height=ROW * 1.6 * len(order))
        charts[file_name("tornado", metric, scenario, style)] = finished(
            plot, f"{column_name(str(metric))}: what one thing at a time changes",
            f"{style} in {scenario}; each against the scenario as it is, on the same luck; bars: 95% intervals.",
        )  # fmt: skip
    return charts


def regret_bars(results: ExperimentResults, table: pd.DataFrame) -> Charts:
    """Largest regret of each style, a picture for each metric."""
    charts = {}
    if table.empty:
        return {}
    for (metric,), rows in each(table, ["metric"]):
        styles = styles_in(rows)
        shown = rows[["style", "regret", "regret_low", "regret_high"]].assign(where=situations(results, rows))
        base = alt.Chart(shown).encode(alt.Y("style:N", sort=styles, axis=_names()))
        plot = alt.layer(
            base.mark_bar(opacity=0.8).encode(
                alt.X("regret:Q", title=f"behind the best: {column_and_unit(str(metric))}", axis=alt.Axis(tickCount=6)),
                colour(styles),
            ),
            base.mark_rule(color=theme.INK).encode(alt.X("regret_low:Q", title=""), alt.X2("regret_high:Q")),
            base.mark_text(align="left", dx=6, color=theme.FAINT).encode(
                alt.X("regret_high:Q", title=""), text="where:N"
            ),
        ).properties(width=WIDTH, height=ROW * len(styles))
        charts[file_name("regret", metric)] = finished(
            plot, f"{column_name(str(metric))}: the most that a style gives away",
            "How far each style is behind the best, where it is furthest behind; bars: 95% intervals; where that is.",
        )  # fmt: skip
    return charts


def _names() -> alt.Axis:
    return alt.Axis(title=None, labelColor=theme.INK, domain=False, ticks=False)


def _left_out(rows: pd.DataFrame) -> list[str]:
    return [f"The {MOST_BARS} most important of {len(rows)}; the table has all."] if len(rows) > MOST_BARS else []
