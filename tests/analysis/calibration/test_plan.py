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
from sim.analysis.calibration.misfit import FAILED
from sim.analysis.calibration.plan import CalibrationPlan, judged_in
from sim.study.results_folder import Folder
from sim.study.status import status_of
from sim.study.verify import verify
from tests.analysis.calibration.settings import NAMES, one_pattern, quick
from tests.processes import exit_status, pool


def plan():
    return CalibrationPlan.begin(quick(), one_pattern())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Run in one go."""
    return sim.run_experiment(plan(), tmp_path_factory.mktemp("whole") / "results", workers=1)


def sets_of(results):
    return json.loads((results.path / "sets.json").read_text(encoding="utf-8"))


def test_it_runs_to_its_end_and_leaves_sets_and_a_page(whole):
    assert whole.manifest["runs"] == whole.manifest["chunks"] == 2 * (12 + 1) + 2 * 2
    sets = sets_of(whole)
    table = pd.read_parquet(whole.path / "posterior.parquet")
    assert list(table.columns) == ["misfit", "passed", *NAMES]
    assert table["quit_base"].tolist() == [one["parameters"]["quit_base"] for one in sets]
    assert "# Calibration" in (whole.path / "report.md").read_text(encoding="utf-8")
    assert set(whole.frame["stage"]) == {"search", "draw", "final"}
    assert sorted(set(whole.frame.loc[whole.frame["stage"] == "final", "replication"])) == [3, 4]
    assert whole.frame["error"].isna().all()
    assert list(whole.points.columns) == ["stage", "number", *NAMES]
    assert set(whole.runs) == {"C9.percent_a_month"}


def test_other_processes_find_the_same(whole, tmp_path):
    with pool(2) as executor:
        again = sim.run_experiment(plan(), tmp_path / "results", workers=2, executor=executor)
    assert again.frame.equals(whole.frame)
    assert sets_of(again) == sets_of(whole)


def killed(folder, after):
    def stop(done, total):
        if done == after:
            os.kill(os.getpid(), signal.SIGKILL)

    sim.run_experiment(plan(), folder, workers=1, progress=stop)


@pytest.mark.parametrize("after", [3, 17])
def test_a_killed_one_goes_on_to_the_same_end(whole, tmp_path, after):
    assert exit_status(killed, tmp_path / "results", after) == -signal.SIGKILL
    status = status_of(tmp_path / "results")
    assert (status.runs_done, status.runs) == (after, 30)
    with pytest.raises(sim.InputError, match="not finished"):  # though the rows of earlier rounds are there
        sim.open_results(tmp_path / "results")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "results/chunks").iterdir()}
    again = sim.resume_experiment(tmp_path / "results")
    assert times == {path: path.stat().st_mtime_ns for path in times}
    assert again.frame.equals(whole.frame)
    assert sets_of(again) == sets_of(whole)


def test_it_is_verified_like_any_results(whole, tmp_path):
    assert verify(whole.path, sample=4, seed=1).faults == ()
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", whole.path, copy], check=True)
    next((copy / "chunks").iterdir()).write_bytes(b"")
    assert len(verify(copy).faults) == 1


def chunk_of(folder, stage, number):
    """The file of a set's first world."""
    for path in sorted((folder / "chunks").iterdir()):
        row = parquet.read_table(path).slice(0, 1).to_pylist()[0]
        if (row["stage"], row["number"]) == (stage, number):
            return path
    raise AssertionError((stage, number))


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
    victims = [chunk_of(copy, stage, number) for stage, number in (("search", 2), ("search", 8), ("final", 0))]
    for victim in victims:
        harm(victim)
    status = status_of(copy)
    assert status.finished is None
    assert status.runs_done < status.runs
    assert Folder.at(copy).damaged() == sorted(victim.name for victim in victims)
    again = sim.resume_experiment(copy)
    assert again.frame.equals(whole.frame)
    assert sets_of(again) == sets_of(whole)
    assert verify(copy, sample=2, seed=1).faults == ()
    assert {path.name for path in (copy / "chunks").iterdir()} == {
        path.name for path in (whole.path / "chunks").iterdir()
    }


def test_a_folder_of_another_calibration_is_refused(whole, tmp_path):
    other = quick()
    other = other.model_copy(update={"search": other.search.model_copy(update={"seed": 2})})
    with pytest.raises(sim.InputError, match="holds the results of another study"):
        sim.run_experiment(CalibrationPlan.begin(other, one_pattern()), whole.path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    with pytest.raises(sim.InputError, match="there is something else already"):
        sim.run_experiment(plan(), tmp_path / "mine")


def test_a_set_that_cannot_be_run_is_a_row_with_its_error_and_not_the_end(tmp_path, monkeypatch):
    figures_of, asked = evidence.figures_of, []

    def breaking(*arguments, **more):
        asked.append(arguments)
        if len(asked) == 4:
            raise ZeroDivisionError("broken")
        return figures_of(*arguments, **more)

    monkeypatch.setattr(figures, "figures_of", breaking)
    results = sim.run_experiment(plan(), tmp_path / "results", workers=1)
    assert results.frame["error"].dropna().tolist() == ["ZeroDivisionError: broken"]
    folder = Folder.at(results.path)
    found = folder.plan()
    assert isinstance(found, CalibrationPlan)
    misfits = [judged.misfit for judged in judged_in(folder, found).values()]
    assert misfits.count(FAILED) == 1
    assert all(one["misfit"] < FAILED for one in sets_of(results))
    assert os.path.isfile(results.path / "report.md")
