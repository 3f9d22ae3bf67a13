"""Where doubt comes from: shares of variance that are known beforehand are found again."""

import numpy as np
import pytest

from sim.analysis.doubt import FEWEST_FOURS, SOURCES, crossed, of_fours, shares


def planted(worlds, luck, parameters, profiles, both, replications, seed=1):
    """Means and variances of worlds in which each source has this standard deviation."""
    rng = np.random.default_rng(seed)
    of_parameters, of_profiles = rng.normal(0, parameters, worlds), rng.normal(0, profiles, worlds)
    pairs = crossed(worlds)
    expected = np.array([of_parameters[one] + of_profiles[two] for one, two in pairs]) + rng.normal(0, both, worlds)
    runs = expected[:, np.newaxis] + rng.normal(0, luck, (worlds, replications))
    return runs.mean(axis=1), runs.var(axis=1, ddof=1)


@pytest.mark.parametrize("sds", [(1, 1, 1, 1), (2, 1, 0.5, 0), (0.1, 0, 1, 0), (1, 0, 0, 0), (0.3, 1, 0, 0.5)])
def test_planted_shares_are_found_again(sds):
    of_luck, parameters, profiles, both = sds
    means, luck = planted(4000, of_luck, parameters, profiles, both, 4)
    found = shares(means, luck, 4)
    wanted = np.square(sds) / np.square(sds).sum()
    assert [found[name].share for name in SOURCES] == pytest.approx(list(wanted), abs=0.05)
    for name in SOURCES:
        assert found[name].low <= found[name].share <= found[name].high


def test_intervals_hold_what_was_planted_with_few_worlds():
    """Of a hundred tables about 95 hold the truth; the bar leaves room for chance and for what is cut off at 0."""
    held = dict.fromkeys(SOURCES, 0)
    for seed in range(100):
        means, luck = planted(100, 1, 1, 1, 0.5, replications=4, seed=seed)
        found = shares(means, luck, 4)
        for name, truth in zip(SOURCES, np.array([4, 4, 4, 1]) / 13, strict=True):
            held[name] += found[name].low <= truth <= found[name].high
    assert min(held.values()) >= 85


def test_luck_that_all_worlds_share_cancels_between_them():
    means, luck = planted(4000, 1, 1, 1, 0, replications=1000)
    found = shares(means + 5.0, luck, np.inf)
    assert [found[name].share for name in SOURCES] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0], abs=0.05)


def test_too_little_is_not_guessed_at():
    means, luck = planted(4 * FEWEST_FOURS, 1, 1, 1, 0, replications=2)
    assert np.isfinite(shares(means, luck, 2)["luck"].share)
    assert np.isnan(shares(means[:-1], luck[:-1], 2)["luck"].share)
    means[3] = np.nan
    assert all(np.isnan(one.share) for one in shares(means, luck, 2).values())
    assert np.isnan(shares(np.zeros(40), np.zeros(40), 2)["luck"].share)


def test_fours_are_averaged_and_those_without_a_value_left_out():
    nothing = [np.nan] * 4
    assert list(of_fours(np.array([1.0, 2, 3, 4, *nothing, 7, np.nan]))) == [2.5, 7.0]
    assert len(of_fours(np.array([]))) == 0
