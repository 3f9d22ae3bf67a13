"""A firm's past from its file: what is understood, and what is refused with which words."""

import math
import time

import pytest

from sim.scenario import InputError
from sim.scenario.history import against_scenario
from sim.scenario.history_file import read_history

MONTHS = [f"{2024 + k // 12}-{k % 12 + 1:02}" for k in range(12)]


def table(tmp_path, columns, name="history.csv", sign=","):
    """A file of these columns, by heading."""
    lines = [sign.join(columns), *(sign.join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def of(tmp_path, **columns):
    """The same with twelve months and who left, unless something else is said."""
    return table(tmp_path, {"month": MONTHS, "left": [0, 1] * 6} | columns)


def refused(path):
    with pytest.raises(InputError) as caught:
        read_history(path)
    return str(caught.value)


def test_columns_periods_and_scales_are_understood(tmp_path):
    path = of(tmp_path, headcount=[12] * 12, satisfaction_1_5=[3.0] * 11 + [""], revenue=[210.5] * 12, note=["x"] * 12)
    history = read_history(path)
    assert (history.every, history.labels, history.ends[-1]) == ("month", tuple(MONTHS), 52)
    assert list(history.series) == ["left", "headcount", "morale", "revenue"]
    assert history.series["morale"].shares[0] == 0.5
    assert math.isnan(history.series["morale"].values[-1])
    assert history.people_now == 12


@pytest.mark.parametrize(
    ("heading", "cells", "every", "weeks"),
    [
        ("Monat", ["01/2024", "02/2024", "Mar 2024", "2024-04", "01.05.2024", "2024-06-30"], "month", 26),
        ("Quartal", ["2024-Q1", "Q2 2024", "2024 Q3", "2024Q4"], "quarter", 52),
        ("week", [f"2024-W{k:02}" for k in range(1, 14)], "week", 13),
        ("semaine", range(1, 14), "week", 13),
        ("period", ["2024-Q4", "2024-Q3", "2024-Q2", "2024-Q1"], "quarter", 52),
    ],
)
def test_periods_are_written_in_many_ways(tmp_path, heading, cells, every, weeks):
    history = read_history(table(tmp_path, {heading: list(cells), "left": range(len(cells))}))
    assert (history.every, history.ends[-1]) == (every, weeks)


def test_a_german_file_with_decimal_commas_is_read(tmp_path):
    columns = {"Monat": MONTHS, "Abgänge": [0] * 12, "Umsatz": ["1.200,5"] * 12, "Zufriedenheit 1-5": ["3,4"] * 12}
    history = read_history(table(tmp_path, columns, sign=";"))
    assert history.series["revenue"].values[0] == 1200.5
    assert history.series["morale"].values[0] == 3.4


def test_rows_may_stand_in_any_order(tmp_path):
    path = table(tmp_path, {"month": MONTHS[::-1], "left": range(12)})
    assert read_history(path).series["left"].values == tuple(range(11, -1, -1))


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"month": MONTHS[:3], "left": [0, 1, 0]}, "3 months; it takes 6 or more to learn from a past"),
        ({"month": [*MONTHS[:4], *MONTHS[6:]], "left": [0] * 10}, "2024-05, 2024-06 are missing between 2024-01"),
        ({"month": [*MONTHS[:11], MONTHS[3]], "left": [0] * 12}, "row 13: 2024-04 is there twice"),
        ({"month": [*MONTHS[:11], "Total"], "left": [0] * 12}, 'row 13, column month: got "Total"; write a month as'),
        ({"month": MONTHS, "left": [0] * 12, "shoe size": [1] * 12}, 'unknown column "shoe size"'),
        ({"month": MONTHS, "leafers": [0] * 12}, "no headings of a history"),
        ({"month": MONTHS, "left": [0] * 12, "exits": [0] * 12}, '"exits" says the same as another column'),
        ({"month": MONTHS, "left": [0] * 12, "turnover": [1] * 12}, "can be people who left, or what was sold"),
        ({"month": MONTHS, "revenue": ["1.200"] * 12}, '"1.200" is 1.2 or 1,200. Write 1.2 or 1200'),
        ({"month": MONTHS, "revenue": ["a lot"] * 12}, '9 more, column revenue: got "a lot", which is not a number'),
        ({"month": MONTHS, "revenue": [0] * 12}, "9 more, column revenue: got 0. Leave the cell empty"),
        ({"month": MONTHS, "left": [-1] * 12}, "9 more, column left: got -1; allowed is a whole number, 0 or more"),
        ({"month": MONTHS, "left": [0.5] * 12}, "got 0.5; allowed is a whole number"),
        ({"month": MONTHS, "left": [0] * 11 + [""]}, "2024-12: nobody knows who left? An empty cell is no 0"),
        ({"month": MONTHS, "left": [9] * 12, "headcount": [5] * 12}, "2024-01: 9 left, but 5 were there"),
        ({"month": MONTHS, "satisfaction": [3.5] * 12}, "not say its scale, and goes up to 3.5. Call it morale_1_5"),
        ({"month": MONTHS, "trust_1_5": [7] * 12}, "has 7 to 7, but its heading says 1 to 5"),
        ({"month": MONTHS, "headcount": [12] * 12}, "nothing that could be foreseen: found headcount"),
        ({"month": MONTHS, "trust_1_5": [3, 4] + [""] * 10}, "trust_1_5: fewer than 3 values each"),
        ({"month": MONTHS, "output": [980, "1.233", *[990] * 10], "trust_1_5": [3.4] * 12},
         'row 3, column output: "1.233" is 1.233 or 1,233; the rest of the column is about 990. Write 1233, or 1.2330'),
        ({"month": MONTHS, "output": [980.5, "1.233", *[990.25] * 10]}, '"1.233" is 1.233 or 1,233; the rest of'),
        ({"month": MONTHS, "output": ["1.5", "1.233", *["1.4"] * 10], "revenue": ["3.100"] * 11 + ["3050"]},
         '"3.100" is 3.1 or 3,100; the rest of the column is about 3050'),
        ({"month": [f"2090-{k:02}" for k in range(1, 13)], "left": [0] * 12}, "row 13: 2090-12 is still to come"),
        ({"quarter": [f"2090-Q{k}" for k in range(1, 5)], "left": [0] * 4}, "2090-Q4 is still to come"),
        ({"month": MONTHS, "left": [0, 9, *[0] * 10], "headcount": [5, "", *[5] * 10]}, "2024-02: 9 left, but 5"),
        ({"left": [0] * 12, "headcount": [9] * 12}, "no column says when; found left, headcount"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_message(tmp_path, columns, says):
    assert says in refused(table(tmp_path, columns))


def test_what_goes_with_the_rest_of_a_column_has_one_reading(tmp_path):
    path = of(tmp_path, output=["1.5", "1.233", *["1.4"] * 10])
    assert read_history(path).series["output"].values[1] == 1.233
    german = {"Monat": MONTHS, "Umsatz": ["1.233", "980", *["1.200"] * 10], "Vertrauen 1-5": ["3,4"] * 12}
    assert read_history(table(tmp_path, german, sign=";")).series["revenue"].values[:3] == (1233, 980, 1200)


def test_more_leavers_than_people_are_refused_without_headcounts_too(tmp_path):
    history = read_history(of(tmp_path, left=[0, 20, *[0] * 10]))
    against_scenario(history, 20, "the roster")
    with pytest.raises(InputError, match="2024-02: 20 left, but the roster has 12 people and the history no headcount"):
        against_scenario(history, 12, "the roster")


def test_headcounts_and_comings_and_goings_have_to_go_together(tmp_path):
    sound = {"headcount": [10, 11, 10] + [10] * 9, "hired": [1, 1, 0] + [0] * 9, "left": [0, 0, 1] + [0] * 9}
    assert read_history(of(tmp_path, **sound)).people_now == 10  # of the last day of a month
    first_day = {"headcount": [10, 11, 11] + [11] * 9, "hired": [1] + [0] * 10 + [2], "left": [0] * 12}
    assert read_history(of(tmp_path, **first_day)).people_now == 13  # of the first day: who came since is not in it
    wrong = {"headcount": [10, 10, 25] + [25] * 9, "hired": [0] * 12, "left": [0] * 12}
    assert "2024-03: headcount is 25 after 10, but 0 came and 0 left, which makes 10" in refused(of(tmp_path, **wrong))


def test_a_history_of_another_size_than_the_roster_is_refused(tmp_path):
    history = read_history(of(tmp_path, headcount=[31] * 12))
    against_scenario(history, 30, "the roster")
    with pytest.raises(InputError, match="ends with 31 people after 2024-12, but the roster begins with 14"):
        against_scenario(history, 14, "the roster")


def test_the_order_of_day_and_month_is_that_which_gives_each_month_once(tmp_path):
    american = table(tmp_path, {"month": [f"{k}/01/2024" for k in range(1, 13)], "left": range(12)})
    assert read_history(american).series["left"].values == tuple(range(12))
    european = table(tmp_path, {"month": [f"01/{k}/2024" for k in range(1, 13)], "left": range(12)})
    assert read_history(european).ends[-1] == 52
    weeks = [f"1/{k}/2024" for k in (1, 8, 15, 22, 29)] + [f"2/{k}/2024" for k in (5, 12, 19, 26)]
    weeks += [f"3/{k}/2024" for k in (4, 11, 18, 25)]
    assert read_history(table(tmp_path, {"week": weeks, "left": [0] * 13})).every == "week"
    twice = table(tmp_path, {"month": [*(f"{k}/01/2024" for k in range(1, 12)), "2/01/2024"], "left": [0] * 12})
    assert "does the day or the month come first? 2/01/2024 is 2 January 2024 or 1 February 2024" in refused(twice)
    never = table(tmp_path, {"month": ["1/02/0000"] * 12, "left": [0] * 12})
    assert 'got "1/02/0000"; write a month as 2025-01' in refused(never)
    mixed = table(tmp_path, {"month": [*MONTHS[:10], "31/12/2024", "12/31/2024"], "left": [0] * 12})
    assert "days such as 31/12 and 12/31 are mixed" in refused(mixed)


def test_surveys_whose_low_end_may_be_the_best_are_refused_and_others_read(tmp_path):
    for heading, says in {
        "Zufriedenheit (Schulnote 1-6)": "does not tell which end is the best",
        "Satisfaction (1 = très satisfait, 5 = insatisfait)": "says that the low end is the best",
        "satisfaction (1 = best) 1-5": "says that the low end is the best",
    }.items():
        text = refused(table(tmp_path, {"month": MONTHS, heading: [2.5] * 12}, sign=";"))
        assert says in text
        assert "call the column morale_1_" in text
    rising = table(tmp_path, {"month": MONTHS, "Stress (1 = low, 5 = high)": [2.0] * 12}, sign=";")
    assert read_history(rising).series["strain"].shares[0] == 0.25


@pytest.mark.parametrize(
    ("hired", "left"), [("Eingestellt", "Ausgetreten"), ("Embauchés", "Partis"), ("Contratados", "Dados de baja")]
)
def test_who_came_and_left_is_known_by_participles_as_well(tmp_path, hired, left):
    path = table(tmp_path, {"month": MONTHS, hired: [0] * 12, left: [0] * 12})
    assert set(read_history(path).series) == {"hired", "left"}


@pytest.mark.parametrize(
    "heading", ["(" * 9_900, "1" * 9_900, "_" * 9_900 + "x", "(1 = low) (5 = high) " * 450, "1-" * 4_900]
)
def test_a_heading_as_long_as_a_page_is_refused_at_once(tmp_path, heading):
    """Some kilobytes are no reason to wait for minutes."""
    begun = time.process_time()
    assert "unknown column" in refused(of(tmp_path, **{f"{heading}{n}": [1] * 12 for n in range(20)}))
    assert time.process_time() - begun < 5
