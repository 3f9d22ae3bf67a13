"""Plans a study: cuts it into chunks of a few seconds.

Claims and calibrations are studies, too: their plans differ in the files they are read from, and in what is recorded.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from sim.model.metrics import METRIC_NAMES
from sim.model.state import PERSON
from sim.run import pool
from sim.run.case import run_cases
from sim.run.record import wanted_of
from sim.run.size import positions_of_table, work_of
from sim.study.design import Points, Row
from sim.study.jobs import PEOPLE, PERSONS, RUNS, TEAMS, WEEKS, Job, Simulate
from sim.study.resolve import ResolvedStudy, Situation
from sim.study.spec import Adaptive
from sim.study.study_files import read_study, write_points, write_study

if TYPE_CHECKING:
    from sim.study.results_folder import Folder

LABELS = ("scenario", "style", "point", "replication")
"""Columns that tell one row of the results from all others."""

MOST_CELLS = 6_000_000
"""Numbers that the rows of a chunk may hold: about 50 MB."""


_TYPES = ((bool, "bool"), (int, "int64"), (float, "float64"))


class Chunk(NamedTuple):
    """Some points and replications in one scenario."""

    situation: int
    points: range
    replications: range


@dataclass(frozen=True)
class Plan:
    """A study cut into chunks.

    `chunk_work` is the person-weeks of a chunk at most; results do not depend on it, the names of chunk files do.
    `rounds` are the numbers of replications after each round of a study that is run until it is precise enough: its
    points are cut up one by one and round by round, so that a further round leaves the chunks of earlier ones alone.
    `breaks` are points with which a chunk begins, so that those that an earlier study has are in chunks of their own.
    `settled` says that an adaptive design knows enough, and adds no more points.
    """

    kind: ClassVar[str] = "study"
    """Says who can read it back."""

    resolved: ResolvedStudy
    chunk_work: float
    rounds: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()
    settled: bool = False

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks that are known so far, in the order of the results: by scenario, point and replication."""
        cut = self._cut_in_rounds if self.rounds else self._cut
        return tuple(chunk for number in range(len(self.resolved.situations)) for chunk in cut(number))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Digest of what each chunk's rows depend on."""
        return tuple(self.job(chunk).key for chunk in self.chunks)

    @property
    def simulate(self) -> Simulate:
        """What runs the cases of a chunk."""
        return run_cases

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of files that every chunk has."""
        record = self.resolved.study.record
        further = {
            WEEKS: record.weekly, PEOPLE: record.people, TEAMS: record.team_weeks, PERSONS: record.person_weeks,
        }  # fmt: skip
        return (RUNS, *(kind for kind, wanted in further.items() if wanted))

    def replications(self, point: int) -> range:
        """The numbers of a point's replications."""
        return range(self.resolved.study.replications)

    def alike(self, one: int, other: int) -> bool:
        """Whether two points may be in one chunk: they have the same replications."""
        return self.replications(one) == self.replications(other)

    def shown(self, situation: Situation, point: int) -> Row:
        """What the results say about a point: a cell for each of the columns."""
        return situation.shown(self.resolved.points.factors, self.resolved.points.rows[point])

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Names and Arrow types of what the results say about a point."""
        factors = self.resolved.points.factors
        cells: list[set[type]] = [set() for _ in factors]
        for situation in self.resolved.situations:
            for point in range(len(self.resolved.points.rows)):
                for kinds, value in zip(cells, self.shown(situation, point), strict=True):
                    kinds.add(type(value))
        return tuple((factor.column, _arrow_type(kinds)) for factor, kinds in zip(factors, cells, strict=True))

    def job(self, chunk: Chunk) -> Job:
        """What a worker needs to run a chunk."""
        study = self.resolved.study
        situation = self.resolved.situations[chunk.situation]
        return Job(
            scenario=self._scenarios[chunk.situation],
            styles=situation.styles,
            places=situation.places,
            rows=self.resolved.points.rows[chunk.points.start : chunk.points.stop],
            shown=tuple(self.shown(situation, point) for point in chunk.points),
            columns=self.columns,
            first_point=chunk.points.start,
            replications=chunk.replications,
            seed=study.seed,
            record=study.record,
            simulate=self.simulate,
        )

    def runs(self, chunk: Chunk) -> int:
        """How many runs a chunk holds."""
        styles = len(self.resolved.situations[chunk.situation].styles)
        return len(chunk.points) * len(chunk.replications) * styles

    def work(self, chunk: Chunk) -> float:
        """Person-weeks of a chunk, with what setting up takes as long as."""
        return sum(self._works[chunk.situation][point] for point in chunk.points) * len(chunk.replications)

    @property
    def all_runs(self) -> int:
        """Runs of all chunks, and of those that are sure to follow."""
        known = sum(map(self.runs, self.chunks))
        return known + self.points_to_follow * (known // len(self.resolved.points.rows))

    @property
    def points_to_follow(self) -> int:
        """Points that an adaptive design adds yet, if it does not come to know enough before."""
        design = self.resolved.study.design
        if not isinstance(design, Adaptive) or self.settled:
            return 0
        return max(0, design.most_points - len(self.resolved.points.rows))

    @property
    def digest(self) -> str:
        """Of everything about the study, as it was begun, that its results depend on, the model aside."""
        return study_digest(self._with(self.rounds[0]) if self.rounds else self.resolved)

    @property
    def whole_digest(self) -> str:
        """The digest of the same study, had it been begun with as many replications as it has now."""
        return study_digest(self.resolved) if self.rounds and not self.resolved.study.precision else self.digest

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says about the study."""
        study = self.resolved.study
        return {
            "study": study.name,
            "title": study.title,
            "runs": self.all_runs,
            "replications": study.replications,
            "rounds": self.rounds,
            "breaks": self.breaks,
            "settled": self.settled,
            "chunks": len(self.chunks),
            "points": len(self.resolved.points.rows),
            "seed": study.seed,
            "styles": {situation.scenario.name: situation.styles for situation in self.resolved.situations},
            "chunk_work": self.chunk_work,
            "notes": self.resolved.notes,
        }

    def sample(self) -> Job:
        """One point and replication of the first chunk."""
        chunk = self.chunks[0]
        return self.job(Chunk(chunk.situation, chunk.points[:1], chunk.replications[:1]))

    def once_more(self, row: Mapping[str, Any]) -> Job:
        """The point and replication of a row of the results, under all styles."""
        names = [situation.scenario.name for situation in self.resolved.situations]
        point, replication = int(row["point"]), int(row["replication"])
        place = names.index(row["scenario"])
        return self.job(Chunk(place, range(point, point + 1), range(replication, replication + 1)))

    def write(self, folder: Path) -> None:
        """Write down all that it takes to read it back: the study, its scenarios and its points."""
        write_study(self.resolved, folder)

    def longer(self, replications: int) -> "Plan":
        """The same with so many replications of every point, one round more; chunks of earlier rounds stay."""
        return replace(self, resolved=self._with(replications), rounds=(*self.rounds, replications))

    def with_more_points(self, points: Points) -> "Plan":
        """The same with more points, that follow those there are; chunks of earlier rounds stay."""
        before = self.resolved.points
        unit = None if before.unit is None or points.unit is None else np.concatenate([before.unit, points.unit])
        together = Points(before.factors, (*before.rows, *points.rows), unit)
        return replace(self, resolved=replace(self.resolved, points=together))

    def write_points(self, folder: Path) -> None:
        """Write the points anew, where there are more than there were."""
        if isinstance(self.resolved.study.design, Adaptive):
            write_points(self.resolved, folder)

    def _with(self, replications: int) -> ResolvedStudy:
        study = self.resolved.study.model_copy(update={"replications": replications})
        return replace(self.resolved, study=study)

    @cached_property
    def _scenarios(self) -> tuple[str, ...]:
        return tuple(situation.scenario.model_dump_json() for situation in self.resolved.situations)

    @cached_property
    def _works(self) -> list[list[float]]:
        return [_works(self.resolved, situation) for situation in self.resolved.situations]

    def _cut(self, number: int) -> Iterator[Chunk]:
        """Neighbouring points together with all their replications, or where these are many, some of one point's."""
        works, most = self._works[number], self._most_replications(number)
        breaks = {*self.breaks, *self._begins_of_rounds}
        first, gathered = 0, 0.0
        for point, work in enumerate(works):
            numbers = self.replications(point)
            whole = work * len(numbers)
            if point > first and (
                not self.alike(first, point)
                or point in breaks
                or gathered + whole > self.chunk_work
                or point - first >= max(1, most // len(numbers))
            ):
                yield from self._split(number, range(first, point), gathered, most)
                first, gathered = point, 0.0
            gathered += whole
        yield from self._split(number, range(first, len(works)), gathered, most)

    @property
    def _begins_of_rounds(self) -> range:
        """The points with which the rounds of an adaptive design begin."""
        design, count = self.resolved.study.design, len(self.resolved.points.rows)
        return range(design.points, count, design.each) if isinstance(design, Adaptive) else range(0)

    def _split(self, number: int, points: range, work: float, most: int) -> Iterator[Chunk]:
        """One chunk, or several with a part of the replications each."""
        numbers = self.replications(points[0])
        fewest = max(1, round(work / self.chunk_work)) if len(points) == 1 else 1
        for some in pool.parts(numbers, 1.0, most, fewest):
            yield Chunk(number, points, some)

    def _cut_in_rounds(self, number: int) -> Iterator[Chunk]:
        """Every point by itself, and the replications of each round by themselves."""
        most = self._most_replications(number)
        for point, work in enumerate(self._works[number]):
            for begin, end in zip((0, *self.rounds), self.rounds, strict=False):
                for some in pool.parts(range(begin, end), work, min(self.chunk_work, most * work)):
                    yield Chunk(number, range(point, point + 1), some)

    def _most_replications(self, number: int) -> int:
        """Replications of a point whose rows a chunk may hold."""
        record, situation = self.resolved.study.record, self.resolved.situations[number]
        cells = len(record.columns) + len(self.resolved.points.factors)
        cells += situation.table["run"]["weeks"] * len(record.series) if record.weekly or wanted_of(record) else 0
        weeks, positions = situation.table["run"]["weeks"], positions_of_table(situation.table)
        cells += 20 * positions if record.people else 0
        cells += weeks * len(situation.table["teams"]) * len(METRIC_NAMES) if record.team_weeks else 0
        cells += weeks * positions * len(PERSON.names or ()) if record.person_weeks else 0
        return max(1, MOST_CELLS // cells // len(situation.styles))


def plan_study(resolved: ResolvedStudy, chunk_work: float | None = None) -> Plan:
    """Cut a study into chunks of a few seconds, small studies into smaller ones; `chunk_work` sets their size."""
    if chunk_work is None:
        chunk_work = pool.chunk_work(total_work(resolved))
    return Plan(resolved, chunk_work, (resolved.study.replications,) if resolved.study.precision else ())


def read_plan(folder: "Folder") -> Plan:
    """The plan that a folder was begun with, and has been extended to since.

    Raises:
        InputError: its files are missing or damaged.
    """
    return plan_from(folder, read_study(folder.path, folder.manifest["study"]))


def plan_from(folder: "Folder", resolved: ResolvedStudy) -> Plan:
    """The plan of a folder that was begun with this study."""
    first, *further = folder.manifest["rounds"] or [0]
    breaks = tuple(folder.manifest.get("breaks", ()))
    settled = bool(folder.manifest.get("settled", False))
    plan = Plan(resolved, folder.manifest["chunk_work"], (first,) if first else (), breaks, settled)
    for replications in further:
        plan = plan.longer(replications)
    return plan


def study_digest(resolved: ResolvedStudy) -> str:
    """Digest of everything about a study that its results depend on, the model aside."""
    study, design = resolved.study, resolved.study.design
    rows, aim = resolved.points.rows, []
    if isinstance(design, Adaptive):  # what it adds follows from what it begins with, and may be added to
        rows, aim = rows[: design.points], [design.model_dump(exclude={"rounds", "enough"})]
    parts = [
        [situation.scenario.model_dump_json() for situation in resolved.situations],
        [situation.styles for situation in resolved.situations],
        [situation.places for situation in resolved.situations],
        [[factor.column, factor.values, factor.labels] for factor in resolved.points.factors],
        rows,
        *aim,
        study.replications,
        study.seed,
        study.record.model_dump(),
        bool(study.precision),
    ]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def total_work(resolved: ResolvedStudy) -> float:
    """Person-weeks of all runs, and what setting them up takes as long as."""
    return resolved.study.replications * sum(sum(_works(resolved, situation)) for situation in resolved.situations)


def _works(resolved: ResolvedStudy, situation: Situation) -> list[float]:
    """Person-weeks of one replication of every point under all styles, with what setting up takes as long as."""
    sized = [place[0] in ("teams", "events", "run") for places in situation.places for place in places]
    usual = _work(situation.table, situation.styles)
    if not any(sized):
        return [usual] * len(resolved.points.rows)
    from sim.scenario.paths import changed

    works = []
    for row in resolved.points.rows:
        try:
            works.append(_work(changed(situation.table, situation.values(row)), situation.styles))
        except (TypeError, ValueError, KeyError):  # a value that cannot be shows in the results
            works.append(usual)
    return works


def _work(table: dict[str, Any], styles: Sequence[str]) -> float:
    return work_of(positions_of_table(table), table["run"]["weeks"], len(styles))


def _arrow_type(kinds: set[type]) -> str:
    for kind, name in _TYPES:
        if kinds <= {kind}:
            return name
    return "float64" if kinds <= {int, float} else "string"
