"""Backtest: fit to all but the last part of a past, foresee that part, and compare.

It is compared with what was, and with two simple forecasts: that nothing changes, and that it is as on the average.
Where too few worlds, values or events stand behind it, it is shown and not judged.
"""

from collections.abc import Sequence

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

ENOUGH = 50
"""Effective worlds below which few worlds stand for all, so that nothing is judged and more have to be tried."""

JUDGED_VALUES = 4
"""Values that a column needs to be judged, among those learnt from as well as among those foreseen."""

JUDGED_LEFT, JUDGED_AHEAD = 5, 3
"""People who have to have left in the whole past, and who left or were expected to in its last part: with fewer,
nearly any forecast of turnover comes true. Assumed."""

DRAWS = 4000

UNLIKELY = 0.05
"""So few periods within the band, or fewer, come about by chance less often: then the band was too narrow."""

AS_GOOD = 1.05
"""Two forecasts are as good if the larger error is at most so many times the smaller."""


def learnt_from(history: History) -> int:
    """How many periods are learnt from; those after them are foreseen."""
    total = len(history.labels)
    return total - max(1, round(total * LAST_PART), min(JUDGED_VALUES, total // 3))


def backtest(history: History, lived: Lived, seed: int) -> tuple[Foreseen, ...]:
    """How each column would have been foreseen, in the file's own units; those without values at the end left out."""
    periods = learnt_from(history)
    now = weigh(history, lived, periods)
    effective = min(now.effective, weigh(history, lived, len(history.labels)).effective)
    futures = foresee(history, lived, now, periods, DRAWS, seed)
    found = []
    for name, draws in futures.items():
        one = history.series[name]
        values = np.array(one.values)
        known = np.flatnonzero(~np.isnan(values[periods:]))
        if len(known) and (~np.isnan(values[:periods])).sum() > 1:
            staff = exposure(history, lived) if name == "left" else None
            found.append(_foreseen(one, in_own_units(one, draws)[:, known], values, periods, known, staff, effective))
    return tuple(found)


def in_own_units(one: Series, draws: Floats) -> Floats:
    """Draws as the file has the column."""
    if one.name in WORK:
        return np.exp(draws)
    return one.low + (one.high - one.low) * np.clip(draws, 0.0, 1.0) if one.is_survey else draws


def _foreseen(
    one: Series, draws: Floats, values: Floats, periods: int, known: NDArray[np.int64], staff: Floats | None,
    effective: float,
) -> Foreseen:  # fmt: skip
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
    was = float(actual.sum() if staff is not None else actual.mean())
    reason = _why_not(effective, min(len(before), len(known)))
    if not reason and staff is not None and _few_left(float(before.sum()), was, float(whole.mean())):
        reason = "few left"
    sound = low <= was <= high and binom.cdf(inside[1], len(known), 0.9) > UNLIKELY
    return Foreseen(
        column=one.heading, metric=one.name, periods=len(known),
        actual=was, expected=float(whole.mean()),
        low=float(low), high=float(high), error=errors[0], error_no_change=errors[1], error_mean=errors[2],
        inside_50=inside[0], inside_90=inside[1], verdict=_verdict(reason, sound, errors), reason=reason,
    )  # fmt: skip


def _why_not(effective: float, values: int) -> str:
    """Why a column is not judged, or nothing. More worlds can be tried; a short past stays short, and is said first."""
    return "few values" if values < JUDGED_VALUES else "few worlds" if effective < ENOUGH else ""


def _few_left(before: float, was: float, expected: float) -> bool:
    return before + was < JUDGED_LEFT or max(was, expected) < JUDGED_AHEAD


def _verdict(reason: str, sound: bool, errors: Sequence[float]) -> str:
    """In a word, from the errors of the model and of the simple forecasts."""
    model, guess = errors[0], min(errors[1:])
    if reason:
        return "not judged"
    if not sound:
        return "missed"
    if model > AS_GOOD * guess:
        return "guess better"
    return "foreseen" if guess > AS_GOOD * model else "as a guess"
