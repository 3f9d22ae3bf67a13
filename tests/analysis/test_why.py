"""Where a difference comes from: answers that are known, sums that hold, one clear error for what makes no sense."""

import numpy as np
import pytest

import sim
from sim.analysis.summary import run_values
from sim.analysis.why import DIRECT, contributions, explain, totals, without
from sim.model.mechanisms import NAMES
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.problems import InputError
from sim.scenario.styles import style_names
from sim.scenario.variants import with_values
from sim.scenario.what_if import toggled

TWO = {
    "styles": {
        "plain": {"behaviour": dict.fromkeys(BEHAVIOURS, 0.3)},
        "inspiring": {"behaviour": {**dict.fromkeys(BEHAVIOURS, 0.3), "inspiration": 0.9}},
    }
}
ONLY_MEANING = {"leading_hours": 0.0, "direction_of_leading": 0.0, "contrast": 0.0}
"""Of inspiration, nothing is left but that it gives meaning to the work: a need, and nothing else."""


@pytest.fixture(scope="module")
def two_styles():
    return scenario_from(load_scenario("everyday").model_dump(exclude_none=True) | TWO)


@pytest.fixture(scope="module")
def everyday():
    return explain("everyday", replications=12)


@pytest.fixture(scope="module")
def by_behaviour():
    return explain("everyday", by="behaviours", replications=12)


def added_up(ds):
    return ds["contribution"].sum("part", skipna=False) + ds["direct"]


def test_what_can_come_through_one_mechanism_only_comes_through_it(two_styles):
    ds = explain(two_styles, "inspiring", "plain", ["morale", "output"], parameters=ONLY_MEANING,
                 mechanisms=["motivation"], replications=5)  # fmt: skip
    assert (ds["difference"].sel(span="whole", metric="morale") > 0).all()
    np.testing.assert_array_equal(ds["direct"], 0.0)
    np.testing.assert_array_equal(ds["contribution"].sel(part="motivation"), ds["difference"])


def test_nothing_gets_through_without_it_whatever_else_is_let_through(two_styles):
    ds = explain(two_styles, "inspiring", "plain", ["morale"], parameters=ONLY_MEANING, replications=5)
    np.testing.assert_array_equal(ds["direct"], 0.0)
    alone = ds["alone"].sel(span="whole").mean("replication").squeeze("metric").to_series()
    assert alone["motivation"] > 0
    assert (alone.drop("motivation") == 0).all()
    np.testing.assert_allclose(ds["removed"].sel(part="motivation"), ds["difference"], atol=1e-12)
    largest = ds["contribution"].sel(span="whole").mean("replication").squeeze("metric").to_series().idxmax()
    assert largest == "motivation"


def test_what_does_not_pass_any_mechanism_is_direct(two_styles):
    ds = explain("everyday", "autocratic", "democratic", ["psychological_safety"], replications=5)
    direct, difference = ds["direct"].sel(span="whole"), ds["difference"].sel(span="whole")
    np.testing.assert_allclose(direct, difference, atol=0.02)
    assert (difference < -0.1).all()


def test_a_mechanism_that_styles_do_not_touch_gets_nothing(everyday):
    np.testing.assert_allclose(everyday["contribution"].sel(part="practices"), 0.0, atol=1e-10)  # to rounding
    for name in ("alone", "removed"):
        np.testing.assert_array_equal(everyday[name].sel(part="practices"), 0.0)


def test_a_behaviour_in_which_styles_are_alike_gets_nothing(two_styles):
    ds = explain(two_styles, "inspiring", "plain", by="behaviours", replications=4)
    np.testing.assert_allclose(ds["contribution"].sel(part="inspiration"), ds["difference"], atol=1e-9)
    np.testing.assert_allclose(ds["contribution"].drop_sel(part="inspiration"), 0.0, atol=1e-9)


PRACTICES = ["recognition", "open-communication"]


def test_what_only_practices_differ_in_comes_from_them_and_through_what_they_reach():
    ds = explain("everyday", "servant", "servant", ["morale", "cost"], "behaviours", 3, 26, practices=PRACTICES[:1])
    part = "practices.recognition"
    assert part in ds["part"]
    np.testing.assert_allclose(ds["contribution"].sel(part=part), ds["difference"], atol=1e-9)
    np.testing.assert_allclose(ds["contribution"].drop_sel(part=part), 0.0, atol=1e-9)
    assert (ds["difference"].sel(metric="cost", span="whole") > 0).all()
    there, without = toggled(load_scenario("everyday"), "recognition")[0], load_scenario("everyday")
    for side, scenario in (("style", there), ("baseline", without)):
        compared = run_values(sim.compare(scenario, ["servant"], 3, 26), ["morale", "cost"]).sel(style="servant")
        for metric in ("morale", "cost"):
            np.testing.assert_array_equal(ds[side].sel(metric=metric, span="whole"), compared.sel(metric=metric))
    through = explain("everyday", "servant", "servant", ["morale"], replications=3, weeks=26, practices="recognition")
    np.testing.assert_allclose(added_up(through), through["difference"], atol=1e-9)
    np.testing.assert_allclose(
        through["difference"], ds["difference"].sel(metric=["morale"]), atol=1e-12
    )  # whichever way it is taken apart
    assert (through["contribution"].sel(part="practices", span="whole") != 0).all()


def test_practices_carry_their_share_beside_behaviours_also_where_the_scenario_has_them():
    scenario, _ = toggled(load_scenario("everyday"), PRACTICES[0])
    ds = explain(scenario, metrics=["morale"], by="behaviours", replications=3, weeks=26, practices=PRACTICES)
    np.testing.assert_allclose(added_up(ds), ds["difference"], atol=1e-9)
    for name in PRACTICES:
        assert (ds["contribution"].sel(part=f"practices.{name}", span="whole") != 0).all()
    # What both sides have makes no difference, and is no part of it.
    both = explain(scenario, metrics=["morale"], by="behaviours", replications=1, weeks=8)
    assert not any("practices." in part for part in both["part"].to_numpy())


def test_contributions_add_up_to_the_difference_in_every_replication_and_quarter(everyday, by_behaviour):
    for ds in (everyday, by_behaviour):
        np.testing.assert_allclose(added_up(ds), ds["difference"], rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(by_behaviour["direct"], 0.0)  # it all comes from some behaviour


def test_the_difference_is_that_of_a_comparison(everyday, by_behaviour):
    compared = run_values(sim.compare("everyday", ["democratic", "autocratic"], 12))
    for ds in (everyday, by_behaviour):
        for metric in ds["metric"].to_numpy():
            for side, style in (("baseline", "democratic"), ("style", "autocratic")):
                np.testing.assert_array_equal(
                    ds[side].sel(metric=metric, span="whole"), compared.sel(metric=metric, style=style)
                )


def test_sums_hold_for_a_hundred_pairs_of_styles_and_scenarios():
    chance = np.random.default_rng(1)
    scenarios = [load_scenario(name) for name in ("everyday", "several-teams", "turnaround", "novices")]
    for number in range(100):
        scenario = scenarios[number % len(scenarios)]
        baseline, style = chance.choice(style_names(scenario), 2, replace=False).tolist()
        weeks = max([9, *(event.week for event in scenario.events)])
        ds = explain(scenario, style, baseline, ["output", "turnover", "profit"], replications=1, weeks=weeks,
                     seed=number, pairs=1, workers=1)  # fmt: skip
        np.testing.assert_allclose(added_up(ds), ds["difference"], rtol=1e-9, atol=1e-9, err_msg=f"{style}, {baseline}")


def test_neither_workers_nor_order_nor_the_number_of_replications_change_anything(everyday):
    metrics = everyday["metric"].to_numpy().tolist()
    other = explain("everyday", metrics=metrics[::-1], replications=7, workers=3)
    here = everyday.isel(replication=slice(7)).sel(metric=metrics[::-1])
    for name in here.data_vars:
        np.testing.assert_array_equal(other[name], here[name], name)


def test_a_table_has_every_part_and_what_is_direct_with_intervals(everyday):
    table, whole = contributions(everyday), totals(everyday)
    of_output = table[table["metric"] == "output"]
    assert of_output["part"].tolist() == [*NAMES, DIRECT]
    total = whole[whole["metric"] == "output"].iloc[0]
    assert of_output["mean"].sum() == pytest.approx(total["mean"])
    assert of_output["share"].sum() == pytest.approx(1.0)
    assert total["style"] - total["baseline"] == pytest.approx(total["mean"])
    assert (of_output["low"] <= of_output["mean"]).all()
    over_time = contributions(everyday, over_time=True)
    assert over_time["last_week"].drop_duplicates().tolist() == list(range(13, 105, 13))


def test_stages_of_both_styles_are_followed_by_their_own_behaviours():
    steps = {"schedule": [{"style": "autocratic"}, {"style": "servant", "from_week": 5}]}
    later = {"schedule": [{"style": "democratic"}, {"style": "agile", "when": "morale >= 0.5"}]}
    scenario = scenario_from(
        load_scenario("everyday").model_dump(exclude_none=True) | {"styles": {"steps": steps, "later": later}}
    )
    ds = explain(scenario, "steps", "later", by="behaviours", replications=3, weeks=12)
    compared = run_values(sim.compare(scenario, ["later", "steps"], 3, 12))
    np.testing.assert_array_equal(ds["style"].sel(span="whole"), compared.sel(style="steps"))
    np.testing.assert_array_equal(ds["baseline"].sel(span="whole"), compared.sel(style="later"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"style": "democratic"}, "also the baseline"),
        ({"style": "autocrat"}, 'unknown style "autocrat"'),
        ({"metrics": ["moral"]}, 'unknown metric "moral"'),
        ({"metrics": []}, "got none"),
        ({"metrics": ["morale", "morale"]}, "given twice"),
        ({"practices": ["luck"]}, 'unknown practice "luck"'),
        ({"practices": ["recognition", "recognition"]}, "given twice"),
        ({"mechanisms": ["luck"]}, 'unknown mechanism "luck"'),
        ({"by": "magic"}, 'unknown way "magic"'),
        ({"by": "behaviours", "mechanisms": ["trust"]}, "Leave them out"),
        ({"replications": 0}, "replications: got 0"),
        ({"weeks": 0}, "weeks: got 0"),
        ({"pairs": 0}, "pairs: got 0"),
        ({"scenario": "several-teams", "style": "as-is", "by": "behaviours"}, "take up other styles"),
    ],
)
def test_bad_input_is_one_clear_error(given, says):
    with pytest.raises(InputError, match=says):
        explain(**given)


def test_a_metric_without_a_week_is_one_clear_error():
    scenario = load_scenario("everyday")
    quiet = scenario.model_copy(update={"market": scenario.market.model_copy(update={"decisions": 0.0})})
    with pytest.raises(InputError, match="decision_delay has no value"):
        explain(quiet, metrics=["output", "decision_delay"], replications=2, weeks=8)


CHANGES = {
    "a slider": lambda scenario: (scenario, with_values(scenario, {"market.urgency": 0.9, "quit_base": 0.006})),
    "an event": lambda scenario: (without(scenario, 0, 40), scenario),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_change_does_adds_up_and_is_the_difference_of_two_comparisons(change):
    before, after = CHANGES[change](load_scenario("crisis"))
    ds = explain(after, "servant", "servant", ["morale", "output"], replications=3, weeks=40, before=before,
                 what="the change", during=(27, 34))  # fmt: skip
    np.testing.assert_allclose(added_up(ds), ds["difference"], rtol=1e-9, atol=1e-9)
    for side, situation in (("baseline", before), ("style", after)):
        happens = tuple(event for event in situation.events if event.week <= 40)
        scenario = situation.model_copy(update={"events": happens})
        whole = sim.compare(scenario, ["servant"], 3, 40).sel(style="servant")
        for metric in ("morale", "output"):
            weeks = whole[metric].sel(week=slice(27, 34)).mean("week")
            np.testing.assert_allclose(ds[side].sel(metric=metric, span="whole"), weeks, rtol=1e-12)
    assert (ds["difference"].sel(metric="morale", span="whole") != 0).all()
    assert ds.attrs["style_label"] == "servant with the change"
    assert ds.attrs["baseline_label"] == "servant without it"
    assert totals(ds)[["first_week", "last_week"]].drop_duplicates().to_numpy().tolist() == [[27, 34]]


@pytest.mark.parametrize("place", range(3))
def test_an_event_can_be_left_out_whatever_it_brings(place):
    events = [{"event": "growth", "week": 3, "people": 3}, {"event": "layoff", "week": 5, "people": 2},
              {"event": "practice_started", "week": 2, "practice": "recognition"}]  # fmt: skip
    scenario = scenario_from(load_scenario("several-teams").model_dump(exclude_none=True) | {"events": events})
    ds = explain(scenario, "servant", "servant", ["output", "headcount"], replications=1, weeks=9, pairs=1,
                 before=without(scenario, place, 9))  # fmt: skip
    np.testing.assert_allclose(added_up(ds), ds["difference"], rtol=1e-9, atol=1e-9)
    assert (ds["difference"].sel(span="whole", metric="output") != 0).all()


def test_what_cannot_be_explained_of_a_change_is_one_clear_error():
    everyday = load_scenario("everyday")
    larger = with_values(everyday, {"teams.Team.size": 15})
    for given, says in (
        ({"before": larger}, "not as many positions"),
        ({"before": everyday, "by": "behaviours"}, "those of one situation"),
        ({"before": everyday, "practices": ["recognition"]}, "those of one situation"),
        ({"during": (5, 4)}, "during: got 5 to 4"),
        ({"during": (5, 500)}, "during: got 5 to 500; allowed are weeks from 1 to 104"),
    ):
        with pytest.raises(InputError, match=says):
            explain(everyday, **given)
