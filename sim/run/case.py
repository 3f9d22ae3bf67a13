"""Runs cases: each is a scenario under some styles with some parameters, and this is the one loop that runs them.

Comparisons, studies, claims, calibration, advice, reports and the app all stand on this. Cases that share seed and
replication numbers meet the same people, shocks and luck, so that they can be compared in pairs.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import engine
from sim.model.build import Blueprint, Timetable
from sim.model.metrics import METRIC_NAMES
from sim.model.reduce import IS_TOTAL, pick, sum_up
from sim.model.world import Records, World
from sim.run import luck, pool
from sim.run.luck import Luck
from sim.run.measures import measured
from sim.run.outcome import Outcome, joined
from sim.run.profiles import Profiles
from sim.run.record import FINAL, Record, wanted_of
from sim.run.size import positions, work_of
from sim.scenario.as_run import as_run
from sim.scenario.schema import Scenario

type Floats = NDArray[np.float64]
type Progress = Callable[[int, int], None]
"""Called with (replications or runs done, how many there are in all)."""

type Drawing = Callable[[tuple[int, ...], int, int, int], Luck]
"""One of the functions of `sim.run.luck`."""

WHOLE_RUN_ONLY = Record()


@dataclass(frozen=True, slots=True)
class Case:
    """Some runs of one situation.

    `styles` as of `sim.compare`; `parameters` replace those of the scenario; `replications` are the numbers of the
    replications, which with the seed say what chance brings. The length of a run is the scenario's unless `weeks` are
    given. `profiles` is a draw of what the names of styles stand for; without one, each has its written profile.
    """

    scenario: Scenario
    styles: tuple[str, ...]
    parameters: Mapping[str, float] = field(default_factory=dict)
    replications: range = range(100)
    seed: int = 1
    weeks: int | None = None
    profiles: Profiles | None = None

    @property
    def length(self) -> int:
        """Weeks of a run."""
        return self.scenario.run.weeks if self.weeks is None else self.weeks

    @property
    def work(self) -> float:
        """Of one replication under all styles."""
        return work_of(positions(self.scenario), self.length, len(self.styles))


class Ready(NamedTuple):
    """A company that can be run: what its replications share, and what its leaders do under each arm."""

    blueprint: Blueprint
    timetable: Timetable


def replicate(
    ready: Ready, drawn: Luck, rows: Floats, team_rows: Floats | None = None, person_rows: Records | None = None
) -> World:
    """Run one replication under every arm, and give the state in the end.

    Args:
        ready: the company.
        drawn: what chance brings.
        rows: (arms, weeks, metrics), written.
        team_rows: (arms, weeks, teams, metrics), written; None where teams are not wanted.
        person_rows: (arms, weeks, positions) of PERSON, written; None where people are not wanted.
    """
    blueprint, timetable = ready
    world = blueprint.world(drawn.chance, timetable)
    if team_rows is None:
        team_rows = np.empty((len(rows), 0, len(blueprint.team_sizes), len(METRIC_NAMES)))
    for block in drawn.blocks:
        span = slice(block.first_week - 1, block.first_week - 1 + block.weeks)
        of_people = None if person_rows is None else person_rows[:, span]
        engine.advance(world, timetable, block, blueprint, rows[:, span], team_rows[:, span], of_people)
    return world


def run_case(
    case: Case,
    record: Record = WHOLE_RUN_ONLY,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
    drawing: Drawing = luck.once,
) -> Outcome | None:
    """Run one case on several threads; an error in a run is raised.

    Args:
        case: what to run.
        record: what to keep of each run.
        workers: threads; by default one for each core. The values do not depend on it.
        executor: threads that are there already.
        progress: called now and then with (replications done, replications in all).
        stopped: asked before each replication whether to give up.
        drawing: how chance is drawn, and whether it is kept.

    Returns:
        What the runs came to; None once it is stopped.
    """
    (ready,), numbers = _prepare([case]), case.replications
    sizes = ready.blueprint.team_sizes
    outcome = Outcome.empty((len(numbers), len(case.styles)), case.length, sizes, record)

    def task(some: range) -> bool:
        recorder = _Recorder(record, case.length)
        for number in some:
            if stopped and stopped():
                return False
            recorder.run(ready, drawing(sizes, case.length, case.seed, number), outcome, numbers.index(number))
        return True

    done = 0
    tasks = pool.parts(numbers, case.work, fewest=2 * (workers or pool.cores_here()))
    for some, whole in pool.run_tasks(task, tasks, workers=workers, executor=executor):
        if not whole:
            return None
        done += len(some)
        if progress:
            progress(done, len(numbers))
    return outcome


def simulate(
    cases: Iterable[Case],
    record: Record = WHOLE_RUN_ONLY,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Iterator[Outcome]:
    """Run cases side by side and give what each came to, in their order.

    Cases that stand next to one another and share seed and replications are run together, for they share their chance.
    No more than a few are held at a time, so that any number can be asked for.

    Args:
        cases: any number; see `Case`.
        record: what to keep of each run; its `columns` name those of the values.
        workers: threads; by default one for each core. The values do not depend on it.
        executor: anything that runs functions elsewhere, instead of threads; `workers` then says how much at a time.

    Raises:
        InputError: a style that a case's scenario does not have.
    """
    begun: list[Outcome] = []
    batches = ((pieces, record) for pieces in _batches(cases))
    for (pieces, _), outcomes in pool.run_tasks(_run_pieces, batches, workers=workers, executor=executor):
        for (_, is_last), outcome in zip(pieces, outcomes, strict=True):
            begun.append(outcome)
            if is_last:
                yield joined(begun)
                begun = []


def run_cases(cases: Sequence[Case], record: Record = WHOLE_RUN_ONLY) -> list[Outcome]:
    """Run all cases, one after the other in this thread; a run that fails is noted and the rest goes on.

    Args:
        cases: any; those of one scenario object share its preparation, those of one company size its chance.
        record: what to keep of each run.

    Raises:
        InputError: a style that there is not.
    """
    prepared = _prepare(cases)
    recorders = {case.length: _Recorder(record, case.length) for case in cases}
    outcomes = [
        Outcome.empty((len(case.replications), len(case.styles)), case.length, ready.blueprint.team_sizes, record)
        for case, ready in zip(cases, prepared, strict=True)
    ]
    for (seed, number), members in _by_luck(cases).items():
        known: dict[tuple[tuple[int, ...], int], Luck] = {}
        for c in members:
            case, ready = cases[c], prepared[c]
            key = (ready.blueprint.team_sizes, case.length)
            drawn = known.get(key) or known.setdefault(key, luck.whole(*key, seed, number))
            _try(case, ready, drawn, recorders[case.length], outcomes[c], case.replications.index(number))
    for outcome in outcomes:
        _measure(outcome, record)
    return outcomes


class _Recorder:
    """Runs replications of one length, and keeps of each what is to be recorded."""

    def __init__(self, record: Record, weeks: int) -> None:
        spans = [(weeks, weeks) if name == FINAL else span or (1, weeks) for name, span in record.spans.items()]
        self.weeks = weeks
        self.first, self.last = np.array(spans, np.int64).reshape(-1, 2).T.copy()
        self.record, self.needed = record, record.formulas.needed
        self.metrics = np.array([METRIC_NAMES.index(name) for name in self.needed])
        own = IS_TOTAL[self.metrics[: len(record.metrics)]]
        self.is_total = np.append(own, np.zeros(len(record.derived), bool))

    def run(self, ready: Ready, drawn: Luck, outcome: Outcome, place: int, first_style: int = 0) -> None:
        """Run one replication; it is the one at this place in the outcome."""
        arms, metrics = len(ready.timetable.leads), len(self.metrics)
        here = slice(first_style, first_style + arms)
        # A replication's weeks with all metrics stay in the processor's cache, and only what is wanted leaves it.
        rows = np.empty((arms, self.weeks, len(METRIC_NAMES)))
        teams = None if outcome.teams is None else outcome.teams[place, here]
        persons = None if outcome.persons is None else outcome.persons[place, here]
        world = replicate(ready, drawn, rows, teams, persons)
        weekly = np.empty((metrics, arms, self.weeks))
        pick(rows, self.metrics, weekly)
        weekly, counted = self._worked_out(weekly) if self.record.derived or self.record.until else (weekly, [])
        found = np.empty((len(weekly) * arms, len(self.first)))
        sum_up(weekly.reshape(-1, self.weeks), self.first, self.last, np.repeat(self.is_total, arms), found)
        columns = found.reshape(len(weekly), arms, -1).transpose(1, 2, 0).reshape(arms, -1)
        outcome.values[place, here, : columns.shape[1]] = columns
        for number, values in enumerate(counted, columns.shape[1]):
            outcome.values[place, here, number] = values
        if outcome.weekly is not None:
            outcome.weekly[place, here] = weekly.transpose(1, 2, 0)
        if outcome.people is not None:
            outcome.people[place, here] = world.employees

    def _worked_out(self, weekly: Floats) -> tuple[Floats, list[Floats]]:
        """The weeks of all that is kept, (series, arms, weeks), and numbers of weeks for each arm.

        These are the weeks in which what is waited for comes, and the numbers of those in which a formula has no value.
        """
        by_name = dict(zip(self.needed, weekly, strict=True))
        by_name |= self.record.formulas.derived(by_name)
        kept = np.ascontiguousarray([by_name[name] for name in self.record.series])
        return kept, [*self.record.formulas.until(by_name), *self.record.formulas.undefined(by_name)]


def _try(case: Case, ready: Ready, drawn: Luck, recorder: _Recorder, outcome: Outcome, place: int) -> None:
    """Run one replication under all styles; if that fails, style by style, so that only one is lost."""
    error = _failure(recorder, ready, drawn, outcome, place)
    if error is None:
        return
    for s, style in enumerate(case.styles):
        alone = Ready(ready.blueprint, ready.blueprint.timetable((style,)))
        own = error if len(case.styles) == 1 else _failure(recorder, alone, drawn, outcome, place, s)
        if own is not None:
            outcome.errors[place, s] = own


def _failure(recorder: _Recorder, *run: Any) -> str | None:
    """What goes wrong in a run, in words."""
    try:
        recorder.run(*run)
    except MemoryError:
        raise
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def _measure(outcome: Outcome, record: Record) -> None:
    """Fill in the measures; those of runs that failed stay NaN."""
    weekly, measures = outcome.weekly, wanted_of(record)
    if not measures or weekly is None:
        return
    for measure in measures:
        found = measured(lambda metric: weekly[..., record.metrics.index(metric)], measure)
        outcome.values[..., record.columns.index(measure.column)] = found
    if outcome.errors:
        outcome.values[tuple(zip(*outcome.errors, strict=True))] = np.nan
    if not record.weekly:
        outcome.weekly = None


def ready_for(case: Case) -> Ready:
    """The company of a case, ready to be run."""
    return _prepare([case])[0]


def _prepare(cases: Sequence[Case]) -> list[Ready]:
    blueprints: dict[int, Blueprint] = {}
    known: dict[tuple[int, tuple[str, ...], Profiles | None], Ready] = {}
    prepared = []
    for case in cases:
        key = (id(case.scenario), case.styles, case.profiles)
        if key not in known:
            blueprint = blueprints.get(id(case.scenario)) or blueprints.setdefault(
                id(case.scenario), Blueprint(as_run(case.scenario))
            )
            meant = _meant(blueprint, case.profiles)
            known[key] = Ready(meant, meant.timetable(case.styles))
        ready = known[key]
        if case.parameters:
            ready = Ready(ready.blueprint.with_parameters(case.parameters), ready.timetable)
        prepared.append(ready)
    return prepared


def _meant(blueprint: Blueprint, profiles: Profiles | None) -> Blueprint:
    """The same company, where the names of styles stand for these profiles."""
    if profiles is None:
        return blueprint
    other, scenario = copy.copy(blueprint), blueprint.scenario
    other.scenario = scenario.model_copy(update={"styles": profiles.definitions(scenario.styles)})
    return other


def _by_luck(cases: Sequence[Case]) -> dict[tuple[int, int], list[int]]:
    """Places of the cases that meet the same chance, by seed and replication."""
    members: dict[tuple[int, int], list[int]] = {}
    for c, case in enumerate(cases):
        for replication in case.replications:
            members.setdefault((case.seed, replication), []).append(c)
    return members


type _Piece = tuple[Case, bool]
"""Some replications of a case, and whether they are its last."""


def _batches(cases: Iterable[Case]) -> Iterator[list[_Piece]]:
    """Cases in batches of about TASK_WORK, large ones cut up."""
    batch: list[_Piece] = []
    gathered = 0.0
    for case in cases:
        for numbers in pool.parts(case.replications, case.work):
            batch.append((replace(case, replications=numbers), numbers[-1] == case.replications[-1]))
            gathered += case.work * len(numbers)
            if gathered >= pool.TASK_WORK:
                yield batch
                batch, gathered = [], 0.0
    if batch:
        yield batch


def _run_pieces(work: tuple[list[_Piece], Record]) -> list[Outcome]:
    """A function of its own, because that can be sent to other processes."""
    pieces, record = work
    return run_cases([case for case, _ in pieces], record)
