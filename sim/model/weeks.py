"""Runs the compiled steps of a week over many weeks, and over those before the first week of a run."""
# mypy: allow-untyped-defs
# A rule takes records, and NumPy has no type that knows `employee.competence`.

import numpy as np

from sim.model.chance import Block
from sim.model.compile_steps import weeks_of, whole
from sim.model.plugged import WEEK, measure
from sim.model.rules.compiled import rule
from sim.model.rules.people import hold, keep_in_mind
from sim.model.rules.tally import note_people
from sim.model.world import Held, Measures, Plan, Records, Run, World
from sim.scenario.plugins import plugins

if any(plugin.has_rules for plugin in plugins()):
    from sim.model.plugin_check import check_rules

    check_rules()

opening = whole("opening", WEEK.opening)
team_week = whole("team_week", WEEK.each_team)
closing = whole("closing", WEEK.closing)


def run_weeks(world: World, plan: Plan, block: Block, parameters: Records, measures: Measures, held: Held) -> None:
    """Run the weeks of a block of chance, under some arms that share it.

    world and plan: with arms; the world's `weeks` are those of one team after the other; measures: written, with as
    many weeks as are to be run; held: what is put back after each week, before the first of a run.
    """
    arms = world.employees.shape[0]
    given = [each[:arms] for each in measures]
    pieces = [np.ascontiguousarray(each) for each in given]  # all alike, so that one form is compiled
    run_compiled(world, plan, block, parameters, Measures(*pieces), held)
    for each, one in zip(given, pieces, strict=True):
        if one is not each:
            each[:] = one


@rule
def run_compiled(world, plan, block, parameters, measures, held):
    """The same, where all that is measured lies in one piece."""
    for a in range(world.employees.shape[0]):
        here, planned = of_arm(world, a), Plan(plan.tables, plan.stages, plan.policies, plan.events[a])
        run, company = Run(here, planned, block, parameters), here.company[0]
        for w in range(measures.company.shape[1]):
            if held.starts.shape[0] > 0:
                keep_in_mind(held.people, here.employees)
            opening(run, w)
            for t in range(here.teams.shape[0]):
                team_week(run, w, t)
                if measures.people.shape[1] > 0:
                    first, last = here.teams[t].first, here.teams[t].last
                    people, weeks = measures.people[a, w, first:last], weeks_of(here.weeks, here.employees, first, last)
                    team, leader = here.teams[t], here.leaders[t]
                    note_people(people, here.employees[first:last], weeks, team, leader, company, parameters[0])
                if measures.teams.shape[1] > 0:
                    measure(measures.teams[a, w, t], here.tallies[1 + t], company)
            closing(run, w)
            measure(measures.company[a, w], here.tallies[0], company)
            if held.starts.shape[0] > 0:
                hold(here.employees, held.people, held.starts, company, held.company[0], parameters[0])


@rule
def of_arm(world, a):
    """The state under one arm."""
    return World(
        world.employees[a], world.leaders[a], world.teams[a], world.company[a], world.tallies[a], world.sums[a],
        world.mood[a], world.practices[a], world.weeks, world.colleagues, world.diversity,
    )  # fmt: skip
