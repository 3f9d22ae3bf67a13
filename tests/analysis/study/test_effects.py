"""Designs at two levels: the effect of each thing varied, alone and in pairs."""

import numpy as np
import pytest

from sim.analysis.paired import holm
from sim.analysis.study.effects import effects
from tests.analysis.study.made import ran
from tests.study.studies import vary

NAMES = ("urgency", "novelty", "complexity", "turbulence")
VARIED = [vary(f"market.{name}", low=0.1, high=0.9, name=name) for name in NAMES]


def made(tmp_path, **design):
    """Results whose output is a known sum of effects, with luck that is the same at all points."""
    results = ran(tmp_path, design={"kind": "two_level", "vary": VARIED, **design}, replications=6,
                  analysis={"metrics": ["output"]})  # fmt: skip
    frame = results.frame
    one, two, three = (np.sign(frame[name] - 0.5) for name in NAMES[:3])
    luck = np.random.default_rng(1).normal(0, 1, 6)[frame["replication"]]
    output = 10 + 1.5 * one - 0.5 * two + 0.25 * one * three + luck
    changed = frame.assign(output=output + 0.01 * np.random.default_rng(2).normal(size=len(frame)))
    setattr(results, "groups", lambda columns=None: iter([changed[list(columns or changed.columns)]]))  # noqa: B010  # a method of its own
    return results


def test_effects_are_those_that_were_put_in(tmp_path):
    table = effects(made(tmp_path)).query("style == 'autocratic'").set_index(["varied", "with"])
    assert len(table) == 4 + 6
    found = table["effect"].to_dict()
    for key, expected in ((("urgency", ""), 3.0), (("novelty", ""), -1.0), (("urgency", "complexity"), 0.5)):
        assert found.pop(key) == pytest.approx(expected, abs=0.02)
        assert table["low"][key] <= expected <= table["high"][key]
        assert table["p_holm"][key] < 0.001
    assert all(abs(value) < 0.02 for value in found.values())
    assert set(table["mixed_with"]) == {""}
    assert table.index[0] == ("urgency", "")


def test_what_a_fraction_cannot_tell_apart_is_named(tmp_path):
    table = effects(made(tmp_path, resolution=3)).query("style == 'autocratic'").set_index(["varied", "with"])
    assert set(table["n"]) == {6}
    assert table["mixed_with"].ne("").any()
    alone = [part for name in NAMES for part in table["mixed_with"][name, ""].split(", ") if part]
    assert all(" x " in part for part in alone), "effects of one thing are told apart"


def test_effects_that_are_one_count_once_in_adjusted_p(tmp_path):
    table = effects(made(tmp_path, resolution=3))
    one = table.query("style == 'autocratic'")
    distinct = table.drop_duplicates(["style", "p"])
    assert len(one) == 10
    assert len(distinct) == 2 * 7  # of eight points, in two styles
    assert np.allclose(distinct["p_holm"], holm(distinct["p"].to_numpy()))
    assert table.groupby(["style", "p"])["p_holm"].nunique().eq(1).all()
