"""Mechanism 1, diagnosis: the leader sees people's competence and commitment with error."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.state import SLII


@rule
def level_of(competence, commitment, scheme, p):
    """Development level, 0 = D1 .. 3 = D4, read off competence and commitment.

    `slii` (Blanchard et al. 1985): D1 low competence, high commitment; D2 low to some competence, low commitment;
    D3 moderate to high competence, variable commitment; D4 high, high.
    `readiness` (Hersey & Blanchard 1969): R1 unable and unwilling, R2 unable but willing, R3 able but unwilling,
    R4 able and willing; able = from moderate competence.
    Commitment is high (a person is willing) from θ_c, competence moderate from θ_m and high from θ_k; D3 is whoever has
    at least moderate competence and is not D4.
    """
    committed = commitment >= p.high_commitment
    able = competence >= p.moderate_competence
    if scheme == SLII:
        if not able:
            return 0 if committed else 1
        return 3 if committed and competence >= p.high_competence else 2
    if able:
        return 3 if committed else 2
    return 1 if committed else 0


@rule
def diagnose(employee, leader, company, luck, p):
    """Update the leader's impression of one person, and the level the person is taken to be at.

    error sd = σ_d (1 - skill) / skill x (1 - κ_c contact)(1 - κ_d data), with the leader's diagnosis skill, and contact
    and use of data of last week: at skill = 1 the leader sees what is, at skill = 0 anything. Impressions are averaged
    over weeks (memory ρ_d), with a standard normal draw z:
    seen <- seen + ρ_d (unit(true + sd z) - seen). Not validated; form: rater error as independent noise.
    """
    blur = p.diagnosis_error * (1.0 - leader.diagnosis_skill) / max(leader.diagnosis_skill, 0.001)
    blur *= (1.0 - p.contact_sharpens * leader.contact) * (1.0 - p.data_sharpens * leader.data_use)
    m = p.diagnosis_memory
    employee.seen_competence = toward(
        employee.seen_competence, unit(employee.competence + blur * luck.seen_competence), m
    )
    employee.seen_commitment = toward(
        employee.seen_commitment, unit(employee.commitment + blur * luck.seen_commitment), m
    )
    employee.seen_level = level_of(employee.seen_competence, employee.seen_commitment, company.scheme, p)


@rule
def develop(employee, company, p):
    """Derive commitment, the mean of confidence and motivation (Blanchard et al. 1985), and the true level."""
    employee.commitment = 0.5 * (employee.confidence + employee.motivation)
    employee.level = level_of(employee.competence, employee.commitment, company.scheme, p)
