"""A calibration is run like a study: interrupted, resumed, verified, on threads or processes, to the same sets."""

import json
import os
import shutil
import signal
import subprocess

import pandas as pd
import pyarrow.compute as pc
import pytest
from pyarrow import parquet

import sim
from sim.analysis import evidence
from sim.analysis.calibration import figures
from sim.analysis.calibration.plan import CalibrationPlan, known_in
from sim.study.results_folder import Folder
from sim.study.status import status_of
from sim.study.verify import verify
from tests.analysis.calibration.settings import NAMES, quick, two_patterns
from tests.processes import exit_status, pool


def plan():
    return CalibrationPlan.begin(quick(), two_patterns())


@pytest.fixture(scope="module")
def whole(calibrated):
    """Run in one go."""
    return calibrated


RUNS = (24 + 6) + (20 + 6) + (20 + 6) + 2 * 5 + 2 * 2
"""Of the design, one wave, and the sets kept, six of each in a second world; judges of two groups; two candidates."""


def found_in(results):
    return [(results.path / name).read_bytes() for name in ("posterior.parquet", "best.json", "calibration.json")]


def test_it_runs_to_its_end_and_leaves_sets_and_a_page(whole):
    assert whole.manifest["runs"] == RUNS
    table = pd.read_parquet(whole.path / "posterior.parquet")
    assert list(table.columns) == ["misfit", "passed", *NAMES]
    assert len(table) == 20
    judges = json.loads((whole.path / "best.json").read_text(encoding="utf-8"))
    assert {group: len(sets) for group, sets in judges.items()} == {"": 1, "turnover": 5, "people": 5}
    assert {tuple(values) for sets in judges.values() for values in sets} == {tuple(NAMES)}
    assert "# Calibration" in (whole.path / "report.md").read_text(encoding="utf-8")
    frame = whole.frame
    assert list(dict.fromkeys(frame["stage"])) == ["design", "wave 1", "posterior", "judges", "best"]
    assert frame["error"].isna().all()
    assert frame.groupby(["stage", "number", "left_out"])["replication"].nunique().isin([1, 2]).all()
    assert frame["replication"].min() > 1000  # in worlds that the patterns are not judged in
    assert list(whole.points.columns) == ["stage", "number", "left_out", *NAMES]
    assert set(whole.runs) == {"C9.percent_a_month", "C8.r"}


def test_what_was_found_is_written_down(whole):
    found = json.loads((whole.path / "calibration.json").read_text(encoding="utf-8"))
    assert [row["pattern"] for row in found["figures"]] == ["C8", "C9"]
    assert {row["name"] for row in found["parameters"]} == {row["name"] for row in found["moves"]} == set(NAMES)
    assert found["check"]["truths"] == 2
    assert found["moves"][0]["name"] == "quit_base"


@pytest.mark.thorough
def test_other_processes_find_the_same(whole, tmp_path):
    """Those of a cluster do, too (tests/study/test_cluster.py)."""
    with pool(2) as executor:
        again = sim.run_experiment(plan(), tmp_path / "results", workers=2, executor=executor)
    assert again.frame.equals(whole.frame)
    assert found_in(again) == found_in(whole)


def killed(folder, after):
    def stop(done, total):
        if done == after:
            os.kill(os.getpid(), signal.SIGKILL)

    sim.run_experiment(plan(), folder, workers=1, progress=stop)


def test_one_that_is_killed_twice_goes_on_to_the_same_end(whole, tmp_path):
    shown = {12: RUNS - 12, 68: RUNS}  # how many sets a wave runs twice is known when it is drawn
    for after, runs in shown.items():
        assert exit_status(killed, tmp_path / "results", after) == -signal.SIGKILL
        status = status_of(tmp_path / "results")
        assert (status.runs_done, status.runs) == (after, runs)
        with pytest.raises(sim.InputError, match="not finished"):  # though the rows of earlier rounds are there
            sim.open_results(tmp_path / "results")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "results/chunks").iterdir()}
    again = sim.resume_experiment(tmp_path / "results")
    assert times == {path: path.stat().st_mtime_ns for path in times}
    assert again.frame.equals(whole.frame)
    assert found_in(again) == found_in(whole)


def test_it_is_verified_like_any_results(whole, tmp_path):
    assert verify(whole.path, sample=4, seed=1).faults == ()
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", whole.path, copy], check=True)
    next((copy / "chunks").iterdir()).write_bytes(b"")
    assert len(verify(copy).faults) == 1


def chunk_of(folder, stage):
    """The first file of a stage."""
    for path in sorted((folder / "chunks").iterdir()):
        if parquet.read_table(path).slice(0, 1).to_pylist()[0]["stage"] == stage:
            return path
    raise AssertionError(stage)


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-20])


def other_figures(path):
    table = parquet.read_table(path)
    name = table.column_names[-1]
    values = pc.multiply(table[name], 100.0)
    parquet.write_table(table.set_column(len(table.column_names) - 1, name, values), path)


@pytest.mark.parametrize("harm", [cut_off, other_figures])
def test_damaged_chunks_of_any_round_are_made_anew_and_what_follows_from_them_is_right(whole, tmp_path, harm):
    copy = tmp_path / "copy"
    shutil.copytree(whole.path, copy)
    victims = [chunk_of(copy, stage) for stage in ("design", "wave 1", "judges", "best")]
    for victim in victims:
        harm(victim)
    assert Folder.at(copy).damaged() == sorted(victim.name for victim in victims)
    again = sim.resume_experiment(copy)
    assert again.frame.equals(whole.frame)
    assert found_in(again) == found_in(whole)
    assert verify(copy, sample=2, seed=1).faults == ()
    assert {path.name for path in (copy / "chunks").iterdir()} == {
        path.name for path in (whole.path / "chunks").iterdir()
    }


def test_a_folder_of_another_calibration_is_refused(whole, tmp_path):
    other = quick(seed=2)
    with pytest.raises(sim.InputError, match="holds the results of another study"):
        sim.run_experiment(CalibrationPlan.begin(other, two_patterns()), whole.path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    with pytest.raises(sim.InputError, match="there is something else already"):
        sim.run_experiment(plan(), tmp_path / "mine")


def test_a_set_that_cannot_be_run_is_a_row_with_its_error_and_not_the_end(whole, tmp_path, monkeypatch):
    figures_of, asked = evidence.figures_of, []

    def breaking(*arguments, **more):
        asked.append(arguments)
        if len(asked) == 4:
            raise ZeroDivisionError("broken")
        return figures_of(*arguments, **more)

    monkeypatch.setattr(figures, "figures_of", breaking)
    copy = tmp_path / "copy"
    shutil.copytree(whole.path, copy)
    cut_off(chunk_of(copy, "design"))
    (copy / "report.md").unlink()
    results = sim.resume_experiment(copy, workers=1)
    assert results.frame["error"].dropna().tolist() == ["ZeroDivisionError: broken"]
    folder = Folder.at(results.path)
    found = folder.plan()
    assert isinstance(found, CalibrationPlan)
    assert len(known_in(folder, found).points) == RUNS - 1
    assert (results.path / "report.md").is_file()


def test_a_damaged_table_of_sets_is_one_clear_error(whole, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(whole.path, copy)
    (copy / "sets" / "1.parquet").write_bytes(b"nothing")
    with pytest.raises(sim.InputError, match=r"1.parquet: damaged.* Take it and those with higher numbers away"):
        sim.resume_experiment(copy)
    for path in (copy / "sets").iterdir():
        path.unlink()
    again = sim.resume_experiment(copy)
    assert again.frame.equals(whole.frame)
