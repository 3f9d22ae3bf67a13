"""Differences, interactions and changes: the same as other packages compute from the same rows."""

from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pandas.testing import assert_frame_equal
from scipy import stats
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.multitest import multipletests

from sim.analysis.paired import differences_of, freedom_of_spread, holm
from sim.analysis.study.blocks import blocks
from sim.analysis.study.compared import benjamini_hochberg, changes, differences, interactions, unpaired
from sim.analysis.study.sources import widened
from sim.analysis.study.summary import study_summary
from sim.view.study.words import not_compared
from tests.analysis.study.made import FACTORIAL, ONE_BY_ONE, SAMPLED, ran
from tests.study.studies import vary


@pytest.fixture(scope="module")
def factorial(tmp_path_factory):
    return ran(tmp_path_factory.mktemp("factorial"), **FACTORIAL)


def pairs(results, style, column, **where):
    """A style's runs and the baseline's, by replication."""
    frame = results.frame
    for name, value in where.items():
        frame = frame[frame[name] == value]
    wide = frame.pivot_table(column, ["size", "urgency", "replication"], "style")
    return wide[style], wide["democratic"]


def test_a_difference_is_that_of_a_paired_t_test(factorial):
    table = differences(factorial)
    assert len(table) == 6 * 2 * 2
    for row in table.to_dict("records"):
        one, two = pairs(factorial, row["style"], row["metric"], point=row["point"])
        expected = stats.ttest_rel(one, two)
        interval = expected.confidence_interval(0.95)
        assert np.allclose([row["mean"], row["low"], row["high"]], [(one - two).mean(), interval.low, interval.high])
        assert np.isclose(row["p"], expected.pvalue)
        assert np.isclose(row["effect_size_z"], (one - two).mean() / (one - two).std() * (1 - 3 / (4 * 11 - 1)))
        assert (row["n"], row["baseline"]) == (12, "democratic")


def adjusted(p, method):
    """What statsmodels makes of p values; it would look for garbage in all that the tests hold each time."""
    with patch("gc.collect"):
        return multipletests(p, method=method)[1]


def test_p_values_are_adjusted_over_all_rows_as_statsmodels_does(factorial):
    for table in (differences(factorial), interactions(factorial)):
        assert np.allclose(table["p_holm"], adjusted(table["p"], "holm"))
        assert np.allclose(table["p_bh"], adjusted(table["p"], "fdr_bh"))


@pytest.mark.parametrize(
    ("constraint", "points"),
    [("size * urgency < 7", 2), ("size < 10 or urgency > 0.5", 1), ("(size < 9) == (urgency < 0.5)", 0)],
)
def test_under_constraints_only_points_that_differ_in_nothing_else_are_compared(tmp_path, constraint, points):
    vary_ = [vary("teams[1].size", 5, 15, name="size"), vary("market.urgency", 0.1, 0.2, 0.9, name="urgency")]
    design = {"kind": "factorial", "vary": vary_, "constraints": [constraint]}
    results = ran(tmp_path, design=design, analyses=["interactions"], analysis={"metrics": ["output"]})
    (row,) = interactions(results).query("varied == 'size'").to_dict("records")
    assert row["points"] == points
    wide = results.frame.pivot_table("output", ["urgency", "replication"], ["style", "size"])
    less = (wide["democratic"] - wide["autocratic"]).dropna()
    expected = np.nan if less.empty else (less[row["level"]] - less[row["reference"]]).mean()
    assert np.isclose(abs(row["mean"]), abs(expected), equal_nan=True)
    said = [text for text in not_compared(results) if "differs from one at" in text]
    assert bool(said) == (points == 0)


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1)), st.data())
def test_adjusting_leaves_out_what_was_not_tested(p, data):
    untested = data.draw(arrays(np.bool_, len(p)))
    holed = np.where(untested, np.nan, p)
    for own, method in ((holm, "holm"), (benjamini_hochberg, "fdr_bh")):
        found = own(holed)
        assert np.isnan(found[untested]).all()
        if not untested.all():
            assert np.allclose(found[~untested], adjusted(p[~untested], method))


def test_the_unpaired_effect_is_hedges_g_as_statsmodels_has_it():
    rng = np.random.default_rng(1)
    one, two = rng.normal(0.4, 1.0, 20), rng.normal(0.0, 1.3, 20)
    g, variance = effectsize_smd(one.mean(), one.std(ddof=1), 20, two.mean(), two.std(ddof=1), 20)
    found = unpaired(one, two)
    assert np.isclose(found["effect_size_unpaired"], g, rtol=1e-3)
    half = (found["effect_size_unpaired_high"] - found["effect_size_unpaired_low"]) / 2
    assert np.isclose(half, stats.t(38).ppf(0.975) * np.sqrt(variance), rtol=0.15)


@pytest.mark.parametrize("n", [5, 10, 30])
@pytest.mark.parametrize("size", [0.0, 1.0, 4.0])
def test_the_interval_of_the_unpaired_effect_holds_the_truth_as_often_as_it_says(n, size):
    one, two = np.random.default_rng(n).normal(size=(2, 3000, n))
    found = unpaired(one + size, two)
    held = (found["effect_size_unpaired_low"] <= size) & (size <= found["effect_size_unpaired_high"])
    assert 0.92 <= held.mean() <= 0.985


def test_rounding_gives_no_unpaired_effect():
    one, two = 0.3 * (1 + 1e-16 * np.random.default_rng(2).integers(-2, 3, (2, 40)))
    assert {name: float(value) for name, value in unpaired(one, two).items()} == dict.fromkeys(unpaired(one, two), 0.0)


def test_an_interaction_is_a_difference_of_differences_run_by_run(factorial):
    table = interactions(factorial)
    assert set(table["varied"]) == {"size", "urgency"}
    assert len(table) == (2 + 1) * 2 * 2
    for row in table.to_dict("records"):
        one, two = pairs(factorial, row["style"], row["metric"])
        less = (one - two).groupby([row["varied"], "replication"]).mean()
        expected = less.xs(row["level"]) - less.xs(row["reference"])
        assert np.isclose(row["mean"], expected.mean())
        assert np.isclose(row["p"], stats.ttest_1samp(expected, 0).pvalue)


def test_scenarios_are_compared_where_there_are_several(tmp_path):
    results = ran(tmp_path, scenarios=["everyday", "experts", "novices"], replications=5)
    table = interactions(results)
    assert list(dict.fromkeys(table["level"])) == ["experts", "novices"]
    assert set(table["reference"]) == {"everyday"}


def test_one_thing_at_a_time_is_compared_with_the_scenario_as_it_is(tmp_path):
    results = ran(tmp_path, **ONE_BY_ONE)
    table = changes(results)
    assert set(table["varied"]) == {"market.urgency", "leader.hours"}
    wide = results.frame.pivot_table("morale", ["style", "replication"], "point")
    row = table[(table["varied"] == "leader.hours") & (table["level"] == 40.0) & (table["metric"] == "morale")].iloc[0]
    expected = (wide[4] - wide[0]).loc[row["style"]]
    assert np.isclose(row["mean"], expected.mean())
    assert set(interactions(results)["reference"]) == {"as it is"}


def test_a_sampled_design_is_compared_over_its_points_and_luck_and_points_leave_the_difference_open(tmp_path):
    results = ran(tmp_path, **SAMPLED | {"replications": 4, "analysis": {"metrics": ["morale"]}})
    table = differences(results)
    assert "point" not in table
    assert set(table["n"]) == {4}
    wide = results.frame.pivot_table("morale", ["point", "replication"], "style")
    for row in table.to_dict("records"):
        less = wide[row["style"]] - wide[row["baseline"]]
        by_luck, by_point = less.groupby("replication").mean(), less.groupby("point").mean()
        expected = np.sqrt(by_luck.var() / 4 + by_point.var() / 60)
        assert np.isclose(row["mean"], less.mean())
        assert 1.96 * expected < (row["high"] - row["low"]) / 2 < stats.t(3).ppf(0.975) * expected
        spreads = [wide[style].groupby("point").var().mean() ** 0.5 for style in (row["style"], row["baseline"])]
        assert np.isclose(row["effect_size"], (1 - 3 / (8 * 3 - 1)) * row["mean"] / np.mean(spreads))
    summed = study_summary(results).query("metric == 'morale'").set_index("style")
    for style in SAMPLED["styles"]:
        values = wide[style]
        error = np.sqrt(values.groupby("replication").mean().var() / 4 + values.groupby("point").mean().var() / 60)
        assert 1.96 * error < summed["high"][style] - summed["mean"][style] < stats.t(3).ppf(0.975) * error


@pytest.mark.parametrize(
    ("design", "draws"), [({"kind": "morris", "trajectories": 5}, 5), ({"kind": "sobol", "base": 4}, 4)]
)
def test_points_that_were_drawn_together_count_once(tmp_path, design, draws):
    results = ran(tmp_path, design={**design, "vary": SAMPLED["design"]["vary"]}, analysis={"metrics": ["morale"]})
    (block,) = blocks(results)
    assert block.sample is not None
    assert block.sample.draws.shape == (1, 2, draws)
    frame = results.frame
    together = frame["point"] // (len(results.points) // draws)
    expected = frame.assign(draw=together).pivot_table("morale", "draw", "style")
    assert np.allclose(block.sample.draws[0].T, expected[list(block.styles)])


def test_scenarios_are_compared_over_a_sample_of_points_too(tmp_path):
    results = ran(tmp_path, **SAMPLED | {"scenarios": ["everyday", "novices"], "analysis": {"metrics": ["morale"]}})
    table = interactions(results)
    wide = results.frame.pivot_table("morale", ["scenario", "point", "replication"], "style")
    assert set(table["varied"]) == {"scenario"}
    for row in table.to_dict("records"):
        less = wide[row["style"]] - wide[row["baseline"]]
        assert np.isclose(row["mean"], (less["novices"] - less["everyday"]).mean())
        assert row["low"] < row["mean"] < row["high"]


def test_a_point_where_one_style_fails_counts_for_none_of_them(tmp_path, monkeypatch):
    results = ran(tmp_path, **SAMPLED | {"analysis": {"metrics": ["morale"]}})
    frame = results.frame.copy()
    frame.loc[(frame["style"] == "agile") & (frame["point"] < 50), "morale"] = np.nan
    monkeypatch.setattr(type(results), "groups", lambda self, columns: iter([frame[columns]]))
    (block,) = blocks(results)
    left = frame[frame["point"] >= 50].groupby(["style", "replication"])["morale"].mean()
    assert np.allclose(block.runs[0], [left[style] for style in block.styles])


@given(st.integers(2, 40), st.integers(0, 2**32 - 1))
def test_with_one_source_it_is_the_t_test(n, seed):
    rng = np.random.default_rng(seed)
    one, two = rng.normal(size=(2, 3, n)), rng.normal(size=(2, 1, n))
    table = differences_of(["morale", "output"], ["a", "b", "c"], one, two)
    same = widened(table, [one - two], freedom_of_spread(one, two))
    own = ["effect_size_low", "effect_size_high"]  # by the jackknife where luck alone leaves a difference open
    assert_frame_equal(same.drop(columns=own), table.drop(columns=own), check_dtype=False)


def test_intervals_hold_what_they_say_where_luck_and_points_both_matter():
    rng, held = np.random.default_rng(4), []
    for _ in range(400):
        runs = rng.normal(size=(1, 1, 30, 1)) + rng.normal(size=(1, 1, 1, 6)) + rng.normal(size=(1, 1, 30, 6))
        table = differences_of(["morale"], ["agile"], runs.mean(axis=2), np.zeros((1, 1, 6)))
        row = widened(table, [runs.mean(axis=2), runs.mean(axis=3)], np.array([[5.0]])).iloc[0]
        held.append(row["low"] <= 0 <= row["high"])
        assert (row["p"] >= 0.05) == held[-1]
    assert 0.92 < np.mean(held) < 0.99


def test_failed_runs_are_left_out(factorial, monkeypatch):
    frame: pd.DataFrame = factorial.frame.copy()
    lost = (frame["style"] == "agile") & (frame["replication"] < 4) & (frame["point"] == 2)
    frame.loc[lost, ["morale", "output_early"]] = np.nan
    monkeypatch.setattr(type(factorial), "groups", lambda self, columns: iter([frame[columns]]))
    table = differences(factorial)
    assert set(table.loc[(table["style"] == "agile") & (table["point"] == 2), "n"]) == {8}
    assert set(table.loc[table["point"] != 2, "n"]) == {12}
    assert interactions(factorial)["n"].min() == 8
