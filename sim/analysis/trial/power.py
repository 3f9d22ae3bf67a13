"""The power of a trial: simulates it many times, and analyses each by a mixed model with firms as random effects.

Its test takes as many degrees of freedom as there are firms less two, since it is firms that were randomised (Hayes &
Moulton 2017). Every trial is played in a world drawn by chance, so that the power is that over what is not known.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import nct
from scipy.stats import t as t_distribution

from sim.analysis.summary import wilson
from sim.analysis.trial.firms import Floats, PotentialOutcomes, worlds_of
from sim.analysis.trial.spec import Trial

MOST_FIRMS = 2_000
"""Firms up to which it is looked for how many are needed."""

MOST_ALIKE = 0.999
"""Share of the variance that is between firms, at most."""


class TrialEstimate(NamedTuple):
    """What came of a trial: the effect in standard deviations between people, its standard error, p, who was left."""

    effect: float
    error: float
    p: float
    firms: int
    people: int


class PowerAnalysis(NamedTuple):
    """What a trial can find.

    `sizes`: a row for each number of firms. `worlds`: a row for each set of parameters: the true effect, and the power
    with each number of firms. `needed`: firms for the power that is wanted, on the average over the worlds; None where
    even very many are too few.
    """

    sizes: pd.DataFrame
    worlds: pd.DataFrame
    needed: int | None


def plan_trial(
    trial: Trial, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> PowerAnalysis:
    """Play a trial through.

    Args:
        trial: as its file says.
        workers: threads for the model; by default one for each core.
        progress: called with (trials done, trials in all).

    Returns:
        `sizes` has: firms, power, power_low, power_high (95%, Wilson), effect (mean of what is found, in standard
        deviations), error (mean standard error), detectable (effect that is found with the wanted power), false_alarms
        (share of trials without any treatment in which one is found), firms_left, people_left (means).
        `worlds` has: world (0 is the usual one), effect (true, in standard deviations), and power_N.
    """
    worlds = worlds_of(trial, workers)
    true = np.array([true_effect(world, trial) for world in worlds])
    rng, rows, done = np.random.default_rng([trial.seed, 0x74726961]), [], 0
    for firms in sorted(trial.firms):
        found, nothing = [], []
        for _ in range(trial.trials):
            world = worlds[int(rng.integers(len(worlds)))]
            found.append(play(trial, world, firms, rng))
            nothing.append(
                play(trial, world._replace(treated=world.without, stay_treated=world.stay_without), firms, rng)
            )
            done += 1
            if progress:
                progress(done, trial.trials * len(trial.firms))
        rows.append(_row(trial, firms, found, nothing))
    sizes = pd.DataFrame(rows)
    per_firm = float(np.mean(sizes["error"] * np.sqrt(sizes["firms"])))
    table: dict[str, Any] = {"world": np.arange(len(worlds)), "effect": true}
    for row in sizes.to_dict("records"):
        table[f"power_{row['firms']}"] = power_of(true, row["error"], row["firms_left"], trial.alpha)
    return PowerAnalysis(sizes, pd.DataFrame(table), _needed(trial, true, per_firm))


def true_effect(world: PotentialOutcomes, trial: Trial) -> float:
    """The effect that a trial without end would find, in standard deviations between the people who answer."""
    stayed = world.stay_without & world.stay_treated
    gap = (world.treated - world.without)[stayed].mean() * trial.treatment.uptake
    return float(gap / _spread(world, trial))


def play(trial: Trial, world: PotentialOutcomes, firms: int, rng: np.random.Generator) -> TrialEstimate:
    """One trial in one world, analysed."""
    chosen = rng.choice(len(world.before), firms, replace=False)
    treated = rng.permutation(np.arange(firms) % 2 == 0)
    done = treated & (rng.random(firms) < trial.treatment.uptake)
    after = np.where(done[:, None], world.treated[chosen], world.without[chosen])
    there = np.where(done[:, None], world.stay_treated[chosen], world.stay_without[chosen])
    there &= rng.random(there.shape) >= trial.drop_out
    there &= (rng.random(firms) >= trial.firms_lost)[:, None]
    spread = _spread(world, trial)
    noise = world.without.std() * np.sqrt((1 - trial.reliability) / trial.reliability)
    answers = pd.DataFrame(
        {
            "after": ((after + noise * rng.standard_normal(after.shape)) / spread)[there],
            "before": ((world.before[chosen] + noise * rng.standard_normal(after.shape)) / spread)[there],
            "treated": np.broadcast_to(treated[:, None], there.shape)[there].astype(float),
            "firm": np.broadcast_to(np.arange(firms)[:, None], there.shape)[there],
        }
    )
    return analysed(answers, baseline=trial.baseline)


def analysed(answers: pd.DataFrame, *, baseline: bool) -> TrialEstimate:
    """The mixed model of some answers: columns after, before, treated (0 or 1) and firm."""
    left, people = int(answers["firm"].nunique()), len(answers)
    if answers.groupby("treated")["firm"].nunique().reindex([0.0, 1.0]).fillna(0).min() < 2:
        return TrialEstimate(np.nan, np.nan, 1.0, left, people)
    columns = ["treated"] + (["before"] if baseline else [])
    effect, error = _fitted(
        answers["after"].to_numpy(), answers[columns].assign(one=1.0).to_numpy(), pd.factorize(answers["firm"])[0]
    )
    p = 2 * t_distribution.sf(abs(effect / error), left - 2) if error > 0 else 1.0
    return TrialEstimate(effect, error, float(p), left, people)


def _fitted(y: Floats, x: Floats, firm: NDArray[np.int64]) -> tuple[float, float]:
    """The first coefficient and its standard error, by restricted maximum likelihood.

    With a random intercept for each firm all hangs on one number, the share of the variance that is between firms; at
    each share the rest is least squares (Pinheiro & Bates 2000, 2.2). That is some hundred times as fast as a fit for
    any random effects, and cannot fail to come to its end.
    """
    y = y - y.mean()
    sizes = np.bincount(firm).astype(float)
    of_x = np.stack([np.bincount(firm, column) for column in x.T], axis=1)
    of_y = np.bincount(firm, y)
    free = len(y) - x.shape[1]

    def at(share: float) -> tuple[float, Floats, Floats]:
        ratio = share / (1.0 - share)
        alike = ratio / (1.0 + sizes * ratio)
        precision = x.T @ x - (of_x.T * alike) @ of_x
        pull = x.T @ y - of_x.T @ (alike * of_y)
        found = np.linalg.solve(precision, pull)
        left = max(float(y @ y - alike @ of_y**2 - pull @ found), np.finfo(float).tiny)
        misfit = free * np.log(left) + np.linalg.slogdet(precision)[1] + np.log1p(sizes * ratio).sum()
        return float(misfit), found, left / free * np.linalg.inv(precision)

    best = minimize_scalar(lambda share: at(share)[0], bounds=(0.0, MOST_ALIKE), method="bounded")
    _, found, covariance = at(best.x)
    return float(found[0]), float(np.sqrt(covariance[0, 0]))


def power_of(effect: Any, error: float, firms: float, alpha: float) -> Any:
    """The power of a two-sided test of effects whose standard error is this."""
    freedom = max(firms - 2, 1)
    bar, beyond = t_distribution.ppf(1 - alpha / 2, freedom), np.asarray(effect) / error
    return nct.sf(bar, freedom, beyond) + nct.cdf(-bar, freedom, beyond)


def _row(trial: Trial, firms: int, found: list[TrialEstimate], nothing: list[TrialEstimate]) -> dict[str, Any]:
    seen = sum(one.p < trial.alpha for one in found)
    low, high = wilson(seen, len(found))
    error = float(np.nanmean([one.error for one in found]))
    left = float(np.mean([one.firms for one in found]))
    freedom = max(left - 2, 1)
    reach = t_distribution.ppf(1 - trial.alpha / 2, freedom) + t_distribution.ppf(trial.power, freedom)
    return {
        "firms": firms, "power": seen / len(found), "power_low": low, "power_high": high,
        "effect": float(np.nanmean([one.effect for one in found])), "error": error, "detectable": error * reach,
        "false_alarms": sum(one.p < trial.alpha for one in nothing) / len(nothing), "firms_left": left,
        "people_left": float(np.mean([one.people for one in found])),
    }  # fmt: skip


def _needed(trial: Trial, true: Any, per_firm: float) -> int | None:
    for firms in range(4, MOST_FIRMS + 1, 2):
        left = firms * (1 - trial.firms_lost)
        if np.mean(power_of(true, per_firm / np.sqrt(firms), left, trial.alpha)) >= trial.power:
            return firms
    return None


def _spread(world: PotentialOutcomes, trial: Trial) -> float:
    """Standard deviation of answers between people without the treatment."""
    return float(world.without.std() / np.sqrt(trial.reliability))
