"""The fast driver with mechanisms cut: it plays back what they were under the baseline."""
# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators

from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.model.build import Blueprint, Timetable
from sim.model.chance import Block
from sim.model.compile_steps import whole_played
from sim.model.counterparts import measured
from sim.model.playback_arrays import Own, Play, PlayedRun
from sim.model.plugged import WEEK
from sim.model.rules.compiled import is_cached, rule
from sim.model.state import MEASURES
from sim.model.weeks import of_arm
from sim.model.world import Plan, World

played_opening = whole_played("played_opening", WEEK.opening)
played_team_week = whole_played("played_team_week", WEEK.each_team)
played_closing = whole_played("played_closing", WEEK.closing)


def advance(
    world: World, timetable: Timetable, block: Block, blueprint: Blueprint, play: Play, rows: NDArray[np.float64]
) -> None:
    """Run a world through a block of weeks, in place, under all its arms, of which the first is the baseline.

    Args:
        world: the state; it is changed.
        timetable: what leaders do and what happens.
        block: the chance of these weeks.
        blueprint: of the scenario.
        play: what is cut under each arm, as of `play.prepared`; it is changed. Where it does not record, the first arm
            is one like the others, and what was under the baseline is there already.
        rows: (arms, weeks, metrics), written.
    """
    whole = np.ascontiguousarray(rows)  # so that one form is compiled, however many weeks there are
    run_played_weeks(world, timetable.plan, block, blueprint.parameters, play, whole.view(MEASURES)[..., 0])
    if whole is not rows:
        rows[:] = whole


@rule
def run_played_weeks(world, plan, block, parameters, play, measures):
    """Run the weeks of a block of chance, under some arms that share it; measures: (arms, weeks), written."""
    for a in range(measures.shape[0]):
        planned = Plan(plan.tables, plan.stages, plan.policies, plan.events[a])
        run = PlayedRun(of_arm(world, a), planned, block, parameters, play_of_arm(play, a))
        for w in range(measures.shape[1]):
            played_opening(run, w)
            for t in range(run.world.teams.shape[0]):
                played_team_week(run, w, t)
            played_closing(run, w)
            played = run.play
            measured(
                measures[a, w], run.world.company, played.tallies, played.cut, played.own.company, played.numbers,
                played.own.numbers,
            )  # fmt: skip


@partial(rule, inner=True)
def play_of_arm(play, a):
    """What is cut under one arm."""
    mine = play.own
    own = Own(
        mine.employees[a], mine.weeks, mine.teams[a], mine.leaders[a], mine.company[a], mine.numbers[a]
    )  # fmt: skip
    return Play(
        play.cut[a], play.recording and a == 0, play.known[a], own, play.then, play.before, play.tallies, play.sums,
        play.numbers[a],
    )  # fmt: skip


def needs_compiling() -> bool:
    """Whether the next run has to compile the rules first, which takes some seconds and happens once a version."""
    if run_played_weeks.stats.cache_hits or run_played_weeks.signatures:
        return False
    return not is_cached(run_played_weeks)
