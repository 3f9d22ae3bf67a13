"""Ranks, regret and fronts, with how sure they are."""

import numpy as np
import pytest

from sim.analysis.study.ranks import DRAWS, draws_of_means, pareto, ranks, unbeaten, worst_regrets
from tests.analysis.study.made import FACTORIAL, STYLES, ran


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return ran(tmp_path_factory.mktemp("ranks"), **FACTORIAL)


def test_draws_have_the_spread_of_means_and_what_they_share():
    rng = np.random.default_rng(3)
    luck = rng.normal(0, 1, 400)
    values = np.stack([luck, luck + rng.normal(0, 0.1, 400), rng.normal(5, 2, 400)])
    drawn = draws_of_means([values], 1)
    assert drawn.shape == (DRAWS, 3)
    assert np.allclose(drawn.std(axis=0), values.std(axis=1) / 20, rtol=0.1)
    assert np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1] > 0.98, "what luck does to both, it does to both means"


def test_one_run_says_nothing_about_ranks():
    assert np.isnan(draws_of_means([np.ones((3, 1))], 1)).all()


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


def test_styles_that_do_the_same_take_turns_at_being_best():
    rng = np.random.default_rng(5)
    drawn = draws_of_means([rng.normal(0, 1, (2, 50)) - rng.normal(0, 1, (2, 50)).mean()], 1)
    assert 0.02 < (drawn[:, 0] > drawn[:, 1]).mean() < 0.98


def test_the_largest_regret_is_over_all_points(results):
    table, by_point = worst_regrets(results), ranks(results)
    for row in table.to_dict("records"):
        mine = by_point[(by_point["metric"] == row["metric"]) & (by_point["style"] == row["style"])]
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
