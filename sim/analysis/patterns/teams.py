"""Patterns of teams: leadership that is shared, and safety to speak up."""

import numpy as np

from sim.analysis.patterns.asking import Questionnaire, growth, recent, stayed, team_means, team_output
from sim.analysis.patterns.world import Figures, World
from sim.analysis.survey import correlation, standardised


def shared_leadership(world: World) -> Figures:
    """Answers about having a say and a free hand against team effectiveness, where leaders differ in nothing else."""
    sample = world.sample("shared")
    there = stayed(sample)
    questionnaire = Questionnaire(world, sample, there, 16)
    score, truth = questionnaire.about_leader("empowering"), questionnaire.truth("empowering")
    morale = sample.people["morale"][0, -1, there]
    some, (surveyed, true, surveyed_morale, true_morale) = team_means(
        sample, there, score, truth, questionnaire.ask(morale), morale
    )
    output = team_output(sample)[some]
    effective = standardised(output) + standardised(surveyed_morale)
    attitudes, done = (
        world.one_surveyed(correlation(surveyed, surveyed_morale)),
        world.one_surveyed(correlation(surveyed, output)),
    )
    return {
        "effectiveness": world.one_surveyed(correlation(surveyed, effective)),
        "attitudes_above_output": attitudes - done,
        "attitudes": attitudes,
        "output": done,
        "true_effectiveness": correlation(true, standardised(output) + standardised(true_morale)),
    }


def safety(world: World) -> Figures:
    """Teams: answers about safety against ideas and output, and, where there is much to learn, competence gained."""
    surveyed, true = _with_safety(world, "population", 17)
    surveyed["learning"], true["learning"] = (r["learning"] for r in _with_safety(world, "growing", 170))
    return {
        **surveyed,
        "above_output": float(np.mean([surveyed["ideas"], surveyed["learning"]])) - surveyed["output"],
        **{f"true_{name}": r for name, r in true.items()},
    }


def _with_safety(world: World, of: str, purpose: int) -> tuple[dict[str, float], dict[str, float]]:
    """Correlations of answers about safety with what the teams of a sample do; the same without a survey."""
    sample = world.sample(of)
    there = stayed(sample)
    truth = sample.people["safety"][0, -1, there]
    surveyed = Questionnaire(world, sample, there, purpose).ask(truth)
    ideas, gained = recent(sample, "ideas", there), growth(sample, there)
    some, (safe, true, ideas, gained) = team_means(sample, there, surveyed, truth, ideas, gained)
    found = {"ideas": ideas, "learning": gained, "output": team_output(sample)[some]}
    return (
        {name: world.one_surveyed(correlation(safe, what)) for name, what in found.items()},
        {name: correlation(true, what) for name, what in found.items()},
    )
