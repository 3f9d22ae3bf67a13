"""A calibration as a study: its points are sets of parameters, and later points depend on the results of earlier ones.

Its folder has a calibration.toml and a patterns.toml that stand by themselves, and a table of the sets of each stage
after the first, so that nothing that was drawn is drawn once more when it goes on.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sim.analysis.calibration.figures import Figures, measure_populations
from sim.analysis.calibration.file import Calibration, load_calibration
from sim.analysis.calibration.space import Space
from sim.analysis.calibration.stages import BEST, BLOCK, JUDGES, Known, ParameterSet, design, following, groups_of
from sim.analysis.evidence import Patterns, load_patterns
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError
from sim.scenario.writing import written_whole
from sim.study.design import Factor, Points, Row
from sim.study.jobs import Simulate
from sim.study.plan import Chunk, Plan
from sim.study.resolve import ResolvedStudy, Situation
from sim.study.results_folder import DAMAGED, RESULTS
from sim.study.spec import Study
from sim.study.stored_files import read_rows, readable

if TYPE_CHECKING:
    from sim.study.results_folder import Folder

CALIBRATION, PATTERNS, SETS = "calibration.toml", "patterns.toml", "sets"

VARIOUS = "various"
"""In the place of a style: leaders of a population differ."""


@dataclass(frozen=True, kw_only=True)
class CalibrationPlan(Plan):
    """A calibration with the sets of parameters that are known to be run so far; a replication is a world of firms."""

    kind: ClassVar[str] = "calibration"

    file: Calibration
    patterns: Patterns
    trials: tuple[ParameterSet, ...]

    @classmethod
    def begin(cls, file: Calibration, patterns: Patterns) -> "CalibrationPlan":
        """The first stage.

        Raises:
            InputError: no pattern that parameters are fitted to; libraries are missing.
        """
        patterns.fitted()
        for library in ("mici", "sklearn"):
            if find_spec(library) is None:
                raise InputError(
                    'calibration: needs more libraries. Install them with: pip install "teamsim[research]"'
                )
        return cls._of(file, patterns, tuple(design(file, Space(file.design.parameters))))

    @classmethod
    def _of(cls, file: Calibration, patterns: Patterns, sets: tuple[ParameterSet, ...]) -> "CalibrationPlan":
        names = Space(file.design.parameters).names
        factors = tuple(Factor(name, (f"parameters.{name}",)) for name in names)
        points = Points(factors, tuple(one.values for one in sets))
        places = tuple((("parameters", name),) for name in names)
        study = Study(
            name="calibration",
            title=f"{len(names)} parameters fitted to {len(patterns.fitted().patterns)} patterns",
            replications=1,
            seed=file.design.seed,
            record=Figures(patterns=patterns, firms=file.design.firms),
        )
        situation = Situation(load_scenario("everyday"), (VARIOUS,), places)
        resolved = ResolvedStudy(study, (situation,), points, CALIBRATION)
        return cls(resolved, 1.0, file=file, patterns=patterns, trials=sets)

    @property
    def space(self) -> Space:
        """The parameters that are fitted."""
        return Space(self.file.design.parameters)

    @property
    def simulate(self) -> Simulate:
        """Every case is a population of firms."""
        return measure_populations

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """The sets that are run in the same worlds together; of the candidates for the best, each by itself."""
        return tuple(self._in_chunks())

    def _in_chunks(self) -> Iterator[Chunk]:
        first = 0
        for (stage, _), some in groupby(self.trials, lambda one: (one.stage, one.worlds)):
            count = len(list(some))
            size = 1 if stage == BEST else BLOCK
            for start in range(first, first + count, size):
                stop = min(start + size, first + count)
                yield Chunk(0, range(start, stop), self.trials[start].worlds)
            first += count

    def replications(self, point: int) -> range:
        """The worlds that a set is run in."""
        return self.trials[point].worlds

    def shown(self, situation: Situation, point: int) -> Row:
        """Stage and number of a set, the group left out, and its parameters."""
        trial = self.trials[point]
        return (trial.stage, trial.number, trial.left_out, *trial.values)

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Names and Arrow types of what is shown."""
        labels = (("stage", "string"), ("number", "int64"), ("left_out", "string"))
        return (*labels, *((name, "float64") for name in self.space.names))

    @property
    def all_runs(self) -> int:
        """Runs of the sets so far, and of those that are sure to follow."""
        done = sum(map(self.runs, self.chunks))
        if self.trials[-1].stage == BEST:
            return done
        file, best = self.file, self.file.best.candidates * self.file.best.worlds
        if self.trials[-1].stage == JUDGES:
            return done + best
        waves = file.waves.waves - (len({trial.stage for trial in self.trials}) - 1)
        judges = len(groups_of(self.patterns)[1:]) * file.judges.sets
        return done + waves * file.waves.sets + file.posterior.sets + judges + best

    @property
    def digest(self) -> str:
        """Of how it is calibrated, and to what."""
        text = self.file.model_dump_json() + self.patterns.model_dump_json()
        return hashlib.sha256(text.encode()).hexdigest()

    def write(self, folder: Path) -> None:
        """Write down how it is calibrated, and to what."""
        import tomli_w

        for name, model in ((CALIBRATION, self.file), (PATTERNS, self.patterns)):
            table = json.loads(model.model_dump_json(exclude_none=True))
            (folder / name).write_text(tomli_w.dumps(table), encoding="utf-8")
        (folder / SETS).mkdir()

    def with_further(self, further: Sequence[ParameterSet]) -> "CalibrationPlan":
        """The same with the sets of one more stage."""
        return self._of(self.file, self.patterns, (*self.trials, *further))


def read_plan(folder: "Folder") -> CalibrationPlan:
    """The calibration of a folder, as far as it has come.

    Raises:
        InputError: its files are missing or damaged.
    """
    plan = CalibrationPlan.begin(load_calibration(folder.path / CALIBRATION), load_patterns(folder.path / PATTERNS))
    stage = 1
    while (path := folder.path / SETS / f"{stage}.parquet").is_file():
        plan = plan.with_further(_read(path, plan.space))
        stage += 1
    return plan


def more_sets(folder: "Folder", plan: CalibrationPlan) -> CalibrationPlan | None:
    """The calibration with the sets that follow from what came of those so far; None if there are no more."""
    further = following(plan.file, plan.patterns, known_in(folder, plan), plan.trials)
    if not further:
        return None
    stages = len(list((folder.path / SETS).glob("*.parquet"))) + 1
    _write(folder.path / SETS / f"{stages}.parquet", further, plan.space)
    return plan.with_further(further)


def known_in(folder: "Folder", plan: CalibrationPlan) -> Known:
    """What came of the sets whose rows have been put together."""
    rows = read_rows(folder.path / RESULTS, DAMAGED).to_pandas(ignore_metadata=True)
    return Known.of(rows, plan.space, plan.resolved.study.record.columns)


def _write(path: Path, trials: Sequence[ParameterSet], space: Space) -> None:
    import pandas as pd

    rows = [
        {
            "stage": trial.stage, "number": trial.number, "left_out": trial.left_out,
            "world": trial.worlds.start, "worlds": len(trial.worlds),
            **dict(zip(space.names, trial.values, strict=True)),
        }
        for trial in trials
    ]  # fmt: skip
    with written_whole(path) as unfinished:
        pd.DataFrame(rows).to_parquet(unfinished, index=False)


def _read(path: Path, space: Space) -> list[ParameterSet]:
    advice = "Take it and those with higher numbers away; they are made anew."
    with readable(path, advice):
        rows = read_rows(path, advice).to_pandas(ignore_metadata=True).to_dict("records")
        return [
            ParameterSet(
                str(row["stage"]), int(row["number"]), str(row["left_out"]),
                range(int(row["world"]), int(row["world"]) + int(row["worlds"])),
                tuple(float(row[name]) for name in space.names),
            )
            for row in rows
        ]  # fmt: skip
