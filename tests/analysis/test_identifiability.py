"""What a measurement is expected to tell: against closed forms, against nothing, and of the model."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import sim
from sim.analysis.identifiability import Draws, Field, best_together, identifiability, means_of, narrowed
from sim.cli import app

NONE = np.zeros(2)


def linear(sets, seed=1):
    """Two parameters, even in variance; a measurement of each, one of both, and one of neither."""
    rng = np.random.default_rng(seed)
    things = rng.standard_normal((sets, 2))
    measures = np.stack([2 * things[:, 0], things[:, 1], things.sum(axis=1), rng.standard_normal(sets)], axis=1)
    return Draws(things, NONE), Draws(measures, np.zeros(4))


def test_a_linear_gaussian_case_has_its_closed_form():
    noise = np.array([1.0, 1.0, 0.5, 1.0])
    things, measures = linear(20_000)
    found = narrowed(things, measures, noise)
    # For y = a t1 + b t2 + e the share told of t1 is a^2 / (a^2 + b^2 + var e).
    expected = np.array([[4 / 5, 0, 1 / 2.5, 0], [0, 1 / 2, 1 / 2.5, 0]])
    np.testing.assert_allclose(found.share, expected, atol=0.02)
    assert (found.clear == (expected > 0)).all()


def test_measurements_together_have_their_closed_form():
    things, measures = linear(20_000)
    (first, one), (second, both) = best_together(things, measures, np.array([1.0, 1.0, 1e6, 1.0]))
    assert (first, second) == (0, 1)
    assert one == pytest.approx((4 / 5 + 0) / 2, abs=0.02)
    assert both == pytest.approx((4 / 5 + 1 / 2) / 2, abs=0.02)


def test_intervals_hold_the_truth_and_nothing_is_found_where_nothing_is():
    noise, held, false = np.array([1.0, 1.0, 0.5, 1.0]), [], 0
    for seed in range(200):
        things, measures = linear(100, seed)
        found = narrowed(things, measures, noise)
        held.append((found.low[0, [0, 2]] <= [0.8, 0.4]) & (found.high[0, [0, 2]] >= [0.8, 0.4]))
        rng = np.random.default_rng(1_000 + seed)
        one, other = (Draws(rng.standard_normal((100, many)), np.zeros(many)) for many in (10, 20))
        false += bool(narrowed(one, other, np.ones(20)).clear.any())
    assert 0.92 <= np.mean(held) <= 0.995, np.mean(held)
    assert false / 200 <= 0.10


def test_luck_of_the_runs_is_taken_out():
    rng = np.random.default_rng(4)
    true = rng.standard_normal((2_000, 1, 1))
    runs = true + 2 * rng.standard_normal((2_000, 4, 1))
    draws = means_of(runs)
    assert draws.luck[0] == pytest.approx(1.0, rel=0.1)
    found = narrowed(Draws(true[:, 0], np.zeros(1)), draws, np.array([1.0]))
    assert found.share[0, 0] == pytest.approx(0.5, abs=0.04)


def test_a_better_study_tells_more_of_the_model():
    scenario = sim.load_scenario("everyday")
    poor, good = (
        identifiability(scenario, "democratic", "autocratic", field, weeks=(13,), sets=60, replications=4)
        for field in (Field(5, 0.5), Field(500, 1.0))
    )
    keys = ["kind", "thing", "measured", "of", "weeks"]
    both = poor.narrowing.merge(good.narrowing, on=keys, suffixes=("_poor", "_good"))
    assert len(both) == len(poor.narrowing)
    assert (both["share_good"] >= both["share_poor"] - 1e-9).all()
    assert both["clear_good"].any()


def test_the_command_says_it_and_saves_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["identify", "--sets", "50", "--replications", "4", "--week", "13", "--csv", "all.csv", "--json"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert {"conclusions", "together", "narrowing"} == set(json.loads(done.stdout))
    assert (tmp_path / "all.csv").read_text("utf-8").startswith("kind,thing,measured,of,weeks,share")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"sets": 20}, "sets: got 20; allowed is 50 to 500"),
        ({"replications": 5}, "replications: got 5; allowed is an even number"),
        ({"weeks": (5,)}, "a quarter ends in a week from 13"),
        ({"weeks": (500,)}, "the length of a run"),
        ({"style": "autocratic"}, "given twice"),
        ({"style": "nobody"}, "nobody"),
    ],
)
def test_what_cannot_be_is_said(keys, words):
    given = {"style": "democratic", "baseline": "autocratic", **keys}
    with pytest.raises(sim.InputError, match=words):
        identifiability(sim.load_scenario("everyday"), **given)
