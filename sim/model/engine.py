"""The fast driver: the steps of a week, compiled, over many weeks, replications and styles."""
# mypy: allow-untyped-defs
# A rule takes records, and NumPy has no type that knows `employee.competence`.

import numpy as np
from numpy.typing import NDArray

from sim.model.build import AS_IS, Blueprint, Timetable
from sim.model.chance import Block
from sim.model.compile_steps import weeks_of, whole
from sim.model.rules.compiled import is_cached, is_kept, rule
from sim.model.rules.tally import measure, note_people
from sim.model.state import MEASURES, PERSON
from sim.model.week import WEEK
from sim.model.world import Measures, Plan, Records, Run, World

MAX_WEEKS = 1040

opening = whole("opening", WEEK.opening)
team_week = whole("team_week", WEEK.each_team)
closing = whole("closing", WEEK.closing)


def advance(world: World, timetable: Timetable, block: Block, blueprint: Blueprint,
            rows: NDArray[np.float64], team_rows: NDArray[np.float64],
            person_rows: Records | None = None) -> None:  # fmt: skip
    """Run a world through a block of weeks, in place, under all its arms.

    Args:
        world: the state; it is changed.
        timetable: what leaders do and what happens.
        block: the chance of these weeks.
        blueprint: of the scenario.
        rows: (arms, weeks, metrics), written.
        team_rows: (arms, weeks, teams, metrics), written; (arms, 0, teams, metrics) where teams are not wanted.
        person_rows: (arms, weeks, positions) of PERSON, written; None where people are not wanted.
    """
    if person_rows is None:
        person_rows = np.empty((len(rows), 0, 0), PERSON)
    measures = Measures(rows.view(MEASURES)[..., 0], team_rows.view(MEASURES)[..., 0], person_rows)
    run_weeks(world, timetable.plan, block, blueprint.parameters, measures)


@rule
def run_weeks(world, plan, block, parameters, measures):
    """Run the weeks of a block of chance, under some arms that share it.

    world and plan: with arms; the world's `weeks` are those of one team after the other; measures: written, with as
    many weeks as are to be run.
    """
    for a in range(measures.company.shape[0]):
        here, planned = of_arm(world, a), Plan(plan.tables, plan.stages, plan.policies, plan.events[a])
        run, company = Run(here, planned, block, parameters), here.company[0]
        for w in range(measures.company.shape[1]):
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


@rule
def of_arm(world, a):
    """The state under one arm."""
    return World(
        world.employees[a], world.leaders[a], world.teams[a], world.company[a], world.tallies[a], world.sums[a],
        world.mood[a], world.practices[a], world.weeks, world.colleagues, world.diversity,
    )  # fmt: skip


def needs_compiling() -> bool:
    """Whether the next run has to compile the rules first, which takes some seconds and happens once a version."""
    if run_weeks.stats.cache_hits or run_weeks.signatures:
        return False
    return not is_cached(run_weeks)


def keeps_compiled() -> bool:
    """Whether the compiled rules are kept for next time; False where no folder for them can be written."""
    return is_kept(run_weeks)


__all__ = ["AS_IS", "MAX_WEEKS", "advance", "keeps_compiled", "needs_compiling"]
