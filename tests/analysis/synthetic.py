"""Made-up results in the form that `sim.compare` gives, for tests of what comes after the model."""

import json
from collections.abc import Sequence

import numpy as np
import xarray as xr

from sim.model.metrics import METRICS

STYLES = (
    "autocratic", "democratic", "laissez-faire", "transformational", "servant", "situational", "agile", "visionary",
    "mixed",
)  # fmt: skip
TYPICAL = {
    "0-1": 0.6,
    "share": 0.25,
    "% of full capacity": 60.0,
    "% of staff a year": 22.0,
    "days": 2.0,
    "people": 12.0,
}


def make_results(
    styles: Sequence[str] = STYLES,
    replications: int = 30,
    weeks: int = 26,
    seed: int = 1,
    apart: float = 0.03,
    luck: float = 0.05,
    scenario: dict[str, object] | None = None,
) -> xr.Dataset:
    """Styles that share each replication's luck and drift apart over time by about `apart` of the metric's level."""
    rng = np.random.default_rng(seed)
    shape = (len(styles), replications, weeks)
    course = np.linspace(0, 1, weeks) if weeks > 1 else np.ones(1)
    variables = {}
    for metric in METRICS:
        level = TYPICAL.get(metric.unit, 5.0)
        shared = rng.normal(0, luck, (1, replications, 1))
        own = rng.normal(0, luck / 4, shape)
        drift = rng.normal(0, apart, (len(styles), 1, 1)) * course
        values = level * (1 + shared + own + drift)
        variables[metric.name] = xr.DataArray(
            values, dims=("style", "replication", "week"), attrs={"units": metric.unit, "long_name": metric.long_name}
        )
    facts = {"name": "everyday", "title": "An everyday business of twelve", "events": [], **(scenario or {})}
    return xr.Dataset(
        variables,
        coords={"style": list(styles), "replication": np.arange(replications), "week": np.arange(1, weeks + 1)},
        attrs={
            "scenario": str(facts["name"]), "title": str(facts["title"]), "weeks": weeks, "replications": replications,
            "seed": seed, "development_scheme": "slii", "teamsim_version": "0.1.0", "versions": "{}",
            "scenario_json": json.dumps(facts), "parameters_json": "{}",
        },
    )  # fmt: skip


def one_metric(values: np.ndarray, styles: Sequence[str], name: str = "morale") -> xr.Dataset:
    """Results with a single metric; `values` is (style, replication) or (style, replication, week)."""
    cube = values if values.ndim == 3 else values[:, :, np.newaxis]
    return xr.Dataset(
        {name: (("style", "replication", "week"), cube)},
        coords={
            "style": list(styles), "replication": np.arange(cube.shape[1]), "week": np.arange(1, cube.shape[2] + 1)
        },
    )  # fmt: skip
