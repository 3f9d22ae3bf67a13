"""Patterns of people: how stable moods are, how alike the people of a team, how different their output."""

import numpy as np

from sim.analysis.patterns.asking import People, Questionnaire, recent, stayed
from sim.analysis.patterns.samples import A_YEAR, HALF_A_YEAR
from sim.analysis.patterns.world import Figures, Floats, World
from sim.analysis.survey import correlation
from sim.study.firms import Sample

COMPLEXITY = {"clerical": "simple", "service": "medium", "professional": "complex"}
"""What the roles are called where work is compared by complexity."""


def stable_morale(world: World) -> Figures:
    """What people say of their morale against what they said half a year before."""
    sample = world.sample("population")
    there = stayed(sample, HALF_A_YEAR + 1)
    before, now = (sample.people["morale"][0, week, there] for week in (-1 - HALF_A_YEAR, -1))
    questionnaire = Questionnaire(world, sample, there, 27)
    surveyed = [questionnaire.ask(morale) for morale in (before, now)]
    return {"retest": world.both_surveyed(correlation(*surveyed)), "true_retest": correlation(before, now)}


def alike_in_teams(world: World) -> Figures:
    """The share of what people say of their morale, and of their trust, that lies between teams: ICC(1)."""
    sample = world.sample("population")
    there = stayed(sample)
    team, firm = sample.team[there], sample.firm[there]
    questionnaire = Questionnaire(world, sample, there, 28)
    figures = {}
    for field in ("morale", "trust"):
        truth = sample.people[field][0, -1, there]
        surveyed = questionnaire.ask(truth)
        figures[field] = icc(surveyed, team)
        figures[f"true_{field}"] = icc(truth, team)
        figures[f"{field}_between_firms"] = icc(surveyed, firm)
    return figures


def icc(values: Floats, group: People) -> float:
    """ICC(1) by a one-way analysis of variance: how alike members of a group are; groups of one are left out."""
    size = np.bincount(group)
    some = size[group] > 1
    values, group = values[some], np.unique(group[some], return_inverse=True)[1]
    size = np.bincount(group)
    n, k = len(values), len(size)
    means = np.bincount(group, values) / size
    between = float((size * (means - values.mean()) ** 2).sum()) / (k - 1)
    within = float(((values - means[group]) ** 2).sum()) / (n - k)
    usual = (n - float((size**2).sum()) / n) / (k - 1)
    return (between - within) / (between + (usual - 1.0) * within)


def spread_of_output(world: World) -> Figures:
    """Spread of output among the experienced people of a firm, as a share of its mean, by complexity of the work."""
    return {complexity: within_firms(world.sample(role)) for role, complexity in COMPLEXITY.items()}


def within_firms(sample: Sample) -> float:
    """Spread of the half-year's output of people who were there for a year before, over their firm's mean."""
    there = stayed(sample, A_YEAR + HALF_A_YEAR)
    return relative_spread(recent(sample, "output", there), sample.firm[there])


def relative_spread(values: Floats, group: People) -> float:
    """Standard deviation within groups of values over their group's mean; groups of one are left out."""
    size = np.bincount(group)
    some = size[group] > 1
    values, group = values[some], group[some]
    size = np.bincount(group)
    relative = values / (np.bincount(group, values)[group] / size[group])
    freedom = len(values) - np.count_nonzero(size)
    return float(np.sqrt(((relative - 1.0) ** 2).sum() / freedom))
