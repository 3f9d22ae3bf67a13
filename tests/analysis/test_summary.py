"""Means and intervals agree with SciPy's, and gaps in the data stay gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from sim.analysis import summary
from sim.analysis.summary import HEADLINE, level_interval, mean_interval, run_values, summarise, weekly_means
from sim.model.metrics import BY_NAME
from sim.scenario.problems import InputError
from tests.analysis.synthetic import make_results, one_metric

numbers = st.floats(-1e4, 1e4, allow_subnormal=False)
samples = arrays(np.float64, st.integers(2, 40), elements=numbers)


@given(samples)
def test_interval_is_scipys_t_interval(values):
    mean, low, high, sd, n = mean_interval(values)
    assert n == len(values)
    np.testing.assert_allclose(mean, values.mean(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(sd, values.std(ddof=1), rtol=1e-6, atol=1e-9)
    if values.std(ddof=1) > 1e-6:
        expected = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
        np.testing.assert_allclose([low, high], [expected.low, expected.high], rtol=1e-6, atol=1e-6)


@given(samples, numbers, st.floats(0.01, 100))
def test_interval_moves_and_stretches_with_the_data(values, shift, factor):
    before, after = mean_interval(values), mean_interval(shift + factor * values)
    np.testing.assert_allclose(after.mean, shift + factor * before.mean, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(after.high - after.low, factor * (before.high - before.low), rtol=1e-4, atol=1e-4)


def test_one_run_has_a_mean_and_no_interval():
    mean, low, high, sd, n = mean_interval(np.array([3.0]))
    assert mean == 3.0
    assert n == 1
    assert np.isnan([low, high, sd]).all()


def test_no_run_has_nothing():
    assert np.isnan(mean_interval(np.array([np.nan, np.nan])).mean)
    assert mean_interval(np.empty(0)).n == 0


def test_unknown_values_are_left_out():
    with_gap = mean_interval(np.array([1.0, np.nan, 2.0, 4.0]))
    without = mean_interval(np.array([1.0, 2.0, 4.0]))
    for one, two in zip(with_gap, without, strict=True):
        assert one == pytest.approx(two)


def test_a_run_counts_as_the_mean_of_its_weeks():
    ds = make_results(replications=4, weeks=10)
    values = run_values(ds)
    assert values.dims == ("metric", "style", "replication")
    for name in HEADLINE:
        np.testing.assert_allclose(values.sel(metric=name), ds[name].mean("week"))


def test_a_window_of_weeks_includes_both_ends():
    ds = make_results(replications=3, weeks=10)
    values = run_values(ds, ["morale"], weeks=(3, 5))
    np.testing.assert_allclose(values[0], ds["morale"].to_numpy()[:, :, 2:5].mean(axis=-1))


def test_weeks_without_a_value_are_left_out():
    weekly = np.array([[[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]]])
    values = run_values(one_metric(weekly, ["a"]), ["morale"]).to_numpy()
    np.testing.assert_array_equal(values, [[[2.0, np.nan]]])


def test_a_total_adds_up_the_weeks(monkeypatch):
    monkeypatch.setitem(BY_NAME, "morale", BY_NAME["morale"]._replace(whole_run="total"))
    weekly = np.array([[[1.0, 2.0, 3.0], [np.nan, np.nan, np.nan]]])
    np.testing.assert_array_equal(run_values(one_metric(weekly, ["a"]), ["morale"]), [[[6.0, np.nan]]])


def test_summary_has_a_row_per_metric_and_style_in_order():
    ds = make_results(styles=("b", "a"), replications=5)
    table = summarise(ds, ["output", "morale"])
    assert list(zip(table["metric"], table["style"], strict=True)) == [
        ("output", "b"), ("output", "a"), ("morale", "b"), ("morale", "a")
    ]  # fmt: skip
    runs = ds["morale"].sel(style="a").mean("week").to_numpy()
    row = table.iloc[3]
    assert row["mean"] == pytest.approx(runs.mean())
    found = level_interval(runs)
    assert [row["low"], row["high"]] == pytest.approx([float(found.low), float(found.high)])


def test_order_of_dimensions_does_not_matter():
    ds = make_results(replications=5)
    turned = ds.transpose("week", "replication", "style")
    np.testing.assert_array_equal(summarise(ds)["mean"], summarise(turned)["mean"])


@pytest.mark.parametrize(("block", "weeks"), [(1, [1, 2, 3, 4, 5]), (2, [2, 4, 5]), (9, [5])])
def test_the_course_over_time_in_blocks(block, weeks):
    ds = make_results(styles=("a", "b"), replications=6, weeks=5)
    table = weekly_means(ds, ["morale", "output"], block)
    one = table[(table["metric"] == "output") & (table["style"] == "b")]
    assert one["week"].tolist() == weeks
    first = [0, *weeks[:-1]]
    cube = ds["output"].to_numpy()[1]
    for row, start in zip(one.itertuples(), first, strict=True):
        runs = cube[:, start : row.week].mean(axis=-1)
        assert row.mean == pytest.approx(runs.mean())
        assert row.sd == pytest.approx(runs.std(ddof=1))


def test_unknown_metric_names_the_nearest():
    with pytest.raises(InputError, match='unknown metric "moral"; did you mean "morale"'):
        run_values(make_results(), ["moral"])
    with pytest.raises(InputError, match="unknown metric"):
        weekly_means(make_results(), ["moral"])


@pytest.mark.parametrize("weeks", [(0, 3), (5, 3), (3, 27)])
def test_weeks_outside_the_results_are_refused(weeks):
    with pytest.raises(InputError, match="which have weeks 1 to 26"):
        run_values(make_results(), ["morale"], weeks)


def test_nothing_is_changed_in_the_results():
    ds = make_results(replications=3)
    before = ds.copy(deep=True)
    summarise(ds)
    weekly_means(ds, ["morale"])
    assert ds.identical(before)


def test_every_interval_is_a_95_percent_interval():
    rng = np.random.default_rng(1)
    inside = mean_interval(rng.normal(5, 2, (20_000, 8)))
    covered = np.mean((inside.low <= 5) & (inside.high >= 5))
    assert covered == pytest.approx(summary.CONFIDENCE, abs=0.005)


def test_intervals_of_levels_go_by_the_skewness_of_the_runs():
    runs = np.array([1.0, 2.0, 3.0, 5.0, 14.0])
    found, plain = level_interval(runs), mean_interval(runs)
    assert found.mean == plain.mean == 5.0
    # Written out: Hall (1992), with the skewness 1.8955 that SciPy gives for a sample.
    s, n = float(stats.skew(runs, bias=False)), 5
    cubic = lambda w: w + s * w**2 / 3 + s**2 * w**3 / 27 + s / (6 * n)  # noqa: E731
    reach = float(stats.t.ppf(0.975, 4)) / np.sqrt(5)
    assert cubic((5.0 - found.low) / plain.sd) == pytest.approx(reach)
    assert cubic((5.0 - found.high) / plain.sd) == pytest.approx(-reach)
    assert found.high - 5.0 > 2 * (5.0 - found.low)


def test_few_or_equal_or_even_runs_have_the_usual_interval():
    for runs in ([1.0, 2.0, 9.0, 4.0], [0.3] * 8, [1.0], [np.nan, np.nan]):
        found, plain = level_interval(np.array(runs)), mean_interval(np.array(runs))
        np.testing.assert_allclose(np.array(found), np.array(plain))
    even = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    np.testing.assert_allclose(np.array(level_interval(even)), np.array(mean_interval(even)))
