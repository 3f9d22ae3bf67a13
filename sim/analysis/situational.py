"""Tests situational leading: what its lead over other styles consists of, in each context, over plausible worlds.

Its lead over the average of the other styles is taken apart into steps from one leadership style to the next, so that
the steps add up to the lead. Every step is a paired difference on the same people, luck, parameters and profiles.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.doubt import SOURCES, Share, of_fours, shares
from sim.analysis.plausible import plausible_scenarios
from sim.analysis.summary import mean_interval
from sim.run.case import Case, simulate
from sim.run.record import Record
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario
from sim.scenario.schema import Scenario
from sim.scenario.style_definition import LEVELS, StyleDefinition
from sim.scenario.styles import COMPARED, builtin_styles, resolve

type Floats = NDArray[np.float64]
type Arms = Mapping[str, Floats]
"""What each leadership style comes to: (worlds, replications) of one metric."""

CONTEXTS = ("novices", "everyday", "experts", "crisis", "disruption", "growth", "overload", "routine", "startup")
"""Shipped scenarios, each a context."""

METRICS = ("output", "morale")

WORLDS, RUNS_EACH, SEED = 100, 4, 13

FOUR = ("S1", "S2", "S3", "S4")

SPOKEN_OF = ("direction", "support", "participation", "delegation")
"""Behaviours that tell S1 to S4 apart in the model of situational leading."""

OTHERS = tuple(name for name in COMPARED if builtin_styles()[name].behaviour is not None)
"""The styles that situational leading is held against: those that are no mixture."""

PERFECT, BLIND = 1.0, 0.0
"""Skill at diagnosing with which a leader sees what is, or anything."""


SHIFTS = tuple(f"dealt-{shift}" for shift in range(1, 4))
DEALT = ("situational", *SHIFTS)
"""S1 to S4 in a Latin square over the four levels: each level gets each of them once. The first is the match."""


class Step(NamedTuple):
    """A paired difference: what it is called, what it compares, and the leadership styles whose means it takes."""

    name: str
    meaning: str
    more: tuple[str, ...]
    less: tuple[str, ...]


LEAD = Step("lead", "situational leading, less the mean of the seven other styles", ("situational",), OTHERS)

ADAPTING = Step(
    "adapting",
    "situational leading as it is, less the average of the four to everybody: what a leader gets by finding out levels"
    " and leading each in another way. It is matching and varying together",
    ("situational",), ("average",),
)  # fmt: skip
"""What the advice comes to for one who follows it, and does not only lead as the four do on average."""

PARTS = (
    Step(
        "matching",
        "to each level the one of S1 to S4 that the model of situational leading names, less the same four dealt out to"
        " the levels at random",
        ("situational",), DEALT,
    ),
    Step(
        "varying", "the four dealt out at random, less the average of the four to everybody", DEALT, ("average",),
    ),
    Step(
        "other habits",
        "the average of the four, less the same with all that the model of situational leading does not speak of"
        " (everything but direction, support, participation and delegation) as an ordinary leader has it",
        ("average",), ("neutral",),
    ),
    Step(
        "the four habits",
        "direction, support, participation and delegation as on average over the four, less an ordinary leader's",
        ("neutral",), ("ordinary",),
    ),
    Step(
        "the middle",
        "an ordinary leader, who has the mean of the seven styles in every habit, less the mean of the seven",
        ("ordinary",), OTHERS,
    ),
)  # fmt: skip
"""What the lead is made of: they add up to it."""

DIAGNOSIS = (
    Step("perfect diagnosis", "leaders who see every level as it is, less leaders who see as the scenario's do",
         ("perfect",), ("situational",)),
    Step("any diagnosis", "leaders who see as the scenario's do, less leaders who see anything",
         ("situational",), ("blind",)),
    Step("matching at best", "perfect diagnosis, less the four dealt out at random", ("perfect",), DEALT),
)  # fmt: skip
"""What diagnosis is worth, beside the parts."""

AGAINST = tuple(Step(f"less {name}", f"situational less {name}", ("situational",), (name,)) for name in OTHERS)
"""The lead over each of the others."""

STEPS = (LEAD, ADAPTING, *PARTS, *DIAGNOSIS, *AGAINST)


class TrialResults(NamedTuple):
    """What came of the trial.

    `table` has a row per context, metric and step: context, metric, step, mean (over the worlds, in the metric's unit),
    low, high (its 95% interval), above (share of worlds in which it is above 0), and a share of the variance for each
    source of doubt. `first` says per context and metric how often situational has the highest mean of the styles: over
    the worlds. `worlds` and `replications` say how much was run.
    """

    table: pd.DataFrame
    first: pd.DataFrame
    worlds: int
    replications: int


def trial(worlds: int = WORLDS, replications: int = RUNS_EACH, seed: int = SEED,
          contexts: tuple[str, ...] = CONTEXTS, step: Callable[[int], None] | None = None) -> TrialResults:  # fmt: skip
    """Put situational leading on trial.

    Args:
        worlds: plausible worlds for each context; they come in fours.
        replications: runs in each.
        seed: of worlds and luck.
        contexts: names of scenarios.
        step: called with the number of contexts done.

    Raises:
        InputError: there is no such scenario; numbers that cannot be.
    """
    rows, first = [], []
    for done, context in enumerate(contexts, 1):
        for metric, arms in _arms(load_scenario(context), worlds, replications, seed).items():
            rows += [(context, metric, one.name, *_known(difference(one, arms), replications)) for one in STEPS]
            best = np.stack([arms[name].mean(axis=1) for name in ("situational", *OTHERS)])
            first.append((context, metric, float((best.argmax(axis=0) == 0).mean())))
        if step:
            step(done)
    columns = ["context", "metric", "step", "mean", "low", "high", "above", *SOURCES]
    table = pd.DataFrame(rows, columns=columns)
    return TrialResults(table, pd.DataFrame(first, columns=["context", "metric", "share"]), worlds, replications)


def difference(step: Step, arms: Arms) -> Floats:
    """A step in every run: (worlds, replications)."""
    more, less = (np.mean([arms[name] for name in names], axis=0) for names in (step.more, step.less))
    return np.asarray(more - less)


def own_styles() -> dict[str, StyleDefinition]:
    """The leadership styles that are made for the trial, as styles of a scenario."""
    others = np.mean([resolve(name, {}).stages[0].levels[0] for name in OTHERS], axis=0)
    ordinary = dict(zip(BEHAVIOURS, map(float, others), strict=True))
    unspoken = {name: value for name, value in ordinary.items() if name not in SPOKEN_OF}
    return {
        "average": StyleDefinition(blend=dict.fromkeys(FOUR, 1.0)),
        "ordinary": StyleDefinition(blend=dict.fromkeys(OTHERS, 1.0)),
        "neutral": StyleDefinition(based_on="average", behaviour=unspoken),
        **{
            name: StyleDefinition(by_level={level: FOUR[(place + shift) % 4] for place, level in enumerate(LEVELS)})
            for shift, name in enumerate(SHIFTS, 1)
        },
    }


def _arms(scenario: Scenario, worlds: int, replications: int, seed: int) -> dict[str, dict[str, Floats]]:
    """Per metric what every leadership style comes to: (worlds, replications)."""
    added = own_styles()
    names = ("situational", *OTHERS, *added)
    runs: dict[str, list[Floats]] = {}
    for found, (arm, styles) in _lived(scenario, added, names, worlds, replications, seed):
        for place, style in enumerate(styles):
            runs.setdefault(arm or style, []).append(found[:, place])
    return {
        metric: {name: np.stack(values)[..., place] for name, values in runs.items()}
        for place, metric in enumerate(METRICS)
    }


def _lived(scenario: Scenario, added: Mapping[str, StyleDefinition], names: tuple[str, ...], worlds: int,
           replications: int, seed: int) -> Iterator[tuple[Floats, tuple[str, tuple[str, ...]]]]:  # fmt: skip
    """World after world: all leadership styles as they are, then situational with the best and with no diagnosis."""
    told: list[tuple[str, tuple[str, ...]]] = []

    def cases() -> Iterator[Case]:
        made: dict[int, tuple[Scenario, ...]] = {}
        for number, (drawn, profiles) in enumerate(plausible_scenarios(scenario, worlds, seed)):
            if id(drawn) not in made:
                with_styles = drawn.model_copy(update={"styles": {**drawn.styles, **added}})
                made[id(drawn)] = (with_styles, _seeing(with_styles, PERFECT), _seeing(with_styles, BLIND))
            numbers = range(number * replications, (number + 1) * replications)
            arms = (("", names), ("perfect", ("situational",)), ("blind", ("situational",)))
            for (arm, styles), where in zip(arms, made[id(drawn)], strict=True):
                told.append((arm, styles))
                yield Case(where, styles, replications=numbers, seed=seed, profiles=profiles)

    for number, outcome in enumerate(simulate(cases(), Record(metrics=METRICS))):
        if outcome.errors:
            raise RuntimeError(next(iter(outcome.errors.values())))
        yield outcome.values, told[number]  # noqa: PD011  # no table


def _seeing(scenario: Scenario, skill: float) -> Scenario:
    """The scenario with leaders of such a skill at diagnosing."""
    leader = scenario.leader.model_copy(update={"diagnosis_skill": skill})
    teams = tuple(
        team if team.leader is None
        else team.model_copy(update={"leader": team.leader.model_copy(update={"diagnosis_skill": skill})})
        for team in scenario.teams
    )  # fmt: skip
    return scenario.model_copy(update={"leader": leader, "teams": teams})


def _known(values: Floats, replications: int) -> tuple[float, ...]:
    """Mean with its interval, the share of worlds above 0, and the shares of doubt."""
    means = values.mean(axis=1)
    apart = mean_interval(of_fours(means))
    luck = values.var(axis=1, ddof=1) if replications > 1 else np.full(len(values), np.nan)
    doubt: Mapping[str, Share] = shares(means, luck, replications)
    above = float((means > 0).mean())
    return (float(apart.mean), float(apart.low), float(apart.high), above, *(doubt[name].share for name in SOURCES))
