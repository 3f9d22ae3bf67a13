"""Results come back from their files as they went in, and files are written whole or not at all."""

import csv
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from sim.results import ENDINGS, check_writable, load, save, to_frame, written_whole
from sim.scenario.problems import InputError
from tests.analysis.synthetic import make_results


@pytest.fixture
def ds():
    made = make_results(styles=("b", "a"), replications=3, weeks=4, seed=7)
    made["decision_delay"][1, 2, 3] = np.nan
    return made


def test_rows_say_where_they_come_from(ds):
    frame = to_frame(ds)
    assert list(frame.columns) == ["scenario", "style", "replication", "seed", "week", *ds.data_vars]
    assert len(frame) == 2 * 3 * 4
    row = frame.iloc[-1]
    assert row[["scenario", "style", "replication", "seed", "week"]].tolist() == ["everyday", "a", 2, 7, 4]
    assert row["morale"] == ds["morale"].to_numpy()[1, 2, 3]
    assert np.isnan(row["decision_delay"])


def test_parquet_gives_back_what_was_saved(ds, tmp_path):
    save(ds, tmp_path / "runs.parquet")
    assert load(tmp_path / "runs.parquet").identical(ds)


def test_csv_holds_every_number_in_full_and_gaps_empty(ds, tmp_path):
    save(ds, tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["style"] for row in rows[::12]] == ["b", "a"]
    np.testing.assert_array_equal([float(row["morale"]) for row in rows], ds["morale"].to_numpy().ravel())
    assert rows[-1]["decision_delay"] == ""


def test_any_order_of_dimensions_gives_the_same_rows(ds):
    assert to_frame(ds.transpose("week", "style", "replication")).equals(to_frame(ds))


@pytest.mark.parametrize("name", ["runs", "runs.xlsx", "runs.csv.gz"])
def test_unknown_ending(ds, tmp_path, name):
    with pytest.raises(InputError, match=r"allowed are \.csv, \.parquet"):
        save(ds, tmp_path / name)


def test_missing_folder(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        check_writable(tmp_path / "no" / "runs.csv", ENDINGS)


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "runs.csv").mkdir()
    with pytest.raises(InputError, match="a folder"):
        check_writable(tmp_path / "runs.csv", ENDINGS)


def test_a_device_is_not_replaced(tmp_path):
    (tmp_path / "null.csv").symlink_to(os.devnull)
    with pytest.raises(InputError, match=r"got none|not an ordinary file"):
        check_writable(tmp_path / "null.csv", ENDINGS)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="not an ordinary file"):
        check_writable(tmp_path / "pipe.csv", ENDINGS)


def test_a_place_that_cannot_be_written_to(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(InputError, match=r"cannot be written \(Permission denied\)"):
        check_writable(tmp_path / "runs.csv", ENDINGS)


def test_a_protected_file_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "runs.csv").write_text("old")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InputError, match="may not be changed"):
        check_writable(tmp_path / "runs.csv", ENDINGS)


def test_looking_leaves_nothing_behind(tmp_path):
    check_writable(tmp_path / "runs.csv", ENDINGS)
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_writing_leaves_the_old_file(tmp_path):
    target = tmp_path / "runs.csv"
    target.write_text("old")

    def fail():
        with written_whole(target) as unfinished:
            unfinished.write_text("half of the n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_a_clear_error(tmp_path):
    def fail():
        with written_whole(tmp_path / "runs.csv"):
            raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_link_keeps_pointing_to_the_file(ds, tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    save(ds, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith('"scenario"')


def test_files_are_as_readable_as_any_other(ds, tmp_path):
    usual = tmp_path / "usual"
    usual.touch()
    save(ds, tmp_path / "runs.csv")
    assert mode(tmp_path / "runs.csv") == mode(usual)
    (tmp_path / "runs.csv").chmod(0o640)
    save(ds, tmp_path / "runs.csv")
    assert mode(tmp_path / "runs.csv") == 0o640


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_own_files_are_loaded(tmp_path):
    import pyarrow as pa
    from pyarrow import parquet

    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "none.parquet")
    (tmp_path / "broken.parquet").write_text("PAR1 nonsense")
    parquet.write_table(pa.table({"x": [1]}), tmp_path / "foreign.parquet")
    for name in ("broken", "foreign"):
        with pytest.raises(InputError, match="not results that teamsim saved"):
            load(tmp_path / f"{name}.parquet")
