"""Scenario discovery on a stand-in for the model: where a style wins, by PRIM over a thousand places that were not run.

Each style has a stand-in (`emulator` beside this), and the one whose mean is the best at a place wins there. What the
stand-ins do not know goes into the intervals: coverage and density are looked at for many functions that the model may
be. Those of different styles are drawn independently, which makes the intervals rather too wide, since styles met the
same luck.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.study.blocks import labelled, means_by_point, metric_of
from sim.analysis.study.discovery import RAREST, find_box, prim_class, winners
from sim.analysis.study.emulator import PATHS, Emulator, fitted
from sim.analysis.summary import CONFIDENCE, Floats
from sim.study.constraints import constraints_of
from sim.study.design import Points, further_points
from sim.study.results import ExperimentResults
from sim.study.spec import Adaptive, LatinHypercube

PLACES, PART = 1_000, 0x7072696D
"""Places at which it is looked who wins, and the number that keeps their choice apart from those of designs."""

SURE = 0.95
"""Share of the functions that the model may be in which the same style has to win for that to count as known."""


class Places(NamedTuple):
    """Where stand-ins are asked: on ranges from 0 to 1, and as values of what is varied."""

    unit: Floats
    table: pd.DataFrame


class Victories(NamedTuple):
    """Who wins where, in one scenario by one metric.

    `best` (styles, places): by the means of the stand-ins; `drawn` (draws, styles, places): in functions that the model
    may be; `trusted` (styles,): whether each stand-in is good enough.
    """

    styles: tuple[str, ...]
    best: NDArray[np.bool_]
    drawn: NDArray[np.bool_]
    trusted: NDArray[np.bool_]


def prim_emulated(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """Where each style does better than all others, by every metric looked at, by stand-ins for the model.

    Returns:
        `prim_emulated`: as the table `prim`, with density_low, density_high, coverage_low, coverage_high (95%, counting
        what the stand-ins do not know) and trusted (whether those of all styles are).
        `prim_emulated_boxes`: as `prim_boxes`.
        `prim_emulated_wins`: scenario, metric, style, wins (share of the places), wins_low, wins_high, known (share of
        the places at which it is known who wins), trusted.

    Raises:
        InputError: the EMA Workbench or scikit-learn is not installed; too few points.
    """
    prim_class()  # said before anything is computed
    places = places_of(results)
    names = ("prim_emulated", "prim_emulated_boxes", "prim_emulated_wins")
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in names}
    for scenario, styles, means in means_by_point(results):
        for column, of_styles in zip(results.study.looked_at, means, strict=True):
            found = victories_of(results, styles, column, of_styles, places)
            trusted = bool(found.trusted.all())
            for number, style in enumerate(styles):
                if results.study.analysis.wins not in (None, style):
                    continue
                label = {"scenario": scenario, "metric": column, "style": style}
                won, drawn = found.best[number], found.drawn[:, number]
                low, high = _ends(drawn.mean(axis=1))
                wins = {
                    **label, "wins": won.mean(), "wins_low": low, "wins_high": high,
                    "known": (found.drawn.mean(axis=0).max(axis=0) >= SURE).mean(), "trusted": trusted,
                }  # fmt: skip
                tables[names[2]].append(pd.DataFrame([wins]))
                if RAREST <= won.mean() <= 1 - RAREST:
                    ranges, boxes = find_box(places.table, won, results.study.seed)
                    more = {"wins": won.mean(), **_of_box(ranges, places.table, drawn), "trusted": trusted}
                    for name, table in zip(names, (ranges.assign(**more), boxes), strict=False):
                        tables[name].append(labelled(table, label))
    return {name: pd.concat(some, ignore_index=True) for name, some in tables.items() if some}


def places_of(results: ExperimentResults) -> Places:
    """Places that lie as the points of the study's design were drawn, and meet its constraints."""
    resolved, design = results.resolved, results.study.design
    factors = resolved.points.factors
    if not isinstance(design, LatinHypercube | Adaptive):  # a Sobol design, without any
        design = LatinHypercube.model_construct(kind="latin_hypercube", points=PLACES, vary=design.vary)
    allowed = constraints_of(design, factors, resolved.situations)
    points: Points = further_points(design, factors, results.study.seed, allowed, PART, PLACES)
    assert points.unit is not None  # noqa: S101  # sampled
    return Places(points.unit, pd.DataFrame(points.rows, columns=[factor.column for factor in factors]))


def victories_of(
    results: ExperimentResults, styles: tuple[str, ...], column: str, means: Floats, places: Places
) -> Victories:
    """Who wins at the places by a metric, whose means at the points are given: (styles, points)."""
    stand_ins: list[Emulator] = [fitted(results, values) for values in means]
    middle = np.stack([one.at(places.unit).mean for one in stand_ins])
    seed = results.study.seed
    paths = np.stack([one.paths(places.unit, PATHS, seed + number) for number, one in enumerate(stand_ins)])
    wished = metric_of(column).sign * paths.transpose(2, 0, 1)
    drawn = wished >= wished.max(axis=1, keepdims=True)
    return Victories(styles, winners(middle, column), drawn, np.array([one.trusted for one in stand_ins]))


def _of_box(ranges: pd.DataFrame, values: pd.DataFrame, drawn: NDArray[np.bool_]) -> dict[str, Any]:
    """Intervals of coverage and density of a box, over functions that the model may be: (draws, places)."""
    inside = np.ones(len(values), bool)
    for row in ranges.to_dict("records"):
        inside &= values[row["varied"]].between(row["low"], row["high"]).to_numpy()
    coverage = drawn[:, inside].sum(axis=1) / np.maximum(drawn.sum(axis=1), 1)
    density = drawn[:, inside].mean(axis=1)
    found: dict[str, Any] = {}
    for name, shares in (("coverage", coverage), ("density", density)):
        found[f"{name}_low"], found[f"{name}_high"] = _ends(shares)
    return found


def _ends(shares: Floats) -> tuple[float, float]:
    low, high = np.quantile(shares, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)
