"""Mechanism 5, learning: by doing, by coaching, by failing where it is safe; skills age with novelty."""

from sim.model.rules.common import unit
from sim.model.rules.compiled import rule


@rule
def learn(employee, week, team, company, p):
    """Competence approaches full proficiency exponentially (Heathcote et al. 2000) and ages.

    rate = r_i [ l used fit + c development + f feedback + e failure ] / (0.5 + complexity)
    fit = (1 - competence)(0.4 + 0.6 guidance) + competence (0.4 + 0.6 room): the unskilled learn by being shown, the
    skilled by finding out themselves; room = 1 - direction;
    failure = (1 - success) tolerance safety novelty;
    competence += rate (1 - competence) - a novelty competence.
    """
    k = employee.competence
    fit = (1.0 - k) * (0.4 + 0.6 * week.guidance) + k * (1.0 - 0.6 * week.direction)
    failure = (1.0 - week.success) * week.tolerance * team.psychological_safety * company.novelty
    rate = employee.learning_rate * (
        p.learning_by_doing * (0.4 + 0.6 * team.utilisation) * fit
        + p.learning_by_coaching * week.development
        + p.learning_by_feedback * week.feedback
        + p.learning_by_failure * failure
    )
    rate /= 0.5 + company.complexity
    employee.competence = unit(k + rate * (1.0 - k) - p.skill_loss * company.novelty * k)
