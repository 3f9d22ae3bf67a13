"""Mechanism 5, learning: by doing, by coaching, by failing where it is safe; skills age with novelty."""

from sim.model.rules.common import unit
from sim.model.rules.compiled import rule


@rule
def learn(employee, week, team, leader, company, p):
    """Competence approaches full proficiency exponentially (Heathcote et al. 2000) and ages.

    rate = r_i [ l practice fit + c development taught + f feedback (1 - 0.7 k) + e failure ] / (0.5 + complexity)
    fit = (1 - k^2)(0.1 + 0.9 guidance) + k^2 (1 - direction), k = competence: the unskilled learn by being shown, the
    skilled by finding out themselves (expertise reversal; Kalyuga et al. 2003);
    taught = unit(1.4 (leader competence + 0.2 - k)): nobody can teach what they do not know;
    practice = share of the week spent on the work x (0.4 + 0.6 utilisation);
    failure = (1 - success) tolerance safety novelty;
    competence += rate (1 - k) - a novelty k.
    """
    k = employee.competence
    fit = (1.0 - k**2) * (0.1 + 0.9 * week.guidance) + k**2 * (1.0 - week.direction)
    taught = unit(1.4 * (leader.competence + 0.2 - k))
    failure = (1.0 - week.success) * week.tolerance * team.psychological_safety * company.novelty
    rate = employee.learning_rate * (
        p.learning_by_doing * week.practice * (0.4 + 0.6 * team.utilisation) * fit
        + p.learning_by_coaching * week.development * taught
        + p.learning_by_feedback * week.feedback * (1.0 - 0.7 * k)
        + p.learning_by_failure * failure
    )
    rate /= 0.5 + company.complexity
    employee.competence = unit(k + rate * (1.0 - k) - p.skill_loss * company.novelty * k)
