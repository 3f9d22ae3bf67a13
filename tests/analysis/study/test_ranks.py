"""Ranks, regret and fronts, with how sure they are."""

import copy

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from sim.analysis.study.largest import DRAWS, errors_of_means, largest, rank_ends
from sim.analysis.study.ranks import pareto, ranks, worst_regrets
from sim.analysis.study.summary import study_summary
from sim.analysis.study.summed import unbeaten
from tests.analysis.study.made import FACTORIAL, SAMPLED, STYLES, ran


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return ran(tmp_path_factory.mktemp("ranks"), **FACTORIAL)


def test_errors_have_the_spread_of_means_and_what_they_share():
    rng = np.random.default_rng(3)
    luck = rng.normal(0, 1, 400)
    values = np.stack([luck, luck + rng.normal(0, 0.1, 400), rng.normal(5, 2, 400)])
    drawn = errors_of_means([values], 1)
    assert drawn.shape == (DRAWS, 3)
    assert np.allclose(drawn.std(axis=0), values.std(axis=1) / 20, rtol=0.1)
    assert np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1] > 0.98, "what luck does to both, it does to both means"


def test_one_run_says_nothing_about_ranks():
    assert np.isnan(errors_of_means([np.ones((3, 1))], 1)).all()


def test_the_best_style_has_rank_1_and_no_regret(results):
    table = ranks(results)
    assert len(table) == 6 * 2 * 3
    for _, rows in table.groupby(["point", "metric"]):
        best = rows.iloc[int(rows["mean"].to_numpy().argmax())]
        assert (best["rank"], best["regret"]) == (1, 0)
        assert np.allclose(rows["regret"], rows["mean"].max() - rows["mean"])
        assert np.isclose(rows["best"].sum(), 1, atol=1e-9)
        assert (rows["rank_low"] <= rows["rank"]).all()
        assert (rows["rank"] <= rows["rank_high"]).all()


WISHED = [[0, 0], [0, 0.5], [0, 1, 3], [0] * 8, [0.0, 0.1, 0.2, 0.3, 0.4], [0, 0, 0, 2, 2.1]]
RUNS = [2, 5, 10]


@pytest.mark.parametrize(
    ("wished", "n"),
    [
        pytest.param(wished, n, marks=[] if place % len(RUNS) == RUNS.index(n) else pytest.mark.thorough)
        for place, wished in enumerate(WISHED)
        for n in RUNS
    ],
)
def test_intervals_of_regret_and_rank_hold_the_truth_as_often_as_they_say(wished, n):
    rng, held, ranked = np.random.default_rng(n), [], []
    truth = np.array(wished, float)
    for seed in range(120 if n > 2 else 300):  # with two replications, studies differ more
        runs = truth[:, None] + 0.7 * rng.normal(size=(len(truth), n)) + rng.normal(size=n)
        for style in (0, len(truth) - 1):
            found = largest([np.delete(runs, style, axis=0) - runs[style]], seed)
            held.append(max(found.low, 0) <= truth.max() - truth[style] <= max(found.high, 0))
        low, high = rank_ends([runs], seed)
        ranked.append(
            (low <= 1 + (truth[:, None] < truth).sum(axis=1)) & (high >= 1 + (truth[:, None] < truth).sum(axis=1))
        )
    assert np.mean(held) >= 0.9
    if n > 2:
        assert np.mean(ranked) >= 0.92


def test_with_a_single_rival_the_interval_of_regret_is_that_of_the_paired_difference():
    runs = np.random.default_rng(1).normal(size=(1, 9)) + 1
    interval = ttest_1samp(runs[0], 0).confidence_interval(0.95)
    assert largest([runs], 1) == pytest.approx((runs.mean(), interval.low, interval.high))


def test_what_the_styles_share_with_all_points_or_one_metric_is_the_same_mean_and_interval_in_every_table(results):
    summary = study_summary(results)
    for row in pareto(results).to_dict("records"):
        same = summary.query(
            "point == @row['point'] and style == @row['style'] and metric == 'morale' and window == 'whole'"
        )
        assert np.allclose(same[["mean", "low", "high"]], [[row["morale"], row["morale_low"], row["morale_high"]]])


def test_the_largest_regret_is_over_all_points(results):
    table, by_point = worst_regrets(results), ranks(results)
    for row in table.to_dict("records"):
        mine = by_point[(by_point["metric"] == row["metric"]) & (by_point["style"] == row["style"])]
        assert row["regret_low"] <= row["regret"] <= row["regret_high"]
        assert row["regret_mean"] == pytest.approx(mine["regret"].mean())
        assert row["best"] == (mine["rank"] == 1).mean()
        assert row["regret"] == mine["regret"].max()
        assert mine.loc[mine["point"] == row["point"], "regret"].iloc[0] == row["regret"]
    assert table.groupby("metric", sort=False)["regret"].apply(lambda r: r.is_monotonic_increasing).all()


def test_who_is_beaten_in_both_is_not_on_the_front():
    assert unbeaten(np.array([[1.0, 2.0, 0.5], [3.0, 1.0, 0.5]])).tolist() == [True, True, False]
    assert unbeaten(np.array([[1.0, 1.0], [2.0, 2.0]])).tolist() == [True, True]


def test_every_point_has_a_front(results):
    table = pareto(results)
    assert list(table["style"]) == STYLES * 6
    assert (table.groupby("point")["front"].sum() >= 1).all()
    assert table.loc[table["front"], "on_front"].mean() > table.loc[~table["front"], "on_front"].mean()


TAKING_TURNS = {"agile": (1.0, 0.0), "autocratic": (0.0, 1.1), "democratic": (0.2, 0.2)}
"""Output in the first and the second half of the points: the best on the whole is best at half of them only."""


@pytest.fixture(scope="module")
def turns(tmp_path_factory):
    """A sampled design with output as above, and luck that differs between replications, points and styles."""
    found = ran(
        tmp_path_factory.mktemp("turns"), **SAMPLED | {"replications": 6, "analysis": {"metrics": ["output", "morale"]}}
    )
    frame, rng = found.frame, np.random.default_rng(1)
    second = (frame["point"] >= 30).to_numpy().astype(int)
    truth = np.array([TAKING_TURNS[style][half] for style, half in zip(frame["style"], second, strict=True)])
    luck = rng.normal(0, 0.1, 6)[frame["replication"]] + rng.normal(0, 0.02, len(frame))
    changed = frame.assign(output=truth + luck, morale=truth + luck)
    setattr(found, "groups", lambda columns=None: iter([changed[list(columns or changed.columns)]]))  # noqa: B010  # a method of its own
    return found


def test_regret_and_ranks_are_taken_at_each_point_of_a_sampled_design(turns):
    table = ranks(turns).query("metric == 'output'").set_index("style")
    assert table["mean"].idxmax() == "autocratic"
    assert table["best"].to_dict() == pytest.approx({"agile": 0.5, "autocratic": 0.5, "democratic": 0.0}, abs=0.01)
    assert table["rank"].to_dict() == pytest.approx({"agile": 2.0, "autocratic": 2.0, "democratic": 2.0}, abs=0.01)
    for style, regret, worst in (("agile", 0.55, 1.1), ("autocratic", 0.5, 1.0), ("democratic", 0.85, 0.9)):
        row = table.loc[style]
        assert row["regret"] == pytest.approx(regret, abs=0.03)
        assert row["regret_low"] < regret < row["regret_high"]
        assert row["regret_worst"] == pytest.approx(worst, abs=0.06)
    assert set(table["points"]) == {60}


def test_the_largest_regret_of_a_sampled_design_is_that_of_a_point(turns):
    table = worst_regrets(turns).query("metric == 'output'").set_index("style")
    assert list(table.index) == ["democratic", "autocratic", "agile"]
    for style, worst in (("agile", 1.1), ("autocratic", 1.0), ("democratic", 0.9)):
        assert table["regret_low"][style] < worst < table["regret_high"][style] + 0.05
        assert table["regret"][style] == pytest.approx(worst, abs=0.06)
    assert (table["point"]["autocratic"] < 30, table["point"]["agile"] < 30) == (True, False)
    assert table["best"].to_dict() == {"agile": 0.5, "autocratic": 0.5, "democratic": 0.0}


def test_who_is_on_the_front_is_said_point_by_point(turns):
    table = pareto(turns).set_index("style")
    assert table["on_front"].to_dict() == {"agile": 0.5, "autocratic": 0.5, "democratic": 0.0}
    assert table["front"].to_dict() == {"agile": True, "autocratic": True, "democratic": False}


def test_luck_alone_makes_little_regret_at_the_points(turns):
    """Styles that do the same everywhere: the plain mean over points of the largest mean would be luck."""
    frame = turns.groups().__next__()
    luck = np.random.default_rng(2).normal(0, 1, len(frame))
    same = ran_again(turns, frame.assign(output=luck))
    regret = ranks(same).query("metric == 'output'")
    assert regret["regret"].mean() < 0.75 * luck.std() * 0.85 / np.sqrt(6)
    assert (regret["regret_low"] < 0.2).all()


def ran_again(results, frame):
    """The same results with other rows."""
    again = copy.copy(results)
    setattr(again, "groups", lambda columns=None: iter([frame[list(columns or frame.columns)]]))  # noqa: B010  # a method of its own
    return again
