"""A calibration as a study: points are sets of parameters, and which ones follow depends on what came of earlier ones.

Its folder has a calibration.toml and a patterns.toml that stand by themselves; which sets have been asked for follows
from them and from what has been judged.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sim.analysis.calibration.figures import Figures, measure_populations
from sim.analysis.calibration.file import Calibration, load_calibration
from sim.analysis.calibration.misfit import Judgement, judgement
from sim.analysis.calibration.search import FINAL, Trial, trials
from sim.analysis.evidence import Patterns, load_patterns
from sim.scenario.load import load_scenario
from sim.study.design import Factor, Points, Row
from sim.study.jobs import RUNS, Simulate
from sim.study.plan import Plan
from sim.study.resolve import ResolvedStudy, Situation
from sim.study.spec import Study

if TYPE_CHECKING:
    from sim.study.results_folder import Folder

CALIBRATION, PATTERNS = "calibration.toml", "patterns.toml"

VARIOUS = "various"
"""In the place of a style: leaders of a population differ."""

ONE_BY_ONE = 1.0
"""Work of a chunk, so that each population has one of its own and later sets leave the chunks of earlier ones alone."""


@dataclass(frozen=True, kw_only=True)
class CalibrationPlan(Plan):
    """A calibration with the sets of parameters that are known to be judged so far; a replication is a population."""

    kind: ClassVar[str] = "calibration"

    file: Calibration
    patterns: Patterns
    trials: tuple[Trial, ...]

    @classmethod
    def begin(cls, file: Calibration, patterns: Patterns) -> "CalibrationPlan":
        """The first generation of the search.

        Raises:
            InputError: no pattern that parameters are fitted to.
        """
        return cls._of(file, patterns.fitted(), tuple(trials(file, {})))

    @classmethod
    def _of(cls, file: Calibration, patterns: Patterns, sets: tuple[Trial, ...]) -> "CalibrationPlan":
        names = file.fit.parameters
        factors = tuple(Factor(name, (f"parameters.{name}",)) for name in names)
        points = Points(factors, tuple(tuple(dict(one.parameters)[name] for name in names) for one in sets))
        places = tuple((("parameters", name),) for name in names)
        study = Study(
            name="calibration",
            title=f"{len(names)} parameters fitted to {len(patterns.patterns)} patterns",
            replications=file.search.worlds,
            seed=file.search.seed,
            record=Figures(patterns=patterns, firms=file.search.firms),
        )
        situation = Situation(load_scenario("everyday"), (VARIOUS,), places)
        resolved = ResolvedStudy(study, (situation,), points, CALIBRATION)
        return cls(resolved, ONE_BY_ONE, file=file, patterns=patterns, trials=sets)

    @property
    def simulate(self) -> Simulate:
        """Every case is a population of firms."""
        return measure_populations

    def replications(self, point: int) -> range:
        """The seeds of the populations that a set is judged in: the best are judged again in others."""
        known = range(1, self.file.search.worlds + 1)
        final = self.trials[point].stage == FINAL
        return range(known.stop, known.stop + self.file.keep.fresh_worlds) if final else known

    def shown(self, situation: Situation, point: int) -> Row:
        """Stage and number of a set, and its parameters."""
        return (*self.trials[point].name, *self.resolved.points.rows[point])

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Names and Arrow types of what is shown."""
        names = self.file.fit.parameters
        return (("stage", "string"), ("number", "int64"), *((name, "float64") for name in names))

    @property
    def all_runs(self) -> int:
        """Populations in which some set is judged, those that are sure to follow among them."""
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

    def write(self, folder: Path) -> None:
        """Write down how it is calibrated, and to what."""
        import tomli_w

        for name, model in ((CALIBRATION, self.file), (PATTERNS, self.patterns)):
            table = json.loads(model.model_dump_json(exclude_none=True))
            (folder / name).write_text(tomli_w.dumps(table), encoding="utf-8")

    def further(self, judged: Mapping[tuple[str, int], Judgement]) -> "CalibrationPlan | None":
        """The same with the sets that follow from these judgements; None if there are no more."""
        following = tuple(trials(self.file, judged))
        return self._of(self.file, self.patterns, following) if len(following) > len(self.trials) else None


def read_plan(folder: "Folder") -> CalibrationPlan:
    """The calibration of a folder, as far as it has come.

    Raises:
        InputError: its files are missing or damaged.
    """
    plan = CalibrationPlan.begin(load_calibration(folder.path / CALIBRATION), load_patterns(folder.path / PATTERNS))
    while (further := plan.further(judged_in(folder, plan))) is not None:
        plan = further
    return plan


def judged_in(folder: "Folder", plan: CalibrationPlan) -> dict[tuple[str, int], Judgement]:
    """The judgement of every set that was judged in all its worlds; chunks that are not as they were do not count."""
    from pyarrow import parquet

    stored, names = folder.stored(plan), plan.resolved.study.record.columns
    found: dict[int, list[dict[str, float] | None]] = {}
    for chunk, key in zip(plan.chunks, plan.keys, strict=True):
        if stored.has(key):
            (row,) = parquet.read_table(stored.file(key, RUNS), columns=["error", *names]).to_pylist()
            figures = {name: float("nan") if row[name] is None else row[name] for name in names}
            found.setdefault(chunk.points[0], []).append(figures if row["error"] is None else None)
    return {
        plan.trials[point].name: judgement(plan.patterns, dict(plan.trials[point].parameters), worlds)
        for point, worlds in found.items()
        if len(worlds) == len(plan.replications(point))
    }
