"""The sections of a scenario: company, money, teams, employees, leader, market, run; each field has its unit."""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.fields import (
    Factor,
    Faults,
    Fte,
    Hours,
    LearningRate,
    Name,
    Productivity,
    Section,
    Share,
    StyleName,
    Tenure,
    Thousands,
    ThousandsAWeek,
    Weeks,
)

LARGEST_TEAM = 25
"""People that one leader can lead in this model; a larger group has to be several teams."""


class Company(Section):
    """The company on the first day."""

    skill_diversity: Share = Field(default=0.6, description="how different people's skills and views are within a team")
    customer_satisfaction: Share = Field(default=0.7, description="what customers think of the company")
    reputation: Share = Field(default=0.6, description="what people think of it, customers and applicants alike")
    strategic_fit: Share = Field(default=0.75, description="how well the offer fits the market")
    automation: Share = Field(default=0.2, description="share of routine work that is automated")
    ai_readiness: Share = Field(default=0.2, description="how ready people and data are for artificial intelligence")
    productivity: Productivity = Field(
        default=1.0, description="what a person-week yields here, by equipment, place and product"
    )
    conditions: Share = Field(default=0.5, description="pay, place and hours, against other jobs; 0.5 is ordinary")
    offer: Share = Field(
        default=0.5, description="product, price and place, as customers see them, against others'; 0.5 is ordinary"
    )


class Money(Section):
    """Prices and costs, in thousands of one currency."""

    currency: str = Field(default="EUR", min_length=1, max_length=8, description="what the thousands are thousands of")
    cash: Thousands = Field(default=150.0, description="money in the bank on the first day")
    price: ThousandsAWeek = Field(default=2.4, description="what customers pay for one person-week of full output")
    pay: ThousandsAWeek = Field(default=1.1, description="pay and charges of one employee for one week")
    overhead: ThousandsAWeek = Field(
        default=0.45, description="rooms, tools and so on, per position and week, filled or not"
    )
    hiring_cost: Thousands = Field(default=6.0, description="advertising, selecting and equipping, per person hired")


class Mix(Section):
    """How many of the people are at each development level: four shares that add up to 1."""

    d1: Share = Field(default=0.0, description="share of enthusiastic beginners (low competence, high commitment)")
    d2: Share = Field(default=0.0, description="share of disillusioned learners (some competence, low commitment)")
    d3: Share = Field(
        default=0.0, description="share of capable but cautious people (good competence, variable commitment)"
    )
    d4: Share = Field(default=0.0, description="share of self-reliant achievers (high competence, high commitment)")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = math.fsum(self.shares)
        if abs(total - 1.0) > 1e-6:
            faults = Faults()
            given = ", ".join(f"d{level} = {share:g}" for level, share in enumerate(self.shares, 1))
            faults.add((), f"the shares add up to {total:g} ({given}); they have to add up to 1. Correct them.")
            faults.raise_if_any()
        return self

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """The four shares, D1 to D4."""
        return (self.d1, self.d2, self.d3, self.d4)


USUAL_MIX = Mix(d1=0.1, d2=0.15, d3=0.35, d4=0.4)
"""Development levels in a business that has people come and go as most do."""


class Person(Section):
    """One employee on the first day. What is left out is drawn by chance, or taken from competence and commitment."""

    name: Name = Field(description="a name that nobody else has; it need not be the true one")
    role: str = Field(default="", max_length=100, description="what the person does; for the reader")
    team: Name | None = Field(default=None, description="name of the team; left out: the first team")
    competence: Share | None = Field(
        default=None, description="share of full proficiency in the role's tasks; left out: drawn"
    )
    commitment: Share | None = Field(default=None, description="confidence and motivation together; left out: drawn")
    tenure: Tenure | None = Field(default=None, description="time in the position so far; left out: drawn")
    confidence: Share | None = Field(default=None, description="'I can'; left out: as commitment")
    motivation: Share | None = Field(default=None, description="'I want to'; left out: as commitment")
    learning_rate: LearningRate | None = Field(default=None, description="how fast the person learns; left out: drawn")
    need_for_autonomy: Share | None = Field(
        default=None, description="how much the person wants a free hand; left out: drawn"
    )
    creativity: Share | None = Field(default=None, description="how readily the person has ideas; left out: drawn")
    skill: Share | None = Field(
        default=None, description="place on the range of skills, for diversity; left out: drawn"
    )
    affect: Share | None = Field(default=None, description="the mood the person usually has; left out: drawn")
    fte: Fte | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="how much of a full-time position the person has; left out: as [employees] says",
    )


class Employees(Section):
    """Who works here: exactly one of a mix, a list of people, or a roster file."""

    mix: Mix | None = Field(default=None, description="shares of the four development levels; left out: a usual mix")
    people: tuple[Person, ...] = Field(default=(), strict=False, description="the people one by one")
    roster: str | None = Field(
        default=None,
        min_length=1,
        description="a .csv or .xlsx file with one person a row; its path starts from the scenario's folder",
    )
    fte: Fte = Field(
        default=1.0,
        exclude_if=lambda value: value == 1.0,
        description="mean share of a full-time position, which what people get done and their pay go with",
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [name for name in ("mix", "people", "roster") if getattr(self, name)]
        if len(given) > 1:
            faults = Faults()
            faults.add((), f"got {' and '.join(given)}; allowed is one of mix, people, roster. Take out the others.")
            faults.raise_if_any()
        if not given:
            # A frozen model offers no other way to fill in what depends on the rest of it.
            self.__dict__["mix"] = USUAL_MIX
        return self


class Leader(Section):
    """Somebody who leads a team. What is left out has the standard value, also for a team's own leader."""

    style: StyleName = Field(default="democratic", description="how the person leads")
    hours: Hours = Field(default=26.0, description="time for leading; the rest goes into other work")
    competence: Share = Field(default=0.8, description="share of full proficiency in the team's own tasks")
    diagnosis_skill: Share = Field(default=0.6, description="how well the person sees what others can do and want")
    fidelity: Share = Field(default=0.85, description="how much of the style really comes across in daily behaviour")


class Team(Section):
    """A group of people with one leader."""

    name: Name = Field(description="a name that no other team has")
    size: Annotated[int, Field(ge=0, le=LARGEST_TEAM, json_schema_extra={"unit": "people"})] = Field(
        description="positions on the first day: 2 to 25, or 0 for a team that a growth event opens later; "
        "may be left out where people are listed"
    )
    leader: Leader | None = Field(default=None, description="the team's own leader; left out: led as [leader] says")
    mix: Mix | None = Field(
        default=None, description="the team's own development levels; left out: those of [employees]"
    )
    skill_diversity: Share | None = Field(default=None, description="the team's own; left out: that of [company]")


YEARS = (4, 12, 52)
"""Quarters, months or weeks of a year."""


class Market(Section):
    """Customers, work and the labour market."""

    demand: Annotated[float, Field(ge=0, le=5, json_schema_extra={"unit": "share of full capacity"})] = Field(
        default=0.85, description="work that customers want; 1 keeps fully able, fully committed people exactly busy"
    )
    complexity: Share = Field(default=0.5, description="how many things a task hangs on")
    novelty: Share = Field(default=0.35, description="how much of the work nobody here has done before")
    urgency: Share = Field(default=0.3, description="share of decisions that cannot wait, and how little they can")
    decisions: Annotated[float, Field(ge=0, le=5, json_schema_extra={"unit": "per person and week"})] = Field(
        default=0.5, description="questions that come up and need a decision"
    )
    turbulence: Share = Field(default=0.2, description="how fast the market moves away from what the company offers")
    labour_tightness: Share = Field(
        default=0.5, description="how easily people find other jobs; how hard they are to replace"
    )
    season: tuple[Factor, ...] = Field(
        default=(),
        strict=False,
        exclude_if=lambda value: not value,
        json_schema_extra={"unit": "times the usual"},
        description="demand over the year, from the first week on: 4 quarters, 12 months or 52 weeks, year after year",
    )

    @model_validator(mode="after")
    def _a_whole_year(self) -> Self:
        if len(self.season) not in (0, *YEARS):
            faults = Faults()
            text = f"got {len(self.season)} numbers; allowed are 4 (quarters), 12 (months) or 52 (weeks) of one year."
            faults.add(("season",), f"{text} Add or take out some.")
            faults.raise_if_any()
        return self


class Run(Section):
    """How long, how often, and with which luck."""

    weeks: Weeks = Field(default=104, description="length of the run")
    replications: Annotated[int, Field(ge=1, le=1_000_000, json_schema_extra={"unit": "runs"})] = Field(
        default=200, description="how often everything is repeated with other luck; more give narrower intervals"
    )
    seed: Annotated[int, Field(ge=0, le=10**18, json_schema_extra={"unit": "number"})] = Field(
        default=1, description="where chance starts; the same seed gives the same result again"
    )
    development_scheme: Literal["slii", "readiness"] = Field(
        default="slii", description="how D1-D4 are read: slii (Blanchard) or readiness (Hersey: D1 is low in both)"
    )
