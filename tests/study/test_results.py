"""Opened results: rows, arrays, weeks, people and points say the same, each with its labels."""

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.study.summary import study_summary
from sim.analysis.summary import mean_interval
from sim.study import results_folder
from sim.study.results import open_results
from tests.study.studies import begun, run, small, vary

RECORD = {"windows": {"early": [1, 2]}, "final": True, "weekly": True, "people": True}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opened") / "results"
    varied = [vary("teams[1].size", 4, 6, name="size"), vary("run.weeks", 6, 8, name="weeks")]
    run(begun(folder, small(vary=varied, record=RECORD, scenarios=["everyday", "experts"])))
    return open_results(folder)


def test_there_is_one_row_a_run_with_all_its_labels(results):
    frame = results.frame
    assert len(frame) == 2 * 4 * 3 * 2
    assert not frame.duplicated(["scenario", "point", "replication", "style"]).any()
    assert set(frame.columns) == {
        "scenario", "style", "point", "replication", "seed", "size", "weeks", "error", *results.study.record.columns,
    }  # fmt: skip
    assert frame["size"].dtype == frame["weeks"].dtype == "int64"
    assert frame.loc[frame["point"] == 3, ["size", "weeks"]].to_numpy().tolist() == [[6, 8]] * 12
    assert frame.loc[frame["point"] == 3, "headcount_final"].le(6).all()


def test_the_arrays_hold_what_the_rows_hold(results):
    runs = results.runs
    assert runs["morale"].dims == ("scenario", "point", "style", "replication")
    assert runs["size"].to_numpy().tolist() == [4, 4, 6, 6]
    for _, row in results.frame.iterrows():
        here = runs.sel(
            scenario=row["scenario"], point=row["point"], style=row["style"], replication=row["replication"]
        )
        assert here["output_early"].item() == row["output_early"]
    assert runs["output"].attrs["units"]


def test_weeks_end_where_the_run_ends(results):
    weekly = results.weekly
    assert weekly["morale"].sizes["week"] == 8
    assert np.isnan(weekly["morale"].sel(point=0, week=[7, 8])).all()
    assert not np.isnan(weekly["morale"].sel(point=1)).any()
    last = weekly["morale"].sel(point=1, week=8).transpose("scenario", "style", "replication")
    assert np.array_equal(last, results.runs["morale_final"].sel(point=1).transpose(*last.dims))


def test_people_are_as_they_were_after_the_last_week(results):
    people = results.people
    run_keys = ["scenario", "point", "style", "replication"]
    employed = people[people["employed"]].groupby(run_keys)
    means = employed["competence"].mean()
    final = results.frame.set_index(run_keys)["competence_final"]
    assert set(people["team"]) == {1}
    assert (employed.size() <= 6).all()
    assert np.corrcoef(means, final.loc[means.index])[0, 1] > 0.9


def test_the_points_of_the_design_are_a_table(results):
    assert results.points.to_dict("list") == {"size": [4, 4, 6, 6], "weeks": [6, 8, 6, 8]}
    assert results.unit is None
    with pytest.raises(sim.InputError, match=r"factorial.*not sampled"):
        _ = results.problem


def test_what_was_not_recorded_is_explained(tmp_path):
    run(begun(tmp_path / "results", small()))
    opened = open_results(tmp_path / "results")
    with pytest.raises(sim.InputError, match="`weekly = true`"):
        _ = opened.weekly
    with pytest.raises(sim.InputError, match="`people = true`"):
        _ = opened.people


def test_a_sampled_design_comes_with_what_its_analysis_needs(tmp_path):
    varied = [vary("market.urgency", low=0.2, high=0.8), vary("teams[1].size", low=4, high=8, name="size")]
    folder = begun(tmp_path / "results", small(design={"kind": "sobol", "base": 4, "vary": varied}, replications=2))
    run(folder)
    opened = open_results(folder.path)
    assert opened.problem == {"num_vars": 2, "names": ["market.urgency", "size"], "bounds": [[0.0, 1.0]] * 2}
    assert opened.unit.shape == (16, 2)
    assert np.allclose(0.2 + 0.6 * opened.unit[:, 0], opened.points["market.urgency"])
    assert (tmp_path / "results/summary.csv").read_text().count("democratic,morale,whole") == 1


def test_the_summary_is_the_mean_of_each_style_at_each_point(results):
    table = pd.read_csv(results.path / "summary.csv")
    assert list(table.columns[:5]) == ["scenario", "point", "size", "weeks", "style"]
    for (scenario, point, style), rows in results.frame.groupby(["scenario", "point", "style"]):
        here = table[(table["scenario"] == scenario) & (table["point"] == point) & (table["style"] == style)]
        for metric, window, column in (("morale", "whole", "morale"), ("output", "early", "output_early")):
            (row,) = here[(here["metric"] == metric) & (here["window"] == window)].to_dict("records")
            expected = mean_interval(rows[column].to_numpy())
            assert np.allclose([row[name] for name in expected._fields], [float(part) for part in expected])


def test_the_summary_is_the_same_however_the_rows_are_grouped(results, monkeypatch, tmp_path):
    whole = study_summary(results)
    monkeypatch.setattr(results_folder, "GROUP_ROWS", 7)
    folder = begun(tmp_path / "results", results.resolved)
    run(folder)
    parts = study_summary(open_results(folder.path))
    pd.testing.assert_frame_equal(whole, parts, rtol=1e-12)
