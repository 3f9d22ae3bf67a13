"""Patterns of attitudes: what goes with satisfaction, motivation and trust in the leader, and with output less."""

import numpy as np

from sim.analysis.patterns.asking import Questionnaire, answers, stayed, team_means, team_output
from sim.analysis.patterns.world import Figures, World
from sim.analysis.summary import mean_interval
from sim.analysis.survey import correlation


def transformational(world: World) -> Figures:
    """A survey's score of the leader against survey morale, and against what teams get done."""
    a = answers(world, world.sample("population"))
    morale = world.both_surveyed(correlation(a.scales["transformational"], a.morale_said))
    surveyed, true = a.with_team_output("transformational")
    output = world.one_surveyed(surveyed)
    return {
        "morale": morale,
        "output": output,
        "morale_above_output": morale - output,
        "true_morale": correlation(a.truth["transformational"], a.morale),
        "true_output": true,
    }


def laissez_faire(world: World) -> Figures:
    """The score of keeping out against survey morale, and the share of it that role ambiguity carries."""
    a = answers(world, world.sample("population"))
    morale = world.both_surveyed(correlation(a.scales["laissez-faire"], a.morale_said))
    absent, ambiguity = a.truth["laissez-faire"], a.ambiguity
    design = np.column_stack([np.ones(len(absent)), absent, ambiguity])
    total = float(np.polyfit(absent, a.morale, 1)[0])
    direct = float(np.linalg.lstsq(design, a.morale, rcond=None)[0][1])
    carried = 1.0 - direct / total if total else 0.0
    return {"morale": morale, "carried_by_ambiguity": carried, "true_morale": correlation(absent, a.morale)}


def support_and_structure(world: World) -> Figures:
    """Consideration less initiating structure: with survey morale, and with what teams get done."""
    a = answers(world, world.sample("population"))
    morale, output, true_morale, true_output = {}, {}, {}, {}
    for scale in ("consideration", "structure"):
        morale[scale] = world.both_surveyed(correlation(a.scales[scale], a.morale_said))
        surveyed, true_output[scale] = a.with_team_output(scale)
        output[scale] = world.one_surveyed(surveyed)
        true_morale[scale] = correlation(a.truth[scale], a.morale)
    return {
        "morale_gap": morale["consideration"] - morale["structure"],
        "output_gap": output["consideration"] - output["structure"],
        "true_morale_gap": true_morale["consideration"] - true_morale["structure"],
        "true_output_gap": true_output["consideration"] - true_output["structure"],
    }


def participation(world: World) -> Figures:
    """Answers about participation against survey morale and team output, where leaders differ in nothing else."""
    a = answers(world, world.sample("participation"))
    surveyed, true = a.with_team_output("participation")
    return {
        "morale": correlation(a.scales["participation"], a.morale_said),
        "output": surveyed,
        "true_morale": correlation(a.truth["participation"], a.morale),
        "true_output": true,
    }


def democratic_against_autocratic(world: World) -> Figures:
    """Standardised differences over firms, democratic less autocratic."""
    sample = world.sample("paired")

    def d(metric: str) -> float:
        firms = mean_interval(sample.metric(metric)[:, :, world.burn_in :]).mean  # over the weeks with a value
        spread = np.sqrt(firms.var(axis=1, ddof=1).mean())
        return float((firms[0] - firms[1]).mean() / spread)

    return {"output": d("output"), "morale": d("morale")}


def transformational_and_motivation(world: World) -> Figures:
    """A survey's score of the leader against what people say of their motivation."""
    surveyed, true = _with_state(world, ("transformational",), "motivation", 18)
    return {"motivation": surveyed["transformational"], "true_motivation": true["transformational"]}


def laissez_faire_and_trust(world: World) -> Figures:
    """A survey's score of keeping out against what people say of their trust in the leader."""
    surveyed, true = _with_state(world, ("laissez-faire",), "trust", 19)
    return {"trust": surveyed["laissez-faire"], "true_trust": true["laissez-faire"]}


def support_structure_and_motivation(world: World) -> Figures:
    """Answers about consideration and about structure against what people say of their motivation, and the gap."""
    surveyed, true = _with_state(world, ("consideration", "structure"), "motivation", 20)
    return {
        **surveyed,
        "gap": surveyed["consideration"] - surveyed["structure"],
        **{f"true_{scale}": r for scale, r in true.items()},
        "true_gap": true["consideration"] - true["structure"],
    }


def empowering(world: World) -> Figures:
    """Answers about having a say and a free hand against trust in the leader, and against what teams get done."""
    surveyed, true = _with_state(world, ("empowering",), "trust", 21)
    sample = world.sample("population")
    there = stayed(sample)
    questionnaire = Questionnaire(world, sample, there, 21)
    score, truth = questionnaire.about_leader("empowering"), questionnaire.truth("empowering")
    some, (mean_score, mean_truth) = team_means(sample, there, score, truth)
    output = team_output(sample)[some]
    return {
        "attitude": surveyed["empowering"],
        "performance": world.one_surveyed(correlation(mean_score, output)),
        "true_attitude": true["empowering"],
        "true_performance": correlation(mean_truth, output),
    }


def _with_state(
    world: World, scales: tuple[str, ...], field: str, purpose: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Correlations of scales about the leader with something people say of themselves; the same without a survey."""
    sample = world.sample("population")
    there = stayed(sample)
    questionnaire = Questionnaire(world, sample, there, purpose)
    scores = {scale: questionnaire.about_leader(scale) for scale in scales}
    truth = sample.people[field][0, -1, there]
    surveyed = questionnaire.ask(truth)
    return (
        {scale: world.both_surveyed(correlation(score, surveyed)) for scale, score in scores.items()},
        {scale: correlation(questionnaire.truth(scale), truth) for scale in scales},
    )
