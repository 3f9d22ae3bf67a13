"""Advice as a whole: the same again with the same seed, honest about what it found, stopped without loss."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import sim
from sim.analysis.advice import advise
from sim.analysis.advice.advisor import SEARCHING, Choice, advised_scenario, changing, instead_of, recommended_of
from sim.analysis.advice.confirm import Beside, Paired
from sim.analysis.advice.gains import Standing, undominated, yardstick
from sim.analysis.advice.goals import read_goal
from sim.analysis.advice.plans import KEEP, LeadershipPlan, fixed
from sim.analysis.advice.search import search
from sim.analysis.advice.worlds import Worlds, live
from sim.analysis.summary import run_values
from sim.model.metrics import METRIC_NAMES
from sim.scenario import InputError, load_scenario, to_toml
from sim.scenario.styles import builtin_styles
from tests.analysis.advice.small import EFFORT, business, searched


def test_the_same_seed_gives_the_same_advice():
    again = advise(business(), constraints=["turnover < 500"], trials=20, effort=EFFORT)
    one = searched()
    assert (again.plan, again.front, again.now, again.measure) == (one.plan, one.front, one.now, one.measure)
    assert again.confirmation.worlds == one.confirmation.worlds
    assert again.confirmation.metrics.equals(one.confirmation.metrics)


def test_another_seed_tries_other_plans_on_other_luck():
    other = advise(business(), trials=20, seed=2, effort=EFFORT)
    assert other.measure != searched().measure


def test_plans_are_lived_through_as_compare_runs_styles():
    scenario = business()
    runs = live(Worlds((scenario,), 3, 7), [KEEP, fixed("S4")])
    values = run_values(sim.compare(scenario, ["autocratic", "S4"], 3, seed=7), METRIC_NAMES)
    expected = values.transpose("style", "replication", "metric").to_numpy()
    np.testing.assert_allclose(runs[:, 0], expected, rtol=1e-12)


def test_worlds_have_luck_of_their_own():
    runs = live(Worlds((business(), business()), 2, 1), [KEEP])[0].reshape(4, -1)
    assert len({row.tobytes() for row in runs}) == 4


def test_staying_as_is_is_no_gain():
    assert (searched().now.gain, searched().now.cautious, searched().now.better) == (0, 0, 0)


def test_the_choice_is_confirmed_on_every_kind_of_world():
    advice, confirmed = searched(), searched().confirmation
    assert confirmed.worlds.n == EFFORT.fresh_worlds
    assert confirmed.as_written.n == confirmed.beside_fixed.n == EFFORT.as_written
    assert confirmed.best_fixed in builtin_styles()
    assert confirmed.worlds.low <= confirmed.worlds.mean <= confirmed.worlds.high
    assert len(confirmed.kept) == 1
    assert advice.beats_now == (advice.plan != KEEP and confirmed.worlds.low > 0)


def test_a_plan_beside_itself_makes_no_difference():
    """A business that is led in the best way already gets no advice to change."""
    best = business(leader={"style": searched().confirmation.best_fixed})
    kept = live(Worlds((best,), 4, 1), [KEEP, fixed(best.leader.style)])
    assert (kept[0] == kept[1]).all()


def test_bounds_that_no_plan_keeps_are_refused_with_the_nearest():
    with pytest.raises(InputError) as caught:
        advise(business(), constraints=["output > 500"], trials=8, effort=EFFORT)
    text = str(caught.value)
    assert text.startswith("constraint: none of the ")
    assert "keeps output > 500 (the nearest that any came is " in text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"goal": "decision_delay=1", "market": {"decisions": 0.0}}, "decision_delay has no value in this scenario"),
        ({"goal": "ai_readiness=1", "weeks": 1}, "is the same in this scenario however one leads"),
        ({"trials": 0}, "trials: got 0; allowed is a whole number from 1"),
        ({"seed": -1}, "seed: got -1; allowed is a whole number from 0"),
        ({"goal": "happiness=1"}, 'goal: unknown metric "happiness"'),
    ],
)
def test_what_cannot_be_searched_for_is_explained(more, says):
    scenario = business(**{key: more.pop(key) for key in ("market",) if key in more})
    if more.pop("weeks", None):
        scenario = business(run={"weeks": 1})
    with pytest.raises(InputError) as caught:
        advise(scenario, **({"trials": 8} | more), effort=EFFORT)
    assert says in str(caught.value)


def test_ctrl_c_ends_the_search_and_keeps_the_best_so_far():
    def interrupt(doing, done, _total):
        if doing == SEARCHING and done >= 8:
            raise KeyboardInterrupt

    advice = advise(business(), trials=80, effort=EFFORT, progress=interrupt)
    assert advice.stopped
    assert advice.tried == 8
    assert advice.confirmation.worlds.n == EFFORT.fresh_worlds


def test_progress_goes_from_stage_to_stage_and_reaches_the_end_of_each():
    seen = []
    advise(business(), trials=10, effort=EFFORT, progress=lambda *told: seen.append(told))
    stages = list(dict.fromkeys(doing for doing, _, _ in seen))
    assert len(stages) == 3
    for stage in stages:
        steps = [(done, total) for doing, done, total in seen if doing == stage]
        assert [done for done, _ in steps] == sorted(done for done, _ in steps)
        assert steps[-1][0] == steps[-1][1]


def test_the_advised_scenario_loads_and_does_what_was_advised(tmp_path):
    plan = LeadershipPlan((("S1", 7), ("S2", 3)), (("S4", 10),), 9)
    advice = searched()._replace(plan=plan)
    path = tmp_path / "advised.toml"
    path.write_text(to_toml(advised_scenario(advice)))
    scenario = load_scenario(path)
    assert scenario.leader == business().leader
    ours = live(Worlds((business(),), 2, 3), [plan])
    theirs = live(Worlds((scenario,), 2, 3), [fixed("advised")])
    np.testing.assert_array_equal(ours, theirs)
    twice = advised_scenario(advice._replace(scenario=scenario))
    assert "advised-2" in twice.styles


def test_what_is_uncertain_differs_between_worlds():
    scenario = business(uncertain={"market.demand": [0.2, 1.2]})
    worlds = live(Worlds((scenario,), 1, 1), [KEEP])
    advice = advise(scenario, trials=8, effort=EFFORT)
    assert advice.now.means["output"] != pytest.approx(float(worlds[0, 0, 0, METRIC_NAMES.index("output")]))
    assert advice.scenario.uncertain == {"market.demand": (0.2, 1.2)}


@given(arrays(float, st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=st.integers(0, 4).map(float)))
def test_the_front_holds_what_nothing_exceeds(points):
    front = set(undominated(points))
    for place, point in enumerate(points):
        exceeded = any((other >= point).all() and (other > point).any() for other in points)
        assert (place in front) != exceeded


def test_better_means_lower_where_a_manager_wants_it_low():
    as_is = np.random.default_rng(1).normal(10, 1, (3, 4, len(METRIC_NAMES)))
    lower = as_is - 1
    measure = yardstick(read_goal("turnover=1"), as_is, lower[np.newaxis])
    assert (measure.points(lower, as_is) > 0).all()
    assert (yardstick(read_goal("morale=1"), as_is, lower[np.newaxis]).points(lower, as_is) < 0).all()


def test_a_goal_without_a_value_is_refused():
    unknown = np.full((2, 2, len(METRIC_NAMES)), math.nan)
    with pytest.raises(InputError, match="output has no value in this scenario"):
        yardstick(read_goal("output=1"), unknown, unknown[np.newaxis])


def test_without_constraints_every_plan_is_allowed():
    scenario = business()
    worlds = Worlds((scenario,) * 3, 1, 1)
    goal = read_goal("output=1")
    free = search(scenario, worlds, goal, (), 16, 8, 1)
    assert all(one.allowed for one in free.standings.values())
    assert len(free.standings) > len(builtin_styles())
    assert math.isclose(free.standings[KEEP].gain, 0)


def test_the_search_does_better_than_what_it_began_with():
    """Not by chance: the best built-in style is among the plans, and what is kept is the best of all."""
    scenario = business()
    found = search(scenario, Worlds((scenario,) * 4, 1, 1), read_goal("output=1"), (), 40, 8, 1)
    best = max(one.cautious for one in found.standings.values())
    assert best >= max(found.standings[fixed(style)].cautious for style in builtin_styles())
    assert found.tried == 40


SMALL_GAINS = np.linspace(0.0, 1.0, 40)


def choice(plan, more, spread=0.0):
    """A plan that gains so much more in every world, and wavers."""
    gains = SMALL_GAINS + more + spread * np.sin(np.arange(40) * 1.7)
    return Choice(
        plan, Standing(float(gains.mean()), float(np.quantile(gains, 0.1)), {}, 1.0, ()), tuple(gains.tolist())
    )


BLENDED = LeadershipPlan((("servant", 6), ("agile", 4)))


@pytest.mark.parametrize(
    ("others", "recommended"),
    [
        ([("servant", -0.01, 0.03), ("S4", -0.01, 0.03)], "servant"),  # only noise tells: simple, and nearer to now
        ([("servant", -0.4, 0.1), ("S4", -0.4, 0.1)], None),  # the blend is ahead
        ([("servant", -0.4, 0.1), ("S4", -0.01, 0.03)], "S4"),
    ],
)
def test_the_simplest_within_noise_of_the_best_is_recommended(others, recommended):
    best = choice(BLENDED, 0.0)
    found = recommended_of(
        business(leader={"style": "democratic"}), [best, *(choice(fixed(n), m, s) for n, m, s in others)], best
    )
    assert found.plan == (fixed(recommended) if recommended else BLENDED)


def test_a_blend_has_to_beat_every_style_over_worlds_and_as_written():
    won, lost = Paired(0.3, 0.2, 0.4, 0.9, 50), Paired(0.0, -0.1, 0.1, 0.5, 50)
    seen = searched().confirmation
    choices = [choice(BLENDED, 0.0), choice(fixed("servant"), -0.1, 0.3), choice(fixed("S4"), -0.2)]
    for worlds, written, kept in ((won, won, True), (won, lost, False), (lost, won, False)):
        confirmation = seen._replace(styles={"servant": Beside(won, won), "S4": Beside(worlds, written)})
        found = instead_of(business(), choices, choices[0], confirmation)
        assert (found is None) == kept
        if found:
            assert found.plan.style is not None


def test_a_blend_that_is_ahead_by_what_nobody_would_notice_is_not_worth_it():
    slight = Beside(Paired(0.1, 0.05, 0.15, 0.9, 50), Paired(0.3, 0.2, 0.4, 0.9, 50))
    seen = searched().confirmation._replace(styles={"servant": slight})
    choices = [choice(BLENDED, 0.0), choice(fixed("servant"), -0.1, 0.3)]
    found = instead_of(business(), choices, choices[0], seen)
    assert found is not None
    assert found.plan == fixed("servant")


def test_staying_as_is_is_no_candidate_for_the_safest_change():
    same = Choice(fixed("autocratic"), Standing(0.0, 0.0, {}, 0.0, ()), (0.0,) * 40)
    risky = choice(fixed("servant"), -0.2)
    assert changing([same, risky]) == [risky]
    assert changing([same]) == [same]


def test_of_styles_that_do_as_well_the_one_that_is_ahead_as_written_is_taken():
    behind, open_ = Paired(-0.3, -0.4, -0.2, 0.1, 50), Paired(0.0, -0.1, 0.1, 0.5, 50)
    seen = searched().confirmation._replace(best_fixed="S4", beside_fixed=behind, styles={"S4": Beside(open_, behind)})
    choices = [choice(fixed("servant"), 0.0), choice(fixed("S4"), 0.0)]
    found = instead_of(business(), choices, choices[0], seen)
    assert found is not None
    assert found.plan == fixed("S4")
    clear = seen._replace(styles={"S4": Beside(Paired(0.3, 0.2, 0.4, 0.9, 50), behind)})
    assert instead_of(business(), choices, choices[0], clear) is None


def test_what_staying_gives_away_counts_no_world_in_which_it_is_better_to_stay():
    mean, worst = searched().confirmation.regret
    assert mean >= max(searched().confirmation.worlds.mean, 0.0)
    assert worst >= 0
