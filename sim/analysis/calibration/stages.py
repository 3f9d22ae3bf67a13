"""Chooses the sets of parameters of each stage: first all over the space, then from the posterior.

The posterior is drawn once for the patterns that the model is fitted to, and once for each group of patterns with that
group left out, from the same runs and the same emulator.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.emulator import Accuracy, ResponseSurfaces, accuracy, fit, left_out
from sim.analysis.calibration.file import Calibration
from sim.analysis.calibration.posterior import Draws, Posterior, Targets, targets
from sim.analysis.calibration.space import Floats, Space
from sim.analysis.evidence import Patterns

if TYPE_CHECKING:
    import pandas as pd

DESIGN, WAVE, KEPT, JUDGES, BEST = "design", "wave", "posterior", "judges", "best"
"""The stages: sets from all over, of a wave (with its number), kept of the posterior, drawn of the posteriors without a
group, which is judged by them, and candidates for the best."""

NONE = ""
"""In the place of a group: none is left out."""

FIRST_WORLD = 1001
"""Worlds of a calibration are others than those that the patterns are judged in."""

BLOCK = 6
"""Sets that are run in one world, in one chunk."""

AGAIN = 8
"""Of so many blocks the sets of one are run in a second world, too: that shows what is luck."""


class ParameterSet(NamedTuple):
    """A set of parameters that is run in some worlds; `left_out` is the group that its posterior does without."""

    stage: str
    number: int
    left_out: str
    worlds: range
    values: tuple[float, ...]


@dataclass(frozen=True)
class Known:
    """Runs so far: points (runs, parameters), figures (runs, figures); stage and number say of which sets they are."""

    space: Space
    points: Floats
    figures: Floats
    stage: NDArray[np.str_]
    number: NDArray[np.int64]
    left_out: NDArray[np.str_]

    @classmethod
    def of(cls, frame: "pd.DataFrame", space: Space, columns: Sequence[str]) -> "Known":
        """The runs of a table of results that did not fail."""
        frame = frame[frame["error"].isna()]
        return cls(
            space,
            space.points_of(frame[list(space.names)].to_numpy(np.float64)),
            frame[list(columns)].to_numpy(np.float64),
            frame["stage"].to_numpy(str),
            frame["number"].to_numpy(np.int64),
            frame["left_out"].to_numpy(str),
        )

    @property
    def sets(self) -> NDArray[np.int64]:
        """A number for each set, the same for all its runs."""
        _, sets = np.unique(self.points, axis=0, return_inverse=True)
        order = np.random.default_rng(0).permutation(int(sets.max()) + 1)  # so that parts of them are alike
        mixed: NDArray[np.int64] = order[sets.reshape(-1)]
        return mixed

    def at(self, stage: str) -> NDArray[np.bool_]:
        """The runs of a stage."""
        there: NDArray[np.bool_] = self.stage == stage
        return there


@dataclass(frozen=True)
class Learned:
    """What has been learned from the runs: the emulator, how wrong it is where that matters, what is aimed at."""

    emulator: ResponseSurfaces
    accuracy: Accuracy
    targets: Targets

    def posterior(self, counts: NDArray[np.bool_]) -> Posterior:
        """The posterior, fitted to these figures."""
        return Posterior(self.emulator, self.targets, self.accuracy.own, counts)


def learn(known: Known, patterns: Patterns) -> Learned:
    """Learn from all runs; how wrong the emulator is, is judged where the latest of them lie."""
    sets, prior = known.sets, known.at(DESIGN)
    foretold = left_out(known.points, known.figures, sets)
    latest = known.at(known.stage[-1]) if not known.at(KEPT).any() else known.at(KEPT)
    found = accuracy(known.figures, foretold, sets, latest)
    return Learned(fit(known.points, known.figures), found, targets(bands_of(patterns), known.figures[prior]))


def bands_of(patterns: Patterns) -> Floats:
    """The bands of all figures: (figures, 2)."""
    return np.array([band for pattern in patterns.patterns for band in pattern.accept.values()], np.float64)


def groups_of(patterns: Patterns) -> list[str]:
    """What is left out in turn: nothing, and each group of patterns that the model is fitted to."""
    return [NONE, *dict.fromkeys(pattern.group for pattern in patterns.patterns if pattern.fitted)]


def fitted_to(patterns: Patterns, left_out: str) -> NDArray[np.bool_]:
    """Which figures a posterior is fitted to: those that the model is, but for a group's."""
    return np.array(
        [pattern.fitted and pattern.group != left_out for pattern in patterns.patterns for _ in pattern.accept]
    )


def design(file: Calibration, space: Space) -> list[ParameterSet]:
    """Sets from all over the space: a scrambled Sobol sequence (Owen 1998)."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(space.names), rng=np.random.default_rng([file.design.seed, 0x646573]))
    unit = sequence.random_base2(max(1, math.ceil(math.log2(file.design.sets))))[: file.design.sets]
    return list(_in_blocks(DESIGN, 2.0 * unit - 1.0, space, FIRST_WORLD))


def following(
    file: Calibration, patterns: Patterns, known: Known, trials: Sequence[ParameterSet]
) -> list[ParameterSet]:
    """The sets of the next stage; none if there is no further one.

    Args:
        file: how to calibrate.
        patterns: what parameters are fitted to.
        known: what came of the sets so far.
        trials: the sets so far.
    """
    done = len({trial.stage for trial in trials if trial.stage.startswith(WAVE)})
    if trials[-1].stage == BEST:
        return []
    learned, world = learn(known, patterns), max(trial.worlds.stop for trial in trials)
    if done < file.waves.waves:
        drawn = drawn_from(file, learned, patterns, NONE, done + 1)
        return list(_in_blocks(f"{WAVE} {done + 1}", drawn.some(file.waves.sets), known.space, world))
    whole, *parts = groups_of(patterns)
    if known.at(KEPT).any():
        return candidates(file, learned, patterns, known, world)
    drawn = drawn_from(file, learned, patterns, whole, done + 1)
    kept = list(_in_blocks(KEPT, drawn.some(file.posterior.sets), known.space, world))
    world += 2 * len(kept)
    judges = [
        ParameterSet(JUDGES, number, group, range(world, world + 1), _values(known.space, point))
        for group in parts
        for number, point in enumerate(drawn_from(file, learned, patterns, group, done + 1).some(file.judges.sets))
    ]
    return [*kept, *judges]


def candidates(file: Calibration, learned: Learned, patterns: Patterns, known: Known, world: int) -> list[ParameterSet]:
    """For the best set: the posterior's mode, and of the sets that were kept those whose one run fitted best."""
    counts, kept = fitted_to(patterns, NONE), np.flatnonzero(known.at(KEPT))
    fits = [learned.targets.only(counts).log_likelihood(known.figures[run][counts], learned.accuracy.luck[counts])
            for run in kept]  # fmt: skip
    points = [learned.posterior(counts).mode(), *known.points[kept[np.argsort(fits)[::-1]]]]
    _, first = np.unique(points, axis=0, return_index=True)
    worlds = range(world, world + file.best.worlds)
    chosen = [points[place] for place in sorted(first)[: file.best.candidates]]
    return [
        ParameterSet(BEST, number, NONE, worlds, _values(known.space, point)) for number, point in enumerate(chosen)
    ]


def drawn_from(file: Calibration, learned: Learned, patterns: Patterns, group: str, step: int) -> Draws:
    """Draws of the posterior without a group."""
    place = groups_of(patterns).index(group)
    settings = file.posterior
    return learned.posterior(fitted_to(patterns, group)).draw(
        [file.design.seed, 0x647261, place, step], settings.chains, settings.warm_up, settings.draws
    )


def _in_blocks(stage: str, points: Floats, space: Space, world: int) -> Iterator[ParameterSet]:
    for number, point in enumerate(points):
        block = number // BLOCK
        again = 2 if block % AGAIN == 0 else 1
        yield ParameterSet(
            stage, number, NONE, range(world + 2 * block, world + 2 * block + again), _values(space, point)
        )


def _values(space: Space, point: Floats) -> tuple[float, ...]:
    return tuple(space.values(point).values())
