"""A chunk of a study as a job for one worker: it holds all that it needs, and returns finished Parquet files."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model.metrics import METRICS
from sim.model.rules.compiled import FINGERPRINT
from sim.model.state import EMPLOYED, EMPLOYEE, PERSON
from sim.run.case import Case, run_cases
from sim.run.outcome import Outcome
from sim.run.profiles import Profiles
from sim.run.record import Record
from sim.scenario.fields import Location
from sim.scenario.parameters import BY_NAME
from sim.scenario.plugins import versions_of_plugins
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.study.design import Row
from sim.study.resolve import Situation, check_windows

if TYPE_CHECKING:
    import pyarrow as pa

RUNS = "runs"
"""The kind of file that every chunk has: its rows are those of results.parquet."""

WEEKS, PEOPLE = "weeks", "people"
"""Further kinds of file of a chunk: a row a week of a run, a row a position at the end of a run.

Weeks, teams and positions are counted from 1 in all files, replications and points from 0.
"""

TEAMS, PERSONS = "teams", "persons"
"""And a row a week of a team, a row a week of a position."""

_PERSON = tuple(name for name in EMPLOYEE.names or () if name not in ("status", "team", "level", "seen_level"))


type Simulate = Callable[[list[Case], Record], list[Outcome]]
"""How cases are run: a function of a module, so that it can be sent to other machines."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a job: how many runs, how many of them failed, and the bytes of its files by kind."""

    runs: int
    failed: int
    files: Mapping[str, bytes]
    seconds: float


@dataclass(frozen=True, slots=True)
class Job:
    """Some points of a design in one scenario, some replications of each, under all styles.

    `shown` holds the cells of every point in the results, `columns` their names and Arrow types; `profiles` for each
    point what the names of styles stand for, empty where that is what is written. Two jobs with the same `key` give the
    same rows.
    """

    scenario: str
    styles: tuple[str, ...]
    places: tuple[tuple[Location, ...], ...]
    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    columns: tuple[tuple[str, str], ...]
    first_point: int
    replications: range
    seed: int
    record: Record
    simulate: Simulate = run_cases
    profiles: tuple[Profiles | None, ...] = ()

    @property
    def key(self) -> str:
        """Digest of everything that the rows depend on, the model included."""
        what = (
            self.scenario, self.styles, self.places, self.rows, self.shown, self.columns, self.first_point,
            (self.replications.start, self.replications.stop), self.seed, self.record.model_dump_json(),
            [one and (one.seed, one.number) for one in self.profiles],
        )  # fmt: skip
        text = json.dumps([fingerprint(), self.record.ways, *what], separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def runs(self) -> int:
        """How many runs it holds."""
        return len(self.rows) * len(self.replications) * len(self.styles)

    def run(self) -> Finished:
        """Run all points in this thread; one that cannot be, or a run that fails, is a row with its error."""
        begun = time.perf_counter()
        outcomes = _outcomes(self)
        tables = {RUNS: _runs(self, outcomes)}
        if self.record.weekly:
            tables[WEEKS] = _weeks(self, outcomes)
        if self.record.people:
            tables[PEOPLE] = _people(self, outcomes)
        if self.record.team_weeks:
            tables[TEAMS] = _team_weeks(self, outcomes)
        if self.record.person_weeks:
            tables[PERSONS] = _person_weeks(self, outcomes)
        failed = sum(len(outcome.errors) for outcome in outcomes)
        files = {kind: as_parquet(table) for kind, table in tables.items()}
        return Finished(self.runs, failed, files, time.perf_counter() - begun)


@cache
def fingerprint() -> str:
    """Digest of the model, of all that scenarios, styles, practices and parameters mean to it, and of how it is run."""
    import sim.run
    import sim.scenario

    digest = hashlib.sha256(FINGERPRINT.encode())
    for package in (sim.scenario, sim.run):
        folder = Path(str(package.__file__)).parent
        for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.toml"))):
            digest.update(path.read_bytes())
    for name, version in versions_of_plugins().items():
        digest.update(f"{name} {version}".encode())
    return digest.hexdigest()


def _outcomes(job: Job) -> list[Outcome]:
    """What every point came to; a point that cannot be is an error in all its runs."""
    situation = _situation(job.scenario, job.styles, job.places)
    known: dict[str, Scenario] = {}
    cases: list[Case | str] = []
    for row, profiles in zip(job.rows, job.profiles or (None,) * len(job.rows), strict=True):
        values = situation.values(row)
        parameters = {str(place[1]): value for place, value in values.items() if place[0] == "parameters"}
        others = {place: value for place, value in values.items() if place[0] != "parameters"}
        try:
            _check(parameters)
            if (name := repr(others)) not in known:
                known[name] = situation.at(others)
                check_windows(job.record, known[name])
            cases.append(Case(known[name], job.styles, parameters, job.replications, job.seed, profiles=profiles))
        except InputError as error:
            cases.append(str(error))
    runs = (len(job.replications), len(job.styles))
    ran = iter(job.simulate([case for case in cases if isinstance(case, Case)], job.record))
    return [next(ran) if isinstance(case, Case) else Outcome.lost(runs, job.record, case) for case in cases]


@lru_cache(maxsize=64)
def _situation(scenario: str, styles: tuple[str, ...], places: tuple[tuple[Location, ...], ...]) -> Situation:
    return Situation(Scenario.model_validate_json(scenario, context={"max_people": 10**9}), styles, places)


def _check(parameters: Mapping[str, Any]) -> None:
    """Parameters go to the model without a scenario around them, so their bounds are looked at here."""
    for name, value in parameters.items():
        known = BY_NAME[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not known.floor <= value <= known.ceiling:
            raise InputError(f"parameters.{name}: got {value}; allowed is {known.floor:g} to {known.ceiling:g}.")


def _runs(job: Job, outcomes: list[Outcome]) -> "pa.Table":
    """A row a run, by point, replication and style."""
    import pyarrow as pa

    columns = _labels(job)
    columns["seed"] = pa.repeat(pa.scalar(job.seed, pa.int64()), job.runs)
    each = job.runs // len(job.rows)
    for place, (name, kind) in enumerate(job.columns):
        cells = pa.array([shown[place] for shown in job.shown], pa.type_for_alias(kind))
        columns[name] = cells.take(pa.array(np.repeat(np.arange(len(job.rows)), each)))
    columns["error"] = pa.array(_errors(job, outcomes), pa.string())
    values = np.concatenate([outcome.values.reshape(each, -1) for outcome in outcomes]).T
    for name, column in zip(job.record.columns, np.ascontiguousarray(values), strict=True):
        columns[name] = pa.array(column, from_pandas=True)  # NaN becomes an empty cell
    return pa.table(columns)


def _errors(job: Job, outcomes: list[Outcome]) -> list[str | None]:
    each = job.runs // len(job.rows)
    errors: list[str | None] = [None] * job.runs
    for p, outcome in enumerate(outcomes):
        for (r, s), text in outcome.errors.items():
            errors[p * each + r * len(job.styles) + s] = text
    return errors


def _labels(job: Job) -> dict[str, Any]:
    """Scenario, style, point and replication of every run."""
    import pyarrow as pa

    points, replications, styles = len(job.rows), len(job.replications), len(job.styles)
    name = str(json.loads(job.scenario)["name"])
    point = np.repeat(np.arange(job.first_point, job.first_point + points), replications * styles)
    return {
        "scenario": pa.repeat(pa.scalar(name), job.runs),
        "style": pa.array(list(job.styles) * (points * replications), pa.string()),
        "point": pa.array(point, pa.int64()),
        "replication": pa.array(np.tile(np.repeat(job.replications, styles), points), pa.int64()),
    }


def _weeks(job: Job, outcomes: list[Outcome]) -> "pa.Table":
    """A row a week of a run; a run that failed has none."""
    import pyarrow as pa

    columns, kept = _along_runs(job, outcomes, [outcome.weekly for outcome in outcomes], "week")
    values = np.concatenate(kept) if kept else np.empty((0, len(job.record.series)))
    for name, column in zip(job.record.series, np.ascontiguousarray(values.T), strict=True):
        columns[name] = pa.array(column, from_pandas=True)
    return pa.table(columns)


def _people(job: Job, outcomes: list[Outcome]) -> "pa.Table":
    """A row a position at the end of a run; a run that failed has none."""
    import pyarrow as pa

    columns, kept = _along_runs(job, outcomes, [outcome.people for outcome in outcomes], "position")
    people = np.concatenate(kept) if kept else np.zeros(0, EMPLOYEE)
    columns["team"] = pa.array(people["team"] + 1)
    columns["employed"] = pa.array(people["status"] == EMPLOYED)
    columns["level"] = pa.array(people["level"] + 1)
    for name in _PERSON:
        columns[name] = pa.array(np.ascontiguousarray(people[name]), from_pandas=True)
    return pa.table(columns)


def _team_weeks(job: Job, outcomes: list[Outcome]) -> "pa.Table":
    """A row a week of a team; a run that failed has none."""
    import pyarrow as pa

    columns, kept, _ = _within_runs(job, outcomes, [outcome.teams for outcome in outcomes], "team")
    values = np.concatenate([run.reshape(-1, len(METRICS)) for run in kept]) if kept else np.empty((0, len(METRICS)))
    for metric, column in zip(METRICS, np.ascontiguousarray(values.T), strict=True):
        if metric.of_teams:
            columns[metric.name] = pa.array(column, from_pandas=True)
    return pa.table(columns)


def _person_weeks(job: Job, outcomes: list[Outcome]) -> "pa.Table":
    """A row a week of a position; a run that failed has none."""
    import pyarrow as pa

    columns, kept, shapes = _within_runs(job, outcomes, [outcome.persons for outcome in outcomes], "position")
    people = np.concatenate([run.ravel() for run in kept]) if kept else np.zeros(0, PERSON)
    teams = [np.repeat(np.arange(len(outcome.sizes)) + 1, outcome.sizes) for outcome in outcomes]
    each = job.runs // len(job.rows)
    of_runs = [team for team in teams for _ in range(each)]
    of_rows = [np.tile(team, weeks) for team, (weeks, _) in zip(of_runs, shapes, strict=True)]
    columns["team"] = pa.array(np.concatenate(of_rows), pa.int64())
    for name in PERSON.names or ():
        values = np.ascontiguousarray(people[name])
        kinds: dict[str, Any] = {"employed": values > 0, "level": values.astype(np.int64) + 1}
        columns[name] = pa.array(kinds.get(name, values), from_pandas=True)
    return pa.table(columns)


def _along_runs(job: Job, outcomes: list[Outcome], arrays: list[Any], what: str) -> tuple[dict[str, Any], list[Any]]:
    """Labels and number (from 1) of all entries of runs, and the runs that did not fail."""
    import pyarrow as pa

    runs = [run for array in arrays for run in _each_run(array)]
    counts = [0 if error is not None else len(run) for run, error in zip(runs, _errors(job, outcomes), strict=True)]
    at = pa.array(np.repeat(np.arange(job.runs), counts))
    columns = {name: column.take(at) for name, column in _labels(job).items()}
    columns[what] = pa.array(np.concatenate([np.arange(1, count + 1) for count in counts]), pa.int64())
    return columns, [run for run, count in zip(runs, counts, strict=True) if count]


def _within_runs(
    job: Job, outcomes: list[Outcome], arrays: list[Any], what: str
) -> tuple[dict[str, Any], list[Any], list[tuple[int, int]]]:
    """Labels, week and number (from 1) of all parts of runs, the runs that did not fail, and (weeks, parts) of all."""
    import pyarrow as pa

    failed = _errors(job, outcomes)
    runs = [run for array in arrays for run in _each_run(array)]
    shapes = [(0, 0) if error is not None else run.shape[:2] for run, error in zip(runs, failed, strict=True)]
    at = pa.array(np.repeat(np.arange(job.runs), [weeks * parts for weeks, parts in shapes]))
    columns = {name: column.take(at) for name, column in _labels(job).items()}
    weeks = [np.repeat(np.arange(1, weeks + 1), parts) for weeks, parts in shapes]
    numbers = [np.tile(np.arange(1, parts + 1), weeks) for weeks, parts in shapes]
    columns["week"] = pa.array(np.concatenate(weeks), pa.int64())
    columns[what] = pa.array(np.concatenate(numbers), pa.int64())
    return columns, [run for run, (count, _) in zip(runs, shapes, strict=True) if count], shapes


def _each_run(array: Any) -> Iterator[Any]:
    for replication in array:
        yield from replication


def as_parquet(table: "pa.Table") -> bytes:
    """A table as the bytes of a file."""
    from pyarrow import parquet

    text = [field.name for field in table.schema if str(field.type) == "string"]
    buffer = BytesIO()
    parquet.write_table(table, buffer, compression="zstd", use_dictionary=text)
    return buffer.getvalue()


def run_job(job: Job) -> Finished:
    """Do a job in this thread; a function of its own, because that can be sent to other machines."""
    return job.run()
