"""The figures of a study, by the analysis that they show."""

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from sim.analysis.study.blocks import baseline_of
from sim.experiment.opening import ExperimentResults
from sim.view.courses import course_panel, events_until
from sim.view.study.bars import morris_bars, regret_bars, sobol_bars, tornado
from sim.view.study.forest import difference_forests, interaction_lines
from sim.view.study.parts import each, file_name, finished, situations, styles_in
from sim.view.study.planes import heat_maps, prim_boxes, rank_map
from sim.view.trade_off import trade_off_panel

type Charts = dict[str, alt.TopLevelMixin]
type Drawing = Callable[[ExperimentResults, pd.DataFrame], Charts]


def course_figures(results: ExperimentResults, table: pd.DataFrame) -> Charts:
    """Every metric over time with its 95% band, a picture for each situation."""
    charts = {}
    named = table.assign(situation=situations(results, table))
    by_name = {situation.scenario.name: situation for situation in results.resolved.situations}
    for (scenario, situation), rows in each(named, ["scenario", "situation"]):
        events = events_until(by_name[str(scenario)].table["events"], int(rows["week"].max()))
        metrics = list(rows["metric"].unique())
        panels = [
            course_panel(rows, metric, styles_in(rows), events, events_named=number < 2)
            for number, metric in enumerate(metrics)
        ]
        point = rows["point"].iloc[0] if "point" in rows and results.study.design is not None else None
        charts[file_name("courses", scenario, point)] = finished(
            alt.concat(*panels, columns=2, spacing=36), f"{results.study.title}: {situation}",
            f"Means over {int(rows['n'].max()):,} runs of each style; bands: 95% intervals.",
        )  # fmt: skip
    return charts


def pareto_figures(results: ExperimentResults, table: pd.DataFrame) -> Charts:
    """The first metric against the second, with the line of the styles that are not beaten in both."""
    charts = {}
    upright, across = results.study.looked_at[:2]
    named = table.assign(situation=situations(results, table))
    for (scenario, situation), rows in each(named, ["scenario", "situation"]):
        means = pd.concat(
            pd.DataFrame(
                {"metric": column, "style": rows["style"], "mean": rows[column], "low": rows[f"{column}_low"],
                 "high": rows[f"{column}_high"]}
            )
            for column in (upright, across)
        )  # fmt: skip
        front = list(rows.loc[rows["front"], "style"])
        point = rows["point"].iloc[0] if "point" in rows and results.study.design is not None else None
        charts[file_name("pareto", scenario, point)] = finished(
            trade_off_panel(means, upright, across, baseline_of(results), front), f"{results.study.title}: {situation}",
            "Dashed: styles that no other beats in both; bars: 95% intervals.",
        )  # fmt: skip
    return charts


DRAWINGS: Mapping[str, tuple[str, Drawing]] = {
    "courses": ("courses", course_figures),
    "differences": ("differences", difference_forests),
    "interactions": ("interactions", interaction_lines),
    "ranks": ("ranks", rank_map),
    "regret": ("regret", regret_bars),
    "pareto": ("pareto", pareto_figures),
    "map": ("map", heat_maps),
    "tornado": ("tornado", tornado),
    "sobol": ("sobol", sobol_bars),
    "morris": ("morris", morris_bars),
    "prim": ("prim", prim_boxes),
}
"""By analysis: the table that is drawn, and what draws it."""


def figures(results: ExperimentResults, analysis: str, tables: Mapping[str, Any]) -> Charts:
    """The pictures of an analysis by the names of their files; none where there is nothing to draw.

    Args:
        results: opened.
        analysis: as a study names it.
        tables: what it computed.
    """
    table, drawing = DRAWINGS.get(analysis, ("", None))
    rows = tables.get(table)
    return drawing(results, rows) if drawing is not None and rows is not None and not rows.empty else {}
