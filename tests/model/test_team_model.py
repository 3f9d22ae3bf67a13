"""The Mesa model as a Mesa model: agents that act, come and go; AgentSet, DataCollector, networks, batch_run."""

import multiprocessing
from typing import Any

import mesa
import networkx as nx
import numpy as np
import pytest

import sim
from sim.model import state
from sim.model.agents import Employee, Leader, Team
from sim.model.metrics import METRIC_NAMES
from sim.model.team_model import TeamModel
from sim.model.views import names_of_numbers, numbers
from sim.scenario.load import scenario_from
from sim.scenario.problems import InputError

ON_ANY_SCALE = {"tenure", "learning_rate", "output", "private"}


def company(*events, teams=({"name": "Hall", "size": 6}, {"name": "Shop", "size": 4}), **tables):
    return scenario_from({"title": "A", "question": "B", "teams": list(teams), "events": list(events), **tables})


def frame(model):
    return model.datacollector.get_model_vars_dataframe()


def holder(model, position=0):
    """Who fills a position."""
    agent = model.places[position]
    assert agent is not None
    return agent


def run(scenario="everyday", weeks=30, model_class=TeamModel, **arguments):
    model = model_class(scenario, **arguments)
    model.run_for(weeks)
    return model


# --- A run ------------------------------------------------------------------------------------------------------------


def test_time_is_counted_in_weeks():
    model = TeamModel()
    assert (model.time, model.week) == (0, 0)
    model.step()
    model.run_for(3)
    model.run_until(10)
    assert (model.time, model.week, len(frame(model))) == (10, 10, 10)


def test_stops_running_after_its_weeks_and_can_go_on():
    model = TeamModel("crisis", weeks=5)
    model.run_model()
    assert model.week == 5
    model.run_for(40)
    assert (model.week, model.running) == (45, False)
    assert frame(model)["decision_delay"][27:34].mean() > frame(model)["decision_delay"][:26].mean()


def test_runs_as_long_as_the_scenario_says_unless_told_otherwise():
    assert TeamModel("everyday").weeks == sim.load_scenario("everyday").run.weeks
    assert TeamModel("everyday", weeks=7).weeks == 7


def test_the_longest_run_is_1040_weeks():
    model = run(company(teams=[{"name": "Hall", "size": 2}]), 1040, collect_people=False)
    with pytest.raises(InputError, match=r"1,040"):
        model.step()


def test_same_seed_same_run_and_another_seed_another():
    first, same, other = (frame(run(rng=seed)) for seed in (5, 5, 6))
    assert first.equals(same)
    assert not first.equals(other)


def test_a_seed_may_be_drawn_from_a_generator():
    first, same = (run(weeks=2, rng=np.random.default_rng(8)) for _ in range(2))
    assert first.seed == same.seed
    assert frame(first).equals(frame(same))
    assert frame(run(weeks=2, rng=first.seed)).equals(frame(first))
    assert (
        TeamModel(rng=np.random.SeedSequence(1)).seed == TeamModel(rng=np.random.PCG64(np.random.SeedSequence(1))).seed
    )
    assert TeamModel(rng=None).seed != TeamModel(rng=None).seed


def test_replications_differ_and_agents_draw_without_disturbing_them():
    class Dicer(Employee):
        def work(self):
            self.drawn = (self.rng.random(), self.random.random())
            super().work()

    first, second = run(), run(replication=1)
    assert not frame(first).equals(frame(second))
    assert frame(first).equals(frame(run(employee_class=Dicer)))
    dicers = [run(weeks=1, employee_class=Dicer, replication=number).employees.to_list() for number in (0, 0, 1)]
    assert [agent.drawn for agent in dicers[0]] == [agent.drawn for agent in dicers[1]]
    assert {agent.drawn for agent in dicers[0]}.isdisjoint(agent.drawn for agent in dicers[2])


def test_parameters_can_be_replaced():
    model = TeamModel(parameters={"quit_base": 0.0})
    assert model.parameters["quit_base"] == 0.0
    model.run_for(52)
    assert (frame(model)["turnover"] == 0).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scenario": "evryday"}, "everyday"),
        ({"style": "democrat"}, 'style: unknown style "democrat"; did you mean "democratic"'),
        ({"style": ["democratic"]}, "style: unknown style"),
        ({"rng": -1}, "rng: got -1; allowed is a whole number from 0"),
        ({"rng": 1.5}, "rng: got 1.5"),
        ({"rng": True}, "rng: got True"),
        ({"replication": -1}, "replication: got -1"),
        ({"weeks": 0}, "weeks: got 0; allowed is a whole number from 1 to 1,040"),
        ({"weeks": 1041}, "weeks: got 1041"),
        ({"parameters": {"contagon": 0.1}}, "contagion"),
    ],
)
def test_what_a_user_can_get_wrong_is_said(arguments, message):
    with pytest.raises(InputError) as caught:
        TeamModel(**arguments)
    assert message in str(caught.value)


# --- People who come and go -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["growth", "key-person", "overload"])
def test_agents_are_the_people_employed_and_positions_are_conserved(scenario):
    model = TeamModel(scenario, "autocratic", collect_people=False)
    for _ in range(model.weeks):
        model.step()
        status = model.world.employees["status"]
        employed = {agent.position for agent in model.employees}
        assert employed == set(np.flatnonzero(status == state.EMPLOYED))
        assert employed == {place for place, agent in enumerate(model.places) if agent is not None}
        vacant = [position for team in model.teams for position in team.vacancies]
        assert len(employed) + len(vacant) + np.count_nonzero(status == state.CLOSED) == len(model.places)
        assert all(model.places[agent.position] is agent and agent.employed for agent in model.employees)
        assert all(agent in agent.team.people for agent in model.employees)
    headcount = frame(model)["headcount"] + frame(model)["vacancies"]
    assert headcount.iloc[-1] == model.world.teams["positions"].sum()


@pytest.mark.parametrize("scenario", ["growth", "crisis", "overload", "startup"])
def test_states_stay_within_bounds_and_money_adds_up(scenario):
    model = TeamModel(scenario, "transformational", collect_people=False)
    start = model.company.cash
    bounded = [name for name in names_of_numbers(state.EMPLOYEE) if name not in ON_ANY_SCALE]
    for _ in range(model.weeks):
        model.step()
        for name in bounded:
            values = model.world.employees[name]
            assert np.all((values >= 0) & (values <= 1)), name
        for name in ("psychological_safety", "shared_direction", "process", "quality", "diversity"):
            assert all(0 <= getattr(team, name) <= 1 for team in model.teams)
    assert np.isfinite(frame(model).to_numpy()).all()
    assert model.company.cash == pytest.approx(start + frame(model)["profit"].sum())


def test_whoever_leaves_is_gone_for_good_and_a_newcomer_is_somebody_else():
    model = TeamModel("overload", "autocratic")
    beginning = model.employees.to_list()
    assert [agent.name for agent in beginning[:2]] == ["Person 1", "Person 2"]
    was: dict[Employee, float] = {}
    while len({agent.unique_id for agent in model.employees} - {agent.unique_id for agent in beginning}) < 3:
        was |= {agent: agent.tenure for agent in model.employees}
        model.step()
    for gone in [agent for agent in beginning if not agent.employed]:
        assert gone not in model.agents
        assert gone.tenure == was[gone]
        assert (gone.cell, gone.colleagues) == (None, [])
        assert gone.week.effort > 0
        successor = model.places[gone.position]
        if successor is not None:
            assert successor.name not in {agent.name for agent in beginning}
            assert successor.tenure <= model.week
            assert successor.cell.coordinate == gone.position


def test_people_have_the_names_and_roles_that_the_scenario_gives():
    model = TeamModel("key-person")
    marta = holder(model)
    assert (marta.name, marta.role, marta.competence) == ("Marta", "Master joiner", 0.97)
    model.run_until(27)
    assert not marta.employed
    assert marta.competence > 0.8
    while model.places[0] is None:
        model.step()
    assert holder(model).role == "Master joiner"
    assert int(holder(model).name.removeprefix("Person ")) > len(model.places)


def test_events_open_and_close_positions():
    model = TeamModel(
        company(
            {"event": "growth", "week": 2, "people": 3, "team": "Shop"},
            {"event": "layoff", "week": 4, "people": 2, "team": "Hall"},
            {"event": "key_person_leaves", "week": 6, "team": "Hall"},
        ),
        parameters={"quit_base": 0.0, "vacancy_weeks": 104},
    )
    hall, shop = model.teams
    model.run_until(1)
    assert (len(hall.people), len(shop.people), shop.vacancies) == (6, 4, [])
    model.run_until(2)
    assert (len(shop.people), len(shop.vacancies)) == (4, 3)
    newest = min(hall.people, key=lambda agent: agent.tenure)
    model.run_until(4)
    assert (len(hall.people), len(hall.vacancies), newest.employed) == (4, 0, False)
    model.run_until(5)
    key = max(hall.people, key=lambda agent: agent.competence)
    model.run_until(6)
    assert (len(hall.people), len(hall.vacancies), key.employed) == (3, 1, False)
    assert key.competence >= max(agent.competence for agent in hall.people)


def test_a_new_leader_is_a_new_agent_and_styles_change_as_the_scenario_says():
    teams = [{"name": "Hall", "size": 3, "leader": {"style": "servant", "hours": 20}}, {"name": "Shop", "size": 3}]
    scenario = company(
        {"event": "style_changed", "week": 2, "style": "agile", "team": "Shop"},
        {"event": "leader_replaced", "week": 3, "team": "Hall", "leader": {"style": "autocratic", "hours": 30}},
        teams=teams,
    )
    model = TeamModel(scenario)
    hall, shop = (team.leader for team in model.teams)
    assert (model.style, hall.style, shop.style) == ("as-is", "servant", "democratic")
    model.run_until(2)
    assert (hall.style, shop.style) == ("servant", "agile")
    model.run_until(3)
    successor = model.teams[0].leader
    assert (successor.style, successor.hours) == ("autocratic", 30)
    assert (hall.style, hall.hours, hall in model.agents) == ("servant", 20, False)
    assert model.teams[1].leader is shop
    assert model.leaders.to_list() == [shop, successor]
    everywhere = run(scenario, 3, style="visionary")
    assert {leader.style for leader in everywhere.leaders} == {"visionary"}


def test_a_leader_who_is_away_leads_nobody_and_what_needs_the_leader_waits_for_the_return():
    teams = [{"name": "Hall", "size": 5, "leader": {"style": "autocratic"}}, {"name": "Shop", "size": 5}]
    away = {"event": "leader_away", "week": 3, "weeks": 2, "team": "Hall"}
    model, usual = TeamModel(company(away, teams=teams)), TeamModel(company(teams=teams))
    hall, shop = model.teams
    for week, until_back, delayed in ((2, 0, 0.0), (3, 2, 1.5), (4, 1, 0.5), (5, 0, 0.0)):
        used_to_deciding, waited = hall.self_leading, hall.waiting
        model.run_until(week)
        usual.run_until(week)
        assert (hall.leader.away, shop.leader.away) == (until_back, 0)
        if not until_back:
            assert min(hall.leader.attention, hall.leader.presence, hall.leader.prompt) > 0
            continue
        leader = hall.leader
        assert (leader.attention, leader.presence, leader.prompt, leader.load, leader.spare) == (0, 0, 0, 0, 0)
        assert all(person.week.direction == person.week.support == 0 for person in hall.people)
        led = 1.0 - hall.delegation
        assert hall.delay > led * delayed
        # Of what needs the leader, new or waiting, the team takes on the share that it is used to deciding. Of the
        # rest a tenth settles itself.
        assert hall.waiting == pytest.approx(0.9 * (1.0 - used_to_deciding) * (led * hall.decisions + waited))
        assert hall.output < usual.teams[0].output
    assert hall.waiting < 1


def test_an_agent_can_be_removed_by_hand():
    model = TeamModel(parameters={"vacancy_weeks": 104, "quit_base": 0.0})
    first = holder(model)
    first.remove()
    first.remove()
    assert model.teams[0].vacancies == [0]
    model.step()
    assert model.metrics["headcount"] == 11


# --- Acts -------------------------------------------------------------------------------------------------------------


class Stubborn(Employee):
    """Learns nothing."""

    def learn(self):
        pass


def test_overriding_an_act_changes_what_it_did_and_nothing_else():
    class Unmoved(Employee):
        def feel(self):
            pass

    usual, unmoved = (run(weeks=1, employee_class=kind, parameters={"quit_base": 0.0}) for kind in (Employee, Unmoved))
    ours, theirs = usual.world.employees, unmoved.world.employees
    changed = {name for name in state.EMPLOYEE.names or () if np.any(ours[name] != theirs[name])}
    assert changed == {"morale", "accustomed", "private"}
    assert np.array_equal(numbers(usual.world.weeks), numbers(unmoved.world.weeks))


def test_overriding_an_act_changes_the_course_of_the_company():
    usual, stubborn = run("novices", weeks=60), run("novices", weeks=60, employee_class=Stubborn)
    assert frame(stubborn)["competence"].iloc[-1] < frame(usual)["competence"].iloc[-1] - 0.1
    assert frame(stubborn)["output"].iloc[-1] < frame(usual)["output"].iloc[-1]


def test_a_leader_can_be_overridden_too():
    class Strict(Leader):
        def intend(self, employee):
            super().intend(employee)
            employee.week.direction = 1.0

    leader = run(weeks=1, leader_class=Strict).teams[0].leader
    assert {agent.week.direction for agent in leader.people} == {leader.attention * leader.fidelity}


def test_newcomers_and_new_leaders_are_of_the_class_given():
    class Other(Leader):
        pass

    event = {"event": "leader_replaced", "week": 2, "leader": {"style": "agile"}}
    model = run(company(event), 60, employee_class=Stubborn, leader_class=Other, style="autocratic")
    assert {type(agent) for agent in model.agents} == {Stubborn, Other}


def test_a_subclass_that_overrides_nothing_changes_no_bit():
    class Same(Employee):
        def learn(self):
            super().learn()

    class SameLeader(Leader):
        pass

    class SameModel(TeamModel):
        def step(self):
            super().step()

    same = run(model_class=SameModel, employee_class=Same, leader_class=SameLeader)
    assert frame(same).equals(frame(run()))


def test_the_order_in_which_agents_act_changes_no_bit(monkeypatch):
    usual = frame(run("several-teams", weeks=20))
    in_order: Any = Team.people
    dice = np.random.default_rng(1)

    def shuffled(team):
        people = in_order.fget(team)
        return [people[k] for k in dice.permutation(len(people))]

    monkeypatch.setattr(Team, "people", property(shuffled))
    assert usual.equals(frame(run("several-teams", weeks=20)))


def test_attributes_read_and_set_what_the_rules_read_and_set():
    model = run(weeks=3)
    agent = holder(model, 4)
    for name in names_of_numbers(state.EMPLOYEE):
        assert getattr(agent, name) == model.world.employees[name][4]
    for name in names_of_numbers(state.LEADER):
        assert getattr(agent.leader, name) == model.world.leaders[name][0]
    for name in names_of_numbers(state.TEAM):
        assert getattr(agent.team, name) == model.world.teams[name][0]
    for name in names_of_numbers(state.WEEK):
        assert getattr(agent.week, name) == model.world.weeks[name][4]
    assert agent.level == f"D{model.world.employees['level'][4] + 1}"
    assert agent.seen_level == f"D{model.world.employees['seen_level'][4] + 1}"
    agent.morale = 0.125
    agent.week.effort = 0.25
    model.company.cash = 17.0
    assert (model.world.employees["morale"][4], model.world.weeks["effort"][4]) == (0.125, 0.25)
    assert model.world.company["cash"] == [17.0]


def test_objects_say_what_they_are():
    model = TeamModel("key-person")
    marta = holder(model)
    assert (repr(marta), repr(marta.team), repr(marta.leader)) == ("<Marta>", "<Team Joinery>", "<Leader of Joinery>")
    assert "cash=150" in repr(model.company)
    assert "direction=0" in repr(marta.week)


# --- Mesa -------------------------------------------------------------------------------------------------------------


def test_agent_sets_select_group_and_aggregate():
    model = run("several-teams", weeks=10)
    employees = model.employees
    assert len(employees) + len(model.leaders) == len(model.agents)
    middle = employees.agg("competence", np.median)
    able = employees.select(lambda agent: agent.competence > middle)
    assert 0 < len(able) < len(employees)
    assert employees.agg("competence", np.mean) == pytest.approx(model.world.employees["competence"].mean(), abs=0.1)
    by_level = employees.groupby("level")
    assert set(by_level.count()) <= {"D1", "D2", "D3", "D4"}
    assert sum(by_level.count().values()) == len(employees)
    by_team = employees.groupby(lambda agent: agent.team.name).agg("morale", np.mean)
    assert list(by_team) == ["Production", "Sales", "Development"]
    assert model.leaders.get("style") == ["autocratic", "transformational", "agile"]
    employees.set("morale", 0.5)
    assert set(employees.get("morale")) == {0.5}
    assert model.agents_by_type[Leader].to_list()[0].people == model.teams[0].people


def test_the_collector_has_every_metric_of_every_week():
    model = TeamModel()
    assert all(np.isnan(value) for value in model.metrics.values())
    model.run_for(6)
    weeks = frame(model)
    assert list(weeks) == list(METRIC_NAMES)
    assert weeks.iloc[-1].to_dict() == model.metrics


def test_the_collector_has_the_people_and_their_leaders():
    model = run("key-person", weeks=3, employee_class=Stubborn)
    people = model.datacollector.get_agenttype_vars_dataframe(Employee)
    assert people.index.names == ["Step", "AgentID"]
    marta = people.loc[(3, holder(model).unique_id)]
    assert (marta["name"], marta["role"], marta["team"]) == ("Marta", "Master joiner", "Joinery")
    assert (marta["level"], marta["person_morale"]) == (holder(model).level, holder(model).morale)
    leaders = model.datacollector.get_agenttype_vars_dataframe(Leader)
    assert leaders["leader_style"].tolist() == ["democratic"] * 3
    assert leaders["leader_load"].iloc[-1] == model.teams[0].leader.load
    assert not model.datacollector.agenttype_reporters.keys() - {Employee, Leader}
    assert not TeamModel(collect_people=False).datacollector.agenttype_reporters


def test_a_collector_of_ones_own_takes_the_place():
    model = TeamModel(parameters={"quit_base": 0.0})
    model.datacollector = mesa.DataCollector({"staff": lambda m: len(m.employees)}, {"competence": "competence"})
    model.run_for(2)
    assert frame(model)["staff"].tolist() == [12, 12]
    assert model.datacollector.get_agent_vars_dataframe()["competence"].between(0, 1).all()


def test_the_network_is_who_works_with_whom():
    model = TeamModel("several-teams")
    assert isinstance(model.network, nx.Graph)
    for position, known in enumerate(model.world.colleagues):
        neighbours = set(known[known != state.NOBODY].tolist())
        assert set(model.network[position]) == neighbours
        assert {agent.position for agent in holder(model, position).colleagues} == neighbours
        assert {cell.coordinate for cell in holder(model, position).cell.neighborhood} == neighbours
        assert sum(model.network[position][other]["weight"] for other in neighbours) == np.count_nonzero(known >= 0)
    assert nx.get_node_attributes(model.network, "team")[27] == "Development"
    assert nx.is_connected(model.network)
    other = holder(model).colleagues[0]
    other.remove()
    assert other not in holder(model).colleagues


def test_things_can_be_scheduled():
    model = TeamModel()

    def bonus():
        model.employees.set("morale", 1.0)

    model.schedule_event(bonus, at=3.5)
    model.run_until(3.5)
    assert model.week == 3
    assert set(model.employees.get("morale")) == {1.0}


@pytest.fixture
def start_method():
    """Mesa's batch_run sets how processes start, for the whole interpreter."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("start_method")
def test_batch_run():
    rows = mesa.batch_run(
        TeamModel,
        {"scenario": "crisis", "style": ["autocratic", "democratic"], "weeks": 4, "collect_people": False},
        rng=[1, np.int64(2)],
        data_collection_period=1,
        display_progress=False,
    )
    assert len(rows) == 2 * 2 * 4
    assert [row["Step"] for row in rows[:4]] == [1, 2, 3, 4]
    results = sim.compare("crisis", ["democratic"], replications=1, seed=2)
    found = [row["morale"] for row in rows if (row["style"], row["rng"]) == ("democratic", 2)]
    assert found == results["morale"][0, 0, :4].values.tolist()


@pytest.mark.usefixtures("start_method")
def test_batch_run_keeps_persons_and_company_apart():
    replications = {"replication": range(2), "scenario": [company()], "parameters": [{"contagion": 0.0}], "weeks": 2}
    rows = mesa.batch_run(TeamModel, replications, rng=[1], display_progress=False)
    assert len(rows) == 2 * (10 + 2)
    assert len({row["morale"] for row in rows if row["RunId"] == 0}) == 1
    assert len({row["person_morale"] for row in rows if row["RunId"] == 0 and "person_morale" in row}) == 10
    assert rows[0]["morale"] != rows[-1]["morale"]
