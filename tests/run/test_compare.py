"""`sim.compare`: what it returns and refuses, and that nothing but scenario, style, seed and replication matters."""

import json

import numpy as np
import pytest

import sim
from sim.model.metrics import METRICS
from sim.run import compare as runner
from sim.run import pool
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario
from sim.scenario.parameters import PARAMETERS
from sim.scenario.problems import InputError
from sim.scenario.styles import COMPARED, builtin_styles, resolve
from tests.model.worlds import varied

STYLES = ["autocratic", "situational", "agile"]
REPLICATIONS = 12
WEEKS = 104


@pytest.fixture(scope="module")
def growth():
    """The reference: three styles together, on one thread."""
    return sim.compare("growth", STYLES, REPLICATIONS, WEEKS, seed=5, workers=1)


def assert_same(one, other):
    """The same numbers, to the last bit, wherever both have them."""
    for metric in METRICS:
        found = other[metric.name].sel(style=one.style, replication=one.replication, week=one.week)
        assert np.array_equal(one[metric.name], found, equal_nan=True), metric.name


# --- What does not matter ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [2, 5])
@pytest.mark.parametrize("person_weeks", [1, 4_000, 10**9])
def test_threads_and_chunks_change_no_bit(growth, monkeypatch, workers, person_weeks):
    monkeypatch.setattr(pool, "TASK_WORK", person_weeks)
    again = sim.compare("growth", STYLES, REPLICATIONS, WEEKS, seed=5, workers=workers)
    assert again.identical(growth)


@pytest.mark.parametrize("styles", [["agile"], STYLES[::-1], ["servant", "autocratic", "S1", "agile", "mixed"]])
def test_the_styles_beside_change_no_bit(growth, styles):
    found = sim.compare("growth", styles, REPLICATIONS, WEEKS, seed=5)
    assert_same(found.sel(style=[style for style in styles if style in STYLES]), growth)


def test_more_replications_and_more_weeks_keep_those_there_were(growth):
    assert_same(growth, sim.compare("growth", STYLES, REPLICATIONS + 3, WEEKS + 9, seed=5))


def test_another_seed_is_other_luck(growth):
    other = sim.compare("growth", STYLES, REPLICATIONS, WEEKS, seed=6)
    assert not (other.morale == growth.morale).any()


def copied(name):
    """Tables of a scenario's own styles that have the numbers of a built-in one: a row for each level."""
    (stage,) = resolve(name, {}).stages
    rows = {f"{name}-d{level}": dict(zip(BEHAVIOURS, row, strict=True)) for level, row in enumerate(stage.levels, 1)}
    tables = {row: {"behaviour": numbers} for row, numbers in rows.items()}
    return {**tables, f"own-{name}": {"by_level": {row[-2:]: row for row in rows}}}


def test_a_style_is_what_it_does_and_not_its_name():
    styles = {name: table for builtin in builtin_styles() for name, table in copied(builtin).items()}
    own = [f"own-{name}" for name in builtin_styles()]
    found = sim.compare(varied("everyday", {"styles": styles}), [*builtin_styles(), *own], 2, 52)
    for name in builtin_styles():
        theirs, ours = (found.sel(style=style, drop=True) for style in (name, f"own-{name}"))
        assert ours.identical(theirs), name


# --- What comes back --------------------------------------------------------------------------------------------------


def test_every_metric_has_its_unit_and_its_long_name(growth):
    assert set(growth.data_vars) == {metric.name for metric in METRICS}
    for metric in METRICS:
        values = growth[metric.name]
        assert values.dims == ("style", "replication", "week")
        assert (values.attrs["units"], values.attrs["long_name"]) == (metric.unit, metric.long_name)
    assert growth.style.values.tolist() == STYLES
    assert growth.week.values.tolist() == list(range(1, WEEKS + 1))


def test_results_say_where_they_come_from(growth):
    facts = growth.attrs
    assert (facts["scenario"], facts["weeks"], facts["replications"], facts["seed"]) == (
        "growth",
        WEEKS,
        REPLICATIONS,
        5,
    )
    assert set(json.loads(facts["parameters_json"])) == {parameter.name for parameter in PARAMETERS}
    assert json.loads(facts["scenario_json"])["title"] == load_scenario("growth").title
    assert {"python", "numpy", "numba"} <= set(json.loads(facts["versions"]))


def test_parameters_reach_the_model_and_the_provenance():
    changed = sim.compare("everyday", ["agile"], 2, 10, parameters={"contagion": 0.0})
    assert json.loads(changed.attrs["parameters_json"])["contagion"] == 0.0
    assert (changed.morale != sim.compare("everyday", ["agile"], 2, 10).morale).any()


def test_the_usual_styles_the_scenarios_own_and_how_it_is_led_now():
    assert runner.choose_styles(load_scenario("everyday"), None) == COMPARED
    own = varied("everyday", {"styles": {"ours": {"blend": {"agile": 1.0}}}})
    assert runner.choose_styles(own, None) == (*COMPARED, "ours")
    assert runner.choose_styles(load_scenario("several-teams"), None)[-1] == "as-is"


def test_teams_have_metrics_of_their_own():
    found = sim.compare("several-teams", ["as-is"], 3, teams=True)
    assert found.team.values.tolist() == [team.name for team in load_scenario("several-teams").teams]
    assert np.array_equal(found.team_headcount.sum("team"), found.headcount)
    assert found.team_morale.min() < found.morale.min()
    assert_same(sim.compare("several-teams", ["as-is"], 3), found)


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"replications": 0}, "replications: got 0; allowed is a whole number from 1 to"),
        ({"replications": 2.5}, "replications: got 2.5"),
        ({"replications": True}, "replications: got True"),
        ({"weeks": 0}, "weeks: got 0; allowed is a whole number from 1 to 1,040"),
        ({"weeks": 1_041}, "weeks: got 1041"),
        ({"seed": -1}, "seed: got -1; allowed is a whole number from 0 to"),
        ({"weeks": 5}, "an event in week"),
        ({"styles": []}, "styles: got none"),
        ({"styles": ["agle"]}, 'unknown style "agle"; did you mean "agile"?'),
        ({"styles": ["agile", "servant", "agile"]}, "agile given twice"),
        ({"parameters": {"contagon": 0.1}}, 'did you mean "contagion"?'),
        ({"parameters": {"contagion": float("nan")}}, "contagion: got nan"),
        ({"scenario": "crises"}, 'did you mean "crisis"?'),
    ],
)
def test_what_a_user_can_get_wrong_is_said(arguments, says):
    with pytest.raises(InputError) as caught:
        sim.compare(**{"scenario": "crisis", **arguments})
    assert says in str(caught.value)


# --- How it goes on meanwhile -----------------------------------------------------------------------------------------


def test_progress_rises_to_the_end(monkeypatch):
    monkeypatch.setattr(pool, "TASK_WORK", 1)
    told: list[tuple[int, int]] = []
    sim.compare("everyday", ["agile"], 9, 2, progress=lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {9}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0][0] == 1
    assert told[-1][0] == 9
