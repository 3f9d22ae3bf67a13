"""A chunk of the claims as a job for one worker: some situations in one plausible world, and what comes of them."""

import hashlib
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.claims import measures
from sim.analysis.claims.measures import Weekly, measured, needed
from sim.analysis.claims.schema import Measure
from sim.run.case import Case, Outcome, run_cases
from sim.run.record import Record
from sim.scenario.schema import Scenario
from sim.study.jobs import as_parquet, key_of
from sim.study.work import RUNS, Finished

COLUMNS = ("situation", "style", "metric", "how", "weeks", "since", "world", "replication", "value", "error")
"""Of the results: one row for what a measure comes to in a run; `world` 0 has the default parameters."""

LABELS = COLUMNS[:8]


class Wanted(NamedTuple):
    """Something to measure: which style, in what the claims call by the name of a situation."""

    situation: str
    style: str
    measure: Measure


class Piece(NamedTuple):
    """Some replications of one scenario under some styles, and what is measured there."""

    scenario: str
    styles: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    replications: tuple[int, int]

    @property
    def runs(self) -> int:
        """How many runs it has."""
        first, last = self.replications
        return (last - first) * len(self.styles)


@dataclass(frozen=True, slots=True)
class ClaimsJob:
    """Pieces in the plausible world of this number, whose parameters replace those that a scenario does not set."""

    pieces: tuple[Piece, ...]
    world: int
    parameters: tuple[tuple[str, float], ...]
    seed: int

    @property
    def key(self) -> str:
        """Digest of everything that the rows depend on, the model included."""
        return key_of(self, _ways_of_measuring())

    @property
    def runs(self) -> int:
        """How many runs it holds."""
        return sum(piece.runs for piece in self.pieces)

    def run(self) -> Finished:
        """Run all pieces; a run that fails is noted in the rows of all that would have been measured of it."""
        begun = time.perf_counter()
        metrics = needed(wanted.measure for piece in self.pieces for wanted in piece.wanted)
        outcomes = run_cases([self.case_of(piece) for piece in self.pieces], Record(metrics=metrics, weekly=True))
        rows = [_rows(*pair, metrics) for pair in zip(self.pieces, outcomes, strict=True)]
        failed = sum(len(outcome.errors) for outcome in outcomes)
        files = {RUNS: as_parquet(_table([row for part in rows for row in part], self.world))}
        return Finished(self.runs, failed, files, time.perf_counter() - begun)

    def case_of(self, piece: Piece) -> Case:
        """What is run of a piece; a number that its situation sets stays."""
        scenario = _scenario(piece.scenario)
        parameters = {**dict(self.parameters), **scenario.parameters} if self.parameters else {}
        return Case(scenario, piece.styles, parameters, range(*piece.replications), self.seed)


class _Rows(NamedTuple):
    """What one measure comes to, in all replications of a piece."""

    wanted: Wanted
    replications: range
    values: Any
    errors: list[str | None]


@cache
def _ways_of_measuring() -> str:
    """Digest of how it is measured, which rows depend on as on the model."""
    return hashlib.sha256(Path(measures.__file__).read_bytes()).hexdigest()


@lru_cache(maxsize=512)
def _scenario(text: str) -> Scenario:
    return Scenario.model_validate_json(text, context={"max_people": 10**9})


def _rows(piece: Piece, outcome: Outcome, metrics: tuple[str, ...]) -> list[_Rows]:
    assert outcome.weekly is not None  # noqa: S101  # every week was asked for
    weekly = Weekly(outcome.weekly, piece.styles, metrics)
    replications = range(*piece.replications)
    tables: dict[Measure, Any] = {}
    rows = []
    for wanted in piece.wanted:
        if wanted.measure not in tables:
            tables[wanted.measure] = measured(weekly, wanted.measure)
        place = piece.styles.index(wanted.style)
        errors = [outcome.errors.get((r, place)) for r in range(len(replications))]
        lost = np.array([error is not None for error in errors])
        rows.append(_Rows(wanted, replications, np.where(lost, np.nan, tables[wanted.measure][place]), errors))
    return rows


def _table(rows: list[_Rows], world: int) -> Any:
    import pyarrow as pa

    counts = [len(row.replications) for row in rows]
    texts = {
        "situation": [row.wanted.situation for row in rows],
        "style": [row.wanted.style for row in rows],
        "metric": [row.wanted.measure.metric for row in rows],
        "how": [row.wanted.measure.how for row in rows],
        "weeks": [span(row.wanted.measure.weeks) for row in rows],
        "since": [span(row.wanted.measure.since) for row in rows],
    }
    at = pa.array(np.repeat(np.arange(len(rows)), counts))
    columns = {name: pa.array(cells, pa.string()).take(at) for name, cells in texts.items()}
    columns["world"] = pa.repeat(pa.scalar(world, pa.int64()), sum(counts))
    columns["replication"] = pa.array(np.concatenate([list(row.replications) for row in rows]), pa.int64())
    columns["value"] = pa.array(np.concatenate([row.values for row in rows]), from_pandas=True)
    columns["error"] = pa.array([error for row in rows for error in row.errors], pa.string())
    return pa.table({name: columns[name] for name in COLUMNS})


def span(weeks: tuple[int, ...] | None) -> str | None:
    """Weeks as they stand in the results, such as 27-104."""
    return None if weeks is None else f"{weeks[0]}-{weeks[1]}"
