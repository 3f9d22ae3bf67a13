"""What practices are worth: with and without, on the same luck, whichever of the two the scenario is."""

import pytest

from sim.analysis import practice_effects
from sim.analysis.practice_effects import practices_worth
from sim.scenario.load import load_scenario
from sim.scenario.practices import practices
from sim.scenario.what_if import toggled


@pytest.fixture(autouse=True)
def _few_runs(monkeypatch):
    monkeypatch.setattr(practice_effects, "REPLICATIONS", 5)


def found(scenario):
    return practices_worth(scenario, "democratic", ("morale",), weeks=20, seed=3)


def test_every_practice_is_weighed():
    told = []
    worths = practices_worth(
        load_scenario("everyday"), "democratic", ("morale",), 4, 1, progress=lambda *done: told.append(done)
    )
    assert list(worths) == list(practices())
    assert not any(one.kept_up for one in worths.values())
    assert told[-1] == (len(practices()), len(practices()))


def test_it_is_the_same_whether_the_practice_is_there_or_not():
    scenario = load_scenario("everyday")
    adding = found(scenario)["recognition"]
    with_it, _ = toggled(scenario, "recognition")
    keeping = found(with_it)["recognition"]
    assert keeping.kept_up
    assert not adding.kept_up
    assert keeping.money == adding.money
    assert keeping.gains["morale"].mean == adding.gains["morale"].mean


def test_a_practice_costs_what_it_costs():
    """Money that buys nothing is lost: without anybody who works differently, the price is what remains."""
    dear = found(load_scenario("everyday"))["environment"]
    assert dear.money.low <= dear.money.total <= dear.money.high
    assert dear.money.deepest >= 0
