"""Draws all chance of a replication in advance, for each position, team and company, week by week.

A number is computed from what it is for: seed and replication, purpose, the team's place among the teams, the
position's place in the team, the week or month. So the same people, shocks and luck meet every style; a position, a
team or a week more changes nothing for the others; and a result depends neither on the size of blocks nor on what runs
beside.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import luck
from sim.model.draw import WORDS, fill_uniform
from sim.model.state import (
    APPLICANT,
    APPLICANT_WEEKS,
    COLLEAGUES,
    COMPANY_LUCK,
    PERSON_LUCK,
    TEAM_LUCK,
    TEAM_START,
    width,
)

type Records = NDArray[np.void]
type Floats = NDArray[np.float64]

TOLD_APART = 1 << 16
"""There are fewer teams than so many, and fewer positions in a team."""

DRAWS_A_BLOCK = 16_384
"""About how many person-weeks are drawn at a time: small enough for a processor's cache."""

ROOM = 512
"""How many numbers are worked on together while they are drawn."""


BEFORE = 1 << 15
"""Moment at which the weeks before the first have their chance: later than any week of a run."""


class Block(NamedTuple):
    """The chance of some weeks on end."""

    first_week: int
    luck: Records  # (weeks, positions) of PERSON_LUCK
    chance: Floats  # (weeks, positions), uniform: who leaves, which vacancy is filled
    team_luck: Records  # (weeks, teams) of TEAM_LUCK
    company_luck: Records  # (weeks,) of COMPANY_LUCK
    applicants: Records  # (months, positions) of APPLICANT

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return len(self.company_luck)


class Chance:
    """The chance of one replication of a company with a number of positions and teams.

    Args:
        seed: of the whole comparison, 0 to 2^64 - 1.
        replication: number of the replication, 0 to 2^64 - 1.
        team_sizes: positions of each team, open or not, in order.
    """

    def __init__(self, seed: int, replication: int, team_sizes: tuple[int, ...]) -> None:
        self._key = np.array([seed, replication], "<u8").view("<u4")
        self._places = _places(team_sizes)
        self._before: Block | None = None
        self.positions = sum(team_sizes)
        people = np.empty((self.positions, width(APPLICANT)))
        teams = np.empty((len(team_sizes), width(TEAM_START)))
        self.colleagues = np.empty((self.positions, COLLEAGUES), np.int64)
        """Who works with whom: (positions, COLLEAGUES) indices, NOBODY where there is none."""
        places = self._places
        free = np.empty(max(self.positions, len(team_sizes)), np.int64)
        luck.draw_beginning(
            people, teams, self.colleagues, free, *_scratch(),
            places.firsts, places.of_positions, places.of_teams, self._key,
        )  # fmt: skip
        self.people = people.view(APPLICANT)[:, 0]
        """Draws for the people of the first day, uniform: (positions,) of APPLICANT."""
        self.team_starts = teams.view(TEAM_START)[:, 0]
        """How teams differ, for reasons nobody there chose, standard normal: (teams,) of TEAM_START."""

    def levels(self) -> Floats:
        """Draws for the development levels of people of the first day whom nobody has rated, uniform: (positions,)."""
        draws = np.empty((self.positions, 1))
        words, *_ = _scratch()
        fill_uniform(draws, words, self._places.of_positions, 0, luck.UNRATED, self._key)
        return draws[:, 0]

    def before(self, weeks: int) -> Block:
        """The luck of weeks before the first, counted from 1 as others are."""
        if self._before is None or self._before.weeks != weeks:
            self._before = self._block(BEFORE + 1, weeks)._replace(first_week=1)
        return self._before

    def blocks(self, weeks: int, block_weeks: int | None = None) -> Iterator[Block]:
        """The weekly luck, block by block; the numbers do not depend on the length of a block.

        Args:
            weeks: in all.
            block_weeks: of one block, a multiple of APPLICANT_WEEKS; by default what fits into a cache.
        """
        if block_weeks is None:
            block_weeks = max(DRAWS_A_BLOCK // max(self.positions, 1) // APPLICANT_WEEKS, 1) * APPLICANT_WEEKS
        if block_weeks % APPLICANT_WEEKS:
            raise ValueError(f"block_weeks must be a multiple of {APPLICANT_WEEKS}, got {block_weeks}")
        for first_week in range(1, weeks + 1, block_weeks):
            yield self._block(first_week, min(block_weeks, weeks + 1 - first_week))

    def _block(self, first_week: int, weeks: int) -> Block:
        places, n = self._places, self.positions
        teams, months = len(places.of_teams), -(-weeks // APPLICANT_WEEKS)
        of_people = np.empty((weeks * n, width(PERSON_LUCK)))
        chance = np.empty((weeks * n, 1))
        of_teams = np.empty((weeks * teams, width(TEAM_LUCK)))
        of_company = np.empty((weeks, width(COMPANY_LUCK)))
        applicants = np.empty((months * n, width(APPLICANT)))
        luck.draw_weeks(
            of_people, chance, of_teams, of_company, applicants,
            *_scratch(), places.of_positions, places.of_teams, places.of_company,
            first_week, (first_week - 1) // APPLICANT_WEEKS, self._key,
        )  # fmt: skip
        return Block(
            first_week=first_week,
            luck=of_people.view(PERSON_LUCK).reshape(weeks, n),
            chance=chance.reshape(weeks, n),
            team_luck=of_teams.view(TEAM_LUCK).reshape(weeks, teams),
            company_luck=of_company.view(COMPANY_LUCK)[:, 0],
            applicants=applicants.view(APPLICANT).reshape(months, n),
        )


class _Places(NamedTuple):
    """What tells positions and teams apart, whatever else there is: the team's place, then the place in the team."""

    firsts: NDArray[np.int64]  # (teams + 1,): each team's first position
    of_positions: NDArray[np.uint32]
    of_teams: NDArray[np.uint32]
    of_company: NDArray[np.uint32]


@lru_cache(maxsize=64)
def _places(team_sizes: tuple[int, ...]) -> _Places:
    if max(len(team_sizes), *team_sizes) >= TOLD_APART:
        raise ValueError(f"there must be fewer than {TOLD_APART:,} teams, and positions in a team")
    sizes = np.array(team_sizes)
    firsts = np.concatenate([[0], np.cumsum(sizes)])
    of_teams = np.arange(len(sizes), dtype=np.uint32) * np.uint32(TOLD_APART)
    within = np.arange(firsts[-1]) - np.repeat(firsts[:-1], sizes)
    return _Places(firsts, np.repeat(of_teams, sizes) + within.astype(np.uint32), of_teams, np.zeros(1, np.uint32))


def _scratch() -> tuple[NDArray[np.uint32], NDArray[np.int64], Floats]:
    """Room for some random words, and for those of some numbers that lie in a tail."""
    return np.empty((WORDS, ROOM), np.uint32), np.empty(ROOM, np.int64), np.empty(ROOM)
