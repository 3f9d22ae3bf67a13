"""How many replications are enough, and studies that are run until they are."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

import sim
from sim.analysis.study.enough import replications, replications_for
from sim.analysis.summary import level_interval
from sim.study.execute import run_plan
from sim.study.results import open_results
from sim.view.study.catalog import with_precision
from sim.view.study.run import resume_experiment, run_experiment
from tests.analysis.study.made import FACTORIAL, SAMPLED, ran
from tests.study.studies import begun, run, small, vary
from tests.study.test_execute import StopsAfter, digest, interrupt

PRECISE: dict[str, Any] = {
    "scenarios": ["everyday", "experts"],
    "replications": 10,
    "vary": [vary("market.urgency", 0.1, 0.9)],
    "precision": {"morale": 0.015},
    "analysis": {"figures": []},
}


def half(sd, n):
    return stdtrit(n - 1, 0.975) * sd / np.sqrt(n)


@given(st.floats(0.001, 10), st.floats(0.01, 1))
def test_it_is_the_smallest_number_that_is_enough(sd, aim):
    n = float(replications_for(np.array(sd), aim))
    assert half(sd, n) <= aim
    assert n == 2 or half(sd, n - 1) > aim * (1 - 1e-9)


def test_a_spread_that_is_not_known_needs_a_number_that_is_not_known():
    assert np.isnan(replications_for(np.array([np.nan, 1.0]), 0.1)).tolist() == [True, False]
    assert replications_for(np.array(0.0), 0.1) == 2


def test_the_table_answers_for_means_and_for_paired_differences(tmp_path):
    results = ran(tmp_path, **FACTORIAL)
    table = replications(results)
    assert set(table["quantity"]) == {"mean", "difference"}
    morale = table[table["metric"] == "morale"]
    assert list(morale.loc[morale["quantity"] == "mean", "aim"]) == [0.02, 0.01, 0.005]
    spreads = results.frame.groupby(["point", "style"])["morale"].std()
    assert np.isclose(morale.loc[morale["quantity"] == "mean", "sd"].iloc[0], spreads.max())
    assert (table["needed"] > table["n"]).eq(~table["enough"]).all()
    pairs = morale["quantity"] == "difference"
    assert morale.loc[pairs, "needed"].max() < morale.loc[~pairs, "needed"].max(), "pairing saves runs"


def test_one_replication_says_nothing_about_how_many_are_enough(tmp_path):
    with pytest.raises(sim.InputError, match="no spread between replications is known; run two"):
        replications(ran(tmp_path, replications=1))


@pytest.fixture(scope="module")
def precise(tmp_path_factory):
    """A study that was run in one go until it was precise."""
    folder = begun(tmp_path_factory.mktemp("precise") / "results", small(**PRECISE))
    run(folder, workers=1)
    return folder


def test_a_study_is_run_until_it_is_precise(precise):
    results = open_results(precise.path)
    many = results.study.replications
    assert many > 10
    groups = results.frame.groupby(["scenario", "point", "style"])["morale"]
    assert (groups.count() == many).all()
    found = [level_interval(runs.to_numpy()) for _, runs in groups]
    widest = max((one.high - one.low) / 2 for one in found)
    assert widest <= 0.015
    assert results.manifest["half_widths"]["morale"] == pytest.approx(widest)
    order = results.frame[["scenario", "point", "replication"]]
    assert order.equals(order.sort_values(["scenario", "point", "replication"], kind="stable", ignore_index=True))


def test_its_first_runs_are_those_of_the_study_without_precision(precise, tmp_path):
    frame = open_results(precise.path).frame
    plain = run_experiment(small(**PRECISE | {"precision": {}}), tmp_path / "plain").frame
    assert frame[frame["replication"] < 10].reset_index(drop=True).equals(plain)


@pytest.mark.parametrize("calls", [6, *(pytest.param(calls, marks=pytest.mark.thorough) for calls in (2, 12))])
def test_the_same_bits_when_it_is_interrupted_and_resumed(precise, tmp_path, calls):
    folder = begun(tmp_path / "results", small(**PRECISE))
    with pytest.raises(KeyboardInterrupt):
        run(folder, 2, progress=StopsAfter(calls, interrupt))
    kept = {path.name for path in folder.path.glob("chunks/*.runs.*")}
    results = resume_experiment(folder.path)
    assert kept < {path.name for path in folder.path.glob("chunks/*.runs.*")}
    assert results.manifest["rounds"] == list(precise.manifest["rounds"])
    assert digest(folder) == digest(precise)


def test_where_precision_costs_too_much_it_ends_and_says_so(tmp_path):
    wanted = PRECISE | {"precision": {"morale": 0.005}}
    results = run_experiment(small(**wanted, most_replications=15), tmp_path / "results")
    assert results.study.replications == 15
    assert results.manifest["half_widths"]["morale"] > 0.005


def test_a_number_of_replications_that_is_enough_is_left_as_it_is(tmp_path):
    results = run_experiment(small(**PRECISE | {"precision": {"morale": 0.5}}), tmp_path / "results")
    assert results.manifest["rounds"] == [10]


def test_a_finished_study_can_be_made_more_precise(tmp_path):
    run_experiment(small(**PRECISE | {"precision": {"morale": 0.5}}), tmp_path / "results")
    chunks = {path.name for path in (tmp_path / "results/chunks").iterdir()}
    again = run_experiment(small(**PRECISE), tmp_path / "results")
    assert again.study.replications > 10
    assert chunks < {path.name for path in (tmp_path / "results/chunks").iterdir()}


def test_failing_runs_do_not_make_it_go_on_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.model.engine.advance", lambda *_: 1 / 0)
    results = run_experiment(small(**PRECISE), tmp_path / "results")
    assert results.study.replications == 10
    assert results.manifest["failed"] == results.manifest["runs"]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"precision": {"morle": 0.1}}, 'unknown column of the results "morle"; did you mean "morale"'),
        ({"precision": {"morale": 0.0}}, "precision.morale: got 0; allowed is a number from 1e-06"),
        ({"replications": 3}, "replications: got 3; with precision, start from at least 10"),
        ({"most_replications": 5}, "most_replications: got 5, fewer than the 10 to start from"),
        ({"design": SAMPLED["design"]}, "precision: goes with designs that list their points"),
    ],
)  # fmt: skip
def test_precision_that_makes_no_sense_is_explained(keys, says):
    given = {**PRECISE, **keys}
    if "design" in keys:
        given.pop("vary")
    with pytest.raises(sim.InputError, match=says):
        small(**given)


def test_precision_can_be_asked_for_from_outside(tmp_path):
    study = with_precision(small(replications=10), {"morale": 0.05})
    folder = begun(tmp_path / "results", study)
    assert folder.manifest["rounds"] == (10,)
    done = run_plan(folder, folder.plan(), more=lambda *_: None)
    assert done.ran
    assert len(open_results(folder.path).frame) == 20
