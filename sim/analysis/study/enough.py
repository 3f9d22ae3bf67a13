"""How many replications are enough to know a mean, or a paired difference, as precisely as one wants."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.analysis.study.blocks import baseline_of, blocks, labelled, labels, metric_of
from sim.analysis.summary import CONFIDENCE, Floats, Interval, level_interval, mean_interval
from sim.scenario.problems import InputError
from sim.study.plan import Plan
from sim.study.results import ExperimentResults
from sim.study.spec import Study

AIMS = (0.02, 0.01, 0.005)
"""Half widths looked at for what runs from 0 to 1; of all else, these shares of its mean, in one digit."""

MARGIN = 1.05
"""Times what seems to be needed, since the standard deviation is an estimate."""

FASTEST = 4
"""Times as many replications as before at most: an early estimate may be far off."""


def replications_for(sd: Floats, half: Floats | float) -> NDArray[np.float64]:
    """How many replications give a mean a 95% interval of this half width at most; NaN where the spread is not known.

    The smallest n >= 2 with t(0.975, n - 1) * sd / sqrt(n) <= half.
    """
    sd, half = np.broadcast_arrays(np.asarray(sd, np.float64), np.asarray(half, np.float64))
    with np.errstate(invalid="ignore"):
        n = np.maximum(np.ceil((stdtrit(np.inf, (1 + CONFIDENCE) / 2) * sd / half) ** 2), 2.0)
        while (short := stdtrit(n - 1, (1 + CONFIDENCE) / 2) * sd / np.sqrt(n) > half).any():
            n = np.where(short, n + 1, n)
    found: NDArray[np.float64] = np.where(np.isnan(sd), np.nan, n)
    return found


def replications(results: ExperimentResults) -> pd.DataFrame:
    """How many replications would be enough, for the widest interval of each metric.

    Returns:
        One row per metric, quantity and aim: metric, quantity (`mean`, or `difference` to the baseline, paired); sd (of
        the situation and style where it is largest), scenario, point, style, n (replications run), half (half width
        reached there); aim (a half width, in the metric's unit), needed (replications for it), enough (whether n is).
    """
    table = pd.concat(list(_spreads(results)), ignore_index=True)
    rows = []
    for (metric, _), mine in table.groupby(["metric", "quantity"], sort=False):
        if mine["sd"].isna().all():
            continue
        at = mine.iloc[int(np.nanargmax(mine["sd"].to_numpy()))]
        for aim in _aims(results.study, str(metric), float(mine["mean"].abs().max())):
            needed = float(replications_for(at["sd"], aim))
            rows.append({**at, "aim": aim, "needed": int(needed), "enough": bool(at["n"] >= needed)})
    if not rows:
        raise InputError("no spread between replications is known; run two replications or more.")
    first = ["metric", "quantity", "aim", "needed", "enough", "n", "half", "sd"]
    found = pd.DataFrame(rows).drop(columns="mean")
    return found[[*first, *(name for name in found.columns if name not in first)]]


def _aims(study: Study, column: str, size: float) -> tuple[float, ...]:
    if column in study.precision:
        return (study.precision[column],)
    if metric_of(column).unit in ("0-1", "share"):
        return AIMS
    return tuple(dict.fromkeys(float(f"{aim * size:.1g}") for aim in AIMS if aim * size > 0))


def _spreads(results: ExperimentResults) -> Iterator[pd.DataFrame]:
    """Mean, spread and interval of each style and of its paired difference to the baseline, situation by situation."""
    baseline = baseline_of(results)
    for block in blocks(results):
        quantities = {"mean": block.runs}
        if baseline in block.styles and len(block.styles) > 1:
            quantities["difference"] = block.runs - block.runs[:, [block.styles.index(baseline)]]
        for quantity, values in quantities.items():
            found = level_interval(values) if quantity == "mean" else mean_interval(values)
            columns = {
                "metric": np.repeat(results.study.looked_at, len(block.styles)),
                "quantity": quantity,
                "style": list(block.styles) * len(values),
                "mean": mean_interval(block.runs).mean.ravel(),
                "sd": found.sd.ravel(),
                "n": found.n.ravel(),
                "half": ((found.high - found.low) / 2).ravel(),
            }
            yield labelled(pd.DataFrame(columns), labels(results, block))


def reached(results: ExperimentResults) -> dict[str, float]:
    """The widest half width of each column that shall be precise; NaN where there are fewer than two values."""
    columns = list(results.study.precision)
    widest = np.zeros(len(columns))
    for block in blocks(results, columns):
        found = level_interval(block.runs)
        widest = np.maximum(widest, np.where(found.n == 0, 0.0, (found.high - found.low) / 2).max(axis=1))
    return dict(zip(columns, map(float, widest), strict=True))


def next_round(results: ExperimentResults, plan: Plan) -> int | None:
    """How many replications a study needs to be as precise as it shall be; None if it is, or may not go on."""
    study = plan.resolved.study
    if not study.precision or study.replications >= study.most_replications:
        return None
    columns, most = list(study.precision), 0.0
    aims = np.array([study.precision[column] for column in columns])[:, None]
    for block in blocks(results, columns):
        found: Interval = level_interval(block.runs)
        short = ~((found.high - found.low) / 2 <= aims) & (found.n >= 2)
        if short.any():
            needed = replications_for(np.where(short, found.sd, 0.0), aims)
            lost = study.replications / np.maximum(found.n, 1)  # replications that fail, or have no value, are no help
            most = max(most, float((needed * lost).max()))
    if most == 0:
        return None
    wanted = max(int(np.ceil(most * MARGIN)), study.replications + 1)
    return min(wanted, FASTEST * study.replications, study.most_replications)
