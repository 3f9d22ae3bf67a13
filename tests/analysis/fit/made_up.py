"""Firms that the model itself has made up, with a past that is known: what a fit should find."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.analysis.fit.backtest import in_own_units, learnt_from
from sim.analysis.fit.weights import foresee, weigh
from sim.analysis.fit.worlds import Lived
from sim.scenario.history import History, Series

SHIFT, NOISE, TRADE = 0.08, 0.03, 0.06
"""How far a survey's level is from the model's, how much its means waver, and how much revenue does."""


def empty_history(months: int = 24) -> History:
    """A history of these columns, whose values do not matter."""
    labels = tuple(f"{2024 + k // 12}-{k % 12 + 1:02}" for k in range(months))
    nothing = (1.0,) * months
    names = {"left": "left", "morale": "satisfaction_0_1", "revenue": "revenue"}
    return History(Path("made_up.csv"), "month", labels, {k: Series(k, v, nothing) for k, v in names.items()})


def made_up(empty: History, lived: Lived, world: int, life: int, seed: int) -> History:
    """The past of a firm that is in this world and has had this life."""
    rng = np.random.default_rng(seed)
    periods = len(empty.labels)
    values = {
        "left": lived.left[world, life],
        "morale": lived.means["morale"][world, life] + SHIFT * rng.standard_normal()
        + NOISE * rng.standard_normal(periods),
        "revenue": 80 * lived.means["revenue"][world, life] * np.exp(TRADE * rng.standard_normal(periods)),
    }  # fmt: skip
    series = {name: one._replace(values=tuple(values[name].tolist())) for name, one in empty.series.items()}
    return empty._replace(series=series)


class Covered(NamedTuple):
    """Shares of held-out values within bands, (firms, columns), and effective lives of each firm."""

    inside_50: np.ndarray
    inside_90: np.ndarray
    effective: np.ndarray


def without(lived: Lived, world: int) -> Lived:
    """All worlds but one, so that nobody is fitted with the truth at hand."""
    return Lived(
        np.delete(lived.left, world, axis=0),
        np.delete(lived.person_weeks, world, axis=0),
        {name: np.delete(values, world, axis=0) for name, values in lived.means.items()},
    )


def coverage(empty: History, lived: Lived, firms: range, draws: int = 2000) -> Covered:
    """Fit each made-up firm by all worlds but its own, and see how often the end of its past is within the bands.

    A count on the edge of a band is inside as often as chance has it (randomised; Smith 1985), since bands of whole
    numbers hold more than they promise.
    """
    periods = learnt_from(empty)
    narrow, wide, effective = [], [], []
    for firm in firms:
        history = made_up(empty, lived, firm, 0, firm)
        others = without(lived, firm)
        now = weigh(history, others, periods)
        futures = foresee(history, others, now, periods, draws, firm)
        rng = np.random.default_rng([firm, 1])
        rank = []
        for name, drawn in futures.items():
            one = history.series[name]
            own, actual = in_own_units(one, drawn), np.array(one.values[periods:])
            below, same = (own < actual).mean(axis=0), (own == actual).mean(axis=0)
            rank.append(below + rng.random(len(actual)) * same)
        ranks = np.array(rank)
        narrow.append(((ranks > 0.25) & (ranks < 0.75)).mean(axis=1))
        wide.append(((ranks > 0.05) & (ranks < 0.95)).mean(axis=1))
        effective.append(now.effective)
    return Covered(np.array(narrow), np.array(wide), np.array(effective))
