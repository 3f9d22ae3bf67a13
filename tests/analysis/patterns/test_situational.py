"""Measures of situational leading: what matching adds where it is planted, and where it is not; what leaders know."""

import numpy as np
import pytest

from sim.analysis.patterns.situational import added, explained

MANY = 20_000


def people(seed=1):
    rng = np.random.default_rng(seed)
    return rng, rng.integers(4, size=MANY), rng.standard_normal(MANY), rng.standard_normal(MANY)


def test_leading_and_level_by_themselves_add_nothing():
    rng, level, structure, consideration = people()
    outcome = 0.5 * structure + 0.3 * consideration + np.array([0.0, 1.0, 0.5, 2.0])[level] + rng.standard_normal(MANY)
    assert added(outcome, structure, consideration, level) == pytest.approx(0, abs=0.002)


def test_a_match_that_is_planted_is_found_again():
    rng, level, structure, consideration = people()
    match = structure * np.array([1.0, 0.5, -0.5, -1.0])[level]
    noise = rng.standard_normal(MANY)
    share = 0.1
    outcome = match * np.sqrt(share / (1 - share) / match.var()) + noise
    assert added(outcome, structure, consideration, level) == pytest.approx(share, abs=0.01)
    assert added(noise, structure, consideration, level) == pytest.approx(0, abs=0.002)


def test_levels_that_nobody_has_are_left_out():
    rng, _, structure, consideration = people()
    level = np.full(MANY, 3)
    outcome = structure + rng.standard_normal(MANY)
    assert added(outcome, structure, consideration, level) == pytest.approx(0, abs=0.002)


def test_the_share_explained_is_adjusted_for_what_chance_explains():
    rng = np.random.default_rng(1)
    shares = [explained(rng.standard_normal(60), rng.standard_normal((60, 20))) for _ in range(300)]
    assert np.mean(shares) == pytest.approx(0, abs=0.03)
