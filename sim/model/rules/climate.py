"""What a team comes to share: psychological safety, direction, and the habit of leading itself."""

from sim.model.rules.common import spread, toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.decisions import ableness

# What makes a direction clear, parts of one. Assumed: that goals and roles are defined (initiating structure) does as
# much as that they inspire; talking them over does a little less, and meeting them again at every new plan least.
TOLD = 0.3
INSPIRED = 0.3
TALKED_OVER = 0.25
REPLANNED = 0.15


@rule
def share_climate(team, company, p):
    """Psychological safety and shared direction follow the leader's behaviour, as delivered on average.

    safety += ρ_s (unit(safety goal) - safety), and shared direction towards its goal at the same rate ρ_s;
    safety goal = s_0 + s_l (support + tolerance + heard) / 3 - s_d instruction, instruction = the leader's direction,
    heard = participation, and a share of its lack made up by practised voice (directions: Frazier et al. 2017; equal
    weights, as nothing says which matters more; Dawes 1979);
    direction goal = d_l [0.3 (instruction + inspiration) + 0.25 (participation + feedback) / 2 + 0.15 iteration]
    + d_k competence^2: whoever defines goals and roles gives a direction, too (initiating structure; Judge, Piccolo &
    Ilies 2004), and able people know by themselves what is needed (substitutes for leadership; Kerr & Jermier 1978).
    Practised clarity makes up a share of what is lacking.
    """
    if team.employed == 0.0:
        return
    heard = spread(team.participation, company.practised_voice)
    safety = (
        p.safety_base
        + p.safety_of_leading * (team.support + team.tolerance + heard) / 3.0
        - p.safety_lost_to_direction * team.direction
    )
    led = (
        TOLD * team.direction
        + INSPIRED * team.inspiration
        + TALKED_OVER * 0.5 * (team.participation + team.feedback)
        + REPLANNED * team.iteration
    )
    direction = p.direction_of_leading * led + p.direction_of_expertise * team.competence**2
    team.psychological_safety = toward(team.psychological_safety, unit(safety), p.climate_rate)
    team.shared_direction = toward(
        team.shared_direction, spread(unit(direction), company.practised_clarity), p.climate_rate
    )


@rule
def lead_itself(team, p):
    """Self-leading: how far the team is used to deciding and going on by itself, learned slowly by doing so.

    self-leading += ρ_s (unit(together + delegated) able - self-leading), at the pace of the climate, able as in
    `ableness`: people get used to what they have to do and can do (self-leading teams; Manz & Sims 1987; Stewart,
    Courtright & Manz 2011). What counts is who decides in fact: a team that decides while its leader is away learns it.
    Expected: teams that are used to it go on without their leader, and autocratically led ones stop (Lewin, Lippitt &
    White 1939).
    """
    if team.employed == 0.0:
        return
    team.self_leading = toward(team.self_leading, unit(team.deciding) * ableness(team), p.climate_rate)
