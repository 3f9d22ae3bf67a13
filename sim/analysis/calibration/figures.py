"""Records the figures of all published patterns for one set of parameters, in a population of firms."""

import hashlib
from functools import cache
from pathlib import Path

import numpy as np

from sim.analysis import patterns as measures
from sim.analysis import survey
from sim.analysis.evidence import Patterns, figures_of
from sim.run.case import Case
from sim.run.outcome import Outcome
from sim.run.record import Record
from sim.study import firms as populations


class Figures(Record):
    """The figures that have a band, of each population of so many firms."""

    patterns: Patterns
    firms: int

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the figures: PATTERN.FIGURE."""
        return tuple(f"{pattern.id}.{name}" for pattern in self.patterns.patterns for name in pattern.accept)

    @property
    def ways(self) -> str:
        """Digest of how firms are drawn and how patterns are measured."""
        return _ways_of_measuring()


def measure_populations(cases: list[Case], record: Record) -> list[Outcome]:
    """Draw and run a population for every replication, whose number is its seed, and hold the patterns against it."""
    assert isinstance(record, Figures)  # noqa: S101  # nothing else is asked for
    outcomes = []
    for case in cases:
        outcome = Outcome.empty((len(case.replications), 1), 0, (), record)
        for place, seed in enumerate(case.replications):
            try:
                outcome.values[place, 0] = _figures(record, seed, case)
            except MemoryError:
                raise
            except Exception as error:
                outcome.errors[place, 0] = f"{type(error).__name__}: {error}"
        outcomes.append(outcome)
    return outcomes


def _figures(record: Figures, seed: int, case: Case) -> list[float]:
    patterns = record.patterns
    found = figures_of(patterns, patterns.patterns, seed, case.parameters, record.firms, workers=1)
    values = [found[pattern.id][name] for pattern in patterns.patterns for name in pattern.accept]
    return [value if np.isfinite(value) else np.nan for value in values]


@cache
def _ways_of_measuring() -> str:
    digest = hashlib.sha256()
    ways = sorted(Path(str(measures.__file__)).parent.glob("*.py"))
    for path in (*ways, Path(survey.__file__), Path(populations.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
