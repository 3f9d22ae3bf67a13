"""The pattern of leader time: what a team gets done while its leader is away."""

from sim.analysis.patterns.samples import AWAY_WEEKS, LEWIN
from sim.analysis.patterns.world import Figures, World


def leader_away(world: World) -> Figures:
    """Output of two weeks without leaders against the same weeks with them, under three leadership styles."""
    there, away = (
        world.sample(f"leaders {where}").metric("output")[:, :, -AWAY_WEEKS:].mean(axis=(1, 2))
        for where in ("there", "away")
    )
    drop = dict(zip(LEWIN, map(float, 1.0 - away / there), strict=True))
    return {
        "democratic_drop": drop["democratic"],
        "autocratic_drop_beyond": drop["autocratic"] - drop["democratic"],
        "laissez_faire_change": -drop["laissez-faire"],
    }
