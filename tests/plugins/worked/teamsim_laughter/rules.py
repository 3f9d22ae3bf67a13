"""Laughter: who feels well laughs, and who laughs recovers."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.tally import per
from sim.model.state import EMPLOYED


@rule
def have_fun(company, practices):
    """What practices add to fun this week: strength = intensity x adopted, added up."""
    company.practised_fun = 0.0
    for k in range(practices.shape[0]):
        practice = practices[k]
        company.practised_fun += practice.intensity * practice.adopted * practice.fun


@rule
def laugh(employee, company, p):
    """Laughter follows morale and fun, and takes strain away.

    l += ρ_lau (m + fun (1 - m) - l); x -= x_lau l; m: morale, x: strain.
    """
    cheer = employee.morale + company.practised_fun * (1.0 - employee.morale)
    employee.laughter = unit(toward(employee.laughter, cheer, p.laughter_rate))
    employee.strain = unit(employee.strain - p.laughter_relieves * employee.laughter)


@rule
def be_serious(position):
    """Whoever has just come does not laugh yet."""
    if position.status == EMPLOYED:
        position.laughter = 0.0


@rule
def count_laughter(tally, members):
    """Add up the laughter of the people employed."""
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            tally.laughter += members[i].laughter


@rule
def mean_laughter(tally):
    """Laughter of the week, a mean over people."""
    return per(tally.laughter, tally.employed)
