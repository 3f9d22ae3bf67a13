"""Small studies that have been run, to analyse."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.study.resolve import ResolvedStudy
from sim.study.results import ExperimentResults
from sim.view.study.run import run_experiment
from tests.study.studies import SMALL, small, vary

STYLES = ["autocratic", "democratic", "agile"]

FACTORIAL: dict[str, Any] = {
    "styles": STYLES,
    "replications": 12,
    "weeks": 8,
    "vary": [vary("teams[1].size", 4, 9, 14, name="size"), vary("market.urgency", 0.1, 0.9, name="urgency")],
    "record": {"weekly": True, "windows": {"early": [1, 3]}},
    "analysis": {"metrics": ["morale", "output_early"], "baseline": "democratic"},
}
ONE_BY_ONE: dict[str, Any] = {
    "styles": STYLES[:2],
    "replications": 10,
    "design": {"kind": "one_at_a_time", "vary": [vary("market.urgency", 0.1, 0.9), vary("leader.hours", 10.0, 40.0)]},
}
SAMPLED: dict[str, Any] = {
    "styles": STYLES,
    "replications": 2,
    "design": {
        "kind": "latin_hypercube",
        "points": 60,
        "vary": [vary("market.urgency", low=0.0, high=1.0, name="urgency"), vary("teams[1].size", low=3, high=20)],
    },
}


def ran(folder: Path, **keys: Any) -> ExperimentResults:
    """The results of the small study with other keys, without figures."""
    keys["analysis"] = {"figures": [], **keys.get("analysis", {})}
    return run_experiment(small(**keys), folder / "results", workers=2)


class MadeUp:
    """Results that were not run: a resolved study, and values of (points, replications, styles, columns looked at)."""

    def __init__(self, resolved: ResolvedStudy, values: Any) -> None:
        self.resolved, self.study, self.values = resolved, resolved.study, values
        self.varied = tuple(factor.column for factor in resolved.points.factors)
        self.unit = resolved.points.unit

    def groups(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """As of results."""
        places = [self.study.looked_at.index(column) for column in columns]
        yield pd.DataFrame(self.values.reshape(-1, self.values.shape[-1])[:, places], columns=list(columns))


__all__ = ["FACTORIAL", "ONE_BY_ONE", "SAMPLED", "SMALL", "STYLES", "MadeUp", "ran"]
