"""Claims are run on the same numbers as `compare`, each arm once, and what was run stays when it is stopped."""

import os

import numpy as np
import pytest

from sim.analysis.claims import study as running
from sim.analysis.claims.load import load_claims
from sim.analysis.claims.record import claims_record
from sim.analysis.claims.schema import Arm, Measure
from sim.analysis.claims.study import Study
from sim.analysis.plausible import plausible_parameters
from sim.analysis.summary import run_values
from sim.model.engine import compare
from tests.analysis.claims.files import CLAIMS

WORLDS = plausible_parameters(3, 1)


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    file = tmp_path_factory.mktemp("claims") / "own.toml"
    file.write_text(CLAIMS, encoding="utf-8")
    return load_claims(file)


@pytest.fixture(scope="module")
def whole(claims):
    study = Study(claims, 12, WORLDS)
    study.run()
    return study


def test_the_same_arms_give_the_same_numbers_as_compare(claims, whole):
    for situation, style, metric in (("hurried", "democratic", "output"), ("brief", "autocratic", "decision_delay")):
        ds = compare(claims.situations[situation], [style], 12, seed=claims.seed)
        expected = run_values(ds, [metric], (1, 20)).sel(metric=metric, style=style).to_numpy()
        np.testing.assert_array_equal(whole._values[Arm(style, situation), Measure(metric, (1, 20))], expected)


def test_every_arm_is_run_once(claims, monkeypatch):
    calls = []

    def counted(scenario, styles, *arguments, **more):
        calls.append((scenario.name, tuple(styles)))
        return compare(scenario, styles, *arguments, **more)

    monkeypatch.setattr(running, "compare", counted)
    Study(claims, 2).run()
    assert sorted(name for name, _ in calls) == ["brief", "hurried"]
    assert all(len(set(styles)) == len(styles) for _, styles in calls)


def test_what_a_situation_sets_stays_in_every_world(claims, monkeypatch):
    given = []

    def noted(scenario, *arguments, parameters, **more):
        given.append((scenario.name, dict(parameters)))
        return compare(scenario, *arguments, **more)

    monkeypatch.setattr(running, "compare", noted)
    Study(claims, 2, WORLDS).run()
    tried = [values for name, values in given if name == "hurried" and len(values) > 1]
    assert len(tried) == len(WORLDS)
    assert {values["quit_base"] for values in tried} == {0.0}
    assert len({values["quit_morale"] for values in tried}) == len(WORLDS)


def test_the_result_does_not_depend_on_order_or_threads(claims, whole, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    again = Study(claims, 12, WORLDS)
    again.run()
    assert claims_record(again.results(), claims, 12) == claims_record(whole.results(), claims, 12)


def test_a_claim_by_itself_has_the_effects_that_it_has_among_others(claims, whole):
    alone = Study(claims.chosen(("A2",)), 12)
    alone.run()
    (result,) = alone.results()
    among = next(other for other in whole.results() if other.claim.id == "A2")
    assert [part.readings for part in result.parts] == [part.readings for part in among.parts]


def test_every_claim_has_a_result(whole):
    results = whole.results()
    assert whole.finished
    assert [result.claim.id for result in results] == ["A1", "A2", "A3", "A4"]
    for result in results:
        assert result.draws == 3
        assert 0 <= (result.holds or 0) <= (result.keeps_sign or 0) <= 1


def test_progress_comes_to_its_end(claims):
    told = []
    Study(claims, 4, WORLDS).run(lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(
    ("stop_at", "judged", "draws"), [(0, [], 0), (1, ["A1", "A4"], 0), (4, ["A1", "A2", "A3", "A4"], 1)]
)
def test_what_was_run_stays_when_it_is_stopped(claims, monkeypatch, stop_at, judged, draws):
    done = 0

    def stopped(*arguments, **more):
        nonlocal done
        if done == stop_at:
            raise KeyboardInterrupt
        done += 1
        return compare(*arguments, **more)

    monkeypatch.setattr(running, "compare", stopped)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    study = Study(claims, 4, WORLDS)
    with pytest.raises(KeyboardInterrupt):
        study.run()
    results = study.results()
    assert not study.finished
    assert [result.claim.id for result in results] == judged
    assert all(result.draws >= draws for result in results)
