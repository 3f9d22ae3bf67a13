"""The kinds of event that a scenario can have, each with the week in which it happens."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import Factor, Name, People, PracticeName, Section, Share, StyleName, Week, Weeks
from sim.scenario.sections import Leader


class Happening(Section):
    """What every event has."""

    week: Week = Field(description="week in which it happens; the first week of the run is 1")
    note: str = Field(default="", max_length=500, description="a remark for the reader; it has no effect")


class Crisis(Happening):
    """For some weeks decisions are urgent, there are more of them, and demand may change."""

    event: Literal["crisis"]
    weeks: Weeks = Field(description="how long it lasts")
    urgency: Share = Field(default=0.9, description="urgency of decisions while it lasts")
    decisions: Factor = Field(default=2.0, description="decisions to take while it lasts")
    demand: Factor = Field(default=1.0, description="demand while it lasts")


class Demand(Happening):
    """Customers want more or less than usual."""

    event: Literal["demand"]
    weeks: Weeks | None = Field(default=None, description="how long it lasts; left out: to the end of the run")
    factor: Factor = Field(description="demand while it lasts")


class MarketShock(Happening):
    """The market moves away at one blow from what the company offers."""

    event: Literal["market_shock"]
    size: Share = Field(description="share of strategic fit that is lost")


class Growth(Happening):
    """New positions open; the newcomers are recruited as for any vacancy."""

    event: Literal["growth"]
    people: People = Field(description="positions that open")
    team: Name | None = Field(default=None, description="the team that grows; left out: the first one")


class Layoff(Happening):
    """Positions close for good, and the people in them go."""

    event: Literal["layoff"]
    people: People = Field(description="positions that close")
    team: Name | None = Field(
        default=None, description="the team that shrinks; left out: every team in proportion to its size"
    )


class NewTechnology(Happening):
    """New technology makes part of what people know worthless."""

    event: Literal["new_technology"]
    size: Share = Field(description="share of skill that becomes obsolete")


class KeyPersonLeaves(Happening):
    """Somebody whom the company can hardly spare goes; the position stays and has to be filled again."""

    event: Literal["key_person_leaves"]
    team: Name | None = Field(
        default=None, description="the team that loses somebody; left out: whichever team it hits"
    )
    person: Name | None = Field(default=None, description="who goes, by name; left out: the most competent person")


class LeaderReplaced(Happening):
    """A new leader takes over."""

    event: Literal["leader_replaced"]
    team: Name | None = Field(default=None, description="the team that gets the new leader; left out: every team")
    leader: Leader = Field(description="the new leader")


class LeaderAway(Happening):
    """A leader is away: no hour is led, nobody can ask, and what the leader has to decide waits."""

    event: Literal["leader_away"]
    weeks: Weeks = Field(description="how long the leader is away")
    team: Name | None = Field(default=None, description="the team whose leader is away; left out: every team's")


class StyleChanged(Happening):
    """A leader changes style and stays otherwise the same person."""

    event: Literal["style_changed"]
    team: Name | None = Field(
        default=None, description="the team that is led differently from now on; left out: every team"
    )
    style: StyleName = Field(description="the new style")


class PracticeStarted(Happening):
    """The company takes up a practice."""

    event: Literal["practice_started"]
    practice: PracticeName = Field(description="which practice")
    intensity: Share = Field(default=0.6, description="how much is put into it")


class PracticeStopped(Happening):
    """The company gives up a practice; what it has built fades."""

    event: Literal["practice_stopped"]
    practice: PracticeName = Field(description="which practice")


Event = Annotated[
    Crisis
    | Demand
    | MarketShock
    | Growth
    | Layoff
    | NewTechnology
    | KeyPersonLeaves
    | LeaderReplaced
    | LeaderAway
    | StyleChanged
    | PracticeStarted
    | PracticeStopped,
    Field(discriminator="event"),
]
"""One entry of a scenario's timeline; its key `event` says which kind."""
