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
from sim.model.rules.team import average_behaviour, count
from sim.model.rules.technology import adopt_technology
from sim.model.rules.trust import give_trust
from sim.model.rules.turnover import recruit, stay_or_leave
from sim.model.rules.work import be_guided, help_newcomers, lend_a_hand, meet_demand, perform, work
from sim.model.state import EMPLOYED, VACANT


@rule
def remember_mood(mood, employees):
    """Keep everybody's morale for the colleagues to notice next week; below 0 where nobody is."""
    for i in range(employees.shape[0]):
        mood[i] = employees[i].morale if employees[i].status == EMPLOYED else -1.0


@rule
def populate(employees, mood, starts, applicants, diversity, companies, parameters):
    """Set up all positions as they are before the first week; arrays as `run_weeks` has them, with an axis of arms."""
    for a in range(employees.shape[0]):
        for i in range(employees.shape[1]):
            start = starts[i]
            settle(employees[a, i], start, applicants[i], diversity[start.team], companies[a, 0], parameters[0])
        remember_mood(mood[a], employees[a])


@rule
def lead(team, leader, members, weeks, company, luck, team_luck, tables, policies, stages, week, p):
    """The leader's part of the week: see, intend, find the time, behave, decide."""
    choose_stage(leader, team, company, policies, stages, week)
    take_example(leader, company)
    for i in range(members.shape[0]):
        if members[i].status == EMPLOYED:
            diagnose(members[i], leader, luck[i], company.scheme, p)
            intend(weeks[i], tables[leader.stage, members[i].seen_level])
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
def team_week(
    team, leader, members, weeks, company, tally, colleagues, mood, luck, chance, team_luck, company_luck, applicants,
    diversity, tables, policies, stages, week, p,
):  # fmt: skip
    """One team's week: led, worked, lived through, and at its end some leave and some come."""
    clear_week(team)
    count(team, members)
    lead(team, leader, members, weeks, company, luck, team_luck, tables, policies, stages, week, p)
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
def run_weeks(
    employees, weeks, leaders, teams, companies, tallies, sums, colleagues, mood, tables, policies, stages, events,
    practices, diversity, luck, chance, team_luck, company_luck, applicants, first_week, applicant_weeks, parameters,
    rows, team_rows, person_rows,
):  # fmt: skip
    """Run as many weeks as there are rows, from `first_week` on (weeks count from 1), for arms that share their chance.

    State, changed in place, an arm each: employees (arms, positions), leaders and teams (arms, teams), companies
    (arms, 1), tallies (arms, 1 + teams): the company's, then each team's, and sums, the same memory as plain numbers,
    mood (arms, positions), practices (arms, practices); events (arms, events). Shared: colleagues (positions, 4);
    luck, chance (weeks, positions); team_luck (weeks, teams); company_luck (weeks,); applicants (months, positions).
    weeks: scratch for one team.
    rows: (arms, weeks, metrics); team_rows: (arms, weeks, teams, metrics), and person_rows: (arms, weeks, positions)
    of PERSON, without weeks where teams or people are not recorded.
    """
    p = parameters[0]
    for a in range(rows.shape[0]):
        company = companies[a, 0]
        for w in range(rows.shape[1]):
            week = first_week + w
            month = (week - 1) // applicant_weeks - (first_week - 1) // applicant_weeks
            happen(events[a], employees[a], leaders[a], company, week, p)
            take_up(company, practices[a], leaders[a], week, p)
            sums[a, :, :] = 0.0
            for t in range(teams.shape[1]):
                first = teams[a, t].first
                last = teams[a, t].last
                team_week(
                    teams[a, t], leaders[a, t], employees[a, first:last], weeks, company, tallies[a, 1 + t],
                    colleagues[first:last], mood[a], luck[w, first:last], chance[w, first:last], team_luck[w, t],
                    company_luck[w], applicants[month, first:last], diversity[t], tables, policies, stages, week, p,
                )  # fmt: skip
                if person_rows.shape[1] > 0:
                    note_people(person_rows[a, w, first:last], employees[a, first:last], weeks, leaders[a, t], company)
                for k in range(sums.shape[2]):
                    sums[a, 0, k] += sums[a, 1 + t, k]
                if team_rows.shape[1] > 0:
                    measure(team_rows[a, w, t], tallies[a, 1 + t], company)
            remember_mood(mood[a], employees[a])
            close_week(company, tallies[a, 0], company_luck[w], p)
            measure(rows[a, w], tallies[a, 0], company)
