"""Mechanism 8, strain: demands minus resources (JD-R)."""

from sim.model.rules.common import spread, toward, unit
from sim.model.rules.compiled import rule


@rule
def backing(week, team, p):
    """Support from the leader, a share of whose lack colleagues make up where it is safe to ask them.

    backing = support + u_p safety (1 - support) (support of colleagues as a resource; Demerouti et al. 2001).
    """
    return spread(week.support, p.peers_support * team.psychological_safety)


@rule
def tire(employee, week, team, company, p):
    """Strain follows demands minus resources (Demerouti et al. 2001).

    strain += ρ_x (unit(goal) - strain);
    goal = x_0 + x_l overload + x_c stretch + x_u ambiguity + x_t urgency + x_j fear
           - x_s backing - x_o service - x_f autonomy met - x_a (affect - 0.5) (affectivity)
           - x_r (resilience - 0.5) (personal resources; Xanthopoulou et al. 2007);
    overload = pressure - 0.9, neither below 0 nor above 1; stretch = challenge x commitment^2.
    The committed take more of a stretch upon themselves, so that they burn out first.
    """
    stretch = week.challenge * employee.commitment**2
    goal = (
        p.strain_base
        + p.strain_of_load * min(max(team.pressure - 0.9, 0.0), 1.0)
        + p.strain_of_stretch * stretch
        + p.strain_of_ambiguity * week.ambiguity
        + p.strain_of_urgency * company.urgency
        + p.strain_of_fear * company.fear
        - p.support_relieves * backing(week, team, p)
        - p.service_relieves * week.service
        - p.autonomy_relieves * week.autonomy_met
        - p.strain_of_affect * (employee.affect - 0.5)
        - p.resilience_relieves * (employee.resilience - 0.5)
    )
    employee.strain = toward(employee.strain, unit(goal), p.strain_rate)
