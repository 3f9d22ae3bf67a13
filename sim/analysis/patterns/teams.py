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
    some, (said, true, said_morale, true_morale) = team_means(
        sample, there, score, truth, questionnaire.ask(morale), morale
    )
    output = team_output(sample)[some]
    effective = standardised(output) + standardised(said_morale)
    attitudes, done = world.one_surveyed(correlation(said, said_morale)), world.one_surveyed(correlation(said, output))
    return {
        "effectiveness": world.one_surveyed(correlation(said, effective)),
        "attitudes_above_output": attitudes - done,
        "attitudes": attitudes,
        "output": done,
        "true_effectiveness": correlation(true, standardised(output) + standardised(true_morale)),
    }


def safety(world: World) -> Figures:
    """Teams: answers about psychological safety against ideas, competence gained and output."""
    sample = world.sample("population")
    there = stayed(sample)
    truth = sample.people["safety"][0, -1, there]
    said = Questionnaire(world, sample, there, 17).ask(truth)
    ideas, gained = recent(sample, "ideas", there), growth(sample, there)
    some, (safe, true, ideas, gained) = team_means(sample, there, said, truth, ideas, gained)
    output = team_output(sample)[some]
    r = {
        name: world.one_surveyed(correlation(safe, what))
        for name, what in (("ideas", ideas), ("learning", gained), ("output", output))
    }
    return {
        **r,
        "above_output": float(np.mean([r["ideas"], r["learning"]])) - r["output"],
        "true_ideas": correlation(true, ideas),
        "true_learning": correlation(true, gained),
        "true_output": correlation(true, output),
    }
