"""Verifying: sound results pass, and every way in which they may have been changed is found."""

import os

import pytest

import sim
from sim.study import jobs, results_folder
from sim.study.results_folder import Folder
from sim.study.verify import verify
from tests.study.studies import begun, run, small, vary


@pytest.fixture
def folder(tmp_path):
    record = {"final": True, "weekly": True, "people": True, "windows": {"early": [1, 2]}}
    folder = begun(tmp_path / "results", small(vary=[vary("market.urgency", 0.1, 0.9)], record=record))
    run(folder)
    return folder


def test_sound_results_pass(folder):
    found = verify(folder.path, sample=100)
    assert found.faults == ()
    assert found.rows == 12
    assert found.files > 5


@pytest.mark.parametrize(
    "pattern", ["results.parquet", "summary.csv", "study.toml", "scenarios/*", "chunks/*.people.*"]
)
def test_a_changed_or_missing_file_is_named(folder, pattern):
    victim = next(folder.path.glob(pattern))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    name = victim.relative_to(folder.path).as_posix()
    assert verify(folder.path).faults == (f"{name}: not as it was written",)
    victim.unlink()
    assert verify(folder.path).faults == (f"{name}: missing",)


@pytest.mark.parametrize("pattern", ["results.parquet", "summary.csv", "chunks/*.people.*", "chunks/*.runs.*"])
@pytest.mark.parametrize("gone", [True, False])
def test_whatever_is_missing_or_altered_is_made_anew(folder, pattern, gone):
    victim = next(folder.path.glob(pattern))
    before = victim.read_bytes()
    if gone:
        victim.unlink()
    else:
        victim.write_bytes(before[:-7] + b"altered")
    done = run(Folder.at(folder.path))
    assert (done.remade, done.ran) == (((pattern,), 0) if "*" not in pattern else ((), 1))
    assert victim.read_bytes() == before
    assert verify(folder.path, sample=3).faults == ()
    assert run(Folder.at(folder.path)).remade == ()


def test_what_a_killed_process_was_writing_is_removed(folder):
    left = [folder.path / ".results-ab_c1d2f.parquet", folder.path / "chunks/.0123.runs-abcdefgh.parquet"]
    kept = folder.path / ".my-notes.txt"
    for path in (*left, kept):
        path.write_text("half")
    run(Folder.at(folder.path))
    assert not any(path.exists() for path in left)
    assert kept.exists()


def test_a_folder_that_a_killed_process_was_making_is_removed(tmp_path):
    old, new = tmp_path / ".results-abcdefgh", tmp_path / ".results-ijklmnop"
    for path in (old, new):
        path.mkdir()
    os.utime(old, (0, 0))
    begun(tmp_path / "results", small())
    assert (old.exists(), new.exists()) == (False, True)


def test_rows_that_come_out_differently_are_named(folder, monkeypatch):
    """Rows altered in the last bit, with every digest made anew, as a forger would."""
    import pyarrow as pa
    from pyarrow import parquet

    path = folder.path / results_folder.RESULTS
    table = parquet.read_table(path)
    morale = table["morale"].to_numpy().copy()
    morale[5] += 1e-16 if morale[5] < 0.1 else 1.2e-16
    place = table.column_names.index("morale")
    parquet.write_table(table.set_column(place, "morale", pa.array(morale)), path)
    folder.seal()
    (fault,) = verify(folder.path, sample=100).faults
    assert "style democratic, point 0, replication 2" in fault
    assert "comes out differently" in fault


def test_only_some_runs_are_done_again_and_the_seed_says_which(folder, monkeypatch):
    from sim.study import verify as module

    seen = []
    again = jobs.run_job

    def noted(job):
        seen.append((job.first_point, job.replications))
        return again(job)

    monkeypatch.setattr(module, "run_job", noted)
    assert verify(folder.path, sample=2, seed=3).rows == 2
    first = seen.copy()
    verify(folder.path, sample=2, seed=3)
    assert seen == first * 2
    assert verify(folder.path, sample=0).rows == 0


def test_unfinished_results_and_another_model_are_explained(folder, tmp_path, monkeypatch):
    with pytest.raises(sim.InputError, match="not finished"):
        verify(begun(tmp_path / "other", small()).path)
    monkeypatch.setattr(results_folder, "fingerprint", lambda: "another")
    with pytest.raises(sim.InputError, match="another version of the model"):
        verify(folder.path)
