"""Every page can be used by everybody: no fault of any impact that axe-core knows, light and dark, also on a phone."""

import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from sim.app.pages import PAGES
from sim.app.style_sheets import KEPT
from tests.browser.answers import settled
from tests.browser.screenshots import people
from tests.browser.visitor import GO

FRAMEWORK: frozenset[str] = frozenset()
"""Rules of axe-core that something breaks which comes with the framework and cannot be mended here: none."""

FAULTS = """async (rules) => (await axe.run(document, {
    resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
  })).violations
  .map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))"""

OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that look at colours: the only ones light and dark differ in, and the most costly."""

TOO_WIDE = """() => document.documentElement.scrollWidth > window.innerWidth
  ? [...document.querySelectorAll('.ts-app *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 5).map((one) => one.tagName + '.' + one.className)
  : []"""

SIZES = {"laptop": {"width": 1366, "height": 800}, "phone": {"width": 375, "height": 740}}

LOOKS = {"laptop": "light", "phone": "dark"}
"""In which colours the pages are seen on each; the other way round, too, where tests are thorough."""

OTHER_LOOKS = {"laptop": "dark", "phone": "light"}


def axe() -> str:
    """The text of axe-core, from the package that ships it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("needs axe-playwright-python")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def opened(page):
    settled(page)
    for drawer in ("Practices", "Culture", "How it is run", "All headline figures"):
        page.locator("summary", has_text=drawer).first.click()
    asked = page.get_by_role("button", name="Urgency: what is this?")
    asked.click()
    expect(asked).to_have_attribute("aria-expanded", "true")


def somebody_chosen(page):
    people(page)
    page.locator(".tw-tile").first.click()
    page.get_by_role("slider", name="Week").fill("20")


def matched(page):
    page.locator("[data-match]").first.wait_for()


def listed(page):
    page.get_by_role("list", name="Lessons", exact=True).wait_for()


def guessed(page):
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Commit").first.click()
    page.locator("[data-outcome]").wait_for()


def notes_read(page):
    page.locator("table").first.wait_for()


def findings_read(page):
    page.get_by_role("heading", name="Published findings").wait_for()


PLACES = [
    ("/", opened),
    ("/team?scenario=several-teams", somebody_chosen),
    ("/styles", matched),
    ("/learn", listed),
    ("/learn?lesson=crisis", guessed),
    ("/learn?lesson=for-teachers", notes_read),
    ("/evidence", findings_read),
]


def faults(page, rules=None):
    """What axe-core finds that is serious or critical, by all rules or by some."""
    found = page.evaluate(FAULTS, rules)
    return [fault for fault in found if fault.partition(":")[0] not in FRAMEWORK]


@pytest.fixture(scope="module")
def page(browser, address):
    """A tab with axe-core in it, which stays; Go leads it from page to page."""
    context = browser.new_context(viewport=SIZES["laptop"], color_scheme="light", bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.add_script_tag(content=axe())
    settled(page)
    yield page
    context.close()


CLASSES = "() => [...new Set([...document.querySelectorAll('*')].flatMap((one) => [...one.classList]))]"


@pytest.mark.parametrize(
    "looks", [LOOKS, pytest.param(OTHER_LOOKS, marks=pytest.mark.thorough)], ids=["looks", "other looks"]
)
@pytest.mark.parametrize(("place", "act"), PLACES, ids=[place for place, _ in PLACES])
def test_no_page_has_a_serious_fault_and_none_scrolls_sideways(page, place, act, looks):
    page.set_viewport_size(SIZES["laptop"])
    page.evaluate(GO, place)
    act(page)
    # Of the framework's sheet of styles, only rules about these are sent (see `sim.app.style_sheets`).
    names = page.evaluate(CLASSES)
    assert any(name.startswith("v-application") for name in names)
    assert not [name for name in names if name.startswith(("v-", "theme-")) and not name.startswith(KEPT)]
    found = []
    for size, colours in looks.items():
        page.set_viewport_size(SIZES[size])
        page.get_by_label("Colours").select_option(colours)
        expect(page.locator("html")).to_have_attribute("data-theme", colours)
        found += [f"{colours}, {size}: {fault}" for fault in faults(page)]
        found += [f"{size}: too wide: {what}" for what in page.evaluate(TOO_WIDE)]
    assert not found


def test_every_page_is_looked_at():
    assert {urlsplit(place).path.strip("/") for place, _ in PLACES} == {entry.path for entry in PAGES}


@pytest.mark.parametrize(
    ("drawn", "rules", "fault"),
    [
        ("<button id=bad></button>", None, "button-name"),
        ("<p id=bad style='color: #999; background: #fff'>faint</p>", OF_COLOURS, "color-contrast"),
    ],
)
def test_a_serious_fault_is_found(page, drawn, rules, fault):
    page.evaluate(GO, "/learn")
    listed(page)
    page.locator("main").evaluate("(main, drawn) => main.insertAdjacentHTML('beforeend', drawn)", drawn)
    found = faults(page, rules)
    page.locator("#bad").evaluate("(one) => one.remove()")
    assert [one.partition(":")[0] for one in found] == [fault]
