"""A week in which nobody is employed has no morale: no value (NaN), in no mean, and nothing falls over it."""

import dataclasses
import json

import numpy as np
import pytest

import sim
from sim.analysis.practice_effects import practices_worth
from sim.analysis.summary import run_values, summarise, weekly_means
from sim.app.compare.answer import Answerer
from sim.app.compare.setting import Setting, prepared
from sim.app.team.story import same_as_engine, tell
from sim.model.metrics import METRICS
from sim.model.rules import tally
from sim.model.state import COMPANY, MEASURES, TALLY
from sim.model.team_model import TeamModel
from tests.model.worlds import record, varied

WEEKS = 30
NEEDS_PEOPLE = [metric.name for metric in METRICS if metric.needs == "people"]
NEEDS_QUESTIONS = [metric.name for metric in METRICS if metric.needs == "questions"]

EMPTYING = {
    "teams": [{"name": "Shop", "size": 2}],
    "market": {"labour_tightness": 1.0},
    "parameters": {"quit_base": 0.1, "vacancy_weeks": 20.0},
    "run": {"weeks": WEEKS},
}
"""People leave a small business faster than anybody can be found."""

IDLE = {"market": {"decisions": 0.0}, "run": {"weeks": WEEKS}}
"""Nothing is ever to be decided."""


@pytest.fixture(scope="module")
def emptying():
    return varied("everyday", EMPTYING)


@pytest.fixture(scope="module")
def results(emptying):
    return sim.compare(emptying, ["servant", "autocratic"], 12, teams=True)


def test_such_weeks_have_no_value(results):
    nobody = results["headcount"] == 0
    assert 0.1 < nobody.mean() < 0.9
    for metric in METRICS:
        without = results[metric.name].isnull()
        assert (without == (nobody & (metric.needs == "people"))).all(), metric.name
        if metric.of_teams:
            of_team = results[f"team_{metric.name}"].isel(team=0).to_numpy()
            assert np.array_equal(of_team, results[metric.name], equal_nan=True), metric.name


def test_what_is_really_nothing_counts():
    measures = record(MEASURES, morale=5.0, output=5.0)
    tally.measure(measures, record(TALLY, positions=2.0), record(COMPANY))
    none = {name for name in MEASURES.names or () if np.isnan(measures[name])}
    assert none == {*NEEDS_PEOPLE, *NEEDS_QUESTIONS}
    assert [measures[name] for name in ("output", "headcount", "vacancies", "revenue", "backlog")] == [0, 0, 2, 0, 0]


def test_means_leave_them_out(results):
    for name in ("morale", "strain", "turnover", "output"):
        weeks = results[name].to_numpy().reshape(-1, WEEKS)
        some = ~np.isnan(weeks).all(axis=1)  # in a run there may be nobody from the first day on
        known = [run[~np.isnan(run)].mean() for run in weeks[some]]
        values = run_values(results, [name]).to_numpy().ravel()
        assert np.allclose(values[some], known)
        assert np.isnan(values[~some]).all()
    course = weekly_means(results, ["morale"])
    assert course["n"].min() < 12
    assert course["mean"].dropna().between(0.2, 1.0).all()  # and not next to 0, where most are gone
    assert summarise(results)["mean"].notna().all()


def test_descriptions_say_so(results):
    for metric in METRICS:
        assert ("no value" in results[metric.name].attrs["description"]) == (metric.needs != "nothing")


def test_a_business_without_questions_has_no_delay_of_answers():
    ds = sim.compare(varied("everyday", IDLE), ["servant"], 2)
    assert all(ds[name].isnull().all() for name in NEEDS_QUESTIONS)
    assert not any(ds[name].isnull().any() for name in ds.data_vars if name not in NEEDS_QUESTIONS)


def test_a_mesa_model_says_the_same(emptying, results):
    model = TeamModel(emptying, "servant", replication=3)
    model.run_for(WEEKS)
    weeks = model.datacollector.get_model_vars_dataframe()
    assert weeks["morale"].isna().any()
    for name in weeks:
        assert np.array_equal(weeks[name], results[name].sel(style="servant", replication=3), equal_nan=True), name


@pytest.mark.parametrize("changes", [EMPTYING, IDLE])
def test_the_app_answers(changes):
    job = dataclasses.replace(prepared(Setting()), scenario=varied("everyday", changes), replications=6, weeks=WEEKS)
    answer = Answerer().answer(job, job, lambda: False)
    assert answer is not None
    assert "nan" not in json.dumps(answer._asdict(), default=str, allow_nan=False).lower()


def test_the_app_tells_of_a_team(emptying):
    story = tell(emptying, "servant")
    assert None in story["metrics"]["morale"]
    assert None not in story["metrics"]["output"]
    assert same_as_engine(story, emptying)


def test_practices_are_weighed(emptying):
    found = practices_worth(emptying, "servant", ("morale",), WEEKS, 1)
    assert all(np.isfinite(worth.gains["morale"].mean) for worth in found.values())
