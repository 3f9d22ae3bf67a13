"""Finds out, by trying, what the controls of a page change in the records of its company.

No table says which number of a scenario stands in which field. Each control is set to some values, the company is made
anew with each, and what differs is what the control does: a number takes the value itself, or moves in proportion.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.model.build import Blueprint, Timetable
from sim.run.tab.company import company_of, numbers_of, starts_of
from sim.scenario.paths import PRACTICES
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.variants import with_values

RECORDS = ("leaders", "teams", "company", "companyBefore", "practices", "parameters", "diversity")
"""Parts of a company whose numbers a control can change."""

EXACT = 1e-12
"""How far a number may lie from the line through two others, as a share of what moves."""


class Effect(NamedTuple):
    """A number that a control changes: its place, and by how much for each unit; `slope` is None if it is the value."""

    part: str
    place: int
    slope: float | None


def with_all_practices(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """The scenario with an entry for each of these practices, at some intensity or other."""
    there = {f"{PRACTICES}.{entry.practice}" for entry in scenario.practices if entry.intensity > 0}
    return with_values(
        scenario, {name: 1.0 for name in names if name.startswith(f"{PRACTICES}.") and name not in there}
    )


def effects_of(
    scenario: Scenario, timetable: Timetable, names: Sequence[str], tried: Sequence[float]
) -> tuple[float, list[Effect]]:
    """The value at which a control changes nothing, and what it changes.

    Args:
        scenario: any, as the page begins with it.
        timetable: of it.
        names: what the control sets, all to the same value.
        tried: three values or more.

    Raises:
        InputError: it changes more than numbers of the records, or not in proportion.
    """
    companies = [_parts(_with(scenario, names, value), timetable) for value in tried]
    now = _parts(scenario, timetable)
    effects = []
    for part in RECORDS:
        if any(len(one[part]) != len(now[part]) for one in companies):
            _refuse(names)
        values = np.array([one[part] for one in companies], float)
        moved = np.flatnonzero(~np.all(values == values[0], axis=0))
        effects += [Effect(part, int(k), _slope(values[:, k], np.array(tried), names)) for k in moved]
    for part in ("starts", "sizes"):
        if any(one[part] != now[part] for one in companies):
            _refuse(names)
    if not effects:
        return tried[0], []
    return _neutral(effects, now, companies, tried), effects


def _with(scenario: Scenario, names: Sequence[str], value: float) -> Scenario:
    return with_values(scenario, dict.fromkeys(names, value))


def _parts(scenario: Scenario, timetable: Timetable) -> dict[str, Any]:
    """What a control may change, and what it may not."""
    blueprint = Blueprint(scenario)
    beginning, past = blueprint.beginning(timetable.leads), blueprint.beginning(timetable.leads[:1], practised=False)
    return {
        "leaders": numbers_of(beginning.world.leaders[0]), "teams": numbers_of(beginning.world.teams[0]),
        "company": numbers_of(beginning.world.company[0]), "companyBefore": numbers_of(past.world.company[0]),
        "practices": numbers_of(beginning.world.practices[0]), "parameters": numbers_of(blueprint.parameters),
        "diversity": numbers_of(blueprint.diversity), "starts": numbers_of(starts_of(blueprint)),
        "sizes": list(blueprint.team_sizes),
    }  # fmt: skip


def _slope(values: Any, tried: Any, names: Sequence[str]) -> float | None:
    if np.array_equal(values, tried):
        return None
    slope = float((values[-1] - values[0]) / (tried[-1] - tried[0]))
    line = values[0] + slope * (tried - tried[0])
    if np.abs(line - values).max() > EXACT * max(np.abs(values).max(), 1.0):
        _refuse(names)
    return slope


def _neutral(
    effects: Sequence[Effect], now: Mapping[str, Any], companies: Sequence[Mapping[str, Any]], tried: Sequence[float]
) -> float:
    """The value of the control in the scenario as it stands, read off a number that it changes."""
    for part, place, slope in effects:
        if slope is None:
            return float(now[part][place])
    part, place, slope = effects[0]
    assert slope is not None  # noqa: S101  # as seen above
    return float(tried[0] + (now[part][place] - companies[0][part][place]) / slope)


def _refuse(names: Sequence[str]) -> None:
    text = f"{', '.join(names)}: what this changes cannot be reckoned in a page without Python."
    raise InputError(f"{text} Leave this control out.")


__all__ = ["Effect", "company_of", "effects_of", "with_all_practices"]
