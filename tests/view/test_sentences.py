"""What is said in words is what the statistics say, and no more."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.paired import paired_differences, rows_of_differences
from sim.view.sentences import (
    capitalised,
    counted,
    decimals,
    effect,
    joined,
    number,
    plus_minus,
    rough,
    standing_out,
    what_changed,
)
from tests.analysis.synthetic import make_results, one_metric


@pytest.mark.parametrize(
    ("halves", "expected"),
    [([0.012], 2), ([0.0034], 3), ([0.00001], 3), ([1.2], 0), ([30.0], 0), ([0.5, 0.02, 0.03], 2), ([], 2), ([0.0], 2),
     ([float("nan")], 2)],
)  # fmt: skip
def test_as_many_decimals_as_the_interval_allows(halves, expected):
    assert decimals(halves) == expected


@pytest.mark.parametrize(
    ("value", "places", "signed", "expected"),
    [(0.125, 2, False, "0.12"), (-0.001, 2, True, "0.00"), (1.0, 1, True, "+1.0"), (-3.14, 0, True, "-3"),
     (float("nan"), 2, False, "n/a"), (float("inf"), 2, False, "n/a")],
)  # fmt: skip
def test_numbers(value, places, signed, expected):
    assert number(value, places, signed) == expected


@given(st.floats(0, 1000), st.integers(0, 3))
def test_an_interval_is_never_shown_narrower_than_it_is(half, places):
    shown = float(plus_minus(half, places)[1:])
    assert shown >= half - 1e-6
    assert shown < half + 10.0**-places + 1e-6


def test_intervals_are_not_rounded_up_without_need():
    assert plus_minus(0.03, 2) == "±0.03"
    assert plus_minus(0.0, 2) == "±0.00"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0412, "0.041"), (-2.3183, "2.3"), (11.4, "11"), (234.0, "230"), (0.0, "0"), (9.99, "10.0")],
)
def test_rough_sizes(value, expected):
    assert rough(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(0.456, "+0.46"), (-12.34, "-12.3"), (237.1, "+237"), (0.0, "0.00")])
def test_effect_sizes(value, expected):
    assert effect(value) == expected


def test_lists_and_counts():
    assert joined(["a"]) == "a"
    assert joined(["a", "b"]) == "a and b"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert (counted(1, "week"), counted(1040, "week")) == ("1 week", "1,040 weeks")


def rows(metric, *styles):
    """Differences as `paired_differences` gives them; each style: name, mean, effect size, half width, clear."""
    return pd.DataFrame(
        [
            {
                "metric": metric, "style": style, "mean": mean, "low": mean - 0.01, "high": mean + 0.01, "n": 100,
                "effect_size": size, "effect_size_low": size - half, "effect_size_high": size + half, "clear": clear,
            }
            for style, mean, size, half, clear in styles
        ]
    )  # fmt: skip


def test_the_sentence_names_what_is_clear_and_what_is_not():
    table = pd.concat(
        [
            rows(
                "morale",
                ("agile", 0.12, 1.1, 0.1, True),
                ("servant", 0.03, 0.4, 0.1, True),
                ("S1", -0.2, -1.5, 0.1, True),
            ),
            rows("turnover", ("agile", -4.1, -0.5, 0.1, True), ("servant", 0.1, 0.01, 0.1, False)),
            rows("profit", ("agile", 0.1, 0.05, 0.1, False), ("servant", 0.0, -0.02, 0.1, False)),
            rows("output", ("agile", 0.1, 0.3, 0.4, False), ("servant", 0.0, 0.02, 0.1, False)),
        ]
    )
    assert standing_out(table, "democratic") == (
        "Compared with democratic, morale is higher under agile (by 0.12) and servant, and lower under S1 (by 0.20). "
        "Turnover is lower under agile (by 4.1 % of staff a year). Profit is about the same under all styles. It is "
        "not clear after 100 replications whether output differs."
    )


def test_only_the_largest_are_told_in_detail():
    names = ("morale", "output", "turnover", "profit", "ideas_adopted")
    table = pd.concat([rows(name, ("agile", 0.1, 1.0 + place, 0.1, True)) for place, name in enumerate(names)])
    sentence = standing_out(table, "servant")
    assert sentence.startswith("Compared with servant, innovation is higher under agile (by ")
    assert sentence.endswith(". Output and morale also differ clearly, but less.")


def test_where_all_differ_the_same_way_that_is_said():
    table = rows("decision_delay", *((style, 1.0 + place, 1.0, 0.1, True) for place, style in enumerate("abcd")))
    assert standing_out(table, "S1").endswith("is higher under all 4 others, most under d (by 4.0 days).")
    rows_of_table = table.to_dict("records")
    assert what_changed(rows_of_table).startswith(
        "Decision delay is higher under all 4 styles, most under d (by 4.0 days)."
    )


def test_where_many_differ_only_the_one_that_does_most_is_named():
    differing = [(style, 0.1 + place / 10, 1.0, 0.1, True) for place, style in enumerate("abcd")]
    table = rows("morale", *differing, ("e", 0.0, 0.0, 0.1, False))
    assert standing_out(table, "S1") == "Compared with S1, morale is higher under d (by 0.40) and 3 others."
    assert standing_out(table[1:], "S1") == "Compared with S1, morale is higher under d (by 0.40), c and b."


def test_differences_without_luck_count_as_the_largest():
    table = pd.concat(
        [rows("morale", ("agile", 0.1, 3.0, 0.1, True)), rows("output", ("agile", 2.0, np.nan, 0.1, True))]
    )
    assert "output is higher under agile (by 2.0 % of full capacity). Morale is" in standing_out(table, "S1")


def test_nothing_to_compare():
    ds = make_results(styles=("agile",))
    assert standing_out(paired_differences(ds, "agile"), "agile").startswith("Only agile was run")


def test_one_replication_proves_nothing():
    ds = make_results(styles=("agile", "S1"), replications=1)
    assert standing_out(paired_differences(ds, "S1"), "S1").startswith("One replication shows only one case of luck")


def test_the_same_style_twice_does_not_differ():
    luck = np.random.default_rng(1).normal(size=20)
    table = paired_differences(one_metric(np.array([luck, luck]), ["one", "two"]), "one", ["morale"])
    assert standing_out(table, "one") == "Compared with one, morale is about the same under all styles."


def changed(before: float, after: float, luck: float = 1.0):
    """A change of the situation that moves one style from `before` to `after`."""
    noise = luck * np.random.default_rng(1).normal(size=60)
    two = luck * np.random.default_rng(2).normal(size=60)
    return morale_changed(before + 0.5 * noise + 0.5 * two, after + noise)


def morale_changed(before, after):
    """The row of morale under one style, from what each run came to."""
    return rows_of_differences(["morale"], ["agile"], after[np.newaxis, np.newaxis], before[np.newaxis, np.newaxis])


def test_a_change_is_said_with_its_direction():
    assert what_changed(changed(0.0, 3.0)) == "Morale is higher under agile (by 2.9)."
    assert what_changed(changed(3.0, 0.0)).startswith("Morale is lower under agile (by 3.")


def test_a_change_without_an_effect_is_admitted():
    same = np.random.default_rng(1).normal(size=60)
    words = what_changed(morale_changed(same, same))
    assert words == "This makes no noticeable difference: morale stays about the same."


def test_what_cannot_be_told_yet_is_left_open():
    assert "not clear after" in what_changed(changed(0.0, 0.2))


def test_one_replication_proves_no_change():
    assert what_changed(morale_changed(np.zeros(1), np.zeros(1))).startswith(
        "One replication shows only one case of luck"
    )


def test_only_the_first_letter_becomes_large_and_nothing_stays_nothing():
    assert [capitalised(text) for text in ("people of IT", "été", "")] == ["People of IT", "Été", ""]
