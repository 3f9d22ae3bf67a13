"""Which stage of a policy applies this week: by date, and by what the leader observes."""

from sim.model.rules.compiled import rule
from sim.model.state import NOTHING_OBSERVED


@rule
def observe(which, team, company):
    """What a leader goes by, in the order of `sim.scenario.behaviours.OBSERVABLES`; means of the team last week."""
    if which == 0:
        return company.urgency
    if which == 1:
        return team.competence
    if which == 2:
        return team.commitment
    if which == 3:
        return team.morale
    if which == 4:
        return team.strain
    if which == 5:
        return company.strategic_fit
    if which == 6:
        return team.backlog / max(team.positions, 1.0)
    return team.employed


@rule
def choose_stage(leader, team, company, policies, stages, week_number):
    """Set the stage that the leader is in: the last one of the policy whose conditions all hold."""
    policy = policies[leader.policy]
    leader.stage = policy.first
    for s in range(policy.first, policy.last):
        stage = stages[s]
        if week_number < stage.from_week or week_number > stage.until_week:
            continue
        if stage.observed != NOTHING_OBSERVED:
            seen = observe(stage.observed, team, company)
            if seen < stage.at_least or seen >= stage.below:
                continue
        leader.stage = s
