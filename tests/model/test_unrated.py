"""People whom nobody has rated are drawn anew in each replication, among the levels that fit what is known."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.model import state
from sim.model.build import Blueprint
from sim.model.unrated import unrated, with_levels
from sim.scenario import scenario_from
from sim.scenario.sections import USUAL_MIX

KNOWN = {"competence": 0.9, "commitment": 0.9, "tenure": 100.0}


def scenario(*people):
    named = [{"name": f"Person {place}", **person} for place, person in enumerate(people, 1)]
    return scenario_from({"title": "t", "question": "q", "teams": [{"name": "A"}], "employees": {"people": named}})


def starts_of(**values):
    starts = np.zeros(1000, state.START)
    for name in starts.dtype.names or ():
        if starts.dtype[name] == np.float64:
            starts[name] = values.get(name, math.nan)
    starts["status"], starts["level"] = state.EMPLOYED, state.NOT_GIVEN
    return starts


def drawn_levels(**values):
    draws = (np.arange(1000) + 0.5) / 1000
    levels = with_levels(starts_of(**values), draws)["level"]
    return np.bincount(levels, minlength=4) / 1000


def test_nothing_known_gives_the_usual_mix():
    assert drawn_levels() == pytest.approx(np.array(USUAL_MIX.shares), abs=0.002)


def test_what_is_known_excludes_levels():
    assert drawn_levels(confidence=0.9, motivation=0.9) == pytest.approx([0.2, 0, 0, 0.8], abs=0.002)
    assert drawn_levels(confidence=0.1, motivation=0.1) == pytest.approx([0, 0.3, 0.7, 0], abs=0.002)
    assert drawn_levels(competence=0.9) == pytest.approx([0, 0, 0.35 / 0.75, 0.4 / 0.75], abs=0.002)
    assert drawn_levels(competence=0.2) == pytest.approx([0.4, 0.6, 0, 0], abs=0.002)
    assert drawn_levels(competence=0.2, confidence=0.9, motivation=0.9).tolist() == [1, 0, 0, 0]


@given(
    *[st.one_of(st.just(math.nan), st.floats(0, 1)) for _ in range(3)], st.one_of(st.just(math.nan), st.floats(0, 400))
)
def test_some_level_always_fits_and_the_rated_keep_theirs(competence, confidence, motivation, tenure):
    starts = starts_of(competence=competence, confidence=confidence, motivation=motivation, tenure=tenure)
    drawn = with_levels(starts, np.linspace(0, 1, 1000, endpoint=False))
    known = not any(map(math.isnan, (competence, confidence, motivation, tenure)))
    assert unrated(starts).all() != known
    assert ((drawn["level"] == state.NOT_GIVEN) == known).all()
    assert known or ((drawn["level"] >= 0) & (drawn["level"] <= 3)).all()


def world(one, replication):
    blueprint = Blueprint(one)
    return blueprint.world(blueprint.chance(1, replication), blueprint.timetable(["democratic"]))


def test_the_unrated_differ_between_replications_and_the_rated_do_not():
    one = scenario(KNOWN, {"commitment": 0.4}, {})
    people = [world(one, replication).employees[0] for replication in range(40)]
    assert {person["competence"][0] for person in people} == {0.9}
    assert {round(float(person["commitment"][1]), 9) for person in people} == {0.4}
    assert {int(person["level"][1]) for person in people} == {1, 2}
    assert {int(person["level"][2]) for person in people} == {0, 1, 2, 3}


def test_every_style_meets_the_same_people():
    one = scenario(KNOWN, {}, {})
    blueprint = Blueprint(one)
    both = blueprint.world(blueprint.chance(1, 0), blueprint.timetable(["democratic", "servant"])).employees
    assert both["competence"][0].tolist() == both["competence"][1].tolist()


@settings(max_examples=3)
@given(st.integers(0, 50))
def test_both_drivers_agree(seed):
    one = scenario(KNOWN, {"commitment": 0.4}, {"competence": 0.5}, {})
    compared = sim.compare(one, ["democratic"], 1, seed=seed, weeks=6)
    model = sim.TeamModel(one, "democratic", rng=seed, collect_people=False)
    model.run_for(6)
    last = model.datacollector.get_model_vars_dataframe().iloc[-1]
    assert float(last["morale"]) == float(compared["morale"].isel(style=0, replication=0, week=-1))


def test_a_scenario_with_unrated_people_survives_being_written(tmp_path):
    one = scenario(KNOWN, {})
    (tmp_path / "scenario.toml").write_text(sim.scenario.to_toml(one), encoding="utf-8")
    assert sim.load_scenario(tmp_path / "scenario.toml").employees == one.employees
