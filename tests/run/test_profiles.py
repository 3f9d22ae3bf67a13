"""What names stand for: the same in a draw wherever a name is met, and independent between names."""

import json

import numpy as np
import pytest

import sim
from sim.run.case import Case, run_cases
from sim.run.profiles import OWN, Profiles, spread, style_vectors
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario
from sim.scenario.style_definition import StyleDefinition
from sim.scenario.styles import builtin_styles, resolve

WRITTEN = [name for name, style in builtin_styles().items() if style.behaviour is not None]


def rows(name, profiles, **own):
    tables = {key: StyleDefinition.model_validate(table) for key, table in own.items()}
    return [np.array(stage.levels) for stage in resolve(name, profiles.definitions(tables)).stages]


def middle(name):
    return np.array(resolve(name, {}).stages[0].levels[0])


@pytest.mark.parametrize("name", WRITTEN)
def test_leaders_of_a_kind_lie_around_the_profile_that_is_written(name):
    drawn = np.array([Profiles(1, number)(name, tuple(middle(name))) for number in range(2000)])
    assert ((drawn >= 0) & (drawn <= 1)).all()
    inside = (middle(name) > 2 * spread()) & (middle(name) < 1 - 2 * spread())  # where hardly any are cut off
    assert drawn.mean(axis=0)[inside] == pytest.approx(middle(name)[inside], abs=0.015)
    assert drawn.std(axis=0)[inside] == pytest.approx(spread()[inside], rel=0.1)


def test_the_spread_is_that_share_of_the_spread_between_styles():
    assert spread() == pytest.approx(OWN * style_vectors().std(axis=0))
    assert len(spread()) == len(BEHAVIOURS)


def test_a_draw_comes_again_and_another_is_another():
    row = tuple(middle("servant"))
    assert Profiles(1, 3)("servant", row) == Profiles(1, 3)("servant", row)
    others = {Profiles(1, 4)("servant", row), Profiles(2, 3)("servant", row), Profiles(1, 3)("other", row)}
    assert len({Profiles(1, 3)("servant", row), *others}) == 4


def test_names_are_drawn_independently():
    still = (0.5,) * len(BEHAVIOURS)
    one, two = (np.array([Profiles(1, n)(name, still) for n in range(1000)]) for name in ("servant", "agile"))
    correlation = [np.corrcoef(one[:, place], two[:, place])[0, 1] for place in range(len(BEHAVIOURS))]
    assert np.abs(correlation).max() < 0.13


def test_a_name_stands_for_the_same_wherever_it_is_met():
    draw = Profiles(5, 7)
    s = {name: rows(name, draw)[0][0] for name in ("S1", "S2", "S3", "S4")}
    assert (rows("situational", draw)[0] == np.array(list(s.values()))).all()
    parts = {"democratic": 0.3, "transformational": 0.3, "servant": 0.2, "autocratic": 0.2}
    mixed = sum(weight * rows(name, draw)[0][0] for name, weight in parts.items())
    assert rows("mixed", draw)[0][0] == pytest.approx(mixed)
    evolving = {"schedule": [{"style": "autocratic"}, {"style": "S4", "from_week": 27}]}
    first, second = rows("evolving", draw, evolving=evolving)
    assert (first[0] == rows("autocratic", draw)[0][0]).all()
    assert (second[0] == s["S4"]).all()


def test_what_a_style_departs_in_stays_as_it_is_written():
    draw = Profiles(5, 7)
    (kind,) = rows("kind", draw, kind={"based_on": "autocratic", "behaviour": {"support": 0.9}})
    place = BEHAVIOURS.index("support")
    assert kind[0][place] == 0.9
    assert (np.delete(kind[0], place) == np.delete(rows("autocratic", draw)[0][0], place)).all()


def test_a_style_of_ones_own_is_drawn_as_a_built_in_one():
    table = {"behaviour": builtin_styles()["servant"].behaviour}
    draw = Profiles(5, 7)
    assert (rows("mine", draw, mine=table)[0][0] == np.array(draw("mine", tuple(middle("servant"))))).all()


def test_runs_follow_the_profiles_that_are_drawn():
    """A draw gives what a scenario gives in which these profiles are written."""
    everyday, draw = load_scenario("everyday"), Profiles(2, 1)
    # Before the first week leaders are as the scenario says: so in both.
    everyday = everyday.model_copy(update={"leader": everyday.leader.model_copy(update={"style": "servant"})})
    written = {"one": {"behaviour": dict(zip(BEHAVIOURS, map(float, rows("servant", draw)[0][0]), strict=True))}}
    own = {name: StyleDefinition.model_validate(style) for name, style in written.items()}
    led = everyday.leader.model_copy(update={"style": "one"})
    same = everyday.model_copy(update={"styles": own, "leader": led})
    drawn, plain, as_written = run_cases(
        [
            Case(everyday, ("servant",), replications=range(3), weeks=12, profiles=draw),
            Case(same, ("one",), replications=range(3), weeks=12),
            Case(everyday, ("servant",), replications=range(3), weeks=12),
        ]
    )
    np.testing.assert_array_equal(drawn.values, plain.values)
    assert not np.array_equal(drawn.values, as_written.values)


def test_a_comparison_says_which_profiles_it_drew():
    assert "profiles" not in sim.compare("everyday", ["servant"], 1, 2).attrs
    drawn = json.loads(sim.compare("everyday", ["servant"], 1, 2, profiles=Profiles(1, 2)).attrs["profiles"])
    assert drawn == {"seed": 1, "number": 2, "held": []}


def test_no_arm_is_moved_by_what_runs_beside_it():
    everyday, draw = load_scenario("everyday"), Profiles(3, 0)
    together = sim.compare(everyday, ["servant", "as-is", "situational"], 2, 9, profiles=draw)
    alone = sim.compare(everyday, ["situational"], 2, 9, profiles=draw)
    np.testing.assert_array_equal(together["output"].sel(style="situational"), alone["output"].sel(style="situational"))
