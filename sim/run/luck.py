"""The chance of one replication: drawn for one use, or kept for further uses."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sim.model.chance import Block, Chance

MOST_KEPT = 400
"""Replications whose luck is kept by `kept`: a slider of the app changes what the same people meet, not their luck."""

LARGEST_KEPT = 2_700
"""Person-weeks of a replication whose luck is kept; all that are kept have less than 100 MB."""


class Luck(NamedTuple):
    """What chance brings on the first day, and in each block of weeks."""

    chance: Chance
    blocks: Iterable[Block]


def once(sizes: tuple[int, ...], weeks: int, seed: int, replication: int) -> Luck:
    """The luck of a company with teams of these sizes, drawn block by block as the weeks are run: for one use."""
    chance = Chance(seed, replication, sizes)
    return Luck(chance, chance.blocks(weeks))


def whole(sizes: tuple[int, ...], weeks: int, seed: int, replication: int) -> Luck:
    """The same for any number of uses."""
    chance, blocks = once(sizes, weeks, seed, replication)
    return Luck(chance, tuple(blocks))


def kept(sizes: tuple[int, ...], weeks: int, seed: int, replication: int) -> Luck:
    """The same, kept for whoever asks again, unless the company is too large for that."""
    drawn = _kept if sum(sizes) * weeks <= LARGEST_KEPT else once
    return drawn(sizes, weeks, seed, replication)


_kept = lru_cache(maxsize=MOST_KEPT)(whole)
