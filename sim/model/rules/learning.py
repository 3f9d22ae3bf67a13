"""Mechanism 5, learning: practice leads as far as leading and work let it; what was learned once comes back quickly."""

from sim.model.rules.common import unit
from sim.model.rules.compiled import rule
from sim.model.rules.motivation import latitude


@rule
def reach(employee, week, team, leader, company, p):
    """Competence that practice leads to as things are: 1 - (1 - k_0)(1 - deliberate)(1 - active)(1 - failure).

    And k_s (2 ability - 1) more: people differ in how far they get. k_0 is what mere experience leads to (Ericsson
    2006);
    deliberate = (shown + feedback + challenge) / 3, the parts of deliberate practice: being shown, being told how it
    went, being stretched (Ericsson, Krampe & Tesch-Römer 1993); in equal parts, which is assumed;
    shown = 1 - (1 - development x leader competence)(1 - safety x best): by the leader, and by the best colleague where
    it is safe to ask (Edmondson 1999); nobody can show what they cannot do;
    active = latitude (complexity + novelty) / 2: demands teach whoever may decide how to meet them (Karasek & Theorell
    1990);
    failure = (1 - success) tolerance safety novelty: what goes wrong teaches where nobody has to hide it (Edmondson
    1999). Expected: more competence under leading that develops people, that lets them decide and is safe to ask.
    """
    by_colleagues = team.psychological_safety * unit(team.best)
    shown = 1.0 - (1.0 - week.development * leader.competence) * (1.0 - by_colleagues)
    deliberate = (shown + week.feedback + week.challenge) / 3.0
    active = latitude(week) * 0.5 * (company.complexity + company.novelty)
    failure = (1.0 - week.success) * week.tolerance * team.psychological_safety * company.novelty
    lacking = (1.0 - p.plateau) * (1.0 - deliberate) * (1.0 - active) * (1.0 - failure)
    return unit(1.0 - lacking + p.plateau_spread * (2.0 * employee.ability - 1.0))


@rule
def learn(employee, week, team, leader, company, p):
    """Competence approaches what one can reach, or once could do, by practice; it is lost by disuse and by novelty.

    k = competence; k += the person's learning rate x pace x max(goal - k, 0) - λ_l (1 - use) k - λ_o novelty k;
    goal = the higher of `reach` and mastered, the most that was ever learned: what is known well is never quite
    forgotten, and practice brings it back quickly (storage and retrieval strength; Bjork & Bjork 1992);
    pace = λ_p use x motivation (1 - ambiguity) / (0.5 + complexity), λ_p that of work whose complexity lies halfway, so
    that curves are exponential (Heathcote, Brown & Mewhort 2000):
    nobody learns from what they do not understand (Kirschner, Sweller & Clark 2006), and little that they do not want
    to (Colquitt, LePine & Noe 2000); use = share of the week spent on the work x utilisation;
    disuse: Arthur et al. 1998; novelty makes a part of what was mastered outdated, too. Expected: experts keep what
    they know where the work does not change; beginners learn faster where they are told what to do.
    """
    k = employee.competence
    use = week.practice * team.utilisation
    pace = p.learning_by_doing * use * employee.motivation * (1.0 - week.ambiguity) / (0.5 + company.complexity)
    goal = max(reach(employee, week, team, leader, company, p), employee.mastered)
    gained = employee.learning_rate * pace * max(goal - k, 0.0)
    outdated = p.skills_outdated * company.novelty
    employee.competence = unit(k + gained - (p.skill_loss * (1.0 - use) + outdated) * k)
    employee.mastered = max(employee.mastered * (1.0 - outdated), employee.competence)
