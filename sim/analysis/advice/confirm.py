"""Tests a plan on fresh luck: compares it with staying as is and with the best built-in style, metric by metric."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.advice import plans as ways
from sim.analysis.advice.gains import Yardstick, nan_mean
from sim.analysis.advice.goals import Constraint
from sim.analysis.advice.plans import KEEP, LeadershipPlan
from sim.analysis.advice.worlds import Floats, Step, Worlds, live
from sim.analysis.doubt import Share, of_fours, shares
from sim.analysis.paired import NOTICEABLE
from sim.analysis.summary import HEADLINE, mean_interval
from sim.model.metrics import BY_NAME, METRIC_NAMES
from sim.scenario.styles import builtin_styles


class Paired(NamedTuple):
    """A paired difference with its 95% interval, and the share of what it was taken over in which it is above 0."""

    mean: float
    low: float
    high: float
    better: float
    n: int

    @property
    def verdict(self) -> str:
        """'better', 'worse' or 'open', by whether the interval is clear of 0."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "open"


class Beside(NamedTuple):
    """The gain over a built-in style in goal points: over plausible worlds, and on the scenario as written."""

    worlds: Paired
    as_written: Paired

    @property
    def beats(self) -> bool:
        """Whether the plan is better beyond doubt in both."""
        return self.worlds.verdict == self.as_written.verdict == "better"


class Confirmation(NamedTuple):
    """The advised plan on fresh luck, in two kinds of worlds.

    `worlds` is the gain in goal points over staying as is, paired by world, over plausible worlds; `as_written` the
    same over replications of the scenario as it is written; `best_fixed` names the built-in style with the highest mean
    gain on those replications, and `beside_fixed` is the gain over it. `metrics` has a row for each metric: metric,
    now, advised (means over the plausible worlds), mean, low, high (the paired difference), better (share of worlds).
    `kept` says for each constraint the advised plan's mean, and the share of worlds in which it is kept. `doubt` is how
    the variance of one firm's gain in plausible worlds splits into its sources. `styles` has the gain over every
    built-in style by name. `regret` is what staying as is gives away, in goal points: the mean over plausible worlds,
    where nothing is given away in a world in which the plan does worse, and what a tenth of the worlds exceeds.
    """

    worlds: Paired
    as_written: Paired
    best_fixed: str
    beside_fixed: Paired
    metrics: pd.DataFrame
    kept: tuple[tuple[float, float], ...]
    doubt: Mapping[str, Share]
    styles: Mapping[str, Beside]
    regret: tuple[float, float]

    @property
    def as_good(self) -> tuple[str, ...]:
        """The built-in styles that the plan does not beat beyond doubt over plausible worlds."""
        return tuple(name for name, beside in self.styles.items() if beside.worlds.verdict != "better")

    @property
    def beats_every_style(self) -> bool:
        """Whether the plan is better than each built-in style, over worlds and as written, and so that one notices."""
        return all(beside.beats and beside.worlds.mean >= NOTICEABLE for beside in self.styles.values())


def confirm(
    plausible: Worlds, as_written: Worlds, plan: LeadershipPlan, measure: Yardstick, constraints: Sequence[Constraint],
    step: Step | None = None,
) -> Confirmation:  # fmt: skip
    """Live a plan once more, in worlds that took no part in choosing it.

    Args:
        plausible: worlds that might be the case.
        as_written: the scenario as its file has it, once for each replication.
        plan: the advised one.
        measure: the yardstick of the search.
        constraints: what has to be kept.
        step: called after each world.
    """
    fixed = list(map(ways.fixed, builtin_styles()))
    now, advised, *in_worlds = live(plausible, [KEEP, plan, *fixed], step)
    as_is, chosen, *others = live(as_written, [KEEP, plan, *fixed], step)
    gains = measure.points(advised, now)
    lost = gains.mean(axis=1).clip(min=0.0)
    best = max(range(len(fixed)), key=lambda place: measure.points(others[place], as_is).mean())
    return Confirmation(
        worlds=paired_in_fours(gains.mean(axis=1)),
        as_written=_paired(measure.points(chosen, as_is).mean(axis=1)),
        best_fixed=fixed[best].first[0][0],
        beside_fixed=_paired(measure.points(chosen, others[best]).mean(axis=1)),
        metrics=_by_metric(now, advised, [*measure.goal.weights, *(one.metric for one in constraints)]),
        kept=tuple(_kept(one, advised[..., METRIC_NAMES.index(one.metric)]) for one in constraints),
        doubt=shares(gains.mean(axis=1), _variance(gains), gains.shape[1]),
        styles={
            str(style.style): Beside(
                paired_in_fours(measure.points(advised, world).mean(axis=1)),
                _paired(measure.points(chosen, written).mean(axis=1)),
            )
            for style, world, written in zip(fixed, in_worlds, others, strict=True)
            if style != plan
        },
        regret=(float(lost.mean()), float(np.quantile(lost, 0.9))),
    )


def _by_metric(now: Floats, advised: Floats, also: Sequence[str]) -> pd.DataFrame:
    rows = []
    for name in dict.fromkeys([*HEADLINE, *also]):
        place = METRIC_NAMES.index(name)
        one, two = _world_means(now[..., place]), _world_means(advised[..., place])
        known, good = ~np.isnan(two - one), BY_NAME[name].good
        difference = (two - one)[known]
        wins = difference > 0 if good == "higher" else difference < 0
        better = float(wins.mean()) if wins.size and good != "neither" else math.nan
        paired = paired_in_fours(two - one)
        rows.append((name, nan_mean(one), nan_mean(two), paired.mean, paired.low, paired.high, better))
    return pd.DataFrame(rows, columns=["metric", "now", "advised", "mean", "low", "high", "better"])


def _kept(constraint: Constraint, values: Floats) -> tuple[float, float]:
    in_world = _world_means(values)
    missed = [constraint.missed_by(value) for value in in_world if not math.isnan(value)]
    return nan_mean(in_world), float(np.mean(np.array(missed) <= 0)) if missed else math.nan


def _world_means(values: Floats) -> Floats:
    """(worlds, replications) to the mean of each world, NaN left out."""
    return mean_interval(values).mean


def _variance(values: Floats) -> Floats:
    """Between the replications of each world; NaN where there is only one."""
    return mean_interval(values).sd ** 2


def paired_in_fours(differences: Floats) -> Paired:
    """As `_paired`, of plausible worlds, which share parameters and profiles in fours."""
    apart = mean_interval(of_fours(differences))
    known = differences[~np.isnan(differences)]
    return _paired(known)._replace(mean=float(apart.mean), low=float(apart.low), high=float(apart.high))


def _paired(differences: Floats) -> Paired:
    interval = mean_interval(differences)
    better = float((differences > 0).mean()) if differences.size else float("nan")
    return Paired(float(interval.mean), float(interval.low), float(interval.high), better, int(interval.n))
