"""The last year in the model beside what people said of it, in sentences."""

from collections.abc import Mapping

from sim.analysis.first_year import FirstYear
from sim.scenario.interview import Guess
from sim.view.sentences import joined

FAR = {"left": 1.96, "trend": 5.0, "satisfaction": 0.1}
"""What is worth a second look: standard deviations of a number of people; points of percent; shares of the scale."""


def last_year_sentences(said: Mapping[str, Guess], modelled: FirstYear) -> list[str]:
    """A sentence for each thing that was said; and what to do where the model is far from it."""
    found, far = [], []
    if "left" in said:
        found.append(f"Who leaves: about {modelled.left:.1f} a year in the model; you said {_range(said['left'])}.")
        if _distance(said["left"], modelled.left) > FAR["left"] * max(modelled.left, 1.0) ** 0.5:
            far.append("who leaves")
    if "satisfaction" in said:
        percent = Guess(*(100 * end for end in said["satisfaction"]))
        found.append(
            f"Satisfaction: {100 * modelled.morale:.0f}% of the scale in the model; you said {_range(percent)}%."
        )
        if _distance(said["satisfaction"], modelled.morale) > FAR["satisfaction"]:
            far.append("satisfaction")
    if "trend" in said:
        found.append(
            f"Output over a year: {modelled.trend:+.0f}% in the model; you said {_range(said['trend'], '+')}%."
        )
        if _distance(said["trend"], modelled.trend) > FAR["trend"]:
            far.append("output")
    if far:
        found.append(
            f"The model is far from you in {joined(far)}: look at the answers again, or let teamsim fit find"
            " what goes with your past."
        )
    return found


def _distance(said: Guess, modelled: float) -> float:
    return max(said.low - modelled, modelled - said.high, 0.0)


def _range(said: Guess, sign: str = "") -> str:
    low, high = (f"{end:{sign}.3g}" for end in said)
    return low if low == high else f"{low} to {high}"
