"""The page Styles in a browser: profiles, the match of S and D, a style of one's own."""

import re
import tomllib

from playwright.sync_api import expect

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import scenario_from
from sim.scenario.styles import builtin_styles, resolve


def test_a_profile_shows_thirteen_numbers(visit):
    page = visit("/styles")
    page.get_by_label("Style", exact=True).select_option("servant")
    table = page.get_by_role("table", name="servant")
    row = resolve("servant", {}).stages[0].levels[0]
    for name, value in zip(BEHAVIOURS, row, strict=True):
        expect(table.get_by_role("row", name=re.compile(f"^{name} ")).get_by_text(f"{value:.2f}")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="servant: save as CSV").click()
    assert f"direction,{row[0]}" in download.value.path().read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="servant: save as SVG").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("<svg")


def test_a_style_by_level_shows_a_profile_for_each_level_beside_another(visit):
    page = visit("/styles")
    page.get_by_label("Style", exact=True).select_option("situational")
    page.get_by_role("table", name="situational with people at D4: S4").wait_for()
    page.get_by_label("Beside it").select_option("agile")
    expect(page.get_by_role("columnheader", name="agile")).to_have_count(4)


def test_the_match_is_run_and_said_for_every_level(visit):
    page = visit("/styles")
    said = page.locator("[data-match=said]")
    expect(said).to_have_text([re.compile(f"^D{level}") for level in range(1, 5)])
    cell = page.get_by_role("row", name=re.compile("^D3")).get_by_role("cell").nth(2)
    before = cell.inner_text()
    page.get_by_label("Measured by").select_option("output")
    page.get_by_role("table", name=re.compile("^Output")).wait_for()
    expect(cell).not_to_have_text(before)
    with page.expect_download() as download:
        page.get_by_role("button", name="Match: save as CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8").splitlines()) == 17


def own(page):
    page.get_by_role("group", name="Your style").wait_for()
    return page


def test_a_style_is_made_by_a_slider_compared_and_taken_away(visit):
    page = own(visit("/styles"))
    expect(page.get_by_role("alert")).to_contain_text("no slider was moved")
    expect(page.get_by_role("button", name="Compare")).to_be_disabled()
    page.get_by_label("Name", exact=True).fill("warmer")
    page.get_by_role("slider", name="support").fill("0.95")
    text = page.get_by_label("Your style as TOML")
    text.wait_for()
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("region", name="warmer less democratic").wait_for()
    page.get_by_role("button", name="Output: show as a table").click()
    heads = page.get_by_role("region", name="Output, table").get_by_role("columnheader")
    expect(heads).to_have_text(["week", "democratic", "warmer"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the style").click()
    read = tomllib.loads(download.value.path().read_text(encoding="utf-8"))
    assert read == tomllib.loads(text.inner_text())
    assert read["styles"]["warmer"] == {"based_on": "democratic", "behaviour": {"support": 0.95}}
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a scenario with it").click()
    table = tomllib.loads(download.value.path().read_text(encoding="utf-8"))
    assert "warmer" in scenario_from(table).styles
    page.get_by_role("button", name="Put the sliders back").click()
    page.get_by_text("no slider was moved").wait_for()


def test_a_style_is_made_by_mixing(visit):
    page = own(visit("/styles"))
    page.get_by_label("Made").select_option("blend")
    page.get_by_role("slider", name="servant").fill("100")
    page.get_by_text("servant = 100").wait_for()
    page.get_by_label("Compare with").select_option("servant")
    page.get_by_label("In the situation").select_option("routine")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("region", name="my-style less servant").wait_for()
    mixed = page.get_by_role("group", name="Mixture").get_by_role("slider")
    expect(mixed).to_have_count(len(builtin_styles()))
    assert set(builtin_styles()) == {slider.get_attribute("id").split("-", 1)[1] for slider in mixed.all()}


def test_a_bad_name_is_said_and_not_evaluated(visit):
    page = own(visit("/styles"))
    page.get_by_role("slider", name="support").fill("0.95")
    page.get_by_label("Your style as TOML").wait_for()
    name = page.get_by_label("Name", exact=True)
    for bad, said in (("<img src=x>", "letters, digits"), ("agile", "built-in"), ("", "no name")):
        name.fill(bad)
        name.press("Tab")
        page.get_by_role("alert").filter(has_text=said).wait_for()
        expect(page.get_by_role("button", name="Compare")).to_be_disabled()
    name.fill("fine")
    name.press("Tab")
    page.get_by_label("Your style as TOML").wait_for()
