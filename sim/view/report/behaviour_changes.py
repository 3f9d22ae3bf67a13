"""What a leader would do differently: today's behaviour beside that of the better style."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.model.engine import AS_IS
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.schema import Scenario
from sim.scenario.styles import Policy, resolve

NOTICEABLE = 0.15
"""A behaviour that changes by less than this is not worth a resolution."""

MOST_CHANGES = 6
"""Nobody changes more habits than this at once."""

DEPENDS = 0.25
"""A behaviour that differs by this much between people at different levels is said for each level."""

LEVELS = ("d1", "d2", "d3", "d4")


class Change(NamedTuple):
    """One behaviour, today and in the better style, 0 to 1; positive `by` means more of it."""

    behaviour: str
    today: float
    better: float

    @property
    def by(self) -> float:
        """How much more of it."""
        return self.better - self.today


class Leading(NamedTuple):
    """What changes for one leader: the teams led, the style of today, everything, and the changes worth making."""

    teams: tuple[str, ...]
    style: str
    behaviours: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The largest changes first."""
        worth = [change for change in self.behaviours if abs(change.by) >= NOTICEABLE - 1e-9]
        return tuple(sorted(worth, key=lambda change: -abs(change.by))[:MOST_CHANGES])


def leading(scenario: Scenario, better: str, shares: Mapping[str, float]) -> tuple[Leading, ...]:
    """What changes for every leader whose style differs from another's.

    Args:
        scenario: the company, with its leaders of today.
        better: the style to change to; "as-is" changes nothing.
        shares: share of people at d1 .. d4 on the first day, by which a style that suits itself to people is averaged.
    """
    teams_of: dict[str, list[str]] = {}
    for team in scenario.teams:
        teams_of.setdefault((team.leader or scenario.leader).style, []).append(team.name)
    found = []
    for style, teams in teams_of.items():
        today = usual_behaviour(resolve(style, scenario.styles), shares)
        then = today if better == AS_IS else usual_behaviour(resolve(better, scenario.styles), shares)
        changes = tuple(Change(name, today[name], then[name]) for name in BEHAVIOURS)
        found.append(Leading(tuple(teams), style, changes))
    return tuple(found)


def usual_behaviour(policy: Policy, shares: Mapping[str, float]) -> dict[str, float]:
    """The behaviour in the first week, on average over people at the levels d1 .. d4 in these shares."""
    weights = [max(shares.get(level, 0.0), 0.0) for level in LEVELS]
    weights = weights if sum(weights) > 0 else [1.0] * len(LEVELS)
    rows = policy.stages[0].levels
    return {
        name: sum(weight * row[place] for weight, row in zip(weights, rows, strict=True)) / sum(weights)
        for place, name in enumerate(BEHAVIOURS)
    }


def by_person(scenario: Scenario, better: str) -> dict[str, tuple[float, float, float, float]]:
    """The behaviours that the style suits to the person, each with its amount for d1 .. d4; none for most styles."""
    if better == AS_IS:
        return {}
    rows = resolve(better, scenario.styles).stages[0].levels
    columns = {name: (rows[0][i], rows[1][i], rows[2][i], rows[3][i]) for i, name in enumerate(BEHAVIOURS)}
    return {name: column for name, column in columns.items() if max(column) - min(column) >= DEPENDS}


def later_stages(scenario: Scenario, better: str) -> int:
    """How often the style changes by itself later: 0 for all but schedules."""
    return 0 if better == AS_IS else len(resolve(better, scenario.styles).stages) - 1
