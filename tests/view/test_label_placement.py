"""Names keep off each other and off the points, and stay where there is room."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.view.label_placement import LINE, POINT, Box, around, rows_for, spread

places = st.lists(st.floats(-50, 250), min_size=1, max_size=12)


@given(places)
def test_spread_keeps_the_gap_the_order_and_the_limits(wanted):
    result = spread(wanted, 13, 0, 200)
    in_order = sorted(range(len(wanted)), key=lambda index: (wanted[index], result[index]))
    for one, two in pairwise(result[index] for index in in_order):
        assert two - one >= 13 - 1e-6
    assert min(result) >= -1e-6
    assert max(result) <= 200 + 1e-6


def test_spread_leaves_alone_what_has_room():
    assert spread([10, 100, 50], 13, 0, 200) == [10, 100, 50]


def test_spread_centres_what_is_crowded():
    assert spread([50, 50, 50], 10, 0, 200) == [40, 50, 60]


def test_spread_runs_on_where_there_is_no_room():
    assert spread([0, 0, 0], 10, 0, 5) == [0, 10, 20]


def test_spread_of_nothing():
    assert spread([], 10, 0, 100) == []


@given(st.lists(st.tuples(st.floats(0, 400), st.text("abc", max_size=12)), max_size=12))
def test_texts_in_a_row_do_not_touch(texts):
    texts.sort(key=lambda entry: entry[0])
    rows = rows_for([start for start, _ in texts], [text for _, text in texts])
    for (one, row), (two, other) in combinations(zip(texts, rows, strict=True), 2):
        if row == other:
            assert one[0] + 6 * len(one[1]) < two[0]


def test_texts_with_room_share_a_row():
    assert rows_for([0, 200, 210], ["crisis", "growth", "shock"]) == [0, 0, 1]


@given(st.lists(st.tuples(st.floats(60, 340), st.floats(60, 340)), min_size=1, max_size=6, unique=True))
def test_names_around_points_do_not_cover_each_other(points):
    boxes = around(points, ["servant"] * len(points), 400, 400)
    for one, two in combinations(boxes, 2):
        assert one.overlap(two) < 1e-6
    for box in boxes:
        assert box.left >= 0
        assert box.right <= 400
        assert box.bottom - box.top == pytest.approx(LINE)


def test_names_keep_off_what_must_stay_free():
    corner = Box(200, 150, 400, 250)
    (box,) = around([(190.0, 200.0)], ["agile"], 400, 400, [corner])
    assert box.overlap(corner) == 0
    assert box.overlap(Box(190 - POINT, 200 - POINT, 190 + POINT, 200 + POINT)) == 0
