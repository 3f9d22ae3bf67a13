"""Mechanism 7, morale: how it feels to work here; moods spread between colleagues."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.state import NOBODY


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
def feel(employee, week, team, around, luck, p):
    """Morale follows needs met, trust, recognition, success, strain, disposition, expectations and colleagues.

    goal = 0.08 + 0.45 needs + 0.18 trust + 0.10 recognition + 0.07 success + 0.30 (affect - 0.5) + 0.15 (1 - strain)
    + conditions + expectation (honeymoon, Boswell et al. 2005) + c (around - morale) (contagion, Barsade 2002); morale += r (goal - morale) + sd z.
    The weights are assumed.
    """
    goal = (
        0.45 * week.needs_met
        + 0.18 * employee.trust
        + 0.10 * week.recognition
        + 0.07 * week.success
        + 0.30 * (employee.affect - 0.5)
        + 0.08
        + 0.15 * (1.0 - employee.strain)
        + employee.expectation
        + team.conditions
        + p.contagion * (around - employee.morale)
    )
    employee.morale = unit(toward(employee.morale, unit(goal), p.morale_rate) + p.morale_luck * luck.mood)
