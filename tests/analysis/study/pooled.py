"""Runs of the model at points from everywhere, of which made-up studies take some, and studies of such points."""

from functools import cache
from typing import Any

import numpy as np

import sim
from sim.model.metrics import METRIC_NAMES
from tests.study.studies import small, vary

STYLES = ("autocratic", "democratic", "situational", "servant", "agile")
METRICS = ("morale", "output", "strain", "decision_quality", "customer_satisfaction", "profit")
SIGNS = np.array([-1.0 if name == "strain" else 1.0 for name in METRICS])
VARIED = [
    vary("teams[1].size", low=4, high=24, name="size"), vary("market.urgency", low=0.0, high=1.0, name="urgency"),
    vary("employees.mix.d1", low=0.0, high=1.0), vary("leader.hours", low=10.0, high=50.0),
]  # fmt: skip


@cache
def study(points, replications, styles=STYLES, metrics=METRICS, listed=False):
    """A study with so many points, a sample of all there might be or the only ones."""
    design: dict[str, Any] = {"kind": "latin_hypercube", "points": points, "vary": VARIED}
    if listed:
        urgency = vary("market.urgency", low=0.0, high=1.0, steps=points)
        design = {"kind": "factorial", "vary": [urgency]}
    return small(styles=list(styles), replications=replications, design=design, analysis={"metrics": list(metrics)})


@cache
def pool():
    """Runs of the model, (points, replications, styles, metrics), and where the points lie."""
    resolved = study(120, 1)
    (situation,) = resolved.situations
    cases = [
        sim.Case(situation.at(situation.values(row)), STYLES, replications=range(200), seed=3, weeks=26)
        for row in resolved.points.rows
    ]
    places = [METRIC_NAMES.index(name) for name in METRICS]
    return np.stack([one.values[..., places] for one in sim.simulate(cases)]), resolved.points.unit
