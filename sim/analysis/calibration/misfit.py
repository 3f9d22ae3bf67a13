"""How badly a set of parameters fits: how far the figures of the published patterns lie outside their bands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.evidence import Patterns
from sim.scenario.parameters import BY_NAME

type Floats = NDArray[np.float64]

FAR = 4.0
"""Half-widths of a band beyond which a miss counts no more, so that one hopeless figure does not rule the search."""

CENTRE = 0.05
"""What lying at the edge of a band, and not in its middle, counts."""

PULL = 5.0
"""What leaving the middle of all plausible ranges for their edges counts: figures say little about many parameters."""

MISS = 0.3
"""What being outside a band counts in itself."""

NARROW = 0.5
"""Half-width that a band counts with at most: some bands are only open to one side."""

FAILED = 1e6
"""Misfit of a set that the model cannot be run with."""


@dataclass(frozen=True)
class Judgement:
    """How a set of parameters does: its misfit, the patterns that it shows, and the figures (medians over worlds)."""

    misfit: float
    passed: int
    figures: Mapping[str, float]


class Scale:
    """Parameters as points of a unit cube, each within its plausible range."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._low = np.array([BY_NAME[name].low for name in names])
        self._high = np.array([BY_NAME[name].high for name in names])

    def unit(self, values: Mapping[str, float]) -> Floats:
        """Where these values lie: (parameters,), 0 at the lower and 1 at the upper end of a range."""
        point = (np.array([values[name] for name in self.names]) - self._low) / (self._high - self._low)
        inside: Floats = np.clip(point, 0.0, 1.0)
        return inside

    def values(self, point: Floats) -> dict[str, float]:
        """The values at a point."""
        return dict(zip(self.names, map(float, self._low + point * (self._high - self._low)), strict=True))


def judgement(
    patterns: Patterns, parameters: Mapping[str, float], found: Sequence[Mapping[str, float] | None]
) -> Judgement:
    """Judge a set of parameters by the figures that it has in some worlds.

    Args:
        patterns: where the bands are.
        parameters: the set.
        found: per world the figures by 'PATTERN.FIGURE'; None where it could not be run. A figure that is no number
            counts as if it could not.
    """
    known = [figures for figures in found if figures is not None and np.isfinite(list(figures.values())).all()]
    if len(known) < len(found) or not known:
        return Judgement(FAILED, 0, {})
    total, passed, medians = 0.0, 0, {}
    for pattern in patterns.patterns:
        misses = []
        for name, (low, high) in pattern.accept.items():
            value = float(np.median([figures[f"{pattern.id}.{name}"] for figures in known]))
            medians[f"{pattern.id}.{name}"] = value
            misses.append(_miss(value, low, high))
        total += float(np.mean(misses)) + 0.5 * max(misses)
        passed += max(misses) <= CENTRE
    return Judgement(total + _pull(parameters), passed, medians)


def _pull(parameters: Mapping[str, float]) -> float:
    """Misfit of parameters that leave the middle of their plausible ranges: a ridge, or a normal prior."""
    return PULL * float(np.mean((2.0 * Scale(tuple(parameters)).unit(parameters) - 1.0) ** 2))


def _miss(value: float, low: float, high: float) -> float:
    """Misfit of one figure: a little off the middle of its band, much outside it."""
    half = (high - low) / 2
    outside = max(low - value, value - high, 0.0) / min(half, NARROW if half < FAR else half)
    inside = CENTRE * min(abs(value - (low + high) / 2) / half, 1.0) ** 2
    return inside + (MISS + min(outside, FAR) ** 1.5 if outside > 0 else 0.0)
