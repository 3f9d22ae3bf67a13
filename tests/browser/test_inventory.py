"""The suite guards itself: a control that no test uses is found, and so is a test that does not use its controls."""

import importlib
from urllib.parse import urlsplit

from tests.browser.answers import settled
from tests.browser.inventory import INVENTORY, untested, untouched
from tests.browser.screenshots import SIZES, a_style_of_ones_own, first_table, revealed, somebody
from tests.browser.visitor import GO
from tests.browser.watching import controls_of, watch


def open_everything(page):
    """Open what is closed, until nothing is: what one drawer holds can be closed, too."""
    closed = page.locator("details:not([open]) > summary:visible")
    while closed.count():
        closed.evaluate_all("all => all.forEach((one) => one.click())")


def all_that_can_be_changed(page):
    settled(page)
    open_everything(page)


def copied_by_hand(page):
    settled(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Copy the command").click()
    page.get_by_role("textbox", name="Command").wait_for()


def a_mixture(page):
    page.locator("[data-match]").first.wait_for()
    page.get_by_label("Made").select_option("blend")
    page.get_by_role("group", name="Mixture").wait_for()


def a_list(page):
    page.get_by_role("list", name="Lessons", exact=True).wait_for()


def a_claim_tried(page):
    page.get_by_role("button", name="Run it now").click()
    page.locator("[data-tried]").wait_for()
    open_everything(page)


VIEWS = [
    ("/?set=market.urgency:0.8&pin=market.urgency:0.5&replications=25", all_that_can_be_changed),
    ("/?seed=3&replications=25", copied_by_hand),
    ("/team?scenario=novices", somebody),
    ("/styles", a_style_of_ones_own),
    ("/styles", a_mixture),
    ("/learn", a_list),
    ("/learn?lesson=honeymoon", revealed),
    ("/learn?lesson=for-teachers", first_table),
    ("/evidence", a_claim_tried),
]
"""The pages with all that can be seen on them: an address, and what is done there first."""


def test_every_control_has_a_test(visit):
    page = visit("/evidence")
    new = {}
    for place, act in VIEWS:
        page.evaluate(GO, place)
        act(page)
        for name, size in reversed(SIZES.items()):
            page.set_viewport_size(size)
            found = untested(urlsplit(place).path, controls_of(page))
            new.update({f"{act.__name__}, {name}, {control}": place for control in found})
    assert not new, "write a test of what these do, and list them in tests/browser/inventory.py"


def test_a_new_control_is_found(look):
    page = look("/learn")
    drawn = "<button>Brew</button><label>Strength<input type=range></label><div role=tab aria-label=Milk>with</div>"
    page.locator("main").evaluate(
        "(main, drawn) => main.insertAdjacentHTML('beforeend', `<p id=new>${drawn}</p>`)", drawn
    )
    found = untested("/learn", controls_of(page))
    page.locator("#new").evaluate("(one) => one.remove()")
    assert found == ["button Brew", "slider Strength", "tab Milk"]


def test_every_test_in_the_inventory_is_there():
    for name in {name for tests in INVENTORY.values() for name in tests}:
        file, _, test = name.partition(".")
        assert callable(getattr(importlib.import_module(f"tests.browser.{file}"), test, None)), name


def test_a_control_that_a_test_leaves_alone_is_found():
    test = "test_team.test_everybody_who_is_there_has_a_tile_with_name_level_and_mood"
    assert untouched(test, {("/team", "slider Week")}) == []
    assert untouched(test, {("/team", "button Play")}) == ["slider Week"]
    assert untouched("test_team.test_that_there_is_not", {("/team", "button Play")}) == []


def test_what_is_used_is_noted(browser):
    context = browser.new_context()
    used: set[tuple[str, str]] = set()
    page = context.new_page()
    watch(page, used.add)
    page.goto("data:text/html,<label>Age <input type=number></label><button aria-label=Send>x</button><a href=x>y</a>")
    page.get_by_label("Age").fill("7")
    page.get_by_role("button").press("Enter")
    page.evaluate("document.title")
    assert {control for _, control in used} == {"spinbutton Age", "button Send"}
    context.close()
