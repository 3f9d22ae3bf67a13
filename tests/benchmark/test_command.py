"""The command `teamsim`: how long it takes, also the very first time, and how much memory."""

import shutil

import pytest

from tests.benchmark.measure import ROOT, say, teamsim


@pytest.fixture(scope="module")
def compiled():
    """The model is compiled."""
    teamsim("compare", "everyday", "--replications", "1", "--weeks", "1")


@pytest.mark.benchmark
def test_help_takes_less_than_half_a_second():
    took = min((teamsim("--help") for _ in range(3)), key=lambda one: one.processor)
    say(f"teamsim --help: {took.processor:.2f} s")
    assert took.processor < 0.5


@pytest.mark.benchmark
@pytest.mark.usefixtures("compiled")
def test_the_default_comparison_takes_less_than_three_seconds_and_400_megabytes():
    took = min((teamsim("compare", "everyday") for _ in range(3)), key=lambda one: one.processor)
    say(f"teamsim compare everyday: {took.processor:.2f} s of processor time, waited {took.waited:.2f} s, "
        f"{took.memory:.0f} MB")  # fmt: skip
    assert "Compiling" not in took.stderr
    assert took.processor < 3
    assert took.memory < 400


@pytest.mark.benchmark
def test_the_very_first_comparison_says_that_it_compiles_and_takes_less_than_half_a_minute(tmp_path):
    for folder in ("sim", "scenarios", "experiments"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "results"))
    first, second = (teamsim("compare", "everyday", folder=tmp_path) for _ in range(2))
    say(f"the first time: {first.processor:.1f} s of processor time, waited {first.waited:.1f} s, "
        f"{first.memory:.0f} MB; then {second.processor:.1f} s")  # fmt: skip
    assert "Compiling the model" in first.stderr
    assert "Compiling" not in second.stderr
    assert first.processor < 30
