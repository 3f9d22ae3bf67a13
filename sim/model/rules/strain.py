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
def threat(employee, team, company):
    """How threatened a person feels: fear about, less what one has to meet it with (stress appraisal).

    threat = fear (1 - (trust + shared direction) / 2): who trusts those who lead, and sees where it goes, feels up to
    it (secondary appraisal; Lazarus & Folkman 1984).
    """
    return company.fear * (1.0 - 0.5 * (employee.trust + team.shared_direction))


@rule
def tire(employee, week, team, company, p):
    """Strain follows demands minus resources (Demerouti et al. 2001).

    strain += ρ_x (unit(goal) - strain);
    goal = x_0 + x_d demands - x_s resources - x_r (affect + resilience - 1) (affectivity, Thoresen et al. 2003;
    personal resources, Xanthopoulou et al. 2007);
    demands = overload + stretch + urgency + ambiguity + threat, resources = backing + service + autonomy met;
    overload = pressure - 0.9, neither below 0 nor above 1; stretch = challenge x commitment^2.
    The committed take more of a stretch upon themselves, so that they burn out first.
    """
    overload = min(max(team.pressure - 0.9, 0.0), 1.0)
    stretch = week.challenge * employee.commitment**2
    demands = overload + stretch + company.urgency + week.ambiguity + threat(employee, team, company)
    resources = backing(week, team, p) + week.service + week.autonomy_met
    goal = (
        p.strain_base
        + p.strain_of_demands * demands
        - p.resources_relieve * resources
        - p.person_relieves * (employee.affect + employee.resilience - 1.0)
    )
    employee.strain = toward(employee.strain, unit(goal), p.strain_rate)
