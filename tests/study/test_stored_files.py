"""Files of results that are no ordinary files: one clear error, and nobody waits for a pipe."""

import os

import pytest

from sim.scenario.problems import InputError
from sim.study.stored_files import read_json, read_row_groups, read_rows


@pytest.mark.parametrize("read", [read_json, read_rows, lambda path, advice: list(read_row_groups(path, advice))])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_ordinary_file_is_refused(read, make, tmp_path):
    make(tmp_path / "x")
    with pytest.raises(InputError, match=r"no ordinary file.*Run it again"):
        read(tmp_path / "x", "Run it again.")
