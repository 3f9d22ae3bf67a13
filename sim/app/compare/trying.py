"""Suggests one change to try in each shipped situation, for visitors who do not know where to begin."""

from typing import NamedTuple

from sim.app.compare.setting import Changes, shipped_as
from sim.scenario.schema import Scenario
from sim.view.language import english


class Suggestion(NamedTuple):
    """A change, put as a question."""

    question: str
    changes: Changes


URGENT = Suggestion(english("What if nothing can wait?"), {"market.urgency": 0.9})
SOUGHT = Suggestion(english("What if other jobs are easy to find?"), {"market.labour_tightness": 0.9})
STILL = Suggestion(english("What if the market stands still?"), {"market.turbulence": 0.1})

TRIALS = {
    "everyday": URGENT,
    "ai-prepared": SOUGHT,
    "ai-unprepared": SOUGHT,
    "client-roster": URGENT,
    "crisis": Suggestion(english("What if the leader has more time?"), {"leader.hours": 45.0}),
    "culture-programme": Suggestion(english("What if the leader has no time for it?"), {"leader.hours": 6.0}),
    "disruption": STILL,
    "experts": Suggestion(english("What if the work is simple?"), {"market.complexity": 0.2}),
    "growth": Suggestion(english("What if the work is routine?"), {"market.novelty": 0.1}),
    "key-person": URGENT,
    "novices": Suggestion(
        english("What if they are experts?"),
        {"employees.mix.d1": 0.0, "employees.mix.d2": 0.0, "employees.mix.d3": 0.2, "employees.mix.d4": 0.8},
    ),
    "overload": Suggestion(english("What if there is less to do?"), {"market.demand": 0.8}),
    "routine": Suggestion(english("What if the work becomes new?"), {"market.novelty": 0.8}),
    "several-teams": Suggestion(english("What if the market moves fast?"), {"market.turbulence": 0.9}),
    "startup": Suggestion(english("What if there is no hurry?"), {"market.urgency": 0.1}),
    "turnaround": STILL,
    "values-led": Suggestion(english("What if other jobs are hard to find?"), {"market.labour_tightness": 0.1}),
}


def trial_for(scenario: Scenario) -> Suggestion:
    """What to try first in a scenario."""
    return TRIALS.get(shipped_as(scenario), URGENT)
