"""Whatever is read from outside and however it is damaged: one clear error, no traceback, no hang, no gigabytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.folders import NAME
from tests.hostile.readers import READERS
from tests.hostile.trying import tried

pytest.importorskip("solara")  # links are the app's

ROOT = Path(__file__).parents[2]

SEED = 20_260_101
MANY = 240
"""Inputs of each reader where all are tried; of slow ones fewer."""

MOST_MEMORY = 2_000
"""Megabytes."""


def share_of(name, count):
    return count // (READERS[name].slow if name in READERS else 1)


@pytest.mark.parametrize("name", [name for name in (*READERS, NAME) if name != "words of a report"])
def test_some_damaged_inputs_are_read_or_refused(name):
    found = tried(name, max(3, share_of(name, 6 if name != NAME else 40)), SEED)
    assert not found["faults"], "\n".join(found["faults"])


@pytest.mark.thorough
@pytest.mark.parametrize("name", [*READERS, NAME])
def test_thousands_of_damaged_inputs_are_read_or_refused(name):
    count = share_of(name, MANY if name != NAME else 1_000)
    command = [sys.executable, "-m", "tests.hostile.trying", name, str(count), str(SEED + 1)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr[-3_000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["tried"] == count
    assert not found["faults"], "\n".join(found["faults"])
    assert found["megabytes"] < MOST_MEMORY


def test_what_a_reader_lets_through_is_found(monkeypatch):
    """The test can fail: an error of another kind, an error without words, and one that takes too long."""

    def broken(_, data):
        if len(data) % 2:
            raise KeyError("a traceback")
        while True:
            pass

    monkeypatch.setitem(READERS, "brand", READERS["brand"]._replace(read=broken))
    monkeypatch.setattr("tests.hostile.trying.PATIENCE", 0.05)
    found = tried("brand", 10, 1)
    assert found["tried"] == 10
    assert len(found["faults"]) == 10
    assert any("KeyError" in fault for fault in found["faults"])
    assert any("TooLong" in fault for fault in found["faults"])
