"""Made-up answers to `teamsim why`, for pictures and sentences that need no runs."""

from typing import Any

import numpy as np
import xarray as xr

from sim.analysis.why import Decomposition, asked, dataset
from sim.run.coalitions import By

REPLICATIONS = 8


def answer(effects: dict[str, float], direct: float = 0.0, *, metric: str = "output", by: By = "mechanisms",
           noise: float = 0.02, **more: Any) -> xr.Dataset:  # fmt: skip
    """What each part contributes to one metric; the rest contributes nothing."""
    question = asked("everyday", "autocratic", "democratic", [metric], by, REPLICATIONS, **more)
    chance = np.random.default_rng(1)
    spans = len(question.spans.first)
    results = []
    for _ in range(REPLICATIONS):
        each = np.array([effects.get(part, 0.0) for part in question.parts])
        each = (each * (1 + noise * chance.standard_normal(len(each))))[:, np.newaxis, np.newaxis]
        added = np.repeat(each, spans, axis=2) * np.linspace(0.5, 1.5, spans)
        added[..., 0] = each[..., 0]
        left = np.full((1, spans), direct)
        base = np.full((1, spans), 80.0)
        results.append(Decomposition(base, base + added.sum(axis=0) + left, left, added, added, added))
    return dataset(question, results)
