"""Companies with mechanisms cut: both drivers agree to the last bit, and what is cut is as under the baseline."""

import numpy as np
import pytest

from sim.model import mediated
from sim.model.build import Blueprint
from sim.model.mechanisms import NAMES, PEOPLE
from sim.model.mediated_model import MediatedModel
from sim.model.metrics import METRIC_NAMES
from sim.model.play import prepared
from sim.model.world import World
from sim.run.compare import compare
from sim.scenario.load import load_scenario
from sim.scenario.schema import Scenario

SEED, REPLICATION = 3, 1

CASES = [
    ("everyday", "democratic", "autocratic"),
    ("several-teams", "democratic", "as-is"),
    ("turnaround", "transformational", "autocratic"),
    ("key-person", "S2", "situational"),
    ("growth", "agile", "S1"),
    ("culture-programme", "servant", "laissez-faire"),
    ("ai-unprepared", "democratic", "autocratic"),
]
"""With several teams, layoffs, growth, leaders that change, practices and technology."""


def played(scenario: Scenario, baseline: str, style: str, cut: np.ndarray, weeks: int) -> tuple[np.ndarray, World]:
    """Every week's metrics under the baseline and each arm, and the state in the end."""
    blueprint = Blueprint(scenario)
    chance = blueprint.chance(SEED, REPLICATION)
    timetable = blueprint.timetable((baseline, *[style] * (len(cut) - 1)))
    world = blueprint.world(chance, timetable)
    blocks = list(chance.blocks(weeks))
    play = prepared(world, cut, max(block.weeks for block in blocks))
    rows = np.empty((len(cut), weeks, len(METRIC_NAMES)))
    for block in blocks:
        span = slice(block.first_week - 1, block.first_week - 1 + block.weeks)
        mediated.advance(world, timetable, block, blueprint, play, rows[:, span])
    return rows, world


def some_cut(name: str) -> np.ndarray:
    """Nothing cut, everything, all but people, and some of them by chance, with people and without."""
    cut = np.random.default_rng(len(name)).random((6, len(NAMES))) < 0.5
    cut[0] = cut[1] = False
    cut[2] = cut[3] = True
    cut[3, PEOPLE] = cut[4, PEOPLE] = False
    cut[5, PEOPLE] = True
    return cut


@pytest.mark.parametrize(("name", "baseline", "style"), CASES)
def test_where_nothing_is_cut_it_is_the_ordinary_run(name, baseline, style):
    scenario = load_scenario(name)
    rows, _ = played(scenario, baseline, style, some_cut(name), scenario.run.weeks)
    usual = compare(scenario, [baseline, style], REPLICATION + 1, seed=SEED)
    for arm in (0, 1):
        for m, metric in enumerate(METRIC_NAMES):
            np.testing.assert_array_equal(rows[arm, :, m], usual[metric].to_numpy()[arm, REPLICATION])


@pytest.mark.parametrize(("name", "baseline", "style"), CASES)
def test_both_drivers_agree_to_the_last_bit(name, baseline, style):
    scenario, cut = load_scenario(name), some_cut(name)
    weeks = max([20, *(event.week + 6 for event in scenario.events)])
    rows, world = played(scenario, baseline, style, cut, weeks)
    for arm in range(1, len(cut)):
        names = [mechanism for mechanism, is_cut in zip(NAMES, cut[arm], strict=True) if is_cut]
        model = MediatedModel(scenario, style, baseline, names, rng=SEED, replication=REPLICATION, weeks=weeks)
        for week in range(weeks):
            model.step()
            np.testing.assert_array_equal(list(model.metrics.values()), rows[arm, week])
        for own, other in ((model.world.employees, world.employees), (model.world.teams, world.teams)):
            for field in own.dtype.names or ():
                np.testing.assert_array_equal(own[field], other[arm][field], field)


def test_where_people_are_cut_the_same_people_are_there_as_under_the_baseline():
    scenario = load_scenario("turnaround")
    rows, world = played(scenario, "democratic", "autocratic", some_cut("turnaround"), scenario.run.weeks)
    headcount = METRIC_NAMES.index("headcount")
    assert not np.array_equal(rows[1, :, headcount], rows[0, :, headcount])
    for arm in (2, 5):
        np.testing.assert_array_equal(rows[arm, :, headcount], rows[0, :, headcount])
        for field in ("status", "tenure", "creativity"):
            np.testing.assert_array_equal(world.employees[arm][field], world.employees[0][field])


def test_a_style_that_is_the_baseline_comes_to_the_same_whatever_is_cut():
    rows, _ = played(load_scenario("several-teams"), "servant", "servant", some_cut("servant"), 52)
    for arm in range(1, len(rows)):
        np.testing.assert_array_equal(rows[arm], rows[0])


def test_a_mechanism_that_is_cut_goes_on_by_itself():
    cut = np.zeros((3, len(NAMES)), bool)
    cut[2, NAMES.index("trust")] = True
    rows, world = played(load_scenario("everyday"), "democratic", "autocratic", cut, 13)
    trust = METRIC_NAMES.index("trust")
    np.testing.assert_allclose(rows[2, :, trust], rows[1, :, trust], atol=0.02)  # measured is what it comes to
    assert rows[0, -1, trust] - rows[2, -1, trust] > 0.05
    np.testing.assert_array_equal(world.employees[2]["trust"], world.employees[0]["trust"])  # seen is the baseline's
