"""Sensitivity: what SALib finds in our results, and what it needs of them."""

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.study.sensitivity import morris, sobol
from sim.view.study.words import what_came_of_it
from tests.analysis.study.made import ran
from tests.study.studies import vary

VARIED = [vary("market.urgency", low=0.0, high=1.0, name="urgency"), vary("parameters.contagion", plausible=True)]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    design = {"kind": "sobol", "base": 32, "second_order": True, "vary": VARIED}
    return ran(tmp_path_factory.mktemp("sobol"), design=design, weeks=20, analysis={"metrics": ["output"]})


def test_indices_have_intervals_and_find_what_matters(results):
    tables = sobol(results)
    table = tables["sobol"].set_index(["style", "varied"])
    assert len(table) == 2 * 2
    assert (table["total_low"] <= table["total"]).all()
    for style in ("autocratic", "democratic"):
        assert table["first"][style, "urgency"] > 0.8
        assert abs(table["total"][style, "parameters.contagion"]) < 0.1
    assert list(tables["sobol_pairs"].columns[3:5]) == ["one", "other"]


def test_a_failed_point_is_named(results, monkeypatch):
    frame = results.frame[["output"]].copy()
    frame.iloc[:6] = np.nan
    monkeypatch.setattr(type(results), "groups", lambda self, columns: iter([frame]))
    with pytest.raises(sim.InputError, match=r"1 points have no output under autocratic in everyday.*`error`"):
        sobol(results)


@pytest.mark.parametrize(
    "design", [{"kind": "sobol", "base": 4, "second_order": True}, {"kind": "morris", "trajectories": 3}]
)
def test_a_metric_that_never_differs_is_named_and_has_no_indices(tmp_path, design):
    keys = {"design": {**design, "vary": VARIED}, "weeks": 6, "analyses": [design["kind"]], "replications": 1}
    results = ran(tmp_path, **keys, analysis={"metrics": ["automation", "output"]})
    table = pd.read_csv(results.path / f"tables/{design['kind']}.csv")
    constant = table[table["metric"] == "automation"]
    assert len(constant) == 4
    assert constant["total" if design["kind"] == "sobol" else "effect"].fillna(0).eq(0).all()
    notes = list(what_came_of_it(results))
    assert len(notes) == 2
    assert "automation under autocratic in everyday is the same at all points" in notes[0].lower()


def test_the_screening_finds_what_matters(tmp_path):
    design = {"kind": "morris", "trajectories": 6, "vary": VARIED}
    tables = morris(ran(tmp_path, design=design, weeks=20, analysis={"metrics": ["output", "morale"]}))
    ranks, table = tables["morris_ranks"], tables["morris"].query("metric == 'output'").set_index("varied")
    assert list(ranks["style"]) == ["autocratic"] * 2 + ["democratic"] * 2
    assert list(ranks["varied"][::2]) == ["urgency", "urgency"]
    assert set(table["rank"]["urgency"]) == {1}
    assert table["effect"]["urgency"].min() > table["effect"]["parameters.contagion"].max()
    assert (table["direction"]["urgency"] < 0).all()
    assert (table["effect_low"] <= table["effect"]).all()
