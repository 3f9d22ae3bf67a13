"""A real Dask scheduler with two worker processes, one of which is killed; and schedulers that are of no use."""

import os
import signal
import socket
import sys

import pytest
import tomli_w
from typer.testing import CliRunner

import sim
from sim.analysis.claims import study as claims_study
from sim.cli import app
from sim.study import cluster
from sim.study.cluster import dask_workers
from sim.study.jobs import fingerprint
from sim.study.verify import verify
from sim.view.study import catalog
from tests.analysis.calibration.settings import quick, two_patterns
from tests.analysis.claims.files import CLAIMS
from tests.study.studies import begun, run, small
from tests.study.test_execute import STUDY, digest

distributed = pytest.importorskip("distributed")
pytest.importorskip("dask").config.set({"distributed.worker.multiprocessing-method": "forkserver"})  # begins sooner


def local_cluster(workers, processes=True):
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=processes, dashboard_address=":0", silence_logs=50
    )


@pytest.fixture(scope="module")
def scheduler():
    """A scheduler with two worker processes."""
    with local_cluster(2) as local:
        yield local


def test_the_same_bits_when_a_worker_is_killed_during_the_run(tmp_path, scheduler):
    reference = begun(tmp_path / "reference", small(**STUDY))
    run(reference)
    folder = begun(tmp_path / "results", small(**STUDY))
    with distributed.Client(scheduler.scheduler_address) as client:
        processes = set(client.run(os.getpid).values())
        killed: list[int] = []

        def kill_one(done, total):
            if done and not killed:
                killed.append(min(processes))
                os.kill(killed[0], signal.SIGKILL)

        with dask_workers(scheduler.scheduler_address) as workers:
            assert workers.at_once == 2
            run(folder, workers.at_once, workers.executor, kill_one)
        client.wait_for_workers(2)
        assert killed
        assert killed[0] not in client.run(os.getpid).values()
    assert digest(folder) == digest(reference)


def test_workers_with_another_model_are_refused(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "fingerprint", _other_on_this_side(fingerprint))
    with pytest.raises(sim.InputError, match="another version of the model"), dask_workers(scheduler.scheduler_address):
        pass


def _other_on_this_side(function):
    """Another fingerprint when it is called here; workers are sent the function by its name and give their own."""

    class Other:
        def __call__(self):
            return "another"

        def __reduce__(self):
            return (getattr, (sys.modules[function.__module__], function.__name__))

    return Other()


def test_a_scheduler_that_cannot_be_reached_is_explained(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "nonsense://x", "tcp://no.such.host.invalid:1"):
        with pytest.raises(sim.InputError, match=r"--dask: the scheduler .* cannot be reached"), dask_workers(address):
            pass


def test_a_scheduler_without_workers_is_explained():
    with (
        local_cluster(0) as empty,
        pytest.raises(sim.InputError, match="has no workers"),
        dask_workers(empty.scheduler_address, joining=0.2),
    ):
        pass


def test_a_scheduler_that_goes_away_is_one_clear_error_and_what_is_done_is_kept(tmp_path, scheduler):
    folder = begun(tmp_path / "results", small(**STUDY))
    with local_cluster(1, processes=False) as doomed, dask_workers(doomed.scheduler_address) as workers:

        def leave(done, total):
            if done:
                doomed.close()

        with pytest.raises(sim.InputError, match=r"the workers cannot go on.*chunks are kept"):
            run(folder, workers.at_once, workers.executor, leave)
    assert run(folder).found > 0


def test_the_command_runs_on_a_cluster(tmp_path, scheduler):
    (tmp_path / "mine.toml").write_text('title = "Mine"\nstyles = ["agile"]\nreplications = 3\nweeks = 5\n')
    words = ["run", str(tmp_path / "mine.toml"), "--out", str(tmp_path / "out"), "--dask", scheduler.scheduler_address]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert len(sim.open_results(tmp_path / "out").frame) == 3


def test_claims_and_a_calibration_run_on_a_cluster_too(tmp_path, scheduler, monkeypatch, calibrated):
    monkeypatch.setattr(claims_study, "DRAWS", 1)
    monkeypatch.setattr(catalog, "load_patterns", two_patterns)
    (tmp_path / "claims.toml").write_text(CLAIMS.split('[[claims]]\nid = "A2"')[0])
    (tmp_path / "calibration.toml").write_text(tomli_w.dumps(quick().model_dump()))
    for name in ("claims", "calibration"):
        file, out = str(tmp_path / f"{name}.toml"), tmp_path / name
        done = CliRunner().invoke(app, ["run", file, "--out", str(out), "--dask", scheduler.scheduler_address])
        assert done.exit_code == 0, done.output
        assert verify(out, sample=2).faults == ()
    assert sim.open_results(tmp_path / "calibration").frame.equals(calibrated.frame)
    for name in ("posterior.parquet", "best.json"):
        assert (tmp_path / "calibration" / name).read_bytes() == (calibrated.path / name).read_bytes()


def test_without_dask_one_is_told_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(sim.InputError, match=r"pip install .*teamsim\[cluster\]"), dask_workers("local"):
        pass
