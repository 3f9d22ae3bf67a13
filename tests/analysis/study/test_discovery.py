"""Scenario discovery: a box that was planted is found, and chance is not taken for one."""

import sys

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.study import discovery
from sim.analysis.study.discovery import find_box, prim, victories
from tests.analysis.study.made import SAMPLED, ran


@pytest.fixture(autouse=True)
def _few_halves(monkeypatch):
    """To look for a box again in halves of the points takes most of the time, and is no matter here."""
    monkeypatch.setattr(discovery, "HALVES", 2)


def planted(points=200):
    rng = np.random.default_rng(2)
    x = pd.DataFrame({"urgency": rng.random(points), "size": rng.integers(3, 21, points), "noise": rng.random(points)})
    x["people"] = rng.choice(["novices", "experts"], points)
    return x, ((x["urgency"] > 0.6) & (x["size"] >= 12)).to_numpy()


def test_a_planted_box_is_found_and_noise_is_not_part_of_it():
    x, won = planted()
    ranges, boxes = find_box(x, won, seed=1)
    found = ranges.set_index("varied")
    assert set(found.index) == {"urgency", "size"}
    assert 0.5 < found["low"]["urgency"] < 0.7
    assert 10 <= found["low"]["size"] <= 13
    assert (found["coverage"] > 0.85).all()
    assert (found["density"] > 0.85).all()
    assert (found["quasi_p"] < 0.05).all()
    assert boxes["chosen"].sum() == 1


def test_a_choice_can_be_part_of_a_box():
    x, _ = planted()
    ranges, _ = find_box(x, ((x["people"] == "novices") & (x["urgency"] < 0.5)).to_numpy(), seed=1)
    assert ranges.set_index("varied")["values"]["people"] == "novices"


def test_a_study_says_where_a_style_wins(tmp_path):
    results = ran(tmp_path, **SAMPLED, weeks=52, analysis={"metrics": ["output"]})
    tables = prim(results)
    wins = tables["prim_wins"].set_index("style")["wins"]
    assert np.isclose(wins.sum(), 1)
    for style in wins.index:
        assert np.isclose(victories(results, "everyday", "output", style).mean(), wins[style])
    assert set(tables["prim"]["style"]) <= set(wins.index[(wins >= 0.05) & (wins <= 0.95)])
    assert set(tables["prim"]["varied"]) <= {"urgency", "teams[1].size"}


def test_too_few_points_are_explained(tmp_path):
    design = SAMPLED["design"] | {"points": 8}
    with pytest.raises(sim.InputError, match="8 points are too few"):
        prim(ran(tmp_path, **SAMPLED | {"design": design}))


def test_without_the_workbench_one_is_told_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ema_workbench.analysis.prim", None)
    x, won = planted()
    with pytest.raises(sim.InputError, match=r"pip install .*teamsim\[research\]"):
        find_box(x, won, seed=1)
