"""Differences between styles over plausible worlds, in which luck, parameters and the meaning of styles vary.

In every world parameters and the profiles of the styles are plausible ones, and the styles are compared on paired
replications. What holds in most worlds does not hang on what was assumed.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from sim.analysis.doubt import SOURCES, shares
from sim.analysis.plausible import plausible_scenarios
from sim.analysis.summary import HEADLINE, run_values, styles_of
from sim.run.compare import choose_styles, compare
from sim.scenario.problems import InputError, unknown
from sim.scenario.schema import Scenario

WORLDS = 100
"""Plausible worlds, unless another number is asked for."""

RUNS_EACH = 4
"""Replications in each world, unless the scenario or the user asks for more."""

RANGE = (2.5, 97.5)
"""Percentiles over worlds between which a difference is said to lie."""


def over_worlds(scenario: Scenario, styles: Sequence[str] | None, worlds: int, replications: int,
                weeks: int | None = None, seed: int = 1, metrics: Sequence[str] = HEADLINE,
                ) -> Iterator[pd.DataFrame]:  # fmt: skip
    """Run world after world, so that what has been computed can be kept.

    Parameters that the scenario sets itself stay as it says, what it calls uncertain is drawn from its ranges, and what
    a style's name stands for is drawn, too (`sim.run.profiles`). Replications of different worlds have luck of their
    own.

    Args:
        scenario: what is run.
        styles: as in `sim.compare`.
        worlds: number of plausible worlds.
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
    for world, (drawn, profiles) in enumerate(plausible_scenarios(scenario, worlds, seed)):
        ds = compare(drawn, names, each, weeks, seed + world, profiles=profiles)
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
        luck), same_sign (share of worlds whose difference has the sign of the median), worlds; and for each of SOURCES
        the share of the variance of one firm's difference that it makes, with SOURCE_low and SOURCE_high, its 95%
        interval; NaN where worlds or replications are too few to tell.

    Raises:
        InputError: the baseline is not among the styles.
    """
    styles = list(dict.fromkeys(values["style"]))
    if baseline not in styles:
        raise InputError(unknown("baseline style", baseline, styles))
    runs = values.pivot_table("value", ["world", "metric", "replication"], "style", dropna=False)
    paired = runs.sub(runs[baseline], axis=0).drop(columns=baseline)
    in_world = paired.groupby(level=["metric", "world"])
    differences, luck, replications = in_world.mean(), in_world.var(), values["replication"].nunique()
    rows = []
    for metric in dict.fromkeys(values["metric"]):
        of_metric = differences.xs(metric, level="metric")
        for style in of_metric.columns:
            known = of_metric[style].dropna().to_numpy()
            middle = float(np.median(known)) if len(known) else np.nan
            low, high = np.percentile(known, RANGE) if len(known) else (np.nan, np.nan)
            same = float(np.mean(np.sign(known) == np.sign(middle))) if len(known) else np.nan
            found = shares(of_metric[style].to_numpy(), luck.loc[metric, style].to_numpy(), replications)
            split = [number for source in SOURCES for number in found[source]]
            rows.append((metric, style, middle, low, high, same, len(known), *split))
    named = [name for source in SOURCES for name in (source, f"{source}_low", f"{source}_high")]
    return pd.DataFrame(rows, columns=["metric", "style", "mean", "low", "high", "same_sign", "worlds", *named])


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


__all__ = ["RANGE", "RUNS_EACH", "WORLDS", "differences_over_worlds", "gather", "over_worlds", "styles_of"]
