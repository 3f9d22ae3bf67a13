"""The app in German, French and Spanish: no English sentence is left on any page, and each visitor has their own."""

import re

import pytest
from playwright.sync_api import expect

from sim.app.evidence.records import load
from sim.app.tab.make import Wanted, page_of
from sim.scenario.load import load_scenario
from tests.browser.answers import settled
from tests.browser.visitor import GO

ENGLISH = re.compile(
    r"\b(the|and|of|with|this|that|which|what|are|were|is|it|its|they|their|there|from|for|how|who|by|week|weeks|run|"
    r"runs|people|leader|leaders|save|show|not|you|your|each|every|more|less|than|between|assumed|size|share)\b"
)
"""Words that no sentence in another language has in small letters."""

ALLOWED = re.compile(r"teamsim [^\n]*|[\w-]+(\.[\w-]+)+|\(?[A-Z][^()]* (et al\.|&) [^()]*\)?|`[^`]*`")
"""Commands, files, names of parameters, and who has published something."""

SEEN = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { parentElement, textContent } = walk.currentNode;
    if (!parentElement.closest("script, style, pre, [lang]:not(html), .solara-loader")) found.push(textContent);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [aria-valuetext], [placeholder]"))
    for (const name of ["aria-label", "title", "aria-valuetext", "placeholder"])
      found.push(one.getAttribute(name) || "");
  return [...new Set(found.map((text) => text.trim()).filter(Boolean))];
}"""
"""All texts of a page: those that are seen, and those that are read out."""


def left_in_english(page) -> list[str]:
    """The texts of a page that look like English; the sources of published figures are not ours to translate."""
    texts = page.evaluate(SEEN)
    for pattern in (load("evidence.json") or {"patterns": []})["patterns"]:
        texts = [text.replace(pattern["source"], "") for text in texts]
    return [text for text in texts if ENGLISH.search(ALLOWED.sub("", text))]


def open_everything(page) -> None:
    """Open what is closed, until nothing is."""
    closed = page.locator("details:not([open]) > summary:visible")
    while closed.count():
        closed.evaluate_all("all => all.forEach((one) => one.click())")


def changed(page) -> None:
    settled(page)
    open_everything(page)
    page.get_by_role("button", name=re.compile(": als Tabelle zeigen|: mostrar como|: montrer en")).first.click()
    page.locator(".ts-table-box").first.wait_for()


def begun(page) -> None:
    """A lesson whose first guess is committed."""
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Dabei bleiben").first.click()
    page.locator("[data-outcome]").first.wait_for()
    open_everything(page)


def listed(page) -> None:
    page.get_by_role("table").first.wait_for()
    open_everything(page)


def matched(page) -> None:
    page.locator(".mt table").first.wait_for()
    open_everything(page)


VIEWS = [
    ("/?scenario=crisis&set=market.urgency:0.8&replications=25", changed),
    ("/team?scenario=crisis", open_everything),
    ("/learn", open_everything),
    ("/learn?lesson=honeymoon", begun),
    ("/learn?lesson=for-teachers", open_everything),
    ("/styles", matched),
    ("/evidence", listed),
]
"""Addresses, and what is done there before anybody looks."""


@pytest.mark.parametrize(
    "locale", ["de-DE", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("fr-CA", "es-ES"))]
)
def test_no_sentence_is_left_in_english(visit, locale):
    views = VIEWS if locale == "de-DE" else VIEWS[:1]
    page, left = visit(views[0][0], locale=locale), {}
    for address, prepare in views:
        if address != views[0][0]:
            heading = page.locator("main h1")
            before = heading.inner_text()
            page.evaluate(GO, address)
            expect(heading).not_to_have_text(before)
        prepare(page)
        expect(page.locator("html")).to_have_attribute("lang", locale[:2])
        left[address] = left_in_english(page)
    assert not any(left.values()), left


BEYOND = """() => [...document.querySelectorAll("main svg")].flatMap((svg) => {
  const { left, right } = svg.getBoundingClientRect();
  const inside = (box) => box.width === 0 || (box.left > left - 2 && box.right < right + 2);
  const texts = [...svg.querySelectorAll("text")].filter((text) => !inside(text.getBoundingClientRect()));
  return texts.map((text) => text.textContent);
})"""
"""Texts of pictures that are cut off at the left or the right."""


def test_no_text_of_a_picture_is_cut_on_a_phone_and_none_is_english(visit):
    page = visit(VIEWS[0][0], locale="fr-CA", viewport={"width": 390, "height": 844})
    changed(page)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    title = page.get_by_text("semaine (chaque point", exact=False)
    expect(title.first).to_be_attached()
    assert page.evaluate(BEYOND) == []
    assert left_in_english(page) == []


def test_a_language_is_chosen_in_the_menu_and_kept_and_is_each_visitors_own(visit):
    page, other = visit("/learn", locale="en-GB"), visit("/learn", locale="de-AT")
    expect(page.get_by_role("heading", level=1)).to_have_text("Learn: predict first, then see")
    page.get_by_label("Language").select_option("Français")
    expect(page.get_by_role("link", name="Comparer", exact=True)).to_be_visible()
    expect(page).to_have_title("Apprendre · teamsim")
    page.reload()
    expect(page.get_by_role("link", name="Comparer", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page).to_have_title("Apprendre · teamsim")
    page.evaluate("document.title = 'Learn · teamsim'")  # as the framework may say it at any moment
    expect(page).to_have_title("Apprendre · teamsim")
    page.get_by_role("link", name="Preuves", exact=True).click()
    expect(page).to_have_title("Preuves · teamsim")
    expect(other.get_by_role("link", name="Vergleichen", exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["es", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("de", "fr"))])
def test_a_page_in_one_file_has_no_english_sentence(browser, tmp_path, language):
    file = tmp_path / "lesson.html"
    lesson = Wanted(load_scenario("crisis"), replications=10, lesson="crisis", language=language)
    file.write_text(page_of(lesson), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelectorAll('.ts-compare .ts-picture svg').length === 4")
    open_everything(page)
    assert left_in_english(page) == []
    page.close()
