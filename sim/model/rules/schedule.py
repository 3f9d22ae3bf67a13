"""A company's week, in order: the compiled counterpart of `TeamModel.step`, calling the same rules."""

from sim.model.rules.attention import deliver, intend, remember_contact, share_attention, take_example
from sim.model.rules.climate import share_climate
from sim.model.rules.compiled import rule
from sim.model.rules.customers import serve_customers
from sim.model.rules.decisions import arrive, decide
from sim.model.rules.diagnosis import develop, diagnose
from sim.model.rules.events import happen
from sim.model.rules.innovation import have_ideas, innovate
from sim.model.rules.leading import add_capacity, clear_week, hours_asked
from sim.model.rules.learning import learn
from sim.model.rules.market import drift
from sim.model.rules.money import keep_books
from sim.model.rules.morale import feel, mood_around
from sim.model.rules.motivation import be_motivated, feel_needs, gain_confidence, weigh_autonomy
from sim.model.rules.people import settle
from sim.model.rules.policy import choose_stage
from sim.model.rules.practices import practise
from sim.model.rules.strain import tire
from sim.model.rules.tally import add_people, add_team, measure, note_people
from sim.model.rules.team import average_behaviour, count, differ
from sim.model.rules.technology import adopt_technology
from sim.model.rules.trust import give_trust
from sim.model.rules.turnover import recruit, stay_or_leave
from sim.model.rules.work import be_guided, help_newcomers, lend_a_hand, meet_demand, perform, work
from sim.model.state import APPLICANT_WEEKS, EMPLOYED, VACANT
from sim.model.world import World


@rule
def remember_mood(mood, employees):
    """Keep everybody's morale for the colleagues to notice next week; below 0 where nobody is."""
    for i in range(employees.shape[0]):
        mood[i] = employees[i].morale if employees[i].status == EMPLOYED else -1.0


@rule
def populate(world, starts, applicants, team_starts, parameters):
    """Set up all teams and positions as they are before the first week, under every arm.

    applicants: the people of that day; team_starts: how teams differ.
    """
    for a in range(world.employees.shape[0]):
        for t in range(world.teams.shape[1]):
            differ(world.teams[a, t], team_starts[t], parameters[0])
        for i in range(world.employees.shape[1]):
            position, start = world.employees[a, i], starts[i]
            settle(position, start, applicants[i], world.diversity[start.team], world.company[a, 0], parameters[0])
        remember_mood(world.mood[a], world.employees[a])


@rule
def lead(team, leader, members, weeks, company, luck, team_luck, plan, week, p):
    """The leader's part of the week: see, intend, find the time, behave, decide."""
    choose_stage(leader, team, company, plan.policies, plan.stages, week)
    take_example(leader, company)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            diagnose(members[i], leader, luck[i], company.scheme, p)
            intend(weeks[i], plan.tables[leader.stage, members[i].seen_level])
    arrive(team, company, team_luck)
    share_attention(leader, hours_asked(team, leader, members, weeks, company, p))
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            deliver(weeks[i], leader, company)
    average_behaviour(team, members, weeks)
    remember_contact(leader, team)
    decide(team, leader, company, team_luck, p)


@rule
def live(members, weeks, team, leader, company, colleagues, mood, luck, p):
    """People's week after the work is done: what it teaches, what it does to them, and what comes to their minds.

    Nobody's rules ask what another person's have changed, so that everybody follows one before anybody follows the
    next: a processor works on several people at once where little is to be done for each.
    """
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            perform(members[i], weeks[i], team, company, luck[i], p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            learn(members[i], weeks[i], team, leader, company, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            weigh_autonomy(members[i], weeks[i], p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            feel_needs(members[i], weeks[i], team, leader, company, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            be_motivated(members[i], weeks[i], p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            gain_confidence(members[i], weeks[i], p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            develop(members[i], company.scheme, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            tire(members[i], weeks[i], team, company, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            give_trust(members[i], weeks[i], leader, company, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            feel(members[i], weeks[i], team, company, mood_around(colleagues[i], mood, members[i].morale), luck[i], p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            team.heard += have_ideas(members[i], weeks[i], team, p)


@rule
def team_week(t, world, plan, block, w, p):
    """One team's week: led, worked, lived through, and at its end some leave and some come.

    world: of one arm; w: place of the week in the block.
    """
    week = block.first_week + w
    team, leader, company, tally = world.teams[t], world.leaders[t], world.company[0], world.tallies[1 + t]
    first, last = team.first, team.last
    members, colleagues, mood = world.employees[first:last], world.colleagues[first:last], world.mood
    weeks = world.weeks
    luck, chance, applicants = (
        block.luck[w, first:last], block.chance[w, first:last], block.applicants[month(block, w), first:last],
    )  # fmt: skip
    team_luck, company_luck, diversity = block.team_luck[w, t], block.company_luck[w], world.diversity[t]
    clear_week(team)
    count(team, members)
    lead(team, leader, members, weeks, company, luck, team_luck, plan, week, p)
    help_newcomers(team, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            be_guided(members[i], weeks[i], team, leader, company, p)
            work(members[i], weeks[i], team, leader, company, luck[i], p)
    add_capacity(team, members, weeks)
    lend_a_hand(team, leader, p)
    meet_demand(team, company, company_luck, p)
    live(members, weeks, team, leader, company, colleagues, mood, luck, p)
    share_climate(team, company, p)
    innovate(team, company, team_luck, p)
    add_people(tally, members, weeks, p)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            stay_or_leave(members[i], team, company, chance[i], p)
        elif members[i].status == VACANT:
            recruit(members[i], team, applicants[i], diversity, company, chance[i], p)
    add_team(tally, team, leader, company, p)


@rule
def take_up(company, practices, leaders, week, p):
    """The company's part at the beginning of the week: practices take hold, technology comes in."""
    practise(company, practices, leaders, week, p)
    adopt_technology(company, p)


@rule
def close_week(company, tally, company_luck, p):
    """The company's part at the end of the week: market, customers, books."""
    drift(company, tally, company_luck, p)
    serve_customers(company, tally, p)
    keep_books(company, tally, p)


@rule
def month(block, w):
    """Which applicants a week of the block sees, by the place of the week."""
    return (block.first_week + w - 1) // APPLICANT_WEEKS - (block.first_week - 1) // APPLICANT_WEEKS


@rule
def of_arm(world, a):
    """The state under one arm."""
    return World(
        world.employees[a], world.leaders[a], world.teams[a], world.company[a], world.tallies[a], world.sums[a],
        world.mood[a], world.practices[a], world.weeks, world.colleagues, world.diversity,
    )  # fmt: skip


@rule
def run_weeks(world, plan, block, parameters, measures):
    """Run the weeks of a block of chance, under some arms that share it.

    world: a World with arms; its `weeks` are those of one team after the other; plan: a Plan with arms; measures:
    Measures, written, with as many weeks as are to be run.
    """
    p = parameters[0]
    for a in range(measures.company.shape[0]):
        here, events = of_arm(world, a), plan.events[a]
        company = here.company[0]
        for w in range(measures.company.shape[1]):
            week = block.first_week + w
            happen(events, here.employees, here.leaders, company, week, p)
            take_up(company, here.practices, here.leaders, week, p)
            here.sums[:, :] = 0.0
            for t in range(here.teams.shape[0]):
                team_week(t, here, plan, block, w, p)
                if measures.people.shape[1] > 0:
                    first, last = here.teams[t].first, here.teams[t].last
                    people = measures.people[a, w, first:last]
                    note_people(people, here.employees[first:last], here.weeks, here.leaders[t], company)
                for k in range(here.sums.shape[1]):
                    here.sums[0, k] += here.sums[1 + t, k]
                if measures.teams.shape[1] > 0:
                    measure(measures.teams[a, w, t], here.tallies[1 + t], company)
            remember_mood(here.mood, here.employees)
            close_week(company, here.tallies[0], block.company_luck[w], p)
            measure(measures.company[a, w], here.tallies[0], company)
