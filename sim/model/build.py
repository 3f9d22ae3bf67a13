"""Turns a scenario and styles into the records that the rules work on."""

import copy
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.chance import Chance
from sim.model.input_records import (
    BRINGING_STYLES,
    LAST_WEEK,
    largest_sizes,
    levels_of,
    parameter_record,
    policy_records,
    start_person,
    styles_to_come,
)
from sim.model.rules.people import populate
from sim.model.unrated import unrated, with_levels
from sim.model.weeks import run_weeks
from sim.model.world import Held, Measures, Plan, Records, Template, World
from sim.scenario import events as happenings
from sim.scenario.practices import practices, spans
from sim.scenario.schema import Scenario
from sim.scenario.sections import USUAL_MIX
from sim.scenario.styles import Policy, resolve
from sim.scenario.timeline import in_order, share_out, sizes_over_time

AS_IS = "as-is"
"""The arm in which every leader keeps the style that the scenario gives, changes of style on the timeline included."""

NO_EVENTS = np.zeros((1, 0), state.EVENT)

TEAMS_BEGIN = {"psychological_safety": 0.50, "shared_direction": 0.50, "self_leading": 0.50, "process": 0.70}
"""What every team is like before the first week; assumed."""

WEEKS_BEFORE = 26
"""Weeks that a company has been led as it is before the first week: then moods, climate and work in hand are in balance
with the people there, as half of what they were at the start is forgotten within about a dozen weeks. Assumed."""


class Timetable(NamedTuple):
    """What leaders do and what happens, for some arms: an arm is one way of leading the company."""

    tables: Records  # (stages, 4) of BEHAVIOUR
    stages: Records  # (stages,)
    policies: Records  # (policies,)
    events: Records  # (arms, events); an arm with fewer events has some that never happen
    leads: NDArray[np.int64]  # (arms, teams): each leader's policy in the beginning
    beginning: Template  # of the world before the first week, under each arm
    names: tuple[str, ...]  # of the styles that the policies follow
    past: "Timetable | None" = None  # of the weeks before the first, which all arms share: one arm without events

    @property
    def plan(self) -> Plan:
        """What the rules go by."""
        return Plan(self.tables, self.stages, self.policies, self.events)


class Blueprint:
    """What all replications of a scenario share: positions, leaders, market, parameters."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.parameters = parameter_record(scenario.parameters)
        self.team_sizes = largest_sizes(scenario)
        self.team_index = {team.name: t for t, team in enumerate(scenario.teams)}
        self.diversity = np.array(
            [
                scenario.company.skill_diversity if team.skill_diversity is None else team.skill_diversity
                for team in scenario.teams
            ]
        )
        self._firsts = np.concatenate([[0], np.cumsum(self.team_sizes)])
        self._starts = self._start_records()
        self._some_unrated = bool(unrated(self._starts).any())
        self._leaders = self._leader_records()
        self._teams = self._team_records()
        self._company = self._company_record()
        self._practices = self._practice_records()

    def with_parameters(self, values: Mapping[str, float]) -> "Blueprint":
        """The same with other values of some parameters, which have to be checked already; the rest is shared."""
        other = copy.copy(self)
        other.parameters = self.parameters.copy()
        for name, value in values.items():
            other.parameters[name] = value
        return other

    def chance(self, seed: int, replication: int) -> Chance:
        """The chance of one replication."""
        return Chance(seed, replication, self.team_sizes)

    def timetable(self, styles: Sequence[str]) -> Timetable:
        """The policies and events of some arms: each one style for every leader and all the time, or AS_IS.

        Raises:
            InputError: no such style.
        """
        named: list[str] = []
        leads = np.zeros((len(styles), len(self.team_sizes)), np.int64)
        events = []
        for arm, style in enumerate(styles):
            if style == AS_IS:
                leads[arm] = len(named) + np.arange(len(self.team_sizes))
                named += [(team.leader or self.scenario.leader).style for team in self.scenario.teams]
                events.append(self._events(len(named)))
                named += styles_to_come(self.scenario)
            else:
                leads[arm] = len(named)
                named.append(style)
                events.append(self._events(None))
        padded = np.zeros((len(styles), max(map(len, events), default=0)), state.EVENT)  # week 0 never comes
        for arm, happening in enumerate(events):
            padded[arm, : len(happening)] = happening
        policies = [resolve(name, self.scenario.styles) for name in named]
        beginning = self.beginning(leads)
        return Timetable(*policy_records(policies), padded, leads, beginning, tuple(named), self._past())

    def _past(self) -> Timetable:
        """The weeks before the first: every leader as the scenario says, in the first stage of the style."""
        named = tuple((team.leader or self.scenario.leader).style for team in self.scenario.teams)
        policies = [resolve(name, self.scenario.styles) for name in named]
        first = [Policy(policy.name, policy.stages[:1]) for policy in policies]
        leads = np.arange(len(named))[None]
        return self.before(Timetable(*policy_records(first), NO_EVENTS, leads, self.beginning(leads), named))

    def before(self, timetable: Timetable) -> Timetable:
        """The timetable of one arm as that of the weeks before the first, to which nothing happens."""
        beginning = self.beginning(timetable.leads, practised=False)
        return timetable._replace(events=NO_EVENTS, beginning=beginning, past=None)

    def world(self, chance: Chance, timetable: Timetable) -> World:
        """The company before the first week of a replication, under each arm of the timetable.

        All arms share the past: some weeks under the leaders as they are, after which what the scenario says nothing
        about is in balance with what it says. Without a past, everybody is as the first of these weeks finds them.
        """
        past = timetable.past or timetable
        starts = with_levels(self._starts, chance.levels()) if self._some_unrated else self._starts
        before = past.beginning.copy(chance.colleagues)
        populate(before, starts, chance.people, chance.team_starts, self.parameters)
        if timetable.past is None:
            return before
        drawn = chance.before(WEEKS_BEFORE)
        stays = np.where(starts["held"] == 1, 1.0, drawn.chance)  # who is there on the first day has not left before
        held = Held(starts, before.employees[0].copy(), before.company[0].copy())
        block = drawn._replace(chance=stays)
        run_weeks(before, past.plan, block, self.parameters, _unmeasured(timetable), held)
        world = timetable.beginning.copy(chance.colleagues)
        world.employees[:], world.mood[:] = before.employees[0], before.mood[0]
        world.teams[:] = before.teams[0]
        policies = world.leaders["policy"].copy()
        world.leaders[:] = before.leaders[0]
        world.leaders["policy"] = policies
        return world

    def beginning(self, leads: NDArray[np.int64], practised: bool = True) -> Template:
        """What every replication begins with, under some arms: all but people and chance; with practices or none."""
        arms, teams = leads.shape
        positions = sum(self.team_sizes)
        template = Template(
            self.diversity,
            employees=((arms, positions), state.EMPLOYEE),
            leaders=((arms, teams), state.LEADER),
            teams=((arms, teams), state.TEAM),
            company=((arms, 1), state.COMPANY),
            tallies=((arms, 1 + teams), state.TALLY),
            mood=((arms, positions), np.dtype(np.float64)),
            practices=((arms, len(self._practices) if practised else 0), state.PRACTICE),
            weeks=((max(self.team_sizes),), state.WEEK),
        )
        world = template.world
        world.leaders[:] = self._leaders
        world.leaders["policy"] = leads
        world.teams[:] = self._teams
        world.company[:] = self._company
        if practised:
            world.practices[:] = self._practices
        else:
            world.company["practising"] = 0.0
        return template

    def _start_records(self) -> Records:
        starts = np.zeros(sum(self.team_sizes), state.START)
        for name in starts.dtype.names or ():
            if starts.dtype[name] == np.float64:
                starts[name] = math.nan
        starts["status"] = state.CLOSED
        scenario = self.scenario
        for t, team in enumerate(scenario.teams):
            first = self._firsts[t]
            places = slice(first, self._firsts[t + 1])
            starts["team"][places] = t
            here = slice(first, first + team.size)
            starts["status"][here] = state.EMPLOYED
            people = [
                person for person in scenario.employees.people if (person.team or scenario.teams[0].name) == team.name
            ]
            if people:
                starts["held"][here] = 1
                for place, person in enumerate(people, first):
                    start_person(starts[place : place + 1], person)
            else:
                mix = team.mix or scenario.employees.mix or USUAL_MIX
                starts["held"][here] = int(mix != USUAL_MIX)
                starts["level"][here] = levels_of(mix, team.size)
        return starts

    def _leader_records(self) -> Records:
        leaders = np.zeros(len(self.team_sizes), state.LEADER)
        for record, team in zip(leaders, self.scenario.teams, strict=True):
            leader = team.leader or self.scenario.leader
            for name in ("hours", "competence", "diagnosis_skill", "fidelity"):
                record[name] = getattr(leader, name)
            record["attention"] = 1.0
        return leaders

    def _team_records(self) -> Records:
        teams = np.zeros(len(self.team_sizes), state.TEAM)
        teams["first"], teams["last"] = self._firsts[:-1], self._firsts[1:]
        for name, value in TEAMS_BEGIN.items():
            teams[name] = value
        return teams

    def _company_record(self) -> Records:
        scenario = self.scenario
        company = np.zeros(1, state.COMPANY)
        for name in ("customer_satisfaction", "reputation", "strategic_fit", "automation", "ai_readiness",
                     "productivity", "conditions", "offer"):  # fmt: skip
            company[name] = getattr(scenario.company, name)
        for name in ("complexity", "novelty", "turbulence", "labour_tightness"):
            company[name] = getattr(scenario.market, name)
        for name in ("cash", "price", "pay", "overhead", "hiring_cost"):
            company[name] = getattr(scenario.money, name)
        company["base_urgency"] = company["urgency"] = scenario.market.urgency
        company["base_decisions"] = company["decision_rate"] = scenario.market.decisions
        company["base_demand"] = company["demand"] = scenario.market.demand
        company["demand_level"] = 1.0
        company["appeal"] = scenario.company.customer_satisfaction + scenario.company.strategic_fit
        company["scheme"] = state.READINESS if scenario.run.development_scheme == "readiness" else state.SLII
        return company

    def _practice_records(self) -> Records:
        kept_up = spans(self.scenario)
        records = np.zeros(len(kept_up), state.PRACTICE)
        for record, span in zip(records, kept_up, strict=True):
            practice = practices()[span.practice]
            record["from_week"] = span.from_week
            record["until_week"] = LAST_WEEK if span.until_week is None else span.until_week
            record["intensity"] = span.intensity
            for name in ("hours_leader", "hours_people", "money", "pace"):
                record[name] = getattr(practice, name)
            for name, share in practice.acts.items():
                record[name] = share
        self._company["practising"] = float(len(records) > 0)
        return records

    def _events(self, first_policy: int | None) -> Records:
        """The events, in order; where leaders keep their own styles, new styles are policies from `first_policy` on."""
        records: list[Records] = []
        for index, event in in_order(self.scenario.events):
            brings_style = isinstance(event, BRINGING_STYLES)
            if isinstance(event, happenings.StyleChanged) and first_policy is None:
                continue
            for record in self._event(index, event):
                if brings_style and first_policy is not None:
                    record["policy"] = first_policy
                records.append(record)
            if brings_style and first_policy is not None:
                first_policy += 1
        return np.concatenate(records) if records else np.zeros(0, state.EVENT)

    def _event(self, index: int, event: happenings.Event) -> list[Records]:
        record = np.zeros(1, state.EVENT)
        record["week"] = record["until"] = event.week
        named = getattr(event, "team", None)
        record["team"] = state.ANY_TEAM if named is None else self.team_index[named]
        record["person"] = record["policy"] = state.NOBODY
        match event:
            case happenings.Crisis():
                record["kind"], record["until"] = state.CRISIS, event.week + event.weeks - 1
                record["urgency"], record["decisions"], record["demand"] = event.urgency, event.decisions, event.demand
            case happenings.Demand():
                record["kind"], record["demand"] = state.DEMAND, event.factor
                record["until"] = LAST_WEEK if event.weeks is None else event.week + event.weeks - 1
            case happenings.MarketShock():
                record["kind"], record["size"] = state.MARKET_SHOCK, event.size
            case happenings.Growth():
                record["kind"], record["count"] = state.GROWTH, event.people
                record["team"] = 0 if named is None else self.team_index[named]
            case happenings.Layoff() if named is None:
                return self._layoffs(index, record, event)
            case happenings.Layoff():
                record["kind"], record["count"] = state.LAYOFF, event.people
            case happenings.NewTechnology():
                record["kind"], record["size"] = state.NEW_TECHNOLOGY, event.size
            case happenings.KeyPersonLeaves():
                record["kind"] = state.KEY_PERSON_LEAVES
                if event.person is not None:
                    record["person"] = self._place(event.person)
            case happenings.LeaderReplaced():
                record["kind"] = state.LEADER_REPLACED
                for name in ("hours", "competence", "diagnosis_skill", "fidelity"):
                    record[name] = getattr(event.leader, name)
            case happenings.LeaderAway():
                record["kind"], record["until"] = state.LEADER_AWAY, event.week + event.weeks - 1
            case happenings.StyleChanged():
                record["kind"] = state.STYLE_CHANGED
            case happenings.PracticeStarted() | happenings.PracticeStopped():
                return []  # the practices know when they begin and end
            case _:
                assert_never(event)
        return [record]

    def _layoffs(self, index: int, record: Records, event: happenings.Layoff) -> list[Records]:
        """A layoff in the whole company, shared out over the teams by their sizes at the time."""
        sizes: Sequence[int] = self.team_sizes
        for course in sizes_over_time(self.scenario.teams, self.scenario.events):
            if course.event == index:
                break
            sizes = course.sizes
        records = []
        for t, count in enumerate(share_out(event.people, sizes)):
            if count:
                of_team = record.copy()
                of_team["kind"], of_team["count"], of_team["team"] = state.LAYOFF, count, t
                records.append(of_team)
        return records

    def _place(self, name: str) -> int:
        """The position of a person that the scenario names."""
        taken = dict.fromkeys(self.team_index, 0)
        for person in self.scenario.employees.people:
            team = person.team or self.scenario.teams[0].name
            if person.name == name:
                return int(self._firsts[self.team_index[team]]) + taken[team]
            taken[team] += 1
        raise KeyError(name)


def _unmeasured(timetable: Timetable) -> Measures:
    """Room for what the weeks before the first come to, laid out as what is measured later: rules are compiled once."""
    arms, teams = timetable.leads.shape
    company = np.empty((arms, 2 * WEEKS_BEFORE), state.MEASURES)[:, :WEEKS_BEFORE]
    return Measures(company, np.empty((arms, 0, teams), state.MEASURES), np.empty((arms, 0, 0), state.PERSON))
