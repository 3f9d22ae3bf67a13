"""The pattern of strain: exhaustion and what a person gets done."""

from sim.analysis.patterns.asking import Questionnaire, recent, stayed
from sim.analysis.patterns.world import Figures, World
from sim.analysis.survey import correlation


def exhaustion_and_output(world: World) -> Figures:
    """What people say of their strain against their own output, means over half a year."""
    sample = world.sample("population")
    there = stayed(sample)
    strain, output = recent(sample, "strain", there), recent(sample, "output", there)
    surveyed = Questionnaire(world, sample, there, 32).ask(strain, wanted=False)
    return {"rho": world.one_surveyed(correlation(surveyed, output)), "true_rho": correlation(strain, output)}
