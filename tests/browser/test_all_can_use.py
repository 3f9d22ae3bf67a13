"""No page has a serious fault that axe knows of, light, dark and as wide as a phone; nothing needs a mouse."""

import pytest
from playwright.sync_api import expect

PLACES = {
    "/team?scenario=several-teams": ".tw-tile",
    "/styles": "[data-match]",
    "/learn": "h1",
    "/learn?lesson=crisis": "fieldset",
    "/learn?lesson=for-teachers": "table",
    "/evidence": "h1",
}


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_serious(visit, place):
    page = visit(place, color_scheme="light", viewport={"width": 390, "height": 844})
    page.locator(PLACES[place]).first.wait_for()
    if place == "/learn?lesson=crisis":
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Commit").first.click()
        page.locator("[data-outcome]").wait_for()
    if place.startswith("/team"):
        page.locator(".tw-tile").first.click()
        page.get_by_role("slider", name="Week").fill("20")
    for colours in ("light", "dark"):
        page.get_by_label("Colours").select_option(colours)
        expect(page.locator("html")).to_have_attribute("data-theme", colours)
        assert not serious(page)
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def serious(page):
    """What axe finds that is serious or critical, with the places."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, context=".ts-app").response["violations"]
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
