"""Mechanism 5, learning: by doing, by coaching, by failing where it is safe; skills age with novelty."""

from sim.model.rules.common import unit
from sim.model.rules.compiled import rule
from sim.model.rules.motivation import latitude


@rule
def learn(employee, week, team, leader, company, p):
    """Competence approaches a plateau by doing, full proficiency by being taught (Heathcote et al. 2000), and ages.

    skilled = unit((k - 0.62) / 0.28), k = competence;
    doing = λ_p practice fit max(plateau - k, 0): experience alone ends on a plateau (Ericsson 2006), which lies the
    higher the more the work has to teach and the more the skilled may decide for themselves (active learning; Karasek &
    Theorell 1990): plateau = k_0 + (1 - k_0)((complexity + novelty) / 4 + latitude skilled / 2) + k_s (2 ability - 1),
    as people differ in how far they get;
    fit = (1 - skilled)(0.1 + 0.9 guidance^2) + skilled (1 - direction): without guidance the unskilled learn little
    (Kirschner, Sweller & Clark 2006), the skilled by finding out themselves (expertise reversal; Kalyuga et al. 2003);
    practice = share of the week spent on the work x (0.4 + 0.6 utilisation);
    taught = [λ_c development unit(1.4 (leader competence + 0.2 - k)) + λ_f feedback (1 - 0.7 k) + λ_e failure] x
    (1 - k): nobody can teach what they do not know; failure = (1 - success) tolerance safety novelty;
    competence += the person's learning rate x (doing + taught) / (0.5 + complexity) - λ_l novelty k (1 - k / 2): who
    knows a field well carries more of it over to what is new (adaptive expertise; Hatano & Inagaki 1986).
    """
    k = employee.competence
    skilled = unit((k - 0.62) / 0.28)
    teaches = 0.25 * (company.complexity + company.novelty) + 0.5 * latitude(week) * skilled
    plateau = p.plateau + (1.0 - p.plateau) * teaches + p.plateau_spread * (2.0 * employee.ability - 1.0)
    fit = (1.0 - skilled) * (0.1 + 0.9 * week.guidance**2) + skilled * (1.0 - week.direction)
    doing = p.learning_by_doing * week.practice * (0.4 + 0.6 * team.utilisation) * fit * max(plateau - k, 0.0)
    failure = (1.0 - week.success) * week.tolerance * team.psychological_safety * company.novelty
    taught = (1.0 - k) * (
        p.learning_by_coaching * week.development * unit(1.4 * (leader.competence + 0.2 - k))
        + p.learning_by_feedback * week.feedback * (1.0 - 0.7 * k)
        + p.learning_by_failure * failure
    )
    gained = employee.learning_rate * (doing + taught) / (0.5 + company.complexity)
    employee.competence = unit(k + gained - p.skill_loss * company.novelty * k * (1.0 - 0.5 * k))
