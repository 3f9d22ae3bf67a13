"""Simulates a population of firms of many sizes and kinds, whose leaders differ by degrees and not by type.

Comparing pure styles inflates every correlation, since real leaders vary continuously. Here a leader departs from one
of the built-in styles, each as likely as another, with a spread of their own around it.
"""

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.build import Blueprint, Timetable
from sim.model.input_records import LAST_WEEK, parameter_record
from sim.model.metrics import METRIC_NAMES
from sim.run import luck
from sim.run.case import Ready, replicate
from sim.run.pool import run_tasks
from sim.run.profiles import spread, style_vectors
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.styles import resolve
from sim.scenario.timeline import share_out

type Floats = NDArray[np.float64]
type Table = dict[str, Any]

SMALLEST, LARGEST = 5, 50
"""People in a firm."""

TEAM = 7
"""People in a usual team; teams have five to nine."""

CONDITIONS: Mapping[str, tuple[float, float]] = {
    "market.complexity": (0.30, 0.70),
    "market.demand": (0.75, 0.95),
    "market.urgency": (0.10, 0.50),
    "market.novelty": (0.20, 0.50),
    "market.turbulence": (0.05, 0.35),
    "market.labour_tightness": (0.30, 0.70),
    "company.skill_diversity": (0.30, 0.80),
    "company.productivity": (0.65, 1.35),
    "company.conditions": (0.0, 1.0),
    "company.offer": (0.0, 1.0),
}
"""How firms differ in what leaders do not choose: evenly between these bounds. Assumed, but for productivity: the 90th
percentile of plants in a trade makes about twice as much of the same inputs as the 10th (Syverson 2011), part of which
comes from how they are led."""

LEADERS: Mapping[str, tuple[float, float]] = {
    "hours": (20.0, 34.0), "competence": (0.60, 0.95), "diagnosis_skill": (0.40, 0.80), "fidelity": (0.75, 0.95),
}  # fmt: skip
"""How leaders differ beside their behaviour: evenly between these bounds. Assumed."""


class Firm(NamedTuple):
    """A firm: its blueprint, and for each of its teams the leader's fidelity."""

    blueprint: Blueprint
    fidelity: Floats


@dataclass(frozen=True)
class Sample:
    """What a population went through in one replication, all firms side by side.

    people: (arms, weeks, positions) of PERSON; team, firm: (positions,) where each position belongs; behaviour:
    (arms, teams, 13) as intended; fidelity: (teams,); metrics: (arms, firms, weeks, metrics); end: (arms, positions)
    of EMPLOYEE, after the last week.
    """

    people: NDArray[np.void]
    team: NDArray[np.int64]
    firm: NDArray[np.int64]
    behaviour: Floats
    fidelity: Floats
    metrics: Floats
    end: NDArray[np.void] | None = None

    def metric(self, name: str) -> Floats:
        """A metric of the firms: (arms, firms, weeks)."""
        return self.metrics[..., METRIC_NAMES.index(name)]


def draw_firms(count: int, seed: int, *, size: tuple[int, int] = (SMALLEST, LARGEST), changes: Table | None = None,
               conditions: Mapping[str, tuple[float, float]] = CONDITIONS) -> list[Firm]:  # fmt: skip
    """Firms of all sizes (even on a logarithmic scale) under various conditions.

    Args:
        count: firms.
        seed: of the draw.
        size: people, smallest and largest.
        changes: tables of the scenario `everyday` that are set for all of them.
        conditions: dotted paths of a scenario with their bounds.
    """
    rng = np.random.default_rng([seed, 0x6669726D])
    base = load_scenario("everyday").model_dump()
    return [_firm(rng, base, size, changes or {}, conditions) for _ in range(count)]


def _firm(rng: np.random.Generator, base: Table, size: tuple[int, int], changes: Table,
          conditions: Mapping[str, tuple[float, float]]) -> Firm:  # fmt: skip
    people = round(math.exp(rng.uniform(math.log(size[0]), math.log(size[1]))))
    teams = max(1, round(people / TEAM))
    leaders = [{name: float(rng.uniform(*bounds)) for name, bounds in LEADERS.items()} for _ in range(teams)]
    table: Table = {section: dict(value) if isinstance(value, dict) else value for section, value in base.items()}
    for path, bounds in conditions.items():
        section, key = path.split(".")
        table[section][key] = float(rng.uniform(*bounds))
    for section, value in changes.items():
        table[section] = {**table[section], **value} if isinstance(value, dict) else value
    sizes = share_out(people, [1] * teams)
    table["teams"] = [
        {"name": f"Team {t + 1}", "size": max(n, 2), "leader": leader}
        for t, (n, leader) in enumerate(zip(sizes, leaders, strict=True))
    ]
    return Firm(Blueprint(scenario_from(table)), np.array([leader["fidelity"] for leader in leaders]))


def teams_of(firms: Sequence[Firm]) -> int:
    """Teams of all the firms together."""
    return sum(len(firm.fidelity) for firm in firms)


def vector_of(name: str, own: Mapping[str, Any] | None = None) -> Floats:
    """A style as behaviour toward a person of unknown level, (13,); the mean over levels where they differ."""
    return np.array(resolve(name, own or {}).stages[0].levels).mean(axis=0)


def draw_leaders(count: int, rng: np.random.Generator) -> Floats:
    """Leaders as behaviour, (count, 13): a style each, with a spread of their own."""
    styles = style_vectors()
    return vary(styles[rng.integers(len(styles), size=count)], rng)


def vary(vectors: Floats, rng: np.random.Generator) -> Floats:
    """Behaviour with each leader's own spread around it, within 0 and 1."""
    drawn: Floats = np.clip(vectors + spread() * rng.standard_normal(vectors.shape), 0.0, 1.0)
    return drawn


def run_firms(firms: Sequence[Firm], behaviour: Floats, weeks: int, seed: int,
              parameters: Mapping[str, float] | None = None, workers: int | None = None,
              from_week: int = 1) -> Sample:  # fmt: skip
    """Run each firm once, under one or several arms that share their chance.

    Args:
        firms: from `draw_firms`.
        behaviour: (arms, teams, 13), the leaders' behaviour, team by team through all firms.
        weeks: of the run.
        seed: of all chance; firm k has replication k.
        parameters: values that replace the model's own.
        workers: threads; by default one for each core. The result does not depend on it.
        from_week: from when on leaders behave as their arm says; before, they do as the first arm says.
    """
    arms = len(behaviour)
    sizes = [sum(firm.blueprint.team_sizes) for firm in firms]
    places = np.concatenate([[0], np.cumsum(sizes)])
    firsts = np.concatenate([[0], np.cumsum([len(firm.fidelity) for firm in firms])])
    people = np.empty((arms, weeks, places[-1]), state.PERSON)
    metrics = np.empty((arms, len(firms), weeks, len(METRIC_NAMES)))
    end = np.empty((arms, places[-1]), state.EMPLOYEE)
    values = parameter_record(parameters or {})

    def run(k: int) -> None:
        blueprint = firms[k].blueprint
        if parameters is not None:
            blueprint = copy.copy(blueprint)
            blueprint.parameters = values
        own = behaviour[:, firsts[k] : firsts[k + 1]]
        rows = np.empty((arms, weeks, len(METRIC_NAMES)))
        of_people = np.empty((arms, weeks, sizes[k]), state.PERSON)
        drawn = luck.once(blueprint.team_sizes, weeks, seed, k)
        world = replicate(Ready(blueprint, _timetable(blueprint, own, from_week)), drawn, rows, person_rows=of_people)
        metrics[:, k] = rows
        people[:, :, places[k] : places[k + 1]] = of_people
        end[:, places[k] : places[k + 1]] = world.employees

    for _ in run_tasks(run, range(len(firms)), workers=workers):
        pass
    team_sizes = np.concatenate([np.array(firm.blueprint.team_sizes) for firm in firms])
    return Sample(
        people=people,
        team=np.repeat(np.arange(len(team_sizes)), team_sizes),
        firm=np.repeat(np.arange(len(firms)), sizes),
        behaviour=behaviour,
        fidelity=np.concatenate([firm.fidelity for firm in firms]),
        metrics=metrics,
        end=end,
    )


def _timetable(blueprint: Blueprint, behaviour: Floats, from_week: int = 1) -> Timetable:
    """What happens in the scenario, while every leader behaves as the row says, toward everybody: (arms, teams, 13).

    The weeks before the first are led as it is on the average of the arms; where the arms part later, as in the first.
    """
    if from_week > 1:
        before = _timetable(blueprint, np.broadcast_to(behaviour[:1], behaviour.shape))
        return _one_after_the_other(before, _timetable(blueprint, behaviour), from_week)
    events = blueprint.timetable(["mixed"] * len(behaviour)).events
    past = blueprint.before(_led(blueprint, behaviour.mean(axis=0, keepdims=True), events[:1]))
    return _led(blueprint, behaviour, events)._replace(past=past)


def _led(blueprint: Blueprint, behaviour: Floats, events: NDArray[np.void]) -> Timetable:
    arms, teams, _ = behaviour.shape
    count = arms * teams
    tables = np.zeros((count, 4), state.BEHAVIOUR)
    for place, name in enumerate(BEHAVIOURS):
        tables[name] = behaviour[..., place].reshape(count, 1)
    stages = np.zeros(count, state.STAGE)
    stages["from_week"], stages["until_week"] = 1, LAST_WEEK
    stages["observed"], stages["at_least"], stages["below"] = state.NOTHING_OBSERVED, -math.inf, math.inf
    policies = np.zeros(count, state.POLICY)
    policies["first"] = np.arange(count)
    policies["last"] = policies["first"] + 1
    leads = np.arange(count).reshape(arms, teams)
    return Timetable(tables, stages, policies, events, leads, blueprint.beginning(leads), ())


def _one_after_the_other(before: Timetable, after: Timetable, from_week: int) -> Timetable:
    """The same leaders, who behave in one way before a week and in another from then on."""
    count = len(before.policies)
    stages = np.repeat(before.stages, 2)
    stages["until_week"][0::2], stages["from_week"][1::2] = from_week - 1, from_week
    policies = before.policies.copy()
    policies["first"], policies["last"] = 2 * np.arange(count), 2 * np.arange(count) + 2
    tables = np.repeat(before.tables, 2, axis=0)
    tables[1::2] = after.tables
    return before._replace(tables=tables, stages=stages, policies=policies)
