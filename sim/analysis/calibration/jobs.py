"""A set of parameters in one world of firms, as a job for one worker: the figures of all published patterns."""

import hashlib
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from sim.analysis import measures, survey
from sim.analysis.evidence import Patterns, figures_of
from sim.study import firms as populations
from sim.study.jobs import as_parquet, key_of
from sim.study.work import RUNS, Finished

LABELS = ("stage", "number", "world", "figure")


@dataclass(frozen=True, slots=True)
class CalibrationJob:
    """The set of this stage and number, in the world of firms with this seed; `patterns` as JSON."""

    stage: str
    number: int
    parameters: tuple[tuple[str, float], ...]
    world: int
    firms: int
    patterns: str

    @property
    def key(self) -> str:
        """Digest of everything that the rows depend on, the model included."""
        return key_of(self, _ways_of_measuring())

    @property
    def runs(self) -> int:
        """A world counts as one."""
        return 1

    def run(self) -> Finished:
        """Run the firms and hold the patterns against them; where that fails, one row has the error."""
        import pyarrow as pa

        begun = time.perf_counter()
        figures: dict[str, float] = {}
        error = None
        try:
            patterns = _patterns(self.patterns)
            every = figures_of(patterns, patterns.patterns, self.world, dict(self.parameters), self.firms, workers=1)
            figures = {
                f"{pattern}.{name}": value for pattern, inside in every.items() for name, value in inside.items()
            }
        except MemoryError:
            raise
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        names = list(figures) or [""]
        table = pa.table(
            {
                "stage": pa.array([self.stage] * len(names)),
                "number": pa.array([self.number] * len(names), pa.int64()),
                "world": pa.array([self.world] * len(names), pa.int64()),
                "figure": pa.array(names),
                "value": pa.array([figures.get(name) for name in names], pa.float64()),
                "error": pa.array([error] * len(names), pa.string()),
            }
        )
        return Finished(1, int(error is not None), {RUNS: as_parquet(table)}, time.perf_counter() - begun)


@cache
def _ways_of_measuring() -> str:
    """Digest of how firms are drawn and how patterns are measured, which rows depend on as on the model."""
    digest = hashlib.sha256()
    for module in (measures, survey, populations):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _patterns(text: str) -> Patterns:
    return Patterns.model_validate_json(text)
