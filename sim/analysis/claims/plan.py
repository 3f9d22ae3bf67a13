"""The claims as a study: it runs every arm once, and its points are plausible worlds.

Its folder has a claims.toml that stands by itself, and the worlds' parameters and profiles in worlds.parquet.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sim.analysis.claims.load import Claims, load_claims
from sim.analysis.claims.schema import ClaimsFile
from sim.analysis.plausible import PlausibleWorld
from sim.run.measures import Measure, needed
from sim.run.pool import CHUNK_WORK
from sim.run.profiles import Profiles
from sim.run.record import Measured
from sim.scenario.load import to_toml
from sim.scenario.schema import Scenario
from sim.scenario.toml_files import table_from_text
from sim.study.design import AS_IS, Factor, Points, Row
from sim.study.jobs import Job
from sim.study.plan import Chunk, Plan
from sim.study.resolve import ResolvedStudy, Situation
from sim.study.results_folder import DAMAGED
from sim.study.spec import Study
from sim.study.stored_files import read_rows, readable

if TYPE_CHECKING:
    from sim.study.results_folder import Folder

CLAIMS, WORLDS = "claims.toml", "worlds.parquet"

SEED, NUMBER = "profiles_seed", "profiles_number"
"""Columns of the worlds' table that name a draw of profiles; the others are parameters."""

TEXTS = {"name", "title", "question", "description", "run"}
"""What does not change how a scenario runs; `run` is compared by itself."""


class Wanted(NamedTuple):
    """Something to measure: which style, in what the claims call by the name of a situation."""

    situation: str
    style: str
    measure: Measure

    @property
    def cells(self) -> dict[str, str | None]:
        """The same as columns of a table."""
        metric, weeks, since, how = self.measure
        cells = {"situation": self.situation, "style": self.style, "metric": metric, "how": how}
        return {**cells, "weeks": _span(weeks), "since": _span(since)}


class Batch(NamedTuple):
    """A scenario, the styles that are run in it, and what is measured in which of the situations that it stands for."""

    scenario: Scenario
    styles: tuple[str, ...]
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimsPlan(Plan):
    """Claims cut into chunks: point 0 has the default parameters, every other one those of a plausible world.

    `many` are the runs of each arm with the default parameters and the styles as written, `few` those in each of the
    `worlds`; what a situation sets stays.
    """

    kind: ClassVar[str] = "claims"

    claims: Claims
    many: int
    few: int
    worlds: tuple[PlausibleWorld, ...]
    batches: tuple[Batch, ...]

    def replications(self, point: int) -> range:
        """The numbers of a point's replications."""
        return range(self.few if point else self.many)

    def alike(self, one: int, other: int) -> bool:
        """Whether two points may be in one chunk: not with the defaults, by which claims are judged before all else."""
        return (one == 0) == (other == 0)

    def shown(self, situation: Situation, point: int) -> Row:
        """Nothing: parameters are in worlds.parquet, and a point's number is the world's."""
        return ()

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """None, as there is nothing shown."""
        return ()

    def job(self, chunk: Chunk) -> Job:
        """What a worker needs to run a chunk; only what is asked of its situation is measured."""
        wanted = tuple(dict.fromkeys(one.measure for one in self.batches[chunk.situation].wanted))
        measured = {"metrics": needed(wanted), "wanted": wanted}
        profiles = tuple(self.worlds[point - 1].profiles if point else None for point in chunk.points)
        return replace(
            super().job(chunk), record=self.resolved.study.record.model_copy(update=measured), profiles=profiles
        )

    @property
    def digest(self) -> str:
        """Of the claims, their situations, the worlds, and how often each arm is run."""
        claims, situations, seed = self.claims
        texts = [
            *(claim.model_dump_json() for claim in claims),
            *(situations[name].model_dump_json() for name in _used(self.claims)),
        ]
        worlds = [sorted(row.items()) for row in self._rows()]
        parts = [texts, seed, self.many, self.few, worlds, self.chunk_work]
        return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says about the claims."""
        return {**super().facts, "replications_of_a_world": self.few, "worlds": len(self.worlds)}

    def write(self, folder: Path) -> None:
        """Write the claims with all their situations, and the worlds."""
        import pandas as pd
        import tomli_w

        (folder / CLAIMS).write_text(tomli_w.dumps(self._table()), encoding="utf-8")
        pd.DataFrame(self._rows()).to_parquet(folder / WORLDS, index=False)

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {**parameters, SEED: str(profiles.seed), NUMBER: profiles.number} for parameters, profiles in self.worlds
        ]

    def _table(self) -> dict[str, Any]:
        situations = {name: table_from_text(to_toml(self.claims.situations[name]), name) for name in _used(self.claims)}
        file = ClaimsFile(seed=self.claims.seed, situations=situations, claims=self.claims.claims)
        table: dict[str, Any] = json.loads(file.model_dump_json(exclude_none=True))
        return table


def plan_claims(
    claims: Claims, many: int, few: int, worlds: Sequence[PlausibleWorld] = (), chunk_work: float = CHUNK_WORK
) -> ClaimsPlan:
    """Plan the runs of all arms that the claims need; arguments as the fields of `ClaimsPlan`."""
    batches = tuple(_batches(claims))
    names = tuple(worlds[0].parameters) if worlds else ()
    rows = ((AS_IS,) * len(names), *(tuple(world.parameters[name] for name in names) for world in worlds))
    points = Points(tuple(Factor(name, (f"parameters.{name}",)) for name in names), rows)
    situations = tuple(Situation(batch.scenario, batch.styles, _places(batch.scenario, names)) for batch in batches)
    measures = tuple(dict.fromkeys(wanted.measure for batch in batches for wanted in batch.wanted))
    study = Study(
        name="claims",
        title=f"{len(claims.claims)} claims, in {len(worlds)} plausible worlds",
        replications=many,
        seed=claims.seed,
        record=Measured(metrics=needed(measures), measures=measures, wanted=measures),
    )
    resolved = ResolvedStudy(study, situations, points, CLAIMS)
    return ClaimsPlan(
        resolved, chunk_work, claims=claims, many=many, few=few, worlds=tuple(worlds), batches=batches
    )  # fmt: skip


def read_plan(folder: "Folder") -> ClaimsPlan:
    """The claims that a folder was begun with.

    Raises:
        InputError: its files are missing or damaged.
    """
    facts = folder.manifest
    claims = load_claims(folder.path / CLAIMS)
    with readable(folder.path / WORLDS, DAMAGED):
        table = read_rows(folder.path / WORLDS, DAMAGED).to_pandas(ignore_metadata=True)
        worlds = tuple(map(_world, table.to_dict("records")))
    return plan_claims(claims, facts["replications"], facts["replications_of_a_world"], worlds, facts["chunk_work"])


def _world(row: dict[Any, Any]) -> PlausibleWorld:
    """A world from a row of the table."""
    profiles = Profiles(int(row[SEED]), int(row[NUMBER]))
    return PlausibleWorld({str(k): float(value) for k, value in row.items() if k not in (SEED, NUMBER)}, profiles)


def _span(weeks: tuple[int, ...] | None) -> str | None:
    """Weeks as they stand in tables, such as 27-104."""
    return None if weeks is None else f"{weeks[0]}-{weeks[1]}"


def _used(claims: Claims) -> list[str]:
    """The situations that the claims name."""
    return sorted({arm.situation for claim in claims.claims for part in claim.parts for arm in part.arms})


def _places(scenario: Scenario, names: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Where the parameters of a world go: nowhere, where the scenario sets one itself."""
    return tuple(() if name in scenario.parameters else (("parameters", name),) for name in names)


def _batches(claims: Claims) -> Iterator[Batch]:
    """What has to be run, in the order in which the claims need it; situations that are the same run once."""
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
