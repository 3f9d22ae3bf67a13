"""The story of one run: the same numbers as the engine's, and nobody lost on the way."""

import json
import re
from typing import Any

import numpy as np
import pytest

import sim
from sim.app.profile_rows import stage_names
from sim.app.team.moved import WORDS, WORTH, in_words
from sim.app.team.names import GIVEN, Names
from sim.app.team.story import NOT_LED, STATES, same_as_engine, tell
from sim.app.team.timeline import by_week
from sim.model.rules.morale import feel, worth
from sim.model.state import BEHAVIOUR
from sim.model.terms import RETURNED, Term, terms_of
from sim.scenario.load import load_scenario, scenario_from, scenario_names
from sim.scenario.problems import InputError
from sim.scenario.styles import resolve, style_names

WEEKS = 104

LIKE_OTHERS = {"ai-unprepared", "experts", "novices", "overload", "routine", "startup", "values-led"}
"""Scenarios that have nothing in them that none of the rest has."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=[pytest.mark.thorough] if name in LIKE_OTHERS else []) for name in scenario_names()
    ],
)
def scenario(request):
    return load_scenario(request.param)


@pytest.fixture(scope="module")
def story(scenario):
    return tell(scenario, "as-is")


def test_the_story_is_the_run_of_the_engine_to_the_last_bit(scenario, story):
    assert same_as_engine(story, scenario)


def test_a_story_of_other_luck_is_noticed(scenario, story):
    assert not same_as_engine({**story, "replication": 1}, scenario)


def test_the_story_is_plain_data(story):
    assert json.loads(json.dumps(story, allow_nan=False)) == story


def test_everybody_is_followed_from_the_first_week_to_the_last(story):
    for person in story["people"]:
        weeks = (story["weeks"] if person["left"] is None else person["left"]) - person["came"] + 1
        assert {len(person[kind]) for kind in ("level", "seen", "done", "closeness", *STATES)} == {weeks}
        assert bool(person["why"]) == (person["left"] is not None)


def test_as_many_people_are_told_of_as_are_measured(story):
    headcount = story["metrics"]["headcount"]
    for week in range(1, story["weeks"] + 1):
        # The metric counts people before anybody leaves or comes in the week.
        here = [p for p in story["people"] if p["came"] < week and (p["left"] is None or p["left"] >= week)]
        led = [p for p in here if p["seen"][week - p["came"]] != NOT_LED]
        assert len(led) == headcount[week - 1]


def test_morale_told_is_morale_measured(story):
    for week in (1, 30, 60, story["weeks"]):
        told = [
            p["morale"][week - p["came"]]
            for p in story["people"]
            if p["came"] < week and (p["left"] is None or p["left"] >= week)
        ]
        assert np.mean(told) / 1000 == pytest.approx(story["metrics"]["morale"][week - 1], abs=0.002)


def test_nobody_shares_a_name_or_a_position(story):
    assert len({person["name"] for person in story["people"]}) == len(story["people"])
    for week in range(story["weeks"] + 1):
        here = [p["position"] for p in story["people"] if p["came"] <= week and (p["left"] is None or p["left"] > week)]
        assert len(set(here)) == len(here)


def test_who_leaves_and_who_comes_is_said(story):
    texts_of_week = {int(week): " ".join(texts) for week, texts in story["events"].items()}
    for person in story["people"]:
        if person["left"]:
            assert f"{person['name']} (" in texts_of_week[person["left"]]
        if person["came"]:
            assert f"{person['name']} joins" in texts_of_week[person["came"]]


def test_people_on_a_list_keep_their_names():
    scenario = load_scenario("client-roster")
    names = [person["name"] for person in tell(scenario, "as-is", weeks=10)["people"] if person["came"] == 0]
    assert sorted(names) == sorted(person.name for person in scenario.employees.people)


def test_the_first_people_are_called_the_same_under_every_style():
    scenario = load_scenario("everyday")
    one, other = (tell(scenario, style, weeks=5)["people"][:12] for style in ("autocratic", "democratic"))
    assert [person["name"] for person in one] == [person["name"] for person in other]


def test_a_replication_is_that_of_a_comparison():
    ds = sim.compare("everyday", ["servant"], replications=3, weeks=20, seed=7)
    story = tell(load_scenario("everyday"), "servant", seed=7, replication=2, weeks=20)
    assert story["metrics"]["output"] == ds.output.sel(style="servant", replication=2).to_numpy().tolist()


def test_what_is_too_much_to_tell_is_refused():
    with pytest.raises(InputError, match="too much for this page"):
        tell(load_scenario("several-teams"), "as-is", weeks=1000)


def test_somebody_laid_off_does_not_leave_of_their_own_accord():
    table = load_scenario("everyday").model_dump()
    table["events"] = [{"event": "layoff", "week": 3, "people": 2}, {"event": "key_person_leaves", "week": 5}]
    table["parameters"] = {"quit_base": 0.0}
    scenario = scenario_from(table)
    story = tell(scenario, "as-is", weeks=6)
    assert [person["why"] for person in story["people"] if person["left"] == 3] == ["was laid off"] * 2
    assert [person["why"] for person in story["people"] if person["left"] == 5] == ["was lost to the company"]
    assert all(person["seen"][-1] == NOT_LED for person in story["people"] if person["left"])


def test_on_the_first_day_every_team_is_led_as_its_leader_leads():
    scenario = load_scenario("several-teams")
    story = tell(scenario, "as-is", weeks=55)
    led = [story["stages"][team["stage"][0]]["style"] for team in story["teams"]]
    assert led == [team.leader.style for team in scenario.teams if team.leader]


@pytest.mark.parametrize("name", scenario_names())
def test_every_style_has_a_name_for_each_of_its_stages(name):
    scenario = load_scenario(name)
    for style in style_names(scenario):
        assert len(stage_names(style, scenario.styles)) == len(resolve(style, scenario.styles).stages)


def test_rows_are_called_after_the_styles_that_they_come_from():
    table = load_scenario("everyday").model_dump()
    table["styles"] = {
        "coach": {"based_on": "democratic", "behaviour": {"development": 0.8}},
        "by-person": {"by_level": {"d1": "S1", "d2": "S2", "d3": "coach", "d4": "situational"}},
        "half": {"blend": {"situational": 1.0, "agile": 1.0}},
        "later": {"schedule": [{"style": "S1"}, {"style": "situational", "from_week": 9, "when": "competence >= 0.5"}]},
    }
    own = scenario_from(table).styles
    assert stage_names("by-person", own)[0].rows == ("S1", "S2", "coach", "S4")
    assert stage_names("half", own)[0].rows[1] == "half for D2"
    first, second = stage_names("later", own)
    assert (first.name, first.when, second.name) == ("S1", "", "situational")
    assert second.when == "from week 9, while competence >= 0.5"
    assert second.rows == ("S1", "S2", "S3", "S4")


def test_what_is_done_is_what_was_meant_as_far_as_there_was_time():
    """With nobody lacking time and full fidelity, what is done is the row of the stage for the level seen.

    But for what a good relation adds, and a bad one takes away.
    """
    table = load_scenario("everyday").model_dump()
    table["leader"] |= {"hours": 80.0, "fidelity": 1.0}
    scenario = scenario_from(table)
    story = tell(scenario, "situational", weeks=12)
    order = list(BEHAVIOUR.names or ())
    assert story["behaviours"] == order
    relations = set()
    for person in story["people"]:
        for week in range(1, len(person["seen"])):
            if person["seen"][week] != NOT_LED and story["teams"][0]["load"][person["came"] + week] <= 1000:
                stage = story["stages"][story["teams"][0]["stage"][person["came"] + week]]
                meant = dict(zip(order, stage["meant"][person["seen"][week]], strict=True))
                done = dict(zip(order, story["done"][person["done"][week]], strict=True))
                relations.add(person["closeness"][week])
                assert done == pytest.approx(related(meant, person["closeness"][week] / 1000), abs=1)
    assert min(relations) < 1000 < max(relations)


def related(meant, closeness):
    """Behaviour in thousandths toward somebody whose relation with the leader is so much better than others'."""
    done = dict(meant)
    for name in ("support", "recognition", "service", "development"):
        done[name] = min(meant[name] * closeness, 1000)
    say = (meant["participation"] + meant["delegation"]) * closeness
    for name in ("participation", "delegation"):
        done[name] = meant[name] * closeness / max(say / 1000, 1)
    return done


def test_what_is_meant_reaches_everybody_alike_where_leaders_make_no_difference():
    scenario = load_scenario("everyday")
    story = tell(scenario, "situational", weeks=6, parameters={"leader_differentiates": 0.0})
    assert {close for person in story["people"] for close in person["closeness"]} == {1000}


def test_events_of_every_kind_are_said_once_and_crises_end():
    table = load_scenario("everyday").model_dump()
    table["events"] = [
        {"event": "crisis", "week": 2, "weeks": 3, "note": "The roof leaks."},
        {"event": "demand", "week": 4, "weeks": 2, "factor": 1.5},
        {"event": "market_shock", "week": 5, "size": 0.4},
        {"event": "growth", "week": 6, "people": 1},
        {"event": "new_technology", "week": 7, "size": 0.3},
        {"event": "leader_replaced", "week": 8, "leader": {"style": "agile"}},
        {"event": "style_changed", "week": 9, "style": "servant"},
    ]
    scenario = scenario_from(table)
    by_weeks = by_week(scenario, 10, styles_change=True)
    assert set(by_weeks) == {2, 4, 5, 6, 7, 8, 9}
    assert "The roof leaks." in by_weeks[2][0]
    assert by_weeks[5][0].endswith("over.")
    assert "agile" in by_weeks[8][0]
    held = by_week(scenario, 10, styles_change=False)
    assert 9 not in held
    assert "agile" not in held[8][0]


def test_names_run_out_only_after_all_are_used():
    names = Names(1, 0, taken=["Ada"])
    given = [names.next() for _ in range(2 * len(GIVEN))]
    assert len(set(given)) == len(given)
    assert "Ada" not in given
    assert Names(1, 0).next() == Names(1, 0).next()


def test_why_somebodys_morale_moved_is_said_for_every_week_that_they_lived_through(story):
    for person, moved in zip(story["people"], story["moved"], strict=True):
        weeks = [week for week, _ in moved]
        assert weeks == [
            person["came"] + place for place, done in enumerate(person["done"]) if done != NOT_LED
        ]  # fmt: skip
        assert all(text.startswith(f"{person['name']}'s morale ") for _, text in moved)
    texts = [text for moved in story["moved"] for _, text in moved]
    assert any("Since last week: " in text for text in texts)
    assert any("falls by" in text for text in texts)
    named = {name for text in texts for name in re.findall(r"(?:week: |, )([a-z' ]+) [+-]\d", text)}
    assert named <= set(WORDS.values())


def test_the_largest_changes_come_first_in_words():
    earlier = [Term(("trust",), 0.10), Term(("needs_met",), 0.30), Term(("strain",), 0.08), Term(("odd_one",), 0.0)]
    now = [Term(("trust",), 0.09), Term(("needs_met",), 0.25), Term(("strain",), 0.08), Term(("odd_one",), 0.02)]
    sentence = in_words("Ada", 0.62, 0.60, now, earlier)
    assert sentence.startswith("Ada's morale falls by 0.020, to 0.60. It moves toward 0.44")
    assert sentence.endswith("Since last week: needs met -0.050, odd one +0.020, trust -0.010.")


class Anything:
    """A record that has every field."""

    def __getattr__(self, name):
        return 0.5


def test_every_term_of_the_rule_of_morale_has_words():
    given: dict[str, Any] = dict.fromkeys(("employee", "week", "team", "leader", "company", "luck", "p"), Anything())
    given |= {"colleagues": np.zeros(0, int), "mood": np.zeros(0)}
    names = [term.names for term in (*terms_of(feel, "goal", given), *terms_of(worth, RETURNED, given))]
    assert len(names) > 8
    without = [term for term in names if term not in ((), WORTH) and not set(term) & set(WORDS)]
    assert not without, "say in sim/app/team/moved.py what these are called"
