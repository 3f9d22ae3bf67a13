"""Running: the same bits however it is done and however often it is interrupted; nothing is lost or done twice."""

import errno
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.analysis.study.registry import ANALYSES, Analysis
from sim.analysis.summary import run_values
from sim.model import engine
from sim.run import pool
from sim.study import execute, jobs, results_folder
from sim.study.results import open_results
from sim.view.study.run import resume_experiment, run_experiment
from tests.processes import exit_status
from tests.processes import pool as pool_of_processes
from tests.study.studies import SMALL, begun, plan_in, run, small, vary

STUDY: dict[str, Any] = {
    "scenarios": ["everyday", "startup"],
    "weeks": None,
    "changes": {"run": {"weeks": 60}},
    "vary": [vary("market.urgency", 0.1, 0.9), vary("leader.hours", 10.0, 30.0)],
    "record": {"windows": {"early": [1, 3]}, "final": True},
}


def digest(folder):
    """Of everything that a reader of results looks at."""
    names = ("results.parquet", "summary.csv", "points.parquet")
    return [hashlib.sha256((folder.path / name).read_bytes()).hexdigest() for name in names]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The study run in one thread and in one go."""
    folder = begun(tmp_path_factory.mktemp("reference") / "results", small(**STUDY))
    run(folder, workers=1)
    return folder


@pytest.mark.parametrize("chunk_work", [2_500.0, 40_000.0, 1e9])
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_same_bits_with_any_number_of_threads_and_any_size_of_chunks(tmp_path, reference, workers, chunk_work):
    folder = begun(tmp_path / "results", small(**STUDY), chunk_work)
    run(folder, workers)
    assert digest(folder) == digest(reference)


def test_the_same_bits_in_other_processes(tmp_path, reference):
    folder = begun(tmp_path / "results", small(**STUDY))
    with pool_of_processes(2) as executor:
        run(folder, 2, executor)
    assert digest(folder) == digest(reference)


def test_the_rows_are_those_of_a_comparison(reference):
    frame = open_results(reference.path).frame
    study = small(**STUDY)
    for situation in study.situations:
        for point, row in enumerate(study.points.rows):
            scenario = situation.at(situation.values(row))
            ds = sim.compare(scenario, SMALL["styles"], 3, workers=1)
            here = frame[(frame["scenario"] == scenario.name) & (frame["point"] == point)]
            assert set(zip(here["market.urgency"], here["leader.hours"], strict=True)) == {row}
            expected = run_values(ds, ["morale", "output"]).transpose("replication", "style", "metric").to_numpy()
            assert np.allclose(here[["morale", "output"]], expected.reshape(-1, 2), rtol=1e-12)
    assert frame["error"].isna().all()


class StopsAfter:
    """Progress that ends the run, in some way, once it has gone on a little."""

    def __init__(self, calls, end):
        self.calls, self.end = calls, end

    def __call__(self, done, total):
        self.calls -= 1
        if self.calls == 0:
            self.end()


def interrupt():
    raise KeyboardInterrupt


def test_after_ctrl_c_nothing_is_lost_and_nothing_is_done_twice(tmp_path, reference, monkeypatch):
    folder = begun(tmp_path / "results", small(**STUDY))
    with pytest.raises(KeyboardInterrupt):
        run(folder, 2, progress=StopsAfter(4, interrupt))
    plan = folder.plan()
    kept = folder.stored(plan).chunks
    assert 3 <= len(kept) < len(plan.chunks)
    times = {path: path.stat().st_mtime_ns for files in kept.values() for path in files.values()}
    done = run(folder)
    assert (done.found, done.ran) == (len(kept), len(plan.chunks) - len(kept))
    assert times == {path: path.stat().st_mtime_ns for path in times}
    assert digest(folder) == digest(reference)
    assert run(folder) == (len(plan.chunks), 0, (), ())


def killed_after_a_while(path):
    run(begun(path, small(**STUDY)), 2, progress=StopsAfter(5, lambda: os.kill(os.getpid(), signal.SIGKILL)))


def test_after_a_killed_process_nothing_is_lost(tmp_path, reference):
    assert exit_status(killed_after_a_while, tmp_path / "results") == -signal.SIGKILL
    folder = results_folder.Folder.at(tmp_path / "results")
    kept = len(folder.stored(folder.plan()).chunks)
    assert kept >= 4
    assert run(folder).found == kept
    assert digest(folder) == digest(reference)
    assert [path.name for path in folder.path.rglob(".*")] == [".lock"]


def test_a_full_disk_is_one_clear_error_and_what_is_done_is_kept(tmp_path, reference, monkeypatch):
    folder = begun(tmp_path / "results", small(**STUDY))
    left = [3]

    def sync(handle, fsync=os.fsync):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(sim.InputError, match=r"No space left on device.*3 of 16 chunks are kept.*teamsim resume"):
        run(folder, 1)
    monkeypatch.undo()
    assert not list(folder.path.glob("chunks/.*")), "no half-written file is left"
    assert run(folder).found == 3
    assert digest(folder) == digest(reference)


FULL = """
set -e
mkdir {folder}
mount -t tmpfs -o size=300k tmpfs {folder}
cd {root}
{python} -c "
import subprocess, sim
from tests.study.studies import begun, run, small
from tests.study.test_execute import STUDY
folder = begun('{folder}/results', small(**STUDY, replications=40), 40_000)
try:
    run(folder, 1)
except sim.InputError as error:
    print('FULL', error)
subprocess.run(['mount', '-o', 'remount,size=30m', '{folder}'], check=True)
print('FOUND', sim.resume_experiment('{folder}/results', workers=1).frame['error'].isna().sum())
"
"""


def may_mount():
    if not shutil.which("unshare"):
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="needs leave to mount a small disk")
def test_a_disk_that_is_really_full(tmp_path):
    script = FULL.format(folder=tmp_path / "disk", root=Path(__file__).parents[2], python=sys.executable)
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "FULL" in done.stdout
    assert "No space left on device" in done.stdout
    assert "FOUND 640" in done.stdout


def go_on_where_files_stay_small(path):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
    with pytest.raises(sim.InputError, match=r"File too large.*0 of 16 chunks are kept"):
        resume_experiment(path)


def test_files_that_may_not_grow_are_one_clear_error(tmp_path):
    begun(tmp_path / "results", small(**STUDY))
    assert exit_status(go_on_where_files_stay_small, tmp_path / "results") == 0


def test_a_failing_run_is_a_row_with_its_error_and_not_the_end(tmp_path, reference, monkeypatch):
    advance = engine.advance

    def breaking(world, timetable, block, blueprint, *rest):
        if timetable.names == ("democratic",) and blueprint.scenario.market.urgency == 0.9:
            raise ZeroDivisionError("broken")
        if len(timetable.names) > 1 and blueprint.scenario.market.urgency == 0.9:
            raise ZeroDivisionError("broken")
        advance(world, timetable, block, blueprint, *rest)

    monkeypatch.setattr(engine, "advance", breaking)
    folder = begun(tmp_path / "results", small(**STUDY))
    run(folder)
    frame, whole = open_results(folder.path).frame, open_results(reference.path).frame
    lost = (frame["market.urgency"] == 0.9) & (frame["style"] == "democratic")
    assert set(frame.loc[lost, "error"]) == {"ZeroDivisionError: broken"}
    assert frame.loc[lost, "morale"].isna().all()
    assert frame.loc[~lost, "error"].isna().all()
    assert frame[~lost].equals(whole[~lost])
    assert folder.manifest["failed"] == lost.sum()


def test_values_that_do_not_go_together_fail_alone(tmp_path):
    changes = {"events": [{"event": "growth", "week": 2, "people": 2}]}
    both = [vary("teams[1].size", 12, 22), vary("events.growth.people", 2, 8)]
    folder = begun(tmp_path / "results", small(changes=changes, vary=both))
    run(folder)
    frame = open_results(folder.path).frame
    failed = frame[frame["error"].notna()]
    assert set(failed["point"]) == {3}
    assert "30 people in team" in failed["error"].iloc[0]


def test_a_parameter_out_of_its_bounds_fails_alone(tmp_path):
    (tmp_path / "points.csv").write_text("parameters.contagion\n0.1\n0.2\n")
    folder = begun(tmp_path / "results", small(tmp_path, design={"kind": "table", "file": "points.csv"}))
    plan = plan_in(folder)
    object.__setattr__(plan.resolved.points, "rows", ((0.1,), (7.0,)))
    finished = jobs.run_job(plan.job(plan.chunks[-1]))
    assert finished.failed == finished.runs


def test_workers_that_die_are_one_clear_error_and_what_is_done_is_kept(tmp_path, reference):
    folder = begun(tmp_path / "results", small(**STUDY))
    with pool_of_processes(1) as executor:

        def kill():
            for process in active_children():
                process.kill()

        with pytest.raises(sim.InputError, match=r"the workers cannot go on.*chunks are kept.*teamsim resume"):
            run(folder, 1, executor, StopsAfter(4, kill))
    assert len(folder.stored(folder.plan()).chunks) >= 3
    run(folder)
    assert digest(folder) == digest(reference)


def test_an_executor_that_takes_no_more_work_is_one_clear_error(tmp_path):
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(sim.InputError, match="the workers cannot go on"):
        run(begun(tmp_path / "results", small()), 1, executor)


def test_running_out_of_memory_ends_the_study_and_keeps_what_is_done(tmp_path, monkeypatch):
    warmed_up: list[object] = []

    def greedy(job):
        if warmed_up:
            raise MemoryError
        warmed_up.append(jobs.run_job(job))

    folder = begun(tmp_path / "results", small())
    monkeypatch.setattr(execute, "run_job", greedy)
    with pytest.raises(MemoryError):
        run(folder)


class Counting(ThreadPoolExecutor):
    """Counts the tasks that are handed out and not yet done."""

    def __init__(self):
        super().__init__(1)
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def submit(self, *given, **named):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        future: Future[object] = super().submit(*given, **named)
        future.add_done_callback(self._done)
        return future

    def _done(self, future):
        with self.lock:
            self.now -= 1


def test_chunks_are_handed_out_a_few_at_a_time_so_that_memory_stays_flat(tmp_path):
    with Counting() as executor:
        done = run(begun(tmp_path / "results", small(**STUDY, replications=5), 1_000), 2, executor)
    assert done.ran > 5 * pool.AHEAD
    assert executor.most <= 2 * pool.AHEAD


def test_progress_says_how_many_runs_are_done(tmp_path):
    reports = []
    folder = begun(tmp_path / "results", small(**STUDY))
    run(folder, progress=lambda done, total: reports.append((done, total)))
    assert reports[0][0] == 0
    assert reports[-1] == (folder.plan().all_runs,) * 2
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)


def test_a_study_can_be_run_in_one_call_and_taken_up_again(tmp_path):
    results = run_experiment({**SMALL, "title": "One call"}, tmp_path / "deep" / "results")
    assert len(results.frame) == 6
    assert resume_experiment(tmp_path / "deep" / "results").frame.equals(results.frame)
    assert run_experiment(small(), tmp_path / "deep" / "results").frame.equals(results.frame)


def test_the_analyses_that_a_study_asks_for_are_computed(tmp_path, monkeypatch):
    def counts(results):
        return {"counts": results.frame[["style"]].value_counts().reset_index()}

    analysis = Analysis("counts", "how many rows", counts)
    monkeypatch.setitem(ANALYSES, "counts", analysis)
    run_experiment({**SMALL, "analyses": ["counts"]}, tmp_path / "results")
    assert (tmp_path / "results/tables/counts.csv").read_text().splitlines()[1] == "autocratic,3"
    with pytest.raises(sim.InputError, match=r'analyses\[1\]: unknown analysis "count"; did you mean "counts"'):
        run_experiment({**SMALL, "analyses": ["count"]}, tmp_path / "other")


def test_ctrl_c_while_a_chunk_is_kept_loses_neither_it_nor_those_in_progress(tmp_path, monkeypatch):
    folder = begun(tmp_path / "results", small(**STUDY))
    keep, kept = folder.keep, []

    def interrupted_once(key, files):
        kept.append(key)
        if len(kept) == 1:
            raise KeyboardInterrupt
        keep(key, files)

    monkeypatch.setattr(folder, "keep", interrupted_once)
    with pytest.raises(KeyboardInterrupt):
        run(folder, workers=2)
    assert kept[0] == kept[1]
    assert len(set(kept)) >= 2
    assert len(folder.stored(folder.plan()).chunks) == len(set(kept))
