"""What tests of formulas share: records full of made-up numbers, and what is in them before a rule changes it."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.model.worlds import parameters, record

P = parameters()
SEEDS = (1, 2, 3)


def made_up(kind: np.dtype[np.void], seed: int, **values: float) -> Any:
    """A record whose fields are between 0.1 and 0.9, all different; those given have their value."""
    made = record(kind)
    for name, value in zip(kind.names or (), np.random.default_rng(seed).uniform(0.1, 0.9, 200), strict=False):
        made[name] = value
    for name, value in values.items():
        made[name] = value
    return made


def as_is(made: Any) -> Any:
    """What is in a record now, by name."""
    return SimpleNamespace(**{name: float(made[name]) for name in made.dtype.names if made[name].ndim == 0})


Q = as_is(P)
