"""Differences over plausible worlds."""

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.doubt import SOURCES
from sim.analysis.plausible import plausible_scenarios
from sim.analysis.summary import run_values
from sim.analysis.uncertainty import differences_over_worlds, gather, over_worlds
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.problems import InputError
from sim.scenario.variants import with_parameters


def worlds_of(differences):
    """Rows as of over_worlds, with these differences of b to a in morale, one a world."""
    rows = [
        {"world": world, "metric": "morale", "style": style, "replication": 0, "value": value}
        for world, difference in enumerate(differences)
        for style, value in (("a", 0.5), ("b", 0.5 + difference))
    ]
    return pd.DataFrame(rows)


def test_a_world_is_a_comparison_with_other_parameters_and_profiles():
    everyday = load_scenario("everyday")
    values = gather(over_worlds(everyday, ["servant", "agile"], 2, 6, weeks=9, seed=4))
    assert values.groupby("world").size().tolist() == [7 * 2 * 3] * 2
    drawn, profiles = plausible_scenarios(everyday, 2, 4)[1]
    ds = sim.compare(drawn, ["servant", "agile"], 3, 9, seed=5, profiles=profiles)
    morale = values.query("world == 1 and metric == 'morale' and style == 'agile'")["value"].to_numpy()
    assert (morale == run_values(ds, ["morale"]).sel(style="agile").to_numpy()[0]).all()


def test_what_the_scenario_sets_itself_stays():
    still = with_parameters(load_scenario("everyday"), {"quit_base": 0.0})
    values = gather(over_worlds(still, ["servant"], 3, 3, weeks=9))
    assert (values.query("metric == 'turnover'")["value"] == 0).all()


def test_median_percentiles_and_agreement():
    (row,) = differences_over_worlds(worlds_of([0.1, 0.2, 0.3, -0.1]), "a").to_dict("records")
    assert row["mean"] == pytest.approx(0.15)
    assert row["same_sign"] == 0.75
    assert row["low"] == pytest.approx(np.percentile([0.1, 0.2, 0.3, -0.1], 2.5))
    assert row["worlds"] == 4


def test_what_a_scenario_calls_uncertain_is_drawn():
    plain = load_scenario("everyday").model_dump()
    still = gather(over_worlds(scenario_from(plain), ["servant"], 2, 2, weeks=9))
    drawn = gather(
        over_worlds(scenario_from({**plain, "uncertain": {"market.demand": [0.2, 1.5]}}), ["servant"], 2, 2, weeks=9)
    )
    assert not still.equals(drawn)


def test_the_doubt_is_split_where_worlds_and_replications_are_enough():
    rng = np.random.default_rng(1)
    rows = [
        {
            "world": world,
            "metric": "morale",
            "style": style,
            "replication": number,
            "value": rng.normal() * (style == "b"),
        }
        for world in range(24)
        for number in range(3)
        for style in ("a", "b")
    ]
    (row,) = differences_over_worlds(pd.DataFrame(rows), "a").to_dict("records")
    assert sum(row[name] for name in SOURCES) == pytest.approx(1.0)
    assert row["luck"] > 0.6  # nothing else is in these numbers
    assert row["luck_low"] <= row["luck"] <= row["luck_high"]
    once = pd.DataFrame(rows).query("replication == 0")
    assert np.isnan(differences_over_worlds(once, "a")["luck"]).all()
    few = pd.DataFrame(rows).query("world < 19")
    assert np.isnan(differences_over_worlds(few, "a")["luck"]).all()


def test_an_unknown_baseline_is_refused():
    with pytest.raises(InputError, match='unknown baseline style "c"'):
        differences_over_worlds(worlds_of([0.1]), "c")


def test_stopping_keeps_the_worlds_that_are_done():
    def stopped():
        yield worlds_of([0.1])
        raise KeyboardInterrupt

    assert len(gather(stopped())) == 2
    with pytest.raises(KeyboardInterrupt):
        gather(iter(_Interrupted()))


class _Interrupted:
    def __iter__(self):
        return self

    def __next__(self):
        raise KeyboardInterrupt
