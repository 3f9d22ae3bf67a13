"""Scenario discovery on an emulator: finds where a style wins, by PRIM over a thousand points that were not run.

The styles have stand-ins whose errors go together (`together`, beside this), and the style whose mean is the best at a
place wins there. How far shares of victories are off is not left to the stand-ins: at each point that was run they are
asked without it, and how much more often a style wins there than they say is added to the share at all places (the
difference estimator of Saerndal, Swensson & Wretman 1992; "prediction-powered" of Angelopoulos et al. 2023). Intervals
count what luck may have done to all points, and that other points might have been drawn, as in `summed`.
"""

from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from sim.analysis.study.blocks import independent_draws, labelled
from sim.analysis.study.discovery import RAREST, find_box, prim_class, winners
from sim.analysis.study.emulator import runs_by_scenario
from sim.analysis.study.together import Together
from sim.analysis.summary import CONFIDENCE, Floats
from sim.study.constraints import constraints_of
from sim.study.design import Points, further_points
from sim.study.results import ExperimentResults
from sim.study.spec import Adaptive, LatinHypercube

PLACES, PART = 1_000, 0x7072696D
"""Places at which it is looked who wins, and the number that keeps their choice apart from those of designs."""

DRAWS, PATHS = 400, 200
"""Draws of luck and points, and functions that the model may be."""

SURE = 0.95
"""Share of the functions that the model may be in which the same style has to win for that to count as known."""


class Places(NamedTuple):
    """Where stand-ins are asked: on ranges from 0 to 1, and as values of what is varied."""

    unit: Floats
    table: pd.DataFrame


class Share(NamedTuple):
    """A share, and what it is in each draw of luck and points; NaN with a single replication."""

    mean: float
    drawn: Floats


class Victories:
    """Who wins where, in one scenario by one metric: than whom no other style is better.

    `best` (styles, places): by the means of the stand-ins; `known`: share of the places at which it is known who wins,
    NaN with a single replication; `trusted`: whether the stand-ins of all styles are good enough.
    """

    def __init__(self, results: ExperimentResults, styles: tuple[str, ...], column: str, runs: Floats,
                 places: Places) -> None:  # fmt: skip
        study, points = results.study, len(results.resolved.points.rows)
        stand_ins = Together(results.resolved.points.factors, results.unit, runs, study.seed)
        self.styles, self.points = styles, stand_ins.known
        self.trusted = bool(stand_ins.trusted.all())
        self._several = runs.shape[-1] > 1
        weights = stand_ins.weights(DRAWS)
        # As it was, and as it would have been with other luck.
        found = stand_ins.had_luck_been(np.concatenate([0 * weights[:1], weights]), places.unit)
        self._won = _won(found.places, column)  # (1 + draws, styles, places)
        self.best: NDArray[np.bool_] = self._won[0]
        self._more = _won(found.points, column).astype(np.int8) - _won(found.foretold, column)
        drawn = stand_ins.drawn(places.unit, PATHS)
        surest = _won(drawn, column).mean(axis=0).max(axis=0)
        self.known = float((surest >= SURE).mean()) if self._several else np.nan

        rng = np.random.default_rng([study.seed, PART])
        many = independent_draws(study, points)
        each = points // many
        self._stand_for = np.ones(len(self.points))
        if isinstance(study.design, Adaptive):  # points lie where most is to learn: each stands for what is nearest
            nearest = np.asarray(cKDTree(stand_ins.unit).query(places.unit)[1])
            self._stand_for = np.bincount(nearest, minlength=len(self.points)) * len(self.points) / len(nearest)
        self._weights = rng.standard_exponential((DRAWS, many))[:, self.points // each]
        self._ends = rng.gamma(0.5, size=(2, DRAWS)) * each

    def share(self, style: int, at: NDArray[np.bool_] | None = None, of: NDArray[np.bool_] | None = None) -> Share:
        """The share of all places at which a style wins, or at which it wins and which are among some.

        Args:
            style: its number.
            at: which places count, (places,); left out: all.
            of: which of the points do, (points,).
        """
        at = np.ones(self._won.shape[-1], bool) if at is None else at
        of = np.ones(len(self.points), bool) if of is None else of
        places, more = (self._won[:, style] & at).mean(axis=-1), self._more[:, style] * of
        mean = float(np.clip(places[0] + (more[0] * self._stand_for).mean(), 0.0, 1.0))
        one, other = self._ends
        weights = self._weights * self._stand_for
        drawn = places[1:] + ((weights * more[1:]).sum(axis=1) + one - other) / (weights.sum(axis=1) + one + other)
        return Share(mean, np.clip(drawn, 0.0, 1.0) if self._several else np.full(DRAWS, np.nan))


type _Found = tuple[Places, dict[tuple[str, str], Victories]]

_KNOWN: WeakKeyDictionary[ExperimentResults, _Found] = WeakKeyDictionary()


def prim_emulated(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """Where each style does better than all others, by every metric looked at, by stand-ins for the model.

    Returns:
        `prim_emulated`: as the table `prim`, with density_low, density_high, coverage_low, coverage_high (95%, counting
        what the stand-ins do not know) and trusted (whether those of all styles are).
        `prim_emulated_boxes`: as `prim_boxes`.
        `prim_emulated_wins`: scenario, metric, style, wins (share of the places), wins_low, wins_high, known (share of
        the places at which it is known who wins), trusted. With a single replication luck is not known, and with it
        neither intervals nor who wins for sure.

    Raises:
        InputError: the EMA Workbench or scikit-learn is not installed; too few points.
    """
    prim_class()  # said before anything is computed
    places, victories = victories_in(results)
    names = ("prim_emulated", "prim_emulated_boxes", "prim_emulated_wins")
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in names}
    for (scenario, column), found in victories.items():
        for number, style in enumerate(found.styles):
            if results.study.analysis.wins not in (None, style):
                continue
            label = {"scenario": scenario, "metric": column, "style": style}
            wins, won = found.share(number), found.best[number]
            low, high = _ends(wins.drawn, wins.mean)
            row = {**label, "wins": wins.mean, "wins_low": low, "wins_high": high, "known": found.known}
            tables[names[2]].append(pd.DataFrame([{**row, "trusted": found.trusted}]))
            if RAREST <= won.mean() <= 1 - RAREST:
                ranges, boxes = find_box(places.table, won, results.study.seed)
                more = {"wins": wins.mean, **_of_box(ranges, results, places, found, number), "trusted": found.trusted}
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


def victories_in(results: ExperimentResults) -> tuple[Places, dict[tuple[str, str], Victories]]:
    """Places, and who wins at them, by scenario and metric; reckoned once for the same results."""
    if results not in _KNOWN:
        places = places_of(results)
        _KNOWN[results] = (
            places,
            {
                (scenario, column): Victories(results, styles, column, of_styles, places)
                for scenario, styles, runs in runs_by_scenario(results, results.study.looked_at)
                for column, of_styles in zip(results.study.looked_at, runs, strict=True)
            },
        )
    return _KNOWN[results]


def _won(values: Floats, column: str) -> NDArray[np.bool_]:
    """Than whom no other is better, (draws, styles, places or points)."""
    found: NDArray[np.bool_] = winners(values.swapaxes(0, 1), column).swapaxes(0, 1)
    return found


def _of_box(
    ranges: pd.DataFrame, results: ExperimentResults, places: Places, found: Victories, style: int
) -> dict[str, float]:
    """Intervals of coverage and density of a box."""
    inside = [
        np.logical_and.reduce(
            [table[row["varied"]].between(row["low"], row["high"]) for row in ranges.to_dict("records")]
        )
        for table in (places.table, results.points)
    ]
    at, of = inside[0], inside[1][found.points]
    within, all_ = found.share(style, at, of).drawn, found.share(style).drawn
    shares = {"coverage": within / np.maximum(all_, 1e-9), "density": within / np.maximum(at.mean(), 1e-9)}
    ends: dict[str, float] = {}
    for name, drawn in shares.items():
        estimate = float(ranges[name].iloc[0]) if len(ranges) else np.nan
        ends[f"{name}_low"], ends[f"{name}_high"] = _ends(np.clip(drawn, 0.0, 1.0), estimate)
    return ends


def _ends(drawn: Floats, estimate: float) -> tuple[float, float]:
    """The 95% interval that draws give; the estimate lies in it."""
    low, high = np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(np.minimum(low, estimate)), float(np.maximum(high, estimate))
