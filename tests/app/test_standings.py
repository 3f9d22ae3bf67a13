"""Who is best at what, in the weeks that a question asks about; and the change that each situation has to try."""

from dataclasses import replace

import numpy as np
import pytest

from sim.app.compare.answer import Answerer, changed_in_words
from sim.app.compare.controls import by_name, groups
from sim.app.compare.setting import LOOK_IN, Setting, prepared
from sim.app.compare.standings import in_words, ranked, strip
from sim.app.compare.trying import URGENT, trial_for
from sim.scenario.load import load_scenario, scenario_names

STYLES = ("a", "b", "c", "d")


def runs(*means, sd=0.01, many=50):
    """Runs of styles around these means, with the same luck."""
    luck = np.random.default_rng(1).normal(0, sd, many)
    return np.array([mean + luck * (1 + 0.1 * s) for s, mean in enumerate(means)])


def test_styles_are_ranked_and_those_too_close_to_call_stand_together():
    values = runs(0.5, 0.7, 0.7001, 0.4)
    assert ranked("morale", STYLES, values) == [[2, 1], [0], [3]]
    assert ranked("turnover", STYLES, values) == [[3], [0], [1, 2]]  # the less the better


def test_one_run_tells_nothing():
    assert len(ranked("morale", STYLES, runs(0.5, 0.7, 0.6, 0.4, many=1))) == 1


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([[1], [0, 2]], "Morale is highest under b."),
        ([[1, 0], [2]], "Morale is highest under b or a (too close to call)."),
        ([[1, 0, 2]], "Morale: too close to call."),
    ],
)
def test_the_best_are_named(found, told):
    assert in_words(["morale"], STYLES[:3], [found], "") == told
    assert in_words(["morale"], STYLES[:3], [found], "In weeks 1 to 5:").startswith("In weeks 1 to 5: morale")


def test_chips_say_what_moved():
    chips = strip("morale", ("agile", "mine"), runs(0.5, 0.7), [[1], [0]], {"agile": "+0.02"})["groups"]
    assert [[(chip["style"], chip["moved"]) for chip in group] for group in chips] == [
        [("mine", "")],
        [("agile", "+0.02")],
    ]


def test_a_question_is_answered_in_its_own_weeks():
    setting = Setting(scenario="crisis", styles=("autocratic", "situational"), replications=25, metric="decision_delay")
    answer = Answerer().answer(prepared(setting), prepared(setting), lambda: False)
    assert answer is not None
    assert answer.verdict.startswith("In weeks 27 to 34: morale")
    assert "decision delay is lowest" in answer.verdict
    assert answer.between_styles.startswith("In weeks 27 to 34: ")
    assert answer.courses[0]["focus"] == {"week": 27, "until": 35, "text": "asked about"}
    assert answer.trade_off["subtitle"] == "means of weeks 27 to 34"
    # The ranking is of these weeks, not of the whole run.
    chip = answer.strips[1]["groups"][0][0]
    course = next(line for line in answer.courses[1]["lines"] if line["name"] == chip["style"])
    assert float(chip["value"]) == pytest.approx(np.mean(course["mean"][26:34]), abs=0.6)
    assert abs(float(chip["value"]) - np.mean(course["mean"])) > 3
    assert answer.table["rows"][0]["cells"][0]["mean"]  # all headline figures are those of the whole run


def test_weeks_that_are_not_run_are_not_asked_about():
    setting = Setting(scenario="startup")
    assert prepared(setting).focus == (1, 26)
    assert prepared(replace(setting, weeks=20)).focus is None
    assert set(LOOK_IN) <= set(scenario_names())


def test_what_was_changed_leaves_the_page_with_the_numbers():
    assert changed_in_words({"market.urgency": 0.9}) == "Changed: market.urgency = 0.9."
    job = prepared(Setting(changes={"market.urgency": 0.9}))
    assert job.changes == {"market.urgency": 0.9}


@pytest.mark.parametrize("name", scenario_names())
def test_every_situation_has_something_to_try(name):
    scenario = load_scenario(name)
    changes = trial_for(scenario).changes
    controls = by_name(groups(scenario))
    assert all(controls[one].low <= value <= controls[one].high for one, value in changes.items())
    assert any(
        value != controls[one].base[place % len(controls[one].base)]
        for place, (one, value) in enumerate(changes.items())
    )
    prepared(Setting(scenario=name, changes=changes))


def test_a_scenario_of_ones_own_has_something_to_try():
    assert trial_for(load_scenario("everyday").model_copy(update={"name": "mine"})) == URGENT
