"""Adaptive sampling: points lie where most is to learn, they stay the same, and a stopped study goes on with them."""

from typing import Any

import numpy as np
import pytest

import sim
from sim.analysis.study.adaptive import left_to_learn, telling
from sim.analysis.study.emulator import Emulator
from sim.study.design import Factor
from sim.study.results import open_results
from sim.study.results_folder import Folder
from sim.view.study.run import run_experiment
from tests.study.studies import begun, plan_in, run, small, vary
from tests.study.test_execute import StopsAfter, interrupt

FACTORS = tuple(Factor(name, (name,)) for name in ("one", "two"))
ADAPTIVE: dict[str, Any] = {
    "replications": 2,
    "weeks": 4,
    "analyses": ["adaptive"],
    "analysis": {"metrics": ["morale"], "figures": []},
    "design": {
        "kind": "adaptive", "points": 30, "each": 5, "rounds": 2, "aim": "error",
        "vary": [vary("market.urgency", low=0.1, high=0.9, name="urgency"), vary("leader.hours", low=10.0, high=40.0)],
        "constraints": ["urgency * leader.hours < 30"],
    },
}  # fmt: skip

ALONE: dict[str, Any] = {**ADAPTIVE, "styles": ["autocratic"]}
"""The same under one style, for what takes whole rounds."""


def line(unit):
    """Positive on one side of a bent line."""
    return unit[:, 0] + 0.5 * unit[:, 1] ** 2 - 0.7


def one_of(unit, noise=0.02):
    return Emulator(FACTORS, unit, line(unit) + np.random.default_rng(5).normal(0, noise, len(unit)), 1)


PLACES = np.random.default_rng(3).uniform(size=(300, 2))


def test_points_gather_at_a_boundary():
    surface = one_of(np.random.default_rng(1).uniform(size=(40, 2)), noise=0.1)
    chosen = telling([surface], PLACES, 30, "boundary")
    assert len(set(chosen)) == 30
    assert np.abs(line(PLACES[chosen])).mean() < 0.5 * np.abs(line(PLACES)).mean()


def test_points_go_where_none_are():
    begun_with = np.random.default_rng(1).uniform(size=(60, 2)) * [0.5, 1.0]
    surface = one_of(begun_with)
    chosen = PLACES[telling([surface], PLACES, 20, "error")]
    assert (chosen[:, 0] > 0.5).mean() > 0.7
    assert len(np.unique((chosen * 4).astype(int), axis=0)) >= 6  # and not all in one corner


def test_chosen_points_leave_less_to_learn():
    first = np.random.default_rng(2).uniform(size=(30, 2)) ** 3  # crowded in one corner
    chosen = PLACES[telling([one_of(first)], PLACES, 15, "error")]
    before, after = (
        left_to_learn([one_of(unit)], PLACES, "error") for unit in (first, np.concatenate([first, chosen]))
    )
    assert after < 0.7 * before


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return run_experiment(small(**ALONE), tmp_path_factory.mktemp("adaptive") / "results", workers=1)


def test_rounds_are_added_and_told_of(whole):
    assert len(whole.points) == 40
    assert (whole.points["urgency"] * whole.points["leader.hours"] < 30).all()
    assert whole.manifest["runs"] == len(whole.frame) == 40 * 2
    table = sim.open_results(whole.path).path / "tables/adaptive.csv"
    rows = table.read_text("utf-8").splitlines()
    assert rows[0] == "round,points,left,explained"
    assert [row.split(",")[1] for row in rows[1:]] == ["30", "35", "40"]


def test_a_stopped_study_goes_on_with_the_same_points(whole, tmp_path):
    folder = begun(tmp_path / "results", small(**ALONE), None)
    with pytest.raises(KeyboardInterrupt):
        run(folder, progress=StopsAfter(4, interrupt))  # within the second round
    again = Folder.at(folder.path)
    assert len(plan_in(again).resolved.points.rows) == 35
    run(again)
    assert open_results(folder.path).frame.equals(whole.frame)
    assert run(Folder.at(folder.path)).ran == 0


def test_more_rounds_keep_what_is_there_and_enough_ends_it(whole):
    frame, design = whole.frame, {**ALONE["design"], "rounds": 3}
    longer = run_experiment(small(**{**ALONE, "analyses": [], "design": design}), whole.path, workers=1)
    assert len(longer.points) == 45
    assert longer.done is not None
    assert longer.done.found == 3
    assert longer.frame[: len(frame)].equals(frame)
    enough = {**design, "rounds": 9, "enough": 0.99}
    ended = run_experiment(small(**{**ALONE, "analyses": [], "design": enough}), whole.path, workers=1)
    assert len(ended.points) == 45
    assert ended.manifest["runs"] == 45 * 2
    assert ended.manifest["finished"]


@pytest.mark.parametrize(
    ("design", "keys", "words"),
    [
        ({"points": 10}, {}, "30"),
        ({"rounds": 100, "each": 500}, {}, "a stand-in takes up to 1,500"),
        ({"metric": "morale"}, {}, 'belongs to aim = "boundary"'),
        ({"aim": "boundary", "between": ["autocratic", "autocratic"]}, {}, "a boundary lies between two styles"),
        ({"aim": "boundary", "between": ["autocratic", "agil"]}, {}, "agil"),
        ({"aim": "boundary", "metric": "moral"}, {}, "morale"),
        ({"aim": "boundary"}, {"styles": ["agile"]}, "there is only one"),
        ({"vary": [vary("market.urgency", 0.1, 0.9)]}, {}, "this design takes ranges"),
        ({"constraints": ["urgency > 5"]}, {}, "constraints: hardly any of"),
        ({}, {"analyses": ["regret"]}, "lie where most is to learn"),
        ({}, {"analyses": ["prim"]}, "prim_emulated"),
        ({}, {"precision": {"morale": 0.01}, "replications": 10}, "adds points and not replications"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(design, keys, words):
    with pytest.raises(sim.InputError, match=words):
        run_experiment(small(**{**ADAPTIVE, **keys, "design": {**ADAPTIVE["design"], **design}}), "unused")


def test_without_scikit_learn_one_is_told_how_to_install_it(monkeypatch):
    monkeypatch.setattr("sim.analysis.study.registry.find_spec", lambda _: None)
    with pytest.raises(sim.InputError, match=r'pip install "teamsim\[research\]"'):
        run_experiment(small(**ADAPTIVE), "unused")
