"""Backtest: fit to all but the last part of a past, foresee that part, and compare.

It is compared with what was, and with two simple forecasts: that nothing changes, and that it is as on the average.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from sim.analysis.fit.weights import exposure, foresee, weigh
from sim.analysis.fit.worlds import Lived
from sim.scenario.fitted import Foreseen
from sim.scenario.history import WORK, History, Series

type Floats = NDArray[np.float64]

LAST_PART = 0.25
"""Share of the periods that is foreseen."""

DRAWS = 4000

UNLIKELY = 0.05
"""So few periods within the band, or fewer, come about by chance less often: then the band was too narrow."""

AS_GOOD = 1.05
"""A forecast whose error is at most so many times that of another is as good."""


def learnt_from(history: History) -> int:
    """How many periods are learnt from; those after them are foreseen."""
    total = len(history.labels)
    return total - max(1, round(total * LAST_PART))


def backtest(history: History, lived: Lived, seed: int) -> tuple[Foreseen, ...]:
    """How each column would have been foreseen, in the file's own units; those without values at the end left out."""
    periods = learnt_from(history)
    futures = foresee(history, lived, weigh(history, lived, periods), periods, DRAWS, seed)
    found = []
    for name, draws in futures.items():
        one = history.series[name]
        values = np.array(one.values)
        known = np.flatnonzero(~np.isnan(values[periods:]))
        if len(known) and (~np.isnan(values[:periods])).sum() > 1:
            staff = exposure(history, lived) if name == "left" else None
            found.append(_foreseen(one, in_own_units(one, draws)[:, known], values, periods, known, staff))
    return tuple(found)


def in_own_units(one: Series, draws: Floats) -> Floats:
    """Draws as the file has the column."""
    if one.name in WORK:
        return np.exp(draws)
    return one.low + (one.high - one.low) * np.clip(draws, 0.0, 1.0) if one.is_survey else draws


def _foreseen(
    one: Series, draws: Floats, values: Floats, periods: int, known: NDArray[np.int64], staff: Floats | None
) -> Foreseen:
    actual = values[periods:][known]
    before = values[:periods][~np.isnan(values[:periods])]
    if staff is None:
        naive = (np.full(len(known), before[-1]), np.full(len(known), before.mean()))
    else:  # of people who left, it is the rate that does not change
        there = staff[periods - 1]
        rates = before[-1] / staff[periods - 1], before.sum() / staff[:periods].sum()
        naive = (np.full(len(known), rates[0] * there), np.full(len(known), rates[1] * there))
    errors = [float(np.sqrt(np.mean((actual - said) ** 2))) for said in (draws.mean(axis=0), *naive)]
    inside = []
    for share in (0.5, 0.9):
        low, high = np.quantile(draws, [(1 - share) / 2, (1 + share) / 2], axis=0)
        inside.append(int(((low <= actual) & (actual <= high)).sum()))
    whole = draws.sum(axis=1) if staff is not None else draws.mean(axis=1)
    low, high = np.quantile(whole, [0.05, 0.95])
    sound = binom.cdf(inside[1], len(known), 0.9) > UNLIKELY
    verdict = "missed" if not sound else "foreseen" if errors[0] <= AS_GOOD * min(errors[1:]) else "no better"
    return Foreseen(
        column=one.heading, metric=one.name, periods=len(known),
        actual=float(actual.sum() if staff is not None else actual.mean()), expected=float(whole.mean()),
        low=float(low), high=float(high), error=errors[0], error_no_change=errors[1], error_mean=errors[2],
        inside_50=inside[0], inside_90=inside[1], verdict=verdict,
    )  # fmt: skip
