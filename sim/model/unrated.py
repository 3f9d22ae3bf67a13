"""Draws a development level for people whom nobody has rated, anew in each replication."""

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.rules.diagnosis import HIGH_COMMITMENT, MODERATE_COMPETENCE
from sim.model.world import Records
from sim.scenario.sections import USUAL_MIX

MUST_BE_KNOWN = ("competence", "confidence", "motivation", "tenure")


def unrated(starts: Records) -> NDArray[np.bool_]:
    """Which positions begin with a person of whom something is unknown that the level tells: (positions,)."""
    unknown = np.any([np.isnan(starts[name]) for name in MUST_BE_KNOWN], axis=0)
    listed: NDArray[np.bool_] = (starts["status"] == state.EMPLOYED) & (starts["level"] == state.NOT_GIVEN)
    return listed & unknown


def with_levels(starts: Records, draws: NDArray[np.float64]) -> Records:
    """The starts with a development level for the unrated: from the usual mix, among the levels that fit what is known.

    Able people are D3 or D4 and others D1 or D2; committed people are D1 or D4 and others D2 or D3. What is known stays
    as it is. That people whom nobody has rated are as mixed as usual is assumed.

    Args:
        starts: (positions,) of START.
        draws: (positions,), uniform on [0, 1).
    """
    able = starts["competence"] >= MODERATE_COMPETENCE
    committed = 0.5 * (starts["confidence"] + starts["motivation"]) >= HIGH_COMMITMENT
    of_able, of_committed = np.array([False, False, True, True]), np.array([True, False, False, True])
    fits = np.ones((len(starts), 4), bool)
    rated, felt = ~np.isnan(starts["competence"]), ~np.isnan(starts["confidence"] + starts["motivation"])
    fits[rated] &= able[rated, None] == of_able
    fits[felt] &= committed[felt, None] == of_committed
    up_to = np.cumsum(fits * np.array(USUAL_MIX.shares), axis=1)
    level = (draws[:, None] * up_to[:, -1:] >= up_to[:, :3]).sum(axis=1)
    drawn = starts.copy()
    drawn["level"] = np.where(unrated(starts), level, starts["level"])
    return drawn
