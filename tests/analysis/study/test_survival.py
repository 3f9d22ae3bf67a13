"""Time to an event over a sample of points, whose runs share their luck: shares, curves and medians with intervals."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.study.survival import Runs, ends_of_share, sampled_curve, survival
from sim.view.study.words import what_came_of_it
from tests.analysis.study.made import SAMPLED, ran

LENGTH = 60.0


def made_up(rng, points, n, middle=40.0):
    """Weeks that hang on the point, on the luck that all points share, and on chance; never, after the end of a run."""
    point, luck = 20 * rng.uniform(size=(points, 1)), 12 * rng.standard_normal((1, n))
    weeks = np.ceil(np.maximum(middle - 10 + point + luck + 5 * rng.standard_normal((points, n)), 1.0)).ravel()
    numbers = np.indices((points, n)).reshape(2, -1)
    return Runs(np.where(weeks > LENGTH, np.nan, weeks), np.full(points * n, LENGTH), numbers[1], numbers[0])


def test_the_curve_is_that_of_kaplan_and_meier():
    runs = made_up(np.random.default_rng(1), 20, 6)._replace(
        length=np.random.default_rng(2).integers(40, 61, 120) * 1.0
    )
    runs = runs._replace(weeks=np.where(runs.weeks > runs.length, np.nan, runs.weeks))
    known = ~np.isnan(runs.weeks)
    expected = stats.ecdf(stats.CensoredData(uncensored=runs.weeks[known], right=runs.length[~known])).sf
    table = sampled_curve(runs)[1:]
    at = np.isin(expected.quantiles, table["week"])
    assert np.allclose(table["without"], expected.probabilities[at])
    inner = table[table["without"] > 0]
    assert (inner["low"] < inner["without"]).all()
    assert (inner["without"] < inner["high"]).all()


@pytest.mark.parametrize("n", [5, 10])
def test_intervals_hold_the_truth(n):
    rng = np.random.default_rng(n)
    very_many = made_up(rng, 1_000, 1_000).weeks
    truth = {week: (~(very_many <= week)).mean() for week in (25.0, 40.0, 55.0)}
    median = np.quantile(np.nan_to_num(very_many, nan=99.0), 0.5)
    held: dict[object, list[bool]] = {}
    for _ in range(120):
        runs = made_up(rng, 30, n)
        low, high = ends_of_share(runs)
        held.setdefault("share", []).append(low <= 1 - np.mean(np.isnan(very_many)) <= high)
        curve = sampled_curve(runs)
        for week, share in truth.items():
            row = curve[curve["week"] <= week].iloc[-1]
            held.setdefault("curve", []).append(row["low"] <= share <= row["high"] or row["without"] in (0, 1))
        first, last = (
            weeks.min() if len(weeks := curve.loc[curve[end] <= 0.5, "week"]) else np.inf for end in ("low", "high")
        )
        held.setdefault("median", []).append(first <= median <= last)
    shares = {name: np.mean(found) for name, found in held.items()}
    assert min(shares.values()) >= 0.9, shares
    assert max(shares["share"], shares["curve"]) <= 0.99, shares  # medians are whole weeks, or later than a run is long


def test_what_never_or_always_happened_may_be_rare():
    runs = made_up(np.random.default_rng(1), 20, 8, middle=500.0)
    low, high = ends_of_share(runs)
    assert low == 0.0
    assert 0.2 < high < 0.5  # eight replications say no more, however many points have the same luck
    assert sampled_curve(runs)["without"].to_list() == [1.0]


def test_a_sampled_study_has_intervals_of_survival_and_one_replication_has_none(tmp_path):
    keys = {**SAMPLED, "record": {"until": {"dip": "morale < 0.66"}}, "weeks": 20}
    design = {**SAMPLED["design"], "points": 30}
    table = survival(ran(tmp_path, **{**keys, "replications": 5, "design": design}))["survival"]
    assert (table["share_low"] < table["share"]).all()
    assert (table["share"] < table["share_high"]).all()
    assert table["p"].isna().all()
    results = ran(tmp_path / "one", **{**keys, "replications": 1, "design": design, "analyses": ["survival"]})
    assert [text for text in what_came_of_it(results) if "intervals are empty, since" in text]
    alone = survival(results)["survival"]
    assert alone[["share_low", "share_high", "median_low", "median_high"]].isna().all(axis=None)
