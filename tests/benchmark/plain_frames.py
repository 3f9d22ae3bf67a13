"""The team of plain_mesa.py as one would write it in mesa-frames: all people at once, in a Polars table."""

from typing import Any

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF


class People(AgentSetPolars):
    """Everybody, a row each, in the order in which the leader gets round to them."""

    agents: Any

    def __init__(self, model, people):
        super().__init__(model)
        draw = model.random
        columns = {"competence": draw.uniform(0.3, 0.9, people), "morale": draw.uniform(0.4, 0.8, people)}
        self += pl.DataFrame({"unique_id": np.arange(people), **columns, "strain": np.full(people, 0.2)})

    def step(self):
        model, draw, many = self.model, self.model.random, len(self.agents)
        load = min(model.demand / max(model.capacity, 0.1), 2.0)
        luck = pl.Series(draw.normal(0.0, 0.02, many))
        need = 4.0 * (1.0 - pl.col("competence"))
        self.agents = (
            self.agents.sample(fraction=1.0, shuffle=True, seed=int(draw.integers(2**31)))
            .with_columns(directed=(26.0 - (need.cum_sum() - need)).clip(0.0, need) / 4.0)
            .with_columns(strain=pl.col("strain") + 0.1 * (load * 0.4 - pl.col("strain")))
            .with_columns(
                competence=pl.col("competence") + 0.01 * (1.0 + pl.col("directed")) * (1.0 - pl.col("competence")),
                morale=pl.col("morale") + 0.1 * (
                    0.55 + 0.3 * (1.0 - pl.col("morale")) - 0.4 * pl.col("strain") - 0.2 * pl.col("directed")
                    - pl.col("morale")
                ),
            )
            .with_columns(morale=(0.95 * pl.col("morale") + 0.05 * model.mood + luck).clip(0.0, 1.0))
            .with_columns(
                output=pl.col("competence") * (0.5 + 0.5 * pl.col("morale")) * (1.0 - 0.3 * pl.col("strain")),
                leaves=pl.Series(draw.random(many)) < 0.005 * (1.5 - pl.col("morale")),
            )
        )  # fmt: skip
        new = {"competence": draw.uniform(0.3, 0.9, many), "morale": draw.uniform(0.4, 0.8, many), "strain": 0.2}
        self.agents = self.agents.with_columns(
            pl.when("leaves").then(pl.lit(values)).otherwise(pl.col(name)).alias(name) for name, values in new.items()
        )


class Team(ModelDF):
    """Some people and their leader, measured every week."""

    agents: Any

    def __init__(self, people, seed):
        super().__init__(seed)
        self.demand, self.capacity, self.mood, self.rows = 7.0, 7.0, 0.6, []
        self.people = People(self, people)
        self.agents += self.people

    def week(self):
        self.agents.do("step")
        table = self.people.agents
        means = table.select(pl.col("morale", "competence", "output").mean()).row(0)
        self.rows.append(means)
        self.mood, self.capacity = means[0], means[2] * len(table)
        self.demand = max(0.0, self.random.normal(7.0, 1.0))


def plain_frames(replications, people=12, weeks=104):
    """One run after the other."""
    for seed in range(replications):
        team = Team(people, seed)
        for _ in range(weeks):
            team.week()
    return team.rows
