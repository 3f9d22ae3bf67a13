"""Who is asked and what they say: questionnaires, means of teams, and the people who stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.patterns.samples import HALF_A_YEAR
from sim.analysis.patterns.world import Floats, World
from sim.analysis.survey import correlation, delivered, score
from sim.study.firms import Sample

type People = NDArray[np.int64]

ANSWERED = ("transformational", "consideration", "structure", "participation", "laissez-faire")
"""Scales of the questionnaire about leaders that the fitted patterns share, in the order of its pages."""


def stayed(sample: Sample, weeks: int = HALF_A_YEAR, arm: int = 0) -> People:
    """Who is there in the last week and was there for so many weeks before."""
    last = sample.people[arm, -1]
    return np.flatnonzero((last["employed"] == 1) & (last["tenure"] >= weeks))


def recent(sample: Sample, field: str, people: People, weeks: int = HALF_A_YEAR, arm: int = 0) -> Floats:
    """Mean over the last weeks of something recorded of each of these people."""
    mean: Floats = sample.people[arm, -weeks:][field][:, people].mean(axis=0)
    return mean


def growth(sample: Sample, people: People, weeks: int = HALF_A_YEAR, arm: int = 0) -> Floats:
    """Competence gained over the last weeks by each of these people."""
    gained: Floats = sample.people["competence"][arm, -1, people] - sample.people["competence"][arm, -1 - weeks, people]
    return gained


def team_output(sample: Sample, weeks: int = HALF_A_YEAR, arm: int = 0) -> Floats:
    """What teams got done in the last weeks, per position: (teams,)."""
    teams = len(sample.fidelity)
    done = sample.people[arm, -weeks:]["output"].mean(axis=0)
    output: Floats = np.bincount(sample.team, done, teams) / np.bincount(sample.team, minlength=teams)
    return output


def team_means(sample: Sample, people: People, *values: Floats) -> tuple[NDArray[np.bool_], list[Floats]]:
    """Which teams have any of these people, and for those teams the means over their people of each of the values."""
    team, teams = sample.team[people], len(sample.fidelity)
    count = np.bincount(team, minlength=teams)
    some = count > 0
    return some, [np.bincount(team, value, teams)[some] / count[some] for value in values]


def is_wanted(items: Sequence[str]) -> bool:
    """A scale that asks for the absence of things asks for something unwanted."""
    return not all(item.startswith("!") for item in items)


class Questionnaire:
    """One round of questionnaires that some people fill in, about their leader and about themselves."""

    def __init__(self, world: World, sample: Sample, people: People, purpose: int) -> None:
        self._scales = world.scales
        self._reached = delivered(sample, people, -1)
        self._survey = world.survey(len(people), purpose)

    def about_leader(self, scale: str) -> Floats:
        """Answers to a scale about the leader."""
        return self._survey.ask(self.truth(scale), is_wanted(self._scales[scale]))

    def truth(self, scale: str) -> Floats:
        """What the scale is about, as it reaches each person."""
        return score(self._scales[scale], self._reached)

    def ask(self, truth: Floats, wanted: bool = True) -> Floats:
        """Answers about oneself or the team."""
        return self._survey.ask(truth, wanted)


@dataclass(frozen=True)
class Answers:
    """Who was there for the last half-year, what they say of their leader, and how they and their teams did."""

    scales: Mapping[str, Floats]  # (people,) answers
    truth: Mapping[str, Floats]  # (people,) what reached them
    morale_said: Floats
    morale: Floats
    output: Floats  # own, mean of the half-year
    ambiguity: Floats
    sample: Sample
    people: People

    def with_team_output(self, scale: str) -> tuple[float, float]:
        """Correlation of the team's mean answer, and of the truth, with what the team gets done."""
        some, (surveyed, true) = team_means(self.sample, self.people, self.scales[scale], self.truth[scale])
        output = team_output(self.sample)[some]
        return correlation(surveyed, output), correlation(true, output)


def answers(world: World, sample: Sample) -> Answers:
    """Ask everybody who was there for the last half-year about the leader and their own morale."""
    there = stayed(sample)
    questionnaire = Questionnaire(world, sample, there, 1)
    scales = {name: questionnaire.about_leader(name) for name in ANSWERED}
    morale = sample.people["morale"][0, -1, there]
    return Answers(
        scales=scales,
        truth={name: questionnaire.truth(name) for name in ANSWERED},
        morale_said=questionnaire.ask(morale),
        morale=morale,
        output=recent(sample, "output", there),
        ambiguity=recent(sample, "ambiguity", there),
        sample=sample,
        people=there,
    )
