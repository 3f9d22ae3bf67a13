"""What a team comes to share: psychological safety and direction."""

from sim.model.rules.common import spread, toward, unit
from sim.model.rules.compiled import rule


@rule
def share_climate(team, company, p):
    """Psychological safety and shared direction follow the leader's behaviour, as delivered on average.

    safety += ρ_s (unit(safety goal) - safety), and shared direction towards its goal at the same rate ρ_s;
    safety goal = s_0 + s_s support + s_t tolerance + s_p participation + s_v voice - s_d instruction,
    instruction = the leader's direction (directions: Frazier et al. 2017);
    direction goal = (d_i inspiration + d_d instruction + d_x (participation + feedback) / 2 + d_r iteration
    + d_k competence^2)(1 - d_n share of newcomers): newcomers have to be told first; able people know by themselves
    what is needed (substitutes for leadership; Kerr & Jermier 1978).
    Practised clarity makes up a share of what is lacking.
    """
    if team.employed == 0.0:
        return
    safety = (
        p.safety_base
        + p.safety_of_support * team.support
        + p.safety_of_tolerance * team.tolerance
        + p.safety_of_participation * team.participation
        + p.safety_of_voice * company.practised_voice
        - p.safety_lost_to_direction * team.direction
    )
    direction = (
        p.direction_of_inspiration * team.inspiration
        + p.direction_of_instruction * team.direction
        + p.direction_of_exchange * 0.5 * (team.participation + team.feedback)
        + p.direction_of_iteration * team.iteration
        + p.direction_of_expertise * team.competence**2
    )
    direction *= 1.0 - p.direction_lost_to_newcomers * team.newcomers / team.employed
    team.psychological_safety = toward(team.psychological_safety, unit(safety), p.climate_rate)
    team.shared_direction = toward(
        team.shared_direction, spread(unit(direction), company.practised_clarity), p.climate_rate
    )
