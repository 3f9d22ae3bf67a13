"""Shapley values: what each part adds to a whole, on average over the orders in which parts can be added.

The value of a coalition of parts is the whole's value when these parts are let through. What a part adds when it comes
in depends on who is in already; the mean over all orders is the only division that adds up, treats parts alike that do
the same, gives nothing to a part that never changes anything, and is additive over sums of wholes (Shapley 1953). With
few parts it is exact. With more, orders are drawn, each together with its reverse (antithetic pairs), as an estimate
whose parts still add up to the whole in every replication.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

PAIRS = 6
"""Pairs of orders that are drawn in each replication."""


class Design(NamedTuple):
    """Coalitions to be valued, and how the values make up what each part adds.

    The first coalition is empty, the second has all parts.
    """

    coalitions: NDArray[np.bool_]  # (coalitions, parts)
    weights: Floats  # (parts, coalitions): of a coalition's value in what a part adds on average
    alone: Floats  # the same for what a part adds where it comes first
    last: Floats  # and where it comes last

    def added(self, weights: Floats, values: Floats) -> Floats:
        """What each part adds, (parts, ...), from the values of the coalitions, (coalitions, ...).

        Coalitions are added one after the other: a product of matrices rounds as the processor and the shape suggest,
        and then a metric more, or a replication less, moves the last bits of all others.
        """
        found = np.zeros((len(weights), *values.shape[1:]))
        for of_coalition, value in zip(weights.T, values, strict=True):
            found += np.multiply.outer(of_coalition, value)
        return found


class _Coalitions:
    """Coalitions by number, each of them once."""

    def __init__(self, parts: int) -> None:
        self.parts = parts
        self.numbers: dict[frozenset[int], int] = {}
        self.of(()), self.of(range(parts))

    def of(self, members: Sequence[int] | range) -> int:
        return self.numbers.setdefault(frozenset(members), len(self.numbers))

    def table(self, room: int) -> NDArray[np.bool_]:
        """All of them, (room, parts); places that are left over have all parts."""
        table = np.ones((room, self.parts), bool)
        for members, number in self.numbers.items():
            table[number] = [part in members for part in range(self.parts)]
        return table


def design(parts: int, key: Sequence[int], pairs: int = PAIRS) -> Design:
    """What to value so as to know what each of some parts adds.

    Args:
        parts: how many there are.
        key: whole numbers that the orders are drawn from, where not all can be looked at.
        pairs: of orders; where looking at every coalition is no more work, it is done instead.
    """
    room = coalitions_of(parts, pairs)
    known = _Coalitions(parts)
    everybody = range(parts)
    weights, alone, last = (np.zeros((parts, room)) for _ in range(3))
    for part in everybody:
        alone[part, known.of([part])] = last[part, 1] = 1.0
        alone[part, 0] -= 1.0
        last[part, known.of([other for other in everybody if other != part])] -= 1.0
    if room == 2**parts:
        for number in range(2**parts):
            members = [part for part in everybody if number >> part & 1]
            for part in everybody:
                if part not in members:
                    share = 1.0 / (parts * math.comb(parts - 1, len(members)))
                    weights[part, known.of([*members, part])] += share
                    weights[part, known.of(members)] -= share
        return Design(known.table(room), weights, alone, last)
    chance = np.random.default_rng(key)
    for _ in range(pairs):
        order = chance.permutation(parts).tolist()
        for one in (order, order[::-1]):
            for place, part in enumerate(one):
                weights[part, known.of(one[: place + 1])] += 0.5 / pairs
                weights[part, known.of(one[:place])] -= 0.5 / pairs
    return Design(known.table(room), weights, alone, last)


def coalitions_of(parts: int, pairs: int = PAIRS) -> int:
    """How many coalitions are valued, at most."""
    drawn = 2 + 2 * parts + 2 * pairs * max(parts - 3, 0)
    return int(min(2**parts, drawn)) if parts < 60 else drawn
