"""The program for pages gives the same runs as the engine: every shipped scenario and style, and made-up scenarios."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.model.build import AS_IS
from sim.model.metrics import METRIC_NAMES
from sim.run.case import Case, run_case
from sim.run.record import Record
from sim.scenario.schema import Scenario
from tests.model.made_up import scenarios
from tests.model.test_two_drivers import COVERING, shipped
from tests.run.tab.programs import Runs, run_in_node

CLOSE = 1e-9
"""How far apart numbers may be, as a share of them where they are above 1."""


def by_engine(runs: Runs) -> np.ndarray:
    """What the engine gives: (replications, styles, weeks, metrics)."""
    first, last = min(runs.replications), max(runs.replications)
    case = Case(runs.scenario, tuple(runs.styles), {}, range(first, last + 1), runs.seed)
    outcome = run_case(case, Record(metrics=METRIC_NAMES, weekly=True), workers=1)
    assert outcome is not None
    assert outcome.weekly is not None
    return outcome.weekly


def assert_same(runs, found) -> None:
    for one, numbers in zip(runs, found, strict=True):
        expected = by_engine(one)
        assert np.array_equal(np.isnan(expected), np.isnan(numbers)), one.scenario.name
        off = np.abs(expected - numbers) / np.maximum(np.abs(expected), 1.0)
        assert np.nanmax(off, initial=0.0) < CLOSE, one.scenario.name


def test_shipped_scenarios_under_every_style(tmp_path):
    runs = [Runs(shipped(name), styles) for name, styles in COVERING.items()]
    assert_same(runs, run_in_node(runs, tmp_path))


def test_replications_and_seeds_of_more_than_32_bits(tmp_path):
    runs = [Runs(shipped("everyday"), ("autocratic",), (5_000_000_000,), 9_000_000_000_000_001)]
    assert_same(runs, run_in_node(runs, tmp_path))


@settings(
    max_examples=max(settings().max_examples // 30, 1),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(some=st.lists(scenarios(), min_size=5, max_size=5), seed=st.integers(0, 2**53))
def test_made_up_scenarios(tmp_path, some: list[Scenario], seed):
    runs = [Runs(one, (AS_IS, "situational", *list(one.styles)[:2]), (0,), seed) for one in some]
    assert_same(runs, run_in_node(runs, tmp_path))
