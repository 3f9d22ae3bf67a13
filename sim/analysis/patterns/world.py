"""One world of firms: the samples that patterns are measured in, each run once, and the questionnaires."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.patterns.samples import SAMPLES, SHARED
from sim.analysis.survey import Survey
from sim.study.firms import Sample

type Floats = NDArray[np.float64]
type Figures = dict[str, float]
"""What a pattern comes to in one world; a name that begins with "true_" is measured without a survey."""

type Measure = Callable[["World"], Figures]


@dataclass
class World:
    """One seed of everything that the patterns look at; each sample is run when it is first asked for.

    Args:
        protocol: firms, burn_in, weeks, reliability, halo.
        scales: items of the survey's scales, by name.
        contrasts: definitions of the leadership styles that are set against each other, by name.
        seed: of this world.
        parameters: values that replace the model's own.
        workers: threads; by default one for each core. No figure depends on it.
    """

    protocol: Mapping[str, Any]
    scales: Mapping[str, Any]
    contrasts: Mapping[str, Any]
    seed: int
    parameters: Mapping[str, float] | None = None
    workers: int | None = None
    samples: dict[str, Sample] = field(default_factory=dict)

    @property
    def firms(self) -> int:
        """Firms in a population."""
        return int(self.protocol["firms"])

    @property
    def burn_in(self) -> int:
        """Weeks before anything is measured."""
        return int(self.protocol["burn_in"])

    @property
    def weeks(self) -> int:
        """All weeks of a run."""
        return self.burn_in + int(self.protocol["weeks"])

    def sample(self, name: str) -> Sample:
        """A sample by name. What several patterns are measured in is run once and kept, the others are not."""
        if name not in SHARED:
            return SAMPLES[name](self)
        if name not in self.samples:
            self.samples[name] = SAMPLES[name](self)
        return self.samples[name]

    def survey(self, people: int, purpose: int) -> Survey:
        """A round of questionnaires; purpose keeps the rounds apart."""
        rng = np.random.default_rng([self.seed, 0x73757276, purpose])
        return Survey(rng, people, self.protocol["reliability"], self.protocol["halo"])

    def rng(self, purpose: int) -> np.random.Generator:
        """A stream of its own."""
        return np.random.default_rng([self.seed, 0x6C656164, purpose])

    def both_surveyed(self, r: float) -> float:
        """A correlation of two scales of the survey, corrected for unreliability."""
        return r / float(self.protocol["reliability"])

    def one_surveyed(self, r: float) -> float:
        """A correlation of a scale of the survey and something observed, corrected for unreliability."""
        return r / float(np.sqrt(self.protocol["reliability"]))
