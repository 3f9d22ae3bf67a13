"""The frame around every page: menu, light and dark, and that everything comes from the app itself."""

import re

import pytest
from playwright.sync_api import expect

from sim.app.pages import PAGES


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_every_page_has_an_address_a_place_in_the_menu_and_a_way_past_it_by_keyboard(visit, entry):
    page = visit(f"/{entry.path}")
    here = page.get_by_role("navigation", name="Pages").get_by_role("link", name=entry.name, exact=True)
    expect(here).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page).to_have_title(re.compile(entry.name))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


WITHIN_TEN = {
    "/": {"Skip to the sliders": ".ts-controls input[type='range']", "Skip to the charts": ".ts-charts *"},
    "/team": {"Skip to the weeks": ".tw-play", "Skip to the people": ".tw-tile"},
    "/styles": {"": "select"},
    "/learn": {"": "[aria-label='Lessons'] a"},
    "/learn?lesson=crisis": {"": "input[type='radio']"},
    "/evidence": {"": "main button"},
}
"""What each page is about, and the way past what stands before it, where it needs one."""


@pytest.mark.parametrize("place", WITHIN_TEN)
def test_what_a_page_is_about_is_within_ten_tabs(look, place):
    page = look(place)
    for past, wanted in WITHIN_TEN[place].items():
        page.locator(wanted).first.wait_for()
        page.evaluate("document.body.tabIndex = -1; document.body.focus()")
        assert is_reached(page, past, wanted), f"{wanted} takes more than ten tabs"


def is_reached(page, past, wanted):
    """Whether somebody comes to what is wanted within ten tabs, going past what can be gone past."""
    for _ in range(10):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if past and focused.inner_text() == past:
            page.keyboard.press("Enter")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return True
    return False


def test_the_menu_changes_the_page_without_loading_it_anew(visit):
    page = visit("/")
    page.evaluate("window.stayed = true")
    menu = page.get_by_role("navigation", name="Pages")
    for entry in [*PAGES[1:], PAGES[0]]:
        menu.get_by_role("link", name=entry.name, exact=True).click()
        menu.get_by_role("link", name=entry.name, exact=True).and_(page.locator("[aria-current=page]")).wait_for()
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page).to_have_url(re.compile(f"/{entry.path}$"))
        expect(page).to_have_title(re.compile(f"^{entry.name}"))
    assert page.evaluate("window.stayed")
    page.go_back()
    menu.get_by_role("link", name=PAGES[-1].name).and_(page.locator("[aria-current=page]")).wait_for()


def test_dark_and_light_follow_the_system_until_one_is_chosen(visit):
    page = visit("/learn", color_scheme="dark")
    whole, colours = page.locator("html"), page.get_by_label("Colours")
    expect(whole).to_have_attribute("data-theme", "dark")
    colours.select_option("light")
    expect(whole).to_have_attribute("data-theme", "light")
    page.reload()
    page.locator("main").wait_for()
    expect(whole).to_have_attribute("data-theme", "light")
    colours.select_option("like the system")
    expect(whole).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(whole).to_have_attribute("data-theme", "light")
    colours.select_option("dark")
    expect(whole).to_have_attribute("data-theme", "dark")


def test_a_page_that_there_is_not_is_said_to_be_missing(browser, address):
    context = browser.new_context()
    assert context.request.get(f"{address}/nowhere").status == 404
    context.close()
