"""Planned trials: power, false alarms and errors are those of known cases, and nonsense is explained."""

import json
import tomllib

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats
from typer.testing import CliRunner

import sim
from sim.analysis.trial import spec
from sim.analysis.trial.firms import PotentialOutcomes, worlds_of
from sim.analysis.trial.power import analysed, plan_trial, play, power_of, true_effect
from sim.analysis.trial.spec import Trial, load_trial
from sim.cli import app
from sim.scenario.toml_files import checked

TRIAL = tomllib.loads((spec.__doc__ or "").split("\n\n", 1)[1])


def trial(**keys):
    table = {**TRIAL, "firms": [20], "trials": 40, "worlds": 1, **keys}
    return checked(table, Trial, "trial.toml")


def known_world(effect, *, between=0.5, within=1.0, firms=400, people=8):
    """Firms that differ by `between`, people within them by `within`, and an effect that is the same for all."""
    rng = np.random.default_rng(3)
    without = between * rng.standard_normal((firms, 1)) + within * rng.standard_normal((firms, people))
    everybody = np.ones(without.shape, bool)
    before = without + 0.7 * within * rng.standard_normal(without.shape)
    return PotentialOutcomes(before, without, without + effect, everybody, everybody)


def test_the_text_in_the_docstring_is_a_trial():
    assert trial().measure == "morale"


def test_power_and_false_alarms_are_those_of_the_textbook():
    """Donner & Klar: the variance of the difference is 4 (between^2 + within^2 / people) / firms."""
    plan = trial(reliability=1.0, drop_out=0.0, firms_lost=0.0, baseline=False)
    rng, found = np.random.default_rng(1), {}
    for effect in (0.0, 0.8):
        world = known_world(effect)
        found[effect] = [play(plan, world, 20, rng) for _ in range(120)]
    without = known_world(0.0).without
    assert without.mean(axis=1).var() == pytest.approx(0.25 + 1 / 8, rel=0.2)
    error = np.sqrt(4 * without.mean(axis=1).var() / 20) / without.std()
    assert np.mean([one.error for one in found[0.8]]) == pytest.approx(error, rel=0.1)
    expected = power_of(0.8 / known_world(0.0).without.std(), error, 20, 0.05)
    assert np.mean([one.p < 0.05 for one in found[0.8]]) == pytest.approx(expected, abs=0.11)
    assert np.mean([one.p < 0.05 for one in found[0.0]]) <= 0.11
    assert np.mean([one.effect for one in found[0.8]]) == pytest.approx(true_effect(known_world(0.8), plan), abs=0.07)


def test_the_power_is_that_of_a_t_test():
    gap, n = 0.5, 30
    rng = np.random.default_rng(2)
    p = stats.ttest_ind(rng.normal(gap, 1, (n, 4000)), rng.normal(0, 1, (n, 4000))).pvalue
    assert power_of(gap, np.sqrt(2 / n), 2 * n, 0.05) == pytest.approx((p < 0.05).mean(), abs=0.02)


@pytest.mark.parametrize(("between", "people"), [(1.0, 6), (0.5, 20)])
def test_the_model_is_the_mixed_model_of_statsmodels(between, people):
    rng, firms = np.random.default_rng(5), 12
    firm = np.repeat(np.arange(firms), people)[5:]
    data = pd.DataFrame({"firm": firm, "treated": (firm % 2).astype(float), "before": rng.normal(size=len(firm))})
    data["after"] = 0.4 * data["treated"] + 0.5 * data["before"] + rng.normal(size=len(firm))
    data["after"] += between * rng.normal(size=firms)[firm]
    fitted = smf.mixedlm("after ~ treated + before", data, groups="firm").fit(reml=True, method="powell")
    found = analysed(data, baseline=True)
    assert found.effect == pytest.approx(fitted.fe_params["treated"], rel=1e-3)
    assert found.error == pytest.approx(fitted.bse_fe["treated"], rel=1e-2)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(found.effect / found.error), 10))


def test_where_one_person_of_each_firm_answers_it_is_a_t_test():
    rng, firm = np.random.default_rng(5), np.arange(30)
    data = pd.DataFrame({"firm": firm, "treated": (firm % 2).astype(float), "after": rng.normal(size=30) + firm % 2})
    expected = stats.ttest_ind(data["after"][data["treated"] == 1], data["after"][data["treated"] == 0])
    found = analysed(data.assign(before=0.0), baseline=False)
    assert (found.effect / found.error, found.p) == pytest.approx((expected.statistic, expected.pvalue))


def test_where_firms_are_alike_people_are_compared():
    rng = np.random.default_rng(5)
    firm = np.repeat(np.arange(12), 6)
    within = np.tile(rng.permutation(np.linspace(-1.0, 1.0, 6)), 12)
    data = pd.DataFrame({"firm": firm, "treated": (firm % 2).astype(float), "before": 0.0})
    data["after"] = 0.4 * data["treated"] + within
    expected = stats.ttest_ind(data["after"][data["treated"] == 1], data["after"][data["treated"] == 0])
    found = analysed(data, baseline=False)
    assert (found.effect, found.effect / found.error) == pytest.approx((0.4, expected.statistic), rel=1e-3)


def test_poorer_scales_and_lost_people_cost_power():
    world = known_world(0.6)
    rng = np.random.default_rng(1)
    full = trial(reliability=1.0, drop_out=0.0, firms_lost=0.0)
    errors = []
    for plan in (full, full.model_copy(update={"reliability": 0.5}), full.model_copy(update={"drop_out": 0.7})):
        found = [play(plan, world, 20, rng) for _ in range(25)]
        errors.append(np.mean([abs(one.error / one.effect) for one in found]))
    assert errors[0] < min(errors[1:])


def test_firms_are_the_same_with_and_without_the_treatment_until_it_begins():
    plan = trial(firms=[8], after=10, treatment={"behaviour": {"support": 0.5}, "practices": {"recognition": 0.8}})
    (world,) = worlds_of(plan)
    assert world.before.shape == world.treated.shape == (120, 8)
    (nothing,) = worlds_of(plan.model_copy(update={"treatment": spec.Treatment(behaviour={"support": 0.0001})}))
    assert np.array_equal(world.before, nothing.before)
    assert np.abs(nothing.treated - nothing.without).max() < 0.01
    assert world.treated.mean() > world.without.mean()


def test_a_trial_is_planned_from_its_file(tmp_path):
    import tomli_w

    table = {**TRIAL, "firms": [8, 16], "trials": 20, "worlds": 2, "after": 8}
    (tmp_path / "mine.toml").write_text(tomli_w.dumps(table))
    done = CliRunner().invoke(app, ["trial", str(tmp_path / "mine.toml"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "With the usual parameters the treatment changes morale after 8 weeks by" in done.output
    assert "mixed model with firms as random effects" in done.output
    record = json.loads((tmp_path / "out/trial.json").read_text())
    assert [row["firms"] for row in record["sizes"]] == [8, 16]
    assert len(record["worlds"]) == 2
    assert "Dark: trials played over all 2 plausible worlds" in (tmp_path / "out/power.svg").read_text("utf-8")
    again = plan_trial(load_trial(tmp_path / "mine.toml"))
    assert again.sizes["power"].tolist() == [row["power"] for row in record["sizes"]]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"measure": "moral"}, 'did you mean "morale"'),
        ({"firms": [2]}, "firms"),
        ({"firms": [8, 8]}, "8 is listed twice"),
        ({"firms": [4], "firms_lost": 0.5}, "fewer than 4 are left"),
        ({"treatment": {}}, "nothing is done"),
        ({"treatment": {"practices": {"coaching": 0.5}}}, 'unknown practice "coaching"'),
        ({"treatment": {"behaviour": {"suport": 0.5}}}, 'did you mean "support"'),
        ({"reliability": 0.0}, "reliability"),
        ({"dropout": 0.1}, "did you mean `drop_out`"),
    ],
)
def test_what_makes_no_sense_is_explained(keys, says):
    with pytest.raises(sim.InputError, match=says):
        trial(**keys)
