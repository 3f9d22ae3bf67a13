"""No change of the model goes unnoticed: every shipped scenario gives what it gave when it was last looked at."""

import difflib

import pytest

from sim.scenario.load import scenario_names
from tests.golden.golden import FOLDER, path, table

ADVICE = "If this is meant: make golden, look at what git diff says, and note the change under Results in CHANGELOG.md."


@pytest.mark.parametrize("name", scenario_names())
def test_results_are_as_they_were(name):
    assert path(name).exists(), f"{name} has no golden results. {ADVICE}"
    before, now = path(name).read_text(encoding="utf-8").splitlines(), table(name).splitlines()
    changed = list(difflib.unified_diff(before, now, "golden", "now", n=0, lineterm=""))[:12]
    assert not changed, "\n".join([f"{name} gives other results. {ADVICE}", *changed])


def test_no_golden_results_are_left_over():
    assert {file.stem for file in FOLDER.glob("*.csv")} == set(scenario_names()), ADVICE
