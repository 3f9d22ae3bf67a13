"""Mechanism 6, motivation and confidence: needs met or frustrated, and the experience of success."""

from sim.model.rules.common import toward, unit
from sim.model.rules.compiled import rule


@rule
def weigh_autonomy(employee, week, p):
    """Autonomy granted against autonomy wanted (person-environment fit; self-determination theory).

    granted = (1 - direction) / 2 + (delegation + 0.6 participation) / 2
    wanted = base + a able (0.6 + 0.8 need), able = competence (0.4 + 0.6 confidence)
    Over-supervision is wanted - granted, under-guidance granted - wanted, neither below 0; support makes responsibility
    beyond one's ability bearable. autonomy met = 1 - o over - u under (1 - support / 2).
    """
    granted = 0.5 * (1.0 - week.direction) + 0.5 * (week.delegation + 0.6 * week.participation)
    able = employee.competence * (0.4 + 0.6 * employee.confidence)
    wanted = unit(p.autonomy_base + p.autonomy_of_able * able * (0.6 + 0.8 * employee.need_for_autonomy))
    week.oversupervision = max(wanted - granted, 0.0)
    week.underguidance = max(granted - wanted, 0.0)
    week.autonomy_met = unit(
        1.0
        - p.oversupervision_frustrates * week.oversupervision
        - p.underguidance_frustrates * week.underguidance * (1.0 - 0.5 * week.support)
    )


@rule
def feel_needs(employee, week, team, p):
    """needs met = weighted mean of autonomy, competence (success), relatedness, meaning and fairness.

    relatedness = 0.5 support + 0.3 safety + 0.2 trust; meaning = 0.55 inspiration + 0.45 shared direction;
    fairness = 0.4 trust + 0.3 recognition + 0.3 say, say = unit(participation + delegation / 2).
    """
    relatedness = 0.5 * week.support + 0.3 * team.psychological_safety + 0.2 * employee.trust
    meaning = 0.55 * week.inspiration + 0.45 * team.shared_direction
    say = unit(week.participation + 0.5 * week.delegation)
    fairness = 0.4 * employee.trust + 0.3 * week.recognition + 0.3 * say
    total = p.need_autonomy + p.need_competence + p.need_relatedness + p.need_meaning + p.need_fairness
    week.needs_met = (
        p.need_autonomy * week.autonomy_met
        + p.need_competence * week.success
        + p.need_relatedness * relatedness
        + p.need_meaning * meaning
        + p.need_fairness * fairness
    ) / total


@rule
def be_motivated(employee, week, p):
    """Motivation follows needs: m += r (goal - m), goal = l + (1 - l) needs met. Newcomers arrive above it."""
    goal = p.motivation_lift + (1.0 - p.motivation_lift) * week.needs_met
    employee.motivation = toward(employee.motivation, unit(goal), p.motivation_rate)


@rule
def gain_confidence(employee, week, p):
    """Confidence follows success (Bandura 1997): goal = success + e support (1 - success) - under-guidance / 4,
    so that encouragement takes part of the doubt away, and responsibility beyond one's ability adds to it.
    """
    doubt = 1.0 - week.success
    goal = week.success + p.encouragement * week.support * doubt - 0.25 * week.underguidance * (1.0 - week.support)
    employee.confidence = toward(employee.confidence, unit(goal), p.confidence_rate)
