"""Differences between styles over plausible worlds: parameters are not known exactly, and chance is not either.

Every world is a set of plausible parameters, in which the styles are compared on paired replications. What holds in
most worlds does not hang on what was assumed.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from sim.analysis.plausible import plausible_parameters
from sim.analysis.summary import HEADLINE, run_values, styles_of
from sim.run.compare import choose_styles, compare
from sim.scenario.problems import InputError, unknown
from sim.scenario.schema import Scenario
from sim.scenario.variants import with_parameters

WORLDS = 40
"""Plausible worlds, unless another number is asked for."""

RANGE = (2.5, 97.5)
"""Percentiles over worlds between which a difference is said to lie."""


def over_worlds(scenario: Scenario, styles: Sequence[str] | None, worlds: int, replications: int,
                weeks: int | None = None, seed: int = 1, metrics: Sequence[str] = HEADLINE,
                ) -> Iterator[pd.DataFrame]:  # fmt: skip
    """Run world after world, so that what has been computed can be kept.

    Parameters that the scenario sets itself stay as it says; replications of different worlds have luck of their own.

    Args:
        scenario: what is run.
        styles: as in `sim.compare`.
        worlds: number of plausible parameter sets.
        replications: in all; each world has its share, at least one.
        weeks: of a run; by default the scenario's.
        seed: of the choice of worlds and of all luck.
        metrics: what is kept.

    Returns:
        Per world one row per metric, style and replication: world, metric, style, replication, value.

    Raises:
        InputError: as in `sim.compare`.
    """
    names = choose_styles(scenario, styles)
    each = max(1, replications // worlds)
    for world, parameters in enumerate(plausible_parameters(worlds, seed)):
        drawn = with_parameters(scenario, {**parameters, **scenario.parameters})
        ds = compare(drawn, names, each, weeks, seed + world)
        values = run_values(ds, metrics).to_series().rename("value").reset_index()
        values.insert(0, "world", world)
        yield values


def differences_over_worlds(values: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """How each style differs from the baseline over plausible worlds.

    Args:
        values: rows of `over_worlds`, several worlds one below the other.
        baseline: the style compared with.

    Returns:
        One row per metric and style: metric, style, mean (median over worlds of the world's mean difference), low, high
        (2.5th and 97.5th percentile over worlds, which holds what is not known and, with few replications a world, some
        luck), same_sign (share of worlds whose difference has the sign of the median), worlds.

    Raises:
        InputError: the baseline is not among the styles.
    """
    styles = list(dict.fromkeys(values["style"]))
    if baseline not in styles:
        raise InputError(unknown("baseline style", baseline, styles))
    means = values.pivot_table("value", ["world", "metric"], "style", sort=False)
    differences = means.sub(means[baseline], axis=0).drop(columns=baseline)
    rows = []
    for metric in dict.fromkeys(values["metric"]):
        of_metric = differences.xs(metric, level="metric")
        for style in of_metric.columns:
            known = of_metric[style].dropna().to_numpy()
            middle = float(np.median(known)) if len(known) else np.nan
            low, high = np.percentile(known, RANGE) if len(known) else (np.nan, np.nan)
            same = float(np.mean(np.sign(known) == np.sign(middle))) if len(known) else np.nan
            rows.append((metric, style, middle, low, high, same, len(known)))
    return pd.DataFrame(rows, columns=["metric", "style", "mean", "low", "high", "same_sign", "worlds"])


def gather(worlds: Iterator[pd.DataFrame], step: Callable[[int], None] | None = None) -> pd.DataFrame:
    """All worlds one below the other; after Ctrl-C, those that were finished.

    Raises:
        KeyboardInterrupt: before the first world was finished.
    """
    done: list[pd.DataFrame] = []
    try:
        for values in worlds:
            done.append(values)
            if step:
                step(len(done))
    except KeyboardInterrupt:
        if not done:
            raise
    return pd.concat(done, ignore_index=True)


__all__ = ["RANGE", "WORLDS", "differences_over_worlds", "gather", "over_worlds", "styles_of"]
