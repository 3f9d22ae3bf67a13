"""What a team comes to share: psychological safety and direction."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule


@rule
def share_climate(team, p):
    """Psychological safety and shared direction follow the leader's behaviour, as delivered on average.

    safety goal = 0.2 + 0.35 support + 0.30 tolerance + 0.20 participation - 0.20 direction (Frazier et al. 2017, directions)
    direction goal = 0.05 + 0.40 inspiration + 0.20 direction + 0.25 (participation + feedback) / 2 + 0.15 iteration
    + 0.35 expertise^2, as able people know by themselves what is needed (substitutes for leadership; Kerr & Jermier 1978);
    newcomers have to be told first, so that direction is diluted by their share. The weights are assumed.
    """
    if team.employed == 0.0:
        return
    safety = 0.2 + 0.35 * team.support + 0.30 * team.tolerance + 0.20 * team.participation - 0.20 * team.direction
    direction = (
        0.05
        + 0.35 * team.competence**2
        + 0.40 * team.inspiration
        + 0.20 * team.direction
        + 0.125 * (team.participation + team.feedback)
        + 0.15 * team.iteration
    )
    direction *= 1.0 - 0.4 * team.newcomers / team.employed
    team.psychological_safety = toward(team.psychological_safety, unit(safety), p.climate_rate)
    team.shared_direction = toward(team.shared_direction, unit(direction), p.climate_rate)
