"""Series of teams and people, and files that other programs read."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import ttest_rel
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.scenario.load import shipped_folder
from sim.view.study.run import run_experiment
from tests.study.studies import small, vary

PAGE = (Path(__file__).parents[2] / "docs/studies.md").read_text(encoding="utf-8")
EVERYTHING = {"weekly": True, "people": True, "team_weeks": True, "person_weeks": True}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    keys: dict[str, Any] = {"scenarios": ["several-teams"], "weeks": 56, "vary": [vary("market.urgency", 0.1, 0.9)]}
    return run_experiment(small(record=EVERYTHING, **keys), tmp_path_factory.mktemp("export") / "results")


def test_teams_are_recorded_in_every_week_as_a_comparison_has_them(results):
    found = results.team_weeks.query("point == 1 and style == 'democratic'")
    scenario = results.resolved.situations[0].at({("market", "urgency"): 0.9})
    expected = sim.compare(scenario, ["democratic"], 3, teams=True)["team_morale"].to_numpy()
    mine = found.pivot_table("morale", ["replication", "week"], "team").to_numpy()
    assert np.allclose(mine, np.asarray(expected).reshape(mine.shape))


def test_people_are_recorded_in_every_week(results):
    found = results.person_weeks
    last = found[found["week"] == 56].sort_values(["point", "replication", "style", "position"])
    end = results.people.sort_values(["point", "replication", "style", "position"])
    assert len(last) == len(end)
    for name in ("position", "team"):  # counted alike, from 1
        assert np.array_equal(last[name], end[name])
        assert last[name].min() == 1
    assert (last.groupby("team")["position"].nunique() == end.groupby("team")["position"].nunique()).all()
    there = end["employed"].to_numpy()
    assert np.array_equal(last["employed"], there)
    assert np.allclose(last["morale"][there], end["morale"][there])
    # The company's morale is the mean of whoever is there; in other weeks somebody leaves or comes at the end.
    keys = ["point", "replication", "style", "week"]
    there = found.pivot_table("employed", keys, "position").astype(bool)
    settled = (there == there.groupby(level=keys[:-1]).shift(1)).all(axis=1)
    means = found[found["employed"]].groupby(keys)["morale"].mean()[settled]
    weekly = pd.concat(results.weekly_chunks()).set_index(keys)["morale"]
    assert settled.mean() > 0.5
    assert np.isclose(means, weekly.loc[means.index]).all()


@pytest.mark.parametrize(
    ("kind", "read"), [("csv", pd.read_csv), ("feather", pd.read_feather), ("parquet", pd.read_parquet)]
)
def test_files_hold_what_was_recorded(results, tmp_path, kind, read):
    done = CliRunner().invoke(app, ["export", str(results.path), str(tmp_path / "files"), "--as", kind])
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "files").iterdir()} == {
        f"{what}.{kind}" for what in ("runs", "weeks", "people", "teams", "persons")
    }
    runs = read(tmp_path / f"files/runs.{kind}")
    assert_frame_equal(runs, results.frame, check_dtype=kind != "csv")
    assert len(read(tmp_path / f"files/persons.{kind}")) == len(results.person_weeks)


def test_another_kind_of_file_is_explained(results, tmp_path):
    done = CliRunner().invoke(app, ["export", str(results.path), str(tmp_path), "--as", "xlsx"])
    assert done.exit_code == 2
    assert "allowed are csv, feather, parquet" in done.stderr


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here")
def test_the_r_on_the_page_gives_the_paired_t_test(tmp_path):
    results = run_experiment(small(replications=12), tmp_path / "results/mine")
    results.export(tmp_path / "files")
    (code,) = re.findall(r"```r\n(.*?)```", PAGE, re.DOTALL)
    done = subprocess.run(["Rscript", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    wide = results.frame.pivot_table("morale", "replication", "style")
    expected = ttest_rel(wide["autocratic"], wide["democratic"])
    assert f"df = {expected.df:.0f}" in done.stdout
    assert f"t = {expected.statistic:.4g}" in done.stdout


def test_no_text_of_an_exported_table_is_a_formula(tmp_path):
    (tmp_path / "=cmd.toml").write_text((shipped_folder() / "everyday.toml").read_text("utf-8"), encoding="utf-8")
    study = small(tmp_path, scenarios=["./=cmd.toml"], replications=1, weeks=2)
    (written,) = run_experiment(study, tmp_path / "results").export(tmp_path / "out")
    rows = pd.read_csv(written)
    assert set(rows["scenario"]) == {"'=cmd"}
    assert set(rows["style"]) == {"autocratic", "democratic"}
    assert rows["morale"].notna().all()
