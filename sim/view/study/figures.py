"""The figures of a study, by the analysis that they show."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from sim.analysis.study.blocks import baseline_of
from sim.scenario.paths import changed
from sim.study.design import AS_IS, Row
from sim.study.resolve import Situation
from sim.study.results import ExperimentResults
from sim.view.courses import Event, course_panel, events_within
from sim.view.study.bars import contribution_bars, morris_bars, regret_bars, sobol_bars, tornado
from sim.view.study.curves import adaptive_lines, emulated_box, emulated_sobol, robust_bars, survival_lines
from sim.view.study.figure_labels import file_name, finished, groups, situations, styles_in
from sim.view.study.forest import all_differences, difference_forest, interaction_lines
from sim.view.study.heatmaps import heat_map, prim_box, rank_map
from sim.view.trade_off import trade_off_panel

type Chart = alt.TopLevelMixin


class Drawing(NamedTuple):
    """How an analysis is drawn.

    `table` is the one that is drawn; a figure shows the rows that have the same value in each of the columns `by`.
    `draw` takes the results, these rows and these values (None for a column that the table does not have) and gives a
    picture, or None where there is nothing to see. `whole` may draw the whole table in one picture instead.
    """

    table: str
    by: tuple[str, ...]
    draw: Callable[..., Chart | None]
    whole: Callable[[ExperimentResults, pd.DataFrame], Chart | None] = lambda *_: None


class Figures(NamedTuple):
    """Pictures by the names of their files, and how many more the table would fill."""

    charts: dict[str, Chart]
    left_out: int = 0


def course_figure(results: ExperimentResults, rows: pd.DataFrame, scenario: str, point: int | None) -> Chart:
    """Every metric over time with its 95% band, in one situation."""
    (situation,) = (one for one in results.resolved.situations if one.scenario.name == scenario)
    points = results.resolved.points.rows
    events = _events(situation, points if point is None else [points[point]], int(rows["week"].max()))
    panels = [
        course_panel(rows, metric, styles_in(rows), events, events_named=number < 2)
        for number, metric in enumerate(rows["metric"].unique())
    ]
    return finished(
        alt.concat(*panels, columns=2, spacing=36), _titled(results, rows),
        f"Means over {int(rows['n'].max()):,} runs of each style; bands: 95% intervals.",
    )  # fmt: skip


def _events(situation: Situation, points: Sequence[Row], last: int) -> list[Event]:
    """What happens in a situation at one point of the design, or at some of them."""
    timed = [place for place, where in enumerate(situation.places) if any(one[0] == "events" for one in where)]
    rows = [tuple(value if place in timed else AS_IS for place, value in enumerate(row)) for row in points]
    told = {repr(row): row for row in rows}.values()
    return events_within([changed(situation.table, situation.values(row))["events"] for row in told], last)


def pareto_figure(results: ExperimentResults, rows: pd.DataFrame, *_: object) -> Chart:
    """The first metric against the second, with the line of the styles that are not beaten in both."""
    upright, across = results.study.looked_at[:2]
    means = pd.concat(
        pd.DataFrame(
            {"metric": column, "style": rows["style"], "mean": rows[column], "low": rows[f"{column}_low"],
             "high": rows[f"{column}_high"]}
        )
        for column in (upright, across)
    )  # fmt: skip
    front = list(rows.loc[rows["front"], "style"])
    return finished(
        trade_off_panel(means, upright, across, baseline_of(results), front), _titled(results, rows),
        _of_front(front, results.study.lists_points),
    )  # fmt: skip


def _of_front(front: list[str], listed: bool) -> str:
    where = "" if listed else ", at half of the points or more"
    if len(front) == 1:  # there is no line to see
        return f"No other style is as good as {front[0]} in both{where}; bars: 95% intervals."
    return f"Dashed: styles that no other beats in both{where}; bars: 95% intervals."


def _titled(results: ExperimentResults, rows: pd.DataFrame) -> str:
    """The study, and the situation that all rows are of."""
    return f"{results.study.title}: {situations(results, rows.iloc[:1]).iloc[0]}"


_EACH = ("metric", "scenario", "style")

DRAWINGS: Mapping[str, Drawing] = {
    "courses": Drawing("courses", ("scenario", "point"), course_figure),
    "differences": Drawing("differences", ("metric",), difference_forest, all_differences),
    "interactions": Drawing("interactions", ("varied", "metric", "scenario"), interaction_lines),
    "ranks": Drawing("ranks", ("metric",), rank_map),
    "regret": Drawing("regret", ("metric",), regret_bars),
    "pareto": Drawing("pareto", ("scenario", "point"), pareto_figure),
    "map": Drawing("map", ("metric", "scenario"), heat_map),
    "tornado": Drawing("tornado", _EACH, tornado),
    "sobol": Drawing("sobol", _EACH, sobol_bars),
    "morris": Drawing("morris", _EACH, morris_bars),
    "prim": Drawing("prim", _EACH, prim_box),
    "prim_emulated": Drawing("prim_emulated", _EACH, emulated_box),
    "emulator": Drawing("emulator_sobol", _EACH, emulated_sobol),
    "survival": Drawing("survival_curves", ("until", "scenario", "point"), survival_lines),
    "robust": Drawing("robust", ("metric", "scenario"), robust_bars),
    "adaptive": Drawing("adaptive", (), lambda *_: None, adaptive_lines),
    "why": Drawing("why", _EACH, contribution_bars),
}


def figures(results: ExperimentResults, analysis: str, tables: Mapping[str, Any]) -> Figures:
    """The pictures of an analysis, the first ones where there would be more than the study's `most_figures`.

    Args:
        results: opened.
        analysis: as a study names it.
        tables: what it computed.
    """
    drawing = DRAWINGS.get(analysis)
    table = None if drawing is None else tables.get(drawing.table)
    if drawing is None or table is None or table.empty:
        return Figures({})
    if (whole := drawing.whole(results, table)) is not None:
        return Figures({analysis: whole})
    keys = [column for column in drawing.by if column in table]
    found = groups(table, keys)
    charts: dict[str, Chart] = {}
    for number, (key, rows) in enumerate(found):
        if len(charts) == results.study.analysis.most_figures:
            return Figures(charts, len(found) - number)
        values = dict(zip(keys, key, strict=True))
        chart = drawing.draw(results, rows, *(values.get(column) for column in drawing.by))
        if chart is not None:
            charts[file_name(analysis, *key)] = chart
    return Figures(charts)
