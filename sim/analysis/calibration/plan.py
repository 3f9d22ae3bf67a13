"""A calibration as work that is cut into chunks, of which the later ones depend on what came of the earlier ones.

Its folder has a calibration.toml and a patterns.toml that stand by themselves; which sets have been asked for follows
from them and from what has been judged.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sim.analysis.calibration.file import Calibration, load_calibration
from sim.analysis.calibration.jobs import LABELS, CalibrationJob
from sim.analysis.calibration.misfit import Judgement, judgement
from sim.analysis.calibration.search import FINAL, Trial, trials
from sim.analysis.evidence import Patterns, load_patterns
from sim.study.work import RUNS, Estimate, extrapolated

if TYPE_CHECKING:
    from sim.study.results_folder import Folder

CALIBRATION, PATTERNS = "calibration.toml", "patterns.toml"


class Chunk(NamedTuple):
    """A set, by its place among all, in one world of firms."""

    trial: int
    world: int


@dataclass(frozen=True)
class CalibrationPlan:
    """A calibration with the sets of parameters that are known to be judged so far."""

    kind: ClassVar[str] = "calibration"
    labels: ClassVar[tuple[str, ...]] = LABELS
    kinds: ClassVar[tuple[str, ...]] = (RUNS,)

    file: Calibration
    patterns: Patterns
    trials: tuple[Trial, ...]

    @classmethod
    def begin(cls, file: Calibration, patterns: Patterns) -> "CalibrationPlan":
        """The first generation of the search."""
        return cls(file, patterns, tuple(trials(file, {})))

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Every set in every world that it is judged in."""
        return tuple(Chunk(place, world) for place, trial in enumerate(self.trials) for world in self.worlds(trial))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Digest of what each chunk's rows depend on."""
        return tuple(self.job(chunk).key for chunk in self.chunks)

    @property
    def all_runs(self) -> int:
        """Worlds in which some set is judged, those that are sure to follow among them."""
        if self.trials[-1].stage == FINAL:
            return len(self.chunks)
        search, keep = self.file.search, self.file.keep
        sets = search.generations * (search.population + 1) + keep.draws
        return sets * search.worlds + min(keep.finalists, keep.sets, sets) * keep.fresh_worlds

    @property
    def digest(self) -> str:
        """Of how it is calibrated, and to what."""
        text = self.file.model_dump_json() + self.patterns.model_dump_json()
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says about the calibration."""
        return {
            "study": "calibration",
            "title": f"{len(self.file.fit.parameters)} parameters fitted to {len(self.patterns.patterns)} patterns",
            "runs": self.all_runs,
            "chunks": len(self.chunks),
            "sets": len(self.trials),
            "seed": self.file.search.seed,
        }

    def worlds(self, trial: Trial) -> range:
        """The worlds that a set is judged in, by their seeds: the best are judged again in others."""
        known = range(1, self.file.search.worlds + 1)
        return range(known.stop, known.stop + self.file.keep.fresh_worlds) if trial.stage == FINAL else known

    def runs(self, chunk: Chunk) -> int:  # each is one world
        """How many runs a chunk holds: a world of firms counts as one."""
        return 1

    def job(self, chunk: Chunk) -> CalibrationJob:
        """What a worker needs to judge a set in a world."""
        return CalibrationJob(*self.trials[chunk.trial], chunk.world, self.file.search.firms, self._patterns)

    def sample(self) -> CalibrationJob:
        """The first set in a world of few firms."""
        return replace(self.job(self.chunks[0]), firms=20)

    def estimate(self, workers: int | None) -> Estimate:
        """What all will take with so many workers."""
        return extrapolated(self, self.chunks[0], 1 / self.all_runs, workers)

    def once_more(self, row: Mapping[str, Any]) -> CalibrationJob:
        """The set and world that a row of the results is of."""
        names = [trial.name for trial in self.trials]
        return self.job(Chunk(names.index((row["stage"], row["number"])), row["world"]))

    def write(self, folder: Path) -> None:
        """Write down how it is calibrated, and to what."""
        import tomli_w

        for name, model in ((CALIBRATION, self.file), (PATTERNS, self.patterns)):
            table = json.loads(model.model_dump_json(exclude_none=True))
            (folder / name).write_text(tomli_w.dumps(table), encoding="utf-8")

    def longer(self, judged: Mapping[tuple[str, int], Judgement]) -> "CalibrationPlan | None":
        """The same with the sets that follow from these judgements; None if there are no more."""
        following = tuple(trials(self.file, judged))
        return replace(self, trials=following) if len(following) > len(self.trials) else None

    @cached_property
    def _patterns(self) -> str:
        return self.patterns.model_dump_json()


def read_plan(folder: "Folder") -> CalibrationPlan:
    """The calibration of a folder, as far as it has come.

    Raises:
        InputError: its files are missing or damaged.
    """
    plan = CalibrationPlan.begin(load_calibration(folder.path / CALIBRATION), load_patterns(folder.path / PATTERNS))
    while (longer := plan.longer(judged_in(folder, plan))) is not None:
        plan = longer
    return plan


def judged_in(folder: "Folder", plan: CalibrationPlan) -> dict[tuple[str, int], Judgement]:
    """The judgement of every set that was judged in all its worlds; chunks that are not as they were do not count."""
    from pyarrow import parquet

    stored = folder.stored(plan)
    found: dict[int, list[dict[str, float] | None]] = {}
    for chunk, key in zip(plan.chunks, plan.keys, strict=True):
        if stored.has(key):
            table = parquet.read_table(stored.file(key, RUNS), columns=["figure", "value", "error"]).to_pydict()
            figures = dict(zip(table["figure"], table["value"], strict=True))
            found.setdefault(chunk.trial, []).append(figures if table["error"][0] is None else None)
    whole = [(plan.trials[place], worlds) for place, worlds in found.items()]
    return {
        trial.name: judgement(plan.patterns, dict(trial.parameters), worlds)
        for trial, worlds in whole
        if len(worlds) == len(plan.worlds(trial))
    }
