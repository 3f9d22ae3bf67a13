"""Mechanism 1, diagnosis: the leader sees people's competence and commitment with error, most of it lasting."""

import math

from sim.model.rules.common import UNIFORM_SD, unit
from sim.model.rules.compiled import rule
from sim.model.state import SLII

# Where levels begin: definitions, as Blanchard et al. (1985) give words and no figures.
MODERATE_COMPETENCE = 0.70
HIGH_COMPETENCE = 0.82
HIGH_COMMITMENT = 0.70

# Of the variance of a rating's error four parts in five are the rater's own view of the person, which lasts; of ratings
# 53-62% is the rater's and 11-18% is chance (Scullen, Mount & Goff 2000).
LASTING = math.sqrt(0.8)
PASSING = math.sqrt(0.2)


@rule
def level_of(competence, commitment, scheme):
    """Development level, 0 = D1 .. 3 = D4, read off competence and commitment.

    `slii` (Blanchard et al. 1985): D1 low competence, high commitment; D2 low to some competence, low commitment;
    D3 moderate to high competence, variable commitment; D4 high, high.
    `readiness` (Hersey & Blanchard 1969): R1 unable and unwilling, R2 unable but willing, R3 able but unwilling,
    R4 able and willing; able = from moderate competence.
    By definition, commitment is high (a person is willing) from 0.70, competence moderate from 0.70 and high from 0.82;
    D3 is whoever has at least moderate competence and is not D4.
    """
    committed = commitment >= HIGH_COMMITMENT
    able = competence >= MODERATE_COMPETENCE
    if scheme == SLII:
        if not able:
            return 0 if committed else 1
        return 3 if committed and competence >= HIGH_COMPETENCE else 2
    if able:
        return 3 if committed else 2
    return 1 if committed else 0


@rule
def diagnose(employee, leader, company, luck, p):
    """Update the leader's impression of one person, and the level the person is taken to be at.

    seen = unit(true + sd (0.8^0.5 regard + 0.2^0.5 z)), for competence and commitment; regard, of mean 0 and standard
    deviation 1: what this leader makes of this person, as long as both are there, and of all sides of the person alike
    (halo); z = a standard normal draw of the week for each side. Leaders' and people's own ratings correlate .3-.5
    (Heidemeier & Moser 2009), and two raters of the same person disagree for good (Scullen, Mount & Goff 2000);
    sd = σ_d (1 - skill) / skill x (1 - κ_d looked), with the leader's diagnosis skill: at skill = 1 the leader sees
    what is, at skill = 0 anything; looked = 1 - (1 - contact)(1 - data), of last week. Expected: leaders who adapt to
    people often adapt to what is not so.
    """
    looked = 1.0 - (1.0 - leader.contact) * (1.0 - leader.data_use)
    blur = p.diagnosis_error * (1.0 - leader.diagnosis_skill) / max(leader.diagnosis_skill, 0.001)
    blur *= 1.0 - p.looking_sharpens * looked
    regard = ((employee.regard + leader.turned) % 1.0 - 0.5) / UNIFORM_SD
    employee.seen_competence = unit(employee.competence + blur * (LASTING * regard + PASSING * luck.seen_competence))
    employee.seen_commitment = unit(employee.commitment + blur * (LASTING * regard + PASSING * luck.seen_commitment))
    employee.seen_level = level_of(employee.seen_competence, employee.seen_commitment, company.scheme)


@rule
def develop(employee, company):
    """Derive commitment, the mean of confidence and motivation (Blanchard et al. 1985), and the true level."""
    employee.commitment = 0.5 * (employee.confidence + employee.motivation)
    employee.level = level_of(employee.competence, employee.commitment, company.scheme)
