"""Which factors matter most: Sobol indices and Morris's screening, by SALib, on the means over replications."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from sim.analysis.study.blocks import blocks
from sim.analysis.summary import CONFIDENCE, ROUNDING, Floats
from sim.scenario.problems import InputError
from sim.study.results import ExperimentResults
from sim.study.spec import Morris, Sobol

RESAMPLES = 500
"""Bootstrap samples that an interval comes from."""


def sobol(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """Share of the variance of every metric that goes back to each thing varied (Saltelli et al. 2010).

    Returns:
        `sobol`: one row per scenario, metric, style and thing varied: scenario, metric, style, varied; first (alone),
        first_low, first_high; total (with all that it does together with others), total_low, total_high; points.
        `sobol_pairs`, where the design has second order: scenario, metric, style, one, other, second, second_low,
        second_high. Of a metric that never differs between points there is no variance to share out: its indices are
        NaN.

    Raises:
        InputError: all runs of a point failed.
    """
    from SALib.analyze import sobol as salib

    design, names = results.study.design, list(results.varied)
    assert isinstance(design, Sobol)  # noqa: S101  # the registry lets no other design come here
    singles, pairs = [], []
    for scenario, metric, style, values in _outputs(results):
        found = _nothing(len(names)) if _constant(values) else salib.analyze(
            results.problem, values, calc_second_order=design.second_order, num_resamples=RESAMPLES,
            conf_level=CONFIDENCE, seed=results.study.seed,
        )  # fmt: skip
        label = {"scenario": scenario, "metric": metric, "style": style}
        single = {"varied": names, **_index(found, "S1", "first"), **_index(found, "ST", "total")}
        singles.append(pd.DataFrame({**label, **single, "points": len(values)}))
        if design.second_order:
            one, other = np.triu_indices(len(names), 1)
            both = {name: column[one, other] for name, column in _index(found, "S2", "second").items()}
            named = {"one": [names[place] for place in one], "other": [names[place] for place in other]}
            pairs.append(pd.DataFrame({**label, **named, **both}))
    tables = {"sobol": pd.concat(singles, ignore_index=True) if singles else pd.DataFrame()}
    return tables | ({"sobol_pairs": pd.concat(pairs, ignore_index=True)} if pairs else {})


def morris(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """How far each thing varied moves every metric (Morris 1991; Campolongo, Cariboni & Saltelli 2007).

    Returns:
        `morris`: one row per scenario, metric, style and thing varied, the most important first: scenario, metric,
        style, varied; effect (mu*: mean size of the effect of going through the whole range, in the metric's unit),
        effect_low, effect_high; rank (1 has the largest effect); direction (mu: the same with its sign); spread (sigma:
        how much it hangs on all else); points.
        `morris_ranks`: what matters for any of the metrics, one row per scenario, style and thing varied: scenario,
        style, varied, best_rank (by whichever metric it moves most), mean_rank (over the metrics); sorted by these two.

    Raises:
        InputError: all runs of a point failed.
    """
    from SALib.analyze import morris as salib

    design, tables = results.study.design, []
    assert isinstance(design, Morris)  # noqa: S101  # the registry lets no other design come here
    for scenario, metric, style, values in _outputs(results):
        found = _nothing(len(results.varied), 0.0) if _constant(values) else salib.analyze(
            results.problem, results.unit, values, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
            num_levels=design.levels, seed=results.study.seed,
        )  # fmt: skip
        size, half = np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"])
        tables.append(
            pd.DataFrame(
                {
                    "scenario": scenario, "metric": metric, "style": style, "varied": list(results.varied),
                    "effect": size, "effect_low": np.maximum(size - half, 0.0), "effect_high": size + half,
                    "rank": rankdata(-size, method="min").astype(int),
                    "direction": np.asarray(found["mu"]), "spread": np.asarray(found["sigma"]), "points": len(values),
                }
            ).sort_values("rank", kind="stable")
        )  # fmt: skip
    if not tables:
        return {"morris": pd.DataFrame()}
    table = pd.concat(tables, ignore_index=True)
    return {"morris": table, "morris_ranks": _ranks(table)}


def _ranks(table: pd.DataFrame) -> pd.DataFrame:
    """The ranks of each thing varied over all metrics, the best one first."""
    parts = []
    for _, rows in table.groupby(["scenario", "style"], sort=False):
        ranks = rows.groupby(["scenario", "style", "varied"], sort=False)["rank"].agg(best_rank="min", mean_rank="mean")
        parts.append(ranks.reset_index().sort_values(["best_rank", "mean_rank"], kind="stable"))
    return pd.concat(parts, ignore_index=True)


def _outputs(results: ExperimentResults) -> Iterator[tuple[str, str, str, Floats]]:
    """Scenario, metric, style and what each point came to, for every metric."""
    for block in blocks(results):
        assert block.sample is not None  # noqa: S101  # the registry lets no other design come here
        for metric, of_styles in zip(results.study.looked_at, block.sample.points, strict=True):
            for style, values in zip(block.styles, of_styles, strict=True):
                if missing := int(np.isnan(values).sum()):
                    text = f"{missing:,} points have no {metric} under {style} in {block.scenario}"
                    raise InputError(f"{text}; such an analysis needs all of them. See the column `error`.")
                yield block.scenario, metric, style, values


def _constant(values: Floats) -> bool:
    return bool(np.ptp(values) <= ROUNDING * np.abs(values).max())


def _nothing(varied: int, value: float = np.nan) -> dict[str, Floats]:
    """What SALib would give for values that never differ."""
    single, pairs = np.full(varied, value), np.full((varied, varied), value)
    names = ("S1", "ST", "mu", "mu_star", "sigma")
    found = {f"{name}{end}": single for name in names for end in ("", "_conf")}
    return found | {"S2": pairs, "S2_conf": pairs}


def _index(found: Mapping[str, Floats], key: str, name: str) -> dict[str, Floats]:
    middle, half = np.asarray(found[key]), np.asarray(found[f"{key}_conf"])
    return {name: middle, f"{name}_low": middle - half, f"{name}_high": middle + half}
