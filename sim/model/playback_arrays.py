"""The arrays for cutting mechanisms: what is cut, own values put aside, and what was under the baseline."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.chance import Block
from sim.model.playback import rooms
from sim.model.world import Plan, Records, World


class Own(NamedTuple):
    """What mechanisms have come to by themselves while others see the baseline's; arms come first where there are some.

    The rest of each record is of no meaning.
    """

    employees: Records  # (positions,) of EMPLOYEE
    weeks: Records  # (positions,) of WEEK, for all arms
    teams: Records  # (teams,) of TEAM
    leaders: Records  # (teams,) of LEADER
    company: Records  # (1,) of COMPANY
    numbers: NDArray[np.float64]  # (fields,): the same as plain numbers, in the same memory


class Then(NamedTuple):
    """What mechanisms were under the baseline, after each rule that keeps them up, in each week of a block."""

    employees: NDArray[np.float64]  # (weeks, positions, places)
    weeks: NDArray[np.float64]  # (weeks, positions, places)
    teams: NDArray[np.float64]  # (weeks, teams, places)
    leaders: NDArray[np.float64]  # (weeks, teams, places)
    company: NDArray[np.float64]  # (weeks, places)
    people: Records  # (2, weeks, positions) of EMPLOYEE: after EVENTS, and at the WEEKS_END


class Play(NamedTuple):
    """What it takes to cut mechanisms; `cut`, `known` and `own` have a first axis of arms where there are some."""

    cut: NDArray[np.bool_]  # (mechanisms,)
    recording: bool  # whether this, or the first arm, is the baseline, whose values are kept
    known: NDArray[np.bool_]  # (positions,): whether the same person is there under the baseline
    own: Own
    then: Then
    before: Records  # (positions,) of EMPLOYEE: people before somebody may leave
    tallies: Records  # (1 + teams,) of TALLY: what metrics are made of
    sums: NDArray[np.float64]  # the same as plain numbers, in the same memory
    numbers: NDArray[np.float64]  # (fields,): the world's company as plain numbers, in the same memory


class PlayedRun(NamedTuple):
    """A `Run` with mechanisms cut."""

    world: World
    plan: Plan
    block: Block
    parameters: Records
    play: Play


def room_for(weeks: int, positions: int, teams: int) -> Then:
    """Room for what mechanisms are under the baseline in so many weeks."""
    many = rooms()
    return Then(
        np.zeros((weeks, positions, many["EMPLOYEE"])),
        np.zeros((weeks, positions, many["WEEK"])),
        np.zeros((weeks, teams, many["TEAM"])),
        np.zeros((weeks, teams, many["LEADER"])),
        np.zeros((weeks, many["COMPANY"])),
        np.zeros((2, weeks, positions), state.EMPLOYEE),
    )


def prepared(world: World, cut: NDArray[np.bool_], weeks: int) -> Play:
    """What it takes to cut mechanisms in a world before the first week, under its arms.

    Args:
        world: with arms, of which the first is the baseline.
        cut: (arms, mechanisms): what is cut under each arm; nothing under the first.
        weeks: the most that a block of chance has.
    """
    positions, teams = world.employees.shape[1], world.teams.shape[1]
    own_company = world.company.copy()
    tallies = np.zeros(1 + teams, state.TALLY)
    return Play(
        cut,
        True,
        world.employees["status"] == state.EMPLOYED,
        Own(
            world.employees.copy(), np.zeros(positions, state.WEEK), world.teams.copy(), world.leaders.copy(),
            own_company, _numbers(own_company),
        ),
        room_for(weeks, positions, teams),
        np.zeros(positions, state.EMPLOYEE),
        tallies,
        tallies.view(np.float64).reshape(1 + teams, -1),
        _numbers(world.company),
    )  # fmt: skip


def _numbers(company: Records) -> NDArray[np.float64]:
    """Records of the company, (arms, 1), as plain numbers in the same memory: (arms, fields)."""
    return company.view(np.float64).reshape(len(company), -1)
