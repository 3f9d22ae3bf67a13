"""Time to an event: in how many runs something has come to be so by each week, by Kaplan & Meier (1958), from SciPy.

A run in which it never is so is censored at its end: it is known to take longer than that. Means of such times would be
means of those that are known, and too short.
"""

import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf, logrank

from sim.analysis.paired import holm
from sim.analysis.study.blocks import baseline_of, labelled
from sim.analysis.summary import CONFIDENCE, Floats
from sim.scenario.paths import changed
from sim.study.results import ExperimentResults


def survival(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """How long it takes until each thing that a study waits for is so.

    Returns:
        `survival`: one row per scenario, point (of a sampled design over all points), thing waited for and style:
        scenario, point, the varied values, until, style; n (runs), happened (runs in which it comes to be so), share
        with its 95% interval by Wilson (1927) share_low, share_high; median (week by which it is so in half of the
        runs) with median_low, median_high (95%; empty where it is later than a run is long); baseline; p (log-rank
        test against it, which takes runs to be independent: where they are paired, rather too large), p_holm. Over a
        sample of points, whose runs share their luck, there are neither intervals nor p.
        `survival_curves`: the same labels; week, without (share of runs in which it is not so yet), low, high.
    """
    curves, rows = [], []
    for label, until, style, weeks, length, others in _runs(results):
        found = _fitted(weeks, length)
        independent = results.study.lists_points
        rows.append({**label, "until": until, "style": style, **_row(found, weeks, length, independent)})
        rows[-1] |= {"baseline": baseline_of(results), "p": _p(found, others) if independent else np.nan}
        curves.append(labelled(_curve(found, independent), {**label, "until": until, "style": style}))
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"].to_numpy(np.float64))
    return {"survival": table, "survival_curves": pd.concat(curves, ignore_index=True)}


def _runs(results: ExperimentResults) -> Iterator[tuple[dict[str, Any], str, str, Floats, Floats, Any]]:
    """Label, thing waited for, style, its week in each run, how long each run is, and what the baseline's runs are."""
    columns = ["scenario", "point", "style", "error", *results.study.record.until]
    frame, baseline = pd.concat(results.groups(columns), ignore_index=True), baseline_of(results)
    frame = frame[frame["error"].isna()]
    keys = ["scenario", *(["point"] if results.study.lists_points else [])]
    for key, rows in frame.groupby(keys, sort=False):
        label: dict[str, Any] = {"scenario": key[0]}
        if results.study.lists_points and results.study.design is not None:
            label |= {"point": key[1], **results.shown(str(key[0]), int(str(key[1])))}
        length = _lengths(results, str(key[0]), rows["point"].to_numpy())
        for until in results.study.record.until:
            parts = {
                str(style): (own[until].to_numpy(np.float64), length[rows["style"].to_numpy() == style])
                for style, own in rows.groupby("style", sort=False)
            }
            against = _fitted(*parts[baseline]) if baseline in parts else None
            for style, (weeks, long) in parts.items():
                yield label, until, style, weeks, long, None if style == baseline else against


def _lengths(results: ExperimentResults, scenario: str, points: Any) -> Floats:
    """Weeks of the runs at these points."""
    (situation,) = (one for one in results.resolved.situations if one.scenario.name == scenario)
    rows = results.resolved.points.rows
    if not any(place[0] == "run" for places in situation.places for place in places):
        return np.full(len(points), float(situation.table["run"]["weeks"]))
    known = {
        int(point): float(changed(situation.table, situation.values(rows[point]))["run"]["weeks"])
        for point in set(points.tolist())
    }
    return np.array([known[int(point)] for point in points])


def _fitted(weeks: Floats, length: Floats) -> CensoredData:
    known = ~np.isnan(weeks)
    return CensoredData(uncensored=weeks[known], right=length[~known])


def _row(found: CensoredData, weeks: Floats, length: Floats, independent: bool) -> dict[str, Any]:
    happened, n = int((~np.isnan(weeks)).sum()), len(weeks)
    row: dict[str, Any] = {"n": n, "happened": happened, "share": happened / n}
    low, high = wilson(happened, n) if independent else (np.nan, np.nan)
    curve = _curve(found, independent)
    by = {name: _first(curve, name) for name in ("without", "low", "high")}
    row |= {"share_low": low, "share_high": high, "median": by["without"], "median_low": by["low"]}
    return row | {"median_high": by["high"]}


def wilson(happened: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927)."""
    from scipy.stats import binomtest

    interval = binomtest(happened, n).proportion_ci(CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)


def _curve(found: CensoredData, independent: bool) -> pd.DataFrame:
    """Share of runs in which it is not so yet after each week in which it came to be so, with its interval."""
    if not len(found._uncensored):  # SciPy has no other way to ask
        return pd.DataFrame({"week": [0.0], "without": [1.0], "low": [1.0], "high": [1.0]})
    curve = ecdf(found).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where all, or none, are left it has no interval
        ends = curve.confidence_interval(CONFIDENCE, method="log-log")
    steps, nothing = curve.quantiles, np.full(len(curve.quantiles), np.nan)
    low, high = (
        np.where(np.isnan(end.probabilities), curve.probabilities, end.probabilities) if independent else nothing
        for end in (ends.low, ends.high)
    )
    table = pd.DataFrame({"week": steps, "without": curve.probabilities, "low": low, "high": high})
    first = pd.DataFrame({"week": [0.0], "without": [1.0], "low": [1.0], "high": [1.0]})
    return pd.concat([first, table], ignore_index=True)


def _first(curve: pd.DataFrame, name: str) -> float:
    """The first week in which a curve is at a half or below; NaN where it never is."""
    below = curve.loc[curve[name] <= 0.5, "week"]
    return float(below.iloc[0]) if len(below) else np.nan


def _p(found: CensoredData, against: CensoredData | None) -> float:
    if against is None or not (len(found._uncensored) or len(against._uncensored)):
        return np.nan
    with np.errstate(invalid="ignore", divide="ignore"):  # where it comes in the first week everywhere, nothing differs
        return float(logrank(found, against).pvalue)
