"""What tests of the model share: scenarios varied, worlds run week by week, and single records to call rules on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.build import Blueprint
from sim.model.chance import Block
from sim.model.engine import advance
from sim.model.input_records import parameter_record
from sim.model.metrics import METRIC_NAMES, METRICS
from sim.model.state import APPLICANT_WEEKS
from sim.model.world import Records, World
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.schema import Scenario

type Changes = Mapping[str, Any]


def varied(name: str, changes: Changes | None = None, *, max_people: int = 250) -> Scenario:
    """A shipped scenario with other values: tables are merged key by key, [employees] and lists are replaced."""
    return scenario_from(_merged(load_scenario(name).model_dump(), changes or {}), max_people=max_people)


def everybody_at(level: int) -> dict[str, Any]:
    """Changes that make everybody D1, D2, D3 or D4 on the first day."""
    return {"employees": {"mix": {f"d{level}": 1.0}}}


def _merged(table: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    merged = dict(table)
    for key, value in changes.items():
        deeper = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping) and key != "employees"
        merged[key] = _merged(merged[key], value) if deeper else value
    return merged


class Moment(NamedTuple):
    """The end of a week: the state after it, everybody's record of the week, and the metrics by name."""

    week: int
    world: World
    days: Records  # (positions,) of WEEK, of the last arm; only in companies of one team
    metrics: dict[str, NDArray[np.float64]]  # (arms,)


def week_by_week(
    scenario: Scenario, styles: Sequence[str], weeks: int | None = None, seed: int = 1, replication: int = 0
) -> Iterator[Moment]:
    """Run a replication one week at a time; the world that is given is the one that goes on changing."""
    blueprint = Blueprint(scenario)
    chance, timetable = blueprint.chance(seed, replication), blueprint.timetable(styles)
    world = blueprint.world(chance, timetable)
    rows = np.empty((len(styles), 1, len(METRICS)))
    no_teams = np.empty((len(styles), 0, len(scenario.teams), len(METRICS)))
    for block in chance.blocks(weeks or scenario.run.weeks):
        for week in range(block.first_week, block.first_week + block.weeks):
            advance(world, timetable, one_week(block, week), blueprint, rows, no_teams)
            yield Moment(week, world, world.weeks, dict(zip(METRIC_NAMES, rows[:, 0].T.copy(), strict=True)))


def one_week(block: Block, week: int) -> Block:
    """The chance of a single week of the block."""
    w = week - block.first_week
    month = (week - 1) // APPLICANT_WEEKS - (block.first_week - 1) // APPLICANT_WEEKS
    return Block(
        first_week=week,
        luck=block.luck[w : w + 1],
        chance=block.chance[w : w + 1],
        team_luck=block.team_luck[w : w + 1],
        company_luck=block.company_luck[w : w + 1],
        applicants=block.applicants[month : month + 1],
    )


def record(kind: np.dtype[np.void], **values: float) -> Any:
    """One record, 0 everywhere but where a value is given; rules can be called on it."""
    made = np.zeros(1, kind)[0]
    for name, value in values.items():
        made[name] = value
    return made


def records(kind: np.dtype[np.void], number: int, **values: Any) -> Records:
    """Some records, 0 everywhere but where values are given, one for all or one for each."""
    made = np.zeros(number, kind)
    for name, value in values.items():
        made[name] = value
    return made


def parameters(**values: float) -> Any:
    """The model's parameters, some of them with another value."""
    return parameter_record(values)[0]
