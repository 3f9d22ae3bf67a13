"""`teamsim why` has to come while one waits."""

import pytest

from tests.benchmark.measure import say, teamsim

LONGEST = 20
"""Seconds of processor time, which are ten on two cores."""


@pytest.mark.benchmark
@pytest.mark.parametrize("by", ["mechanisms", "behaviours"])
def test_why_everyday_takes_less_than_ten_seconds_on_two_cores(by):
    words = ("why", "everyday", "--style", "autocratic", "--baseline", "democratic", "--by", by)
    teamsim(*words, "--replications", "1", "--weeks", "2")  # compiling is not counted
    took = teamsim(*words)
    say(f"teamsim why, by {by}: {took.processor:.1f} s of processor time, waited {took.waited:.1f} s, "
        f"{took.memory:.0f} MB")  # fmt: skip
    assert took.processor < LONGEST
