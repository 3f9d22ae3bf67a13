"""Practices: what the company takes up beside the way its leaders lead takes hold, costs, and reaches people."""

from sim.model.rules.common import spread, toward
from sim.model.rules.compiled import rule


@rule
def practise(company, practices, leaders, week_number, p):
    """Let practices take hold or fade, and put together what all of them add this week, and cost.

    adopted += min(ρ_p pace, 1)(attention - adopted) while kept up, and -= ρ_p adopted after;
    attention = leaders' mean of last week: a practice takes hold as far as leaders have time for it, so that too much
    at once is done by halves; otherwise practices that go together help more than each alone (Ichniowski, Shaw &
    Prennushi 1997);
    strength = intensity x adopted; what several practices add to the same behaviour or channel adds up.
    Costs fall due at the full intensity from the first week.
    """
    if practices.shape[0] == 0:
        return
    attention = 0.0
    for t in range(leaders.shape[0]):
        attention += leaders[t].attention / leaders.shape[0]
    forget(company)
    for k in range(practices.shape[0]):
        practice = practices[k]
        if practice.from_week <= week_number <= practice.until_week:
            practice.adopted = toward(practice.adopted, attention, min(p.practice_rate * practice.pace, 1.0))
            company.practice_hours += practice.intensity * practice.hours_leader
            company.practice_time += practice.intensity * practice.hours_people
            company.practice_money += practice.intensity * practice.money
        else:
            practice.adopted = toward(practice.adopted, 0.0, p.practice_rate)
        add(company, practice, practice.intensity * practice.adopted)


@rule
def forget(company):
    """Start the week's sums at nothing."""
    company.practice_hours = 0.0
    company.practice_time = 0.0
    company.practice_money = 0.0
    company.practised_direction = 0.0
    company.practised_support = 0.0
    company.practised_participation = 0.0
    company.practised_delegation = 0.0
    company.practised_inspiration = 0.0
    company.practised_challenge = 0.0
    company.practised_development = 0.0
    company.practised_recognition = 0.0
    company.practised_service = 0.0
    company.practised_feedback = 0.0
    company.practised_tolerance = 0.0
    company.practised_iteration = 0.0
    company.practised_data = 0.0
    company.practised_example = 0.0
    company.practised_clarity = 0.0
    company.practised_integrity = 0.0
    company.practised_voice = 0.0
    company.practised_purpose = 0.0
    company.practised_standing = 0.0
    company.practised_insight = 0.0
    company.practised_automation = 0.0
    company.practised_assistance = 0.0
    company.practised_judgement = 0.0
    company.practised_answers = 0.0
    company.practised_training = 0.0
    company.practised_openness = 0.0


@rule
def add(company, practice, strength):
    """Add what one practice does, at its present strength."""
    company.practised_direction += strength * practice.direction
    company.practised_support += strength * practice.support
    company.practised_participation += strength * practice.participation
    company.practised_delegation += strength * practice.delegation
    company.practised_inspiration += strength * practice.inspiration
    company.practised_challenge += strength * practice.challenge
    company.practised_development += strength * practice.development
    company.practised_recognition += strength * practice.recognition
    company.practised_service += strength * practice.service
    company.practised_feedback += strength * practice.feedback
    company.practised_tolerance += strength * practice.tolerance
    company.practised_iteration += strength * practice.iteration
    company.practised_data += strength * practice.data
    company.practised_example += strength * practice.example
    company.practised_clarity += strength * practice.clarity
    company.practised_integrity += strength * practice.integrity
    company.practised_voice += strength * practice.voice
    company.practised_purpose += strength * practice.purpose
    company.practised_standing += strength * practice.standing
    company.practised_insight += strength * practice.insight
    company.practised_automation += strength * practice.automation
    company.practised_assistance += strength * practice.assistance
    company.practised_judgement += strength * practice.judgement
    company.practised_answers += strength * practice.answers
    company.practised_training += strength * practice.training
    company.practised_openness += strength * practice.openness


@rule
def reach(week, company):
    """Let what is practised reach a person, on top of what the leader delivers.

    A practice makes up a share of what is lacking (or takes a share of what is there), so that it adds little where the
    leader behaves like that anyway.
    """
    week.direction = spread(week.direction, company.practised_direction)
    week.support = spread(week.support, company.practised_support)
    week.participation = spread(week.participation, company.practised_participation)
    week.delegation = spread(week.delegation, company.practised_delegation)
    week.inspiration = spread(week.inspiration, company.practised_inspiration)
    week.challenge = spread(week.challenge, company.practised_challenge)
    week.development = spread(week.development, company.practised_development)
    week.recognition = spread(week.recognition, company.practised_recognition)
    week.service = spread(week.service, company.practised_service)
    week.feedback = spread(week.feedback, company.practised_feedback)
    week.tolerance = spread(week.tolerance, company.practised_tolerance)
    week.iteration = spread(week.iteration, company.practised_iteration)
    week.data = spread(week.data, company.practised_data)
