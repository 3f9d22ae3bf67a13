"""The team of plain_mesa.py as one would write it in NumPy alone: all people and replications at once, in arrays."""

import numpy as np


def plain_numpy(replications=100, people=12, weeks=104, support=0.3, seed=1):
    """Means of the people, of shape (weeks, 3, replications): morale, competence, output."""
    rng = np.random.default_rng(seed)
    shape = (replications, people)
    competence, morale = rng.uniform(0.3, 0.9, shape), rng.uniform(0.4, 0.8, shape)
    strain, output = np.full(shape, 0.2), np.zeros(shape)
    demand, capacity, mood = np.full((replications, 1), 7.0), np.full((replications, 1), 7.0), np.full(shape, 0.6)
    rows = np.empty((weeks, 3, replications))
    for week in range(weeks):
        need = 4.0 * (1.0 - competence)
        given = np.clip(26.0 - (np.cumsum(need, axis=1) - need), 0.0, need)  # whoever comes first is led first
        directed, supported = given / 4.0, support * (1.0 - morale)
        load = demand / np.maximum(capacity, 0.1)
        strain += 0.1 * (np.minimum(load, 2.0) * 0.4 - strain)
        competence += 0.01 * (1.0 + directed) * (1.0 - competence)
        morale += 0.1 * (0.55 + supported - 0.4 * strain - 0.2 * directed - morale)
        morale += 0.05 * (mood - morale) + rng.normal(0.0, 0.02, shape)
        morale = np.clip(morale, 0.0, 1.0)
        output = competence * (0.5 + 0.5 * morale) * (1.0 - 0.3 * strain)
        new = rng.random(shape) < 0.005 * (1.5 - morale)
        competence[new], morale[new] = rng.uniform(0.3, 0.9, new.sum()), rng.uniform(0.4, 0.8, new.sum())
        strain[new] = 0.2
        capacity, mood = output.sum(axis=1, keepdims=True), np.broadcast_to(morale.mean(axis=1, keepdims=True), shape)
        demand = np.maximum(rng.normal(7.0, 1.0, (replications, 1)), 0.0)
        rows[week] = morale.mean(axis=1), competence.mean(axis=1), output.mean(axis=1)
    return rows
