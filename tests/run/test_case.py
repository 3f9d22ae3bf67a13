"""Cases in memory: the same numbers as a comparison gives, whatever runs beside them, and failures that stay alone."""

import math

import numpy as np
import pytest

import sim
from sim.analysis.summary import run_values
from sim.model import engine
from sim.model.build import Blueprint
from sim.model.metrics import METRIC_NAMES
from sim.run.case import Case, run_cases
from sim.run.record import Record
from sim.scenario.load import scenario_names
from sim.scenario.variants import with_changes, with_parameters

EVERYTHING = Record(windows={"early": (1, 4)}, final=True, weekly=True, people=True)
STYLES = ("autocratic", "situational")


def short(name, weeks=10):
    return with_changes(
        sim.load_scenario(name), {"run": {"weeks": weeks}, "replace": ["events"], "practices": []}, source="test"
    )


EVERYDAY = short("everyday")


@pytest.mark.parametrize("name", scenario_names())
def test_a_case_gives_what_a_comparison_gives(name):
    scenario = sim.load_scenario(name)
    (found,) = run_cases([Case(scenario, STYLES, replications=range(2), seed=7)], EVERYTHING)
    assert found.weekly is not None
    assert found.people is not None
    ds = sim.compare(scenario, STYLES, replications=2, seed=7, workers=1)
    for m, metric in enumerate(METRIC_NAMES):
        assert np.array_equal(found.weekly[..., m], ds[metric].to_numpy().swapaxes(0, 1), equal_nan=True)
    for weeks, span in ((None, ""), ((1, 4), "_early")):
        expected = run_values(ds, METRIC_NAMES, weeks).transpose("replication", "style", "metric").to_numpy()
        first = EVERYTHING.columns.index(f"morale{span}")
        here = found.values[..., first : first + len(METRIC_NAMES)]
        assert np.allclose(here, expected, rtol=1e-12, equal_nan=True)
    last = found.values[..., EVERYTHING.columns.index("morale_final")]
    assert np.array_equal(last, ds["morale"].to_numpy()[..., -1].T)
    assert found.people.shape[2] == sum(Blueprint(scenario).team_sizes)


@pytest.mark.parametrize("name", scenario_names())
def test_other_parameters_are_as_in_a_scenario_that_has_them(name):
    scenario = sim.load_scenario(name)
    values = {"contagion": 0.31, "conditions_spread": 0.02, "vacancy_weeks": 3.5}
    (quick,) = run_cases([Case(scenario, STYLES, values, range(2))])
    (plain,) = run_cases([Case(with_parameters(scenario, values), STYLES, {}, range(2))])
    assert np.array_equal(quick.values, plain.values, equal_nan=True)


def many():
    small = with_changes(EVERYDAY, {"teams": [{"name": "Team", "size": 5}]}, source="test")
    longer = short("everyday", 12)
    return [
        Case(scenario, styles, {"contagion": share}, numbers, seed)
        for scenario in (EVERYDAY, small, longer)
        for styles in (STYLES, ("agile",))
        for share in (0.1, 0.3)
        for numbers, seed in ((range(3), 1), (range(1, 3), 1), (range(2), 2))
    ]


def same(one, other):
    return (
        np.array_equal(one.values, other.values, equal_nan=True)
        and np.array_equal(one.weekly, other.weekly, equal_nan=True)
        and np.array_equal(one.people, other.people)
        and one.errors == other.errors
    )


def test_what_runs_beside_a_case_makes_no_difference():
    together = run_cases(many(), EVERYTHING)
    alone = [run_cases([case], EVERYTHING)[0] for case in many()]
    assert all(same(*pair) for pair in zip(together, alone, strict=True))


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("piece", [1, 20_000, 10**9])
def test_any_number_of_threads_gives_the_same_in_the_same_order(monkeypatch, workers, piece):
    monkeypatch.setattr("sim.run.pool.TASK_WORK", piece)
    side_by_side = list(sim.simulate(iter(many()), EVERYTHING, workers=workers))
    assert all(same(*pair) for pair in zip(side_by_side, run_cases(many(), EVERYTHING), strict=True))


def break_when(monkeypatch, condition, error):
    advance = engine.advance

    def breaking(world, timetable, block, blueprint, *rest):
        if condition(timetable, blueprint):
            raise error
        advance(world, timetable, block, blueprint, *rest)

    monkeypatch.setattr(engine, "advance", breaking)


def test_a_run_that_fails_is_noted_and_the_others_go_on(monkeypatch):
    expected = run_cases([Case(EVERYDAY, STYLES, {}, range(2))], EVERYTHING)[0]
    break_when(monkeypatch, lambda timetable, blueprint: "autocratic" in timetable.names, ZeroDivisionError("broken"))
    found = run_cases([Case(EVERYDAY, STYLES, {}, range(2))], EVERYTHING)[0]
    assert found.errors == {(0, 0): "ZeroDivisionError: broken", (1, 0): "ZeroDivisionError: broken"}
    assert np.isnan(found.values[:, 0]).all()
    assert np.array_equal(found.values[:, 1], expected.values[:, 1], equal_nan=True)
    (joined,) = sim.simulate([Case(EVERYDAY, STYLES, {}, range(500))], workers=2)
    assert sorted(joined.errors) == [(r, 0) for r in range(500)]


def test_running_out_of_memory_is_not_taken_for_a_failing_run(monkeypatch):
    break_when(monkeypatch, lambda *_: True, MemoryError())
    with pytest.raises(MemoryError):
        run_cases([Case(EVERYDAY, STYLES)])


def test_a_style_that_there_is_not_is_named():
    with pytest.raises(sim.InputError, match='did you mean "autocratic"'):
        list(sim.simulate([Case(EVERYDAY, ("autocratik",))]))


def test_only_the_metrics_asked_for_are_kept():
    record = Record(metrics=("output", "morale"), windows={"early": (1, 4)})
    assert record.columns == ("output", "morale", "output_early", "morale_early")
    (few,) = run_cases([Case(EVERYDAY, STYLES, {}, range(2))], record)
    (all_of_them,) = run_cases([Case(EVERYDAY, STYLES, {}, range(2))], EVERYTHING)
    for place, column in enumerate(record.columns):
        assert np.array_equal(few.values[..., place], all_of_them.values[..., EVERYTHING.columns.index(column)])


def test_weeks_without_a_value_are_left_out():
    quiet = with_changes(EVERYDAY, {"market": {"decisions": 0.0}}, source="test")
    (found,) = run_cases([Case(quiet, STYLES, {}, range(1))], EVERYTHING)
    assert found.weekly is not None
    turnover = found.values[0, 0, EVERYTHING.columns.index("turnover")]
    assert math.isclose(turnover, float(np.nanmean(found.weekly[0, 0, :, METRIC_NAMES.index("turnover")])))
