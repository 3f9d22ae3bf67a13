"""Chance is drawn ahead: each position, team and week has its own, whatever else there is, and under every style."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from sim.model import draw
from sim.model.chance import ROOM, TOLD_APART, Block, Chance
from sim.model.network import AFTER, BEFORE, ELSEWHERE, SHORTCUT
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
from sim.run.compare import compare
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


# --- How numbers are made ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_words_are_those_of_philox(counter, key, words):
    """Known answers that the authors publish with their Random123, for Philox 4x32 of ten rounds."""
    given_words = [np.uint32(int(word, 16)) for word in f"{counter} {key}".split()]
    assert [f"{word:08x}" for word in draw.mix(*given_words)] == words.split()


def test_normal_numbers_are_the_inverse_of_the_normal_distribution():
    """Held against SciPy, from one tail to the other, in numbers of every length."""
    smallest = draw.uniform(0)
    assert smallest == 2.0**-33
    tails = np.array([smallest, draw.uniform(2**32 - 1), 0.075, 0.925, 0.0749999, 0.9250001, 0.5])
    for number in (0, 1, 6, ROOM, ROOM + 1, 3 * ROOM + 5):
        uniform = np.concatenate([tails, np.linspace(0.0005, 0.9995, 10_000)])[:number]
        numbers = uniform.copy()
        draw.make_normal(numbers, np.empty(ROOM, np.int64), np.empty(ROOM))
        assert np.allclose(numbers, ndtri(uniform), rtol=1e-14, atol=1e-15)


def test_limits_of_what_can_be_told_apart():
    assert Chance(2**64 - 1, 2**64 - 1, (2,)).people["skill"].std() > 0
    for sizes_beyond in [(TOLD_APART,), (1,) * TOLD_APART]:
        with pytest.raises(ValueError, match="fewer than 65,536"):
            Chance(1, 0, sizes_beyond)


# --- Distributions ----------------------------------------------------------------------------------------------------


def as_one(values: np.ndarray) -> np.ndarray:
    numbers: np.ndarray = np.ascontiguousarray(values).view(np.float64).ravel()
    return numbers


def test_distributions():
    """Mean, spread, skew and tails, and the whole shape; 80,000 numbers and more of each kind."""
    values = draws(team_sizes=(25,) * 8, weeks=104)
    for normal in (as_one(values["luck"]), as_one(draws(team_sizes=(2,) * 500, weeks=60)["team_luck"])):
        n = len(normal)
        assert abs(normal.mean()) < 4 / n**0.5
        assert abs(normal.var() - 1) < 4 * (2 / n) ** 0.5
        assert abs(stats.skew(normal)) < 4 * (6 / n) ** 0.5
        assert abs(stats.kurtosis(normal)) < 4 * (24 / n) ** 0.5
        assert stats.kstest(normal, "norm").pvalue > 0.01
    for uniform in (values["chance"].ravel(), as_one(values["applicants"])):
        assert uniform.min() > 0
        assert uniform.max() < 1
        assert stats.kstest(uniform, "uniform").pvalue > 0.01


def test_distributions_over_seeds_and_replications():
    """What runs are averaged over: the same person and week in many replications, and of many seeds."""
    keys = [(1, r) for r in range(1500)], [(s, 0) for s in range(1500)]
    for some in keys:
        blocks = [next(Chance(*key, (3, 3)).blocks(4)) for key in some]
        for name in ("luck", "team_luck", "company_luck"):
            for numbers in np.array([as_one(getattr(block, name)) for block in blocks]).T:
                assert stats.kstest(numbers, "norm").pvalue > 0.0005, name
        people = np.array([as_one(Chance(*key, (3, 3)).people) for key in some])
        assert min(stats.kstest(numbers, "uniform").pvalue for numbers in people.T) > 0.0005


def correlations(table: np.ndarray) -> np.ndarray:
    """Those between any two columns."""
    matrix = np.corrcoef(table, rowvar=False)
    between: np.ndarray = matrix[np.triu_indices_from(matrix, 1)]
    return between


def test_numbers_are_independent():
    """Between weeks, positions, teams, seeds, replications, kinds of luck: the largest of thousands of correlations."""
    luck = draws(team_sizes=(10,) * 5, weeks=1000)["luck"]
    work = luck["work"]
    by_kind = luck.view(np.float64).reshape(-1, 4)
    next_week = np.concatenate([work[:-1], work[1:]], axis=1)
    replications = np.array([as_one(draws(1, r, (10,), 52)["luck"]) for r in range(100)]).T
    seeds = np.array([as_one(draws(s, 1, (10,), 52)["luck"]) for s in range(100)]).T
    for table in (work, work[:100].T, by_kind, next_week, replications, seeds):
        n, found = len(table), correlations(table)
        assert abs(found).max() * n**0.5 < stats.norm.isf(0.005 / len(found)), table.shape
        assert abs(found.mean()) < 4 / (n * len(found)) ** 0.5
    several = work[:, :3].ravel() > 0  # bits in a row: no pattern of eight is more frequent than another
    patterns = np.bincount(several[: len(several) // 8 * 8].reshape(-1, 8) @ (1 << np.arange(8)), minlength=256)
    assert stats.chisquare(patterns).pvalue > 0.01


# --- What more of anything leaves as it is ----------------------------------------------------------------------------


def of_position(team_sizes: tuple[int, ...], team: int, place: int, **more: int) -> list[np.ndarray]:
    """All chance of one position, its team and the company."""
    chance = Chance(more.get("seed", 1), more.get("replication", 0), team_sizes)
    values = joined(list(chance.blocks(more.get("weeks", 24), more.get("block_weeks"))))
    i = sum(team_sizes[:team]) + place
    return [
        chance.people[i], chance.team_starts[team], values["luck"][:, i], values["chance"][:, i],
        values["applicants"][:, i], values["team_luck"][:, team], values["company_luck"],
    ]  # fmt: skip


@given(sizes, st.data())
def test_luck_does_not_depend_on_who_else_is_there(team_sizes, data):
    """Other teams of any size, and a larger or smaller team of one's own."""
    team = data.draw(st.sampled_from([t for t, size in enumerate(team_sizes) if size]))
    place = data.draw(st.integers(0, team_sizes[team] - 1))
    others = data.draw(st.lists(st.integers(0, 25), min_size=team + 1, max_size=9))
    others[team] = data.draw(st.integers(place + 1, 25))
    here, there = of_position(team_sizes, team, place), of_position(tuple(others), team, place)
    assert all(np.array_equal(one, other) for one, other in zip(here, there, strict=True))


def links(team_sizes: tuple[int, ...], replication: int = 0) -> set[tuple[tuple[int, int], tuple[int, int], int]]:
    """Who works with whom, by team and place, and in what way."""
    who = [(team, place) for team, size in enumerate(team_sizes) for place in range(size)]
    colleagues = Chance(1, replication, team_sizes).colleagues
    return {
        (who[i], who[j], way) for i, known in enumerate(colleagues) for way, j in enumerate(known) if j != NOBODY
    }  # fmt: skip


@given(sizes, st.integers(0, 20), st.data())
def test_the_network_among_those_there_does_not_depend_on_more(team_sizes, replication, data):
    """One position more in a team, or a team more at the end, adds links of its own and leaves the others."""
    small = links(team_sizes, replication)
    team = data.draw(st.integers(0, len(team_sizes)))
    larger = [*team_sizes, 0]
    larger[team] += data.draw(st.integers(1, 5))
    known = {(t, place) for t, size in enumerate(team_sizes) for place in range(size)}
    large = links(tuple(larger), replication)
    assert {(one, other, way) for one, other, way in large if {one, other} <= known} == small


# --- Who works with whom ----------------------------------------------------------------------------------------------


@given(sizes, st.integers(0, 20))
def test_the_network_is_undirected(team_sizes, replication):
    colleagues = Chance(1, replication, team_sizes).colleagues
    assert colleagues.shape == (sum(team_sizes), COLLEAGUES)
    for person, known in enumerate(colleagues):
        assert person not in known
        assert len(set(known[known != NOBODY])) == np.count_nonzero(known != NOBODY)
        for other in known[known != NOBODY]:
            assert person in colleagues[other]


@given(sizes, st.integers(0, 20))
def test_a_chain_with_shortcuts_in_each_team_and_pairs_across_teams(team_sizes, replication):
    for one, other, way in links(team_sizes, replication):
        if way in (BEFORE, AFTER):
            assert one[0] == other[0]
            assert other[1] - one[1] == (1 if way == AFTER else -1)
        elif way == SHORTCUT:
            assert one[0] == other[0]
            assert abs(one[1] - other[1]) > 1
        else:
            assert way == ELSEWHERE
            assert one[0] != other[0]
            assert one[1] == other[1]


def network(team_sizes: tuple[int, ...], replication: int) -> "nx.Graph[tuple[int, int]]":
    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    graph.add_nodes_from((team, place) for team, size in enumerate(team_sizes) for place in range(size))
    graph.add_edges_from((one, other) for one, other, _ in links(team_sizes, replication))
    return graph


def test_moods_reach_everybody_soon():
    """In a large team sooner than along the chain, as most people have a shortcut; and across teams, too."""
    shortcuts, steps = [], []
    for replication in range(100):
        within = links((24,), replication)
        shortcuts.append(sum(way == SHORTCUT for *_, way in within) / 24)
        steps.append(nx.average_shortest_path_length(network((24,), replication)))
    assert 0.6 < np.mean(shortcuts) < 0.9
    assert np.mean(steps) < 0.6 * 25 / 3  # of a chain
    for team_sizes in ((2, 2), (5, 5), (6, 7, 5, 9), (10,) * 25):
        connected = [nx.is_connected(network(team_sizes, replication)) for replication in range(50)]
        assert np.mean(connected) > 0.8, team_sizes
    assert all(nx.is_connected(network((3, 2), replication)) for replication in range(50))


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


def test_nothing_is_otherwise_before_the_company_grows():
    """To the last bit, in every metric and team: before it opens, a position of week 40 makes no difference."""
    styles, event = ["servant", "autocratic"], {"event": "growth", "week": 40, "people": 2, "team": "Delivery"}
    teams = [{"name": "Delivery", "size": 6}, {"name": "Sales", "size": 5}]
    as_it_is = compare(varied("everyday", {"teams": teams}), styles, 3, 60, teams=True)
    grown = compare(varied("everyday", {"teams": teams, "events": [event]}), styles, 3, 60, teams=True)
    before, after = {"week": slice(0, 39)}, {"week": slice(39, None)}
    assert as_it_is.isel(before).equals(grown.isel(before))
    assert not as_it_is.isel(after).equals(grown.isel(after))


@pytest.mark.parametrize("style", ["democratic", "situational"])
def test_companies_of_other_sizes_are_paired(style):
    """Twelve people and thirteen live through much the same, run by run; so do those whom a thirteenth joins later.

    Output is paired least: who leaves hangs on passing moods, and one more who leaves is a newcomer to be taught.
    """
    event = {"event": "growth", "week": 40, "people": 1}
    same = {"employees": {"mix": {"d3": 0.5, "d4": 0.5}}}  # of a usual mix, others may have come before the first week
    twelve, thirteen, joined_later = (
        compare(varied("everyday", {"teams": [{"name": "All", "size": size}], **same, **more}), [style], 100)
        for size, more in ((12, {}), (13, {}), (12, {"events": [event]}))
    )
    for metric, least in (("morale", 0.96), ("output", 0.85), ("competence", 0.92)):
        whole = [ds[metric].mean("week").to_numpy()[0] for ds in (twelve, thirteen, joined_later)]
        assert np.corrcoef(whole)[0, 1] > least, metric
        assert np.corrcoef(whole)[0, 2] > least, metric
