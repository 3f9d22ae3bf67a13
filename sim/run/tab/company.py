"""Writes a scenario for the program in a page: the records of its company, and what each control changes.

Nothing here says which number of a scenario stands in which field. A control is tried at some values, and what it
changes in the records is what it does in the page.
"""

import math
from typing import Any

import numpy as np

from sim.model import state
from sim.model.build import Blueprint, Timetable
from sim.model.unrated import with_levels
from sim.model.world import Records

type Numbers = list[float | None]


def numbers_of(records: Any) -> Numbers:
    """All numbers of some records one after the other, field by field; None where there is none (NaN)."""
    flat = np.atleast_1d(records).ravel()
    if flat.dtype.names is None:
        return [_plain(value) for value in flat.tolist()]
    return [_plain(value) for row in flat.tolist() for value in row]


def _plain(value: float) -> float | None:
    number = float(value)
    if math.isnan(number):
        return None
    if math.isinf(number):
        return math.copysign(1e308, number)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def company_of(blueprint: Blueprint, timetable: Timetable) -> dict[str, Any]:
    """What all replications share, as plain numbers.

    Args:
        blueprint: of the scenario.
        timetable: of every style that can be chosen in the page.
    """
    past = timetable.past
    assert past is not None  # noqa: S101  # that of a run has one
    world, before = timetable.beginning.world, past.beginning.world
    return {
        "sizes": list(blueprint.team_sizes),
        "starts": numbers_of(starts_of(blueprint)),
        "levels": _levels(starts_of(blueprint)),
        "leaders": numbers_of(world.leaders[0]),
        "teams": numbers_of(world.teams[0]),
        "company": numbers_of(world.company[0]),
        "companyBefore": numbers_of(before.company[0]),
        "practices": numbers_of(world.practices[0]),
        "parameters": numbers_of(blueprint.parameters),
        "diversity": numbers_of(blueprint.diversity),
        "plan": _plan(timetable),
        "past": {**_plan(past), "leads": past.leads[0].tolist()},
        "events": [numbers_of(events) for events in timetable.events],
        "leads": timetable.leads.tolist(),
    }


def starts_of(blueprint: Blueprint) -> Records:
    """How each position begins."""
    return blueprint._starts  # what the page needs is what every replication is made of


def _plan(timetable: Timetable) -> dict[str, Numbers]:
    return {name: numbers_of(getattr(timetable, name)) for name in ("tables", "stages", "policies")}


def _levels(starts: Records) -> list[list[float] | None] | None:
    """For people whom nobody has rated, from which draw on each level begins; None for all others.

    Which draw gives which level is known to the model alone, so it is asked: where a level begins is closed in on.
    """
    low, high = np.zeros((3, len(starts))), np.ones((3, len(starts)))
    open_ = [with_levels(starts, np.full(len(starts), draw))["level"] for draw in (0.0, np.nextafter(1.0, 0.0))]
    drawn = (open_[0] != starts["level"]) | (open_[1] != starts["level"])
    if not drawn.any():
        return None
    for _ in range(1100):  # until there is no number between the two
        middle = low + (high - low) / 2
        if not ((middle > low) & (middle < high)).any():
            break
        for k in range(3):
            above = with_levels(starts, middle[k])["level"] > k
            high[k], low[k] = np.where(above, middle[k], high[k]), np.where(above, low[k], middle[k])
    first = np.where(open_[0][None] > np.arange(3)[:, None], 0.0, high)
    return [first[:, i].tolist() if drawn[i] else None for i in range(len(starts))]


__all__ = ["company_of", "numbers_of", "starts_of", "state"]
