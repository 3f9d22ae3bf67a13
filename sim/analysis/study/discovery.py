"""Scenario discovery: finds the part of a design in which a style wins, by PRIM (Friedman & Fisher 1999).

A box is a range for some of the things varied. Coverage: share of all victories that lie in it; density: share of
victories within it; mass: share of all points in it. Of the boxes on the way from everything to the densest, the one
is taken that serves both best, by the harmonic mean of coverage and density. A quasi p value says how likely the
restriction of one range is by chance (Bryant & Lempert 2010); ranges for which it is not small are let go.
`reproduced` says in how many of ten halves of the points a range is found again.
"""

import logging
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.paired import SIGNIFICANT
from sim.analysis.regret import rank
from sim.analysis.study.blocks import labelled, means_by_point, metric_of
from sim.analysis.study.summed import over_situations
from sim.scenario.problems import InputError
from sim.study.results import ExperimentResults

FEWEST_POINTS = 40
"""Points of a design below which a box would be made of chance."""

RAREST = 0.05
"""Share of the points that a style has to win, and to lose, for there to be anything to find."""

HALVES = 10


def prim(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """Where each style does better than all others, by every metric looked at.

    Returns:
        `prim`: one row per restriction: scenario, metric, style, wins (share of all points), coverage, density, mass,
        varied, low, high (NaN for choices), values (of a choice), quasi_p, reproduced (share of halves).
        `prim_boxes`: one row per box on the way: scenario, metric, style, box, coverage, density, mass, restricted,
        chosen.
        `prim_wins`: one row per scenario, metric and style: scenario, metric, style, wins (share of the points at which
        no other style is better), wins_low, wins_high (95%).

    Raises:
        InputError: the EMA Workbench is not installed; too few points.
    """
    points = results.points
    if len(points) < FEWEST_POINTS:
        raise InputError(f"{len(points)} points are too few to look for ranges; vary more, from {FEWEST_POINTS} on.")
    prim_class()  # said before anything is computed
    tables: dict[str, list[pd.DataFrame]] = {"prim": [], "prim_boxes": [], "prim_wins": []}
    for scenario, styles, metric, means in _by_point(results):
        best, share = winners(means, metric), over_situations(results)[scenario].best
        column = results.study.looked_at.index(metric)
        for number, (style, won) in enumerate(zip(styles, best, strict=True)):
            if results.study.analysis.wins not in (None, style):
                continue
            label = {"scenario": scenario, "metric": metric, "style": style}
            wins = share.columns("wins", column, number)
            tables["prim_wins"].append(pd.DataFrame([{**label, **wins}]))
            if RAREST <= wins["wins"] <= 1 - RAREST:
                ranges, boxes = find_box(points, won, results.study.seed)
                for name, table in (("prim", ranges.assign(wins=wins["wins"])), ("prim_boxes", boxes)):
                    tables[name].append(labelled(table, label))
    return {name: pd.concat(some, ignore_index=True) for name, some in tables.items() if some}


def victories(results: ExperimentResults, scenario: str, metric: str, style: str) -> Any:
    """At which points the style is the best: (points,) of truth values."""
    for found, styles, column, means in _by_point(results):
        if (found, column) == (scenario, metric):
            return winners(means, metric)[styles.index(style)]
    raise KeyError(scenario, metric)


def winners(means: Any, metric: str) -> Any:
    """Than which styles no other is better at each point: (styles, points); none where one of them has no value."""
    wished = np.moveaxis(metric_of(metric).sign * means, 0, -1)
    known = ~np.isnan(wished).any(axis=-1)
    return np.moveaxis((rank(wished) == 1) & known[..., None], -1, 0)


def _by_point(results: ExperimentResults) -> Iterator[tuple[str, tuple[str, ...], str, Any]]:
    """Scenario, its styles, a metric, and the means over replications: (styles, points)."""
    for scenario, styles, points in means_by_point(results):
        for metric, means in zip(results.study.looked_at, points, strict=True):
            yield scenario, styles, metric, means


def prim_class() -> Any:
    """PRIM of the EMA Workbench.

    Raises:
        InputError: it is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of optional packages that it does without
            from ema_workbench.analysis.prim import Prim
    except ImportError:
        text = 'needs the EMA Workbench. Install it with: pip install "teamsim[research]"'
        raise InputError(text) from None
    logging.getLogger("EMA").setLevel(logging.WARNING)
    return Prim


def find_box(points: pd.DataFrame, won: Any, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The restrictions of the box that serves coverage and density best, and all boxes on the way to it.

    Raises:
        InputError: the EMA Workbench is not installed.
    """
    workbench = prim_class()
    numbers = points.select_dtypes("number").columns
    kinds: dict[Any, Any] = {name: float if name in numbers else str for name in points.columns}
    x = points.astype(kinds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries below it, about themselves
        box = workbench(x, won.astype(int)).find_box()
        way = box.peeling_trajectory
        both = 2 * way["coverage"] * way["density"] / (way["coverage"] + way["density"])
        chosen = _without_chance(box, int(both.to_numpy().argmax()))
        way = box.peeling_trajectory
        again = box.resample(chosen, HALVES, rng=seed)["reproduce coverage"] / 100
    whole, limits = box.box_lims[0], box.box_lims[chosen]
    rows: list[dict[str, Any]] = []
    for varied in box.p_values[chosen]:
        low, high = limits[varied].iloc[0], limits[varied].iloc[1]
        choice = isinstance(low, set)
        lowest, highest = (np.nan, np.nan) if choice else (whole[varied].iloc[0], whole[varied].iloc[1])
        rows.append(
            {
                "coverage": way["coverage"][chosen], "density": way["density"][chosen], "mass": way["mass"][chosen],
                "varied": varied,
                "low": np.nan if choice else float(low), "high": np.nan if choice else float(high),
                "lowest": float(lowest), "highest": float(highest),
                "values": ", ".join(sorted(map(str, low))) if choice else "",
                "quasi_p": _quasi_p(box, chosen, varied), "reproduced": again[varied],
            }
        )  # fmt: skip
    boxes = pd.DataFrame(
        {
            "box": np.arange(len(way)), "coverage": way["coverage"], "density": way["density"], "mass": way["mass"],
            "restricted": way["res_dim"], "chosen": np.arange(len(way)) == chosen,
        }
    )  # fmt: skip
    return pd.DataFrame(rows), boxes


def _without_chance(box: Any, chosen: int) -> int:
    """The number of the box that is left when ranges that may be chance are let go one by one, the likeliest first."""
    while len(restricted := list(box.p_values[chosen])) > 1:
        likeliest = max(restricted, key=lambda varied: _quasi_p(box, chosen, varied))
        if _quasi_p(box, chosen, likeliest) < SIGNIFICANT:
            break
        box.drop_restriction(likeliest, chosen)
        chosen = len(box.peeling_trajectory) - 1
    return chosen


def _quasi_p(box: Any, number: int, varied: str) -> float:
    """The larger p of the two ends of a range; EMA writes a negative number for an end that is not restricted."""
    return max((float(p) for p in box.p_values[number][varied] if p >= 0), default=0.0)
