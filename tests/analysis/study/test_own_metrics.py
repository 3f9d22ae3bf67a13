"""Metrics of one's own: derived from others, the time until something is so, distributions, and robust choice."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sim
from sim.analysis.study.courses import courses
from sim.analysis.study.distribution import distribution, ends_of_quantile
from sim.analysis.study.ranks import ranks
from sim.analysis.study.robust import robust
from sim.analysis.study.summary import study_summary
from sim.analysis.study.survival import survival
from sim.view.study.words import without_value
from tests.analysis.study.made import SAMPLED, ran
from tests.study.studies import small, vary

RECORD: dict[str, Any] = {
    "derived": {"net": "wellbeing - 0.1", "wellbeing": "morale - strain", "low": "morale < 0.64"},
    "until": {"dip": "morale < 0.6", "never": "morale > 2", "calm": "wellbeing > 0.1"},
    "windows": {"early": [1, 10]}, "weekly": True, "metrics": ["output", "morale", "strain"],
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return ran(tmp_path_factory.mktemp("own"), replications=20, weeks=30, record=RECORD,
               vary=[vary("market.urgency", 0.1, 0.9, name="urgency")], scenarios=["everyday", "novices"],
               analysis={"metrics": ["wellbeing", "net_early"],
                         "satisfied": {"morale": 0.68, "wellbeing": 0.35}})  # fmt: skip


def test_a_derived_metric_is_worked_out_in_each_week_and_then_summed_up(results):
    weekly, runs = results.weekly, results.runs
    assert np.allclose(weekly["wellbeing"], weekly["morale"] - weekly["strain"])
    assert np.allclose(runs["wellbeing"], weekly["wellbeing"].mean("week"))
    assert np.allclose(runs["net_early"], weekly["wellbeing"].sel(week=slice(1, 10)).mean("week") - 0.1)
    assert np.allclose(runs["low"], (weekly["morale"] < 0.64).mean("week"))
    assert 0 < float(runs["low"].mean()) < 1


def test_the_week_until_something_is_so_is_the_first_and_empty_if_it_never_is(results):
    weekly, runs = results.weekly, results.runs
    so = (weekly["morale"] < 0.6).to_numpy()
    first = np.where(so.any(axis=-1), so.argmax(axis=-1) + 1, np.nan)
    assert np.array_equal(runs["dip"].to_numpy(), first, equal_nan=True)
    assert np.isnan(runs["never"]).all()


def test_own_metrics_are_in_the_tables_of_all_others(results):
    summary = study_summary(results)
    assert {"wellbeing", "net", "low"} <= set(summary["metric"])
    assert not {"dip", "never", "calm"} & set(summary["metric"])
    assert set(courses(results)["metric"]) == {"wellbeing", "net"}
    table = ranks(results)
    best = table[table["rank"] == 1]
    largest = table.groupby(["scenario", "point", "metric"], sort=False)["mean"].max()
    assert largest.to_list() == best["mean"].to_list()


def test_time_to_an_event_counts_runs_in_which_it_never_came(results):
    tables = survival(results)
    table = tables["survival"].set_index(["scenario", "point", "until", "style"])
    assert (table.xs("never", level="until")["share"] == 0).all()
    assert table.xs("never", level="until")["median"].isna().all()
    frame = results.frame
    for row in table.reset_index().to_dict("records"):
        scenario, point, until, style = (row[name] for name in ("scenario", "point", "until", "style"))
        here = (frame["scenario"] == scenario) & (frame["point"] == point) & (frame["style"] == style)
        mine = frame.loc[here, until]
        assert row["happened"] == mine.notna().sum()
        assert row["share_low"] <= row["share"] <= row["share_high"]
        in_half = np.sort(mine.fillna(np.inf))[9]
        assert (row["median"] == in_half) or (np.isnan(row["median"]) and np.isinf(in_half))
    curves = tables["survival_curves"]
    assert (
        curves.groupby(["scenario", "point", "until", "style"])["without"].apply(lambda c: c.is_monotonic_decreasing)
    ).all()
    assert (curves["low"] <= curves["without"] + 1e-12).all()
    assert (curves["without"] <= curves["high"] + 1e-12).all()


def test_the_log_rank_test_is_that_of_scipy(results):
    table = survival(results)["survival"].query("until == 'dip' and scenario == 'everyday' and point == 0")
    runs = results.frame.query("scenario == 'everyday' and point == 0")
    sides = [runs.loc[runs["style"] == style, "dip"] for style in ("autocratic", "democratic")]
    data = [stats.CensoredData(uncensored=side.dropna(), right=[30.0] * int(side.isna().sum())) for side in sides]
    expected = stats.logrank(data[0], data[1]).pvalue
    assert table["p"].dropna().tolist() == pytest.approx([expected])


def test_quantiles_and_bars(results):
    table = distribution(results).query("metric == 'wellbeing' and scenario == 'everyday'")
    runs = results.frame.query("scenario == 'everyday'")
    for row in table.to_dict("records"):
        mine = runs.query("point == @row['point'] and style == @row['style']")["wellbeing"]
        assert row["q50"] == pytest.approx(mine.median())
        assert row["satisfied"] == pytest.approx((mine >= 0.35).mean())
        assert row["worst_tenth"] == pytest.approx(mine.nsmallest(2).mean())
        assert row["q50_low"] < row["q50"] < row["q50_high"]
        assert np.isnan(row["q05_low"]), "twenty runs do not say how low a twentieth of them lies"


@pytest.mark.parametrize("n", [20, 100])
def test_the_interval_of_a_median_holds_the_truth_as_often_as_it_says(n):
    draws = np.sort(np.random.default_rng(n).exponential(size=(4000, n)), axis=1)
    ends = np.array([ends_of_quantile(row, 0.5) for row in draws])
    held = (ends[:, 0] <= np.log(2)) & (np.log(2) <= ends[:, 1])
    assert 0.94 <= held.mean() <= 0.98


def test_robust_choice_is_taken_by_scenario_and_over_all(results):
    table = robust(results)
    assert list(dict.fromkeys(table["scenario"])) == ["everyday", "novices", "all"]
    by_point = ranks(results).query("metric == 'wellbeing'")
    for row in table.query("metric == 'wellbeing'").to_dict("records"):
        mine = by_point[by_point["style"] == row["style"]]
        mine = mine if row["scenario"] == "all" else mine[mine["scenario"] == row["scenario"]]
        assert row["situations"] == len(mine)
        assert row["regret"] == pytest.approx(mine["regret"].max())
        assert row["worst"] == pytest.approx(mine["mean"].min())
        assert row["best"] == (mine["rank"] == 1).mean()
    domain = table.query("metric == 'satisfied'")
    means = results.frame.groupby(["scenario", "style", "point"])[["morale", "wellbeing"]].mean()
    met = ((means["morale"] >= 0.68) & (means["wellbeing"] >= 0.35)).groupby(["scenario", "style"]).mean()
    for row in domain[domain["scenario"] != "all"].to_dict("records"):
        assert row["domain"] == met[row["scenario"], row["style"]]
        assert row["surely"] <= row["domain"] <= row["possibly"]


def test_robust_choice_over_a_sample_of_points(tmp_path):
    results = ran(tmp_path, **SAMPLED | {"analysis": {"metrics": ["output"], "satisfied": {"output": 10.0}}})
    table = robust(results)
    assert set(table["situations"]) == {60}
    assert pd.notna(table.query("metric == 'satisfied'")["domain"]).all()


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"derived": {"a1": "a1 + 1"}}, "derived: a1: made of itself"),
        ({"derived": {"x1": "y1 + 1", "y1": "x1"}}, "made of itself, directly or by way of another"),
        ({"derived": {"wellbeing": "moral - strain"}}, 'unknown metric "moral"; did you mean "morale"'),
        ({"derived": {"wellbeing": "morale -"}}, "is no formula"),
        ({"derived": {"wellbeing": "__import__('os')"}}, "not allowed in a formula"),
        ({"derived": {"wellbeing": "3"}}, "made of no metric"),
        ({"derived": {"morale": "strain"}}, "cannot be its name"),
        ({"derived": {"morale_2": "strain"}}, "cannot be its name"),
        ({"derived": {"Net": "strain"}}, "cannot be its name"),
        ({"until": {"dip": "moral < 0.5"}}, "until.dip"),
        ({"derived": {"dip": "morale"}, "until": {"dip": "morale < 0.5"}}, "the name of a derived metric"),
    ],
)
def test_formulas_that_make_no_sense_are_explained(record, says):
    with pytest.raises(sim.InputError, match=says):
        small(record=record)


def test_the_mean_of_a_time_that_may_never_come_is_not_asked_for():
    with pytest.raises(sim.InputError, match='ask for the analysis "survival"'):
        small(record={"until": {"dip": "morale < 0.5"}}, analysis={"metrics": ["dip"]})


def test_weeks_in_which_a_formula_cannot_be_worked_out_are_counted_and_said(tmp_path):
    record = {
        "weekly": True,
        "derived": {"quits_each": "output / turnover", "twice": "2 * quits_each", "half": "output / 2"},
        "until": {"odd": "sqrt(morale - 2) > 0"},
    }
    results = ran(tmp_path, record=record, weeks=12, scenarios=["everyday", "novices"], replications=5)
    without = results.weekly["turnover"] == 0
    assert np.array_equal(np.isnan(results.weekly["quits_each"]), without)
    assert np.array_equal(results.runs["undefined_quits_each"], without.sum("week"))
    assert set(results.study.record.undefined) == {"quits_each", "odd"}  # where it begins, and only what can fail
    found = results.manifest["undefined"]["quits_each"]
    by_style = without.sum(["week", "replication"]).to_series()
    assert found["weeks"] == by_style.sum()
    assert found["most"] == by_style.max() == by_style[found["scenario"], found["point"], found["style"]]
    assert found["runs"] == int(without.any("week").sum())
    said, odd = without_value(results)
    assert said.startswith(f"quits_each has no value in {found['weeks']} weeks of {found['runs']} of the 20 runs")
    assert f"under {found['style']} in {found['scenario']}. They are left out of its means" in said
    assert "240 weeks of 20 of the 20 runs" in odd
    assert "count as weeks in which it is not so" in odd
