"""Patterns of situational leading: what the match of leading and level adds, and how well leaders know their people."""

import numpy as np

from sim.analysis.patterns.asking import Questionnaire, recent, stayed
from sim.analysis.patterns.samples import HALF_A_YEAR
from sim.analysis.patterns.world import Figures, Floats, World
from sim.analysis.survey import correlation, standardised

LEVELS = 4

ROUND = 40
"""Keeps these questionnaires apart from those of other patterns."""


def match_adds(world: World) -> Figures:
    """Variance of output and of satisfaction that interactions of leading and level explain beyond each by itself.

    As in field studies: who has what level half a year before, what people say of their leader's structure and
    consideration, and regressions without and with all interactions of the three.
    """
    sample = world.sample("growing")
    there = stayed(sample)
    asked = Questionnaire(world, sample, there, ROUND)
    level = sample.people["level"][0, -HALF_A_YEAR, there].astype(np.int64)
    structure, consideration = (asked.about_leader(scale) for scale in ("structure", "consideration"))
    output = recent(sample, "output", there)
    true_structure, true_consideration = (asked.truth(scale) for scale in ("structure", "consideration"))
    morale = sample.people["morale"][0, -1, there]
    return {
        "output": added(output, structure, consideration, level),
        "satisfaction": added(asked.ask(morale), structure, consideration, level),
        "true_output": added(output, true_structure, true_consideration, level),
        "true_satisfaction": added(morale, true_structure, true_consideration, level),
    }


def lowest_level(world: World) -> Figures:
    """Slope of output on structure where competence is low less that where it is high, in standard deviations.

    Low and high: the lowest and the highest quarter half a year before.
    """
    sample = world.sample("growing")
    there = stayed(sample)
    asked = Questionnaire(world, sample, there, ROUND + 1)
    before, output = sample.people["competence"][0, -HALF_A_YEAR, there], recent(sample, "output", there)
    low, high = (before <= np.quantile(before, 0.25)), (before >= np.quantile(before, 0.75))
    found = {}
    for prefix, structure in (("", asked.about_leader("structure")), ("true_", asked.truth("structure"))):
        one, other = (correlation(structure[who], output[who]) for who in (low, high))
        found[f"{prefix}low_less_high"] = one - other
    return found


def leaders_know(world: World) -> Figures:
    """A leader's impression of people against what they say of themselves: competence, and commitment beside it."""
    sample = world.sample("population")
    assert sample.end is not None  # noqa: S101  # a sample that was run has an end
    there = stayed(sample)
    end = sample.end[0, there]
    found = {}
    for place, name in enumerate(("competence", "commitment")):
        leaders = world.survey(len(there), ROUND + 2 + 2 * place).ask(end[f"seen_{name}"])
        own = world.survey(len(there), ROUND + 3 + 2 * place).ask(end[name])
        found[name] = world.both_surveyed(correlation(leaders, own))
        found[f"true_{name}"] = correlation(end[f"seen_{name}"], end[name])
    return found


def added(outcome: Floats, structure: Floats, consideration: Floats, level: np.ndarray) -> float:
    """What all interactions add to the share of variance explained, both shares adjusted for how many predictors."""
    one, two = standardised(structure), standardised(consideration)
    levels = np.eye(LEVELS)[level][:, 1:]
    levels = levels[:, levels.any(axis=0)]
    alone = np.column_stack([one, two, levels])
    pairs = [one * two, *(one * column for column in levels.T), *(two * column for column in levels.T)]
    triples = [one * two * column for column in levels.T]
    return explained(outcome, np.column_stack([alone, *pairs, *triples])) - explained(outcome, alone)


def explained(outcome: Floats, predictors: Floats) -> float:
    """Share of variance that predictors explain by least squares, adjusted for how many they are (Ezekiel 1930)."""
    n, k = predictors.shape
    design = np.column_stack([np.ones(n), predictors])
    left = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return float(1.0 - (left @ left / (n - k - 1)) / outcome.var(ddof=1))
