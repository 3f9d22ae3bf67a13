"""Patterns over time: newcomers' honeymoon, a shock and what follows, and whether a firm that is left alone drifts."""

import numpy as np

from sim.analysis.patterns.learning import from_the_start
from sim.analysis.patterns.samples import A_YEAR, CRISIS_WEEKS, HALF_A_YEAR, WEEKS_A_MONTH
from sim.analysis.patterns.world import Figures, Floats, World

NEVER_BACK = float(A_YEAR)
"""Weeks, where morale is not half back within the year that is looked at."""


def honeymoon(world: World) -> Figures:
    """Newcomers' morale by month since hire: when it is highest, and how far it falls until the twelfth month."""
    people = world.sample("service").people[0]
    employed = people["employed"] == 1
    new = employed & (people["tenure"] <= A_YEAR) & ~from_the_start(people)
    month = np.minimum(people["tenure"][new] / WEEKS_A_MONTH, 11.99).astype(np.int64)
    course = np.bincount(month, people["morale"][new], 12) / np.maximum(np.bincount(month, minlength=12), 1)
    spread = people["morale"][employed & (people["tenure"] > A_YEAR)].std()
    peak = int(np.argmax(course))
    return {"peak_month": float(peak), "fall": float((course[peak] - course[-1]) / spread)}


def shock(world: World) -> Figures:
    """A crisis against none: how far morale falls, and weeks from its lowest point until half of that is made up."""
    calm, hit = (world.sample(f"{how} crisis") for how in ("without", "with"))
    people = calm.people[0, world.burn_in - 1]
    spread = people["morale"][people["employed"] == 1].std()
    lost = np.nanmean((calm.metric("morale") - hit.metric("morale"))[0, :, world.burn_in :], axis=0)
    fall, back = fall_and_return(lost)
    return {"fall": fall / spread, "half_back_weeks": back, "weeks_of_crisis": float(CRISIS_WEEKS)}


def fall_and_return(lost: Floats) -> tuple[float, float]:
    """The most that is lost over a course, (weeks,), and the weeks from then until at most half of it still is."""
    lowest = int(np.argmax(lost))
    half = np.flatnonzero(lost[lowest:] <= 0.5 * lost[lowest])
    return float(lost[lowest]), float(half[0]) if len(half) and lost[lowest] > 0 else NEVER_BACK


def steady_state(world: World) -> Figures:
    """The everyday business, left alone: mean change of firms from week 1 to week 26, in their standard deviations."""
    sample = world.sample("steady")
    figures = {}
    for metric in ("morale", "output", "strain"):
        weeks = sample.metric(metric)[0]
        figures[metric] = drift(weeks[:, 0], weeks[:, HALF_A_YEAR - 1])
    return figures


def drift(first: Floats, last: Floats) -> float:
    """Mean change over the standard deviation between firms at the end."""
    return float(np.nanmean(last - first) / np.nanstd(last, ddof=1))
