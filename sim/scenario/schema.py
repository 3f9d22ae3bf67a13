"""A scenario: all that a user says about a company, its people, leaders and market, and the events that happen."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, ValidationInfo, model_validator

from sim.scenario import checks
from sim.scenario.events import (
    Crisis,
    Demand,
    Event,
    Growth,
    KeyPersonLeaves,
    Layoff,
    LeaderAway,
    LeaderReplaced,
    MarketShock,
    NewTechnology,
    PracticeStarted,
    PracticeStopped,
    StyleChanged,
)
from sim.scenario.fields import Faults, Name, Section
from sim.scenario.fitted import Fitted
from sim.scenario.practices import Practised
from sim.scenario.ranges import Uncertain
from sim.scenario.sections import Company, Employees, Leader, Market, Mix, Money, Person, Run, Team
from sim.scenario.styles import StyleDefinition

__all__ = [
    "Company", "Crisis", "Demand", "Employees", "Event", "Growth", "KeyPersonLeaves", "Layoff", "Leader",
    "LeaderAway", "LeaderReplaced", "Market", "MarketShock", "Mix", "Money", "NewTechnology", "Person",
    "PracticeStarted", "PracticeStopped", "Practised", "Run", "Scenario", "StyleChanged", "StyleDefinition", "Team",
]  # fmt: skip


class Scenario(Section):
    """A situation that a small business is in, ready to be run.

    Validation context `{"max_people": N}` allows more people than a small business has, for tests of scale.
    """

    name: Name = Field(default="scenario", description="name of the file without its ending; set when the file is read")
    title: str = Field(min_length=1, max_length=200, description="the situation in a few words")
    question: str = Field(min_length=1, max_length=500, description="what the scenario is there to find out")
    description: str = Field(default="", max_length=5000, description="what the company is, and what to look at")
    company: Company = Field(default=Company(), description="the company on the first day")
    money: Money = Field(default=Money(), description="prices and costs")
    teams: tuple[Team, ...] = Field(strict=False, min_length=1, description="the teams, each with one leader")
    employees: Employees = Field(default=Employees(), description="who works here on the first day")
    leader: Leader = Field(default=Leader(), description="who leads the teams that have no leader of their own")
    market: Market = Field(default=Market(), description="customers, work and the labour market")
    styles: dict[str, StyleDefinition] = Field(default_factory=dict, description="the scenario's own leadership styles")
    practices: tuple[Practised, ...] = Field(
        default=(), strict=False, description="what the company takes up beside the way its leaders lead"
    )
    events: tuple[Event, ...] = Field(default=(), strict=False, description="what happens, and when")
    parameters: dict[str, float] = Field(
        default_factory=dict, description="values that replace those of the model's own parameters"
    )
    uncertain: Uncertain = Field(
        default_factory=dict, description="numbers known only roughly, by their path: the lowest and the highest value"
    )
    fitted: Fitted | None = Field(
        default=None, exclude_if=lambda value: value is None, description="written by teamsim fit: worlds of this firm"
    )
    run: Run = Field(default=Run(), description="how long, how often, and with which luck")

    @model_validator(mode="before")
    @classmethod
    def _sizes_from_people(cls, data: Any) -> Any:
        """Give each team without a size the number of its people, where people are listed."""
        checks.one_leader_table(data)
        people = _part(_part(data, "employees"), "people")
        teams = _part(data, "teams")
        if not isinstance(data, dict) or not people or not _is_list(people) or not teams or not _is_list(teams):
            return data
        first = _part(teams[0], "name")
        members = Counter(str(_part(person, "team") or first).strip() for person in people)
        sized = [
            {**team, "size": members[str(team.get("name")).strip()]}
            if isinstance(team, dict) and "size" not in team
            else team
            for team in teams
        ]
        return {**data, "teams": sized}

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        context = info.context if isinstance(info.context, Mapping) else {}
        faults = Faults()
        checks.names(self, faults)
        faults.raise_if_any()
        checks.people(self, faults)
        checks.sizes(self, faults, max_people=context.get("max_people", checks.MAX_PEOPLE))
        checks.parameters(self.parameters, faults)
        faults.raise_if_any()
        checks.ranges(self, faults)
        faults.raise_if_any()
        return self


def _part(whole: Any, key: str) -> Any:
    """A part of something that may be a table, a section, or nonsense that is complained about later."""
    return whole.get(key) if isinstance(whole, dict) else getattr(whole, key, None)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)
