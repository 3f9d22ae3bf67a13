"""The lessons: each can be run as it stands, asks before it tells, and claims no more than its run shows."""

import numpy as np
import pytest
import xarray as xr

from sim.app.learn import runs
from sim.app.learn.lessons import Arm, Contest, Course, Everywhere, Luck, lessons
from sim.app.learn.runs import arms_of, arranged, run_arms, run_everywhere
from sim.app.learn.verdicts import JUDGES, NONE, judge_contest, judge_course, judge_luck, options, wilson
from sim.model.metrics import METRIC_NAMES
from sim.scenario.load import scenario_names
from sim.scenario.styles import style_names
from sim.view.texts import paragraphs

ROUNDS = [
    pytest.param(one, id=f"{name}-{place}")
    for name, lesson in lessons().items()
    for place, one in enumerate(lesson.rounds, 1)
]


def test_there_are_at_least_six_lessons_and_each_ends_in_a_question():
    assert len(lessons()) >= 6
    for lesson in lessons().values():
        assert lesson.open_question.strip().endswith("?")
        assert all(one.question.strip().endswith("?") for one in lesson.rounds)
    assert [lesson.order for lesson in lessons().values()] == list(range(1, len(lessons()) + 1))


@pytest.mark.parametrize("asked", ROUNDS)
def test_what_a_round_asks_for_exists(asked):
    assert asked.metric in METRIC_NAMES
    assert asked.first <= (asked.last or asked.weeks) <= asked.weeks
    if isinstance(asked, Everywhere):
        assert set(asked.scenarios) <= set(scenario_names())
        assert set(runs.styles_of(asked)) <= set(style_names(arranged_everyday()))
    else:
        arms = arms_of(asked)
        assert len({arm.label for arm in arms}) == len(arms)
        for arm in arms:
            assert arm.style in (*style_names(arranged(arm)), "as-is")


def arranged_everyday():
    from sim.scenario.load import load_scenario

    return load_scenario("everyday")


@pytest.mark.parametrize("asked", ROUNDS)
def test_a_round_can_be_run_and_every_guess_judged(asked):
    few = asked.model_copy(update={"replications": 12})
    results = run_everywhere(few) if isinstance(few, Everywhere) else run_arms(few)
    verdicts = {option.name: JUDGES[few.kind](few, option.name, results) for option in options(few)}
    assert len({verdict.shown for verdict in verdicts.values()}) == 1 or isinstance(few, Everywhere)
    held = [name for name, verdict in verdicts.items() if verdict.outcome == "held"]
    unsettled = [name for name, verdict in verdicts.items() if verdict.outcome == "open"]
    assert held or unsettled
    if not isinstance(few, Everywhere):  # several styles may lead everywhere
        assert len(held) <= 1


def fake(values, metric="output"):
    """Results of arms as lists of one number a replication, or of one list of weeks a replication."""
    array = np.asarray(values, float)
    array = array[..., np.newaxis] if array.ndim == 2 else array
    coords = {
        "style": [f"arm {place}" for place in range(len(array))],
        "replication": np.arange(array.shape[1]),
        "week": np.arange(1, array.shape[2] + 1),
    }
    return xr.Dataset({metric: (("style", "replication", "week"), array)}, coords)


def contest(arms=2, wanted="highest", smallest=1.0):
    return Contest(
        kind="contest", situation="-", question="?", metric="output", weeks=2, last=1, smallest=smallest, mechanism="-",
        wanted=wanted, arms=tuple(Arm(label=f"arm {place}", style="agile") for place in range(arms)),
    )  # fmt: skip


NOISE = np.random.default_rng(1).normal(0, 1, 100)


def test_a_clear_difference_settles_a_contest():
    ds = fake([50 + NOISE, 55 + NOISE[::-1]])
    outcomes = {guess: judge_contest(contest(), guess, ds).outcome for guess in ("arm 0", "arm 1", NONE)}
    assert outcomes == {"arm 0": "failed", "arm 1": "held", NONE: "failed"}
    lowest = contest(wanted="lowest")
    assert judge_contest(lowest, "arm 0", ds).outcome == "held"


def test_no_difference_refutes_no_arm_and_confirms_that_there_is_none():
    ds = fake([50 + NOISE, 50 + NOISE[::-1]])
    verdict = judge_contest(contest(), "arm 0", ds)
    assert verdict.outcome == "open"
    assert "no certain difference of" in verdict.shown
    assert judge_contest(contest(), NONE, ds).outcome == "held"


def test_a_sure_difference_too_small_to_name_is_not_named():
    ds = fake([50 + NOISE, 50.5 + NOISE])
    assert judge_contest(contest(), "arm 0", ds).outcome == "open"
    assert judge_contest(contest(smallest=0.1), "arm 0", ds).outcome == "failed"


def test_two_of_three_ahead_leaves_it_open_between_them():
    ds = fake([50 + NOISE, 50 + NOISE[::-1], 40 + NOISE])
    outcomes = [judge_contest(contest(3), guess, ds).outcome for guess in ("arm 0", "arm 1", "arm 2", NONE)]
    assert outcomes == ["open", "open", "failed", "open"]


@pytest.mark.parametrize(
    ("course", "shape"),
    [
        (np.linspace(0.3, 0.8, 20), "rises"),
        (np.linspace(0.8, 0.3, 20), "falls"),
        (np.concatenate([np.linspace(0.7, 0.4, 8), np.linspace(0.4, 0.72, 12)]), "dips"),
        (np.concatenate([np.linspace(0.4, 0.7, 8), np.linspace(0.7, 0.38, 12)]), "peaks"),
        (np.full(20, 0.5), "level"),
    ],
)
def test_the_shape_of_a_course_is_seen(course, shape):
    asked = Course(
        kind="course", situation="-", question="?", metric="morale", weeks=20, smallest=0.02, mechanism="-",
        arm=Arm(label="arm 0", style="agile"),
    )  # fmt: skip
    noise = np.random.default_rng(2).normal(0, 0.02, (1, 50, 20))
    ds = fake(course + noise, "morale")
    held = [option.name for option in options(asked) if judge_course(asked, option.name, ds).outcome == "held"]
    assert held == [shape]


def test_a_share_near_an_edge_is_left_open():
    asked = Luck(
        kind="luck", situation="-", question="?", metric="output", weeks=2, last=1, smallest=1.0, mechanism="-",
        arms=(Arm(label="arm 0", style="agile"), Arm(label="arm 1", style="agile")),
    )  # fmt: skip
    gap = np.where(np.arange(100) < 62, 1.0, -1.0)
    ds = fake([50 + gap, np.full(100, 50.0)])
    outcomes = {option.name: judge_luck(asked, option.name, ds).outcome for option in options(asked)}
    assert outcomes == {"0-20": "failed", "20-40": "failed", "40-60": "open", "60-80": "open", "80-100": "failed"}


def test_pairs_of_the_same_luck_show_what_luck_hides_from_others():
    """A small lead in every run is certain beside the same luck, and close to a coin's throw beside another."""
    shares = {}
    luck = np.random.default_rng(1).normal(0, 10, 100)
    for same in (True, False):
        asked = Luck(
            kind="luck", situation="-", question="?", metric="output", weeks=2, last=1, smallest=1.0, mechanism="-",
            arms=(Arm(label="arm 0", style="agile"), Arm(label="arm 1", style="agile")), same=same,
        )  # fmt: skip
        ds = fake([51 + luck, 50 + luck])
        shares[same] = {option.name: judge_luck(asked, option.name, ds).outcome for option in options(asked)}
    assert shares[True]["80-100"] == "held"
    assert shares[False]["40-60"] in ("held", "open")
    assert shares[False]["80-100"] == "failed"


def test_the_interval_of_a_share_is_that_of_wilson():
    low, high = wilson(10, 20)
    assert [low, high] == pytest.approx([29.93, 70.07], abs=0.01)
    assert wilson(0, 20)[0] == pytest.approx(0)
    assert wilson(100, 100)[1] <= 100


def test_paragraphs_are_parted_by_empty_lines_alone():
    assert paragraphs("\none\ntwo\n\nthree\n") == ["one two", "three"]
