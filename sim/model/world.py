"""The arrays of a company's weeks: its state, what its leaders do, what happens, and what is measured."""

import itertools
import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.chance import Block

type Records = NDArray[np.void]


class World(NamedTuple):
    """The state of one company in one replication; every array is changed in place by the rules.

    Under some arms, which share their chance, each array but SHARED_BY_ARMS has a first axis of arms; `arm` gives one.
    """

    employees: Records  # (positions,) of EMPLOYEE
    leaders: Records  # (teams,) of LEADER
    teams: Records  # (teams,) of TEAM
    company: Records  # (1,) of COMPANY
    tallies: Records  # (1 + teams,) of TALLY: the company's, then each team's
    sums: NDArray[np.float64]  # (1 + teams, fields): the tallies as plain numbers, in the same memory
    mood: NDArray[np.float64]  # (positions,): morale last week, below 0 where nobody is
    practices: Records  # (practices,) of PRACTICE
    weeks: Records  # of WEEK: everybody's, (positions,), or those of one team after the other, (largest team,)
    colleagues: NDArray[np.int64]  # (positions, COLLEAGUES): indices of positions, or NOBODY
    diversity: NDArray[np.float64]  # (teams,): how different newcomers are in skill

    def arm(self, a: int) -> "World":
        """One arm's state, in the same memory, with everybody's record of the week to look at."""
        own = {name: array[a] for name, array in self._asdict().items() if name not in SHARED_BY_ARMS}
        return self._replace(weeks=np.zeros(self.employees.shape[1], state.WEEK), **own)


SHARED_BY_ARMS = ("weeks", "colleagues", "diversity")


class Template:
    """A world that others begin as. It lies in one piece of memory, so that a copy is one of bytes.

    Args:
        diversity: of the world; all copies share it.
        **arrays: shape and kind of every array of the world but `sums`, `colleagues` and `diversity`.
    """

    def __init__(self, diversity: NDArray[np.float64], **arrays: tuple[tuple[int, ...], np.dtype[Any]]) -> None:
        ends = list(itertools.accumulate(math.prod(shape) * kind.itemsize for shape, kind in arrays.values()))
        self._arrays = [
            (name, shape, kind, offset)
            for (name, (shape, kind)), offset in zip(arrays.items(), [0, *ends], strict=False)
        ]
        self._sums = (*arrays["tallies"][0], state.width(state.TALLY))
        self._diversity = diversity
        self._bytes = np.zeros(ends[-1], np.uint8)
        self.world = self._world(self._bytes, np.zeros((0, state.COLLEAGUES), np.int64))
        """What the copies are made of; it can be changed before the first of them."""

    def copy(self, colleagues: NDArray[np.int64]) -> World:
        """A world of its own, with this network."""
        return self._world(self._bytes.copy(), colleagues)

    def _world(self, memory: NDArray[np.uint8], colleagues: NDArray[np.int64]) -> World:
        arrays = {name: np.ndarray(shape, kind, memory, offset) for name, shape, kind, offset in self._arrays}
        sums = arrays["tallies"].view(np.float64).reshape(self._sums)
        return World(**arrays, sums=sums, colleagues=colleagues, diversity=self._diversity)


class Plan(NamedTuple):
    """What leaders do and what happens; `events` has a first axis of arms where there are some."""

    tables: Records  # (stages, 4) of BEHAVIOUR
    stages: Records  # (stages,) of STAGE
    policies: Records  # (policies,) of POLICY
    events: Records  # (events,) of EVENT


class Run(NamedTuple):
    """One company under one arm with its chance: what the steps of a week work on."""

    world: World
    plan: Plan
    block: Block
    parameters: Records  # (1,) of PARAMETER


class Held(NamedTuple):
    """What the scenario says of the first day, put back after each of the weeks before it; empty after that."""

    starts: Records  # (positions,) of START
    people: Records  # (positions,) of EMPLOYEE: those of the first day
    company: Records  # (1,) of COMPANY: that of the first day


NOTHING_HELD = Held(np.zeros(0, state.START), np.zeros(0, state.EMPLOYEE), np.zeros(0, state.COMPANY))


class Measures(NamedTuple):
    """What is measured: of the company always, of teams and people where they have as many weeks."""

    company: Records  # (arms, weeks) of MEASURES
    teams: Records  # (arms, weeks or 0, teams) of MEASURES
    people: Records  # (arms, weeks or 0, positions) of PERSON
