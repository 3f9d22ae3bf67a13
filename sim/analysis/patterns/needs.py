"""Patterns of needs: needs met, role ambiguity and belief in oneself, against own output and satisfaction."""

from sim.analysis.patterns.asking import Questionnaire, recent, stayed
from sim.analysis.patterns.world import Figures, World
from sim.analysis.survey import correlation

NEEDS = ("competence", "autonomy", "relatedness")
"""Of the theory of self-determination, in the order of how closely they go with performance."""


def needs_and_performance(world: World) -> Figures:
    """What people say of each need against their own output, and by how much the published order is kept."""
    sample = world.sample("population")
    there = stayed(sample)
    output = recent(sample, "output", there)
    questionnaire = Questionnaire(world, sample, there, 23)
    met = {need: recent(sample, f"{need}_met", there) for need in NEEDS}
    r = {need: world.one_surveyed(correlation(questionnaire.ask(truth), output)) for need, truth in met.items()}
    return {
        **r,
        "order": min(r["competence"] - r["autonomy"], r["autonomy"] - r["relatedness"]),
        **{f"true_{need}": correlation(truth, output) for need, truth in met.items()},
    }


def role_ambiguity(world: World) -> Figures:
    """What people say of the ambiguity of their role against their own output, and against survey morale."""
    sample = world.sample("population")
    there = stayed(sample)
    ambiguity, output = recent(sample, "ambiguity", there), recent(sample, "output", there)
    morale = sample.people["morale"][0, -1, there]
    questionnaire = Questionnaire(world, sample, there, 24)
    surveyed = questionnaire.ask(ambiguity, wanted=False)
    return {
        "performance": world.one_surveyed(correlation(surveyed, output)),
        "satisfaction": world.both_surveyed(correlation(surveyed, questionnaire.ask(morale))),
        "true_performance": correlation(ambiguity, output),
        "true_satisfaction": correlation(ambiguity, morale),
    }


def self_evaluation(world: World) -> Figures:
    """What people say of their own ability, which is their confidence, against what they get done; not corrected."""
    sample = world.sample("population")
    assert sample.end is not None  # noqa: S101  # a sample that was run has an end
    there = stayed(sample)
    sure, output = sample.end["confidence"][0, there], recent(sample, "output", there)
    surveyed = Questionnaire(world, sample, there, 44).ask(sure)
    return {"r": correlation(surveyed, output), "true_r": correlation(sure, output)}
