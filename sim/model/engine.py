"""The fast driver: the steps of a week, compiled, over many weeks, replications and styles."""

import numpy as np
from numpy.typing import NDArray

from sim.model.build import AS_IS, Blueprint, Timetable
from sim.model.chance import Block
from sim.model.rules.compiled import is_cached, is_kept
from sim.model.state import MEASURES, PERSON
from sim.model.weeks import run_compiled, run_weeks
from sim.model.world import NOTHING_HELD, Measures, Records, World

MAX_WEEKS = 1040


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
    run_weeks(world, timetable.plan, block, blueprint.parameters, measures, NOTHING_HELD)


def needs_compiling() -> bool:
    """Whether the next run has to compile the rules first, which takes some seconds and happens once a version."""
    if run_compiled.stats.cache_hits or run_compiled.signatures:
        return False
    return not is_cached(run_compiled)


def keeps_compiled() -> bool:
    """Whether the compiled rules are kept for next time; False where no folder for them can be written."""
    return is_kept(run_compiled)


__all__ = ["AS_IS", "MAX_WEEKS", "advance", "keeps_compiled", "needs_compiling"]
