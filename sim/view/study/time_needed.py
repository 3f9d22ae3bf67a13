"""Estimates how long the summary, the analyses and the figures of a study will take.

The times are those of one core of a usual computer in 2026; of figures, only those that are drawn count.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sim.analysis.study.discovery_emulated import PLACES
from sim.study.plan import Plan
from sim.study.resolve import ResolvedStudy
from sim.study.spec import Adaptive, Factorial, Morris, OneAtATime, Sobol
from sim.view.study.figure_labels import MOST_ROWS

PER_RUN = 2e-5
"""Seconds that summing up takes for each run."""

LIBRARIES = 1.5
"""Seconds until the libraries that draw, or that analyse, are there."""

OF_A_FIGURE: Mapping[str, float] = {"differences": 0.3}
USUAL_FIGURE = 0.3
"""Seconds that a figure takes to be made and saved, by analysis, and where nothing is said of it."""

OF_A_ROW = 0.04
"""Seconds for each row of a figure of differences: a style in a situation."""

OF_A_COURSE = 0.35
"""Seconds for each metric in a figure of time courses."""

OF_A_STYLE: Mapping[str, float] = {
    "ranks": 2.5e-3, "regret": 2.5e-3, "map": 2.5e-3, "pareto": 5e-3, "differences": 1e-3, "interactions": 1e-3,
    "distribution": 4e-3, "robust": 5e-4, "courses": 5e-3, "survival": 2e-2,
}  # fmt: skip
"""Seconds that an analysis takes for each style by each metric in each situation."""

SUMMED, SUMMED_UP = 1e-4, ("ranks", "regret", "robust", "pareto", "prim")
"""Seconds for each style by each metric at each point of a sample, and the analyses that share what is summed up."""

PRIM, PRIM_POINT = 3.0, 0.014
"""Seconds for each style whose victories are explained by a metric in a scenario, and for each point besides."""

STAND_IN, STAND_IN_POINTS = 1.0, 3e-8
"""Seconds that fitting a stand-in takes, and for the cube of the number of points besides."""

EXPLAINED = 5.0
"""Seconds for each style that is explained in a scenario."""

INDEX = 8e-5
"""Seconds for each base sample, or trajectory, and thing varied."""


class Made(NamedTuple):
    """How many figures an analysis draws, and the seconds that tables and figures take."""

    figures: int
    seconds: float


def seconds_of_making(plan: Plan) -> float:
    """Seconds from the last run to the last figure; 0 for what is no study."""
    if plan.kind != "study":
        return 0.0
    resolved = plan.resolved
    made = [made_of(name, resolved) for name in resolved.study.analyses]
    draws = any(one.figures for one in made)
    return PER_RUN * plan.all_runs + LIBRARIES * (bool(made) + draws) + sum(one.seconds for one in made)


def made_of(analysis: str, resolved: ResolvedStudy) -> Made:
    """What an analysis of a study will make."""
    study = resolved.study
    metrics, scenarios, points = len(study.looked_at), len(resolved.situations), len(resolved.points.rows)
    styles = sum(len(one.styles) for one in resolved.situations)
    situations = scenarios * (points if study.lists_points else 1)
    each = styles * metrics * (points if study.lists_points or analysis in ("distribution", "courses") else 1)
    figures = min(_figures(analysis, resolved, situations), study.analysis.most_figures)
    seconds = OF_A_STYLE.get(analysis, 0.0) * each
    if not study.lists_points and analysis == next((one for one in study.analyses if one in SUMMED_UP), None):
        seconds += SUMMED * styles * metrics * points
    if isinstance(study.design, Sobol):
        seconds += INDEX * study.design.base * len(resolved.points.factors) * styles * metrics * (analysis == "sobol")
    elif isinstance(study.design, Morris) and analysis == "morris":
        seconds += INDEX * points * styles * metrics
    if analysis == "why":
        seconds += EXPLAINED * (styles - scenarios)
    if analysis == "prim":
        explained = (scenarios if study.analysis.wins else styles) * metrics
        seconds += explained * (PRIM + PRIM_POINT * points)
    if analysis == "prim_emulated":
        seconds += (scenarios if study.analysis.wins else styles) * metrics * (PRIM + PRIM_POINT * PLACES)
    if analysis in ("emulator", "prim_emulated", "adaptive"):
        rounds = study.design.rounds if isinstance(study.design, Adaptive) and analysis == "adaptive" else 1
        seconds += rounds * styles * metrics * (STAND_IN + STAND_IN_POINTS * min(points, 1_500) ** 3)
    kinds = len(study.analysis.figures)
    one = OF_A_FIGURE.get(analysis, USUAL_FIGURE)
    if analysis == "differences":
        one += OF_A_ROW * min(situations, MOST_ROWS) * max(styles // scenarios - 1, 1)
    elif analysis == "courses":
        one += OF_A_COURSE * metrics
    return Made(figures if kinds else 0, seconds + figures * kinds * one)


def _figures(analysis: str, resolved: ResolvedStudy, situations: int) -> int:
    """How many figures the table of an analysis would fill at most."""
    study = resolved.study
    metrics, scenarios = len(study.looked_at), len(resolved.situations)
    styles = sum(len(one.styles) for one in resolved.situations)
    match analysis:
        case "courses" | "pareto":
            return situations
        case "differences":
            whole = situations == 1 and set(study.looked_at) <= set(study.record.series)
            return 1 if whole else metrics
        case "interactions":
            levels = len(resolved.points.factors) if isinstance(study.design, Factorial | OneAtATime) else 0
            return metrics * (levels * scenarios + (scenarios > 1))
        case "survival":
            return len(study.record.until) * situations
        case "robust":
            return (metrics + bool(study.analysis.satisfied)) * (scenarios + (scenarios > 1))
        case "adaptive":
            return 1
        case "emulator":
            return metrics * styles
        case "ranks" | "regret":
            return metrics
        case "map":
            return metrics * scenarios
        case "why":
            return metrics * (styles - scenarios)
        case "tornado" | "sobol" | "morris":
            return metrics * styles
        case "prim" | "prim_emulated":
            return metrics * (scenarios if study.analysis.wins else styles)
    return 0
