"""Part-time staff and seasons: what a scenario comes to when it is run; nothing changes where neither is named."""

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.model.team_model import TeamModel
from sim.scenario import InputError, load_scenario, scenario_from, scenario_names, to_toml
from sim.scenario.as_run import as_run, by_week, mean_fte, season_before, seasons
from sim.scenario.events import Demand

TEAM = "name,role,tenure_years,competence,commitment,fte\nA,x,2,0.7,0.7,0.5\nB,x,2,0.7,0.7,\nC,x,2,0.7,0.7,0.75\n"


def everyday(**sections):
    table = load_scenario("everyday").model_dump()
    for section, values in sections.items():
        table[section] = table[section] | values
    return scenario_from(table)


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_are_run_as_they_are_and_written_as_they_were(name):
    scenario = load_scenario(name)
    assert as_run(scenario) is scenario
    assert "fte = " not in to_toml(scenario)
    assert "season = " not in to_toml(scenario)


def test_part_time_is_in_what_work_yields_and_costs_and_in_nothing_else():
    whole, part = (sim.compare(one, ["democratic"], 3, 13) for one in (everyday(), everyday(employees={"fte": 0.8})))
    for metric in ("output", "revenue"):
        assert part[metric].values == pytest.approx(0.8 * whole[metric].values)
    assert np.array_equal(part["morale"].values, whole["morale"].values)
    assert np.array_equal(part["backlog"].values, whole["backlog"].values)
    pay = 0.2 * load_scenario("everyday").money.pay * whole["headcount"].values
    assert (whole["cost"].values - part["cost"].values).max() <= pay.max() + 1e-9


def test_people_may_work_part_time_one_by_one(tmp_path):
    (tmp_path / "team.csv").write_text(TEAM)
    head = 'extends = "everyday"\n[[teams]]\nname = "Team"\n[employees]\nroster = "team.csv"\n'
    (tmp_path / "mine.toml").write_text(head)
    assert mean_fte(load_scenario(tmp_path / "mine.toml")) == pytest.approx(0.75)  # who says nothing is full-time
    (tmp_path / "mine.toml").write_text(head + "fte = 0.25\n")
    scenario = load_scenario(tmp_path / "mine.toml")
    assert mean_fte(scenario) == pytest.approx(0.5)  # or as [employees] says
    assert as_run(scenario).company.productivity == pytest.approx(0.5)
    (tmp_path / "again.toml").write_text(to_toml(scenario))
    assert load_scenario(tmp_path / "again.toml").employees == scenario.employees


def test_a_season_is_a_demand_of_so_many_times_the_usual():
    quarters = (1.2, 1.0, 0.8, 1.0)
    events = as_run(everyday(market={"season": quarters})).events
    assert events[:2] == (
        Demand(event="demand", week=1, weeks=13, factor=1.2),
        Demand(event="demand", week=27, weeks=13, factor=0.8),
    )
    for season in (quarters, tuple(k / 6 for k in range(12)), tuple(k / 6 for k in range(52))):
        weekly = by_week(season)
        by_events = np.ones(1040)
        for event in seasons(weekly):
            by_events[event.week - 1 :][: event.weeks] *= event.factor
        assert np.array_equal(by_events, np.resize(weekly, 1040))


def test_the_season_of_a_past_ends_where_the_year_begins():
    quarters = (1.0, 2.0, 3.0, 4.0)
    assert season_before(quarters, 13) == (4.0,) * 13 + (1.0,) * 13 + (2.0,) * 13 + (3.0,) * 13
    assert season_before(quarters, 104) == by_week(quarters)
    assert season_before((), 13) == ()


def test_both_drivers_run_them_alike():
    scenario = everyday(market={"season": (1.3, 1.0, 0.6, 1.0)}, employees={"fte": 0.7})
    data = sim.compare(scenario, ["servant"], 1, 30, seed=4)
    model = TeamModel(scenario, "servant", rng=4, weeks=30, collect_people=False)
    model.run_for(30)
    mesa = model.datacollector.get_model_vars_dataframe()
    for metric in ("output", "backlog", "cost", "morale"):
        assert np.array_equal(mesa[metric], data[metric].values.ravel())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("[market]\nseason = [1, 1, 1]", "market.season: got 3 numbers; allowed are 4 (quarters), 12 (months) or 52"),
        ("[market]\nseason = [1, 1, 1, 11]", "market.season[4]: got 11; allowed is a number from 0 to 10"),
        ("[employees]\nfte = 80", "employees.fte: got 80; allowed is a number from 0.05 to 1.5"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, body, says):
    (tmp_path / "mine.toml").write_text(f'extends = "everyday"\n{body}\n')
    with pytest.raises(InputError) as caught:
        load_scenario(Path(tmp_path / "mine.toml"))
    assert says in str(caught.value)
