"""What the app lets a visitor ask for."""

from dataclasses import replace

import pytest

from sim.app.compare.setting import (
    FEWEST_REPLICATIONS,
    FIRST_STYLES,
    LARGEST_UPLOAD,
    LOOK_AT,
    MOST_PERSON_WEEKS,
    Setting,
    fitted,
    for_question,
    own_scenario,
    prepared,
)
from sim.model.build import AS_IS
from sim.model.metrics import BY_NAME
from sim.run.size import person_weeks
from sim.scenario.load import load_scenario, scenario_names, to_toml
from sim.scenario.problems import InputError
from sim.scenario.styles import COMPARED

LARGE = """
extends = "everyday"
title = "Many"
question = "How many are too many?"
""" + "".join(f'[[teams]]\nname = "T{number}"\nsize = 25\n' for number in range(10))


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_can_be_asked_about(name):
    job = prepared(Setting(scenario=name))
    assert job.baseline in job.styles
    assert job.replications * person_weeks(job.scenario, job.weeks, len(job.styles)) <= MOST_PERSON_WEEKS


def test_a_large_question_gets_fewer_replications():
    job = prepared(Setting(own=LARGE, scenario="many", styles=COMPARED[:4], replications=400))
    assert FEWEST_REPLICATIONS <= job.replications < 400
    assert job.replications * 250 * job.weeks * 4 <= MOST_PERSON_WEEKS


def test_a_question_that_is_too_large_is_refused():
    with pytest.raises(InputError, match="too much for the app"):
        prepared(Setting(own=LARGE, scenario="many", styles=COMPARED, weeks=1040))


def test_only_so_many_styles_at_a_time():
    with pytest.raises(InputError, match="allowed are 9 at a time"):
        prepared(Setting(styles=(*COMPARED, "S1")))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (Setting(scenario="nowhere"), "unknown scenario"),
        (Setting(metric="luck"), "unknown metric"),
        (Setting(styles=("autocrat",)), 'did you mean "autocratic"'),
        (Setting(scenario="crisis", weeks=3), "allowed is"),
        (Setting(weeks=0), "allowed is"),
        (Setting(changes={"market.urgency": 2}), "allowed is a number from 0 to 1"),
    ],
)
def test_what_cannot_be_is_explained(setting, message):
    with pytest.raises(InputError, match=message):
        prepared(setting)


def test_another_scenario_keeps_the_styles_that_it_knows():
    setting = Setting(styles=("servant", "ours"), baseline="ours", changes={"market.urgency": 0.5}, seed=3)
    found = fitted(setting, load_scenario("crisis"))
    assert found.styles == ("servant",)
    assert found.baseline is None
    assert not found.changes


@pytest.mark.parametrize("name", [name for name in scenario_names() if name != "client-roster"])
def test_a_saved_scenario_can_be_opened_again(name):
    scenario = load_scenario(name)
    assert own_scenario(to_toml(scenario), name) == scenario


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "title: missing"),
        ("title = ", "not valid TOML"),
        ("x = " + "[" * 20_000, "nested too deeply|not valid TOML"),
        ("#" * (LARGEST_UPLOAD + 1), "larger than"),
        ('extends = "/etc/passwd"', "allowed is a shipped scenario"),
        ('extends = "../mine.toml"', "allowed is a shipped scenario"),
        ("extends = 3", "allowed is a shipped scenario"),
        ('extends = "everyday"\nemployees = { roster = "/etc/passwd" }', "no other file is read"),
        ('extends = "everyday"\nname = "x"', "named after its file"),
        ('extends = "everyday"\n[market]\nurgency = 3', "allowed is a number from 0 to 1"),
        ('extends = "everyday"\n[market]\nurgncy = 0.3', "did you mean `urgency`"),
    ],
)
def test_a_file_that_is_no_scenario_is_explained(text, message):
    with pytest.raises(InputError, match=message):
        own_scenario(text, "mine")


@pytest.mark.parametrize("name", scenario_names())
def test_every_question_can_be_answered_with_what_it_is_given(name):
    scenario = load_scenario(name)
    setting = for_question(replace(Setting(), scenario=name), scenario)
    before, now = prepared(setting.before), prepared(setting)
    assert not [entry for entry in before.scenario.practices if entry.intensity]
    assert now.scenario == scenario
    leaders = {(team.leader or scenario.leader).style for team in scenario.teams}
    assert (AS_IS in now.styles) == (now.baseline == AS_IS) == (len(leaders) > 1)


def test_what_one_question_needs_does_not_stay_with_the_next():
    asked = replace(Setting(), scenario="several-teams")
    several = for_question(asked, load_scenario("several-teams"))
    assert several.styles == (*FIRST_STYLES, AS_IS)
    assert for_question(replace(several, scenario="everyday"), load_scenario("everyday")) == Setting()


def test_the_third_metric_of_a_question_is_another_than_the_first_two():
    assert set(LOOK_AT) <= set(scenario_names())
    assert set(LOOK_AT.values()) <= set(BY_NAME) - {"morale", "output"}
