"""The trial of situational leading: the parts add up to the lead, and each compares what it says."""

import numpy as np
import pytest

from sim.analysis.doubt import SOURCES
from sim.analysis.situational import (
    DEALT,
    DIAGNOSIS,
    FOUR,
    LEAD,
    METRICS,
    OTHERS,
    PARTS,
    SPOKEN_OF,
    STEPS,
    difference,
    own_styles,
    trial,
)  # fmt: skip
from sim.run.case import Case, run_cases
from sim.run.record import Record
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError
from sim.scenario.styles import resolve


def levels(name):
    return np.array(resolve(name, own_styles()).stages[0].levels)


@pytest.fixture(scope="module")
def tried():
    told: list[int] = []
    found = trial(20, 2, seed=3, contexts=("novices",), step=told.append)
    assert told == [1]
    return found


def of(tried, metric, name):
    (row,) = tried.table[(tried.table["metric"] == metric) & (tried.table["step"] == name)].to_dict("records")
    return row


def test_the_parts_add_up_to_the_lead_in_every_run():
    rng = np.random.default_rng(1)
    names = {name for step in STEPS for name in (*step.more, *step.less)}
    arms = {name: rng.normal(size=(8, 3)) for name in names}
    parts = sum(difference(step, arms) for step in PARTS)
    np.testing.assert_allclose(parts, difference(LEAD, arms), atol=1e-12)


def test_the_parts_that_are_run_add_up_to_the_lead(tried):
    for metric in METRICS:
        parts = sum(of(tried, metric, step.name)["mean"] for step in PARTS)
        assert parts == pytest.approx(of(tried, metric, "lead")["mean"], abs=1e-9)


def test_the_four_dealt_out_are_a_latin_square_whose_first_row_is_the_match():
    rows = {name: levels(name)[0].tobytes() for name in FOUR}
    square = [[row.tobytes() for row in levels(name)] for name in DEALT]
    assert square[0] == list(rows.values())
    for line in (*square, *zip(*square, strict=True)):
        assert sorted(line) == sorted(rows.values())


def test_what_the_theory_does_not_speak_of_is_an_ordinary_leaders_in_the_neutral_four():
    spoken = [BEHAVIOURS.index(name) for name in SPOKEN_OF]
    rest = [place for place in range(len(BEHAVIOURS)) if place not in spoken]
    average, neutral, ordinary = (levels(name)[0] for name in ("average", "neutral", "ordinary"))
    assert average == pytest.approx(np.mean([levels(name)[0] for name in FOUR], axis=0))
    assert ordinary == pytest.approx(np.mean([levels(name)[0] for name in OTHERS], axis=0))
    assert neutral[spoken] == pytest.approx(average[spoken])
    assert neutral[rest] == pytest.approx(ordinary[rest])


def test_perfect_and_no_diagnosis_are_skills_of_the_leader(tried):
    """What the trial reports is what scenarios say that have such leaders."""
    from sim.analysis.plausible import plausible_scenarios

    gains = []
    for number, (drawn, profiles) in enumerate(plausible_scenarios(load_scenario("novices"), 20, 3)):
        sees = [
            drawn.model_copy(update={"leader": drawn.leader.model_copy(update={"diagnosis_skill": skill})})
            for skill in (1.0, drawn.leader.diagnosis_skill, 0.0)
        ]
        numbers = range(2 * number, 2 * number + 2)
        cases = [Case(where, ("situational",), replications=numbers, seed=3, profiles=profiles) for where in sees]
        best, usual, none = (outcome.values[:, 0, 0].mean() for outcome in run_cases(cases, Record(metrics=METRICS)))
        gains.append((best - usual, usual - none))
    wanted = np.mean(gains, axis=0)
    assert of(tried, "output", DIAGNOSIS[0].name)["mean"] == pytest.approx(wanted[0], rel=1e-9)
    assert of(tried, "output", DIAGNOSIS[1].name)["mean"] == pytest.approx(wanted[1], rel=1e-9)


def test_every_step_has_its_interval_agreement_and_doubt(tried):
    assert set(tried.table["step"]) == {step.name for step in STEPS}
    assert (tried.table["low"] <= tried.table["mean"]).all()
    assert (tried.table["mean"] <= tried.table["high"]).all()
    assert tried.table["above"].between(0, 1).all()
    np.testing.assert_allclose(tried.table[list(SOURCES)].sum(axis=1), 1.0)
    assert tried.first["share"].between(0, 1).all()


def test_an_unknown_context_is_refused():
    with pytest.raises(InputError, match="scenario"):
        trial(4, 1, contexts=("nowhere",))
