"""The Mesa model and the engine are two drivers of one set of rules: they agree to the last bit."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from sim.model.build import AS_IS, Blueprint
from sim.model.engine import advance
from sim.model.metrics import METRIC_NAMES, METRICS
from sim.model.team_model import TeamModel
from sim.model.views import numbers
from sim.model.world import World
from sim.run.compare import compare
from sim.scenario.load import load_scenario, scenario_from, scenario_names
from sim.scenario.schema import Scenario
from sim.scenario.styles import builtin_styles, style_names
from tests.model.made_up import scenarios

SEED, REPLICATION = 3, 1

STEPS = "in-steps"
STAGES = [
    {"style": "autocratic"},
    {"style": "mixed", "from_week": 14},
    {"style": "situational", "from_week": 27, "when": "competence >= 0.6"},
]
"""A policy that changes with time and with what is observed, for scenarios that have none of their own."""

COVERING = {
    "everyday": ["democratic", "situational", "mixed", STEPS, AS_IS],
    "ai-prepared": ["visionary", "situational"],
    "ai-unprepared": ["laissez-faire", "mixed"],
    "client-roster": ["transformational", "situational", "agreed", "step-by-step", AS_IS],
    "crisis": ["autocratic", "situational", "mixed", STEPS, AS_IS],
    "culture-programme": ["servant", STEPS],
    "disruption": ["agile", "situational", "mixed", STEPS, AS_IS],
    "experts": ["S4"],
    "growth": ["S1", "situational", "mixed", STEPS, AS_IS],
    "key-person": ["S2", "situational", "mixed", STEPS, AS_IS],
    "novices": ["S3"],
    "overload": ["laissez-faire"],
    "routine": ["autocratic"],
    "several-teams": ["democratic", "situational", "mixed", STEPS, AS_IS],
    "startup": ["agile"],
    "turnaround": ["transformational", "situational", "mixed", STEPS, AS_IS],
    "values-led": ["servant", AS_IS],
}
"""What is compared of the shipped scenarios: all of them, all styles, and all that a scenario has with each kind of
style."""

CASES = [(name, style) for name, styles in COVERING.items() for style in styles]


@cache
def shipped(name: str) -> Scenario:
    """A shipped scenario, with a policy in steps beside its own styles."""
    table = load_scenario(name).model_dump(exclude_none=True)
    return scenario_from(table | {"styles": {**table["styles"], STEPS: {"schedule": STAGES}}})


def has(scenario: Scenario) -> set[str]:
    """What of all that a scenario can have this one has."""
    leaders = {team.leader for team in scenario.teams}
    found = {
        "several teams": len(scenario.teams) > 1,
        "a team that begins empty": any(team.size == 0 for team in scenario.teams),
        "leaders of teams": leaders != {None},
        "people one by one": bool(scenario.employees.people),
        "practices": bool(scenario.practices),
        "parameters of its own": bool(scenario.parameters),
        "none of these": not (scenario.events or scenario.practices or scenario.employees.people),
    }
    events = {event.event for event in scenario.events}
    return {name for name, there in found.items() if there} | events | {scenario.run.development_scheme}


def kind(scenario: Scenario, style: str) -> str:
    """The kind of a style: which key of its definition says what it does."""
    if style == AS_IS:
        return AS_IS
    definition = {**builtin_styles(), **scenario.styles}[style]
    return next(key for key in ("schedule", "by_level", "blend", "behaviour") if getattr(definition, key) is not None)


def test_the_pairs_cover_all_scenarios_and_styles_and_what_a_scenario_has_with_each_kind_of_style():
    assert set(COVERING) == set(scenario_names())
    wanted = {style for name in scenario_names() for style in style_names(load_scenario(name))}
    assert {style for _, style in CASES} == wanted | {STEPS, AS_IS}
    covered = {(one, kind(shipped(name), style)) for name, style in CASES for one in has(shipped(name))}
    kinds = {"behaviour", "by_level", "blend", "schedule", AS_IS}
    assert covered == {(one, each) for name in scenario_names() for one in has(shipped(name)) for each in kinds}


@cache
def compared(name: str) -> Any:
    """The engine's results for a shipped scenario under the styles that it is compared with."""
    return compare(shipped(name), styles=COVERING[name], replications=REPLICATION + 1, seed=SEED)


def final_world(scenario: Scenario, style: str, weeks: int) -> World:
    """The company as the engine leaves it."""
    blueprint = Blueprint(scenario)
    chance, timetable = blueprint.chance(SEED, REPLICATION), blueprint.timetable([style])
    world = blueprint.world(chance, timetable)
    for block in chance.blocks(weeks):
        rows = np.empty((1, block.weeks, len(METRICS)))
        team_rows = np.empty((1, 0, len(scenario.teams), len(METRICS)))
        advance(world, timetable, block, blueprint, rows, team_rows)
    return world.arm(0)


def run(scenario: Scenario, style: str, weeks: int) -> TeamModel:
    model = TeamModel(scenario, style, rng=SEED, replication=REPLICATION, collect_people=False)
    model.run_for(weeks)
    return model


def assert_same_metrics(model: TeamModel, dataset: Any) -> None:
    arm = dataset.sel(style=model.style, replication=REPLICATION)
    mesa = model.datacollector.get_model_vars_dataframe()
    for name in METRIC_NAMES:
        assert np.array_equal(mesa[name], arm[name], equal_nan=True), f"{model.style}: {name}"


def assert_same_world(model: TeamModel, world: World) -> None:
    for name in ("employees", "leaders", "teams", "company", "tallies"):
        mesa, engine = numbers(getattr(model.world, name)), numbers(getattr(world, name))
        assert np.array_equal(mesa, engine, equal_nan=True), f"{model.style}: {name}"
    assert np.array_equal(model.world.mood, world.mood)


@pytest.mark.parametrize(("name", "style"), CASES)
def test_agree_on_what_is_shipped(name, style):
    scenario = shipped(name)
    model = run(scenario, style, scenario.run.weeks)
    assert_same_metrics(model, compared(name))
    assert_same_world(model, final_world(scenario, style, scenario.run.weeks))


def test_agree_at_every_length_of_a_run_and_beyond_the_horizon():
    scenario = load_scenario("key-person")
    model = TeamModel(scenario, "situational", rng=SEED, replication=REPLICATION, weeks=30)
    for weeks in (30, 31, 52, 53, 120):
        model.run_until(weeks)
        assert model.week == weeks
        assert_same_metrics(model, compare(scenario, ["situational"], REPLICATION + 1, weeks, SEED))


# --- Scenarios that nobody has written --------------------------------------------------------------------------------


@settings(max_examples=40, derandomize=True, deadline=None)
@given(scenarios())
def test_agree_on_scenarios_that_nobody_has_written(scenario):
    weeks = scenario.run.weeks
    styles = [AS_IS, "situational", "course"]
    dataset = compare(scenario, styles, REPLICATION + 1, weeks, SEED)
    for style in styles:
        model = run(scenario, style, weeks)
        assert_same_metrics(model, dataset)
        assert_same_world(model, final_world(scenario, style, weeks))
