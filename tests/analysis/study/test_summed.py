"""What is summed up over situations: one number in all tables, with intervals that hold the truth."""

from typing import Any

import numpy as np
import pytest

from sim.analysis.regret import behind_best, rank
from sim.analysis.study import discovery
from sim.analysis.study.discovery import prim
from sim.analysis.study.ranks import pareto, ranks, worst_regrets
from sim.analysis.study.robust import robust
from sim.analysis.study.summed import ALL, Estimate, over_situations, unbeaten
from tests.analysis.study.made import SAMPLED, MadeUp, ran
from tests.analysis.study.pooled import METRICS, SIGNS, STYLES, pool, study
from tests.study.studies import small, vary


def truth_of(means, signs):
    """What is summed up, by column and style, of the means of (points, styles, columns)."""
    wished = (means * signs).swapaxes(1, 2)
    ranks_ = rank(wished)
    found = {"rank": ranks_, "best": ranks_ == 1, "regret": behind_best(wished)}
    if wished.shape[1] > 1:
        found["front"] = unbeaten(wished[:, :2])[:, None]
    return {name: values.mean(axis=0) for name, values in found.items()}


def held(made, truth):
    """Whether the intervals hold the truth, and whether the truth lies between both ends of what there can be."""
    (found,) = over_situations(made).values()
    for name, true in truth.items():
        estimate: Estimate = getattr(found, name)
        assert (estimate.low <= estimate.mean).all()
        assert (estimate.mean <= estimate.high).all()
        ends = {"rank": (1.0, true.shape[-1]), "regret": (0.0, np.inf)}.get(name, (0.0, 1.0))
        yield (
            name,
            (estimate.low <= true + 1e-12) & (true <= estimate.high + 1e-12),
            (true > ends[0]) & (true < ends[1]),
        )


def coverage(every, points, n, listed, studies, seed):
    """How often each interval holds the truth in studies of some points and replications of a pool of runs.

    The truth lies between both ends of what there can be ("rank"), or at one of them ("rank at an end").
    """
    rng, shares = np.random.default_rng(seed), dict[str, list[float]]()
    for number in range(studies):
        some = [number % len(METRICS), (number + 1) % len(METRICS)]
        styles = [[0, 1, 2, 3, 4], [0, 1], [0, 1, 4], [2, 4]][number // len(METRICS) % 4]
        runs = every[..., some][:, :, styles]
        if listed:
            runs = runs[rng.choice(len(every), points, replace=False)]
        truth = truth_of(runs.mean(axis=1), SIGNS[some])
        if not listed:
            runs = runs[rng.integers(0, len(every), points)]
        resolved = study(points, n, tuple(STYLES[s] for s in styles), tuple(METRICS[m] for m in some), listed)
        made: Any = MadeUp(resolved, runs[:, rng.integers(0, runs.shape[1], n)])
        for name, inside, between in held(made, truth):
            shares.setdefault(name, []).extend(inside[between])
            shares.setdefault(f"{name} at an end", []).extend(inside[~between])
    return {name: float(np.mean(found)) for name, found in shares.items() if found}


@pytest.mark.thorough
@pytest.mark.parametrize("n", [5, 10, 30])
@pytest.mark.parametrize(("points", "listed"), [(80, False), (200, False), (8, True)])
def test_intervals_hold_the_truth_as_often_as_they_say(points, listed, n):
    shares = coverage(pool()[0], points, n, listed, 480, n)
    for name, share in shares.items():
        # An end of what there can be, such as a share of 0, may be held more often.
        assert 0.92 <= share <= (1.0 if name.endswith("at an end") or listed else 0.975), (name, shares)


def narrow(gap, situations, n, rng, styles=2, alike=0.0):
    """Whether mean regret is held where styles are apart by some standard errors, and where luck is the same or not."""
    resolved = study(max(situations, 2), n, STYLES[:styles], ("output",), listed=True)
    if situations == 1:
        resolved = small(styles=list(STYLES[:styles]), replications=n, analysis={"metrics": ["output"]})
    common, own = (rng.standard_normal((many, n, styles)) for many in (1, situations))
    apart = -gap * np.sqrt(2 / n) * np.arange(styles)
    made: Any = MadeUp(resolved, (np.sqrt(alike) * common + np.sqrt(1 - alike) * own + apart)[..., None])
    (found,) = over_situations(made).values()
    truth = apart.max() - apart
    return (found.regret.low[0] <= truth + 1e-12) & (truth <= found.regret.high[0] + 1e-12)


@pytest.mark.parametrize(("situations", "n"), [(1, 5), (2, 5), (8, 12)])
def test_mean_regret_is_held_where_styles_are_nearly_equal(situations, n):
    """By the jackknife it is held in .71 to .88 of such studies."""
    rng = np.random.default_rng(n)
    assert np.mean([narrow(gap, situations, n, rng) for gap in (0.3, 0.6) for _ in range(60)]) >= 0.95


@pytest.mark.thorough
@pytest.mark.parametrize("gap", [0.0, 0.3, 0.6, 1.0, 1.5, 3.0, 8.0])
@pytest.mark.parametrize(("situations", "styles", "alike"), [(1, 2, 0.0), (2, 2, 0.0), (2, 4, 0.9), (8, 3, 0.9)])
@pytest.mark.parametrize("n", [5, 12, 50])
def test_mean_regret_is_held_at_gaps_of_every_width(gap, situations, styles, alike, n):
    rng = np.random.default_rng(n)
    # One of 600 draws with a share of .95 is .93 to .97 by chance; at a kink it may be held always.
    shares = np.mean([narrow(gap, situations, n, rng, styles, alike) for _ in range(600)], axis=0)
    assert shares.min() >= 0.92, shares


def test_of_one_situation_mean_regret_has_the_interval_that_ranks_has():
    both = small(scenarios=["everyday", "novices"], styles=list(STYLES[:3]), replications=6,
                 analysis={"metrics": ["output"]})  # fmt: skip
    rng = np.random.default_rng(1)
    made: Any = MadeUp(both, rng.standard_normal((2, 6, 3, 1)))
    one, other = ranks(made).set_index(["scenario", "style"]), robust(made).set_index(["scenario", "style"])
    for end in ("", "_low", "_high"):
        assert np.array_equal(one[f"regret{end}"], other.loc[one.index, f"regret_mean{end}"])
    assert (one["regret_high"] > one["regret"]).any()


def made_up(resolved, seed):
    """Two styles, the one better where the first thing varied is above .3; luck goes the same way at all points."""
    rng, points, n = np.random.default_rng(seed), len(resolved.points.rows), resolved.study.replications
    place = rng.uniform(size=(points, 2))  # points that came by chance, and not evenly
    gap = place[:, :1] - 0.3 + 0.3 * rng.standard_normal(n) * (0.5 + place[:, 1:])
    values = rng.standard_normal((points, n))
    made: Any = MadeUp(resolved, np.stack([values, values + gap], axis=-1)[..., None])
    return made


def test_the_share_of_points_with_the_best_style_is_held():
    """The jackknife of such a share holds it in three quarters of studies."""
    resolved, inside = study(40, 6, STYLES[:2], ("output",)), []
    for seed in range(80):
        (found,) = over_situations(made_up(resolved, seed)).values()
        inside.append(found.best.low[0, 1] <= 0.7 <= found.best.high[0, 1])
    assert np.mean(inside) >= 0.9


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    keys = {**SAMPLED, "replications": 5, "scenarios": ["everyday", "novices"]}
    return ran(tmp_path_factory.mktemp("summed"), **keys, analysis={"metrics": ["output", "morale"]})


def test_share_best_and_mean_regret_are_the_same_in_all_tables(sampled, monkeypatch):
    monkeypatch.setattr(discovery, "RAREST", 0.6)  # boxes are no matter here
    keys, ends = ["scenario", "metric", "style"], ("", "_low", "_high")
    one, other = ranks(sampled).set_index(keys), robust(sampled).set_index(keys)
    for end in ends:
        both = other.loc[one.index]
        assert np.array_equal(one[f"best{end}"], both[f"best{end}"])
        assert np.array_equal(one[f"regret{end}"], both[f"regret_mean{end}"])
    assert np.array_equal(one["points"], other.loc[one.index, "situations"])
    whole, regrets = other.loc[ALL], worst_regrets(sampled).set_index(keys[1:])
    for name in ("best", "regret_mean"):
        for end in ends:
            assert np.array_equal(regrets[f"{name}{end}"], whole.loc[regrets.index, f"{name}{end}"])
    assert np.array_equal(regrets["regret"], whole.loc[regrets.index, "regret"])
    wins = prim(sampled)["prim_wins"].set_index(keys)
    for end in ends:
        assert np.array_equal(wins[f"wins{end}"], one.loc[wins.index, f"best{end}"])


def test_the_share_on_the_front_has_an_interval(sampled):
    table = pareto(sampled)
    assert (table["on_front_low"] <= table["on_front"]).all()
    assert (table["on_front"] <= table["on_front_high"]).all()
    assert (table["on_front_high"] > table["on_front_low"]).any()


def test_where_points_are_listed_luck_alone_leaves_a_share_open(tmp_path):
    listed = ran(tmp_path, styles=list(STYLES[:3]), replications=8, vary=[vary("market.urgency", 0.1, 0.5, 0.9)])
    table, by_point = robust(listed), ranks(listed)
    for row in table.to_dict("records"):
        mine = by_point.query("metric == @row['metric'] and style == @row['style']")
        assert row["best"] == (mine["rank"] == 1).mean()
        assert row["regret_mean"] == pytest.approx(mine["regret"].mean())
        assert row["best_low"] <= row["best"] <= row["best_high"]
        if mine["best"].between(0.05, 0.95).any():
            assert row["best_low"] < row["best_high"]
        elif not mine["best"].between(0.01, 0.99).any():
            assert row["best_low"] == row["best_high"]


def test_one_replication_leaves_intervals_empty(tmp_path):
    table = robust(ran(tmp_path, styles=list(STYLES[:2]), replications=1, vary=[vary("market.urgency", 0.1, 0.9)]))
    assert table[["best_low", "best_high", "regret_mean_low", "regret_mean_high"]].isna().all(axis=None)
    assert table["best"].notna().all()
