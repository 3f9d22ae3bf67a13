"""Makes the summary, tables and figures of a study in its folder."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sim.analysis.study.enough import next_round, reached
from sim.analysis.study.registry import ANALYSES
from sim.analysis.study.summary import SUMMARY, write_summary
from sim.analysis.study.undefined import undefined
from sim.scenario.problems import InputError
from sim.study.plan import Plan
from sim.study.results import ExperimentResults, open_results
from sim.study.results_folder import Folder
from sim.study.spec import Adaptive
from sim.study.tables import write_table

TABLES, FIGURES = "tables", "figures"
"""Folders of what analyses make, within the folder of results."""


def more_runs(folder: Folder, plan: Plan) -> Plan | None:
    """The plan with what else there is to run: replications that the precision takes, points that tell more."""
    if isinstance(plan.resolved.study.design, Adaptive):
        return _more_points(folder, plan)
    wanted = next_round(open_results(folder.path, plan), plan) if plan.resolved.study.precision else None
    return None if wanted is None else plan.longer(wanted)


def _more_points(folder: Folder, plan: Plan) -> Plan | None:
    """The plan with a further round of points; None if all are done, or they tell little more, which is noted then."""
    from sim.analysis.study.adaptive import next_points

    points = next_points(open_results(folder.path, plan)) if plan.points_to_follow else None
    if points is not None:
        return plan.with_more_points(points)
    if plan.points_to_follow:
        folder.note(**replace(plan, settled=True).facts)
    return None


def make_of_it(folder: Folder, plan: Plan) -> None:
    """Write summary.csv, and the tables and figures of the analyses that the study asks for.

    An analysis that the results do not allow is noted in the manifest with the reason, and the others are made; so is
    how many figures of an analysis are not drawn because there would be too many of them.
    """
    results = open_results(folder.path, plan)
    write_summary(results, folder.path / SUMMARY)
    for name in (TABLES, FIGURES):
        for old in (folder.path / name).glob("*"):
            old.unlink()
    not_made, not_drawn = {}, {}
    for name in results.study.analyses:
        try:
            tables = ANALYSES[name].tables(results)
            _write_tables(folder, tables)
            if results.study.analysis.figures:
                not_drawn[name] = _draw(folder, results, name, tables)
        except MemoryError:
            raise
        except InputError as error:
            not_made[name] = str(error)
        except Exception as error:  # of a library that the results are too odd for; they are worth more than this
            not_made[name] = f"{type(error).__name__}: {error}"
    precision = reached(results) if results.study.precision else {}
    left_out = {name: many for name, many in not_drawn.items() if many}
    folder.note(not_made=not_made, not_drawn=left_out, half_widths=precision, undefined=undefined(results))


def _write_tables(folder: Folder, tables: Mapping[str, Any]) -> None:
    (folder.path / TABLES).mkdir(exist_ok=True)
    for name, table in tables.items():
        write_table(table, folder.path / TABLES / f"{name}.csv")


def _draw(folder: Folder, results: ExperimentResults, analysis: str, tables: Mapping[str, Any]) -> int:
    """Save the figures of an analysis, and say how many are not drawn."""
    from sim.view.charts import save_chart
    from sim.view.study.figures import figures

    (folder.path / FIGURES).mkdir(exist_ok=True)
    found = figures(results, analysis, tables)
    for name, chart in found.charts.items():
        for kind in results.study.analysis.figures:
            save_chart(chart, folder.path / FIGURES / f"{name}.{kind}")
    return found.left_out
