"""Paired differences agree with SciPy's paired test and with the formulas of the literature."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from sim.analysis.paired import default_baseline, differences_of, holm, paired_differences, rows_of_differences
from sim.analysis.summary import HEADLINE, mean_interval, run_values
from sim.scenario.problems import InputError
from tests.analysis.synthetic import STYLES, make_results, one_metric

probabilities = arrays(np.float64, st.integers(0, 30), elements=st.floats(0, 1))


def differences(one, two):
    """The row for style "one" less baseline "two"."""
    ds = one_metric(np.array([one, two], dtype=float), ["one", "two"])
    return paired_differences(ds, "two", ["morale"]).iloc[0]


@given(st.integers(2, 40), st.integers(0, 2**32 - 1), st.floats(-2, 2), st.floats(0, 0.99))
def test_against_the_formulas(n, seed, shift, shared):
    rng = np.random.default_rng(seed)
    luck = rng.normal(size=n)
    one = 5 + shift + shared * luck + rng.normal(size=n)
    two = 5 + shared * luck + rng.normal(size=n)
    row = differences(one, two)
    test = stats.ttest_rel(one, two)
    d = one - two
    d_av = d.mean() / ((one.std(ddof=1) + two.std(ddof=1)) / 2)
    hedges = 1 - 3 / (4 * (2 * n) - 9)
    assert row["mean"] == pytest.approx(d.mean())
    assert [row["low"], row["high"]] == pytest.approx(list(test.confidence_interval(0.95)))
    assert row["p"] == pytest.approx(test.pvalue)
    assert row["p_adjusted"] == row["p"]
    assert row["effect_size"] == pytest.approx(hedges * d_av)
    of_one = 1 - 3 / (4 * (n - 1) - 1)
    assert row["effect_size_z"] == pytest.approx(of_one * d.mean() / d.std(ddof=1) if n > 2 else np.nan, nan_ok=True)
    if n > 2:
        without = [np.delete(np.array([one, two]), place, axis=1) for place in range(n)]
        effects = [(a - b).mean() / ((a.std(ddof=1) + b.std(ddof=1)) / 2) for a, b in without]
        half = stats.t(n - 1).ppf(0.975) * np.sqrt((n - 1) ** 2 / n * np.var(effects))
        assert [row["effect_size_low"], row["effect_size_high"]] == pytest.approx([d_av - half, d_av + half])
    assert row["n"] == n


def test_swapping_the_two_changes_the_sign_and_nothing_else():
    rng = np.random.default_rng(3)
    one, two = rng.normal(size=(2, 12))
    there, back = differences(one, two), differences(two, one)
    for name in ("mean", "effect_size", "effect_size_z"):
        assert there[name] == pytest.approx(-back[name])
    assert [there["low"], there["high"]] == pytest.approx([-back["high"], -back["low"]])
    assert there["p"] == pytest.approx(back["p"])


@given(probabilities)
def test_holm_against_its_definition(p):
    order = np.argsort(p, kind="stable")
    expected = np.empty(len(p))
    for rank, index in enumerate(order):
        expected[index] = min(1.0, max((len(p) - earlier) * p[order[earlier]] for earlier in range(rank + 1)))
    np.testing.assert_allclose(holm(p), expected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_holm_is_closed_testing_with_bonferroni(p):
    """A hypothesis falls if every set that holds it falls, so its adjusted p value is the largest of theirs."""
    numbers = range(len(p))
    subsets = [set(chosen) for size in numbers for chosen in itertools.combinations(numbers, size + 1)]
    closed = [max(min(1.0, len(s) * min(p[j] for j in s)) for s in subsets if i in s) for i in numbers]
    np.testing.assert_allclose(holm(np.array(p)), closed)


def test_holm_leaves_out_what_was_not_tested():
    np.testing.assert_allclose(holm(np.array([0.01, np.nan, 0.04])), [0.02, np.nan, 0.04])
    assert np.isnan(holm(np.array([np.nan]))).all()


def test_adjusted_over_all_styles_and_metrics():
    table = paired_differences(make_results(replications=8), "democratic")
    assert len(table) == len(HEADLINE) * (len(STYLES) - 1)
    assert "democratic" not in set(table["style"])
    np.testing.assert_allclose(table["p_adjusted"], holm(table["p"].to_numpy()))
    assert (table["p_adjusted"] >= table["p"]).all()


def test_a_difference_is_clear_if_it_is_sure_and_large_enough():
    rng = np.random.default_rng(5)
    luck = rng.normal(size=400)
    noise = rng.normal(0, 0.01, size=(3, 400))
    ds = one_metric(np.array([luck, luck + 0.5, luck + 0.1]) + noise, ["base", "large", "small"])
    table = paired_differences(ds, "base", ["morale"]).set_index("style")
    assert (table["p_adjusted"] < 1e-6).all()
    assert table["clear"].to_dict() == {"large": True, "small": False}


def test_one_replication_gives_a_difference_and_nothing_else():
    row = differences([2.0], [1.5])
    assert row["mean"] == 0.5
    assert not row["clear"]
    for name in ("low", "high", "effect_size", "effect_size_low", "effect_size_z", "p", "p_adjusted"):
        assert np.isnan(row[name]), name


@pytest.mark.parametrize("n", [5, 10, 30])
@pytest.mark.parametrize("shared", [0.0, 0.9, 0.99])
@pytest.mark.parametrize("size", [0.0, 0.5, 3.0])
def test_the_interval_of_an_effect_holds_the_truth_as_often_as_it_says(n, shared, size):
    rng = np.random.default_rng(n)
    luck, own = rng.normal(size=(2, 1, 3000, n))
    one, two = luck + size, shared * luck + np.sqrt(1 - shared**2) * own
    rows = differences_of(["morale"], [str(s) for s in range(3000)], one, two)
    assert 0.92 <= ((rows["effect_size_low"] <= size) & (size <= rows["effect_size_high"])).mean() <= 0.99


def test_the_correction_of_dz_leaves_no_bias():
    d = np.random.default_rng(1).normal(1.0, 1.0, (1, 20_000, 6))
    found = differences_of(["morale"], [str(s) for s in range(20_000)], d, np.zeros((1, 1, 6)))["effect_size_z"]
    assert found.mean() == pytest.approx(1.0, abs=0.02)


def test_rounding_is_no_spread():
    rng = np.random.default_rng(2)
    one, two = 0.3 * (1 + 1e-16 * rng.integers(-2, 3, (2, 40)))
    row = differences(one, two)
    assert (row["effect_size"], row["effect_size_z"], row["p"]) == (0.0, 0.0, 1.0)
    assert mean_interval(one).sd == 0.0


def test_no_difference_at_all():
    row = differences([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    assert row[["mean", "low", "high", "effect_size", "effect_size_z"]].tolist() == [0.0] * 5
    assert row["p"] == 1.0
    assert not row["clear"]


def test_nothing_varies_and_nothing_differs():
    row = differences([0.1] * 7, [0.1] * 7)
    assert row["mean"] == 0.0
    assert row["effect_size"] == 0.0
    assert row["p"] == 1.0


def test_nothing_varies_and_something_differs():
    row = differences([0.3] * 7, [0.1] * 7)
    assert row["mean"] == pytest.approx(0.2)
    assert row["low"] == pytest.approx(0.2)
    assert row["p"] == 0.0
    assert np.isnan(row["effect_size"])
    assert row["clear"]


def test_the_same_difference_every_time():
    row = differences([1.3, 2.3, 3.3], [1.0, 2.0, 3.0])
    assert row["p"] == 0.0
    assert row["effect_size"] == pytest.approx(0.3 * (1 - 3 / 15))
    assert np.isnan(row["effect_size_z"])


def test_runs_without_a_value_are_left_out_as_pairs():
    row = differences([1.0, np.nan, 3.0, 4.5], [0.5, 9.0, 2.0, np.nan])
    whole = differences([1.0, 3.0], [0.5, 2.0])
    assert row["n"] == 2
    for name in ("mean", "low", "effect_size", "p"):
        assert row[name] == pytest.approx(whole[name])


def test_pairing_makes_the_interval_narrower():
    ds = make_results(styles=("a", "b"), replications=40, luck=0.2)
    row = paired_differences(ds, "a", ["morale"]).iloc[0]
    runs = ds["morale"].mean("week").to_numpy()
    unpaired = stats.ttest_ind(runs[1], runs[0]).confidence_interval(0.95)
    assert row["high"] - row["low"] < 0.3 * (unpaired.high - unpaired.low)


def test_a_single_style_has_nothing_to_differ_from():
    assert paired_differences(make_results(styles=("agile",)), "agile").empty


def test_rows_are_those_of_the_table():
    ds = make_results(styles=("a", "b", "c"), replications=6)
    values = run_values(ds, ["morale", "output"]).to_numpy()
    table = differences_of(["morale", "output"], ["b", "c"], values[:, 1:], values[:, [0]])
    rows = rows_of_differences(["morale", "output"], ["b", "c"], values[:, 1:], values[:, [0]])
    assert rows == table.to_dict("records")
    assert rows_of_differences(["morale"], [], values[:1, :0], values[:1, [0]]) == []


def test_only_the_weeks_asked_for():
    ds = make_results(replications=6)
    early = paired_differences(ds, "agile", weeks=(1, 4))
    np.testing.assert_allclose(early["mean"], paired_differences(ds.sel(week=slice(1, 4)), "agile")["mean"])


def test_unknown_baseline_names_the_nearest():
    with pytest.raises(InputError, match='unknown baseline style "democrat"; did you mean "democratic"'):
        paired_differences(make_results(), "democrat")


@pytest.mark.parametrize(
    ("styles", "own", "expected"),
    [
        (("agile", "servant", "as-is"), "servant", "as-is"),
        (("agile", "servant"), "servant", "servant"),
        (("agile", "servant"), "visionary", "agile"),
        (("agile", "servant"), None, "agile"),
    ],
)
def test_baseline_is_how_the_business_is_led_now(styles, own, expected):
    assert default_baseline(styles, own) == expected
