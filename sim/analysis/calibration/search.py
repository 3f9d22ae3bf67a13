"""Which sets of parameters to judge, given how earlier ones did: a search, draws around its best, and the best again.

The search is CMA-ES (Hansen 2016) by the library cmaes: made for a few dozen continuous parameters and a noisy misfit,
and ask-and-tell: given the same judgements it asks for the same sets, so that it can be played again from the results,
and an interrupted search goes on as if nothing had happened. What is kept around the best set is no sample of a
Bayesian posterior: it is a set of worlds that fit about as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.calibration.file import Calibration
from sim.analysis.calibration.misfit import Floats, Judgement, Scale
from sim.scenario.parameters import BY_NAME

SEARCH, DRAW, FINAL = "search", "draw", "final"
"""The stages: sets that the search asks for, sets drawn around its best, and the best of all of them once more."""


class Trial(NamedTuple):
    """A set of parameters that is to be judged; `stage` and `number` tell it from all others."""

    stage: str
    number: int
    parameters: tuple[tuple[str, float], ...]

    @property
    def name(self) -> tuple[str, int]:
        """What its judgement is found by."""
        return self.stage, self.number


type Judged = Mapping[tuple[str, int], Judgement]
"""What has been judged so far, by stage and number."""


def trials(file: Calibration, judged: Judged) -> list[Trial]:
    """All sets that there are to judge, as far as what has been judged lets one know.

    Args:
        file: how to calibrate.
        judged: the sets that have been judged; of the first whose judgement is missing, the rest of its round is given,
            and nothing that comes after.
    """
    found = _search(file, judged)
    if len(found) < file.search.generations * (file.search.population + 1) or not _all(found, judged):
        return found
    found += _draws(file, min(found, key=lambda trial: judged[trial.name].misfit))
    if not _all(found, judged):
        return found
    best = _by_misfit(file, found, judged)[: file.keep.finalists]
    return found + [Trial(FINAL, number, trial.parameters) for number, trial in enumerate(best)]


def kept(file: Calibration, found: Sequence[Trial], judged: Judged) -> list[dict[str, Any]]:
    """The sets that are kept: parameters, misfit, patterns passed, figures.

    First the one that did best when judged again, in worlds that it was not chosen by, since the best of many in a few
    worlds owes some of its rank to luck; then the others, the best first.

    Args:
        file: how to calibrate.
        found: all sets, as from `trials`.
        judged: a judgement of each.
    """
    sets = _by_misfit(file, [trial for trial in found if trial.stage != FINAL], judged)
    finals = [trial for trial in found if trial.stage == FINAL]
    if finals:
        sets.insert(0, sets.pop(int(np.argmin([judged[trial.name].misfit for trial in finals]))))
    return [
        {
            "misfit": judged[trial.name].misfit,
            "passed": judged[trial.name].passed,
            "parameters": dict(trial.parameters),
            "figures": dict(judged[trial.name].figures),
        }
        for trial in sets
    ]


def pinned_down(sets: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float, float]]:
    """Per parameter 5th percentile, median and 95th percentile over the sets kept, in the parameter's unit."""
    return {
        name: tuple(np.percentile([one["parameters"][name] for one in sets], [5, 50, 95]))
        for name in sets[0]["parameters"]
    }


def _search(file: Calibration, judged: Judged) -> list[Trial]:
    """The sets of the search; the first of a generation is its middle, which is free of the luck of single points."""
    from cmaes import CMA

    scale = Scale(file.fit.parameters)
    start = scale.unit({name: BY_NAME[name].default for name in file.fit.parameters})
    optimizer = CMA(
        mean=start, sigma=file.search.spread, bounds=np.tile([0.0, 1.0], (len(start), 1)),
        seed=file.search.seed, population_size=file.search.population,
    )  # fmt: skip
    found: list[Trial] = []
    for generation in range(file.search.generations):
        optimizer.reseed_rng(file.search.seed * 100_003 + generation)
        points = [optimizer.mean.copy(), *(optimizer.ask() for _ in range(file.search.population))]
        asked = [_trial(SEARCH, len(found) + k, scale, point) for k, point in enumerate(points)]
        found += asked
        if not _all(asked, judged):
            break
        told = [(point, judged[trial.name].misfit) for point, trial in zip(points, asked, strict=True)]
        optimizer.tell(told[1:])
    return found


def _draws(file: Calibration, best: Trial) -> list[Trial]:
    scale = Scale(file.fit.parameters)
    centre = scale.unit(dict(best.parameters))
    drawn = []
    for number in range(file.keep.draws):
        rng = np.random.default_rng([file.search.seed, 0x6B656570, number])
        point = np.clip(centre + file.keep.spread * rng.standard_normal(len(centre)), 0.0, 1.0)
        drawn.append(_trial(DRAW, number, scale, point))
    return drawn


def _by_misfit(file: Calibration, found: Sequence[Trial], judged: Judged) -> list[Trial]:
    """The sets that fit about as well as the best one, which comes first."""
    order = sorted(found, key=lambda trial: judged[trial.name].misfit)
    limit = judged[order[0].name].misfit + file.keep.worse
    return [trial for trial in order if judged[trial.name].misfit <= limit][: file.keep.sets]


def _trial(stage: str, number: int, scale: Scale, point: Floats) -> Trial:
    return Trial(stage, number, tuple(scale.values(point).items()))


def _all(found: Sequence[Trial], judged: Judged) -> bool:
    return all(trial.name in judged for trial in found)
