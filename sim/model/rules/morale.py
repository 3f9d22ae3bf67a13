"""Mechanism 7, morale: how it feels to work here; moods spread between colleagues."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.state import EMPLOYED, NOBODY


@rule
def mood_around(colleagues, mood, own):
    """Mean mood, last week, of the colleagues that one works with; one's own where there are none.

    colleagues: indices of positions, NOBODY where none; mood: morale last week by position, below 0 for vacant ones.
    """
    total = 0.0
    n = 0.0
    for k in range(colleagues.shape[0]):
        j = colleagues[k]
        if j != NOBODY and mood[j] >= 0.0:
            total += mood[j]
            n += 1.0
    return total / n if n > 0.0 else own


@rule
def feel(employee, week, team, company, colleagues, mood, luck, p):
    """Morale follows needs met, trust, recognition, success, strain, disposition, expectations and colleagues.

    goal = m_0 + m_n needs met + m_t trust + m_r recognition + m_s success + m_a (affect - 0.5) + m_e (1 - strain)
    - m_u ambiguity (Jackson & Schuler 1985) + m_c (company's conditions - 0.5) + the team's own conditions
    + expectation (honeymoon; Boswell et al. 2005)
    + m_o (mood around - morale) (contagion; Barsade 2002);
    morale = unit(morale + ρ_m (unit(goal) - morale) + σ_m z), z = luck of the mood.
    """
    around = mood_around(colleagues, mood, employee.morale)
    goal = (
        p.morale_base
        + p.morale_of_needs * week.needs_met
        + p.morale_of_trust * employee.trust
        + p.morale_of_recognition * week.recognition
        + p.morale_of_success * week.success
        + p.morale_of_affect * (employee.affect - 0.5)
        + p.morale_of_ease * (1.0 - employee.strain)
        - p.morale_lost_to_ambiguity * week.ambiguity
        + employee.expectation
        + p.morale_of_conditions * (company.conditions - 0.5)
        + team.conditions
        + p.contagion * (around - employee.morale)
    )
    employee.morale = unit(toward(employee.morale, unit(goal), p.morale_rate) + p.morale_luck * luck.mood)


@rule
def remember_mood(mood, employees):
    """Keep everybody's morale for the colleagues to notice next week; below 0 where nobody is."""
    for i in range(employees.shape[0]):
        mood[i] = employees[i].morale if employees[i].status == EMPLOYED else -1.0
