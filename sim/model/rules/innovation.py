"""Mechanism 11, innovation: ideas arise, are heard, are tried, and some are adopted."""

from sim.model.rules.common import spread, toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.motivation import latitude
from sim.model.state import EMPLOYED


@rule
def have_ideas(employee, week, team, company, p):
    """Ideas worth trying of one person this week, expected number (Lee et al. 2020: empowerment strongest for ideas).

    i_0 x 2 creativity x occasion x latitude x safety x motivation x slack: creativity against that of the average
    person; room to decide, and it has to be safe to speak up (Edmondson 1999); who wants to has ideas (intrinsic
    motivation; Amabile 1996);
    occasion = complexity + novelty: simple work that is always the same asks for no ideas (job complexity; Oldham &
    Cummings 1996; Hammond et al. 2011), and leaders do not choose it;
    slack = 1 - (pressure - 1) / 2 within [0.3, 1].
    """
    slack = min(max(1.0 - 0.5 * (team.pressure - 1.0), 0.3), 1.0)
    creative = 2.0 * employee.creativity * (company.complexity + company.novelty)
    week.ideas = p.idea_rate * creative * latitude(week) * team.psychological_safety * employee.motivation * slack


@rule
def hear_ideas(team, members, weeks):
    """Put together everybody's ideas of the week."""
    team.heard = 0.0
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            team.heard += weeks[i].ideas


@rule
def innovate(team, company, team_luck, p):
    """Try ideas at the pace of iteration; adopt the good ones; improve the process.

    The week's ideas x (0.7 + 0.6 diversity x heard) x luck join those in progress;
    tried = i_t^(1 - iteration) x ideas in progress: all of them where plans are revisited all the time;
    adopted = tried x (0.4 + 0.6 quality) x (0.6 + 0.4 tolerance); what is tried is used up, and of the rest
    3% a week is forgotten.
    heard = participation, and a share of its lack made up by practised voice;
    process += ρ_q (goal - process) + i_p adopted / people, goal = 0.75 quality + 0.25 shared direction + circumstances
    - p_r iteration (1 - novelty): replanning what is settled unsettles it (exploration crowds out exploitation; March
    1991).
    """
    heard = spread(team.participation, company.practised_voice)
    arriving = team.heard * (0.7 + 0.6 * team.diversity * heard)
    arriving *= max(1.0 + 0.4 * team_luck.innovation, 0.1)
    tried = p.trial_pace ** (1.0 - team.iteration) * team.ideas
    team.adopted = tried * (0.4 + 0.6 * team.quality) * (0.6 + 0.4 * team.tolerance)
    team.ideas = 0.97 * (team.ideas - tried) + arriving
    n = max(team.employed, 1.0)
    goal = 0.75 * team.quality + 0.25 * team.shared_direction + team.circumstances
    goal -= p.replanning_unsettles * team.iteration * (1.0 - company.novelty)
    team.process = unit(toward(team.process, goal, p.process_rate) + p.idea_improves * team.adopted / n)
