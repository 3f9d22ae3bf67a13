"""Scales parameters to points of a cube: -1 is the lower end of a plausible range, and 1 the upper end."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.scenario.parameters import BY_NAME, PARAMETERS

type Floats = NDArray[np.float64]


class Space:
    """The parameters that are fitted. The prior is even over the cube.

    Args:
        names: of the parameters; by default all that have a plausible range.
    """

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = tuple(names) or tuple(p.name for p in PARAMETERS if p.low < p.high)
        self._low = np.array([BY_NAME[name].low for name in self.names])
        self._half = np.array([BY_NAME[name].high for name in self.names]) / 2 - self._low / 2

    def points(self, sets: Iterable[Mapping[str, float]]) -> Floats:
        """Where some sets of values lie: (sets, parameters)."""
        return self.points_of(np.array([[one[name] for name in self.names] for one in sets]))

    def points_of(self, values: Floats) -> Floats:
        """The same of values in the order of the names: (sets, parameters)."""
        points: Floats = (values - self._low) / self._half - 1.0
        return points

    def values(self, point: Floats) -> dict[str, float]:
        """The values at a point."""
        inside = self._low + (np.clip(point, -1.0, 1.0) + 1.0) * self._half
        return dict(zip(self.names, map(float, inside), strict=True))
