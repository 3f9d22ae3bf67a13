"""A virtual survey: what people would tick, which differs from what is true.

Most published figures about leadership come from questionnaires, where answers are unreliable and one person's answers
lean the same way. A figure of the model is comparable to them only if it is measured in the same way.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.scenario.behaviours import BEHAVIOURS
from sim.study.firms import Sample

type Floats = NDArray[np.float64]

COSTS_TIME = ("direction", "support", "inspiration", "development", "recognition", "service", "feedback")
"""Behaviour that reaches people only as far as the leader finds the time; the rest is a stance."""


BY_RELATION = ("support", "recognition", "service", "development", "participation", "delegation")
"""Behaviour that reaches a person the more, the better the relation with the leader is."""


class Survey:
    """One round of questionnaires.

    Args:
        rng: of the noise.
        people: how many answer.
        reliability: of a scale: the share of an answer's variance that is not noise.
        halo: spread of what one person puts into all their answers, in standard deviations of the truth.
    """

    def __init__(self, rng: np.random.Generator, people: int, reliability: float, halo: float) -> None:
        self._rng = rng
        self._reliability = reliability
        self._halo = halo * rng.standard_normal(people)

    def ask(self, truth: Floats, wanted: bool = True) -> Floats:
        """Answers of everybody about something: (people,), in standard deviations of the truth.

        Who thinks well of everything ticks more of what is wanted, and less of what is not.
        """
        coloured = standardised(truth) + (self._halo if wanted else -self._halo)
        noise = coloured.std() * np.sqrt((1.0 - self._reliability) / self._reliability)
        answers: Floats = coloured + noise * self._rng.standard_normal(len(truth))
        return answers


def standardised(values: Floats) -> Floats:
    """Values less their mean, over their standard deviation; 0 where they do not differ."""
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def correlation(one: Floats, other: Floats) -> float:
    """Pearson's r; 0 where one of the two does not differ."""
    return float(np.mean(standardised(one) * standardised(other)))


def delivered(sample: Sample, people: NDArray[np.int64], week: int, arm: int = 0) -> dict[str, Floats]:
    """Behaviour as it reached each of these people in a week: (people,) by name of the behaviour."""
    team = sample.team[people]
    intended = sample.behaviour[arm, team]
    with_time = sample.people["delivered"][arm, week, people]
    stance = sample.fidelity[team]
    close = sample.people["closeness"][arm, week, people]
    return {
        name: np.minimum(
            intended[:, place]
            * (with_time if name in COSTS_TIME else stance)
            * (close if name in BY_RELATION else 1.0),
            1.0,
        )
        for place, name in enumerate(BEHAVIOURS)
    }


def score(items: Sequence[str], behaviour: Mapping[str, Floats]) -> Floats:
    """What a scale is about: the mean of its items; "!" before an item takes its opposite."""
    parts = [1.0 - behaviour[item[1:]] if item.startswith("!") else behaviour[item] for item in items]
    mean: Floats = np.mean(parts, axis=0)
    return mean
