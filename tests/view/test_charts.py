"""The picture shows what it should, in every format, and a page needs no network."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import numpy as np
import pytest

from sim.scenario.problems import InputError
from sim.view.charts import ENDINGS, comparison_chart, save_chart
from sim.view.courses import events_of
from tests.analysis.synthetic import STYLES, make_results

EVENTS = [
    {"event": "crisis", "week": 3, "weeks": 4},
    {"event": "growth", "week": 5, "people": 4, "team": None},
    {"event": "growth", "week": 5, "people": 4, "team": "Other"},
    {"event": "demand", "week": 9, "weeks": None, "factor": 1.5},
    {"event": "style_changed", "week": 9, "style": "agile"},
    {"event": "layoff", "week": 10, "people": 2},
    {"event": "leader_replaced", "week": 11},
    {"event": "market_shock", "week": 12, "size": 0.3},
    {"event": "new_technology", "week": 25, "size": 0.3},
]


@pytest.fixture(scope="module")
def chart():
    return comparison_chart(make_results(replications=8, weeks=12, scenario={"events": EVENTS}), "democratic")


@pytest.fixture(scope="module")
def svg(chart, tmp_path_factory):
    path = tmp_path_factory.mktemp("chart") / "chart.svg"
    save_chart(chart, path)
    return path.read_text(encoding="utf-8")


def texts(svg):
    elements = ET.fromstring(svg).iter()  # noqa: S314 - a picture of our own
    return ["".join(element.itertext()) for element in elements if element.tag.endswith("}text")]


def test_the_picture_says_what_it_is_about(svg):
    words = texts(svg)
    assert "An everyday business of twelve" in words
    assert any(word.startswith("12 weeks, 8 replications, seed 1. Bands and bars: 95%") for word in words)
    for title in ("Morale over time", "Output over time", "Morale against output", "Customer satisfaction", "Profit"):
        assert title in words
    for unit in ("0-1", "% of full capacity", "days", "per 10 people a year", "thousand a week", "Morale (0-1)"):
        assert any(word.startswith(unit) for word in words)


def test_every_style_is_named_beside_its_marks(svg):
    words = texts(svg)
    for style in STYLES:
        assert words.count(style) >= 3, style  # two courses and the trade-off, and the differences for all but one


def test_events_are_marked_where_they_were_reached(svg):
    words = texts(svg)
    for event in ("crisis", "+4 people", "demand ×1.5", "style: agile", "−2 people", "new leader", "market shock"):
        assert words.count(event) == 1, event
    assert "new technology" not in words


def test_events_once_per_week_and_text():
    ds = make_results(replications=2, weeks=12, scenario={"events": EVENTS})
    assert [(event.week, event.until) for event in events_of(ds)][:3] == [(3, 7), (5, None), (9, None)]
    assert len(events_of(ds)) == 7
    del ds.attrs["scenario_json"]
    assert events_of(ds) == []


def test_nothing_is_missing_or_cut(svg):
    assert "…" not in svg
    assert "NaN" not in svg
    assert "undefined" not in svg


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format(chart, tmp_path, ending):
    path = tmp_path / f"chart{ending}"
    path.write_text("old")
    save_chart(chart, path)
    start = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF", ".html": b"<!DOCTYPE html>"}[ending]
    assert path.read_bytes().startswith(start)
    assert path.stat().st_size > 20_000
    assert list(tmp_path.iterdir()) == [path]


class Tags(HTMLParser):
    """Collects the tags of a page and what they point to; what stands in scripts is no tag."""

    def __init__(self, page):
        super().__init__()
        self.names, self.targets, self.texts = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.targets += [value for name, value in attrs if name in {"src", "href", "data", "action", "srcset"}]

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_a_page_fetches_nothing(chart, tmp_path):
    save_chart(chart, tmp_path / "chart.html")
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    tags = Tags(page)
    assert tags.names == ["html", "head", "meta", "meta", "meta", "title", "script", "body", "main", "script"]
    assert tags.targets == []
    assert tags.texts.count("An everyday business of twelve") == 1
    assert "@import" not in page
    assert re.findall(r"url\(\s*['\"]?https?:", page) == []
    assert "default-src 'none'" in page
    # What addresses there are name formats or documents; the policy above forbids to follow them.
    allowed = ("http://www.w3.org/", "https://vega.github.io/", "https://github.com/vega/")
    assert [found for found in re.findall(r"https?://[^\s\"'`<>)]+", page) if not found.startswith(allowed)] == []


def test_a_title_with_marks_stays_text(tmp_path):
    ds = make_results(styles=("agile", "S1"), replications=3, weeks=3, scenario={"title": "</script><b>R & D $spec"})
    save_chart(comparison_chart(ds, "S1"), tmp_path / "chart.html")
    tags = Tags((tmp_path / "chart.html").read_text(encoding="utf-8"))
    assert "b" not in tags.names
    assert "</script><b>R & D $spec" in tags.texts


def test_a_chart_can_be_drawn_at_any_size():
    for styles, replications, weeks in (
        (("agile",), 3, 5),
        (("agile", "S1"), 1, 1),
        (("agile", "S1"), 2, 2),
        ([f"own-{number}" for number in range(12)], 2, 30),
    ):
        ds = make_results(styles=styles, replications=replications, weeks=weeks)
        json.dumps(comparison_chart(ds, styles[0]).to_dict(), allow_nan=False)


def test_long_runs_are_drawn_with_fewer_points():
    spec = comparison_chart(make_results(styles=("agile", "S1"), replications=2, weeks=1040), "S1").to_dict()
    assert max(len(rows) for rows in spec["datasets"].values()) <= 2 * 208
    assert "mean of 5 weeks" in json.dumps(spec)


def test_a_metric_that_nobody_has_a_value_of_is_left_empty(tmp_path):
    ds = make_results(("agile", "S1"), replications=3, weeks=4)
    ds["morale"][:] = np.nan
    save_chart(comparison_chart(ds, "agile"), tmp_path / "chart.svg")
    assert "NaN" not in (tmp_path / "chart.svg").read_text(encoding="utf-8")


def test_nothing_varies(tmp_path):
    ds = make_results(("agile", "S1"), replications=3, weeks=4, apart=0, luck=0)
    save_chart(comparison_chart(ds, "agile"), tmp_path / "chart.svg")
    assert "NaN" not in (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["chart", "chart.gif", "chart.csv"])
def test_unknown_ending(chart, tmp_path, name):
    with pytest.raises(InputError, match=r"allowed are \.svg, \.png, \.pdf, \.html"):
        save_chart(chart, tmp_path / name)


def test_unknown_baseline():
    with pytest.raises(InputError, match="unknown baseline style"):
        comparison_chart(make_results(replications=2, weeks=2), "agil")
