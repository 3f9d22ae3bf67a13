"""Employees, leaders and their teams as Mesa's agents: who acts in a week. `sim.model.week` lists their acts.

An agent is a view of its records: `employee.competence` reads, and sets, what the rules read and set. Each step of the
week is a method of whoever takes it: `employee.learn()`, `leader.decide()`, `leader.intend(employee)`. To change how
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

from sim.model import state
from sim.model.acts import act, with_acts
from sim.model.rules import turnover
from sim.model.views import Numbers, View, Week, code, numbers, with_fields
from sim.model.week import LEADER, LEADER_TO_EACH, PERSON, TEAM, Step

if TYPE_CHECKING:
    from sim.model.team_model import TeamModel


@with_acts(TEAM)
@with_fields(state.TEAM)
class Team(View):
    """A team: its state by name (`team.psychological_safety`), its leader, its people, and what they do together."""

    def __init__(self, model: "TeamModel", index: int, name: str) -> None:
        super().__init__(numbers(model.world.teams)[index])
        self.model = model
        self.index = index
        self.name = name
        self.leader: Leader
        self.place = (index,)
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

    def take(self, step: Step) -> None:
        """Take a step of the week: the team, its leader, or its people one after the other."""
        if step.who is TEAM:
            getattr(self, step.name)()
        elif step.who is LEADER:
            getattr(self.leader, step.name)()
        elif step.who is LEADER_TO_EACH:
            for employee in self.people:
                getattr(self.leader, step.name)(employee)
        else:
            vacancies = self.vacancies if step.vacant else []
            for employee in self.people:
                getattr(employee, step.name)()
            for position in vacancies:
                getattr(self, step.vacant.name)(position)  # type: ignore[union-attr]  # there are some

    def recruit(self, position: int) -> None:
        """Look for somebody for a vacant position; whoever comes is a new agent."""
        act("recruit", self.model.moment, self.index, position - self.places.start)
        if self.model.world.employees["status"][position] == state.EMPLOYED:
            self.model.welcome(position)


@with_acts(LEADER, LEADER_TO_EACH)
@with_fields(state.LEADER)
class Leader(mesa.Agent):
    """Who leads a team: state by name (`leader.load`), and the acts of a leader's week."""

    def __init__(self, model: "TeamModel", team: Team) -> None:
        super().__init__(model)
        self.team = team
        self.place = (team.index,)
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

    def depart(self, before: Numbers) -> None:
        """Hand over to a successor; what is read here stays as it was `before`."""
        self._row = before
        self.remove()


@with_acts(PERSON)
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
        self.place = (self.team.index, position - self.team.places.start)
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

    def stay_or_leave(self) -> None:
        """Stay, a week older, or leave for good."""
        before = self._row.copy()
        act("stay_or_leave", self.model.moment, *self.place)
        if self.model.world.employees["status"][self.position] != state.EMPLOYED:
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
        record = self.model.world.employees[self.position]
        if record["status"] == state.EMPLOYED:  # the position has not been closed
            turnover.leave(record)
        self.model.places[self.position] = None
        super().remove()
