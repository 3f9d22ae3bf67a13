"""Mechanism 14, technology: it takes over routine work and helps; first it has to be learned, and it is feared."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule
from sim.model.state import EMPLOYED


@rule
def in_hand(company):
    """How far people get out of a tool what is in it: 0.5 + 0.5 readiness.

    Much of it without training: people new to such a tool wrote in 40% less time with it (Noy & Zhang 2023).
    """
    return 0.5 + 0.5 * company.ai_readiness


@rule
def adopt_technology(company, p):
    """Bring technology in: what is new has to be learned (a dip first), and threatens jobs unless handled openly.

    automation += max(practised automation - automation, 0)(1 - fear): resistance slows it down;
    readiness += λ_a (training + 0.1 min(tools, 1))(1 - readiness): taught, and by use, tools = practised assistance +
    answers + judgement; unfamiliar += automation gained - λ_a (0.2 + readiness) unfamiliar: work that changes hands has
    to be learned anew; whoever is helped goes on as before, and people new to such help were faster from the first day
    (Noy & Zhang 2023);
    fear += ρ_j (threat - fear), threat = unit(z_j unfamiliar)(1 - openness).
    Directions: productivity J-curve (Brynjolfsson et al. 2021);
    technology threat and job insecurity (Brougham & Haar 2018). Not validated.
    """
    gained = max(unit(company.practised_automation) - company.automation, 0.0) * (1.0 - company.fear)
    company.automation += gained
    tools = company.practised_assistance + company.practised_answers + company.practised_judgement
    taught = p.adoption_learning * (company.practised_training + 0.1 * min(tools, 1.0))
    company.ai_readiness = unit(company.ai_readiness + taught * (1.0 - company.ai_readiness))
    learned = p.adoption_learning * (0.2 + company.ai_readiness) * company.unfamiliarity
    company.unfamiliarity = unit(company.unfamiliarity + gained - learned)
    threat = unit(p.job_threat * company.unfamiliarity) * (1.0 - unit(company.practised_openness))
    company.fear = toward(company.fear, threat, p.fear_rate)


@rule
def freed(company, p):
    """Work that a person-hour does, by automation: 1 / (1 - routine automation), routine = r_0 (1 - complexity).

    While it is unfamiliar, technology takes time instead: x (1 - z_d unfamiliar), not below 0.
    """
    routine = p.routine_share * (1.0 - company.complexity)
    return max(1.0 - p.adoption_dip * company.unfamiliarity, 0.0) / (1.0 - routine * company.automation)


@rule
def see_the_best(team, members, weeks):
    """Competence x knack of whoever does the work best."""
    team.best = 0.0
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            team.best = max(team.best, members[i].competence * weeks[i].knack)


@rule
def helped(proficiency, knack, team, company, p):
    """Proficiency with the help that passes on how the best of the team do the work: what they do, not what they know.

    proficiency + assistance x in hand x max(k_a best / knack - proficiency, 0), where best = competence x knack of
    whoever does the work best: whoever gets less done gains more, and the best gain nothing (form: Brynjolfsson, Li &
    Raymond 2025; Noy & Zhang 2023).
    """
    lacking = max(p.assistance_quality * team.best / knack - proficiency, 0.0)
    return proficiency + min(company.practised_assistance, 1.0) * in_hand(company) * lacking
