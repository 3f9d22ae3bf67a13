"""Mechanism 6, motivation and confidence: needs met or frustrated, and the experience of success."""

from sim.model.rules.common import spread, toward, unit
from sim.model.rules.compiled import rule
from sim.model.rules.strain import backing

# Weights of needs, in proportion to how they go with performance (Cerasoli et al. 2016).
AUTONOMY, COMPETENCE, RELATEDNESS = 0.28, 0.37, 0.25


@rule
def latitude(week):
    """Room to decide for oneself (Karasek & Theorell 1990).

    (1 - direction - unsaid) / 2 + (delegation + 0.6 participation) / 2: what the leader has reserved and found no time
    for is no freedom either.
    """
    return unit(0.5 * unit(1.0 - week.direction - week.unsaid) + 0.5 * (week.delegation + 0.6 * week.participation))


@rule
def weigh_autonomy(employee, week, p):
    """Autonomy granted against autonomy wanted (person-environment fit; self-determination theory).

    granted = latitude;
    wanted = unit(f_k able (0.6 + 0.8 need for autonomy)), able = competence (0.4 + 0.6 confidence).
    Over-supervision is wanted - granted, under-guidance granted - wanted, neither below 0; what
    freedom one cannot use frustrates in proportion to what one does not know, and support makes it bearable:
    autonomy met = unit(1 - f_m (over-supervision + 2 under-guidance (1 - competence)(1 - support / 2))).
    """
    granted = latitude(week)
    able = employee.competence * (0.4 + 0.6 * employee.confidence)
    wanted = unit(p.autonomy_of_able * able * (0.6 + 0.8 * employee.need_for_autonomy))
    week.oversupervision = max(wanted - granted, 0.0)
    week.underguidance = max(granted - wanted, 0.0)
    week.autonomy_met = unit(
        1.0
        - p.misfit_frustrates
        * (week.oversupervision + 2.0 * week.underguidance * (1.0 - employee.competence) * (1.0 - 0.5 * week.support))
    )


@rule
def mastery(week):
    """How far the need for competence is met: 0.85 success (0.6 + 0.4 guidance) + 0.15 development."""
    return 0.85 * week.success * (0.6 + 0.4 * week.guidance) + 0.15 * week.development


@rule
def relatedness(employee, week, team, p):
    """How far the need to belong is met: 0.5 helped + 0.3 safety + 0.2 trust.

    helped = unit(1 - u_l (lacking + imposed / 2)); support is wanted in proportion to self-doubt:
    wanted = 0.1 + 0.8 (1 - confidence), lacking = max(wanted - backing, 0), imposed = max(support - wanted, 0).
    """
    wanted = 0.1 + 0.8 * (1.0 - employee.confidence)
    lacking = max(wanted - backing(week, team, p), 0.0)
    imposed = max(week.support - wanted, 0.0)
    helped = unit(1.0 - p.lacking_support * (lacking + 0.5 * imposed))
    return 0.5 * helped + 0.3 * team.psychological_safety + 0.2 * employee.trust


@rule
def feel_needs(employee, week, team, leader, company, p):
    """needs met = weighted mean of autonomy, competence, relatedness, meaning and fairness.

    needs met = (0.28 autonomy met + 0.37 mastery + 0.25 relatedness + w_m (meaning + fairness)) / (0.90 + 2 w_m);
    mastery, the need for competence = 0.85 success (0.6 + 0.4 guidance) + 0.15 development: it takes knowing
    what was asked to enjoy having done it (goal clarity), and one likes to be helped to grow;
    relatedness = 0.5 helped + 0.3 safety + 0.2 trust; support is wanted in proportion to self-doubt, and help that
    nobody asked for is no help (Deelstra et al. 2003): helped falls with support lacking and with support imposed
    (`relatedness`), where wanted = 0.1 + 0.8 (1 - confidence), and colleagues make up for lacking support
    (rules.strain);
    meaning = 0.4 inspiration + 0.25 shared direction + 0.2 craft + 0.15 challenge x competence: stretch that one is up
    to is welcome (LePine, Podsakoff & LePine 2005), craft = competence x autonomy met (skill variety and autonomy make
    work meaningful; Hackman & Oldham 1976); practised purpose makes up a share of what meaning lacks;
    fairness = 0.4 trust + 0.3 recognition + 0.3 say, say = unit(participation + 0.8 delegation), and half of what it
    lacks made up by practised integrity that leaders live up to (share 0.5 practised integrity x attention x conduct).
    """
    craft = employee.competence * week.autonomy_met
    meaning = 0.40 * week.inspiration + 0.25 * team.shared_direction + 0.20 * craft
    meaning += 0.15 * week.challenge * employee.competence
    meaning = spread(meaning, company.practised_purpose)
    say = unit(week.participation + 0.8 * week.delegation)
    fairness = 0.4 * employee.trust + 0.3 * week.recognition + 0.3 * say
    fairness = spread(fairness, 0.5 * company.practised_integrity * leader.attention * leader.conduct)
    week.needs_met = (
        AUTONOMY * week.autonomy_met
        + COMPETENCE * mastery(week)
        + RELATEDNESS * relatedness(employee, week, team, p)
        + p.need_meaning * (meaning + fairness)
    ) / (AUTONOMY + COMPETENCE + RELATEDNESS + 2.0 * p.need_meaning)


@rule
def be_motivated(employee, week, p):
    """Motivation follows needs met; newcomers arrive above it.

    motivation += ρ_w (goal - motivation), goal = unit(w_0 + (1 - w_0) needs met).
    """
    goal = p.motivation_lift + (1.0 - p.motivation_lift) * week.needs_met
    employee.motivation = toward(employee.motivation, unit(goal), p.commitment_rate)


@rule
def gain_confidence(employee, week, p):
    """Confidence follows success (Bandura 1997).

    confidence += ρ_w (unit(goal) - confidence);
    goal = success + κ_s (1 - confidence)(support (1 - confidence) + delegation competence^2)
    - under-guidance (1 - support)(1 - competence): encouragement helps those who doubt themselves, being trusted with
    what one is up to helps the able (psychological empowerment; Spreitzer 1995), and responsibility beyond one's
    ability adds to the doubt.
    """
    goal = (
        week.success
        + p.encouragement
        * (1.0 - employee.confidence)
        * (week.support * (1.0 - employee.confidence) + week.delegation * employee.competence**2)
        - week.underguidance * (1.0 - week.support) * (1.0 - employee.competence)
    )
    employee.confidence = toward(employee.confidence, unit(goal), p.commitment_rate)
