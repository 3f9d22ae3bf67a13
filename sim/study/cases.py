"""Runs in memory: many cases, each a scenario under some styles with some parameters, and what every run comes to.

This is the ground that studies, claims and calibration stand on. Cases that share seed and replication numbers meet
the same people, shocks and luck, so that they can be compared in pairs, and those are drawn once for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import engine
from sim.model.build import Blueprint, Timetable
from sim.model.chance import Block, Chance, Records
from sim.model.metrics import METRIC_NAMES
from sim.model.spans import IS_TOTAL, sum_up
from sim.model.state import EMPLOYEE
from sim.scenario.schema import Scenario
from sim.study.spec import FINAL, Record

WHOLE_RUN_ONLY = Record()

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """Some runs of one situation.

    `styles` as of `sim.compare`; `parameters` replace those of the scenario; `replications` are the numbers of the
    replications, which with the seed say what chance brings. The length of a run is the scenario's.
    """

    scenario: Scenario
    styles: tuple[str, ...]
    parameters: Mapping[str, float] = field(default_factory=dict)
    replications: range = range(100)
    seed: int = 1


@dataclass(slots=True)
class Outcome:
    """What the runs of a case came to.

    `values` (replications, styles, columns), the columns as `Record.columns` names them; NaN where a run has none.
    `weekly` (replications, styles, weeks, metrics) and `people` (replications, styles, positions) of EMPLOYEE only
    where they are recorded. `errors` holds what went wrong, by the place of the replication and the style.
    """

    values: Floats
    weekly: Floats | None
    people: Records | None
    errors: dict[tuple[int, int], str]


def run_cases(cases: Sequence[Case], record: Record = WHOLE_RUN_ONLY) -> list[Outcome]:
    """Run all cases, one after the other in this thread; a run that fails is noted and the rest goes on.

    Args:
        cases: any; those of one scenario object share its preparation, those of one company size its chance.
        record: what to keep of each run.

    Raises:
        InputError: a style that there is not.
    """
    prepared = _prepare(cases)
    spans = {case.scenario.run.weeks: _Spans(case.scenario.run.weeks, record) for case in cases}
    outcomes = [_empty(case, ready, record) for case, ready in zip(cases, prepared, strict=True)]
    for (seed, replication), members in _by_luck(cases).items():
        luck = _Luck(seed, replication)
        for c in members:
            place = cases[c].replications.index(replication)
            _replicate(cases[c], prepared[c], luck, spans[cases[c].scenario.run.weeks], outcomes[c], place)
    return outcomes


class _Ready(NamedTuple):
    blueprint: Blueprint
    timetable: Timetable


class _Spans:
    """Which weeks are summed up, and which of the metrics are kept."""

    def __init__(self, weeks: int, record: Record) -> None:
        given = [(weeks, weeks) if name == FINAL else span or (1, weeks) for name, span in record.spans.items()]
        self.first, self.last = (np.array(ends, np.int64) for ends in zip(*given, strict=True))
        chosen = [METRIC_NAMES.index(name) for name in record.metrics]
        self.metrics = slice(None) if chosen == list(range(len(METRIC_NAMES))) else chosen
        self.found = np.empty((len(given), len(METRIC_NAMES)))

    def of(self, rows: Floats) -> Floats:
        """What a run with these weeks (weeks, metrics) comes to: (columns,)."""
        sum_up(rows, self.first, self.last, IS_TOTAL, self.found)
        return self.found[:, self.metrics].ravel()


class _Luck:
    """The chance of one replication, drawn once for all companies of the same sizes."""

    def __init__(self, seed: int, replication: int) -> None:
        self._key = (seed, replication)
        self._known: dict[tuple[tuple[int, ...], int], tuple[Chance, list[Block]]] = {}

    def of(self, blueprint: Blueprint, weeks: int) -> tuple[Chance, list[Block]]:
        key = (blueprint.team_sizes, weeks)
        if key not in self._known:
            chance = blueprint.chance(*self._key)
            self._known[key] = chance, list(chance.blocks(weeks))
        return self._known[key]


def _prepare(cases: Sequence[Case]) -> list[_Ready]:
    known: dict[tuple[int, tuple[str, ...]], _Ready] = {}
    prepared = []
    for case in cases:
        key = (id(case.scenario), case.styles)
        if key not in known:
            blueprint = Blueprint(case.scenario)
            known[key] = _Ready(blueprint, blueprint.timetable(case.styles))
        ready = known[key]
        if case.parameters:
            ready = _Ready(ready.blueprint.with_parameters(case.parameters), ready.timetable)
        prepared.append(ready)
    return prepared


def _by_luck(cases: Sequence[Case]) -> dict[tuple[int, int], list[int]]:
    """Places of the cases that meet the same chance, by seed and replication."""
    members: dict[tuple[int, int], list[int]] = {}
    for c, case in enumerate(cases):
        for replication in case.replications:
            members.setdefault((case.seed, replication), []).append(c)
    return members


def _empty(case: Case, ready: _Ready, record: Record) -> Outcome:
    shape, weeks = (len(case.replications), len(case.styles)), case.scenario.run.weeks
    positions = sum(ready.blueprint.team_sizes)
    return Outcome(
        values=np.full((*shape, len(record.columns)), np.nan),
        weekly=np.full((*shape, weeks, len(record.metrics)), np.nan) if record.weekly else None,
        people=np.zeros((*shape, positions), EMPLOYEE) if record.people else None,
        errors={},
    )


def _replicate(case: Case, ready: _Ready, luck: _Luck, spans: _Spans, outcome: Outcome, place: int) -> None:
    """Run one replication of a case under all its styles; if that fails, style by style, so that only one is lost."""
    try:
        _run(case, ready, luck, spans, outcome, place, 0)
    except MemoryError:
        raise
    except Exception as error:
        if len(case.styles) == 1:
            outcome.errors[place, 0] = f"{type(error).__name__}: {error}"
            return
        for s, style in enumerate(case.styles):
            alone = _Ready(ready.blueprint, ready.blueprint.timetable((style,)))
            try:
                _run(case, alone, luck, spans, outcome, place, s)
            except MemoryError:
                raise
            except Exception as own:
                outcome.errors[place, s] = f"{type(own).__name__}: {own}"


def _run(case: Case, ready: _Ready, luck: _Luck, spans: _Spans, outcome: Outcome, place: int, first_style: int) -> None:
    blueprint, timetable = ready
    weeks, styles = case.scenario.run.weeks, len(timetable.leads)
    chance, blocks = luck.of(blueprint, weeks)
    rows = np.empty((styles, weeks, len(METRIC_NAMES)))
    team_rows = np.empty((styles, 0, len(blueprint.team_sizes), len(METRIC_NAMES)))
    world = blueprint.world(chance, timetable)
    for block in blocks:
        span = slice(block.first_week - 1, block.first_week - 1 + block.weeks)
        engine.advance(world, timetable, block, blueprint, rows[:, span], team_rows)
    for s in range(styles):
        outcome.values[place, first_style + s] = spans.of(rows[s])
    here = slice(first_style, first_style + styles)
    if outcome.weekly is not None:
        outcome.weekly[place, here] = rows[:, :, spans.metrics]
    if outcome.people is not None:
        outcome.people[place, here] = world.employees
