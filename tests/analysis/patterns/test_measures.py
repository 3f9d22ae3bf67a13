"""How patterns are measured: on made-up data with a known answer, what each measure is made of says it."""

import numpy as np
import pytest

from sim.analysis.evidence import load_patterns
from sim.analysis.patterns import GROUPS, MEASURES, World
from sim.analysis.patterns.asking import Questionnaire, growth, recent, stayed, team_means, team_output
from sim.analysis.patterns.learning import exponential_share, first_years, months_to_half, weeks_to_productivity
from sim.analysis.patterns.output import best_over_worst, difference
from sim.analysis.patterns.people import icc, relative_spread
from sim.analysis.patterns.samples import LIVES, SAMPLES, SHARED, bosses
from sim.analysis.patterns.technology import gains
from sim.analysis.patterns.time_course import drift, fall_and_return
from sim.analysis.patterns.turnover import MANY_TIMES, hazard_ratio, leaves
from sim.analysis.survey import correlation
from sim.model.metrics import METRIC_NAMES
from sim.model.state import PERSON
from sim.scenario.behaviours import BEHAVIOURS
from sim.study.firms import Sample


@pytest.fixture(scope="module")
def world():
    file = load_patterns()
    return World(file.protocol.model_dump() | {"firms": 20}, file.scales, file.contrasts, 1)


def sample_of(people, team=None):
    """A sample of one arm; people: (weeks, positions) of PERSON; each team is a firm."""
    team = np.zeros(people.shape[1], np.int64) if team is None else np.array(team)
    teams = team.max() + 1
    return Sample(
        people=people[None], team=team, firm=team, behaviour=np.full((1, teams, len(BEHAVIOURS)), 0.5),
        fidelity=np.ones(teams),
        metrics=np.zeros((1, teams, len(people), len(METRIC_NAMES))),
    )  # fmt: skip


def staff(weeks, positions, **fields):
    """People who are there from long before the first week on."""
    people = np.zeros((weeks, positions), PERSON)
    people["employed"], people["tenure"] = 1, 200 + np.arange(weeks)[:, None]
    for name, value in fields.items():
        people[name] = value
    return people


def newcomers(weeks, positions, **fields):
    """People who come at the end of the first week."""
    people = staff(weeks, positions, **fields)
    people["tenure"] = np.arange(weeks)[:, None]
    return people


def test_every_measure_belongs_to_one_group():
    assert len(MEASURES) == sum(len(measures) for measures in GROUPS.values())
    assert all(measure.__doc__ for measure in MEASURES.values())
    assert {pattern.measure for pattern in load_patterns().patterns} == set(MEASURES)


def test_a_pattern_is_in_the_group_of_its_measure():
    for pattern in load_patterns().patterns:
        assert MEASURES[pattern.measure] in GROUPS[pattern.group], pattern.id


# --- Who is asked -----------------------------------------------------------------------------------------------------


def test_asked_are_those_who_stayed():
    people = staff(30, 3)
    people["tenure"][:, 1] = np.arange(30) - 10  # came in the tenth week
    people["employed"][-1, 2] = 0
    assert stayed(sample_of(people)).tolist() == [0]
    assert stayed(sample_of(people), 15).tolist() == [0, 1]


def test_means_of_people_and_teams():
    people = staff(40, 4, competence=np.linspace(0.1, 0.5, 40)[:, None] * [1.0, 1.0, 1.0, 2.0])
    people["output"][-26:] = [1.0, 2.0, 3.0, 5.0]
    sample, everybody = sample_of(people, [0, 0, 1, 1]), np.arange(4)
    assert recent(sample, "output", everybody).tolist() == [1, 2, 3, 5]
    assert team_output(sample).tolist() == [1.5, 4.0]
    gained = 0.4 * 26 / 39
    assert growth(sample, everybody) == pytest.approx([gained, gained, gained, 2 * gained])
    some, (mean,) = team_means(sample, np.array([2, 3]), np.array([1.0, 4.0]))
    assert some.tolist() == [False, True]
    assert mean.tolist() == [2.5]


def test_a_questionnaire_about_leaders_is_as_reliable_as_the_survey(world):
    rng = np.random.default_rng(1)
    many = 20_000
    sample = sample_of(staff(1, many, delivered=1.0, closeness=1.0), np.arange(many))
    sample.behaviour[0] = rng.uniform(size=sample.behaviour[0].shape)
    questionnaire = Questionnaire(world, sample, np.arange(many), 1)
    answers, truth = questionnaire.about_leader("empowering"), questionnaire.truth("empowering")
    assert truth == pytest.approx(sample.behaviour[0][:, [BEHAVIOURS.index("participation"), 3]].mean(axis=1))
    halo = world.protocol["halo"]
    assert world.one_surveyed(correlation(answers, truth)) == pytest.approx(1 / np.sqrt(1 + halo**2), abs=0.01)


# --- Learning ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "power", "expected"), [(0.08, None, 1.0), (None, 0.5, 0.0)])
def test_curves_are_told_apart(rate, power, expected):
    rng, weeks = np.random.default_rng(1), np.arange(1, 53)
    shape = np.exp(-rate * weeks) if rate else weeks**-power
    curves = 0.9 - 0.6 * shape + 0.01 * rng.standard_normal((200, 52))
    assert exponential_share(curves) == pytest.approx(expected, abs=0.05)
    assert exponential_share(np.empty((0, 52))) == 0


def test_first_years_are_those_of_newcomers_who_stayed_for_a_year():
    people = newcomers(60, 2, output=np.arange(60)[:, None] * [1.0, 10.0])
    people["employed"][50:, 1] = 0
    assert first_years(sample_of(people)).tolist() == [list(range(1, 53))]
    assert len(first_years(sample_of(staff(60, 2)))) == 0


def test_weeks_to_full_productivity():
    old, new = staff(61, 1, output=1.0), newcomers(61, 1)
    new["output"] = np.minimum(np.arange(61) / 20, 1.0)[:, None]
    assert weeks_to_productivity(sample_of(np.concatenate([old, new], axis=1))) == 19


def test_half_of_what_was_learned_is_lost():
    course = 0.3 + 0.6 * 0.5 ** (np.arange(104) / 26)
    assert months_to_half(course, 0.3) == pytest.approx(6.0)
    assert months_to_half(np.full(104, 0.9), 0.3) == pytest.approx(24.0)


# --- People, turnover -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [0.0, 0.2, 0.7])
def test_icc_is_the_share_of_variance_between_groups(between):
    rng, group = np.random.default_rng(1), np.repeat(np.arange(4000), np.tile([1, 5, 9], 4000)[:4000])
    shared = rng.standard_normal(4000)[group]
    values = np.sqrt(between) * shared + np.sqrt(1 - between) * rng.standard_normal(len(group))
    assert icc(values, group) == pytest.approx(between, abs=0.02)


def test_spread_among_the_people_of_a_firm_leaves_differences_between_firms_out():
    rng, firm = np.random.default_rng(1), np.repeat(np.arange(500), 10)
    values = (1 + firm) * (1 + 0.25 * rng.standard_normal(len(firm)))
    assert relative_spread(values, firm) == pytest.approx(0.25, abs=0.02)


def test_hazard_by_tenure():
    rng = np.random.default_rng(1)
    people = staff(2, 200_000)
    people["tenure"] = rng.integers(0, 200, 200_000)
    chance = np.where(people["tenure"][0] < 52, 0.03, 0.01)
    people["employed"][1] = rng.uniform(size=200_000) > chance
    assert hazard_ratio(people) == pytest.approx(3.0, abs=0.3)
    people["employed"][1] = 1
    people["employed"][1, np.flatnonzero(people["tenure"][0] < 52)[0]] = 0
    assert hazard_ratio(people) == MANY_TIMES


def test_the_first_to_leave_a_position_counts():
    people = staff(6, 2)
    people["employed"][2:4, 0] = 0
    people["employed"][5, 0] = 0
    assert np.argwhere(leaves(people)).tolist() == [[1, 0]]


# --- Output, technology, time -----------------------------------------------------------------------------------------


def test_the_best_tenth_against_the_worst():
    assert best_over_worst(np.arange(1.0, 21.0)) == pytest.approx(19.5 / 1.5 - 1)


def test_difference_in_standard_deviations_within_firms():
    rng, firm = np.random.default_rng(1), np.repeat(np.arange(500), 10)
    one = 100 * firm + 2 * rng.standard_normal(len(firm))
    assert difference(one + 1.0, one, firm) == pytest.approx(0.5, abs=0.01)


def test_gains_by_competence():
    able = np.arange(100.0)
    gained = 1.0 + np.where(able < 25, 0.3, np.where(able > 74, 0.0, 0.1))
    found = gains(able, gained, np.ones(100))
    assert found == pytest.approx({"mean": 0.125, "lowest_quarter": 0.3, "highest_quarter": 0.0}, abs=1e-3)


def test_fall_and_return():
    weeks = np.arange(60)
    lost = np.where(weeks < 8, weeks / 7, 0.5 ** ((weeks - 7) / 6))
    assert fall_and_return(lost) == (1.0, 6.0)
    assert fall_and_return(np.minimum(weeks, 8.0)) == (8.0, 52.0)
    assert fall_and_return(np.full(9, -1.0))[1] == 52.0


def test_drift_is_counted_in_standard_deviations_between_firms():
    rng = np.random.default_rng(1)
    first = rng.standard_normal(2000)
    assert drift(first, first + 0.5) == pytest.approx(0.5, abs=0.02)


# --- Samples ----------------------------------------------------------------------------------------------------------


def test_samples_that_several_patterns_need_are_run_once(world):
    assert set(SHARED) <= set(SAMPLES)
    assert world.sample("clerical") is world.sample("clerical")
    assert world.sample("idle") is not world.sample("idle")


def test_what_happens_to_firms_happens_in_their_sample(world):
    growing = world.sample("clerical").people[0]
    assert (growing["employed"][20].sum() - growing["employed"][0].sum()) >= 5
    calm, hit = (world.sample(f"{how} crisis") for how in ("without", "with"))
    assert (calm.people[:, : world.burn_in] == hit.people[:, : world.burn_in]).all()
    assert (
        hit.metric("decision_delay")[0, :, world.burn_in].mean()
        > calm.metric("decision_delay")[0, :, world.burn_in].mean()
    )


def test_nothing_teaches_the_idle(world):
    people = world.sample("idle").people[0]
    there = stayed(world.sample("idle"), len(people))
    assert len(there)
    assert (np.diff(people["competence"][:, there], axis=0) <= 0).all()


def test_leaders_differ_where_their_sample_says(world):
    where = [BEHAVIOURS.index(name) for name in ("participation", "delegation")]
    behaviour = world.sample("shared").behaviour[0]
    varied = np.flatnonzero(behaviour.std(axis=0) > 1e-9).tolist()
    assert varied == where
    assert behaviour[:, where].sum(axis=1).max() <= 0.95


def test_a_boss_meets_the_same_people_whoever_else_is_tried(world):
    output = bosses(world)
    assert len(output) == 20 // 5
    assert (bosses(world) == output).all()
    assert LIVES > 1
