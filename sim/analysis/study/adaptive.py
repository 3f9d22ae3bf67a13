"""Adaptive sampling: chooses further points of a design where they tell most, and says how much is left to learn.

A stand-in (Gaussian process, `emulator` beside this) is fitted to the points so far. Of many places that are spread
evenly, those are taken one after the other that tell most, each on the supposition that the ones before have been run:
what is not known shrinks by that, whatever comes out there. Two criteria:

- error: by how much a point lessens the variance of what is not known, summed over all places (active learning by Cohn
  1996; for Gaussian processes Seo et al. 2000), over all metrics and styles, each in units of its own variance;
- boundary: how far the difference between two styles might lie on the other side of 0, 1.96 standard errors less its
  size (the straddle heuristic of Bryan et al. 2005). Points gather where it is not known which of the two is better.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.analysis.study.blocks import means_by_point
from sim.analysis.study.emulator import Emulator, fitted
from sim.analysis.summary import CONFIDENCE, Floats
from sim.study.constraints import constraints_of
from sim.study.design import Points, further_points
from sim.study.results import ExperimentResults
from sim.study.spec import Adaptive

PLACES = 400
"""Places that the points of a round are taken from, others in each round; and over which is summed up what is known."""

BOUND = float(ndtri((1 + CONFIDENCE) / 2))


def next_points(results: ExperimentResults) -> Points | None:
    """The points of the next round; None where all rounds are done, or little enough is left to learn.

    Args:
        results: of an adaptive design, with all points so far.

    Raises:
        InputError: scikit-learn is not installed; too few points with a value.
    """
    design, done = _design(results), len(results.resolved.points.rows)
    if done >= design.most_points:
        return None
    surfaces, places = surfaces_of(results, done), _places(results, (done - design.points) // design.each)
    assert places.unit is not None  # noqa: S101  # sampled
    if design.enough is not None and left_to_learn(surfaces, places.unit, design.aim) <= design.enough:
        return None
    best = telling(surfaces, places.unit, design.each, design.aim)
    return Points(places.factors, tuple(places.rows[place] for place in best), places.unit[best])


def surfaces_of(results: ExperimentResults, points: int) -> list[Emulator]:
    """Stand-ins for what a design is to tell of, from its first points: all metrics and styles, or a difference."""
    design = _design(results)
    if design.aim == "error":
        return [
            fitted(results, values[:points])
            for _, _, means in means_by_point(results) for of_styles in means for values in of_styles
        ]  # fmt: skip
    columns = [design.metric or results.study.looked_at[0]]
    found = []
    for _, styles, means in means_by_point(results, columns):
        one, other = (styles.index(style) for style in design.between or styles[:2])
        found.append(fitted(results, (means[0, one] - means[0, other])[:points]))
    return found


def left_to_learn(surfaces: Sequence[Emulator], unit: Floats, aim: str) -> float:
    """How much is not known, from 1 to 0.

    error: the standard error of the stand-in, as a share of the standard deviation between points; boundary: the share
    of all places at which it is not known which style is better. The mean over all stand-ins.
    """
    answers = [one.at(unit) for one in surfaces]
    if aim == "error":
        return float(
            np.mean([np.mean(a.high - a.mean) / BOUND / one.scale for one, a in zip(surfaces, answers, strict=True)])
        )
    return float(np.mean([((a.low < 0) & (a.high > 0)).mean() for a in answers]))


def telling(surfaces: Sequence[Emulator], unit: Floats, count: int, aim: str) -> list[int]:
    """The places that tell most, by their numbers, the first one first."""
    means, covariances = zip(*(one.together(unit) for one in surfaces), strict=True)
    noise, scale = (np.array([getattr(one, name) for one in surfaces]) for name in ("noise", "scale"))
    unknown = np.stack(covariances) / scale[:, None, None] ** 2  # (surfaces, places, places)
    size, luck = np.abs(np.stack(means)) / scale[:, None], (noise / scale) ** 2
    chosen: list[int] = []
    for _ in range(min(count, len(unit))):
        variance = np.maximum(np.einsum("sii->si", unknown), 0.0)
        if aim == "error":
            gain = ((unknown**2).sum(axis=1) / (variance + luck[:, None] + 1e-9)).sum(axis=0)
        else:
            gain = (BOUND * np.sqrt(variance) - size).max(axis=0)
        gain[chosen] = -np.inf
        best = int(gain.argmax())
        chosen.append(best)
        column = unknown[:, :, best]
        unknown -= column[:, :, None] * column[:, None, :] / (variance[:, best] + luck + 1e-9)[:, None, None]
    return chosen


def adaptive(results: ExperimentResults) -> pd.DataFrame:
    """What was known after each round.

    Returns:
        One row per round, from 0, the points that the study begins with: round, points, left (what is left to learn, by
        the study's own criterion: see `left_to_learn`), explained (share of the variance of unseen points that the
        poorest of the stand-ins foretells).

    Raises:
        InputError: as `next_points`.
    """
    design, rows = _design(results), []
    for number, points in enumerate(range(design.points, len(results.resolved.points.rows) + 1, design.each)):
        surfaces, places = surfaces_of(results, points), _places(results, number)
        assert places.unit is not None  # noqa: S101  # sampled
        row: dict[str, Any] = {"round": number, "points": points}
        row |= {"left": left_to_learn(surfaces, places.unit, design.aim)}
        rows.append(row | {"explained": min(one.explained for one in surfaces)})
    return pd.DataFrame(rows)


def _places(results: ExperimentResults, done: int) -> Points:
    """Where points may be added after so many rounds; all meet the constraints of the design."""
    design, resolved = _design(results), results.resolved
    allowed = constraints_of(design, resolved.points.factors, resolved.situations)
    return further_points(design, resolved.points.factors, results.study.seed, allowed, done + 1, PLACES)


def _design(results: ExperimentResults) -> Adaptive:
    design = results.study.design
    assert isinstance(design, Adaptive)  # noqa: S101  # the registry lets no other come here
    return design
