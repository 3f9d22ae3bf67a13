"""Draws the runs of a round: the course of each arm, all pairs, or a table of situations."""

from typing import TYPE_CHECKING

from sim.analysis.summary import summarise, weekly_means
from sim.app.charts import Line, Mark, Spec, course, pairs
from sim.app.learn.lessons import Contest, Course, Everywhere, Luck
from sim.app.learn.runs import arms_of, scenario_called, styles_of
from sim.app.learn.verdicts import arm_called, in_pairs, leaders
from sim.model.metrics import BY_NAME
from sim.view.language import said
from sim.view.sentences import MOST_DECIMALS, called, decimals, number, shown_unit, title_of
from sim.view.theme import Look, looks

if TYPE_CHECKING:
    import xarray as xr


def picture(asked: Contest | Course | Luck, ds: "xr.Dataset") -> Spec:
    """The mean course of each arm with its 95% band and the weeks that count; for pairs, a dot for each pair."""
    metric = BY_NAME[asked.metric]
    if isinstance(asked, Luck):
        return _pairs(asked, ds)
    arms = arms_of(asked)
    table = weekly_means(ds, [asked.metric])
    lines = [
        Line(arm.label, *rows[["mean", "low", "high"]].to_numpy().T)._replace(label=arm_called(arm.label))
        for arm in arms
        for rows in [table[table["style"] == arm.label]]
    ]
    first, last = asked.first, asked.last or asked.weeks
    counted = [Mark(first, last, said("counted"))] if (first, last) != (1, asked.weeks) else []
    weeks = [int(week) for week in ds["week"]]
    source = said("{runs} runs of each", runs=asked.replications)
    return course(
        title_of(asked.metric),
        shown_unit(asked.metric),
        weeks,
        lines,
        good=metric.good,
        events=counted,
        styles=_looks(asked),
        source=source,
    )


def standings(asked: Everywhere, results: "dict[str, xr.Dataset]") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The mean of each style in each situation, as header and rows of a table. A star marks the leading styles."""
    weeks = (asked.first, asked.last or asked.weeks)
    rows: list[tuple[str, ...]] = []
    for name, ds in results.items():
        table = summarise(ds, [asked.metric], weeks)
        places = min(decimals((table["high"] - table["mean"]).tolist()) + 1, MOST_DECIMALS)
        ahead = leaders(ds, asked, weeks)
        means = zip(table["style"], table["mean"], strict=True)
        rows.append(
            (
                scenario_called(name),
                *(f"{number(mean, places)}{' ★' if style in ahead else ''}" for style, mean in means),
            )
        )
    return (said("Situation"), *map(called, styles_of(asked))), rows


def _pairs(asked: Luck, ds: "xr.Dataset") -> Spec:
    one, other = (arm.label for arm in asked.arms)
    return pairs(
        said("{metric}, pair by pair", metric=title_of(asked.metric)),
        shown_unit(asked.metric),
        (one, other),
        in_pairs(asked, ds),
        styles=_looks(asked),
        lower=asked.wanted == "lowest",
        meaning=said("At the vertical line, both companies of a pair are equal. Further from it, they differ more."),
        source=said("{many} pairs", many=asked.replications),
        labels={arm.label: arm_called(arm.label) for arm in asked.arms},
    )


def _looks(asked: Contest | Course | Luck) -> dict[str, Look]:
    """Arms have the colours of their styles, unless two arms have the same style."""
    arms = arms_of(asked)
    styles = [arm.style for arm in arms]
    if len(set(styles)) < len(styles):
        return looks([arm.label for arm in arms])
    return {arm.label: look for arm, look in zip(arms, looks(styles).values(), strict=True)}
