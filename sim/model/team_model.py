"""The company as a Mesa model: the readable reference for what happens in a week, by the engine's rules."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import mesa
import networkx as nx
import numpy as np
from mesa.discrete_space import Network

from sim.model import state
from sim.model.acts import Moment, act, with_acts
from sim.model.agents import Employee, Leader, Team
from sim.model.build import AS_IS, Blueprint
from sim.model.chance import Block
from sim.model.engine import MAX_WEEKS
from sim.model.metrics import METRIC_NAMES
from sim.model.playback_arrays import PlayedRun
from sim.model.plugged import WEEK, measure
from sim.model.views import Company, names_of_numbers, numbers
from sim.model.week import COMPANY
from sim.model.world import Run
from sim.scenario.as_run import as_run
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError, unknown
from sim.scenario.schema import Person, Scenario
from sim.scenario.styles import style_names
from sim.scenario.variants import with_parameters

type Seed = int | np.random.Generator | np.random.BitGenerator | np.random.SeedSequence | None

LARGEST_SEED = 10**18
WEEKS_A_BLOCK = 52
"""Weeks whose chance is drawn at a time; the numbers do not depend on it."""


@with_acts(COMPANY)
class TeamModel(mesa.Model):
    """A company that lives through its weeks, one step each, as a Mesa model.

    Employees and leaders are agents (`model.agents`, `model.employees`, `model.leaders`), teams are `model.teams`, the
    company's record is `model.company`. A run gives the same numbers, to the last bit, as the same style, seed and
    replication in `sim.compare`.

    Args:
        scenario: a Scenario, or the name or path of one.
        style: name of a built-in style or one of the scenario's own, for every leader; by default "as-is", each leader
            in the style that the scenario says.
        rng: the seed, >= 0, as in `sim.compare`; or a NumPy generator that a seed is drawn from; None for a seed that
            is new each time. The agents' own `rng` and `random` follow from it and leave the model's chance alone.
        replication: number of the replication, >= 0; its luck is that of the same replication in `sim.compare`.
        weeks: after how many weeks `running` turns False, 1 to 1,040; by default the scenario's.
        parameters: values that replace those of the model and the scenario, by name.
        employee_class: Employee, or a subclass of it.
        leader_class: Leader, or a subclass of it.
        collect_people: whether the data collector also records, every week, each employee and each leader.

    `mesa.batch_run` tries each value of a list, and takes apart anything else that it can iterate over: give it a
    Scenario, or a dict of parameters, as a list of one.

    Raises:
        InputError: something is wrong with what was given.
    """

    def __init__(
        self,
        scenario: Scenario | str = "everyday",
        style: str | None = None,
        rng: Seed = 1,
        replication: int = 0,
        weeks: int | None = None,
        parameters: Mapping[str, float] | None = None,
        *,
        employee_class: type[Employee] = Employee,
        leader_class: type[Leader] = Leader,
        collect_people: bool = True,
    ) -> None:
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario)
        if parameters:
            scenario = with_parameters(scenario, parameters)
        self.style = _style(scenario, AS_IS if style is None else style)
        self.seed = _seed(rng)
        self.replication = _whole("replication", replication, 0, LARGEST_SEED)
        self.weeks = _whole("weeks", scenario.run.weeks if weeks is None else weeks, 1, MAX_WEEKS)
        self._scenario = scenario
        # The agents' own stream, apart from the model's chance, which stays as it is.
        super().__init__(rng=np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(self.replication,))))

        blueprint = Blueprint(as_run(scenario))
        chance = blueprint.chance(self.seed, self.replication)
        timetable = blueprint.timetable([self.style])
        self.world = blueprint.world(chance, timetable).arm(0)
        self.timetable = timetable._replace(events=timetable.events[0])
        self.styles = timetable.names
        self.parameters = blueprint.parameters
        self.company = Company(numbers(self.world.company)[0])

        self.week = 0
        self.moment: Moment
        """The week as the steps of it see it."""
        self._moments = self._weekly(chance.blocks(MAX_WEEKS, WEEKS_A_BLOCK))
        self._measures = np.full(len(METRIC_NAMES), np.nan)

        self.teams = tuple(Team(self, t, team.name) for t, team in enumerate(scenario.teams))
        self.network = _network(self)
        self.space = Network(self.network, capacity=1, random=self.random, layout=None)
        self._employee_class, self._leader_class = employee_class, leader_class
        for team in self.teams:
            team.leader = leader_class(self, team)
        self.places: list[Employee | None] = [None] * len(self.world.employees)
        self._people_so_far = 0
        known = _people_by_place(self)
        self._roles = {position: person.role for position, person in known.items()}
        for position in np.flatnonzero(self.world.employees["status"] == state.EMPLOYED).tolist():
            self.welcome(position, known[position].name if position in known else None)
        self.datacollector = _collector(collect_people)

    @property
    def scenario(self) -> Scenario:
        """The scenario that the company is in."""
        return self._scenario

    @scenario.setter
    def scenario(self, _: Any) -> None:
        """Leave the scenario as it is: Mesa sets one of its own kind, which stands for a model's arguments."""

    @property
    def employees(self) -> Any:
        """All employees, as Mesa's AgentSet."""
        return self.agents.select(agent_type=Employee)

    @property
    def leaders(self) -> Any:
        """All leaders, as Mesa's AgentSet."""
        return self.agents.select(agent_type=Leader)

    @property
    def metrics(self) -> dict[str, float]:
        """The company's metrics of the week, by name; NaN before the first."""
        return dict(zip(METRIC_NAMES, self._measures.tolist(), strict=True))

    def step(self) -> None:
        """Live through a week, as `sim.model.week` has it: things happen, teams work, the company closes its books."""
        self._begin_week()
        for step in WEEK.opening:
            getattr(self, step.name)()
        for team in self.teams:
            for step in WEEK.each_team:
                team.take(step)
        for step in WEEK.closing:
            getattr(self, step.name)()
        self._end_week()

    def let_events_happen(self) -> None:
        """Let the week's events happen; who loses a position leaves, and a new leader is a new agent."""
        world, events = self.world, self.timetable.events
        before, predecessors = numbers(world.employees).copy(), numbers(world.leaders).copy()
        act("let_events_happen", self.moment)
        for employee in self.places:
            if employee is not None and world.employees["status"][employee.position] != state.EMPLOYED:
                employee.depart(before[employee.position])
        for event in events[(events["kind"] == state.LEADER_REPLACED) & (events["week"] == self.week)]:
            for team in self.teams if event["team"] == state.ANY_TEAM else (self.teams[event["team"]],):
                team.leader.depart(predecessors[team.index])
                team.leader = self._leader_class(self, team)

    def welcome(self, position: int, name: str | None = None) -> None:
        """Make an agent of whoever now fills a position; a newcomer takes over its role."""
        self._people_so_far += 1
        name = name or f"Person {self._people_so_far}"
        self.places[position] = self._employee_class(self, position, name, self._roles.get(position, ""))

    def _begin_week(self) -> None:
        """Draw the week's luck."""
        if self.week == MAX_WEEKS:
            raise InputError(f"weeks: the model has run for {MAX_WEEKS:,}, the longest that it can. Start a new one.")
        self.week += 1
        self.moment = next(self._moments)

    def _end_week(self) -> None:
        """Measure and record."""
        self._measure(self._measures.view(state.MEASURES)[0])
        self.datacollector.collect(self)
        self.running = self.week < self.weeks

    def _measure(self, measures: Any) -> None:
        measure(measures, self.world.tallies[0], self.world.company[0])

    def _weekly(self, blocks: Iterator[Block]) -> Iterator[Moment]:
        for block in blocks:
            run = self._run(block)
            yield from ((run, w) for w in range(block.weeks))

    def _run(self, block: Block) -> Run | PlayedRun:
        return Run(self.world, self.timetable.plan, block, self.parameters)


def _style(scenario: Scenario, name: str) -> str:
    known = (*style_names(scenario), AS_IS)
    if name not in known:
        raise InputError(f"style: {unknown('style', str(name), known)}")
    return name


def _whole(name: str, value: Any, low: int, high: int, otherwise: str = "") -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
        raise InputError(f"{name}: got {value!r}; allowed is a whole number from {low:,} to {high:,}{otherwise}.")
    return int(value)


def _seed(rng: Seed) -> int:
    if rng is None or isinstance(rng, np.random.Generator | np.random.BitGenerator | np.random.SeedSequence):
        return int(np.random.default_rng(rng).integers(LARGEST_SEED))
    return _whole("rng", rng, 0, LARGEST_SEED, " or a NumPy generator")


def _people_by_place(model: TeamModel) -> dict[int, Person]:
    """The people whom the scenario lists, by position: in each team in the order of the list."""
    free = {team.name: team.places.start for team in model.teams}
    known = {}
    for person in model.scenario.employees.people:
        team = person.team or model.teams[0].name
        known[free[team]] = person
        free[team] += 1
    return known


def _network(model: TeamModel) -> "nx.Graph[int]":
    """Who works with whom, by position; `weight` is 2 where people meet in two ways and so notice each other twice."""
    graph: nx.Graph[int] = nx.Graph()
    for team in model.teams:
        graph.add_nodes_from(range(team.places.start, team.places.stop), team=team.name)
    for position, colleagues in enumerate(model.world.colleagues.tolist()):
        for colleague in colleagues:
            if colleague != state.NOBODY:
                graph.add_edge(position, colleague, weight=colleagues.count(colleague))
    return graph


def _collector(collect_people: bool) -> mesa.DataCollector:
    """Records all metrics, and each person; a person's columns have a prefix, as `batch_run` puts all in one row."""
    people = {
        Employee: {
            "name": "name", "role": "role", "position": "position", "team": _team_name, "level": "level",
            **{f"person_{name}": name for name in names_of_numbers(state.EMPLOYEE)},
        },
        Leader: {
            "name": "name", "team": _team_name, "leader_style": "style",
            **{f"leader_{name}": name for name in names_of_numbers(state.LEADER)},
        },
    }  # fmt: skip
    return mesa.DataCollector(
        model_reporters={name: partial(_measured, index) for index, name in enumerate(METRIC_NAMES)},
        agenttype_reporters=people if collect_people else None,
    )


def _measured(index: int, model: TeamModel) -> float:
    return float(model._measures[index])


def _team_name(agent: Employee | Leader) -> str:
    return agent.team.name
