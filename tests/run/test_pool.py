"""Work side by side: results in order or as they are done, and nothing is begun that nobody waits for."""

import threading
import time

import pytest

from sim.run import pool
from sim.run.pool import parts, run_tasks


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_items(workers):
    found = run_tasks(lambda number: number**2, iter(range(50)), workers=workers)
    assert list(found) == [(number, number**2) for number in range(50)]


def test_or_as_they_are_done():
    first_may_end = threading.Event()

    def task(number):
        assert number or first_may_end.wait(60)
        return number

    found = run_tasks(task, range(4), workers=2, in_order=False)
    assert next(found) == (1, 1)
    first_may_end.set()
    assert sorted(found) == [(0, 0), (2, 2), (3, 3)]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_what_has_not_begun_is_dropped_when_something_stops_the_run(error):
    begun: list[int] = []

    def task(number):
        begun.append(number)
        time.sleep(0.001)
        if number == 3:
            raise error

    with pytest.raises(error):
        list(run_tasks(task, range(10_000), workers=1))
    assert len(begun) < 10
    assert begun[:4] == [0, 1, 2, 3]


def test_what_is_in_progress_may_finish_after_an_interruption():
    begun: list[int] = []
    one_has_begun = threading.Event()

    def task(number):
        if number == 0:
            assert one_has_begun.wait(60)
            raise KeyboardInterrupt
        begun.append(number)
        one_has_begun.set()
        time.sleep(0.2)
        return number

    finished = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - what comes before it counts
        for number, _ in run_tasks(task, range(100), workers=2, in_order=False, patience=60):
            finished.append(number)
    assert sorted(finished) == sorted(begun)
    assert 1 in finished
    assert len(begun) < 10


def test_parts_are_equal_and_hold_every_replication_once():
    assert list(parts(range(3, 10), work=10.0, most=30.0)) == [range(3, 6), range(6, 9), range(9, 10)]
    assert list(parts(range(10), work=1.0, fewest=3)) == [range(4), range(4, 8), range(8, 10)]
    assert list(parts(range(2), work=1e9)) == [range(1), range(1, 2)]
    assert list(parts(range(0), work=1.0)) == []


def test_cores_are_counted():
    assert pool.cores_here() >= 1
