"""All chance of a replication, drawn ahead: named streams, a fixed amount a week that no behaviour changes.

Each stream is a NumPy generator of its own, spawned from (seed, replication), so that the same people, shocks and luck
meet every style, and a result depends neither on the size of blocks nor on what runs beside.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.state import APPLICANT, APPLICANT_WEEKS, COLLEAGUES, COMPANY_LUCK, NOBODY, PERSON_LUCK, TEAM_LUCK, width

type Records = NDArray[np.void]

BEGINNING, LUCK, CHANCE, APPLICANTS = range(4)
"""The streams, in the order in which they are spawned."""

DRAWS_A_BLOCK = 16_384
"""About how many person-weeks are drawn at a time: small enough for a processor's cache."""


class Block(NamedTuple):
    """The chance of some weeks on end; the shapes are those that `rules.schedule.run_weeks` names."""

    first_week: int
    luck: Records
    chance: NDArray[np.float64]
    team_luck: Records
    company_luck: Records
    applicants: Records

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return len(self.company_luck)


class Chance:
    """The chance of one replication of a company with a number of positions and teams.

    Args:
        seed: of the whole comparison, >= 0.
        replication: number of the replication, >= 0.
        team_sizes: positions of each team, open or not, in order.
    """

    def __init__(self, seed: int, replication: int, team_sizes: tuple[int, ...]) -> None:
        self._key = (seed, replication)
        self._sizes = team_sizes
        self.positions = sum(team_sizes)
        rng = self._stream(BEGINNING)
        self.people = _uniform(rng, (self.positions,), APPLICANT)
        """Draws for the people of the first day: (positions,) of APPLICANT."""
        self.circumstances, self.conditions, self.pace = rng.standard_normal((3, len(team_sizes)))
        """How teams differ in process, morale and pace, for reasons nobody there chose: (teams,), standard normal."""
        self.colleagues = self._network(rng)
        """Who works with whom: (positions, COLLEAGUES) indices, NOBODY where there is none."""

    def _stream(self, stream: int) -> np.random.Generator:
        seed, replication = self._key
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(replication, stream))))

    def _network(self, rng: np.random.Generator) -> NDArray[np.int64]:
        """An undirected network: a ring and a random pairing within each team, and a random pairing of the company.

        People know their neighbours well, and every mood can reach everybody (small world; Watts & Strogatz 1998).
        """
        known = np.full((self.positions, COLLEAGUES), NOBODY, np.int64)
        first = 0
        for size in self._sizes:
            people = np.arange(first, first + size)
            if size > 1:
                known[people, 0] = np.roll(people, 1)
            if size > 2:
                known[people, 1] = np.roll(people, -1)
            if size > 3:
                _pair(known[:, 2], rng.permutation(people))
            first += size
        if len(self._sizes) > 1:
            _pair(known[:, 3], rng.permutation(self.positions))
        return known

    def blocks(self, weeks: int, block_weeks: int | None = None) -> Iterator[Block]:
        """The weekly luck, block by block; the numbers do not depend on the length of a block.

        Args:
            weeks: in all.
            block_weeks: of one block, a multiple of APPLICANT_WEEKS; by default what fits into a cache.
        """
        n, teams = self.positions, len(self._sizes)
        if block_weeks is None:
            block_weeks = max(DRAWS_A_BLOCK // max(n, 1) // APPLICANT_WEEKS, 1) * APPLICANT_WEEKS
        if block_weeks % APPLICANT_WEEKS:
            raise ValueError(f"block_weeks must be a multiple of {APPLICANT_WEEKS}, got {block_weeks}")
        luck, chance, applicants = (self._stream(stream) for stream in (LUCK, CHANCE, APPLICANTS))
        of_people, of_teams = n * width(PERSON_LUCK), teams * width(TEAM_LUCK)
        for first_week in range(1, weeks + 1, block_weeks):
            length = min(block_weeks, weeks + 1 - first_week)
            months = -(-length // APPLICANT_WEEKS)
            draws = luck.standard_normal((length, of_people + of_teams + width(COMPANY_LUCK)))
            yield Block(
                first_week=first_week,
                luck=draws[:, :of_people].view(PERSON_LUCK),
                chance=chance.random((length, n)),
                team_luck=draws[:, of_people : of_people + of_teams].view(TEAM_LUCK),
                company_luck=draws[:, of_people + of_teams :].view(COMPANY_LUCK)[:, 0],
                applicants=_uniform(applicants, (months, n), APPLICANT),
            )


def _pair(partner: NDArray[np.int64], people: NDArray[np.int64]) -> None:
    """Pair people off in the order given; of an odd number the last has no partner."""
    pairs = len(people) // 2
    left, right = people[: 2 * pairs : 2], people[1 : 2 * pairs : 2]
    partner[left], partner[right] = right, left


def _uniform(rng: np.random.Generator, shape: tuple[int, ...], record: np.dtype[np.void]) -> Records:
    return rng.random((*shape, width(record))).view(record)[..., 0]
