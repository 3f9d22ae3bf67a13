"""The pattern of practices: what a bundle of management practices does for output, in a firm and across firms."""

import numpy as np

from sim.analysis.patterns.samples import HALF_A_YEAR
from sim.analysis.patterns.world import Figures, World
from sim.analysis.survey import correlation

MONTH = 4
"""Weeks that the twelfth month is looked at."""


def practices_bundle(world: World) -> Figures:
    """Output in the twelfth month with the bundle over that without; and across firms of which half have it."""
    practised, plain = (world.sample(f"{how} practices").metric("output")[0] for how in ("with", "without"))
    has = world.rng(36).permutation(len(practised)) < len(practised) // 2
    output = np.where(has, *(firms[:, -HALF_A_YEAR:].mean(axis=1) for firms in (practised, plain)))
    return {
        "month_12": float(practised[:, -MONTH:].mean() / plain[:, -MONTH:].mean() - 1.0),
        "r": correlation(has.astype(np.float64), output),
    }
