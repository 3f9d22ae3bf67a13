"""Every metric stays within what it can be, whatever a scenario says that is allowed."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.model.build import AS_IS
from sim.model.metrics import METRICS, Metric
from sim.model.team_model import TeamModel
from sim.run.compare import compare
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.parameters import PARAMETERS
from sim.scenario.schema import Scenario
from sim.scenario.variants import with_parameters
from tests.model.made_up import scenarios

STYLES = [AS_IS, "situational", "autocratic"]
UNBOUNDED = float("inf")

ends = st.fixed_dictionaries({}, optional={p.name: st.sampled_from([p.floor, p.ceiling]) for p in PARAMETERS})


@st.composite
def at_the_ends(draw: st.DrawFn) -> Scenario:
    """Any company, with none, some or many parameters at the ends of what is allowed."""
    scenario = draw(scenarios())
    values = draw(ends)
    chosen = draw(st.permutations(sorted(values)))[: draw(st.sampled_from([0, 2, 5, 20, len(PARAMETERS)]))]
    given_values = {name: values[name] for name in chosen}
    return with_parameters(scenario, given_values)


def broken(metric: Metric, values: np.ndarray, has_value: np.ndarray) -> bool:
    """Whether values are out of bounds, or missing where they must be there."""
    low = -UNBOUNDED if metric.low is None else metric.low
    high = UNBOUNDED if metric.high is None else metric.high
    known = values[~np.isnan(values)]
    within = bool(np.isfinite(known).all() and (low <= known).all() and (known <= high).all())
    return not within or bool(np.isnan(values[has_value]).any())


def out_of_bounds(ds: xr.Dataset, prefix: str = "") -> list[str]:
    """The metrics that leave their bounds, or have no value where they need one."""
    people = ds[f"{prefix}headcount"].to_numpy() > 0
    needed = {"people": people, "questions": np.zeros_like(people), "nothing": np.ones_like(people)}
    return [
        metric.name
        for metric in METRICS
        if (metric.of_teams or not prefix) and broken(metric, ds[prefix + metric.name].to_numpy(), needed[metric.needs])
    ]


def check(scenario: Scenario) -> None:
    ds = compare(scenario, STYLES, 2, teams=True)
    assert not out_of_bounds(ds)
    assert not out_of_bounds(ds, "team_")


quickly = settings(max_examples=40, derandomize=True, deadline=None)
a_thousand = settings(
    max_examples=1000, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@quickly
@given(at_the_ends())
def test_any_company_stays_within_bounds(scenario):
    check(scenario)


@pytest.mark.thorough
@a_thousand
@given(at_the_ends())
def test_a_thousand_companies_stay_within_bounds(scenario):
    check(scenario)


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_stay_within_bounds(name):
    check(load_scenario(name))


@pytest.mark.parametrize("end", ["floor", "ceiling"])
@pytest.mark.parametrize("name", ["everyday", "ai-unprepared", "crisis"])
def test_every_parameter_at_an_end(name, end):
    """One by one, in a company that has something for it to act on."""
    scenario = load_scenario(name)
    for parameter in PARAMETERS:
        values = {parameter.name: getattr(parameter, end)}
        ds = compare(scenario, ["servant", "autocratic"], 1, 40, parameters=values)
        assert not out_of_bounds(ds), values


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("everyday", {"mood_moves": 2.0, "private_spread": 1.0}),  # a black mood takes more than all the effort
        ("ai-unprepared", {"adoption_dip": 5.0, "leading_hours": 20.0}),  # what is new takes more than all the time
        ("ai-unprepared", {"adoption_dip": 5.0, "adoption_learning": 0.0}),
    ],
)
def test_what_was_below_nothing_once(name, parameters):
    scenario = with_parameters(load_scenario(name), parameters)
    ds = compare(scenario, replications=5)
    assert not out_of_bounds(ds)
    model = TeamModel(scenario, "servant", weeks=40)
    model.run_for(40)
    assert model.datacollector.get_model_vars_dataframe()["output"].min() >= 0


def test_bounds_can_be_broken():
    """The guard itself: what is beyond a bound, or missing, is found."""
    ds = compare("everyday", ["servant"], 1, 10, teams=True)
    assert not out_of_bounds(ds)
    for metric in METRICS:
        wrong = [bound for bound in (metric.low, metric.high) if bound is not None]
        for value in (*(bound - 0.01 for bound in wrong[:1]), *(bound * 1.01 for bound in wrong[1:]), UNBOUNDED):
            assert out_of_bounds(ds.assign({metric.name: ds[metric.name] * 0 + value})) == [metric.name]
        if metric.needs != "questions":
            assert metric.name in out_of_bounds(ds.assign({metric.name: ds[metric.name] * np.nan}))
