"""What a calibration has found: the sets that it keeps, the best one, and whether they can be trusted."""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.analysis.calibration.emulator import FOLDS, accuracy, fit, left_out, usual
from sim.analysis.calibration.file import Calibration
from sim.analysis.calibration.posterior import Draws, Posterior, Targets, targets
from sim.analysis.calibration.space import Floats
from sim.analysis.calibration.stages import (
    BEST,
    DESIGN,
    JUDGES,
    KEPT,
    NONE,
    Known,
    Learned,
    bands_of,
    fitted_to,
    groups_of,
    learn,
)
from sim.analysis.evidence import Patterns

EVEN = 1.0 / np.sqrt(3.0)
"""Standard deviation of a parameter over its plausible range, in units of half that range."""

IDENTIFIED = 0.9
"""Share of the prior's standard deviation up to which the posterior's says that a parameter is pinned down at all."""

END = 0.1
"""Share of a plausible range that counts as an end of it."""

STRONG = 0.25
"""Correlation of two parameters over the posterior from which on it is named."""

CLEAR = 4.0
"""Standard errors from 0 from which on a parameter counts as moving a figure."""

INTERVAL = (0.05, 0.95)
"""The interval of ranks that shall hold 90% of the truths."""


def best_set(known: Known, learned: Learned, patterns: Patterns) -> dict[str, Any]:
    """The set that fits best, of its candidates: parameters, misfit, figures (means over its worlds)."""
    luck, counts, candidates = learned.accuracy.luck, fitted_to(patterns, NONE), []
    for number in np.unique(known.number[known.at(BEST)]):
        runs = known.at(BEST) & (known.number == number)
        figures = np.nanmean(known.figures[runs], axis=0)
        fits = learned.targets.only(counts).log_likelihood(figures[counts], (luck / runs.sum())[counts])
        candidates.append((float(-fits), int(number), known.points[runs][0], figures))
    misfit, _, point, figures = min(candidates, key=lambda one: one[:2])
    return {"parameters": known.space.values(point), "misfit": misfit, "figures": list(figures)}


def judging_sets(known: Known, patterns: Patterns) -> dict[str, list[dict[str, float]]]:
    """By group the sets drawn of the posterior that has not seen it."""
    return {
        group: [known.space.values(point) for point in known.points[known.at(JUDGES) & (known.left_out == group)]]
        for group in groups_of(patterns)
        if group != NONE
    }


def kept_sets(known: Known, learned: Learned, patterns: Patterns) -> list[dict[str, Any]]:
    """The sets drawn from the posterior: parameters, misfit, patterns passed in the one world that each was run in."""
    counts, low, high = fitted_to(patterns, NONE), *bands_of(patterns).T
    owners = np.array([pattern.id for pattern in patterns.patterns for _ in pattern.accept])
    runs = np.flatnonzero(known.at(KEPT))
    _, first = np.unique(known.number[runs], return_index=True)
    sets = []
    for run in runs[first]:
        figures = known.figures[run]
        fits = learned.targets.only(counts).log_likelihood(figures[counts], learned.accuracy.luck[counts])
        missed = set(owners[counts & ~((low <= figures) & (figures <= high))])
        passed = len(set(owners[counts])) - len(missed)
        sets.append({"parameters": known.space.values(known.points[run]), "misfit": float(-fits), "passed": passed})
    return sets


def simulation_based(
    file: Calibration, known: Known, patterns: Patterns, step: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Simulation-based calibration (Talts et al. 2018): are known parameters found again as often as they should be?

    Sets of the design are truths. The figures of the run that each had, with as much noise as the bands leave, are
    what is fitted to, by an emulator that has not seen the set: whatever is wrong with emulator, density or sampler
    shows.

    Args:
        file: how many.
        known: all runs; those of the design are used.
        patterns: all of them are fitted to.
        step: called after every truth with (truths done, truths in all).

    Returns:
        ranks (truths, parameters), the share of the draws below the truth; shrinkage (truths, parameters), standard
        deviation of the posterior over that of the prior; and what they come to: see `coverage`.
    """
    prior = known.at(DESIGN)
    points, figures, sets = known.points[prior], usual(known.figures[prior]), known.sets[prior]
    wrong = accuracy(figures, left_out(points, figures, sets), sets, np.ones(len(sets), bool))
    sd = targets(bands_of(patterns), figures).sd
    part = sets % FOLDS
    emulators = [fit(points[part != fold], figures[part != fold]) for fold in range(FOLDS)]
    rng = np.random.default_rng([file.design.seed, 0x736263])
    _, first = np.unique(sets, return_index=True)
    truths = rng.choice(first, min(file.check.truths, len(first)), replace=False)
    ranks, shrinkage = [], []
    for number, run in enumerate(truths):
        seen = figures[run] + sd * rng.standard_t(4, len(sd))
        nothing = np.zeros(len(sd), bool)
        posterior = Posterior(emulators[part[run]], Targets(seen, sd, nothing, nothing), wrong.left, ~nothing)
        drawn = posterior.draw([file.design.seed, 0x736263, number], 2, 100, file.check.draws // 2).points
        ranks.append((drawn < points[run]).mean(axis=0))
        shrinkage.append(drawn.std(axis=0) / EVEN)
        if step:
            step(number + 1, len(truths))
    return {"ranks": np.round(ranks, 3).tolist(), "shrinkage": np.round(shrinkage, 3).tolist()}


def coverage(check: dict[str, Any]) -> dict[str, Any]:
    """What simulation-based calibration comes to.

    Returns:
        truths; covered (share of truths within 90% intervals) and covered_identified (of parameters that are pinned
        down); lowest, highest (of the single truths); histogram (ten bins of ranks, shares, of parameters that are
        pinned down); p_uniform (Kolmogorov-Smirnov, parameters that are pinned down, one by one: the median).
    """
    from scipy import stats

    ranks, pinned = np.array(check["ranks"]), np.array(check["shrinkage"]) <= IDENTIFIED
    inside = (ranks >= INTERVAL[0]) & (ranks <= INTERVAL[1])
    of_pinned = ranks[pinned] if pinned.any() else ranks.ravel()
    single = [float(stats.kstest(column, "uniform").pvalue) for column in ranks.T]
    return {
        "truths": len(ranks),
        "covered": float(inside.mean()),
        "covered_identified": float(inside[pinned].mean()) if pinned.any() else None,
        "lowest": float(inside.mean(axis=1).min()),
        "highest": float(inside.mean(axis=1).max()),
        "histogram": (np.histogram(of_pinned, np.linspace(0, 1, 11))[0] / len(of_pinned)).tolist(),
        "not_uniform": float(np.mean(np.array(single) < 0.05)),
    }


def calibration_record(file: Calibration, known: Known, patterns: Patterns, check: dict[str, Any]) -> dict[str, Any]:
    """Everything that the page on the calibration shows, as plain data."""
    learned = learn(known, patterns)
    best, kept = best_set(known, learned, patterns), kept_sets(known, learned, patterns)
    points, chains = known.space.points(one["parameters"] for one in kept), file.posterior.chains
    prior, posterior = known.figures[known.at(DESIGN)], known.figures[known.at(KEPT)]
    columns = [(pattern.id, name) for pattern in patterns.patterns for name in pattern.accept]
    figures = [
        {
            "pattern": owner, "figure": name, "band": list(band), "fitted": bool(counts),
            "prior": _spread(prior[:, k]), "posterior": _spread(posterior[:, k]),
            "inside": float(np.mean((posterior[:, k] >= band[0]) & (posterior[:, k] <= band[1]))),
            "best": float(best["figures"][k]),
            "emulated": float(learned.accuracy.explained[k]),
            "error": float(np.sqrt(learned.accuracy.own[k]) / learned.targets.sd[k]),
            "luck": float(np.sqrt(learned.accuracy.luck[k]) / learned.targets.sd[k]),
        }
        for k, ((owner, name), band, counts) in enumerate(
            zip(columns, bands_of(patterns), fitted_to(patterns, NONE), strict=True)
        )
    ]  # fmt: skip
    return {
        "sets": len(kept),
        "passed": passed_by([one["passed"] for one in kept], patterns),
        "disagreement": Draws(
            points[: len(points) // chains * chains].reshape(chains, -1, points.shape[1])
        ).disagreement,
        "runs": len(known.points),
        "firms": file.design.firms,
        "figures": figures,
        "parameters": _parameters(known, points, best["parameters"]),
        "correlations": _correlations(known.space.names, points),
        "moves": _moves(known, learned, columns),
        "check": coverage(check),
    }


def _spread(values: Floats) -> list[float]:
    return [float(value) for value in np.nanpercentile(values, [5, 50, 95])]


def _parameters(known: Known, points: Floats, best: dict[str, float]) -> list[dict[str, Any]]:
    """What is known of each parameter, the best known first."""
    rows = [
        {
            "name": name,
            "best": best[name],
            "quantiles": [known.space.values(row)[name] for row in np.percentile(points, [5, 50, 95], axis=0)],
            "share": float(points[:, k].std() / EVEN),
            "ends": at_ends(points[:, k]),
        }
        for k, name in enumerate(known.space.names)
    ]
    return sorted(rows, key=lambda row: float(row["share"]))


def at_ends(column: Floats) -> list[float]:
    """Shares of a parameter's draws in the lowest and in the highest tenth of its range; each is .1 if all is even."""
    edge = 1.0 - 2.0 * END
    return [float((column < -edge).mean()), float((column > edge).mean())]


def passed_by(passed: list[int], patterns: Patterns) -> dict[str, float]:
    """How many of the patterns that are fitted to the sets pass, each in the one world that it was run in."""
    return {
        "of": sum(pattern.fitted for pattern in patterns.patterns),
        "mean": float(np.mean(passed)),
        "least": min(passed),
        "most": max(passed),
    }


def _correlations(names: tuple[str, ...], points: Floats) -> list[list[Any]]:
    """Pairs of parameters that hang together, the strongest first."""
    r = np.atleast_2d(np.corrcoef(points.T))
    one, other = np.triu_indices(len(names), 1)
    order = np.argsort(-np.abs(r[one, other]))
    return [
        [names[one[k]], names[other[k]], float(r[one[k], other[k]])]
        for k in order
        if abs(r[one[k], other[k]]) >= STRONG
    ]


def _moves(known: Known, learned: Learned, columns: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """What each parameter moves: change of a figure from one end of its range to the other, in the figure's sd."""
    prior = known.at(DESIGN)
    sd = usual(known.figures[prior]).std(axis=0)
    change = 2.0 * learned.emulator.line / np.maximum(sd, 1e-12)[:, None]
    error = 2.0 * np.sqrt(3.0 * learned.accuracy.left / len(known.points)) / np.maximum(sd, 1e-12)
    rows = []
    for k, name in enumerate(known.space.names):
        order = np.argsort(-np.abs(change[:, k]))
        clear = [f for f in order if abs(change[f, k]) > CLEAR * error[f]]
        moved = [[".".join(columns[f]), float(change[f, k])] for f in clear[:4]]
        rows.append({"name": name, "figures": len(clear), "most": moved})
    return sorted(rows, key=lambda row: -abs(row["most"][0][1]) if row["most"] else 0.0)
