"""Emulator and posterior on a model that is known: what is learned, what is drawn, what is found again."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.calibration.emulator import accuracy, fit, left_out, luck, usual
from sim.analysis.calibration.file import load_calibration, shipped_calibration
from sim.analysis.calibration.posterior import NORMAL, Draws, Posterior, Targets, targets
from sim.analysis.calibration.space import Space
from sim.scenario.parameters import BY_NAME, PARAMETERS
from sim.scenario.problems import InputError

LUCK = 0.2


def model(points):
    """Three parameters, two figures; the third parameter does nothing."""
    one, other, _ = points.T
    return np.column_stack([one + 0.3 * other**2 + 0.5 * one * other, other - 0.4 * one])


@pytest.fixture(scope="module")
def runs():
    """Points with their figures and luck; every set is run twice."""
    rng = np.random.default_rng(1)
    points = np.repeat(rng.uniform(-1, 1, (300, 3)), 2, axis=0)
    return points, model(points) + LUCK * rng.standard_normal((600, 2)), np.repeat(np.arange(300), 2)


@pytest.fixture(scope="module")
def emulator(runs):
    return fit(runs[0], runs[1])


def test_the_emulator_learns_lines_squares_and_products(emulator):
    fresh = np.random.default_rng(2).uniform(-1, 1, (500, 3))
    assert np.abs(emulator(fresh) - model(fresh)).mean() < 0.05
    assert [0, 1] in emulator.pairs.tolist()


def test_its_gradient_is_exact(emulator):
    point, weights, step = np.array([0.2, -0.4, 0.1]), np.array([0.7, -1.3]), 1e-6
    for k, one in enumerate(np.eye(3)):
        there, back = (emulator((point + sign * step * one)[None])[0] @ weights for sign in (1, -1))
        assert emulator.slope(point, weights)[k] == pytest.approx((there - back) / (2 * step), abs=1e-6)


def test_what_is_luck_is_told_from_what_the_emulator_does_not_see(runs):
    points, figures, sets = runs
    found = accuracy(figures, left_out(points, figures, sets), sets, np.ones(600, bool))
    assert found.luck == pytest.approx([LUCK**2] * 2, rel=0.15)
    assert found.left == pytest.approx(found.luck, rel=0.2)
    assert (found.explained > 0.9).all()
    blind = accuracy(figures, np.zeros_like(figures), sets, np.ones(600, bool))
    assert (blind.explained < 0.1).all()


def test_luck_needs_sets_that_are_run_again():
    assert luck(np.ones((3, 1)), np.arange(3)).tolist() == [0.0]


def test_wild_exceptions_are_drawn_in_and_missing_figures_are_as_the_median():
    figures = np.r_[np.random.default_rng(1).normal(size=200), 1e6, np.nan][:, None]
    assert usual(figures).max() < 10
    assert abs(usual(figures)[-1, 0]) < 0.3


def test_bands_are_targets_and_open_where_nothing_comes_near():
    prior = np.random.default_rng(1).normal(0, 1, (2000, 4))
    found = targets(np.array([[-1.0, 1.0], [0.5, 100.0], [-100.0, 0.5], [-100.0, 100.0]]), prior)
    assert found.at_least.tolist() == [False, True, False, True]
    assert found.at_most.tolist() == [False, False, True, True]
    assert found.centre[0] == 0
    assert found.sd[0] == pytest.approx(1 / NORMAL)
    assert found.centre[1] == pytest.approx(1.5, abs=0.1)  # as far within as the figure varies
    misses = found.misses(np.array([2.0, 9.0, 9.0, 9.0]))
    assert misses[0] == pytest.approx(2 * NORMAL)
    assert misses[1] == misses[3] == 0
    assert misses[2] > 5
    assert found.misses(np.array([2.0, 9.0, 9.0, 9.0]), 10.0)[0] < misses[0]


def linear(sd):
    """One figure that is the first of two parameters, seen at .2."""
    lines = np.array([[1.0, 0.0]])
    straight = fit(np.random.default_rng(1).uniform(-1, 1, (200, 2)), np.zeros((200, 1)))
    emulator = type(straight)(np.zeros(1), lines, np.zeros((1, 2)), np.empty((0, 2), np.int64), np.empty((1, 0)))
    no = np.zeros(1, bool)
    return Posterior(emulator, Targets(np.array([0.2]), np.array([sd]), no, no), np.zeros(1), ~no)


def test_the_posterior_is_the_one_that_is_known():
    drawn = linear(0.1).draw(1, 2, 50, 1000).points
    known = stats.t(4, loc=0.2, scale=0.1)
    inside = known.cdf(1) - known.cdf(-1)
    for share in (0.1, 0.5, 0.9):
        assert np.mean(drawn[:, 0] < known.ppf(known.cdf(-1) + share * inside)) == pytest.approx(share, abs=0.03)
    assert drawn[:, 1].std() == pytest.approx(1 / np.sqrt(3), rel=0.05)  # nothing is known of it
    assert stats.kstest(drawn[::5, 1], "uniform", (-1, 2)).pvalue > 0.001


def test_its_gradient_and_its_densest_point():
    posterior, free, step = linear(0.1), np.array([0.4, -0.7]), 1e-6
    for k, one in enumerate(np.eye(2)):
        there, back = (posterior(free + sign * step * one)[0] for sign in (1, -1))
        assert posterior(free)[1][k] == pytest.approx((there - back) / (2 * step), abs=1e-5)
    assert posterior.mode() == pytest.approx([0.2, 0.0], abs=0.02)


def test_the_same_seed_draws_the_same():
    assert (linear(0.3).draw(3, 2, 50, 50).points == linear(0.3).draw(3, 2, 50, 50).points).all()


def test_chains_that_do_not_agree_are_seen():
    rng = np.random.default_rng(1)
    together = rng.normal(size=(2, 500, 3))
    assert Draws(together).disagreement < 1.02
    assert Draws(together + np.array([0.0, 3.0])[:, None, None]).disagreement > 1.5
    assert len(Draws(together).some(7)) == 7


def test_known_parameters_are_found_again(runs, emulator):
    """Simulation-based calibration: ranks of truths are even, 90% intervals hold 85-95% of them."""
    rng, sd, ranks = np.random.default_rng(5), np.array([0.3, 0.3]), []
    no = np.zeros(2, bool)
    for truth in rng.uniform(-1, 1, (30, 3)):
        seen = model(truth[None])[0] + sd * rng.standard_t(4, 2)
        drawn = Posterior(emulator, Targets(seen, sd, no, no), np.zeros(2), ~no).draw(1, 1, 30, 50).points
        ranks.append((drawn < truth).mean(axis=0))
    covered = ((np.array(ranks) >= 0.05) & (np.array(ranks) <= 0.95)).mean()
    assert 0.85 <= covered <= 0.95
    for column in np.array(ranks).T:
        assert stats.kstest(column, "uniform").pvalue > 0.01


def test_the_space_has_all_parameters_with_a_plausible_range():
    space = Space()
    assert set(space.names) == {p.name for p in PARAMETERS if p.low < p.high}
    low = space.values(np.full(len(space.names), -1.0))
    high = space.values(np.full(len(space.names), 1.0))
    assert low == pytest.approx({name: BY_NAME[name].low for name in space.names})
    assert high == pytest.approx({name: BY_NAME[name].high for name in space.names})
    point = np.random.default_rng(1).uniform(-1, 1, len(space.names))
    assert space.points([space.values(point)])[0] == pytest.approx(point)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[design]", '[design]\nparameters = ["quit_bas"]', 'unknown parameter "quit_bas"; did you mean "quit_base"?'),
        ("chains = 4", "chains = 1", "posterior.chains"),
        ("[waves]", "[wave]", "wave"),
        ("[check]", "[check", "not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path, old, new, says):
    text = shipped_calibration().read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_calibration(file)
    assert says in str(caught.value)


def test_the_shipped_file_is_in_order():
    assert load_calibration().posterior.sets >= 200  # a longer calibration keeps 500
