"""Scenario discovery on stand-ins: the share of victories, and how sure it is."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.study import discovery_emulated
from sim.analysis.study.discovery_emulated import Places, Victories, prim_emulated, victories_in
from tests.analysis.study.made import MadeUp, ran
from tests.analysis.study.pooled import METRICS, SIGNS, STYLES, pool, study
from tests.study.studies import small, vary

VARIED = [vary("market.urgency", low=0.0, high=1.0, name="urgency"), vary("leader.hours", low=5.0, high=45.0)]


@pytest.fixture(autouse=True)
def _few_places(monkeypatch):
    monkeypatch.setattr(discovery_emulated, "PLACES", 250)
    monkeypatch.setattr(discovery_emulated, "PATHS", 40)


def made_up(gap, n, seed, noise=0.3):
    """Two styles with much that they share, and a gap that hangs on the place; all points have the same luck."""
    cube = {"kind": "latin_hypercube", "points": 40, "vary": VARIED}
    resolved = small(styles=list(STYLES[:2]), replications=n, design=cube, analysis={"metrics": ["output"]}, seed=seed)
    rng, unit = np.random.default_rng(seed), resolved.points.unit
    assert unit is not None
    shared = 5 * np.sin(4 * unit.sum(axis=1))[:, None] + rng.standard_normal(n)
    ahead = gap(unit)[:, None] + noise * rng.standard_normal(n) * (0.5 + unit[:, 1:])
    made: Any = MadeUp(resolved, np.stack([shared, shared + ahead], axis=-1)[..., None])
    return made


def wins(made):
    """The share of places at which the second style wins, with its interval."""
    table = wins_table(made).set_index("style").loc[STYLES[1]]
    return table["wins"], table["wins_low"], table["wins_high"]


def wins_table(made):
    found = victories_in(made)[1][made.resolved.situations[0].scenario.name, "output"]
    share = [found.share(number) for number in range(2)]
    ends = [np.quantile(one.drawn, [0.025, 0.975]) for one in share]
    return pd.DataFrame(
        {"style": STYLES[:2], "wins": [one.mean for one in share], "wins_low": [low for low, _ in ends],
         "wins_high": [high for _, high in ends]}
    )  # fmt: skip


def test_a_style_that_is_a_little_better_everywhere_may_win_everywhere():
    """With errors of their own, styles that hardly differ beside what they share would win at half of the places."""
    share, low, high = wins(made_up(lambda unit: 0.5 + 0.3 * unit[:, 0], 8, 1))
    assert share > 0.98
    assert low > 0.8
    assert high == 1.0


@pytest.mark.parametrize(("studies", "most"), [(4, 1), pytest.param(12, 2, marks=pytest.mark.thorough)])
def test_intervals_of_victories_hold_the_truth(studies, most):
    """Of some studies all but a few."""

    def gap(unit):
        return unit[:, 0] - 0.35 + 0.15 * np.sin(6 * unit[:, 1])

    truth = (gap(np.random.default_rng(0).uniform(size=(100_000, 2))) > 0).mean()
    inside = []
    for seed in range(studies):
        _, low, high = wins(made_up(gap, 6, seed))
        inside.append(low <= truth <= high)
    assert sum(inside) >= studies - most


def test_one_replication_says_nothing_of_luck():
    made = made_up(lambda unit: unit[:, 0] - 0.5, 1, 1)
    _, low, high = wins(made)
    assert np.isnan([low, high]).all()
    (found,) = victories_in(made)[1].values()
    assert np.isnan(found.known)


def upper_half(places, won, _):
    """A box, in the place of the one that PRIM takes long to find."""
    inside = places["urgency"] >= 0.5
    limits = {"varied": "urgency", "low": 0.5, "high": 1.0}
    shares = {"coverage": won[inside].sum() / won.sum(), "density": won[inside].mean(), "mass": inside.mean()}
    return pd.DataFrame([{**shares, **limits}]), pd.DataFrame([{"box": 0, **shares}])


def test_a_study_says_where_a_style_wins_by_stand_ins(tmp_path, monkeypatch):
    monkeypatch.setattr(discovery_emulated, "find_box", upper_half)
    monkeypatch.setattr(discovery_emulated, "RAREST", 0.0)
    results = ran(
        tmp_path, styles=list(STYLES[:2]), replications=5, weeks=26,
        analysis={"metrics": ["output"], "wins": STYLES[1]},
        design={"kind": "latin_hypercube", "points": 40, "vary": VARIED},
    )  # fmt: skip
    tables = prim_emulated(results)
    found = tables["prim_emulated_wins"]
    assert found["style"].to_list() == [STYLES[1]]
    assert (found["wins_low"] <= found["wins"]).all()
    assert (found["wins"] <= found["wins_high"]).all()
    box = tables["prim_emulated"]
    for name in ("coverage", "density"):
        assert (box[f"{name}_low"] <= box[name]).all()
        assert (box[name] <= box[f"{name}_high"]).all()
        assert (box[f"{name}_low"] < box[f"{name}_high"]).all()


@pytest.mark.thorough
@pytest.mark.parametrize("n", [5, 20, 100])
def test_intervals_hold_the_truth_in_runs_of_the_model(n):
    runs, unit = pool()
    rng, inside, at_an_end = np.random.default_rng(n), list[bool](), list[bool]()
    for number in range(96):
        metric, styles = number % len(METRICS), [[0, 1], [0, 1, 4], [2, 4], [0, 1, 2, 3, 4]][number // len(METRICS) % 4]
        values = runs[:, :, styles, metric] * SIGNS[metric]
        means = values.mean(axis=1)
        truth = (means >= means.max(axis=1, keepdims=True)).mean(axis=0)
        some, names = rng.choice(len(runs), 50, replace=False), tuple(STYLES[style] for style in styles)
        resolved = study(50, n, names, ("output",))
        taken = values[some][:, rng.integers(0, values.shape[1], n)]
        made: Any = MadeUp(resolved, taken[..., None])
        made.unit = unit[some]
        found = Victories(made, names, "output", taken.swapaxes(1, 2), Places(unit, pd.DataFrame(unit)))
        for style, share in enumerate(truth):
            low, high = np.quantile(found.share(style).drawn, [0.025, 0.975])
            (inside if 0 < share < 1 else at_an_end).append(bool(low <= share <= high))
    assert 0.92 <= np.mean(inside) <= 0.99  # the points are a third of all there are, and so known rather better
    assert np.mean(at_an_end) >= 0.92
