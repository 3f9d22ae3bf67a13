"""Turns people, styles and parameters of a scenario into the records that the rules work on."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from sim.model import state
from sim.model.world import Records
from sim.scenario import events as happenings
from sim.scenario.behaviours import OBSERVABLES
from sim.scenario.parameters import PARAMETERS
from sim.scenario.schema import Mix, Person, Scenario
from sim.scenario.styles import Policy
from sim.scenario.timeline import in_order

LAST_WEEK = np.iinfo(np.int64).max

BRINGING_STYLES = (happenings.StyleChanged, happenings.LeaderReplaced)


def parameter_record(values: Mapping[str, float]) -> Records:
    """All parameters as one record, (1,): the values given, else the defaults."""
    record = np.zeros(1, state.PARAMETER)
    for parameter in PARAMETERS:
        record[parameter.name] = values.get(parameter.name, parameter.default)
    return record


def largest_sizes(scenario: Scenario) -> tuple[int, ...]:
    """Positions that each team needs room for: those of the first day and all that growth opens."""
    sizes = [team.size for team in scenario.teams]
    index = {team.name: t for t, team in enumerate(scenario.teams)}
    for event in scenario.events:
        if isinstance(event, happenings.Growth):
            sizes[index[event.team] if event.team else 0] += event.people
    return tuple(sizes)


def levels_of(mix: Mix, size: int) -> list[int]:
    """Development levels of a team's people, 0 = D1 .. 3 = D4: at each place the one that is furthest behind the mix.

    However large the team is, the people at its first places are the same.
    """
    shares = [round(share * 1_000_000) for share in mix.shares]
    total, counts = sum(shares), [0] * len(shares)
    levels = []
    for people in range(1, size + 1):
        level = max(range(len(shares)), key=lambda level: people * shares[level] - counts[level] * total)
        counts[level] += 1
        levels.append(level)
    return levels


def start_person(start: Records, person: Person) -> None:
    """Write down what a scenario says of a person; NaN is drawn."""
    start["level"] = state.NOT_GIVEN
    for part in ("confidence", "motivation"):
        start[part] = math.nan if person.commitment is None else person.commitment
    for name in (
        "competence",
        "tenure",
        "confidence",
        "motivation",
        "learning_rate",
        "need_for_autonomy",
        "creativity",
        "skill",
        "affect",
    ):
        value = getattr(person, name)
        if value is not None:
            start[name] = value


def styles_to_come(scenario: Scenario) -> list[str]:
    """The styles that events bring, in the order of the events."""
    return [
        event.style if isinstance(event, happenings.StyleChanged) else event.leader.style
        for _, event in in_order(scenario.events)
        if isinstance(event, BRINGING_STYLES)
    ]


def policy_records(policies: Sequence[Policy]) -> tuple[Records, Records, Records]:
    """Tables of behaviour (stages, 4), stages (stages,), policies (policies,)."""
    stages = [stage for policy in policies for stage in policy.stages]
    records = np.zeros(len(stages), state.STAGE)
    tables = np.zeros((len(stages), 4), state.BEHAVIOUR)
    for s, stage in enumerate(stages):
        records[s]["from_week"] = stage.from_week
        records[s]["until_week"] = LAST_WEEK if stage.until_week is None else stage.until_week
        records[s]["observed"] = state.NOTHING_OBSERVED if stage.observed is None else OBSERVABLES.index(stage.observed)
        records[s]["at_least"] = -math.inf if stage.at_least is None else stage.at_least
        records[s]["below"] = math.inf if stage.below is None else stage.below
        for level, row in enumerate(stage.levels):
            tables[s, level] = tuple(row)
    numbered = np.zeros(len(policies), state.POLICY)
    first = 0
    for k, policy in enumerate(policies):
        numbered[k]["first"], numbered[k]["last"] = first, first + len(policy.stages)
        first += len(policy.stages)
    return tables, records, numbered
