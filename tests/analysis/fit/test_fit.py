"""A fit: it covers made-up firms as often as it promises, is the same again, and says what it rests on."""

import numpy as np
import pytest

from sim.analysis.fit import fit
from sim.analysis.fit.backtest import backtest, learnt_from
from sim.analysis.fit.weights import weigh
from sim.analysis.fit.worlds import draw, live
from sim.analysis.fit.written import fitted_toml
from sim.analysis.plausible import plausible_scenarios
from sim.run.case import Case, simulate
from sim.run.profiles import Profiles, names_within
from sim.run.record import Record
from sim.scenario import InputError, load_scenario
from sim.scenario.history import Series
from sim.scenario.variants import with_values
from sim.view.fit import WHY_NOT, verdict
from tests.analysis.fit.made_up import coverage, empty_history, made_up

SMALL, FEWEST = 150, 50


@pytest.fixture(scope="module")
def everyday():
    return load_scenario("everyday")


@pytest.fixture(scope="module")
def lived(everyday):
    return live(everyday, draw(everyday, SMALL, 5), empty_history())


@pytest.fixture(scope="module")
def past(lived):
    return made_up(empty_history(), lived, 3, 0, 3)


@pytest.fixture(scope="module")
def found(everyday, past):
    return fit(everyday, past, SMALL, 2)


def test_bands_hold_what_they_promise_for_made_up_firms(lived):
    covered = coverage(empty_history(), lived, range(60), draws=1000)
    assert covered.inside_90.mean() == pytest.approx(0.9, abs=0.05)
    assert covered.inside_50.mean() == pytest.approx(0.5, abs=0.07)
    assert np.median(covered.effective) > 10


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["everyday", "client-roster"])
def test_bands_hold_what_they_promise_for_many_made_up_firms(name):
    scenario = load_scenario(name)
    lived = live(scenario, draw(scenario, 1000, 5), empty_history())
    covered = coverage(empty_history(), lived, range(400))
    assert 0.85 <= covered.inside_90.mean() <= 0.95
    assert (np.abs(covered.inside_90.mean(axis=0) - 0.9) < 0.05).all()  # for each column, too
    assert covered.inside_50.mean() == pytest.approx(0.5, abs=0.04)


def test_firms_that_many_leave_are_told_from_those_that_few_leave(lived):
    rates = lived.left.sum(axis=(1, 2)) / lived.person_weeks.sum(axis=(1, 2))
    few, many = np.argsort(rates)[[10, -10]]
    found = []
    for world in (few, many):
        weights = weigh(made_up(empty_history(), lived, world, 0, 1), lived, 24).weights
        found.append(float(weights @ rates))
    assert found[0] < 0.5 * found[1]


def test_a_past_that_no_world_has_is_not_foreseen(lived, monkeypatch):
    history = made_up(empty_history(), lived, 3, 0, 3)
    jump = (*history.series["revenue"].values[:18], *(9 * value for value in history.series["revenue"].values[18:]))
    wild = history._replace(series=history.series | {"revenue": history.series["revenue"]._replace(values=jump)})
    found = {one.metric: one for one in backtest(wild, lived, 1)}
    assert (found["revenue"].inside_90, found["revenue"].verdict) == (0, "not judged")  # too few worlds for a verdict
    monkeypatch.setattr("sim.analysis.fit.backtest.ENOUGH", 1)
    assert {one.metric: one.verdict for one in backtest(wild, lived, 1)}["revenue"] == "missed"


def judged(history, lived, **values):
    """The backtest of a history with other values, by column."""
    own = {name: Series(name, name, tuple(map(float, column))) for name, column in values.items()}
    return {one.metric: one for one in backtest(history._replace(series=own), lived, 1)}


def test_nothing_is_judged_by_few_worlds_few_values_or_few_events(lived, past, monkeypatch):
    few = judged(past, lived, left=[1] * 24)["left"]
    assert (few.verdict, few.reason) == ("not judged", "few worlds")
    monkeypatch.setattr("sim.analysis.fit.backtest.ENOUGH", 1)
    assert judged(past, lived, left=[0] * 24)["left"].reason == "few left"
    assert judged(past, lived, left=[1] * 3 + [0] * 20 + [1])["left"].reason == "few left"
    enough = judged(past, lived, left=[1] * 24)["left"]
    assert (enough.reason, enough.verdict == "not judged") == ("", False)
    yearly = [0.6 if k % 6 == 5 else np.nan for k in range(24)]
    assert judged(past, lived, morale=yearly)["morale"].reason == "few values"
    months = past._replace(labels=past.labels[:11], series={"left": past.series["left"]})
    assert learnt_from(months) == 8
    assert learnt_from(past._replace(labels=past.labels[:12])) == 8


def test_a_bad_end_that_the_range_does_not_hold_is_not_called_foreseen(lived, past, monkeypatch):
    monkeypatch.setattr("sim.analysis.fit.backtest.ENOUGH", 1)
    bad = judged(past, lived, left=[0, 1] * 9 + [1, 2, 1, 2, 2, 2])["left"]
    assert bad.actual > bad.high
    assert bad.inside_90 >= 3  # month by month it could have been
    assert bad.verdict == "missed"


def test_a_simple_guess_that_did_better_is_named(lived, past, monkeypatch):
    monkeypatch.setattr("sim.analysis.fit.backtest.ENOUGH", 1)
    found = judged(past, lived, morale=[0.7] * 24)["morale"]
    assert found.error_no_change == 0 < found.error
    assert found.verdict == "guess better"
    assert "Your morale: within the range that it gives, but the simple guess" in verdict([found])
    alike = found.model_copy(update={"verdict": "as a guess"})
    assert "as well foreseen by a simple guess" in verdict([alike])


@pytest.mark.parametrize("reason", list(WHY_NOT))
def test_what_cannot_be_judged_is_said_with_the_reason(lived, past, reason):
    one = backtest(past, lived, 1)[0].model_copy(update={"verdict": "not judged", "reason": reason})
    said = verdict([one])
    assert said == f"Whether it would have foreseen your turnover cannot be judged: {WHY_NOT[reason]}."


def test_the_same_again_and_with_another_seed_something_else(everyday, past):
    once, again, other = (fit(everyday, past, FEWEST, seed) for seed in (2, 2, 3))
    assert once == again
    assert once.fitted.worlds != other.fitted.worlds


def test_as_many_leave_in_the_middle_of_the_worlds_as_in_the_worlds(lived):
    """Also where far fewer leave than usually do: the point that compare runs has to be this firm."""
    rates = lived.left.sum(axis=(1, 2)) / lived.person_weeks.sum(axis=(1, 2))
    quiet = made_up(empty_history(), lived, int(np.argsort(rates)[15]), 0, 1)
    found = fit(load_scenario("everyday"), quiet, SMALL, 2)
    case = Case(found.scenario, ("as-is",), {}, range(60), 9, 104)
    (outcome,) = simulate([case], Record(metrics=("turnover",)))
    everyday = load_scenario("everyday")
    now = weigh(quiet, live(everyday, draw(everyday, SMALL, 2), quiet), 24)
    shape, rate = now.rate
    assert np.nanmean(outcome.values) / 5200 == pytest.approx(now.weights @ (shape / rate), rel=0.25)
    assert np.nanmean(outcome.values) < 0.8 * 5200 * np.median(rates)


def test_few_effective_worlds_are_reported(found):
    assert 1 <= found.fitted.effective <= SMALL
    assert found.degenerate == (found.fitted.effective < 50)


def test_worlds_are_drawn_from_those_that_go_with_the_past(everyday, found):
    rows = {row[1:] for row in found.fitted.worlds}
    worlds = plausible_scenarios(found.scenario, 8, 1)
    assert worlds == plausible_scenarios(found.scenario, 8, 1)
    for world in worlds:
        conditions = (
            world.scenario.company.conditions, world.scenario.market.labour_tightness, world.scenario.market.demand,
            world.scenario.market.turbulence, world.scenario.parameters["quit_base"],
        )  # fmt: skip
        assert conditions in rows
        assert [name for name, *_ in world.profiles.held] == ["democratic"]


def test_what_is_changed_after_the_fit_holds_in_all_worlds(found):
    changed = with_values(found.scenario, {"company.conditions": 0.9, "contagion": 0.05, "quit_base": 0.004})
    for world in plausible_scenarios(changed, 4, 1):
        assert world.scenario.company.conditions == 0.9
        assert world.scenario.parameters["contagion"] == 0.05
        assert world.scenario.parameters["quit_base"] == 0.004


def test_another_version_of_the_model_asks_for_a_new_fit(found):
    old = found.scenario.model_copy(update={"fitted": found.fitted.model_copy(update={"model": "another"})})
    with pytest.raises(InputError, match="fitted with other numbers of the model than these"):
        plausible_scenarios(old, 4, 1)


def test_the_file_gives_the_same_firm_again(found, tmp_path):
    for whole in (True, False):
        path = tmp_path / f"firm{whole}.toml"
        path.write_text(fitted_toml(found, path, "everyday", whole=whole), encoding="utf-8")
        again = load_scenario(path)
        assert again.fitted == found.fitted
        assert (again.company, again.market, again.parameters) == (
            found.scenario.company, found.scenario.market, found.scenario.parameters
        )  # fmt: skip
        assert plausible_scenarios(again, 4, 1)[2].scenario.parameters["quit_base"] > 0


def test_a_scenario_without_a_fit_does_not_mention_one(everyday):
    assert "fitted" not in everyday.model_dump()


def test_a_profile_that_is_known_stays_in_every_draw():
    row = (0.5,) * 13
    one, two = (Profiles(1, number, (("servant", 7, 4),)) for number in (1, 2))
    assert one("servant", row) == two("servant", row) == Profiles(7, 4)("servant", row)
    assert one("agile", row) != two("agile", row)


def test_the_names_within_a_style(everyday):
    assert names_within("situational", {}) == {"S1", "S2", "S3", "S4"}
    assert names_within("servant", {}) == {"servant"}


@pytest.mark.parametrize("worlds", [49, 20_001])
def test_too_few_or_too_many_worlds_are_refused(everyday, past, worlds):
    with pytest.raises(InputError, match=f"worlds: got {worlds}; allowed is a whole number from 50 to 20,000"):
        fit(everyday, past, worlds)
