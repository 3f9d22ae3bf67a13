"""The leadership styles that advice chooses from: a blend of styles, and perhaps a second one that replaces it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.engine import AS_IS
from sim.scenario.behaviours import OBSERVABLES
from sim.scenario.schema import Scenario
from sim.scenario.style_definition import ABOVE_ONE, ScheduleEntry, StyleDefinition
from sim.scenario.styles import builtin_styles, resolve
from sim.scenario.timeline import share_out

if TYPE_CHECKING:
    from optuna.trial import Trial

type Blend = tuple[tuple[str, int], ...]
"""Styles with their tenths, the largest first; the tenths add up to ten."""

TENTHS = 10
"""A blend is mixed in steps of a tenth: nobody can tell finer ones apart, or keep to them."""

NEVER, DATE = "never", "date"
"""Kinds of switch, beside the observations that a leader can go by."""

OBSERVED = tuple(name for name in OBSERVABLES if name not in ABOVE_ONE)
"""What a condition may be about."""


class LeadershipPlan(NamedTuple):
    """A leadership style: one blend, and another from a week on, or while an observation is at least a level."""

    first: Blend
    then: Blend | None = None
    from_week: int = 1
    observed: str | None = None
    at_least: float = 0.0

    @property
    def condition(self) -> str | None:
        """The condition as scenario files have it."""
        return f"{self.observed} >= {self.at_least:g}" if self.observed else None

    @property
    def style(self) -> str | None:
        """The one style that this plan is, if it is nothing else."""
        return self.first[0][0] if self.then is None and len(self.first) == 1 else None


KEEP = LeadershipPlan(((AS_IS, TENTHS),))
"""To go on as now."""


def fixed(style: str) -> LeadershipPlan:
    """One style all the time."""
    return LeadershipPlan(((style, TENTHS),))


def ingredients(scenario: Scenario) -> tuple[str, ...]:
    """What blends are made of: every built-in style, and those of the scenario's own that do not change with time."""
    own = [name for name in scenario.styles if len(resolve(name, scenario.styles).stages) == 1]
    return (*builtin_styles(), *own)


def suggest(trial: "Trial", styles: Sequence[str], weeks: int) -> LeadershipPlan:
    """A plan from an optimiser's trial.

    What a plan does not use is asked for as well (the week of a switch that never comes), because a genetic algorithm
    crosses only what all its individuals have.
    """
    first, then = _blend(trial, "first", styles), _blend(trial, "then", styles)
    kind = trial.suggest_categorical("switch", (NEVER, DATE, *OBSERVED))
    step = max(1, weeks // 26)
    steps = max(1, (weeks - 1) // step - 1)
    week = trial.suggest_int("from_week", 1 + step, 1 + steps * step, step=step)
    level = round(trial.suggest_float("at_least", 0.3, 0.9, step=0.05), 2)
    if kind == NEVER or first == then:
        return LeadershipPlan(first)
    return LeadershipPlan(first, then, week) if kind == DATE else LeadershipPlan(first, then, 1, kind, level)


def as_trial(style: str) -> dict[str, object]:
    """The values with which `suggest` gives one style all the time."""
    return {"first": style, "first_second": style, "first_third": style, "switch": NEVER}


def simpler(plan: LeadershipPlan) -> list[LeadershipPlan]:
    """The plans that are one step simpler: without the switch, or with one style less in a blend."""
    found = []
    if len(plan.first) > 1:
        found.append(plan._replace(first=_without_least(plan.first)))
    if plan.then is not None:
        found += [LeadershipPlan(plan.first), LeadershipPlan(plan.then)]
        if len(plan.then) > 1:
            found.append(plan._replace(then=_without_least(plan.then)))
    return [LeadershipPlan(one.first) if one.then == one.first else one for one in found]


def complexity(plan: LeadershipPlan) -> int:
    """How much there is to keep in mind: the parts of the blends, and a switch."""
    return len(plan.first) + (0 if plan.then is None else 1 + len(plan.then))


def change(scenario: Scenario, plan: LeadershipPlan) -> float:
    """How much leaders would have to change, at first: mean difference of behaviour on 0-1, over leaders and levels."""
    advised = _behaviour(scenario, plan.first)
    leaders = [(team.leader or scenario.leader).style for team in scenario.teams]
    return float(np.mean([np.abs(advised - _behaviour(scenario, ((style, TENTHS),))).mean() for style in leaders]))


def _behaviour(scenario: Scenario, blend: Blend) -> NDArray[np.float64]:
    """The behaviours of a blend toward people of each level, in its first stage: (4, 13)."""
    rows = [tenths / TENTHS * np.array(resolve(style, scenario.styles).stages[0].levels) for style, tenths in blend]
    mixed: NDArray[np.float64] = np.sum(rows, axis=0)
    return mixed


def definitions(plans: Sequence[LeadershipPlan]) -> tuple[tuple[str, ...], dict[str, StyleDefinition]]:
    """The names under which plans are run, and the styles to be added to a scenario for that."""
    names: list[str] = []
    added: dict[str, StyleDefinition] = {}
    for number, plan in enumerate(plans):
        if plan.style is not None:
            names.append(plan.style)
        else:
            name = f"plan:{number}"  # no style of a user can be called so
            names.append(name)
            added |= as_styles(plan, name)
    return tuple(names), added


def as_styles(plan: LeadershipPlan, name: str) -> dict[str, StyleDefinition]:
    """A plan as styles of a scenario file, its own under `name` and its parts, where they are mixed, beside it."""
    if plan.then is None:
        return {name: _mixed(plan.first)}
    styles: dict[str, StyleDefinition] = {}
    entries = []
    for part, blend in (("first", plan.first), ("then", plan.then)):
        called = blend[0][0] if len(blend) == 1 else f"{name}-{part}"
        if len(blend) > 1:
            styles[called] = _mixed(blend)
        always = part == "first"
        start, condition = (1, None) if always else (plan.from_week, plan.condition)
        entries.append(ScheduleEntry(style=called, from_week=start, when=condition))
    return {name: StyleDefinition(schedule=tuple(entries)), **styles}


def _without_least(blend: Blend) -> Blend:
    kept = blend[:-1]
    shares = share_out(TENTHS, [tenths for _, tenths in kept])
    return blend_of(*((style, share) for (style, _), share in zip(kept, shares, strict=True)))


def _mixed(blend: Blend) -> StyleDefinition:
    return StyleDefinition(blend={style: tenths / TENTHS for style, tenths in blend})


def _blend(trial: "Trial", part: str, styles: Sequence[str]) -> Blend:
    main = trial.suggest_categorical(part, styles)
    second = trial.suggest_categorical(f"{part}_second", styles)
    third = trial.suggest_categorical(f"{part}_third", styles)
    of_second = trial.suggest_int(f"{part}_of_second", 0, TENTHS // 2)
    of_third = trial.suggest_int(f"{part}_of_third", 0, TENTHS // 3)
    return blend_of((main, TENTHS - of_second - of_third), (second, of_second), (third, of_third))


def blend_of(*parts: tuple[str, int]) -> Blend:
    """A blend in its one form: each style once, none without a share, the largest first, equals by name."""
    tenths: dict[str, int] = {}
    for style, share in parts:
        tenths[style] = tenths.get(style, 0) + share
    return tuple(sorted(((style, share) for style, share in tenths.items() if share), key=lambda p: (-p[1], p[0])))
