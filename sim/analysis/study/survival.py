"""Time to an event: in how many runs it has happened by each week, by Kaplan & Meier (1958), from SciPy.

A run in which it never happens is censored at its end: it is known to take longer than that. Means of such times would
be means of those that are known, and too short.
"""

import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit
from scipy.stats import CensoredData, ecdf, logrank

from sim.analysis.paired import holm
from sim.analysis.study.blocks import baseline_of, independent_draws, labelled
from sim.analysis.study.sources import uncertainty
from sim.analysis.summary import CONFIDENCE, Floats, level_interval, wilson
from sim.scenario.paths import changed
from sim.study.results import ExperimentResults

MOST_GROUPS = 500
"""Replications, and draws of points, that are told apart; of more, neighbouring ones are put together."""


def survival(results: ExperimentResults) -> Mapping[str, pd.DataFrame]:
    """How long it takes until each thing that a study waits for is so.

    Returns:
        `survival`: one row per scenario, point (of a sampled design over all points), thing waited for and style:
        scenario, point, the varied values, until, style; n (runs), happened (runs in which it comes to be so), share
        with its 95% interval by Wilson (1927) share_low, share_high; median (week by which it is so in half of the
        runs) with median_low, median_high (95%; empty where it is later than a run is long); baseline; p (log-rank
        test against it, which takes runs to be independent: where they are paired, rather too large), p_holm. Over a
        sample of points, whose runs share their luck, intervals count both luck and the choice of points (by the
        jackknife over replications and over points, on the scale of log(-log)), and there is no p.
        `survival_curves`: the same labels; week, without (share of runs in which it is not so yet), low, high.
    """
    curves, rows = [], []
    independent = results.study.lists_points
    for label, until, style, runs, others in _runs(results):
        found = _fitted(runs.weeks, runs.length)
        curve = _curve(found) if independent else sampled_curve(runs)
        rows.append({**label, "until": until, "style": style, **_row(curve, runs, independent)})
        rows[-1] |= {"baseline": baseline_of(results), "p": _p(found, others) if independent else np.nan}
        curves.append(labelled(curve, {**label, "until": until, "style": style}))
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"].to_numpy(np.float64))
    return {"survival": table, "survival_curves": pd.concat(curves, ignore_index=True)}


class Runs(NamedTuple):
    """Some runs: the week in which something comes to be so (NaN: never), how long each is, and what it is of.

    `draws`: which of the points that were drawn together its point belongs to.
    """

    weeks: Floats
    length: Floats
    replications: NDArray[np.int64]
    draws: NDArray[np.int64]


def _runs(results: ExperimentResults) -> Iterator[tuple[dict[str, Any], str, str, Runs, Any]]:
    """Label, thing waited for, style, its runs, and what the baseline's runs are."""
    columns = ["scenario", "point", "replication", "style", "error", *results.study.record.until]
    frame, baseline = pd.concat(results.groups(columns), ignore_index=True), baseline_of(results)
    frame = frame[frame["error"].isna()]
    keys = ["scenario", *(["point"] if results.study.lists_points else [])]
    points = len(results.resolved.points.rows)
    each = points // independent_draws(results.study, points)
    for key, rows in frame.groupby(keys, sort=False):
        label: dict[str, Any] = {"scenario": key[0]}
        if results.study.lists_points and results.study.design is not None:
            label |= {"point": key[1], **results.shown(str(key[0]), int(str(key[1])))}
        length = _lengths(results, str(key[0]), rows["point"].to_numpy())
        for until in results.study.record.until:
            parts = {}
            for style, own in rows.groupby("style", sort=False):
                mine = rows["style"].to_numpy() == style
                parts[str(style)] = Runs(
                    own[until].to_numpy(np.float64), length[mine], own["replication"].to_numpy(),
                    own["point"].to_numpy() // each,
                )  # fmt: skip
            against = _fitted(parts[baseline].weeks, parts[baseline].length) if baseline in parts else None
            for style, runs in parts.items():
                yield label, until, style, runs, None if style == baseline else against


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


def _row(curve: pd.DataFrame, runs: Runs, independent: bool) -> dict[str, Any]:
    happened, n = int((~np.isnan(runs.weeks)).sum()), len(runs.weeks)
    row: dict[str, Any] = {"n": n, "happened": happened, "share": happened / n}
    low, high = wilson(happened, n) if independent else ends_of_share(runs)
    by = {name: _first(curve, name) for name in ("without", "low", "high")}
    row |= {"share_low": low, "share_high": high, "median": by["without"], "median_low": by["low"]}
    return row | {"median_high": by["high"]}


def ends_of_share(runs: Runs) -> tuple[float, float]:
    """The interval of the share of runs in which it comes to be so, over a sample of points that share their luck.

    Wilson's, with as many runs as would tell as much had they been independent; where it comes to be so in all of them,
    or in none, that is one for each replication, or point where these are fewer. A few replications in which luck went
    another way than in all others make shares skewed: it reaches as far as the skewness of both says, too
    (`level_interval`; put together as by Zou & Donner 2008).
    """
    happened = (~np.isnan(runs.weeks)).astype(np.float64)
    sources = [_means_by(groups, happened)[None] for groups in _groups(runs)]
    fewest, share = min(source.shape[1] for source in sources), float(happened.mean())
    if fewest < 2:
        return np.nan, np.nan
    error, freedom = (float(one[0]) for one in uncertainty(sources))
    as_good_as = share * (1 - share) / error**2 if error > 0 else float(fewest)
    t = float(stdtrit(freedom if error > 0 else fewest - 1, (1 + CONFIDENCE) / 2))
    middle, squares = share + t**2 / (2 * as_good_as), 1 + t**2 / as_good_as
    half = t * np.sqrt(share * (1 - share) / as_good_as + (t / (2 * as_good_as)) ** 2)
    skewed = [level_interval(source) for source in sources]
    below = np.sqrt(sum((share - float(one.low[0])) ** 2 for one in skewed))
    above = np.sqrt(sum((float(one.high[0]) - share) ** 2 for one in skewed))
    low, high = min((middle - half) / squares, share - below), max((middle + half) / squares, share + above)
    return max(0.0, float(low)), min(1.0, float(high))


def _groups(runs: Runs) -> list[NDArray[np.int64]]:
    """What leaves a sampled design open: which replication each run is of, and which draw of points, by number."""
    found = []
    for groups in (runs.replications, runs.draws):
        number: NDArray[np.int64] = np.unique(groups, return_inverse=True)[1]
        many = int(number.max()) + 1
        found.append(number * min(MOST_GROUPS, many) // many)
    return found


def _means_by(groups: NDArray[np.int64], values: Floats) -> Floats:
    found: Floats = np.bincount(groups, values) / np.bincount(groups)
    return found


def sampled_curve(runs: Runs) -> pd.DataFrame:
    """As `_curve`, where points are a sample and share their luck."""
    known = ~np.isnan(runs.weeks)
    steps, ends = np.unique(runs.weeks[known]), np.where(known, runs.weeks, runs.length)
    if not len(steps):
        return _nothing_yet()
    sources, whole = [], np.empty(0)
    for groups in _groups(runs):
        many = groups.max() + 1
        # How many are there still, and to how many it happens, in each step and group: (groups, steps).
        at, first = np.searchsorted(steps, ends, side="right"), np.zeros((many, len(steps) + 1))
        np.add.at(first, (groups, at), 1.0)
        there = first[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
        happened = np.zeros((many, len(steps)))
        np.add.at(happened, (groups[known], np.searchsorted(steps, runs.weeks[known])), 1.0)
        whole = _without(happened.sum(axis=0), there.sum(axis=0))
        left_out = _without(happened.sum(axis=0) - happened, there.sum(axis=0) - there)
        sources.append((many * whole - (many - 1) * left_out).T if many > 1 else np.full((len(steps), 1), np.nan))
    found = uncertainty(sources)
    if min(source.shape[1] for source in sources) < 2:
        low = high = np.full(len(steps), np.nan)
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            reach = np.exp(found.half / np.abs(whole * np.log(whole)))
            low, high = whole**reach, whole ** (1 / reach)
        low, high = (np.where((whole > 0) & (whole < 1), end, whole) for end in (low, high))
    table = pd.DataFrame({"week": steps, "without": whole, "low": low, "high": high})
    return pd.concat([_nothing_yet(), table], ignore_index=True)


def _without(happened: Floats, there: Floats) -> Floats:
    """Kaplan and Meier's share in which it has not happened yet, over the last axis of weeks."""
    found: Floats = np.cumprod(1 - happened / np.maximum(there, 1), axis=-1)
    return found


def _nothing_yet() -> pd.DataFrame:
    return pd.DataFrame({"week": [0.0], "without": [1.0], "low": [1.0], "high": [1.0]})


def _curve(found: CensoredData) -> pd.DataFrame:
    """Share of runs in which it is not so yet after each week in which it came to be so, with its interval."""
    if not len(found._uncensored):  # SciPy has no other way to ask
        return _nothing_yet()
    curve = ecdf(found).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where all, or none, are left it has no interval
        ends = curve.confidence_interval(CONFIDENCE, method="log-log")
    low, high = (
        np.where(np.isnan(end.probabilities), curve.probabilities, end.probabilities) for end in (ends.low, ends.high)
    )
    table = pd.DataFrame({"week": curve.quantiles, "without": curve.probabilities, "low": low, "high": high})
    return pd.concat([_nothing_yet(), table], ignore_index=True)


def _first(curve: pd.DataFrame, name: str) -> float:
    """The first week in which a curve is at a half or below; NaN where it never is."""
    below = curve.loc[curve[name] <= 0.5, "week"]
    return float(below.iloc[0]) if len(below) else np.nan


def _p(found: CensoredData, against: CensoredData | None) -> float:
    if against is None or not (len(found._uncensored) or len(against._uncensored)):
        return np.nan
    with np.errstate(invalid="ignore", divide="ignore"):  # where it comes in the first week everywhere, nothing differs
        return float(logrank(found, against).pvalue)
