"""Chance is drawn ahead: the same for every style, whatever the blocks, and another for every seed and replication."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.chance import Block, Chance
from sim.model.state import (
    APPLICANT,
    APPLICANT_WEEKS,
    COLLEAGUES,
    COMPANY_LUCK,
    EMPLOYED,
    NOBODY,
    PERSON_LUCK,
    TEAM_LUCK,
)
from tests.model.worlds import varied, week_by_week

SIZES = (5, 12, 3)

sizes = st.lists(st.integers(0, 25), min_size=1, max_size=6).filter(any).map(tuple)


def joined(blocks: list[Block]) -> dict[str, np.ndarray]:
    """The blocks put together: one array a stream."""
    return {name: np.concatenate([getattr(block, name) for block in blocks]) for name in Block._fields[1:]}


def draws(seed=1, replication=0, team_sizes=SIZES, weeks=24, block_weeks=None):
    return joined(list(Chance(seed, replication, team_sizes).blocks(weeks, block_weeks)))


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    return all(np.array_equal(one[name], other[name]) for name in one)


@given(sizes, st.integers(1, 60), st.integers(1, 15).map(lambda months: months * APPLICANT_WEEKS))
@settings(max_examples=50)
def test_numbers_do_not_depend_on_the_length_of_blocks(team_sizes, weeks, block_weeks):
    whole = draws(team_sizes=team_sizes, weeks=weeks, block_weeks=1040)
    assert same(draws(team_sizes=team_sizes, weeks=weeks, block_weeks=block_weeks), whole)
    assert same(draws(team_sizes=team_sizes, weeks=weeks), whole)


@given(sizes, st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=30)
def test_more_weeks_keep_the_earlier_ones(team_sizes, weeks, more):
    short, long = draws(team_sizes=team_sizes, weeks=weeks), draws(team_sizes=team_sizes, weeks=weeks + more)
    assert same(short, {name: values[: len(short[name])] for name, values in long.items()})


def test_the_same_again():
    assert same(draws(seed=7, replication=3), draws(seed=7, replication=3))
    one, other = Chance(7, 3, SIZES), Chance(7, 3, SIZES)
    assert np.array_equal(one.people, other.people)
    assert np.array_equal(one.colleagues, other.colleagues)


@pytest.mark.parametrize(("seed", "replication"), [(1, 1), (2, 0), (0, 1), (0, 0), (2, 1)])
def test_another_seed_or_replication_shares_no_number(seed, replication):
    """In no stream, and not in another order either."""
    here, there = draws(seed=1, replication=0), draws(seed, replication)
    people = Chance(1, 0, SIZES).people, Chance(seed, replication, SIZES).people
    for one, other in [people, *((here[name], there[name]) for name in here)]:
        assert not set(one.view(np.float64).ravel()) & set(other.view(np.float64).ravel())


def test_streams_are_not_each_other():
    values = draws()
    luck = values["luck"].view(np.float64).ravel()
    assert len(set(luck)) == len(luck)
    assert not set(values["chance"].ravel()) & set(values["applicants"].view(np.float64).ravel())


@pytest.mark.parametrize("block_weeks", [4, 8, None])
def test_shapes(block_weeks):
    positions, first = sum(SIZES), 1
    for block in Chance(1, 0, SIZES).blocks(22, block_weeks):
        assert block.first_week == first
        months = -(-block.weeks // APPLICANT_WEEKS)
        assert (block.luck.shape, block.luck.dtype) == ((block.weeks, positions), PERSON_LUCK)
        assert (block.chance.shape, block.chance.dtype) == ((block.weeks, positions), np.dtype(np.float64))
        assert (block.team_luck.shape, block.team_luck.dtype) == ((block.weeks, len(SIZES)), TEAM_LUCK)
        assert (block.company_luck.shape, block.company_luck.dtype) == ((block.weeks,), COMPANY_LUCK)
        assert (block.applicants.shape, block.applicants.dtype) == ((months, positions), APPLICANT)
        first += block.weeks
    assert first == 23


def test_blocks_are_whole_months():
    with pytest.raises(ValueError, match="multiple of 4, got 6"):
        list(Chance(1, 0, SIZES).blocks(12, 6))


def test_memory_of_a_block_stays_bounded_in_a_large_company():
    block = next(Chance(1, 0, (25,) * 4000).blocks(520))
    assert block.weeks == APPLICANT_WEEKS


def test_distributions():
    values = draws(team_sizes=(25,) * 8, weeks=104)
    luck = values["luck"].view(np.float64)
    assert abs(luck.mean()) < 0.02
    assert abs(luck.std() - 1) < 0.02
    for uniform in (values["chance"], values["applicants"].view(np.float64)):
        assert uniform.min() >= 0
        assert uniform.max() < 1
        assert abs(uniform.mean() - 0.5) < 0.01


# --- Who works with whom ----------------------------------------------------------------------------------------------


@given(sizes, st.integers(0, 20))
@settings(max_examples=100)
def test_the_network_is_undirected(team_sizes, replication):
    colleagues = Chance(1, replication, team_sizes).colleagues
    assert colleagues.shape == (sum(team_sizes), COLLEAGUES)
    for person, known in enumerate(colleagues):
        assert person not in known
        for other in known[known != NOBODY]:
            assert np.count_nonzero(colleagues[other] == person) == np.count_nonzero(known == other)


@given(sizes, st.integers(0, 20))
@settings(max_examples=100)
def test_a_ring_and_a_pairing_in_each_team_and_a_pairing_of_the_company(team_sizes, replication):
    colleagues = Chance(1, replication, team_sizes).colleagues
    team = np.repeat(np.arange(len(team_sizes)), team_sizes)
    for t, size in enumerate(team_sizes):
        members = np.flatnonzero(team == t)
        ring, partner = colleagues[members, :2], colleagues[members, 2]
        if size > 2:
            assert np.array_equal(ring, np.column_stack([np.roll(members, 1), np.roll(members, -1)]))
        elif size == 2:
            assert np.array_equal(ring, [[members[1], NOBODY], [members[0], NOBODY]])
        else:
            assert (ring == NOBODY).all()
        assert np.count_nonzero(partner == NOBODY) == (size if size < 4 else size % 2)
        assert set(partner[partner != NOBODY]) <= set(members)
    beyond = colleagues[:, 3]
    assert np.count_nonzero(beyond == NOBODY) == (len(team) if len(team_sizes) == 1 else len(team) % 2)


def test_moods_cross_the_borders_of_teams():
    """Over the partners in the company alone, in every replication of a company of some teams."""
    team = np.repeat([0, 1, 2, 3], [6, 7, 5, 9])
    for replication in range(50):
        beyond = Chance(1, replication, (6, 7, 5, 9)).colleagues[:, 3]
        pairs = np.flatnonzero(beyond != NOBODY)
        assert np.count_nonzero(team[pairs] != team[beyond[pairs]]) >= 4


# --- Common random numbers --------------------------------------------------------------------------------------------


TRAITS = ("affect", "skill", "creativity", "need_for_autonomy", "learning_rate")


def test_every_style_meets_the_same_people():
    """Those of the first day, and whoever is hired for the same position in the same week."""
    met: list[int] = []
    for moment in week_by_week(varied("growth"), ["autocratic", "servant"]):
        one, other = moment.world.employees
        new = (one["status"] == EMPLOYED) & (other["status"] == EMPLOYED) & (one["tenure"] == other["tenure"])
        if moment.week > 1:
            new &= one["tenure"] == 0
        met.append(int(np.count_nonzero(new)))
        for trait in TRAITS:
            assert np.array_equal(one[trait][new], other[trait][new]), trait
    assert sum(met) > 15  # eight on the first day, and many of those who come
