"""Every chart of every page can be read as a table and week by week, and taken along as a picture and as numbers."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import expect

from sim.app.learn.lessons import lessons
from sim.model.metrics import BY_NAME
from tests.browser.answers import QUICK, anew, begin
from tests.browser.files import rows, saved


def try_chart(page, title):
    """Use all that a chart offers, and hold what comes of it against each other."""
    chart = page.get_by_role("figure").filter(has=page.get_by_text(title, exact=True)).first
    drawn = chart.locator(".ts-picture svg")
    expect(drawn).to_be_visible()
    for kind in ("SVG", "PNG", "CSV"):
        name, content = saved(page, chart.get_by_role("button", name=f"{title}: save as {kind}", exact=True).click)
        assert name == f"{re.sub('[^a-z0-9]+', '-', title.lower())}.{kind.lower()}"
        if kind == "SVG":
            picture = ElementTree.fromstring(content)  # noqa: S314  (the app's own picture)
            assert title in "".join(picture.itertext())
            size = [int(picture.attrib[side]) for side in ("width", "height")]
        elif kind == "PNG":
            assert Image.open(io.BytesIO(content)).size == (2 * size[0], 2 * size[1])
    header, *numbers = rows(content)
    assert header[-3:] == ["unit", "runs", "changed"]
    assert all(row[-2] for row in numbers)
    course = header[1] == "name"
    if course:
        _read_off(page, chart, title)
    show = chart.get_by_role("button", name=f"{title}: show as a table")
    show.click()
    table = chart.get_by_role("region", name=f"{title}, table")
    expect(drawn).to_be_hidden()
    lines = list(dict.fromkeys(row[1] for row in numbers)) if course else header[1:-3:3]
    expect(table.get_by_role("columnheader")).to_have_text([header[0] if course else "", *lines])
    expect(table.get_by_role("row")).to_have_count(1 + (len(numbers) // len(lines) if course else len(numbers)))
    first = numbers[: len(lines)] if course else [["", "", number] for number in numbers[0][1:-3:3]]
    for cell, row in zip(table.get_by_role("row").nth(1).get_by_role("cell").all(), first, strict=True):
        told = re.match(r"[−\d.]+", cell.inner_text())
        assert told is not None
        places = len(told[0].partition(".")[2])
        assert float(told[0].replace("−", "-")) == round(float(row[2]), places)
    show.click()
    expect(drawn).to_be_visible()


def _read_off(page, chart, title):
    """By keyboard and by mouse: a chart says the values of a week."""
    reader = page.get_by_role("slider", name=f"{title}: week to read off", exact=True)
    reader.press("Home")
    expect(reader).to_have_attribute("aria-valuetext", re.compile(r"^week \d+, .+ [−\d.]+"))
    read = chart.locator(".ts-readout")
    expect(read).to_be_visible()
    at_first = read.inner_text()
    chart.locator(".ts-plot").hover()
    expect(read).not_to_have_text(at_first, use_inner_text=True)
    page.mouse.move(0, 0)
    expect(read).to_be_visible()
    reader.press("Home")
    expect(read).to_have_text(at_first, use_inner_text=True)
    reader.press("Tab")
    expect(read).to_be_hidden()


def test_a_chart_of_each_kind_in_a_comparison(look):
    page = begin(look)
    titles = page.locator(".ts-chart-title").all_inner_texts()
    for title in (titles[0], next(title for title in titles if " against " in title)):
        try_chart(page, title)


@pytest.mark.thorough
def test_the_charts_of_a_comparison(look):
    page = begin(look)
    for title in page.locator(".ts-chart-title").all_inner_texts():
        try_chart(page, title)


def test_the_chart_of_a_persons_history(look):
    page = look("/team?scenario=novices&style=situational&week=12")
    tile = page.get_by_role("button", name=re.compile(", mood ")).first
    tile.click()
    person = tile.get_attribute("aria-label").partition(",")[0]
    try_chart(page, f"{person}, week by week")


def test_the_charts_of_a_style_of_ones_own(look):
    page = look("/styles")
    page.locator("[data-match]").first.wait_for()  # nothing that comes above moves the rest any more
    page.get_by_role("slider", name="support").fill("0.95")
    page.get_by_label("Your style as TOML").wait_for()
    page.get_by_role("button", name="Compare").click()
    for title in ("Morale", "Output"):
        try_chart(page, title)


def test_the_chart_of_a_lesson(look):
    page = anew(look("/learn?lesson=honeymoon"))
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Commit").first.click()
    try_chart(page, BY_NAME[lessons()["honeymoon"].rounds[0].metric].long_name)


def test_the_chart_of_pairs(look):
    page = anew(look("/learn?lesson=luck"))
    first = page.locator(".ts-card").first
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Commit to this guess").click()
    title = f"{BY_NAME[lessons()['luck'].rounds[0].metric].long_name}, pair by pair"
    chart = first.get_by_role("figure")
    many = lessons()["luck"].rounds[0].replications
    dots = chart.locator("circle.ts-pair")
    expect(dots).to_have_count(many)
    zero = float(chart.locator(".ts-zero").get_attribute("x1") or "nan")
    right = dots.evaluate_all("(all, zero) => all.filter((one) => Number(one.getAttribute('cx')) > zero).length", zero)
    expect(chart).to_contain_text(f"transformational ahead: {right} of {many}")
    expect(chart).to_contain_text(f"servant ahead: {many - right} of {many}")
    expect(first).to_contain_text(f"In {right} of {many} pairs")
    expect(first).to_contain_text("Full capacity is the work of all positions")
    header, *numbers = rows(saved(page, chart.get_by_role("button", name=f"{title}: save as CSV").click)[1])
    assert header == ["pair", "transformational", "servant", "difference", "unit", "runs", "changed"]
    assert sum(float(row[3]) > 0 for row in numbers) == right
    _, picture = saved(page, chart.get_by_role("button", name=f"{title}: save as SVG").click)
    assert f"{right} of {many}" in "".join(ElementTree.fromstring(picture).itertext())  # noqa: S314  (our own picture)
    chart.get_by_role("button", name=f"{title}: show as a table").click()
    table = chart.get_by_role("region", name=f"{title}, table")
    expect(table.get_by_role("row")).to_have_count(1 + many)
    expect(table.get_by_role("columnheader")).to_have_text(header[:4])


OWN = "[styles.ours]\ndescription = 'ours'\nblend = { servant = 0.5, agile = 0.5 }\n"


def test_a_saved_picture_says_what_it_shows_and_what_is_dotted_is_only_what_it_is_compared_with(look):
    setting = replace(QUICK, scenario="crisis", weeks=34, metric="decision_delay", changes={"market.urgency": 0.8})
    page = begin(look, setting)
    file = {"name": "ours.toml", "mimeType": "application/toml", "buffer": OWN.encode()}
    page.get_by_label("Open a scenario file").set_input_files(file)
    expect(page.locator(".ts-rank-chip", has_text="ours").first).to_be_visible()
    told = {}
    for title in ("Morale", "Decision delay", "Morale against output"):
        _, picture = saved(page, page.get_by_role("button", name=f"{title}: save as SVG", exact=True).click)
        drawn = ElementTree.fromstring(picture)  # noqa: S314  (the app's own picture)
        told[title] = " ".join(drawn.itertext())
        for said in (
            title,
            "A crisis of eight weeks: 34 weeks, 25 replications, seed 1",
            "Changed: market.urgency = 0.8.",
        ):
            assert said in told[title].replace("  ", " "), said
        dashes = [one.attrib.get("stroke-dasharray") for one in drawn.iter() if one.attrib.get("class") == "ts-line"]
        # A dash of a style's own line is longer than its line is wide; what it is compared with is dotted.
        assert all(dash is None or float(dash.split()[0]) >= 6 for dash in dashes)
        if "against" not in title:
            assert len(dashes) == 3
            assert dashes[-1] is not None
            dotted = [one for one in drawn.iter() if one.attrib.get("stroke-dasharray") == "1 3"]
            assert len(dotted) == 3
            for said in ("Bands: 95% confidence intervals of the mean.", "Dotted: what it is compared with.", "crisis"):
                assert said in told[title]
    assert "0-1, higher is better" in told["Morale"]
    assert "days, lower is better" in told["Decision delay"]
    assert "Ellipses: 95% confidence regions of the means." in told["Morale against output"]
    assert "means of weeks 27 to 34" in told["Morale against output"]
