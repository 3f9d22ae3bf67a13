"""The claims as work that is cut into chunks: every arm once, whichever claims it serves, and in plausible worlds.

Its folder has a claims.toml that stands by itself, and the worlds' parameters in worlds.parquet.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sim.analysis.claims.jobs import LABELS, ClaimsJob, Piece, Wanted, span
from sim.analysis.claims.load import Claims, load_claims
from sim.analysis.claims.schema import ClaimsFile
from sim.run.pool import CHUNK_WORK, work_of
from sim.scenario.load import to_toml
from sim.scenario.problems import InputError, shown_path
from sim.scenario.schema import Scenario
from sim.scenario.toml_files import table_from_text
from sim.study.work import RUNS, Estimate, extrapolated

if TYPE_CHECKING:
    from sim.study.results_folder import Folder

CLAIMS, WORLDS = "claims.toml", "worlds.parquet"

TEXTS = {"name", "title", "question", "description", "run"}
"""What does not change how a scenario runs; `run` is compared by itself."""

type World = Mapping[str, float]
"""A set of parameters."""


class Batch(NamedTuple):
    """Runs that are made together: a scenario, the styles asked for, and what is measured in which situation."""

    scenario: Scenario
    styles: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    @property
    def work(self) -> float:
        """Person-weeks of a replication under all styles, with what setting up takes as long as."""
        people = sum(team.size for team in self.scenario.teams)
        return work_of(people, self.scenario.run.weeks, len(self.styles))


class Chunk(NamedTuple):
    """Some batches in one world, each with the first and last replication (not included); world 0 has the defaults."""

    world: int
    parts: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class ClaimsPlan:
    """Claims cut into chunks.

    `replications` are the runs of each arm with the default parameters, `few` those in each of the `worlds`, which are
    sets of parameters; what a situation sets stays.
    """

    kind: ClassVar[str] = "claims"
    labels: ClassVar[tuple[str, ...]] = LABELS
    kinds: ClassVar[tuple[str, ...]] = (RUNS,)

    claims: Claims
    replications: int
    few: int
    worlds: tuple[World, ...]
    chunk_work: float = CHUNK_WORK

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """What has to be run, in the order in which the claims need it; situations that are the same run once."""
        return tuple(_batches(self.claims))

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks: first the default parameters, then world after world."""
        sizes = [self.replications, *([self.few] * len(self.worlds))]
        return tuple(
            Chunk(world, parts)
            for world, replications in enumerate(sizes)
            for parts in _packed([batch.work for batch in self.batches], replications, self.chunk_work)
        )

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Digest of what each chunk's rows depend on."""
        return tuple(self.job(chunk).key for chunk in self.chunks)

    @property
    def all_runs(self) -> int:
        """Runs of all chunks."""
        return sum(len(batch.styles) for batch in self.batches) * (self.replications + self.few * len(self.worlds))

    @property
    def digest(self) -> str:
        """Of the claims, their situations, the worlds, and how often each arm is run."""
        claims, situations, seed = self.claims
        texts = [
            *(claim.model_dump_json() for claim in claims),
            *(situations[name].model_dump_json() for name in _used(self.claims)),
        ]
        worlds = [sorted(world.items()) for world in self.worlds]
        parts = [texts, seed, self.replications, self.few, worlds, self.chunk_work]
        return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says about the claims."""
        return {
            "study": "claims",
            "title": f"{len(self.claims.claims)} claims, in {len(self.worlds)} plausible worlds",
            "runs": self.all_runs,
            "replications": self.replications,
            "replications_of_a_world": self.few,
            "worlds": len(self.worlds),
            "chunks": len(self.chunks),
            "seed": self.claims.seed,
            "chunk_work": self.chunk_work,
        }

    def runs(self, chunk: Chunk) -> int:
        """How many runs a chunk holds."""
        return sum(len(self.batches[place].styles) * (last - first) for place, first, last in chunk.parts)

    def work(self, chunk: Chunk) -> float:
        """Person-weeks of a chunk, with what setting up takes as long as."""
        return sum(self.batches[place].work * (last - first) for place, first, last in chunk.parts)

    def job(self, chunk: Chunk) -> ClaimsJob:
        """What a worker needs to run a chunk."""
        pieces = [self._piece(place, self.batches[place].wanted, (first, last)) for place, first, last in chunk.parts]
        return self._job(pieces, chunk.world)

    def sample(self) -> ClaimsJob:
        """One replication of the first batch."""
        return self.job(Chunk(0, ((0, 0, 1),)))

    def estimate(self, workers: int | None) -> Estimate:
        """What all will take with so many workers."""
        chunk = self.chunks[-1]
        return extrapolated(self, chunk, self.work(chunk) / sum(map(self.work, self.chunks)), workers)

    def once_more(self, row: Mapping[str, Any]) -> ClaimsJob:
        """The run that a row of the results is of."""
        for place, batch in enumerate(self.batches):
            for wanted in batch.wanted:
                if all(row[name] == cell for name, cell in cells_of(wanted).items()):
                    replication = int(row["replication"])
                    return self._job([self._piece(place, (wanted,), (replication, replication + 1))], int(row["world"]))
        raise InputError(f"{row}: no such row in these results.")

    def write(self, folder: Path) -> None:
        """Write the claims with all their situations, and the worlds."""
        import pandas as pd
        import tomli_w

        (folder / CLAIMS).write_text(tomli_w.dumps(self._table()), encoding="utf-8")
        pd.DataFrame(list(self.worlds)).to_parquet(folder / WORLDS, index=False)

    def _table(self) -> dict[str, Any]:
        situations = {name: table_from_text(to_toml(self.claims.situations[name]), name) for name in _used(self.claims)}
        file = ClaimsFile(seed=self.claims.seed, situations=situations, claims=self.claims.claims)
        table: dict[str, Any] = json.loads(file.model_dump_json(exclude_none=True))
        return table

    def _piece(self, place: int, wanted: tuple[Wanted, ...], replications: tuple[int, int]) -> Piece:
        return Piece(self._texts[place], self.batches[place].styles, wanted, replications)

    def _job(self, pieces: Sequence[Piece], world: int) -> ClaimsJob:
        parameters = self.worlds[world - 1] if world else {}
        return ClaimsJob(tuple(pieces), world, tuple(sorted(parameters.items())), self.claims.seed)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(batch.scenario.model_dump_json() for batch in self.batches)


def read_plan(folder: "Folder") -> ClaimsPlan:
    """The claims that a folder was begun with.

    Raises:
        InputError: its files are missing or damaged.
    """
    import pandas as pd

    facts = folder.manifest
    claims = load_claims(folder.path / CLAIMS)
    try:
        table = pd.read_parquet(folder.path / WORLDS).astype(float)
    except (OSError, ValueError, TypeError):
        text = "missing or damaged. It belongs to the results; put it back, or run the claims anew."
        raise InputError(f"{shown_path(folder.path / WORLDS)}: {text}") from None
    worlds = tuple({str(name): float(value) for name, value in row.items()} for row in table.to_dict("records"))
    return ClaimsPlan(claims, facts["replications"], facts["replications_of_a_world"], worlds, facts["chunk_work"])


def cells_of(wanted: Wanted) -> dict[str, str | None]:
    """What is measured, as the columns of the results have it."""
    situation, style, measure = wanted
    cells = (situation, style, measure.metric, measure.how, span(measure.weeks), span(measure.since))
    return dict(zip(LABELS, cells, strict=False))


def _used(claims: Claims) -> list[str]:
    """The situations that the claims name."""
    return sorted({arm.situation for claim in claims.claims for part in claim.parts for arm in part.arms})


def _batches(claims: Claims) -> Iterator[Batch]:
    scenarios: dict[str, Scenario] = {}
    asked: dict[str, dict[Wanted, None]] = {}
    for claim in claims.claims:
        for part in claim.parts:
            for arm in part.arms:
                scenario = claims.situations[arm.situation]
                run = f"{scenario.run.weeks} {scenario.run.development_scheme}"
                same = scenario.model_dump_json(exclude=TEXTS) + run
                scenarios.setdefault(same, scenario)
                for measure in part.measures:
                    asked.setdefault(same, {})[Wanted(arm.situation, arm.style, measure)] = None
    for same, wanted in asked.items():
        yield Batch(scenarios[same], tuple(dict.fromkeys(one.style for one in wanted)), tuple(wanted))


def _packed(works: Sequence[float], replications: int, most: float) -> Iterator[tuple[tuple[int, int, int], ...]]:
    """All batches with all replications, in parts of about `most`; large batches are cut up."""
    parts: list[tuple[int, int, int]] = []
    gathered = 0.0
    for place, work in enumerate(works):
        size = max(1, int(most // work))
        for first in range(0, replications, size):
            last = min(first + size, replications)
            if parts and gathered + work * (last - first) > most:
                yield tuple(parts)
                parts, gathered = [], 0.0
            parts.append((place, first, last))
            gathered += work * (last - first)
    yield tuple(parts)
