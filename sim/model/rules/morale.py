"""Mechanism 7, morale: how it feels to work here; moods spread between colleagues."""

import math

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.strain import threat
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
def worth(employee, week, team, company, p):
    """What the work here is worth to a person, whatever the person is used to.

    m_0 + m_n needs met + m_t trust + m_e (1 - strain) - m_u ambiguity (Jackson & Schuler 1985) + m_c (company's
    conditions - 0.5) (pay and place weigh little; Judge et al. 2010) + the team's own conditions - m_j threat.
    """
    return (
        p.morale_base
        + p.morale_of_needs * week.needs_met
        + p.morale_of_trust * employee.trust
        + p.morale_of_ease * (1.0 - employee.strain)
        - p.morale_lost_to_ambiguity * week.ambiguity
        + p.morale_of_conditions * (company.conditions - 0.5)
        + team.conditions
        - p.morale_lost_to_threat * threat(employee, team, company)
    )


@rule
def feel(employee, week, team, company, colleagues, mood, luck, p):
    """Morale follows what the work is worth, against what one is used to, and private life; it spreads.

    goal = worth + m_x (worth - accustomed) + m_a (affect - 0.5) + private + m_o (mood around - morale);
    morale += ρ_m (unit(goal) - morale);
    accustomed += ρ_h (worth - accustomed): people judge by what they are used to, and get used to what they have
    (adaptation level; Helson 1964). Who comes from a worse job is content at first and less so within a year (honeymoon
    and hangover; Boswell, Boudreau & Tichy 2005), and of what another leader changes a part wears off in the same way;
    private <- (1 - ρ_v) private + sqrt(ρ_v (2 - ρ_v)) σ_v z, z = luck of the mood: life outside swings over months,
    with spread σ_v (a third to two fifths of satisfaction varies within a person; Ilies & Judge 2002);
    moods are catching (Barsade 2002).
    """
    around = mood_around(colleagues, mood, employee.morale)
    value = worth(employee, week, team, company, p)
    shaken = math.sqrt(p.private_pace * (2.0 - p.private_pace)) * p.private_spread * luck.mood
    employee.private = (1.0 - p.private_pace) * employee.private + shaken
    goal = (
        value
        + p.contrast * (value - employee.accustomed)
        + p.morale_of_affect * (employee.affect - 0.5)
        + employee.private
        + p.contagion * (around - employee.morale)
    )
    employee.morale = unit(toward(employee.morale, unit(goal), p.morale_rate))
    employee.accustomed = toward(employee.accustomed, value, p.adaptation_rate)


@rule
def remember_mood(mood, employees):
    """Keep everybody's morale for the colleagues to notice next week; below 0 where nobody is."""
    for i in range(employees.shape[0]):
        mood[i] = employees[i].morale if employees[i].status == EMPLOYED else -1.0
