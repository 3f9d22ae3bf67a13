"""The comparison as tables and as data holds what the statistics say, in any width."""

import io
import json
import math

import numpy as np
import pytest
from rich.console import Console

from sim.analysis.paired import paired_differences
from sim.analysis.summary import HEADLINE, summarise
from sim.view.table import comparison_record, comparison_tables
from tests.analysis.synthetic import STYLES, make_results


def record_of(ds, baseline="democratic"):
    return comparison_record(ds, summarise(ds), paired_differences(ds, baseline), baseline)


def text_of(ds, width, baseline="democratic"):
    printed = io.StringIO()
    console = Console(file=printed, width=width, highlight=False)
    for part in comparison_tables(console, ds, summarise(ds), paired_differences(ds, baseline), baseline):
        console.print(part)
    return printed.getvalue()


def test_the_record_has_the_promised_structure():
    ds = make_results(replications=10)
    record = record_of(ds)
    assert list(record) == ["scenario", "weeks", "replications", "seed", "baseline", "metrics"]
    assert [record[key] for key in list(record)[:5]] == ["everyday", 26, 10, 1, "democratic"]
    assert tuple(record["metrics"]) == HEADLINE
    for metric in record["metrics"].values():
        assert list(metric) == ["unit", "styles", "differences"]
        assert tuple(metric["styles"]) == STYLES
        assert tuple(metric["differences"]) == tuple(style for style in STYLES if style != "democratic")
        assert all(list(entry) == ["mean", "low", "high"] for entry in metric["styles"].values())
        for entry in metric["differences"].values():
            assert list(entry) == ["mean", "low", "high", "effect_size", "p_adjusted"]
    assert record["metrics"]["output"]["unit"] == "% of full capacity"
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_the_record_holds_the_numbers_in_full():
    ds = make_results(replications=10)
    expected = float(ds["morale"].sel(style="agile").mean("week").mean())
    assert record_of(ds)["metrics"]["morale"]["styles"]["agile"]["mean"] == pytest.approx(expected, rel=1e-12)


def test_what_is_not_known_is_null():
    record = record_of(make_results(replications=1))
    assert record["metrics"]["morale"]["styles"]["agile"]["low"] is None
    assert record["metrics"]["morale"]["differences"]["agile"]["p_adjusted"] is None
    json.dumps(record, allow_nan=False)


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_nothing_is_cut_or_runs_over_the_edge(width):
    text = text_of(make_results(replications=20), width)
    assert "…" not in text
    assert all(len(line.rstrip()) <= width for line in text.splitlines())
    for style in STYLES:
        assert text.count(style) >= 2 - (style == "democratic")


def test_a_long_name_of_a_style_is_folded_and_numbers_are_not():
    name = "a-style-with-a-name-that-is-rather-long-" * 2
    text = text_of(make_results(styles=("democratic", name), replications=20), 80)
    assert "…" not in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 80
    assert text.count("±") >= 21


def test_wide_puts_number_and_interval_in_a_line():
    ds = make_results(replications=20)
    assert len(text_of(ds, 160).splitlines()) < len(text_of(ds, 80).splitlines()) - 8
    assert " ±" in text_of(ds, 160)


def test_marks_say_better_and_worse_as_a_manager_sees_it():
    ds = make_results(styles=("democratic", "S1"), replications=20, apart=0.0, luck=0.02)
    ds["turnover"][1] += 5.0
    ds["morale"][1] += 0.1
    lines = text_of(ds, 160).splitlines()
    effects = next(line for line in lines if "▼" in line and "clearly" not in line).split()
    assert effects[0].endswith("▲")
    assert effects[2].endswith("▼")


def test_a_single_style_has_no_second_table():
    text = text_of(make_results(styles=("agile",), replications=5), 100, "agile")
    assert "Difference" not in text
    assert "clearly" not in text


def test_one_replication_has_numbers_and_a_note():
    text = text_of(make_results(replications=1), 80)
    assert "±" not in text
    assert "One replication gives no interval" in text
    assert "nan" not in text
    assert "n/a" not in text


def test_brackets_in_a_title_are_not_taken_for_colours():
    ds = make_results(replications=3, scenario={"title": "A [bold] plan [/]"})
    assert "A [bold] plan [/]" in text_of(ds, 100)


def test_a_metric_without_values_is_said_to_have_none():
    ds = make_results(replications=5)
    ds["decision_delay"][:] = np.nan
    text = text_of(ds, 120)
    assert "n/a" in text
    assert math.isfinite(record_of(ds)["metrics"]["morale"]["styles"]["agile"]["mean"])
    assert record_of(ds)["metrics"]["decision_delay"]["styles"]["agile"]["mean"] is None
