"""Practices and technology: they take hold, cost, are done by halves if there are too many, and can fail."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.model import state
from sim.model.rules.practices import practise
from sim.model.rules.technology import adopt_technology, freed, helped
from sim.scenario.practices import practices
from tests.model.worlds import parameters, record, records, varied, week_by_week

share = st.floats(0, 1)


def kept_up(*entries, **changes):
    """The everyday business with practices from the first week, all at the same intensity."""
    listed = [{"practice": name, "intensity": changes.pop("intensity", 0.7)} for name in entries]
    return varied("everyday", {"practices": listed, **changes})


def mean(scenario, metric, weeks=slice(None), style="democratic"):
    return sim.compare(scenario, [style], replications=20)[metric][0, :, weeks].mean("week").to_numpy()


def practised(count, weeks, **practice):
    """The company after some weeks of keeping up practices that are all alike."""
    company, kept = record(state.COMPANY), records(state.PRACTICE, count, until_week=99, **{"pace": 1.0} | practice)
    leaders = records(state.LEADER, 2, attention=1.0)
    for week in range(1, weeks + 1):
        practise(company, kept, leaders, week, parameters())
    return company


def test_a_practice_takes_hold_week_by_week_and_fades_after():
    company, leaders = record(state.COMPANY), records(state.LEADER, 1, attention=1.0)
    kept = records(state.PRACTICE, 1, from_week=3, until_week=20, intensity=0.5, pace=1, recognition=0.8, money=0.1)
    course, costs = [], []
    for week in range(1, 41):
        practise(company, kept, leaders, week, parameters())
        course.append(float(company["practised_recognition"]))
        costs.append(float(company["practice_money"]))
    assert course[1] == 0
    assert np.all(np.diff(course[1:20]) > 0)
    assert np.all(np.diff(course[19:]) < 0)
    assert 0 < course[-1] < course[19] < 0.4
    assert costs == [0.0] * 2 + [0.05] * 18 + [0.0] * 20


def test_leaders_without_time_let_it_take_hold_less():
    company, kept = (
        record(state.COMPANY),
        records(state.PRACTICE, 1, from_week=1, until_week=9, intensity=1, pace=1, voice=1),
    )
    practise(company, kept, records(state.LEADER, 2, attention=[1.0, 0.0]), 1, parameters(practice_rate=0.1))
    assert company["practised_voice"] == pytest.approx(0.05)


def test_a_tool_takes_hold_sooner_than_a_culture_changes():
    culture, tool = practised(1, 5, intensity=1.0, voice=1), practised(1, 5, intensity=1.0, voice=1, pace=2.5)
    assert 0 < culture["practised_voice"] < 0.7 * tool["practised_voice"]


def test_what_practices_add_adds_up_and_so_does_what_they_cost():
    alone = practised(1, 30, intensity=1.0, support=0.1)
    six = practised(6, 30, intensity=1.0, support=0.1, hours_people=0.5)
    assert six["practised_support"] == pytest.approx(6 * float(alone["practised_support"]))
    assert six["practice_time"] == pytest.approx(3.0)


def test_too_much_at_once_is_done_by_halves():
    """All practices at once take more hours than leaders have: each takes hold less than it would alone."""
    without_time = {"leader": {"hours": 8}}
    names = ["recognition", *(name for name in practices() if name != "recognition")]
    alone, all_at_once = kept_up("recognition", **without_time), kept_up(*names, **without_time)
    adopted = {}
    for scenario in (alone, all_at_once):
        *_, moment = week_by_week(scenario, ["democratic"], 40)
        adopted[len(scenario.practices)] = moment.world.practices["adopted"][0, 0]
    assert adopted[len(practices())] < 0.8 * adopted[1]


@settings(deadline=None)
@given(share, share, share, share)
def test_help_lifts_those_who_lack_more(low, more, best, assistance):
    """The gain comes from what is lacking to the best, and nothing else."""
    less, team = min(low, more), record(state.TEAM, best=best)
    company = record(state.COMPANY, practised_assistance=assistance, ai_readiness=0.5)
    gains = [helped(skill, 1.0, team, company, parameters()) - skill for skill in (less, max(low, more))]
    assert gains[0] >= gains[1] - 1e-12
    assert gains[1] >= 0
    assert helped(best, 1.0, team, company, parameters()) == best


def test_technology_dips_before_it_frees():
    company = record(state.COMPANY, practised_automation=0.8, automation=0.2, complexity=0.3, ai_readiness=0.2)
    course = []
    for _ in range(156):
        adopt_technology(company, parameters())
        course.append(freed(company, parameters()))
    before = freed(record(state.COMPANY, automation=0.2, complexity=0.3), parameters())
    assert min(course) < before < course[-1]
    assert company["automation"] <= 0.8
    assert company["unfamiliarity"] < 0.1


@settings(deadline=None, max_examples=40)
@given(share, share, share, share)
def test_technology_stays_in_bounds(automation, assistance, training, openness):
    company = record(state.COMPANY, automation=0.3)
    for name, value in zip(("automation", "assistance", "training", "openness"), (automation, assistance, training,
                           openness), strict=True):  # fmt: skip
        company[f"practised_{name}"] = value
    for _ in range(60):
        adopt_technology(company, parameters())
        for field in ("automation", "ai_readiness", "unfamiliarity", "fear"):
            assert 0 <= company[field] <= 1


@pytest.mark.parametrize("name", practices())
def test_every_practice_costs_money_or_time_from_the_first_week(name):
    scenario = kept_up(name, intensity=1.0)
    practice = practices()[name]
    assert (mean(scenario, "cost", slice(0, 1)) > mean(kept_up(), "cost", slice(0, 1))).all() == (practice.money > 0)
    if practice.hours_leader:
        assert (mean(scenario, "leader_load", slice(0, 1)) > mean(kept_up(), "leader_load", slice(0, 1))).all()


def test_proclaimed_values_cost_trust_where_leaders_do_not_keep_them():
    leader = {"fidelity": 0.2}
    with_values, without = kept_up("ethical-values", leader=leader), kept_up(leader=leader)
    assert mean(with_values, "trust").mean() < mean(without, "trust").mean()
    assert mean(kept_up("ethical-values"), "trust").mean() > mean(kept_up(), "trust").mean()


def test_openness_takes_the_fear_out_of_automation():
    feared = mean(kept_up("automation"), "fear_for_jobs").mean()
    assert 0 < mean(kept_up("automation", "responsible-technology"), "fear_for_jobs").mean() < feared


def test_without_practices_nothing_is_practised():
    ds = sim.compare("everyday", ["servant"], replications=2)
    assert (ds["fear_for_jobs"] == 0).all()
    assert (ds["automation"] == 0.2).all()
    assert np.allclose(ds["ai_readiness"], 0.2)


def test_a_practice_that_begins_by_an_event_is_as_one_that_was_there_before_but_for_its_weeks():
    begun = varied("everyday", {"events": [{"event": "practice_started", "week": 9, "practice": "recognition"}]})
    stopped = varied(
        "everyday",
        {
            "practices": [{"practice": "recognition", "intensity": 0.6}],
            "events": [{"event": "practice_stopped", "week": 9, "practice": "recognition"}],
        },
    )
    without, always = varied("everyday", {}), kept_up("recognition", intensity=0.6)
    before, around = slice(0, 8), slice(8, 12)
    for metric in ("output", "decision_delay"):
        assert np.array_equal(mean(begun, metric, before), mean(without, metric, before))
        assert np.array_equal(mean(stopped, metric, before), mean(always, metric, before))
        # In the weeks around the change nothing else happens: demand and decisions go on.
        for one in (begun, stopped):
            assert mean(one, metric, around) == pytest.approx(mean(without, metric, around), rel=0.1)
