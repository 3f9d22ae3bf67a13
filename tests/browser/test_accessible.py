"""Every page can be used by everybody: no serious fault that axe-core knows, light and dark, also on a phone."""

import importlib.util
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sim.app.pages import PAGES

FRAMEWORK: frozenset[str] = frozenset()
"""Rules of axe-core that something breaks which comes with the framework and cannot be mended here: none."""

FAULTS = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))"""

TOO_WIDE = """() => document.documentElement.scrollWidth > window.innerWidth
  ? [...document.querySelectorAll('.ts-app *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 5).map((one) => one.tagName + '.' + one.className)
  : []"""

SIZES = {"laptop": {"width": 1366, "height": 800}, "phone": {"width": 375, "height": 740}}


def axe() -> str:
    """The text of axe-core, from the package that ships it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("needs axe-playwright-python")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_and_none_scrolls_sideways(visit, scheme):
    page = visit("/", color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(content=axe())
    found = []
    for entry in PAGES:
        page.set_viewport_size(SIZES["laptop"])
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=entry.name, exact=True).click()
        page.wait_for_function("name => document.title.startsWith(name)", arg=entry.name)
        page.get_by_role("heading", level=1).wait_for()
        if not entry.path:
            page.locator(".ts-about").wait_for()
            for drawer in ("Practices", "Culture", "How it is run", "All headline figures"):
                page.locator("summary", has_text=drawer).first.click()
            asked = page.get_by_role("button", name="Urgency: what is this?")
            asked.click()
            expect(asked).to_have_attribute("aria-expanded", "true")
        for name, size in SIZES.items():
            page.set_viewport_size(size)
            found += [f"{entry.name}, {name}: {fault}" for fault in page.evaluate(FAULTS)]
            found += [f"{entry.name}, {name}: too wide: {what}" for what in page.evaluate(TOO_WIDE)]
    assert not [fault for fault in found if not any(f": {rule}:" in fault for rule in FRAMEWORK)]
