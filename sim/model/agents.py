"""Employees, leaders and their teams as Mesa's agents: who acts in a week. Each act is a rule.

An agent is a view of its records: `employee.competence` reads, and sets, what the rules read and set. To change how
people behave, subclass Employee or Leader, override an act, and hand the class to TeamModel:

    class SlowLearner(Employee):
        def learn(self):
            if self.model.week % 2:
                super().learn()

    TeamModel("everyday", employee_class=SlowLearner)
"""

from typing import TYPE_CHECKING

import mesa
import numpy as np
from mesa.discrete_space import FixedAgent

from sim.model import acts, state
from sim.model.views import Numbers, View, Week, code, numbers, with_fields

if TYPE_CHECKING:
    from sim.model.team_model import TeamModel


@with_fields(state.TEAM)
class Team(View):
    """A team: its state by name (`team.psychological_safety`), its leader, its people, and what they do together."""

    def __init__(self, model: "TeamModel", index: int, name: str) -> None:
        super().__init__(numbers(model.world.teams)[index])
        self.model = model
        self.index = index
        self.name = name
        self.leader: Leader
        self.places = slice(code(self._row, state.TEAM, "first"), code(self._row, state.TEAM, "last"))

    def __repr__(self) -> str:
        return f"<Team {self.name}>"

    @property
    def people(self) -> "list[Employee]":
        """The people employed, in the order of their positions."""
        return [employee for employee in self.model.places[self.places] if employee is not None]

    @property
    def vacancies(self) -> list[int]:
        """The open positions that nobody fills, as numbers."""
        vacant = self.model.world.employees["status"][self.places] == state.VACANT
        return [self.places.start + int(place) for place in np.flatnonzero(vacant)]

    def begin_week(self) -> None:
        """See who is there."""
        acts.begin_week(self.index, self.model.world.teams, self.model.world.employees)

    def help_newcomers(self) -> None:
        """Give newcomers the hours that they need."""
        acts.help_newcomers(self.index, self.model.world.teams, self.model.parameters)

    def meet_demand(self) -> None:
        """Put everybody's capacity together, and finish what customers want."""
        w, luck = self.model.world, self.model.luck
        acts.meet_demand(
            self.index, w.teams, w.leaders, w.employees, w.weeks, w.company, luck.company, self.model.parameters
        )

    def hear_ideas(self) -> None:
        """Hear the week's ideas, one after the other: in another order their sum might differ in the last bit."""
        heard = 0.0
        for employee in self.people:
            heard += employee.have_ideas()
        self.heard = heard

    def change(self) -> None:
        """Change together: climate, ideas put into use, process."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.change(self.index, w.teams, w.company, luck.teams, p)

    def recruit(self, position: int) -> None:
        """Look for somebody for a vacant position; whoever comes is a new agent."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        if acts.recruit(position, w.employees, w.teams, luck.applicants, w.diversity, w.company, luck.chance, p):
            self.model.welcome(position)


@with_fields(state.LEADER)
class Leader(mesa.Agent):
    """Who leads a team: state by name (`leader.load`), and the acts of a leader's week."""

    def __init__(self, model: "TeamModel", team: Team) -> None:
        super().__init__(model)
        self.team = team
        self.name = f"Leader of {team.name}"
        self._row = numbers(model.world.leaders)[team.index]

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def people(self) -> "list[Employee]":
        """The people led."""
        return self.team.people

    @property
    def style(self) -> str:
        """Name of the style that the leader follows."""
        names: tuple[str, ...] = self.model.styles
        return names[code(self._row, state.LEADER, "policy")]

    def lead(self) -> None:
        """Lead for a week: see, intend, find the time, behave, decide."""
        self.choose_stage()
        for employee in self.people:
            self.diagnose(employee)
            self.intend(employee)
        self.find_time()
        for employee in self.people:
            self.deliver(employee)
        self.decide()

    def choose_stage(self) -> None:
        """Choose the stage of the style that fits the week."""
        w, timetable = self.model.world, self.model.timetable
        t = self.team.index
        acts.choose_stage(t, w.leaders, w.teams, w.company, timetable.policies, timetable.stages, self.model.week)

    def diagnose(self, employee: "Employee") -> None:
        """See how able and committed somebody is, with error."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.diagnose(employee.position, w.employees, w.leaders, w.company, luck.people, p)

    def intend(self, employee: "Employee") -> None:
        """Set down in `employee.week` the behaviour meant for somebody."""
        w = self.model.world
        acts.intend(employee.position, w.employees, w.weeks, w.leaders, self.model.timetable.tables)

    def find_time(self) -> None:
        """See what decisions come up, and share out the hours there are."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.find_time(self.team.index, w.teams, w.leaders, w.employees, w.weeks, w.company, luck.teams, p)

    def deliver(self, employee: "Employee") -> None:
        """Behave toward somebody as far as time and habits allow."""
        w = self.model.world
        acts.deliver(employee.position, w.employees, w.weeks, w.leaders, w.company)

    def decide(self) -> None:
        """Take the week's decisions: alone, together, or left to whoever is closest."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.decide(self.team.index, w.teams, w.leaders, w.employees, w.weeks, w.company, luck.teams, p)

    def depart(self, before: Numbers) -> None:
        """Hand over to a successor; what is read here stays as it was `before`."""
        self._row = before
        self.remove()


@with_fields(state.EMPLOYEE)
class Employee(FixedAgent):
    """Who fills a position: state by name (`employee.morale`), colleagues, and the acts of a person's week."""

    def __init__(self, model: "TeamModel", position: int, name: str, role: str = "") -> None:
        super().__init__(model)
        self.position = position
        self.name = name
        self.role = role
        self._row = numbers(model.world.employees)[position]
        self.week = Week(numbers(model.world.weeks)[position])
        """What the week brings to the person, by name: `employee.week.direction`."""
        self.team: Team = model.teams[code(self._row, state.EMPLOYEE, "team")]
        self.cell = model.space[position]

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def leader(self) -> Leader:
        """Who leads the person."""
        return self.team.leader

    @property
    def colleagues(self) -> "list[Employee]":
        """The people one works with, whose moods one notices."""
        return list(self.cell.neighborhood.agents) if self.employed else []

    @property
    def employed(self) -> bool:
        """Whether the person still works here."""
        return self.cell is not None

    @property
    def level(self) -> str:
        """Development level, D1 to D4."""
        return f"D{code(self._row, state.EMPLOYEE, 'level') + 1}"

    @property
    def seen_level(self) -> str:
        """Development level that the leader takes the person to be at, D1 to D4."""
        return f"D{code(self._row, state.EMPLOYEE, 'seen_level') + 1}"

    def live(self) -> None:
        """Live through the week's work: what it teaches, and what it does to one."""
        self.perform()
        self.learn()
        self.feel_needs()
        self.be_motivated()
        self.develop()
        self.tire()
        self.give_trust()
        self.feel()

    def work(self) -> None:
        """Take the guidance there is, and work."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.work(self.position, w.employees, w.weeks, w.teams, w.leaders, w.company, luck.people, p)

    def perform(self) -> None:
        """Get a share of the output done, and see how well it went."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.perform(self.position, w.employees, w.weeks, w.teams, w.company, luck.people, p)

    def learn(self) -> None:
        """Learn by doing, from the leader, and from failure; forget what is out of date."""
        w = self.model.world
        acts.learn(self.position, w.employees, w.weeks, w.teams, w.leaders, w.company, self.model.parameters)

    def feel_needs(self) -> None:
        """Feel which needs are met: autonomy, competence, relatedness, meaning, fairness."""
        w = self.model.world
        acts.feel_needs(self.position, w.employees, w.weeks, w.teams, w.leaders, w.company, self.model.parameters)

    def be_motivated(self) -> None:
        """Want to (motivation), and feel able to (confidence)."""
        acts.be_motivated(self.position, self.model.world.employees, self.model.world.weeks, self.model.parameters)

    def develop(self) -> None:
        """Come to another commitment and development level, if competence, confidence and motivation say so."""
        acts.develop(self.position, self.model.world.employees, self.model.world.company, self.model.parameters)

    def tire(self) -> None:
        """Tire of demands, or recover."""
        w = self.model.world
        acts.tire(self.position, w.employees, w.weeks, w.teams, w.company, self.model.parameters)

    def give_trust(self) -> None:
        """Trust the leader and the company more or less."""
        w = self.model.world
        acts.give_trust(self.position, w.employees, w.weeks, w.leaders, w.company, self.model.parameters)

    def feel(self) -> None:
        """Feel about the work (morale), and notice how colleagues felt last week."""
        w, luck, p = self.model.world, self.model.luck, self.model.parameters
        acts.feel(self.position, w.employees, w.weeks, w.teams, w.company, w.colleagues, w.mood, luck.people, p)

    def have_ideas(self) -> float:
        """Ideas of the week, expected number."""
        w = self.model.world
        return float(acts.have_ideas(self.position, w.employees, w.weeks, w.teams, self.model.parameters))

    def stay_or_leave(self) -> None:
        """Stay, a week older, or leave for good."""
        w = self.model.world
        before = self._row.copy()
        if acts.stay_or_leave(
            self.position, w.employees, w.teams, w.company, self.model.luck.chance, self.model.parameters
        ):
            self.depart(before)

    def depart(self, before: Numbers) -> None:
        """Leave; what is read here stays as it was `before`."""
        self._row = before
        self.remove()

    def remove(self) -> None:
        """Leave for good: the position falls vacant, and what is read here changes no more."""
        if not self.employed:
            return
        self._row, self.week = self._row.copy(), Week(self.week._row.copy())
        acts.leave(self.position, self.model.world.employees)
        self.model.places[self.position] = None
        super().remove()
