# mypy: allow-untyped-defs
# A rule takes records, and NumPy has no type that knows `employee.competence`.
"""The rules one employee, leader or team at a time, as Mesa's agents call them.

An act does to position i or team t what the loops of `rules.schedule` do to all of them. It takes whole arrays and an
index, because Python hands over an array ten times as fast as one record of it.
"""

from sim.model.rules import (
    attention,
    climate,
    decisions,
    diagnosis,
    events,
    innovation,
    leading,
    learning,
    morale,
    motivation,
    policy,
    schedule,
    strain,
    tally,
    trust,
    turnover,
)
from sim.model.rules import team as teamwork
from sim.model.rules import work as working
from sim.model.rules.compiled import rule
from sim.model.state import EMPLOYED

# --- An employee, at position i ---------------------------------------------------------------------------------------


@rule
def work(i, employees, weeks, teams, leaders, companies, luck, p):
    """Take the guidance there is, and work."""
    t = employees[i].team
    working.be_guided(employees[i], weeks[i], teams[t], leaders[t], companies[0], p[0])
    working.work(employees[i], weeks[i], teams[t], leaders[t], companies[0], luck[i], p[0])


@rule
def perform(i, employees, weeks, teams, companies, luck, p):
    """Get a share of the output done, and see how well it went."""
    working.perform(employees[i], weeks[i], teams[employees[i].team], companies[0], luck[i], p[0])


@rule
def learn(i, employees, weeks, teams, leaders, companies, p):
    """Learn."""
    t = employees[i].team
    learning.learn(employees[i], weeks[i], teams[t], leaders[t], companies[0], p[0])


@rule
def feel_needs(i, employees, weeks, teams, leaders, companies, p):
    """Weigh the autonomy there is, and feel which needs are met."""
    motivation.weigh_autonomy(employees[i], weeks[i], p[0])
    t = employees[i].team
    motivation.feel_needs(employees[i], weeks[i], teams[t], leaders[t], companies[0], p[0])


@rule
def be_motivated(i, employees, weeks, p):
    """Want to, and feel able to."""
    motivation.be_motivated(employees[i], weeks[i], p[0])
    motivation.gain_confidence(employees[i], weeks[i], p[0])


@rule
def develop(i, employees, companies, p):
    """Derive commitment and the development level."""
    diagnosis.develop(employees[i], companies[0].scheme, p[0])


@rule
def tire(i, employees, weeks, teams, companies, p):
    """Tire, or recover."""
    strain.tire(employees[i], weeks[i], teams[employees[i].team], companies[0], p[0])


@rule
def give_trust(i, employees, weeks, leaders, companies, p):
    """Trust the leader more or less."""
    trust.give_trust(employees[i], weeks[i], leaders[employees[i].team], companies[0], p[0])


@rule
def feel(i, employees, weeks, teams, companies, colleagues, mood, luck, p):
    """Feel about the work, and notice how colleagues felt last week."""
    around = morale.mood_around(colleagues[i], mood, employees[i].morale)
    morale.feel(employees[i], weeks[i], teams[employees[i].team], companies[0], around, luck[i], p[0])


@rule
def have_ideas(i, employees, weeks, teams, p):
    """Ideas of the week, number."""
    return innovation.have_ideas(employees[i], weeks[i], teams[employees[i].team], p[0])


@rule
def stay_or_leave(i, employees, teams, companies, chance, p):
    """Stay, or leave; whether the person leaves."""
    turnover.stay_or_leave(employees[i], teams[employees[i].team], companies[0], chance[i], p[0])
    return employees[i].status != EMPLOYED


@rule
def leave(i, employees):
    """Leave, if nobody has closed the position already."""
    if employees[i].status == EMPLOYED:
        turnover.leave(employees[i])


@rule
def recruit(i, employees, teams, applicants, diversity, companies, chance, p):
    """Look for somebody for a vacant position; whether somebody comes."""
    t = employees[i].team
    turnover.recruit(employees[i], teams[t], applicants[i], diversity[t], companies[0], chance[i], p[0])
    return employees[i].status == EMPLOYED


# --- The leader of team t ---------------------------------------------------------------------------------------------


@rule
def choose_stage(t, leaders, teams, companies, policies, stages, week):
    """Choose the stage of the style that fits the week."""
    policy.choose_stage(leaders[t], teams[t], companies[0], policies, stages, week)
    attention.take_example(leaders[t], companies[0])


@rule
def diagnose(i, employees, leaders, companies, luck, p):
    """See how able and committed the person at position i is."""
    diagnosis.diagnose(employees[i], leaders[employees[i].team], luck[i], companies[0].scheme, p[0])


@rule
def intend(i, employees, weeks, leaders, tables):
    """Mean to behave toward the person at position i as the style says."""
    attention.intend(weeks[i], tables[leaders[employees[i].team].stage, employees[i].seen_level])


@rule
def find_time(t, teams, leaders, employees, weeks, companies, luck, p):
    """See what decisions come up, and share out the hours there are."""
    first, last = teams[t].first, teams[t].last
    decisions.arrive(teams[t], companies[0], luck[t])
    hours = leading.hours_asked(teams[t], leaders[t], employees[first:last], weeks[first:last], companies[0], p[0])
    attention.share_attention(leaders[t], hours)


@rule
def deliver(i, employees, weeks, leaders, companies):
    """Behave toward the person at position i as far as time and habits allow."""
    attention.deliver(weeks[i], leaders[employees[i].team], companies[0])


@rule
def decide(t, teams, leaders, employees, weeks, companies, luck, p):
    """Take the week's decisions in the manner that the team has met."""
    first, last = teams[t].first, teams[t].last
    teamwork.average_behaviour(teams[t], employees[first:last], weeks[first:last])
    attention.remember_contact(leaders[t], teams[t])
    decisions.decide(teams[t], leaders[t], companies[0], luck[t], p[0])


# --- Team t -----------------------------------------------------------------------------------------------------------


@rule
def begin_week(t, teams, employees):
    """Start the week's counts at nothing, and see who is there."""
    leading.clear_week(teams[t])
    teamwork.count(teams[t], employees[teams[t].first : teams[t].last])


@rule
def help_newcomers(t, teams, p):
    """Give newcomers the hours that they need."""
    working.help_newcomers(teams[t], p[0])


@rule
def meet_demand(t, teams, leaders, employees, weeks, companies, luck, p):
    """Put everybody's capacity together, and finish what customers want."""
    first, last = teams[t].first, teams[t].last
    leading.add_capacity(teams[t], employees[first:last], weeks[first:last])
    working.lend_a_hand(teams[t], leaders[t], p[0])
    working.meet_demand(teams[t], companies[0], luck[0], p[0])


@rule
def change(t, teams, companies, luck, p):
    """Change together: climate, ideas put into use, process."""
    climate.share_climate(teams[t], companies[0], p[0])
    innovation.innovate(teams[t], companies[0], luck[t], p[0])


@rule
def tally_people(t, teams, employees, weeks, tallies, p):
    """Count up the people, before anybody leaves or comes."""
    first, last = teams[t].first, teams[t].last
    tally.add_people(tallies[1 + t], employees[first:last], weeks[first:last], p[0])


@rule
def tally_team(t, teams, leaders, companies, tallies, parameters):
    """Count up what the team did."""
    tally.add_team(tallies[1 + t], teams[t], leaders[t], companies[0], parameters[0])


# --- The company ------------------------------------------------------------------------------------------------------


@rule
def happen(happenings, employees, leaders, companies, week, p):
    """Let the week's events happen."""
    events.happen(happenings, employees, leaders, companies[0], week, p[0])


@rule
def take_up(companies, practices, leaders, week, p):
    """Let practices take hold, and technology come in."""
    schedule.take_up(companies[0], practices, leaders, week, p[0])


@rule
def close_week(companies, tallies, sums, luck, p):
    """Add the teams up; the market moves, customers judge, the books are closed. sums: the tallies as plain numbers."""
    for t in range(1, sums.shape[0]):
        for k in range(sums.shape[1]):
            sums[0, k] += sums[t, k]
    schedule.close_week(companies[0], tallies[0], luck[0], p[0])


@rule
def measure(measures, tallies, companies):
    """Write the company's metrics of the week."""
    tally.measure(measures[0], tallies[0], companies[0])
