"""Plans: what an optimiser may suggest is a style that the model can follow, simpler ones are simpler."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.advice.plans import (
    KEEP,
    OBSERVED,
    TENTHS,
    LeadershipPlan,
    as_styles,
    blend_of,
    complexity,
    definitions,
    fixed,
    ingredients,
    simpler,
    suggest,
)
from sim.scenario import load_scenario, scenario_from
from sim.scenario.styles import builtin_styles, resolve
from tests.analysis.advice.small import business

STYLES = tuple(builtin_styles())
blends = st.lists(st.sampled_from(STYLES), min_size=TENTHS, max_size=TENTHS).map(
    lambda drawn: blend_of(*((style, 1) for style in drawn))
)
levels = st.integers(0, 20).map(lambda level: level / 20)
plans = st.one_of(
    st.tuples(blends),
    st.tuples(blends, blends, st.integers(2, 100)),
    st.tuples(blends, blends, st.just(1), st.sampled_from(OBSERVED), levels),
).map(lambda drawn: LeadershipPlan(*drawn))


class Dice:
    """Stands for an optimiser's trial: any value that it is allowed to choose."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - dice, not secrets

    def suggest_categorical(self, _name, choices):
        return self.random.choice(choices)

    def suggest_int(self, _name, low, high, step=1):
        return self.random.randrange(low, high + 1, step)

    def suggest_float(self, _name, low, high, step):
        return low + step * self.random.randrange(round((high - low) / step) + 1)


@given(st.integers(), st.integers(1, 1040))
def test_whatever_is_suggested_can_be_followed(seed, weeks):
    dice: Any = Dice(seed)
    plan = suggest(dice, STYLES, weeks)
    assert sum(tenths for _, tenths in plan.first) == TENTHS
    table = business().model_dump()
    table["styles"] = {name: style.model_dump() for name, style in as_styles(plan, "advised").items()}
    stages = resolve("advised", scenario_from(table).styles).stages
    assert len(stages) == (1 if plan.then is None else 2)


@given(plans)
def test_a_simpler_plan_is_simpler_and_whole(plan):
    for one in simpler(plan):
        assert complexity(one) < complexity(plan)
        for blend in filter(None, (one.first, one.then)):
            assert sum(tenths for _, tenths in blend) == TENTHS
            assert {style for style, _ in blend} <= {style for style, _ in (*plan.first, *(plan.then or ()))}
    assert simpler(plan) or complexity(plan) == 1


def test_a_blend_has_one_form():
    assert blend_of(("S1", 2), ("agile", 3), ("S1", 5), ("S2", 0)) == (("S1", 7), ("agile", 3))


def test_styles_that_change_with_time_are_no_ingredients():
    own = {"steady": {"blend": {"S1": 1}}, "changing": {"schedule": [{"style": "S1"}, {"style": "S4", "from_week": 9}]}}
    found = ingredients(business(styles=own))
    assert "steady" in found
    assert "changing" not in found
    assert set(builtin_styles()) <= set(ingredients(load_scenario("client-roster")))


def test_names_for_running_plans_cannot_be_those_of_a_user():
    names, added = definitions([KEEP, fixed("agile"), LeadershipPlan((("S1", 5), ("S2", 5)))])
    assert names[:2] == ("as-is", "agile")
    assert set(added) == {names[2]}
    assert ":" in names[2]
