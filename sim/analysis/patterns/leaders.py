"""The pattern of leaders: which leadership styles go together in one person."""

from sim.analysis.patterns.asking import Questionnaire, stayed
from sim.analysis.patterns.world import Figures, World
from sim.analysis.survey import correlation

COMPARED = {"servant": ("transformational", "servant"), "laissez_faire": ("transformational", "laissez-faire")}


def scales_together(world: World) -> Figures:
    """Answers to one scale about the leader against answers to another."""
    sample = world.sample("population")
    questionnaire = Questionnaire(world, sample, stayed(sample), 22)
    scores = {scale: questionnaire.about_leader(scale) for scale in ("transformational", "servant", "laissez-faire")}
    figures = {}
    for name, (one, other) in COMPARED.items():
        figures[name] = world.both_surveyed(correlation(scores[one], scores[other]))
        figures[f"true_{name}"] = correlation(questionnaire.truth(one), questionnaire.truth(other))
    return figures
