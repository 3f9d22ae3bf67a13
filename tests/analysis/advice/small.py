"""A small business and little effort, so that advice is quick; and one search that several tests look at."""

from functools import cache

from sim.analysis.advice import Advice, Effort, advise
from sim.scenario import Scenario, scenario_from

EFFORT = Effort(
    population=8, worlds=4, replications=1, shortlist=5, shortlist_worlds=5, shortlist_replications=1,
    fresh_worlds=6, fresh_replications=2, as_written=20,
)  # fmt: skip


def business(**more) -> Scenario:
    table = {
        "title": "A test",
        "question": "Which way?",
        "teams": [{"name": "Team", "size": 4}],
        "leader": {"style": "autocratic"},
        "run": {"weeks": 20},
    }
    return scenario_from(table | more)


@cache
def searched() -> Advice:
    return advise(business(), constraints=["turnover < 500"], trials=20, effort=EFFORT)
