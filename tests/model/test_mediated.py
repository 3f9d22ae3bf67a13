"""Companies with mechanisms cut: both drivers agree to the last bit, and what is cut is as under the baseline."""

import numpy as np
import pytest

from sim.model import mediated
from sim.model.build import Blueprint
from sim.model.mechanisms import NAMES, PEOPLE
from sim.model.mediated_model import MediatedModel
from sim.model.metrics import METRIC_NAMES
from sim.model.playback_arrays import prepared
from sim.model.world import World
from sim.run.case import Case
from sim.run.coalitions import Question, Spans, coalition_values
from sim.run.compare import compare
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.schema import Scenario
from sim.scenario.variants import with_values
from sim.scenario.what_if import toggled

SEED, REPLICATION = 3, 1

CASES = [
    ("everyday", "democratic", "autocratic"),
    ("several-teams", "democratic", "as-is"),
    ("turnaround", "transformational", "autocratic"),
    ("key-person", "S2", "situational"),
    ("growth", "agile", "S1"),
    ("culture-programme", "servant", "laissez-faire"),
    ("ai-unprepared", "democratic", "autocratic"),
    ("laid-off", "democratic", "autocratic"),
    ("grown", "servant", "laissez-faire"),
]
"""With several teams, layoffs, growth, leaders that change or are away, practices and technology."""

EVENTS = {
    "laid-off": [{"event": "layoff", "week": 4, "people": 5}, {"event": "key_person_leaves", "week": 6}],
    "grown": [
        {"event": "leader_away", "week": 3, "weeks": 6},
        {"event": "growth", "week": 5, "people": 3},
        {"event": "layoff", "week": 12, "people": 2},
        {"event": "leader_away", "week": 13, "weeks": 4},
    ],
}
"""What happens to several teams in scenarios that are made for this."""


def situation(name: str) -> Scenario:
    """A shipped scenario, or one with EVENTS."""
    if name not in EVENTS:
        return load_scenario(name)
    table = load_scenario("several-teams").model_dump(exclude_none=True)
    return scenario_from({**table, "name": name, "events": EVENTS[name]})


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
    scenario = situation(name)
    rows, _ = played(scenario, baseline, style, some_cut(name), scenario.run.weeks)
    usual = compare(scenario, [baseline, style], REPLICATION + 1, seed=SEED)
    for arm in (0, 1):
        for m, metric in enumerate(METRIC_NAMES):
            np.testing.assert_array_equal(rows[arm, :, m], usual[metric].to_numpy()[arm, REPLICATION])


@pytest.mark.parametrize(("name", "baseline", "style"), CASES)
def test_both_drivers_agree_to_the_last_bit(name, baseline, style):
    scenario, cut = situation(name), some_cut(name)
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


def test_both_drivers_agree_where_only_the_style_has_some_practices():
    without = load_scenario("culture-programme")
    named = ("recognition", "empowerment")
    for name in named:
        if toggled(without, name)[1]:
            without = toggled(without, name)[0]
    scenario = without
    for name in named:
        scenario, _ = toggled(scenario, name)
    weeks, opened = 14, ~some_cut("practices")[1:4]
    every_week = Spans(tuple(range(1, weeks + 1)), tuple(range(1, weeks + 1)))
    case = Case(scenario, ("democratic", "autocratic"), replications=range(REPLICATION, REPLICATION + 1), seed=SEED,
                weeks=weeks)  # fmt: skip
    question = Question(case, "mechanisms", NAMES, METRIC_NAMES, every_week, named)
    (values,) = coalition_values(question, lambda _: opened, lambda _, found: found) or []
    np.testing.assert_array_equal(
        values[0].T, [list(week.values()) for week in weeks_of(without, "democratic", None, (), weeks)]
    )
    for arm, let_through in enumerate(opened, 1):
        cut = [name for name, is_open in zip(NAMES, let_through, strict=True) if not is_open]
        own = weeks_of(scenario, "autocratic", "democratic", cut, weeks, without)
        np.testing.assert_array_equal(values[arm].T, [list(week.values()) for week in own])


def test_both_drivers_agree_on_what_a_change_of_the_situation_does():
    before = situation("grown")
    scenario = with_values(before, {"market.urgency": 0.9, "leader.hours": 20.0, "quit_base": 0.01})
    weeks, opened = 15, ~some_cut("change")[1:5]
    every_week = Spans(tuple(range(1, weeks + 1)), tuple(range(1, weeks + 1)))
    case = Case(scenario, ("servant", "servant"), replications=range(REPLICATION, REPLICATION + 1), seed=SEED,
                weeks=weeks)  # fmt: skip
    question = Question(case, "mechanisms", NAMES, METRIC_NAMES, every_week, before=before)
    (values,) = coalition_values(question, lambda _: opened, lambda _, found: found) or []
    for arm, let_through in enumerate(opened, 1):
        cut = [name for name, is_open in zip(NAMES, let_through, strict=True) if not is_open]
        own = weeks_of(scenario, "servant", "servant", cut, weeks, before)
        np.testing.assert_array_equal(values[arm].T, [list(week.values()) for week in own])


def weeks_of(scenario, style, baseline, cut, weeks, under_baseline=None):
    """What the Mesa model with mechanisms cut measures in each week."""
    model = MediatedModel(scenario, style, baseline, cut, SEED, REPLICATION, weeks, under_baseline)
    for _ in range(weeks):
        model.step()
        yield dict(model.metrics)


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
